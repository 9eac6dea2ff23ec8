import { z } from 'zod'
import { choice, optionalText, text } from '../../../platform/forms.ts'
import { CHANNELS } from '../../../platform/messages/index.ts'

export const FORMATS = {
  'large-print': 'Large print',
  'easy-read': 'Easy read, with pictures',
  audio: 'Audio',
  braille: 'Braille',
  'coloured-paper': 'Coloured paper',
} as const

const hour = (what: string) =>
  z
    .string()
    .optional()
    .transform((typed, context): string | null => {
      const given = typed?.trim() ?? ''
      if (given === '') return null
      const read = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(given)
      const half = read?.[3]?.toLowerCase()
      const hours = read ? (Number(read[1]) % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0) : Number.NaN
      const minutes = Number(read?.[2] ?? 0)
      const isPossible =
        read && minutes < 60 && (half ? Number(read[1]) >= 1 && Number(read[1]) <= 12 : Number(read[1]) <= 23)
      if (isPossible) return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
      context.addIssue({ code: 'custom', message: `Enter ${what} as a time, like 9pm or 21:00` })
      return z.NEVER
    })

/** How a person wants to be told. */
export const wishForm = z
  .object({
    channel: choice(CHANNELS, 'Choose how we should tell you'),
    quietFrom: hour('when quiet hours begin'),
    quietTo: hour('when quiet hours end'),
    language: text('Enter the language we should use', { max: 60 }),
    interpreter: optionalText({ max: 60 }),
    formats: z.array(z.string()).transform((chosen) => chosen.filter((one) => Object.hasOwn(FORMATS, one))),
    otherNeeds: optionalText({ max: 500 }),
  })
  .superRefine((wish, context) => {
    if ((wish.quietFrom === null) !== (wish.quietTo === null))
      context.addIssue({
        code: 'custom',
        path: [wish.quietFrom === null ? 'quietFrom' : 'quietTo'],
        message: 'Enter both times, or leave both empty',
      })
  })
