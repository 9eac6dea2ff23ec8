import { z } from 'zod'
import { text } from '../../../platform/forms.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Who gets the case, and what they must know. */
export const assignForm = z.object({
  to: z
    .string({ error: 'Choose who to give it to' })
    .refine((value) => value === 'none' || UUID.test(value), 'Choose who to give it to')
    .transform((value) => (value === 'none' ? null : value)),
  note: text('Enter a handover note: what was promised, what is next, what not to ask the family again', {
    max: 4000,
  }),
})
export type AssignAnswer = z.output<typeof assignForm>

/** Cases as the worklist's boxes name them: the id and the version that was seen. What cannot be read is left out. */
export const readChosen = (values: readonly string[]): { readonly id: string; readonly version: number }[] =>
  values.flatMap((value) => {
    const [id, version] = value.split('.')
    return id && UUID.test(id) && version && /^\d{1,9}$/.test(version)
      ? [{ id, version: Number(version) }]
      : []
  })
