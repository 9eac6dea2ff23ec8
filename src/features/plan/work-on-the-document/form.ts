import { createHash } from 'node:crypto'
import { z } from 'zod'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { WorkingText } from './load.ts'

/** Words of a plan as pasted: hidden characters come with them from other programs, and are left out, not refused. */
const pasted = z
  .string()
  .optional()
  .transform((value) =>
    (value ?? '')
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/[^\P{Cc}\t\n]/gu, '')
      .trim(),
  )
  .refine((value) => value.length <= 20_000, 'Use 20,000 characters or fewer')

export const beginForm = z.object({
  version: text('Choose the plan that is appealed'),
  appealNumber: optionalText({ max: 60 }),
})
export const wishForm = z.object({ wanted: pasted, evidence: optionalText({ max: 1000 }) })
export const answerForm = z.object({
  change: z.string(),
  answer: choice(['agreed', 'not-agreed'], 'Choose whether it is agreed'),
})
export const takeForm = z.object({
  ground: choice(
    ['ordered', 'consent-order', 'conceded', 'withdrawn'],
    'Choose what lets the plan be changed',
  ),
  on: plainDate('the date of the order, or of the decision to change the plan'),
})

/** Tells one state of a paragraph from another, so that nobody answers what they have not seen. */
export const stateOf = (paragraph: WorkingText): string =>
  createHash('sha256')
    .update(JSON.stringify(paragraph.changes.map((change) => [change.id, change.state])))
    .digest('base64url')
    .slice(0, 16)

export const STALE =
  'Something was added to this paragraph since you opened it. Look at it below, then do it again'
