import { z } from 'zod'
import { addMonths, date, iso, shortDate } from '../../../law/index.ts'
import {
  choice,
  optionalText,
  parseForm,
  plainDate,
  readTypedDate,
  text,
  yesOrNo,
} from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import {
  ACT_FOR_A_YOUNG_PERSON,
  birthday,
  ETHNICITIES,
  isYoungPerson,
  optionalEmail,
  optionalNhsNumber,
  optionalPhone,
  optionalPostcode,
  optionalUpn,
  RELATIONSHIPS,
  type Relationship,
  youngPersonFrom,
} from '../../children/the-child/index.ts'

/** Ways a request may arrive. */
export const WAYS = {
  paper: 'On paper',
  phone: 'By telephone',
  email: 'By email',
  portal: 'Through a website or portal',
  'in-person': 'In person',
  other: 'Another way',
} as const
export type Way = keyof typeof WAYS

/** Who may ask for an assessment: CFA 2014 s.36(1). */
export const MAY_ASK = {
  parent: 'A parent or carer',
  'young-person': 'The young person',
  school: 'A school',
  'post-16': 'A college or other post-16 institution',
} as const
/** Who may bring a child to the council's attention: CFA 2014 s.24. The same clocks start. */
export const MAY_TELL = {
  'early-years': 'A nursery or other early years provider',
  health: 'Health',
  'social-care': 'Social care',
  'youth-justice': 'Youth justice',
  other: 'Somebody else',
} as const
export const ASKERS = { ...MAY_ASK, ...MAY_TELL } as const
export type Asker = keyof typeof ASKERS
export const mayAsk = (by: Asker): boolean => Object.hasOwn(MAY_ASK, by)

export const MOST_PEOPLE = 8
export const REASON_LIMIT = 6000

const keysOf = <K extends string>(labels: Readonly<Record<K, string>>): [K, ...K[]] =>
  Object.keys(labels) as [K, ...K[]]

/** A field that was posted empty counts as not answered. */
const optionalChoice = <K extends string>(labels: Readonly<Record<K, string>>, message: string) =>
  z
    .preprocess(
      (typed) => (typed === '' ? undefined : typed),
      z.enum(keysOf(labels), { error: message }).optional(),
    )
    .transform((value) => value ?? null)

const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'yes')

const fields = z.object({
  arrivedBy: choice(keysOf(WAYS), 'Choose how the request arrived'),
  askedBy: choice(keysOf(ASKERS), 'Choose who asked'),
  askerName: optionalText({ max: 200 }),
  receivedOn: plainDate('the date the request was received'),
  receivedLongAgo: ticked,
  givenName: text('Enter the child’s given name', { max: 100 }),
  familyName: text('Enter the child’s family name', { max: 100 }),
  knownAs: optionalText({ max: 100 }),
  bornOn: plainDate('the child’s date of birth'),
  sex: choice(['F', 'M'], 'Choose the child’s sex, as recorded by their school or doctor'),
  upn: optionalUpn,
  formerUpn: optionalUpn,
  nhsNumber: optionalNhsNumber,
  ethnicity: optionalChoice(ETHNICITIES, 'Choose an ethnicity from the list'),
  firstLanguage: optionalText({ max: 60 }),
  interpreter: optionalText({ max: 100 }),
  addressLine: optionalText({ max: 200 }),
  town: optionalText({ max: 60 }),
  postcode: optionalPostcode,
  settingKind: choice(
    ['in-setting', 'not-in-setting', 'not-known'],
    'Choose whether the child is at a school, college or nursery',
  ),
  settingUrn: optionalText({ max: 10 }),
  writeTo: optionalChoice({ 'young-person': '', representative: '' }, 'Choose who to write to'),
  youngPersonEmail: optionalEmail,
  youngPersonPhone: optionalPhone,
  theySaid: optionalText({ max: REASON_LIMIT }),
  localityId: optionalText({ max: 60 }),
  assignedTo: optionalText({ max: 36 }),
  tellThem: choice(['now', 'later'], 'Choose whether to write to the family and partners now'),
})

