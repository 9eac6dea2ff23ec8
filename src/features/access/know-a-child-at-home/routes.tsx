import { sql } from 'kysely'
import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  type Role,
  type Route,
  SEARCHES,
  viewerOf,
} from '../../../platform/routes.ts'
import { SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { EmptyState, SortableTable, SummaryCard } from '../../../ui/parts/index.ts'
import { askPage, isId, refused } from '../the-form/index.ts'

const SAY = '/staff/known-at-home'
const CAPACITIES = '/staff/capacities'
const roles: readonly Role[] = [...caseReaders, 'administrator']

const say = askPage({
  url: SAY,
  roles,
  touches: 'nothing',
  limit: SEARCHES,
  name: 'say that a child is known at home',
  load: async (trx, context) => ({
    isDataOfficer: viewerOf(context).role === 'data-officer',
    me: viewerOf(context).accountId,
    people: await trx
      .selectFrom('account')
      .select(['id', 'name', 'job_title'])
      .where('door', 'in', ['staff', 'professional', 'setting'])
      .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', context.today)]))
      .orderBy('name')
      .execute(),
  }),
  title: () => 'A child you know at home',
  back: () => ({ href: '/staff/your-work', text: 'Your lines of work' }),
  start: (view) => ({ of: view.me }),
  schema: z.object({
    of: z.string().optional(),
    reference: text('Enter the child’s reference', { max: 30 }).transform((typed) =>
      typed.toUpperCase().replaceAll(/\s/g, ''),
    ),
    why: text('Enter how the child is known', { max: 200 }),
  }),
  before: () => (
    <GovukInsetText>
      Your own child, a relative’s, a neighbour’s: you must not see their record at work. From the moment you
      send this their record is closed to you, as if there were none. The family’s own way in stays open.
    </GovukInsetText>
  ),
  questions: (form, view) => (
    <>
      {view.isDataOfficer && (
        <SelectField
          form={form}
          name="of"
          label="Who knows the child?"
          options={view.people.map((one) => ({ value: one.id, text: `${one.name}, ${one.job_title}` }))}
        />
      )}
      <TextField
        form={form}
        name="reference"
        label="The child’s reference"
        hint="For example C-00123"
        width={10}
      />
      <TextField
        form={form}
        name="why"
        label="How is the child known?"
        hint="“My nephew” or “next door” is enough"
      />
    </>
  ),
  button: 'Close the record to them',
  carryOut: async ({ trx, view }, given) => {
    const of = view.isDataOfficer ? (given.of ?? view.me) : view.me
    if (!isId(of) || !view.people.some((one) => one.id === of))
      return refused('of', 'Choose somebody who works here or with us')
    await sql`select say_known_at_home(${given.reference}, ${of}, ${given.why})`.execute(trx)
    // The same words whether or not there is such a child.
    return {
      ok: true,
      redirect: view.isDataOfficer ? CAPACITIES : '/staff/your-work',
      notice: 'Thank you. If there is a record with this reference, it is closed now.',
    }
  },
})

interface Capacity {
  readonly person_id: string
  readonly account_id: string
  readonly name: string
  readonly job_title: string
  readonly door: string
  readonly role: string
  readonly place: string | null
  readonly locked: number
}

const DOORS: Readonly<Record<string, string>> = {
  staff: 'the council',
  family: 'family',
  setting: 'a school, college or nursery',
  professional: 'professionals',
  board: 'the board',
}

async function capacities(context: Context): Promise<Answer> {
  const found = await context.read('people with more than one capacity', async (trx) => ({
    people: (await sql<Capacity>`select * from people_of_several_capacities()`.execute(trx)).rows,
    ties: (
      await sql<{ id: string; name: string; why: string; fromOn: string; toOn: string | null }>`
        select t.id, a.name, t.why, t.from_on as "fromOn", t.to_on as "toOn" from home_tie t join account a on a.id = t.account_id
        order by t.to_on is not null, a.name, t.from_on`.execute(trx)
    ).rows,
  }))
  const byPerson = [...Map.groupBy(found.people, (row) => row.person_id).values()]
  return {
    page: {
      title: 'People with more than one capacity',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">People with more than one capacity</h1>
          <p class="govuk-body">
            One person, several accounts: a SENCO who is a parent, an officer whose child has a plan. What
            they see as one they do not see as the other, and at work the record of a child they know at home
            is closed to them.
          </p>
          {byPerson.length === 0 ? (
            <EmptyState title="Nobody has more than one account" />
          ) : (
            byPerson.map((accounts) => (
              <SummaryCard
                key={accounts[0]!.person_id}
                title={accounts[0]!.name}
                rows={accounts.map((one) => ({
                  key: `At the door of ${DOORS[one.door] ?? one.door}`,
                  value: `${[one.name, one.job_title, one.place].filter(Boolean).join(', ')}${
                    one.door === 'family'
                      ? ''
                      : `. ${one.locked === 0 ? 'No record is closed to them' : `${one.locked} ${one.locked === 1 ? 'record is' : 'records are'} closed to them`}`
                  }`,
                }))}
              />
            ))
          )}
          <h2 class="govuk-heading-m">Children known at home, as told</h2>
          <p class="govuk-body">
            <a class="govuk-link" href={SAY}>
              Record that somebody knows a child at home
            </a>
          </p>
          {found.ties.length > 0 && (
            <SortableTable
              id="ties"
              caption="Children known at home"
              captionHidden
              onPhone="cards"
              rows={found.ties}
              columns={[
                { key: 'name', heading: 'Who', namesRow: true, cell: (row) => row.name },
                { key: 'why', heading: 'How', cell: (row) => row.why },
                { key: 'from', heading: 'Since', cell: (row) => shortDate(date(row.fromOn)) },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  ...say,
  {
    method: 'GET',
    url: CAPACITIES,
    access: { who: 'roles', roles: ['data-officer'] },
    touches: 'nothing',
    handle: capacities,
  },
]
