import type { FieldError } from '../../../platform/routes.ts'
import {
  forEachPart,
  isMyPlanPicture,
  MY_PLAN_MOST,
  MY_PLAN_ORDER,
  MY_PLAN_PARTS,
  type MyPlanContent,
  type MyPlanPart,
} from '../../../record/plan/my-plan.ts'

/** Languages a page may be written in: how browsers know them, and their names. */
export const LANGUAGES = {
  en: 'English',
  ar: 'Arabic',
  bn: 'Bengali',
  cy: 'Welsh',
  pa: 'Punjabi',
  pl: 'Polish',
  pt: 'Portuguese',
  ro: 'Romanian',
  so: 'Somali',
  uk: 'Ukrainian',
  ur: 'Urdu',
} as const
export type Language = keyof typeof LANGUAGES

export const ROWS = Array.from({ length: MY_PLAN_MOST.sentences }, (_, at) => at)
export const keepName = (part: MyPlanPart, at: number): string => `keep-${part}-${at}`
export const wordsName = (part: MyPlanPart, at: number): string => `words-${part}-${at}`

/** A page must say at least these to be of any use to the child. */
const NEEDED: readonly MyPlanPart[] = ['me', 'help', 'talk']
const HIDDEN = /[^\P{Cc}\t\n\r]/u

/** The form as it starts: what is kept is ticked; what the rules took from the plan waits for somebody to read and keep it. */
export function startOf(
  kept: MyPlanContent | undefined,
  suggested: Readonly<Record<MyPlanPart, readonly string[]>>,
  language: string,
): Record<string, string> {
  const start: Record<string, string> = { language }
  for (const part of MY_PLAN_ORDER) {
    const own = kept?.parts[part].sentences ?? []
    const rows = kept ? own : suggested[part]
    for (const at of ROWS) {
      start[wordsName(part, at)] = rows[at] ?? ''
      start[keepName(part, at)] = at < own.length ? 'yes' : ''
    }
    start[`picture-${part}`] = kept?.parts[part].picture ?? ''
  }
  return start
}

/** A sentence as two are compared: spaces say nothing. */
const plainly = (words: string): string => words.trim().replaceAll(/\s+/g, ' ')

/** The sentences somebody was given to read: those of the plan, and those kept before. Leaving one out needs no word. */
export const givenToRead = (
  kept: MyPlanContent | undefined,
  suggested: Readonly<Record<MyPlanPart, readonly string[]>>,
): Readonly<Record<MyPlanPart, ReadonlySet<string>>> =>
  forEachPart((part) => new Set([...suggested[part], ...(kept?.parts[part].sentences ?? [])].map(plainly)))

/**
 * The page as typed. A sentence is on it when its box is ticked. Words that somebody typed or changed and did not tick are never
 * dropped unseen: the form asks.
 */
export function readMyPlan(
  form: Readonly<Record<string, string>>,
  given: Readonly<Record<MyPlanPart, ReadonlySet<string>>>,
):
  | { readonly ok: true; readonly content: MyPlanContent; readonly language: Language }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const parts = forEachPart((part) => {
    const sentences: string[] = []
    for (const at of ROWS) {
      const name = wordsName(part, at)
      const words = plainly(form[name] ?? '')
      const isKept = form[keepName(part, at)] === 'yes'
      if (isKept && words === '')
        errors.push({
          field: name,
          text: `Write the sentence, or do not keep it, in “${MY_PLAN_PARTS[part]}”`,
        })
      else if (!isKept && words !== '' && !given[part].has(words))
        errors.push({
          field: keepName(part, at),
          text: `Tick “Keep” for what you wrote in “${MY_PLAN_PARTS[part]}”, or clear it`,
        })
      else if (words.length > MY_PLAN_MOST.words)
        errors.push({
          field: name,
          text: `Use ${MY_PLAN_MOST.words} characters or fewer: short sentences are easier`,
        })
      else if (HIDDEN.test(words))
        errors.push({ field: name, text: 'Remove the hidden control characters: paste as plain text' })
      else if (isKept) sentences.push(words)
    }
    const picture = form[`picture-${part}`]
    return { sentences, picture: isMyPlanPicture(picture) ? picture : null }
  })
  for (const part of NEEDED)
    if (parts[part].sentences.length === 0 && !errors.some((error) => error.field.includes(`-${part}-`)))
      errors.push({
        field: keepName(part, 0),
        text: `Keep at least one sentence of “${MY_PLAN_PARTS[part]}”`,
      })
  const language = form['language'] ?? ''
  if (!Object.hasOwn(LANGUAGES, language))
    errors.push({ field: 'language', text: 'Choose the language it is written in' })
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, content: { parts }, language: language as Language }
}
