import { z } from 'zod'
import { optionalDate, optionalText } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { ANSWERS, type AnswerName, GROUNDS, type Ground } from './words.ts'

const isAnswer = (text: string | undefined): text is AnswerName => Object.hasOwn(ANSWERS, text ?? '')
const isGround = (text: string): text is Ground => Object.hasOwn(GROUNDS, text)

/** Pounds as people type them, in pence; empty is null. */
const money = z
  .string()
  .optional()
  .transform((typed, context): number | null => {
    const bare = (typed ?? '').replaceAll(/[£,\s]/g, '')
    if (bare === '') return null
    if (/^\d{1,7}(\.\d{1,2})?$/.test(bare)) return Math.round(Number(bare) * 100)
    context.addIssue({
      code: 'custom',
      message: 'The cost must be an amount of money, like 12,500 or 980.50',
    })
    return z.NEVER
  })

/** Everything may be left for later while it is a draft; what is typed must only be readable. */
export const answerForm = z.object({
  answer: z
    .string()
    .optional()
    .transform((value) => (isAnswer(value) ? value : null)),
  grounds: z
    .array(z.string())
    .optional()
    .transform((values) => [...new Set((values ?? []).filter(isGround))]),
  reasons: optionalText({ max: 6000 }),
  steps: optionalText({ max: 6000 }),
  conditions: optionalText({ max: 6000 }),
  places: optionalText({ max: 500 }),
  cost: money,
  costWords: optionalText({ max: 2000 }),
  startOn: optionalDate('the day the child could start'),
  signedAs: optionalText({ max: 200 }),
})
export type Answering = z.output<typeof answerForm>

/** What is missing before it can be sent: a refusal without a ground and reasons tells nobody anything. */
export function missingToSend(given: Answering): readonly FieldError[] {
  const errors: FieldError[] = []
  const ask = (isMissing: boolean, field: string, text: string): void => {
    if (isMissing) errors.push({ field, text })
  }
  ask(given.answer === null, 'answer', 'Choose what you answer')
  if (given.answer === 'no') {
    ask(given.grounds.length === 0, 'grounds', 'Choose the ground in law: there are no others')
    ask(given.reasons === null, 'reasons', 'Enter why, about this child: a ground alone is not a reason')
    ask(
      given.steps === null && given.grounds.includes('others'),
      'steps',
      'Enter the reasonable steps you considered, and why they would not do',
    )
  }
  if (given.answer === 'conditions')
    ask(given.conditions === null, 'conditions', 'Enter what would have to be in place')
  ask(
    given.signedAs === null,
    'signedAs',
    'Enter your full name and position: each person signs for themself',
  )
  return errors
}
