import { date, shortDate } from '../../law/index.ts'
import {
  CHANNELS,
  type Channel,
  findTemplate,
  type Template,
  type TemplateKey,
  type Wording,
} from './templates.ts'

/** A message as it will be stored: `((link))` is filled in when it is sent, because it holds the message's own number. */
export interface Composed {
  readonly subject: string
  readonly body: string
  /** What was put in the gaps, for the guard that looks for names. */
  readonly filled: string
  /** Every word of the product's own wording: these can name nobody. */
  readonly fixed: readonly string[]
}

export const LINK = '((link))'
const GAP = /\(\(([^()]*)\)\)/g
/** The lines that no one edits. */
const LINES = {
  email: `Sign in to see it: ${LINK}`,
  text: LINK,
  letter: `To sign in, go to ${LINK}`,
  noReply: 'Nobody reads replies to this email. Your own page shows how to reach us.',
  rights: 'Your rights are there too.',
} as const

export const gapsIn = (text: string): readonly string[] =>
  [...text.matchAll(GAP)].map((found) => found[1]!.trim())

/** What is wrong with a wording somebody has written, in words for them; nothing when it can be used. */
export function problemsOf(
  template: Template,
  channel: Channel,
  wording: Wording,
): readonly { readonly field: keyof Wording; readonly text: string }[] {
  const problems: { field: keyof Wording; text: string }[] = []
  const known = Object.keys(template.gaps)
  for (const field of ['subject', 'body'] as const) {
    for (const gap of gapsIn(wording[field])) {
      if (!known.includes(gap))
        problems.push({
          field,
          text: `((${gap})) is not a gap of this message. It has ${known.map((name) => `((${name}))`).join(' and ') || 'none'}. The link is added by itself`,
        })
    }
    const rest = wording[field].replaceAll(GAP, '')
    if (rest.includes('((') || rest.includes('))'))
      problems.push({ field, text: 'A gap begins with (( and ends with )): one is not closed' })
    if (/https?:\/\/|www\./i.test(rest))
      problems.push({
        field,
        text: 'Take the web address out: the link to sign in is added by itself, and no other is trusted',
      })
  }
  for (const gap of known) {
    if (!template.gaps[gap]!.optional && !gapsIn(wording.body).includes(gap))
      problems.push({
        field: 'body',
        text: `Keep ((${gap})), ${template.gaps[gap]!.means}: without it the message does not say enough`,
      })
  }
  if (/you have new information/i.test(`${wording.subject} ${wording.body}`))
    problems.push({ field: 'body', text: 'Say what changed and what to do, not “you have new information”' })
  if (channel === 'email' && wording.subject.trim() === '')
    problems.push({ field: 'subject', text: 'Enter a subject' })
  if (channel === 'text' && wording.body.length > 400)
    problems.push({ field: 'body', text: 'Use 400 characters or fewer: a text is paid for by length' })
  return problems
}

/** A gap's value as it is read: a day in full, words as they are. */
function valueIn(template: Template, gap: string, given: string | undefined): string {
  const { kind, optional } = template.gaps[gap]!
  if (given === undefined || given.trim() === '') {
    if (optional) return ''
    throw new Error(`the message ${template.key} needs ${gap}`)
  }
  return kind === 'day' ? shortDate(date(given)) : given.trim()
}

/**
 * Puts a message together: the wording with its gaps filled, then the locked parts, the link and who it is from.
 * @throws when a gap has no value: that is a mistake in the program
 */
export function compose(parts: {
  readonly template: TemplateKey
  readonly channel: Channel
  readonly wording?: Wording
  readonly values: Readonly<Record<string, string>>
  readonly authorityName: string
}): Composed {
  const template = findTemplate(parts.template)!
  const { channel } = parts
  const wording = parts.wording ?? template.wording[channel]
  const values = new Map(
    Object.keys(template.gaps).map((gap) => [gap, valueIn(template, gap, parts.values[gap])]),
  )
  const fill = (text: string): string =>
    text
      .split('\n\n')
      .filter((paragraph) => gapsIn(paragraph).every((gap) => values.get(gap) !== ''))
      .join('\n\n')
      .replaceAll(GAP, (_all, gap: string) => values.get(gap.trim()) ?? '')
  const body =
    channel === 'text'
      ? `${parts.authorityName} SEND: ${fill(wording.body)} ${LINES.text}${template.legal.length > 0 ? ` ${LINES.rights}` : ''}`
      : [
          fill(wording.body),
          ...template.legal,
          LINES[channel],
          `${parts.authorityName}, special educational needs and disability (SEND) team`,
          ...(channel === 'email' ? [LINES.noReply] : []),
        ].join('\n\n')
  return {
    subject: fill(wording.subject),
    body,
    // A day can name nobody: only words are looked at.
    filled: Object.entries(template.gaps)
      .filter(([, gap]) => gap.kind === 'words')
      .map(([name]) => values.get(name))
      .join('\n'),
    fixed: fixedWords(template),
  }
}

const fixedOf = new Map<TemplateKey, readonly string[]>()
function fixedWords(template: Template): readonly string[] {
  const held = fixedOf.get(template.key)
  if (held) return held
  const all = [
    ...CHANNELS.flatMap((channel) => [template.wording[channel].subject, template.wording[channel].body]),
    ...template.legal,
    ...Object.values(LINES),
    'special educational needs and disability SEND team',
  ].join(' ')
  const words = [
    ...new Set(
      all
        .replaceAll(GAP, ' ')
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [],
    ),
  ]
  fixedOf.set(template.key, words)
  return words
}
