import { z } from 'zod'
import { optionalText, plainDate } from '../../../platform/forms.ts'

export const HOW = ['post', 'email', 'by-hand', 'portal'] as const

export type Final =
  | { readonly searching: true }
  | {
      readonly searching: false
      readonly sentOn: string
      readonly planDate: string
      readonly how: (typeof HOW)[number]
      readonly placement:
        | { readonly named: string }
        | { readonly type: string }
        | { readonly otherwise: string }
      readonly early: string | null
      /** The fingerprint of the plan that was on the page, where it is held here. */
      readonly of: string | null
    }

const list = z
  .array(z.string())
  .optional()
  .transform((values) => values ?? [])

/** The final plan: when it was sent, the date on it, and what section I says. */
export const finalForm = z
  .object({
    doing: z.string().optional(),
    sentOn: z.unknown(),
    planDate: z.unknown(),
    how: z.string().optional(),
    placement: z.string().optional(),
    setting: z.string().optional(),
    settingType: optionalText({ max: 200 }),
    otherwise: optionalText({ max: 500 }),
    of: z.string().optional(),
    sentEarly: list,
    earlyBecause: optionalText({ max: 2000 }),
  })
  .transform((raw, context): Final => {
    if (raw.doing === 'search') return { searching: true }
    const problem = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    const day = (field: 'sentOn' | 'planDate', what: string): string => {
      const read = plainDate(what).safeParse(raw[field])
      if (!read.success) problem(field, read.error.issues[0]!.message)
      return read.success ? read.data : ''
    }
    const sentOn = day('sentOn', 'the date the final plan was sent')
    const planDate = day('planDate', 'the date on the plan')
    const how = HOW.find((one) => one === raw.how)
    if (!how) problem('how', 'Choose how it was sent')
    if (raw.placement !== 'named' && raw.placement !== 'type' && raw.placement !== 'otherwise')
      problem('placement', 'Choose what section I says')
    if (raw.placement === 'named' && !raw.setting)
      problem('setting', 'Search for the setting, then choose it')
    if (raw.placement === 'type' && !raw.settingType)
      problem('settingType', 'Enter the type of setting, such as “mainstream primary school”')
    if (raw.placement === 'otherwise' && !raw.otherwise)
      problem('otherwise', 'Enter how education is given, such as “tuition at home”')
    const early = raw.sentEarly.includes('yes')
    if (early && !raw.earlyBecause)
      problem('earlyBecause', 'Enter why it was sent before the 15 days had run')
    return {
      searching: false,
      sentOn,
      planDate,
      how: how ?? 'post',
      placement:
        raw.placement === 'named'
          ? { named: raw.setting ?? '' }
          : raw.placement === 'otherwise'
            ? { otherwise: raw.otherwise ?? '' }
            : { type: raw.settingType ?? '' },
      of: raw.of ?? null,
      early: early ? raw.earlyBecause : null,
    }
  })
