import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { JSX } from 'preact'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { addDays, date, iso, shortDate } from '../../../law/index.ts'
import { plainDate, text } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { DateField, LongTextField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { EmptyState, HiddenFields, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { askPage, isId, refused } from '../the-form/index.ts'

const LIST = '/staff/audits'
const roles = ['qa-lead'] as const
const day = (on: string): string => shortDate(date(on))
const MOST_PLANS = 50
/** An audit cycle is a term: nobody is let in for longer at a time. */
const MOST_DAYS = 183

interface Audit {
  readonly id: string
  readonly childId: string
  readonly reference: string
  readonly auditor: string
  readonly reason: string
  readonly fromOn: string
  readonly untilOn: string
  readonly isOver: boolean
}

async function listAudits(trx: Trx): Promise<readonly Audit[]> {
  const { rows } = await sql<Audit>`
    select g.id, g.child_id as "childId", c.reference, a.name as auditor, g.reason,
      (g.from_at at time zone 'Europe/London')::date as "fromOn", (g.until_at at time zone 'Europe/London')::date as "untilOn", g.until_at <= now() as "isOver"
    from case_grant g join child c on c.id = g.child_id join account a on a.id = g.account_id where g.kind = 'audit'
    order by g.until_at <= now(), g.until_at desc, a.name, c.reference limit 500`.execute(trx)
  return rows
}

async function list(context: Context): Promise<Answer> {
  const { csrfToken } = viewerOf(context)
  const rows = await context.read('plans let in to be audited', async (trx, saw) => {
    const found = await listAudits(trx)
    saw(found.map((row) => row.childId))
    return found
  })
  return {
    page: {
      title: 'Plans let in to be audited',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Plans let in to be audited</h1>
          <p class="govuk-body">
            An auditor sees the sampled plans and no others, until the day you set. Each look is written down,
            and the family sees it.
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={`${LIST}/new`}>
              Let an auditor in
            </a>
          </p>
          {rows.length === 0 ? (
            <EmptyState title="Nobody has been let in to audit" />
          ) : (
            <SortableTable<Audit>
              id="audits"
              caption="Plans let in to be audited"
              captionHidden
              onPhone="cards"
              rows={rows}
              columns={[
                {
                  key: 'reference',
                  heading: 'Plan of',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`/staff/children/${row.childId}`}>
                      {row.reference}
                    </a>
                  ),
                },
                { key: 'auditor', heading: 'Auditor', cell: (row) => row.auditor },
                { key: 'reason', heading: 'Why', cell: (row) => row.reason },
                {
                  key: 'days',
                  heading: 'When',
                  cell: (row) => `${day(row.fromOn)} to ${day(row.untilOn)}`,
                },
                {
                  key: 'end',
                  heading: 'End',
                  cell: (row) =>
                    row.isOver ? <Tag colour="grey">Over</Tag> : <EndForm row={row} csrfToken={csrfToken} />,
                },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

function EndForm({ row, csrfToken }: { readonly row: Audit; readonly csrfToken: string }): JSX.Element {
  return (
    <form method="post" action={LIST}>
      <HiddenFields csrfToken={csrfToken} idempotencyKey={randomUUID()} hidden={{ audit: row.id }} />
      <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">
        End now
        <span class="govuk-visually-hidden">
          {' '}
          ({row.auditor}, {row.reference})
        </span>
      </button>
    </form>
  )
}

async function end(context: Context): Promise<Answer> {
  const audit = context.form['audit']
  if (!isId(audit)) return { missing: true }
  const result = await context.command('ended an audit', async (trx) => {
    const { rows } = await sql<{ ended: boolean }>`select end_audit(${audit}) as ended`.execute(trx)
    return rows[0]?.ended
      ? { ok: true, redirect: LIST, notice: 'Ended: they no longer see the plan.' }
      : refused('', '')
  })
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : { missing: true }
}

const give = askPage({
  url: `${LIST}/new`,
  roles,
  touches: 'children',
  name: 'let an auditor in',
  load: async (trx, context) => ({
    today: context.today,
    auditors: await trx
      .selectFrom('account')
      .select(['id', 'name', 'job_title'])
      .where('door', '=', 'staff')
      .where('remit', '<>', 'none')
      .where('id', '<>', viewerOf(context).accountId)
      .where('active_from', '<=', context.today)
      .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', context.today)]))
      .orderBy('name')
      .execute(),
  }),
  title: () => 'Let an auditor in',
  back: () => ({ href: LIST, text: 'Plans let in to be audited' }),
  schema: z.object({
    references: text('Enter the reference of each plan’s child', { max: 1000 }).transform((typed) => [
      ...new Set(
        typed
          .toUpperCase()
          .split(/[\s,;]+/u)
          .filter(Boolean),
      ),
    ]),
    auditor: text('Choose the auditor'),
    untilOn: plainDate('the last day'),
    reason: text('Enter the cycle and why', { max: 300 }).refine(
      (reason) => reason.length >= 15,
      'Say why in at least 15 characters: the cycle and the sample',
    ),
  }),
  dates: ['untilOn'],
  questions: (form, { auditors }) => (
    <>
      <LongTextField
        form={form}
        name="references"
        label="Which plans?"
        hint={`The children’s references, such as C-00123, one a line. ${MOST_PLANS} at most`}
        max={1000}
        rows={5}
      />
      <SelectField
        form={form}
        name="auditor"
        label="Who audits them?"
        empty="Choose"
        options={auditors.map((one) => ({ value: one.id, text: `${one.name}, ${one.job_title}` }))}
      />
      <DateField form={form} name="untilOn" label="Until when?" hint="The last day they see the plans" />
      <TextField
        form={form}
        name="reason"
        label="Which cycle, and why these?"
        hint="For example, autumn cycle, random sample of the north"
      />
    </>
  ),
  button: 'Let them in',
  carryOut: async ({ trx, view, changed }, given, context) => {
    const auditor = view.auditors.find((one) => one.id === given.auditor)
    if (!auditor) return refused('auditor', 'Choose somebody who works here now')
    if (given.untilOn < context.today)
      return refused('untilOn', `The last day must be today (${day(context.today)}) or later`)
    if (given.untilOn > iso(addDays(date(context.today), MOST_DAYS)))
      return refused('untilOn', 'Nobody is let in for more than six months at a time')
    if (given.references.length > MOST_PLANS)
      return refused(
        'references',
        `Give ${MOST_PLANS} references at most: this has ${given.references.length}`,
      )
    const found = await trx
      .selectFrom('child')
      .select(['id', 'reference'])
      .where('reference', 'in', given.references)
      .execute()
    const unknown = given.references.filter((one) => !found.some((child) => child.reference === one))
    if (unknown.length > 0)
      return refused(
        'references',
        `${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ` and ${unknown.length - 5} more` : ''} ${unknown.length === 1 ? 'is' : 'are'} not the reference of any child you can see. Nothing was given`,
      )
    const held = await trx
      .selectFrom('case_grant')
      .select('child_id')
      .where('account_id', '=', auditor.id)
      .where('kind', '=', 'audit')
      .where('until_at', '>', sql<string>`now()`)
      .where(
        'child_id',
        'in',
        found.map((child) => child.id),
      )
      .execute()
    const again = found.find((child) => held.some((one) => one.child_id === child.id))
    if (again)
      return refused(
        'references',
        `${auditor.name} is let in to ${again.reference} already: end that first, or leave it out`,
      )
    // The authority's day may be another than the calendar's (training): so many days from now.
    const days = date(given.untilOn) - date(context.today) + 1
    for (const child of found) {
      await trx
        .insertInto('case_grant')
        .values({
          account_id: auditor.id,
          child_id: child.id,
          kind: 'audit',
          reason: given.reason,
          until_at: sql<string>`(date_trunc('day', now() at time zone 'Europe/London') + ${days}::int * interval '1 day') at time zone 'Europe/London'`,
          granted_by: viewerOf(context).accountId,
        })
        .execute()
      changed(child.id)
    }
    return {
      ok: true,
      redirect: LIST,
      notice: `${auditor.name} is let in to ${found.length === 1 ? '1 plan' : `${found.length} plans`}.`,
    }
  },
})

const access = { who: 'roles', roles } as const

export const routes: readonly Route[] = [
  { method: 'GET', url: LIST, access, touches: 'children', handle: list },
  { method: 'POST', url: LIST, access, touches: 'nothing', handle: end },
  ...give,
]
