import { z } from 'zod'
import { choice, optionalDate, optionalText, plainDate } from '../../../platform/forms.ts'
import { REVERSALS, reversalDates } from './reversal.tsx'

export const HOW = ['post', 'email', 'by-hand', 'portal'] as const

/** The decision whether to assess. Reasons are the law's for a refusal (s.36(5), (9)), so they are required of one. */
export const decisionForm = z
  .object({
    outcome: choice(['agree', 'refuse'], 'Choose what was decided'),
    panelOn: optionalDate('the date of the panel'),
    evidence: optionalText({ max: 4000 }),
    reasons: optionalText({ max: 8000 }),
    toldOn: plainDate('the date the family was told'),
    how: choice(HOW, 'Choose how the family was told'),
    following: z
      .string()
      .optional()
      .transform((value) => REVERSALS.find((one) => one === value) ?? null),
    ...reversalDates,
  })
  .superRefine((answer, context) => {
    if (answer.outcome === 'refuse' && answer.reasons === null)
      context.addIssue({
        code: 'custom',
        path: ['reasons'],
        message: 'Enter the reasons for refusing. The law requires them, and they go in the letter',
      })
  })
export type Decision = z.output<typeof decisionForm>
