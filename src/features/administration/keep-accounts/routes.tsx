import { sql } from 'kysely'
import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Answer, Context, Route } from '../../../platform/routes.ts'
import { DateField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { askPage, isId, refused } from '../../access/the-form/index.ts'
import { optionalEmail } from '../../children/the-child/index.ts'
import { AccountsPage, ChangesPage } from './page.tsx'
import { AT_MOST, findAccounts, findChanges, findKeptAccount, findPlaces } from './queries.ts'
import { DOORS, type GivenRole, REMITS, ROLES } from './words.ts'

export const ACCOUNTS_PATH = '/staff/settings/accounts'
const roles = ['administrator'] as const
const NONE = 'none'
/** Nothing chosen, or the choice of none. */
const chosen = (value: string): string | null => (value === NONE || value === '' ? null : value)
const back = () => ({ href: ACCOUNTS_PATH, text: 'Accounts' })

async function list(context: Context): Promise<Answer> {
  const words = context.query['q']?.trim().slice(0, 100) || undefined
  const asked = context.query['door'] ?? ''
  const door = Object.hasOwn(DOORS, asked) ? asked : undefined
  const found = await context.read('accounts of those who work here', (trx) =>
    findAccounts(trx, { words, door }),
  )
  return {
    page: {
      title: 'Accounts',
      wide: true,
      main: (
        <AccountsPage
          accounts={found.slice(0, AT_MOST)}
          hasMore={found.length > AT_MOST}
          words={words ?? ''}
          door={door ?? ''}
          today={context.today}
        />
      ),
    },
  }
}

async function changes(context: Context): Promise<Answer> {
  const found = await context.read('changes by administrators', findChanges)
  return {
    page: {
      title: 'What administrators changed',
      wide: true,
      backLink: back(),
      main: <ChangesPage changes={found} />,
    },
  }
}

const schema = z.object({
  name: text('Enter the person’s full name', { max: 120 }),
  email: optionalEmail.refine((value) => value !== null, 'Enter their work email address'),
  role: choice(Object.keys(ROLES) as [GivenRole, ...GivenRole[]], 'Choose what they do'),
  title: text('Enter their job title', { max: 100 }),
  remit: z.string().default(''),
  locality: z.string().default(NONE),
  team: z.string().default(NONE),
  setting: optionalText({ max: 10 }),
})

/** Why the database did not make the account, beside the field it is about. */
const WHY_NOT: Readonly<Record<string, readonly [field: string, text: string]>> = {
  'own-address': [
    'email',
    'This is an address of your own: somebody else must add a further account for you',
  ],
  'no-locality': ['locality', 'Choose the locality whose children they see'],
  'no-team': ['team', 'Choose the team from the list'],
  'no-setting': ['setting', 'Enter the URN of a school or college in the list, such as 131827'],
  taken: [
    'email',
    'Somebody has an account with this address already: look for it in the list, those that ended too',
  ],
}

const add = askPage({
  url: `${ACCOUNTS_PATH}/new`,
  roles,
  touches: 'nothing',
  limit: { times: 60, perMinutes: 60 },
  name: 'add an account',
  load: (trx, context) => findPlaces(trx, context.today),
  title: () => 'Add an account',
  back,
  start: () => ({ remit: '' }),
  schema,
  before: () => (
    <p class="govuk-body">
      For somebody who has not signed in yet. Council staff come in by their work account, and its rules then
      decide their role and which children they see; what you choose here holds until they do. Professionals
      and settings come in with a link sent to their email.
    </p>
  ),
  questions: (form, { localities, teams }) => (
    <>
      <TextField form={form} name="name" label="Full name" />
      <TextField form={form} name="email" label="Work email address" type="email" />
      <SelectField
        form={form}
        name="role"
        label="What do they do?"
        empty="Choose"
        options={Object.entries(ROLES).map(([value, one]) => ({
          value,
          text: `${one.text} (${DOORS[one.door]})`,
        }))}
      />
      <TextField form={form} name="title" label="Job title" />
      <SelectField
        form={form}
        name="remit"
        label="Which children do they see?"
        hint="For council staff. Professionals and settings see the children they are asked about or have on roll; an administrator sees none"
        empty="As their role says"
        options={['authority', 'locality'].map((value) => ({ value, text: REMITS[value]! }))}
      />
      <SelectField
        form={form}
        name="locality"
        label="Locality (optional)"
        options={[
          { value: NONE, text: 'None' },
          ...localities.map((one) => ({ value: one.id, text: one.name })),
        ]}
      />
      <SelectField
        form={form}
        name="team"
        label="Team (optional)"
        options={[{ value: NONE, text: 'None' }, ...teams.map((one) => ({ value: one.id, text: one.name }))]}
      />
      <TextField
        form={form}
        name="setting"
        label="URN of their school or college"
        hint="For people at a setting only: its number in Get Information about Schools"
        width={10}
      />
    </>
  ),
  button: 'Add the account',
  carryOut: async ({ trx }, given) => {
    const { door } = ROLES[given.role]
    const remit = door !== 'staff' ? 'relationships' : given.role === 'administrator' ? 'none' : given.remit
    if (door === 'staff' && remit !== 'none' && remit !== 'authority' && remit !== 'locality')
      return refused('remit', 'Choose which children they see')
    if (door !== 'setting' && given.setting)
      return refused('setting', 'Leave the URN empty: only people at a setting have one')
    const { rows } = await sql<{ outcome: string }>`
      select add_account(${given.name}, ${given.email}, ${door}, ${given.role}, ${given.title}, ${remit},
        ${chosen(given.locality)}::text, ${chosen(given.team)}::text,
        ${given.setting}::text) as outcome`.execute(trx)
    const { outcome } = rows[0]!
    const why = WHY_NOT[outcome]
    if (why) return refused(...why)
    return {
      ok: true,
      redirect: ACCOUNTS_PATH,
      notice: `${given.name} has an account. They can sign in ${door === 'staff' ? 'with their work account' : 'with a link to that address'}.`,
    }
  },
})

const end = askPage({
  url: `${ACCOUNTS_PATH}/:account/end`,
  roles,
  touches: 'nothing',
  name: 'end an account',
  load: async (trx, context) => {
    const id = context.params['account']
    const account = isId(id) ? await findKeptAccount(trx, id) : undefined
    return account && (account.active_to === null || account.active_to > context.today) ? account : undefined
  },
  title: () => 'End an account',
  caption: (account) => account.name,
  back,
  schema: z.object({ from: plainDate('the first day without the account') }),
  dates: ['from'],
  before: (account) => (
    <p class="govuk-body">
      From that day {account.name} sees nothing, and is signed out wherever they are. What they recorded stays
      in their name. Cases they hold stay with them until a manager gives them to somebody else, under Team.
    </p>
  ),
  questions: (form) => (
    <DateField
      form={form}
      name="from"
      label="From which day?"
      hint="The first day on which they may not sign in: today to end it at once"
    />
  ),
  button: 'End the account',
  carryOut: async ({ trx, view: account }, { from }, context) => {
    const { rows } = await sql<{
      outcome: string
    }>`select end_account(${account.id}::uuid, ${from}::date) as outcome`.execute(trx)
    const { outcome } = rows[0]!
    if (outcome === 'own') return refused('', 'This is your own account: another administrator must end it')
    if (outcome === 'past')
      return refused('from', `The first day without it must be ${shortDate(date(context.today))} or later`)
    if (outcome === 'ended') return refused('from', 'It ends before that day already')
    if (outcome !== 'done') return refused('', 'This account cannot be ended here')
    return {
      ok: true,
      redirect: ACCOUNTS_PATH,
      notice: `${account.name}: no longer signed in or able to, from ${shortDate(date(from))}.`,
    }
  },
})

export const routes: readonly Route[] = [
  { method: 'GET', url: ACCOUNTS_PATH, access: { who: 'roles', roles }, touches: 'nothing', handle: list },
  {
    method: 'GET',
    url: `${ACCOUNTS_PATH}/changes`,
    access: { who: 'roles', roles },
    touches: 'nothing',
    handle: changes,
  },
  ...add,
  ...end,
]
