import { z } from 'zod'
import { optionalDate, optionalText, plainDate, text } from '../../../platform/forms.ts'
import { type Ground, isGround, isLimit, isListed, LIMITS, type Limit } from './grounds.ts'

const lists = z
  .array(z.string())
  .optional()
  .transform((values) => (values ?? []).filter(isLimit))

/** A claim: the limits, the ground the law lists, both legs of its test, and the evidence. */
export const claimForm = z
  .object({
    limits: lists,
    ground: z
      .string({ error: 'Choose which listed exception is relied on' })
      .transform((value, context): Ground => {
        if (isGround(value)) return value
        context.addIssue({ code: 'custom', message: 'Choose which listed exception is relied on' })
        return z.NEVER
      }),
    closedFrom: optionalDate('the first day it was closed'),
    reopens: optionalDate('the day it re-opens'),
    earlyYearsClosedFrom: optionalDate('the first day it was closed'),
    earlyYearsReopens: optionalDate('the day it re-opens'),
    absentFrom: optionalDate('the first day away'),
    absentTo: optionalDate('the last day away'),
    personal: optionalText({ max: 2000 }),
    circumstances: optionalText({ max: 2000 }),
    circumstancesFrom: optionalDate('the day they began'),
    circumstancesTo: optionalDate('the day they ended'),
    appointmentOn: optionalDate('the date of the missed appointment'),
    impracticalBecause: text(
      'Enter why that made it impractical to meet the limit. The listed fact alone is not enough',
      { max: 2000 },
    ),
    evidence: text(
      'Enter the evidence: what it is and where it is kept. A claim without evidence lifts nothing',
      { max: 2000 },
    ),
    claimedOn: plainDate('the date of the claim'),
  })
  .superRefine((answer, context) => {
    const need = (field: string, value: unknown, message: string) => {
      if (value === null || value === undefined || value === '')
        context.addIssue({ code: 'custom', path: [field], message })
    }
    if (answer.limits.length === 0) need('limits', null, 'Choose at least one limit')
    for (const limit of answer.limits)
      if (!isListed(answer.ground, limit))
        context.addIssue({
          code: 'custom',
          path: ['limits'],
          message: `The law does not list this exception for: ${LIMITS[limit as Limit].toLowerCase()}`,
        })
    if (answer.ground === 'school-closed-4-weeks') {
      need('closedFrom', answer.closedFrom, 'Enter the first day it was closed')
      need('reopens', answer.reopens, 'Enter the day it re-opens')
    }
    if (answer.ground === 'early-years-closed-4-weeks') {
      need('earlyYearsClosedFrom', answer.earlyYearsClosedFrom, 'Enter the first day it was closed')
      need('earlyYearsReopens', answer.earlyYearsReopens, 'Enter the day it re-opens')
    }
    if (answer.ground === 'absent-4-weeks') {
      need('absentFrom', answer.absentFrom, 'Enter the first day away')
      need('absentTo', answer.absentTo, 'Enter the last day away')
    }
    if (answer.ground === 'exceptional-personal-circumstances')
      need('personal', answer.personal, 'Enter what the personal circumstances are, and whose')
    if (answer.ground === 'exceptional-circumstances')
      need('circumstances', answer.circumstances, 'Enter what the circumstances are')
    if (answer.ground === 'missed-appointment')
      need('appointmentOn', answer.appointmentOn, 'Enter the date of the missed appointment')
  })
export type Claim = z.output<typeof claimForm>

/** The dates the law tests, for the ground chosen only: what was typed under another is left out. */
export function datesOfClaim(claim: Claim): Readonly<Record<string, string | null>> {
  switch (claim.ground) {
    case 'school-closed-4-weeks':
      return { closedFrom: claim.closedFrom, reopens: claim.reopens }
    case 'early-years-closed-4-weeks':
      return { closedFrom: claim.earlyYearsClosedFrom, reopens: claim.earlyYearsReopens }
    case 'absent-4-weeks':
      return { absentFrom: claim.absentFrom, absentTo: claim.absentTo }
    case 'exceptional-personal-circumstances':
    case 'exceptional-circumstances':
      return { circumstancesFrom: claim.circumstancesFrom, circumstancesTo: claim.circumstancesTo }
    case 'missed-appointment':
      return { appointmentOn: claim.appointmentOn }
    case 'coronavirus-2020-impractical':
      return {}
  }
}
