import { z } from 'zod'
import { choice, optionalText } from '../../../platform/forms.ts'

export const WORDS_LIMIT = 20_000

/** Whose views they are. A parent's and the child's are kept apart. */
export const WHOSE = { mine: 'parent', theirs: 'child' } as const
export type Whose = keyof typeof WHOSE

export const viewForm = z.object({
  words: optionalText({ max: WORDS_LIMIT }),
  writtenBy: choice(['me', 'somebody-else'], 'Choose who wrote this'),
  writer: optionalText({ max: 200 }),
  howChecked: optionalText({ max: 500 }),
})
export type ViewGiven = z.output<typeof viewForm>

export const TOLD_HOW = {
  phone: 'By phone',
  'in-person': 'In person',
  post: 'By post',
  email: 'By email',
  other: 'Another way',
} as const
export type ToldHow = keyof typeof TOLD_HOW
