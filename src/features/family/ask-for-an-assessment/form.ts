import { z } from 'zod'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import {
  birthday,
  isYoungPerson,
  optionalEmail,
  optionalPhone,
  optionalPostcode,
  RELATIONSHIPS,
} from '../../children/the-child/index.ts'
import type { Answers } from './drafts.ts'

/** Who may be asking, through this page: CFA 2014 s.36(1), and s.24 for everybody else. */
export const ASKING = {
  parent: 'For my child',
  'young-person': 'For myself',
  other: 'For a child I know or help',
} as const

export const LEARNS = {
  school: 'A school, college or nursery',
  home: 'At home',
  nowhere: 'Nowhere at the moment',
} as const

/** Ways of giving information that people need: remembered, so that nobody is asked twice. */
export const FORMATS = {
  'large-print': 'Large print',
  'easy-read': 'Easy words and pictures',
  braille: 'Braille',
  audio: 'Sound recording',
  'coloured-paper': 'Coloured paper',
  'phone-first': 'A phone call before any letter',
} as const

export const WHY_LIMIT = 6000

const keysOf = <K extends string>(labels: Readonly<Record<K, string>>): [K, ...K[]] =>
  Object.keys(labels) as [K, ...K[]]

/** One page of the request: its fields, how they are read, and when it is asked. */
export interface Page {
  readonly slug: string
  readonly fields: readonly string[]
  readonly dates?: readonly string[]
  readonly schema: z.ZodType<unknown>
  readonly isAsked: (answers: Answers) => boolean
}

/** About a child the asker is not tied to on the record: who they are is asked. */
const isAboutAnother = (answers: Answers): boolean => !answers['child']
const always = (): boolean => true
const page = (
  slug: string,
  shape: z.ZodRawShape,
  more: { readonly isAsked?: (answers: Answers) => boolean; readonly dates?: readonly string[] } = {},
): Page => ({
  slug,
  schema: z.object(shape),
  fields: Object.keys(shape).flatMap((name) =>
    more.dates?.includes(name) ? [`${name}-day`, `${name}-month`, `${name}-year`] : [name],
  ),
  isAsked: more.isAsked ?? always,
  ...(more.dates ? { dates: more.dates } : {}),
})

/** The pages in order. Of a child on the asker's own account only what is not on the record is asked. */
export const PAGES: readonly Page[] = [
  page('who', { askedBy: choice(keysOf(ASKING), 'Choose who you are asking for') }),
  page(
    'name',
    {
      givenName: text('Enter the first name', { max: 100 }),
      familyName: text('Enter the family name', { max: 100 }),
    },
    { isAsked: isAboutAnother },
  ),
  page('born', { bornOn: plainDate('the date of birth') }, { isAsked: isAboutAnother, dates: ['bornOn'] }),
  page(
    'sex',
    { sex: z.enum(['F', 'M', 'not-said'], { error: 'Choose an answer, or “I would rather not say”' }) },
    { isAsked: isAboutAnother },
  ),
  page(
    'where',
    { addressLine: optionalText({ max: 200 }), town: optionalText({ max: 60 }), postcode: optionalPostcode },
    { isAsked: isAboutAnother },
  ),
  page(
    'learning',
    { learns: choice(keysOf(LEARNS), 'Choose where they learn now'), school: optionalText({ max: 200 }) },
    { isAsked: isAboutAnother },
  ),
  page('why', { why: optionalText({ max: WHY_LIMIT }) }),
  page(
    'you',
    {
      yourName: text('Enter your full name', { max: 200 }),
      relationship: choice(keysOf(RELATIONSHIPS), 'Choose who you are to the child'),
    },
    { isAsked: (answers) => answers['askedBy'] !== 'young-person' },
  ),
  page('reach-you', {
    email: optionalEmail,
    phone: optionalPhone,
    yourAddress: optionalText({ max: 300 }),
  }),
  page('help', {
    interpreter: optionalText({ max: 100 }),
    formats: optionalText({ max: 200 }),
    otherHelp: optionalText({ max: 500 }),
  }),
]

export const pagesAsked = (answers: Answers): readonly Page[] => PAGES.filter((one) => one.isAsked(answers))

/** What no single field can tell: who may ask for whom, and that we can answer. */
export function problemsAcross(
  slug: string,
  answers: Answers,
  bornOn: string | undefined,
  today: string,
): readonly FieldError[] {
  if (slug === 'reach-you' && !answers['email'] && !answers['phone'] && !answers['yourAddress'])
    return [{ field: 'email', text: 'Give one way we can reach you: an email, a phone number or an address' }]
  if (slug === 'learning' && answers['learns'] === 'school' && !answers['school'])
    return [{ field: 'school', text: 'Enter the name of the school, college or nursery' }]
  if (slug !== 'born' || bornOn === undefined) return []
  if (bornOn > today) return [{ field: 'bornOn', text: 'The date of birth must be in the past' }]
  if (today >= birthday(bornOn, 25))
    return [
      {
        field: 'bornOn',
        text: 'The law gives a right to ask for an assessment until the 25th birthday. Check the year. If it is right, phone us: we can tell you who can help',
      },
    ]
  if (answers['askedBy'] === 'young-person' && !isYoungPerson(bornOn, today))
    return [
      {
        field: 'bornOn',
        text: 'You can ask for yourself from the summer after you turn 16. Until then a parent asks for you. Or go back to the first question and choose “For a child I know or help”: we will still look into it',
      },
    ]
  return []
}
