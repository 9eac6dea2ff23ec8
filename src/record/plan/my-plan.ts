import { amountInWords } from './amount.ts'
import { inSection, type PlanPart, planPartsOf } from './parts.ts'

/** What the child's own page tells, in its order and in the child's words. */
export const MY_PLAN_PARTS = {
  me: 'Who I am',
  good: 'What I am good at',
  hard: 'What is hard for me',
  hopes: 'What I hope for',
  help: 'Who helps me',
  talk: 'Who I can talk to',
} as const
export type MyPlanPart = keyof typeof MY_PLAN_PARTS
export const MY_PLAN_ORDER = Object.keys(MY_PLAN_PARTS) as readonly MyPlanPart[]

/** Something of each part. */
export const forEachPart = <T>(of: (part: MyPlanPart) => T): Readonly<Record<MyPlanPart, T>> => ({
  me: of('me'),
  good: of('good'),
  hard: of('hard'),
  hopes: of('hopes'),
  help: of('help'),
  talk: of('talk'),
})

/** Drawings a page may have, each with the words for who cannot see it. */
export const MY_PLAN_PICTURES = {
  face: 'A smiling face',
  star: 'A star',
  book: 'An open book',
  hill: 'A path up a hill',
  sun: 'The sun coming up',
  people: 'Two people side by side',
  talk: 'Two speech bubbles',
  school: 'A school',
  home: 'A house',
  ear: 'An ear that listens',
  pencil: 'A pencil',
  clock: 'A clock',
} as const
export type MyPlanPicture = keyof typeof MY_PLAN_PICTURES
export const isMyPlanPicture = (text: unknown): text is MyPlanPicture =>
  typeof text === 'string' && Object.hasOwn(MY_PLAN_PICTURES, text)

/** What an officer kept: sentences for each part, and a drawing beside it or none. */
export interface MyPlanContent {
  readonly parts: Readonly<
    Record<MyPlanPart, { readonly sentences: readonly string[]; readonly picture: MyPlanPicture | null }>
  >
}

/** The child's own page, ready to be shown, printed or composed. */
export interface MyPlanPage extends MyPlanContent {
  readonly childName: string
  /** Of the words, as browsers and readers of PDFs know languages: "en", "cy". */
  readonly language: string
  readonly savedOn: string
  /** The version it was made from: its kind, and the day it was sent. */
  readonly madeFrom: { readonly kind: string; readonly sentOn: string }
}

/** The most a part may hold: it is one page. */
export const MY_PLAN_MOST = { sentences: 6, words: 160 } as const

/** Each sentence of a text, with its full stop; line ends end a sentence too. */
export const sentencesIn = (text: string): readonly string[] =>
  text
    .split(/(?<=[.?!])\s+|[\r\n;]+/)
    .map((one) => one.replace(/^[\s•*–-]+/, '').trim())
    .filter((one) => one !== '')
    .map((one) => (/[.?!]["”’)]*$/.test(one) ? one : `${one}.`))

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('en-GB') + text.slice(1)
/** "speech and language therapist" to "A speech and language therapist"; what begins with a name or "the" stays. */
function somebody(who: string): string {
  const words = who.trim()
  if (/^(?:a|an|the|my|his|her|their|all|every|one|two|school|staff)\b/i.test(words)) return capital(words)
  const [first = ''] = words.split(/\s+/)
  // Two capitals at its start, or a capital on the second word too, is somebody's name.
  if (/^[A-Z]/.test(words) && /^\S+\s+[A-Z]/.test(words)) return words
  const lower = words.charAt(0).toLocaleLowerCase('en-GB') + words.slice(1)
  return `${/^[aeiou]/i.test(first) ? 'An' : 'A'} ${lower}`
}

/** What the page starts from, besides the version. */
export interface MyPlanStart {
  readonly givenName: string
  readonly age: number
  readonly settingName: string | null
  readonly coordinatorName: string | null
}

/**
 * A start for the page by fixed rules: sentences of the plan as they stand, and one for each line of provision that says who
 * gives it, how much and where. Nothing is guessed or put in other words: an officer reads each sentence, makes it easy, and
 * keeps it or leaves it out.
 */
export function startMyPlan(
  parts: readonly PlanPart[],
  about: MyPlanStart,
): Readonly<Record<MyPlanPart, readonly string[]>> {
  const own = inSection(parts, 'A')
    .filter((part) => part.kind === 'text' && (part.content.voice === 'child' || part.slot === 'child-views'))
    .flatMap((part) => (part.kind === 'text' ? sentencesIn(part.content.words) : []))
  const hopes = own.filter((one) =>
    /\b(?:hope|hopes|wish|want|would like|dream|when i grow|one day)\b/i.test(one),
  )
  const hard = own.filter(
    (one) =>
      !hopes.includes(one) &&
      /\b(?:hard|difficult|don.t like|do not like|hate|worr|struggle|scared|tired)/i.test(one),
  )
  const good = own.filter(
    (one) =>
      !hopes.includes(one) &&
      !hard.includes(one) &&
      /\b(?:good at|love|like|enjoy|can|best|proud)\b/i.test(one),
  )
  const rest = own.filter((one) => ![...hopes, ...hard, ...good].includes(one))
  const needs = planPartsOf(parts, 'need')
  const most = (sentences: readonly string[]) => [...new Set(sentences)].slice(0, MY_PLAN_MOST.sentences)
  return {
    me: most([
      `My name is ${about.givenName}.`,
      `I am ${about.age} years old.`,
      ...(about.settingName ? [`I go to ${about.settingName}.`] : []),
      ...rest,
    ]),
    good: most([...good, ...needs.flatMap((need) => sentencesIn(need.content.strengths))]),
    hard: most(hard.length > 0 ? hard : needs.flatMap((need) => sentencesIn(need.content.words))),
    hopes: most(
      hopes.length > 0
        ? hopes
        : planPartsOf(parts, 'outcome').flatMap((outcome) => sentencesIn(outcome.content.words)),
    ),
    help: most(
      planPartsOf(parts, 'provision').flatMap((line) => {
        const { who, where } = line.content
        if (who.trim() === '') return sentencesIn(line.content.words)
        const amount = amountInWords(line.content)
          .replace(/\b1 time\b/, 'once')
          .replace(/\b2 times\b/, 'twice')
        return [
          `${somebody(who)} helps me${amount ? `: ${amount}` : ''}${where ? `, ${where.charAt(0).toLocaleLowerCase('en-GB')}${where.slice(1)}` : ''}.`,
        ]
      }),
    ),
    talk: most([
      ...(about.coordinatorName
        ? [`${about.coordinatorName} works for the council and looks after my plan.`]
        : []),
      'If my help does not happen, I can tell my teacher or my family.',
      'I can ask to change my plan.',
    ]),
  }
}

/** Every sentence of the page, in order: what is read aloud, and what its reading age is of. */
export const wordsOfMyPlan = (content: MyPlanContent): string =>
  MY_PLAN_ORDER.flatMap((part) => content.parts[part].sentences).join(' ')