const personFields = z.object({
  Name: text('Enter the person’s full name', { max: 200 }),
  Relationship: choice(keysOf(RELATIONSHIPS), 'Choose who they are to the child'),
  ParentalResponsibility: yesOrNo('Say whether they have parental responsibility'),
  LivesWith: yesOrNo('Say whether the child lives with them'),
  AddressLine: optionalText({ max: 200 }),
  Postcode: optionalPostcode,
  Email: optionalEmail,
  Phone: optionalPhone,
  Restricted: ticked,
  RestrictionNote: optionalText({ max: 1000 }),
  AnotherBecause: optionalText({ max: 500 }),
})

/** Somebody round the child, as typed. */
export interface PersonGiven {
  readonly name: string
  readonly relationship: Relationship
  readonly parentalResponsibility: boolean
  readonly livesWith: boolean
  readonly addressLine: string | null
  readonly postcode: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly restricted: boolean
  readonly restrictionNote: string | null
  /** Why they are not the barred person they are like. */
  readonly anotherBecause: string | null
  /** Which person of the page they are, from 1. */
  readonly place: number
}

/** The whole form, read. */
export type RequestGiven = z.output<typeof fields> & { readonly people: readonly PersonGiven[] }

export type ReadRequest =
  | { readonly ok: true; readonly value: RequestGiven }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

type Form = Readonly<Record<string, string>>

export const personField = (index: number, part: keyof z.input<typeof personFields>): string =>
  `person${index}${part}`

/** How many people's questions are on the page. */
export function peopleAsked(form: Form): number {
  const asked = Number(form['peopleAsked'] ?? '1')
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MOST_PEOPLE) : 1
}

function readPeople(form: Form): {
  readonly people: readonly PersonGiven[]
  readonly errors: readonly FieldError[]
} {
  const people: PersonGiven[] = []
  const errors: FieldError[] = []
  for (let index = 1; index <= peopleAsked(form); index++) {
    const prefix = `person${index}`
    const own = Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    )
    if (Object.values(own).every((value) => value.trim() === '')) continue
    const parsed = parseForm(personFields, own)
    if (!parsed.ok) {
      errors.push(...parsed.errors.map((error) => ({ field: prefix + error.field, text: error.text })))
      continue
    }
    const person = parsed.value
    if (person.Restricted && person.RestrictionNote === null)
      errors.push({
        field: `${prefix}RestrictionNote`,
        text: `Enter why ${person.Name} may not be written to, such as the court order and its date`,
      })
    people.push({
      name: person.Name,
      relationship: person.Relationship,
      parentalResponsibility: person.ParentalResponsibility,
      livesWith: person.LivesWith,
      addressLine: person.AddressLine,
      postcode: person.Postcode,
      email: person.Email,
      phone: person.Phone,
      restricted: person.Restricted,
      restrictionNote: person.Restricted ? person.RestrictionNote : null,
      anotherBecause: person.AnotherBecause,
      place: index,
    })
  }
  return { people, errors }
}

/** A date of the form as ISO text, when it can be read. */
export function typedDay(form: Form, name: string): string | undefined {
  const read = readTypedDate(
    { day: form[`${name}-day`] ?? '', month: form[`${name}-month`] ?? '', year: form[`${name}-year`] ?? '' },
    name,
  )
  return 'iso' in read ? read.iso : undefined
}

/** Was the child over compulsory school age when the request came, or are they now? Then their rights are their own. */
export function isTypedYoungPerson(form: Form, today: string): boolean {
  const bornOn = typedDay(form, 'bornOn')
  return bornOn !== undefined && isYoungPerson(bornOn, today)
}

/** Must the officer confirm that it came more than a year ago? */
export const isLongAgo = (receivedOn: string, today: string): boolean =>
  receivedOn < iso(addMonths(date(today), -12))

const say = (day: string): string => shortDate(date(day))

