import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { JSX } from 'preact'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { optionalText, parseForm, plainDate } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  type FieldError,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import {
  DateField,
  dateParts,
  freshForm,
  LongTextField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { dayInWords, EmptyState, FormPage, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { DueCell, findServiceQueue, headTitle, type QueueRow } from '../see-what-is-asked/index.ts'
import { WeeksChart } from './chart.tsx'
import { type Capacity, capacityOn, WEEKS_AHEAD, type Week, weeksAhead } from './weeks.ts'

/** Those who answer for a service's advice. */
const LEADS: readonly Role[] = ['head-of-service', 'health-lead']
const access = { who: 'roles', roles: LEADS } as const

interface Member {
  readonly id: string
  readonly name: string
  readonly job_title: string
  readonly team_name: string | null
  readonly shared_mailbox: boolean
}

/** The viewer and everybody who answers to them, at work today; a service's shared mailbox among them. */
async function findMembers(trx: Trx): Promise<readonly Member[]> {
  const { rows } = await sql<Member>`
    select a.id, a.name, a.job_title, a.shared_mailbox, t.name as team_name from account a left join team t on t.id = a.team_id
    where a.id = any ((select viewer_team_accounts())::uuid[]) and a.door = 'professional' and a.active_from <= viewer_today()
      and (a.active_to is null or a.active_to > viewer_today())
    order by a.shared_mailbox desc, t.name, a.name`.execute(trx)
  return rows
}
const findCapacities = (trx: Trx): Promise<readonly Capacity[]> =>
  trx
    .selectFrom('advice_capacity')
    .select(['account_id', 'from_on', sql<number>`pieces_a_week::float8`.as('pieces_a_week')])
    .orderBy('from_on')
    .orderBy('set_at')
    .execute()

interface PersonRow extends Member {
  readonly waiting: number
  readonly late: number
  readonly capacity: number | null
}

async function service(context: Context): Promise<Answer> {
  const { today } = context
  const viewer = viewerOf(context)
  const { queue, members, capacities } = await context.read('our service: advice due', async (trx, saw) => {
    const found = await findServiceQueue(trx)
    saw(found.map((row) => row.child_id))
    return { queue: found, members: await findMembers(trx), capacities: await findCapacities(trx) }
  })
  const isLate = (row: QueueRow): boolean => row.due_on !== null && row.due_on < today
  const unallocated = (row: QueueRow): boolean =>
    row.shared_mailbox || (row.adviser_account === viewer.accountId && row.state === null)
  const chosen = members.find((one) => one.id === context.query['person'])
  const only = context.query['show']
  const most = only === undefined && !chosen ? FIRST : Number.POSITIVE_INFINITY
  const rows = queue.filter(
    (row) =>
      (!chosen || row.adviser_account === chosen.id) &&
      (only !== 'late' || isLate(row)) &&
      (only !== 'unallocated' || unallocated(row)),
  )
  const people: readonly PersonRow[] = members.map((one) => {
    const theirs = queue.filter((row) => row.adviser_account === one.id)
    return {
      ...one,
      waiting: theirs.length,
      late: theirs.filter(isLate).length,
      capacity: capacityOn(capacities, one.id, today),
    }
  })
  const ahead = weeksAhead(
    queue.map((row) => row.due_on),
    members.map((one) => one.id),
    capacities,
    today,
  )
  const main = (
    <>
      <h1 class="govuk-heading-l">Our service</h1>
      <p class="govuk-body">
        Advice waited for of you and of everybody who answers to you, as at {dayInWords(today)}.
      </p>
      <dl class="app-case__facts">
        <Fact count={queue.length} name="Waited for" href="/professional/service" />
        <Fact count={queue.filter(isLate).length} name="Late" href="/professional/service?show=late" />
        <Fact
          count={queue.filter(unallocated).length}
          name="Not given to anybody yet"
          href="/professional/service?show=unallocated"
        />
      </dl>
      <h2 class="govuk-heading-m" id="list">
        {chosen
          ? `Asked of ${chosen.name}`
          : only === 'late'
            ? 'Late'
            : only === 'unallocated'
              ? 'Not given to anybody yet'
              : 'All that is waited for'}
      </h2>
      {rows.length === 0 ? (
        <EmptyState title="Nothing is waited for here" headingLevel={3} />
      ) : (
        <SortableTable<QueueRow>
          id="service"
          caption="Advice waited for, the earliest date first"
          captionHidden
          onPhone="cards"
          rows={rows.slice(0, most)}
          columns={[
            {
              key: 'child',
              heading: 'Child or young person',
              namesRow: true,
              cell: (row) => (
                <a class="govuk-link" href={`/professional/advice/${row.id}`}>
                  {row.child_name}
                </a>
              ),
            },
            { key: 'head', heading: 'Advice', cell: (row) => headTitle(row.head) },
            { key: 'due', heading: 'Due', cell: (row) => <DueCell row={row} today={today} /> },
            {
              key: 'who',
              heading: 'With',
              cell: (row) => (
                <>
                  {unallocated(row) ? (
                    <Tag colour="yellow">Nobody yet</Tag>
                  ) : (
                    (row.adviser_name ?? row.adviser)
                  )}
                  <br />
                  {row.team_name ?? ''}
                </>
              ),
            },
            {
              key: 'do',
              heading: 'What to do',
              cell: (row) => (
                <a class="govuk-link" href={`/professional/advice/${row.id}/pass`}>
                  Give to somebody<span class="govuk-visually-hidden">: {row.child_name}</span>
                </a>
              ),
            },
          ]}
        />
      )}
      {rows.length > most ? (
        <p class="govuk-body">
          The first {most} are shown.{' '}
          <a class="govuk-link" href="/professional/service?show=all">
            Show all {rows.length}
          </a>
        </p>
      ) : null}
      <h2 class="govuk-heading-m">Capacity against demand</h2>
      <p class="govuk-body">
        {ahead.lateAlready} {ahead.lateAlready === 1 ? 'piece is' : 'pieces are'} late already, and wait from
        the first week. Demand is advice already asked for by its last day; more will be asked for. What can
        be finished is what each person’s figure below adds up to.
      </p>
      <WeeksChart weeks={ahead.weeks} />
      <SortableTable<Week>
        id="weeks"
        caption={`The next ${WEEKS_AHEAD} weeks`}
        rows={ahead.weeks}
        columns={[
          {
            key: 'week',
            heading: 'Week from',
            namesRow: true,
            cell: (week) => dayInWords(week.from),
          },
          { key: 'due', heading: 'Due', numeric: true, cell: (week) => week.due },
          {
            key: 'capacity',
            heading: 'Can be finished',
            numeric: true,
            cell: (week) => week.capacity ?? 'Not said',
          },
          {
            key: 'behind',
            heading: 'Left over at its end',
            numeric: true,
            cell: (week) => week.behind ?? 'Not known',
          },
        ]}
      />
      <SortableTable<PersonRow>
        id="people"
        caption="By person"
        rows={people}
        columns={[
          {
            key: 'name',
            heading: 'Person',
            namesRow: true,
            cell: (one) => (
              <>
                <a class="govuk-link" href={`/professional/service?person=${one.id}`}>
                  {one.name}
                </a>
                <br />
                <span class="govuk-!-font-weight-regular">
                  {one.shared_mailbox ? 'Shared mailbox' : one.job_title}
                </span>
              </>
            ),
          },
          { key: 'team', heading: 'Team', cell: (one) => one.team_name ?? '' },
          { key: 'waiting', heading: 'Waited for', numeric: true, cell: (one) => one.waiting },
          { key: 'late', heading: 'Late', numeric: true, cell: (one) => one.late },
          {
            key: 'capacity',
            heading: 'Pieces a week',
            cell: (one) => (
              <>
                {one.capacity ?? 'Not said'}{' '}
                <a class="govuk-link" href={`/professional/service/capacity/${one.id}`}>
                  Change<span class="govuk-visually-hidden"> for {one.name}</span>
                </a>
              </>
            ),
          },
        ]}
      />
    </>
  )
  return { page: { title: 'Our service', main, wide: true } }
}
/** How many of the list are shown before it is asked for whole. */
const FIRST = 20

function Fact({ count, name, href }: { count: number; name: string; href: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <a class="govuk-link" href={href}>
          {count.toLocaleString('en-GB')}
          <span class="govuk-visually-hidden"> {name.toLowerCase()}</span>
        </a>
      </dd>
    </div>
  )
}

const capacityForm = z.object({
  pieces: z
    .string()
    .trim()
    .refine((value) => /^\d{1,2}([.,]\d{1,2})?$/.test(value), 'Enter a number from 0 to 50, such as 1.5')
    .transform((value) => Number(value.replace(',', '.')))
    .refine((value) => !(value > 50), 'Enter a number from 0 to 50, such as 1.5'),
  fromOn: plainDate('the day it begins'),
  why: optionalText({ max: 500 }),
})

async function showCapacity(context: Context, form: TypedForm | null): Promise<Answer> {
  const viewer = viewerOf(context)
  const found = await context.read('our service: capacity', async (trx) => {
    const member = (await findMembers(trx)).find((one) => one.id === context.params['personId'])
    return member && { member, capacities: await findCapacities(trx) }
  })
  if (!found) return { missing: true }
  const { member, capacities } = found
  const now = capacityOn(capacities, member.id, context.today)
  const errors = form?.errors ?? []
  const shown =
    form ?? freshForm({ pieces: now === null ? '' : String(now), ...dateParts('fromOn', context.today) })
  return {
    page: {
      title: `How much ${member.name} can finish in a week`,
      backLink: { href: '/professional/service', text: 'Our service' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <FormPage
          title={`How much ${member.name} can finish in a week`}
          errors={errors}
          errorTargets={{ fromOn: 'fromOn-day' }}
          csrfToken={viewer.csrfToken}
          idempotencyKey={randomUUID()}
          button="Save"
          cancel={{ text: 'Cancel', href: '/professional/service' }}
        >
          <TextField
            form={shown}
            name="pieces"
            label="Pieces of advice a week"
            hint="All their working time for advice, with leave and other duties taken off. For example 1.5."
            width={5}
          />
          <DateField
            form={shown}
            name="fromOn"
            label="From"
            hint="It stands until the next figure begins. For leave, enter 0 from one day and the usual figure from another."
          />
          <LongTextField form={shown} name="why" label="Why (optional)" max={500} rows={2} />
        </FormPage>
      ),
    },
  }
}

async function postCapacity(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const parsed = parseForm(capacityForm, context.form)
  const again = (errors: readonly FieldError[]): Promise<Answer> =>
    showCapacity(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  if (!parsed.ok) return again(parsed.errors)
  let missing = false
  const result = await context.command('set-capacity', async (trx) => {
    const member = (await findMembers(trx)).find((one) => one.id === context.params['personId'])
    if (!member) {
      missing = true
      return { ok: false, errors: [] }
    }
    await trx
      .insertInto('advice_capacity')
      .values({
        account_id: member.id,
        from_on: parsed.value.fromOn,
        pieces_a_week: parsed.value.pieces,
        why: parsed.value.why,
        set_by: viewer.accountId,
      })
      .execute()
    return { ok: true, redirect: '/professional/service', notice: `Saved for ${member.name}.` }
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return again(result.errors)
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/professional/service', access, touches: 'children', handle: service },
  {
    method: 'GET',
    url: '/professional/service/capacity/:personId',
    access,
    touches: 'nothing',
    handle: (context) => showCapacity(context, null),
  },
  {
    method: 'POST',
    url: '/professional/service/capacity/:personId',
    access,
    touches: 'nothing',
    handle: postCapacity,
  },
]
