import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import {
  CONTACT_POINTS,
  type ContactPoint,
  loadContactPoints,
} from '../../../documents/letters/contact-points.ts'
import { date, shortDate } from '../../../law/index.ts'
import { optionalText, plainDate, text } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { DateField, LongTextField, TextField } from '../../../ui/fields/index.ts'
import { dayInWords, SummaryCard, type SummaryRow, Tag } from '../../../ui/parts/index.ts'
import { askPage, refused } from '../../access/the-form/index.ts'
import { optionalEmail, optionalPhone } from '../../children/the-child/index.ts'

export const POINTS_PATH = '/staff/settings/contact-points'
const roles = ['administrator'] as const

const WHAT_FOR: Readonly<Record<ContactPoint, string>> = {
  'send-office-address': 'Where families write back to, and visit to see a document',
  'mediation-adviser':
    'Every letter with a right of appeal must name the mediation adviser (SI 2014/1530, regulation 32)',
  'information-advice-service':
    'Every decision letter must name the impartial information, advice and support service',
  'health-commissioning-body': 'Told of each request, decision and plan: the integrated care board',
  'social-care-notices': 'Asked for social care advice, and told of decisions',
}

/** Entered for one point: in force or to come, as the letters read it. */
interface Entered {
  readonly key: string
  readonly value: Readonly<Record<string, string>> | string
  readonly valid_from: string
  readonly why: string
}

async function findEntered(trx: Trx, today: string): Promise<readonly Entered[]> {
  const { rows } = await sql<Entered>`
    select key, value, valid_from, why from authority_setting
    where key = any (${Object.keys(CONTACT_POINTS)}::text[]) and (valid_to is null or valid_to > ${today}::date)
    order by valid_from, id`.execute(trx)
  return rows
}

/** The last of those that have begun. */
const inForce = (entered: readonly Entered[], key: string, today: string): Entered | undefined =>
  entered.findLast((one) => one.key === key && one.valid_from <= today)
const fieldOf = (one: Entered | undefined, field: string): string =>
  one === undefined
    ? ''
    : typeof one.value === 'string'
      ? field === 'address'
        ? one.value
        : ''
      : (one.value[field] ?? '')

const FIELDS = {
  name: 'Name',
  address: 'Address',
  phone: 'Telephone',
  email: 'Email',
  website: 'Website',
} as const

async function list(context: Context): Promise<Answer> {
  const { entered, missing } = await context.read('contact points', async (trx) => ({
    entered: await findEntered(trx, context.today),
    missing: (await loadContactPoints(trx, context.today)).missing,
  }))
  const card = (key: ContactPoint) => {
    const now = inForce(entered, key, context.today)
    const rows: SummaryRow[] = [
      { key: 'What it is for', value: WHAT_FOR[key] },
      ...(now
        ? [
            ...Object.entries(FIELDS)
              .filter(([field]) => fieldOf(now, field) !== '')
              .map(([field, label]) => ({ key: label, value: fieldOf(now, field) })),
            { key: 'Since', value: `${dayInWords(now.valid_from)}: ${now.why}` },
          ]
        : [
            {
              key: 'Not entered',
              value: <Tag colour="red">Letters that must name it cannot be sent</Tag>,
            },
          ]),
      ...entered
        .filter((one) => one.key === key && one.valid_from > context.today)
        .map((one) => ({ key: `From ${dayInWords(one.valid_from)}`, value: fieldOf(one, 'name') })),
    ]
    return (
      <SummaryCard
        key={key}
        title={CONTACT_POINTS[key]}
        rows={rows}
        actions={[{ text: now ? 'Change' : 'Enter', href: `${POINTS_PATH}/${key}` }]}
      />
    )
  }
  return {
    page: {
      title: 'Contact points',
      main: (
        <>
          <h1 class="govuk-heading-l">Contact points</h1>
          <p class="govuk-body">
            Letters carry these.{' '}
            {missing.length > 0
              ? `${missing.length} of ${Object.keys(CONTACT_POINTS).length} are still to be entered.`
              : 'A change holds from its day on: letters already sent keep what they said.'}
          </p>
          {(Object.keys(CONTACT_POINTS) as ContactPoint[]).map(card)}
        </>
      ),
    },
  }
}

const schema = z
  .object({
    name: text('Enter the name, as letters should say it', { max: 120 }),
    address: optionalText({ max: 300 }),
    phone: optionalPhone,
    email: optionalEmail,
    website: optionalText({ max: 200 }).refine(
      (value) => value === null || (/^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value)),
      'Enter a web address that begins https://, or leave it empty',
    ),
    from: plainDate('the day it holds from'),
    why: text('Enter who said so: a letter, a contract or a web page', { max: 300 }),
  })
  .refine((given) => given.address !== null || given.phone !== null || given.email !== null, {
    path: ['address'],
    message: 'Enter an address, a telephone number or an email address: people must be able to reach them',
  })

const enter = askPage({
  url: `${POINTS_PATH}/:key`,
  roles,
  touches: 'nothing',
  name: 'enter a contact point',
  load: async (trx, context) => {
    const key = context.params['key'] ?? ''
    if (!Object.hasOwn(CONTACT_POINTS, key)) return undefined
    const now = inForce(await findEntered(trx, context.today), key, context.today)
    return { key: key as ContactPoint, now }
  },
  title: ({ key }) => CONTACT_POINTS[key],
  caption: () => 'Contact points',
  back: () => ({ href: POINTS_PATH, text: 'Contact points' }),
  start: ({ now }, { today }) => ({
    ...Object.fromEntries(Object.keys(FIELDS).map((field) => [field, fieldOf(now, field)])),
    ...startDay(today),
  }),
  schema,
  dates: ['from'],
  before: ({ key }) => <p class="govuk-body">{WHAT_FOR[key]}.</p>,
  questions: (form) => (
    <>
      <TextField form={form} name="name" label="Name" />
      <LongTextField form={form} name="address" label="Address (optional)" max={300} rows={4} />
      <TextField form={form} name="phone" label="Telephone (optional)" type="tel" width={20} />
      <TextField form={form} name="email" label="Email (optional)" type="email" />
      <TextField form={form} name="website" label="Website (optional)" />
      <DateField form={form} name="from" label="From which day?" hint="Today or later" />
      <LongTextField form={form} name="why" label="Who said so?" max={300} rows={2} />
    </>
  ),
  button: 'Save',
  carryOut: async ({ trx, view: { key } }, { from, why, ...office }, context) => {
    if (from < context.today)
      return refused('from', `The day it holds from must be ${shortDate(date(context.today))} or later`)
    await trx
      .insertInto('authority_setting')
      .values({
        key,
        value: JSON.stringify(
          Object.fromEntries(Object.entries(office).filter(([, value]) => value !== null)),
        ),
        valid_from: from,
        set_by: viewerOf(context).accountId,
        why,
      })
      .execute()
    return {
      ok: true,
      redirect: POINTS_PATH,
      notice: `${CONTACT_POINTS[key]}: letters name it from ${shortDate(date(from))}.`,
    }
  },
})

const startDay = (today: string): Record<string, string> => {
  const [year, month, day] = today.split('-')
  return { 'from-day': String(Number(day)), 'from-month': String(Number(month)), 'from-year': year! }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: POINTS_PATH, access: { who: 'roles', roles }, touches: 'nothing', handle: list },
  ...enter,
]