function dateProblems(form: Form, today: string): FieldError[] {
  const receivedOn = typedDay(form, 'receivedOn')
  const bornOn = typedDay(form, 'bornOn')
  const errors: FieldError[] = []
  if (bornOn !== undefined && bornOn > today)
    errors.push({ field: 'bornOn', text: 'The child’s date of birth must be in the past' })
  if (receivedOn === undefined) return errors
  if (receivedOn > today)
    errors.push({
      field: 'receivedOn',
      text: `The date the request was received must be today (${say(today)}) or in the past`,
    })
  else if (receivedOn < '2014-09-01')
    errors.push({
      field: 'receivedOn',
      text: 'The date the request was received must be on or after 1 September 2014, when this law began',
    })
  else if (bornOn !== undefined && bornOn <= today && receivedOn < bornOn)
    errors.push({
      field: 'receivedOn',
      text: `The request cannot have been received before the child was born on ${say(bornOn)}: check both dates`,
    })
  else if (bornOn !== undefined && receivedOn >= birthday(bornOn, 25))
    errors.push({
      field: 'bornOn',
      text: `They were already 25 when the request was received (their 25th birthday was ${say(birthday(bornOn, 25))}), so the law gives no right to an assessment. Check both dates`,
    })
  else if (isLongAgo(receivedOn, today) && form['receivedLongAgo'] !== 'yes')
    errors.push({
      field: 'receivedLongAgo',
      text: `${say(receivedOn)} is more than a year ago. Check the year. If it is right, tick to say so`,
    })
  return errors
}

function whoProblems(
  form: Form,
  today: string,
  people: readonly PersonGiven[],
  peopleErrors: number,
): FieldError[] {
  const bornOn = typedDay(form, 'bornOn')
  const receivedOn = typedDay(form, 'receivedOn')
  const errors: FieldError[] = []
  if (
    bornOn !== undefined &&
    receivedOn !== undefined &&
    form['askedBy'] === 'young-person' &&
    !isYoungPerson(bornOn, receivedOn)
  )
    errors.push({
      field: 'askedBy',
      text: `Born ${say(bornOn)}, the child is of compulsory school age until ${say(youngPersonFrom(bornOn))}, so a request cannot yet be theirs as a young person. Choose who asked for them, or “Somebody else” if the child asked alone`,
    })
  // At 25 or more, whose rights they are is no question.
  const isTooOld = bornOn !== undefined && receivedOn !== undefined && receivedOn >= birthday(bornOn, 25)
  if (isTooOld) return errors
  if (isTypedYoungPerson(form, today)) {
    if (form['writeTo'] !== 'young-person' && form['writeTo'] !== 'representative')
      errors.push({
        field: 'writeTo',
        text: 'Choose who to write to: over compulsory school age, the rights are the young person’s own',
      })
    else if (
      form['writeTo'] === 'representative' &&
      peopleErrors === 0 &&
      !people.some((person) => ACT_FOR_A_YOUNG_PERSON.includes(person.relationship))
    )
      errors.push({
        field: personField(1, 'Relationship'),
        text: 'Add the representative, deputy or attorney who acts for the young person',
      })
  } else if (people.length === 0 && peopleErrors === 0 && form['noPeopleKnown'] !== 'yes')
    errors.push({
      field: personField(1, 'Name'),
      text: 'Enter the parent or carer, or tick that nobody is known yet',
    })
  return errors
}

const PAGE_ORDER: readonly string[] = Object.keys(fields.shape)
const beforePeople = PAGE_ORDER.indexOf('settingUrn')

const placeOf = (field: string): number => {
  const person = /^person(\d+)/.exec(field)
  return person ? beforePeople + Number(person[1]) / 100 : PAGE_ORDER.indexOf(field)
}

/** Reads everything typed; each thing wrong is told once, in the order of the page. */
export function readRequest(form: Form, today: string): ReadRequest {
  const parsed = parseForm(fields, form)
  const { people, errors: peopleErrors } = readPeople(form)
  const errors = new Map<string, FieldError>()
  const all = [
    ...(parsed.ok ? [] : parsed.errors),
    ...peopleErrors,
    ...dateProblems(form, today),
    ...whoProblems(form, today, people, peopleErrors.length),
  ]
  if (parsed.ok && parsed.value.upn !== null && parsed.value.upn === parsed.value.formerUpn)
    all.push({ field: 'formerUpn', text: 'The former UPN must be another number than the UPN' })
  for (const error of all) if (!errors.has(error.field)) errors.set(error.field, error)
  if (errors.size > 0 || !parsed.ok)
    return { ok: false, errors: [...errors.values()].toSorted((a, b) => placeOf(a.field) - placeOf(b.field)) }
  return { ok: true, value: { ...parsed.value, people } }
}
