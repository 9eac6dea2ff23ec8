import { z } from 'zod'
import { readPence } from '../../../record/money/index.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'

/** Money may be recorded at any stage of a case. */
export const MONEY_STAGES = Object.keys(STAGE_LABELS) as AssessmentStage[]

/** An amount in pounds, as whole pence. `what` reads on from "Enter": "the amount". */
export const moneyField = (what: string, least = 1) =>
  z.string({ error: `Enter ${what}` }).transform((typed, context): number => {
    const pence = readPence(typed)
    if (pence !== null && pence >= least && pence <= 100_000_000) return pence
    context.addIssue({
      code: 'custom',
      message: typed.trim()
        ? `${what.charAt(0).toUpperCase()}${what.slice(1)} must be pounds and pence, like 1,200 or 45.50, up to £1,000,000`
        : `Enter ${what}`,
    })
    return z.NEVER
  })
