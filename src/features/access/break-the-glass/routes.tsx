import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { JSX } from 'preact'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { text } from '../../../platform/forms.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  managers,
  type Route,
  SEARCHES,
  viewerOf,
} from '../../../platform/routes.ts'
import { LongTextField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { EmptyState, HiddenFields, Pager, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { askPage, isId, refused } from '../the-form/index.ts'
import { findManagersToTell, GLASS_PAGE, type GlassBroken, listGlass } from './queries.ts'

const ASK = '/staff/break-the-glass'
const LIST = '/staff/glass'
const LEAST_REASON = 15

/** The same words whether there is no such child or one this person must never open: nothing is learnt by asking. */
const NOT_OPENED =
  'No record was opened with this reference. Check it with whoever gave it to you. This try has been written down'

const breakIt = askPage({
  url: ASK,
  roles: caseReaders,
  touches: 'children',
  limit: SEARCHES,
  name: 'break the glass',
  load: async () => ({}),
  title: () => 'Open a record that is not yours',
  back: () => ({ href: '/staff/children', text: 'Find a child' }),
  start: (_view, context) => {
    const asked = context.query['reference'] ?? ''
    return /^C-[\dA-Z-]{1,20}$/.test(asked) ? { reference: asked } : {}
  },
  schema: z.object({
    reference: text('Enter the child’s reference', { max: 30 }).transform((typed) =>
      typed.toUpperCase().replaceAll(/\s/g, ''),
    ),
    reason: text('Enter why you must open it', { max: 500 }).refine(
      (reason) => reason.length >= LEAST_REASON,
      `Say why in at least ${LEAST_REASON} characters: your manager reads it`,
    ),
  }),
  before: () => (
    <>
      <p class="govuk-body">
        For a child who cannot wait for the person whose work it is: a call from a hospital, a child at the
        door, a risk tonight.
      </p>
      <GovukInsetText>
        <p class="govuk-body">If there is such a record it opens to you for 8 hours. Then:</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>your manager is told at once, and reads your reason</li>
          <li>the family can see that you opened it, and when</li>
          <li>all you look at is written down, as always</li>
        </ul>
      </GovukInsetText>
    </>
  ),
  questions: (form) => (
    <>
      <TextField
        form={form}
        name="reference"
        label="The child’s reference"
        hint="Exactly, for example C-00123. Names are not searched here"
        width={10}
      />
      <LongTextField
        form={form}
        name="reason"
        label="Why must you open it now?"
        hint="For example, A&E at Dorset County Hospital called: the child is there and they need to know of seizures"
        max={500}
        rows={4}
      />
    </>
  ),
  button: 'Open the record for 8 hours',
  carryOut: async ({ trx }, given, context): Promise<CommandResult> => {
    const viewer = viewerOf(context)
    const reached = await trx
      .selectFrom('child')
      .select('id')
      .where('reference', '=', given.reference)
      .executeTakeFirst()
    if (reached)
      return {
        ok: true,
        redirect: `/staff/children/${reached.id}`,
        notice: 'This record is within your work already. Nothing was recorded.',
      }
    const { rows } = await sql<{
      child: string | null
    }>`select break_glass(${given.reference}, ${given.reason}) as child`.execute(trx)
    const child = rows[0]?.child
    if (!child) return refused('reference', NOT_OPENED)
    await tellManagers(trx, { accountId: viewer.accountId, name: viewer.name, child, today: context.today })
    return {
      ok: true,
      redirect: `/staff/children/${child}`,
      notice: 'The record is open to you for 8 hours. Your manager has been told, with your reason.',
    }
  },
  // The try is kept though the command was undone: somebody who guesses references is seen to.
  onRefusal: (context) =>
    context.read('tried to break the glass', async (trx) => {
      const { accountId, role } = viewerOf(context)
      await trx
        .insertInto('access_log')
        .values({
          account_id: accountId,
          what: 'tried to break the glass with a reference that opened nothing',
          relationship: role,
          outcome: 'refused',
        })
        .execute()
    }),
})

async function tellManagers(
  trx: Trx,
  about: {
    readonly accountId: string
    readonly name: string
    readonly child: string
    readonly today: string
  },
): Promise<void> {
  const grant = await trx
    .selectFrom('case_grant')
    .select('id')
    .where('account_id', '=', about.accountId)
    .where('child_id', '=', about.child)
    .orderBy('from_at', 'desc')
    .executeTakeFirstOrThrow()
  for (const manager of await findManagersToTell(trx, about.accountId, about.today))
    await queueMessage(trx, {
      event: `break-glass:${grant.id}`,
      template: 'break-glass',
      childId: null,
      to: { accountId: manager },
      values: { who: about.name, on: about.today },
      linkPath: LIST,
    })
}

async function list(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const asked = Number(context.query['page'] ?? '1')
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1
  const found = await context.read('records opened in an emergency', async (trx, saw) => {
    const glass = await listGlass(trx, page)
    saw(glass.rows.flatMap((row) => (row.reference === null ? [] : [row.childId])))
    return glass
  })
  const unseen = found.rows.filter((row) => row.seenBy === null)
  const counts = { page, pageSize: GLASS_PAGE, total: found.total, things: 'times' }
  return {
    page: {
      title: 'Records opened in an emergency',
      backLink: { href: '/staff/team', text: 'Team' },
      main: (
        <>
          <h1 class="govuk-heading-l">Records opened in an emergency</h1>
          <p class="govuk-body">
            People who opened a record outside their own work, and why. Talk with each of them, then say that
            you have looked into it.
          </p>
          {found.rows.length === 0 ? (
            <EmptyState title="Nobody has opened a record outside their work" />
          ) : (
            <>
              {unseen.length === 0 && <p class="govuk-body">All of these have been looked into.</p>}
              {found.rows.map((row) => (
                <Broken key={row.id} row={row} viewer={viewer} />
              ))}
              <Pager {...counts} href={(other) => `${LIST}?page=${other}`} />
            </>
          )}
        </>
      ),
    },
  }
}

const moment = (at: string): string => `${shortDate(date(at.slice(0, 10)))}, ${at.slice(11)}`

function Broken({
  row,
  viewer,
}: {
  readonly row: GlassBroken
  readonly viewer: { readonly accountId: string; readonly csrfToken: string }
}): JSX.Element {
  return (
    <>
      <SummaryCard
        title={`${row.who}, ${moment(row.at)}`}
        rows={[
          { key: 'Who', value: [row.who, row.jobTitle].filter(Boolean).join(', ') },
          {
            key: 'Whose record',
            value:
              row.reference === null ? (
                'A child whose record you do not open'
              ) : (
                <a class="govuk-link" href={`/staff/children/${row.childId}`}>
                  {row.reference}
                </a>
              ),
          },
          { key: 'Why', value: row.reason },
          { key: 'Until', value: `${moment(row.until)}${row.isOver ? ' (over)' : ''}` },
          {
            key: 'Looked into',
            value:
              row.seenBy === null ? (
                <Tag colour="yellow">Not yet</Tag>
              ) : (
                `${row.seenBy}, ${shortDate(date(row.seenOn!))}`
              ),
          },
        ]}
      />
      {row.seenBy === null && row.accountId !== viewer.accountId && (
        <form method="post" action={LIST} class="govuk-!-margin-bottom-6">
          <HiddenFields
            csrfToken={viewer.csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{ grant: row.id }}
          />
          <button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">
            I have looked into this
            <span class="govuk-visually-hidden">
              {' '}
              ({row.who}, {moment(row.at)})
            </span>
          </button>
        </form>
      )}
      {row.accountId === viewer.accountId && row.seenBy === null && (
        <GovukWarningText
          text="You opened this one yourself: another manager looks into it."
          iconFallbackText="Warning"
        />
      )}
    </>
  )
}

/** Marks one as looked into, once; whoever did it first stays named. */
async function lookedInto(context: Context): Promise<Answer> {
  const grant = context.form['grant']
  if (!isId(grant)) return { missing: true }
  const { accountId } = viewerOf(context)
  const result = await context.command('looked into an emergency opening', async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('case_grant')
      .set({ seen_by: accountId, seen_at: sql`now()` })
      .where('id', '=', grant)
      .where('kind', '=', 'break-glass')
      .where('seen_by', 'is', null)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 1)
      return { ok: true, redirect: LIST, notice: 'Recorded: you have looked into it.' }
    const row = await trx
      .selectFrom('case_grant')
      .leftJoin('account', 'account.id', 'seen_by')
      .select(['account_id', 'name'])
      .where('case_grant.id', '=', grant)
      .where('kind', '=', 'break-glass')
      .executeTakeFirst()
    if (!row) return refused('gone', '')
    return {
      ok: true,
      redirect: LIST,
      notice:
        row.account_id === accountId
          ? 'You opened that record yourself: another manager looks into it. Nothing was recorded.'
          : `${row.name ?? 'Somebody'} has looked into that one already.`,
    }
  })
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : result.errors.some((error) => error.field === 'gone')
      ? { missing: true }
      : { redirect: LIST, notice: result.errors[0]?.text ?? '' }
}

export const routes: readonly Route[] = [
  ...breakIt,
  { method: 'GET', url: LIST, access: { who: 'roles', roles: managers }, touches: 'children', handle: list },
  {
    method: 'POST',
    url: LIST,
    access: { who: 'roles', roles: managers },
    touches: 'nothing',
    handle: lookedInto,
  },
]
