import { answersOf } from './difference.ts'
import type { PlanPart } from './parts.ts'

/** Told elsewhere, or of use to the office only: left out where a part is one paragraph of words. */
const NOT_SAID = new Set([
  'The words',
  'Where it comes from',
  'It educates or trains',
  'Place among the needs',
  'Needs it answers',
])

/** What a part says as one plain paragraph: its words, then each answer given with them. */
export function partInWords(part: PlanPart, parts: readonly PlanPart[]): string {
  const answers = answersOf(part, parts)
  const words = answers.find((one) => one.field === 'The words')?.value.trim() ?? ''
  const rest = answers
    .filter((one) => !NOT_SAID.has(one.field) && one.value.trim() !== '')
    .map((one) => `${one.field}: ${one.value.trim()}`)
  const said = [words, ...rest].filter(Boolean).join('\n')
  return said || 'Nothing is needed in this section.'
}
