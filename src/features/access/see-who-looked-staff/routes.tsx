import { stringify } from 'csv-stringify/sync'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { type Answer, type Context, EXPORTS, managers, type Route } from '../../../platform/routes.ts'
import { Counts, EmptyState, Pager, SortableTable } from '../../../ui/parts/index.ts'
import { loadChild } from '../../children/the-child/index.ts'

interface Look {
  readonly id: string
  readonly at: string
  readonly name: string | null
  readonly jobTitle: string | null
  readonly door: string | null
  readonly relationship: string
  readonly what: string
  readonly outcome: string
}

const PAGE = 100
/** More than any child's record was ever opened; a spreadsheet beyond it would be cut without a word. */
const MOST = 50_000
const OUTCOMES: Readonly<Record<string, string>> = {
  seen: 'Looked',
  changed: 'Changed',
  refused: 'Refused',
}
const DOORS: Readonly<Record<string, string>> = {
  staff: 'The council',
  family: 'The family',
  setting: 'A school, college or nursery',
  professional: 'A professional',
  board: 'The board',
}

async function listLooks(trx: Trx, childId: string, most: number, offset: number): Promise<readonly Look[]> {
  const { rows } = await sql<Look>`
    select l.id::text, to_char(l.at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI:SS') as at, a.name, a.job_title as "jobTitle", a.door,
      l.relationship, l.what, l.outcome
    from access_log l left join account a on a.id = l.account_id
    where l.child_ids @> array[${childId}::uuid] order by l.id desc limit ${most} offset ${offset}`.execute(
    trx,
  )
  return rows
}

async function show(context: Context): Promise<Answer> {
  const asked = Number(context.query['page'] ?? '1')
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1
  const found = await context.read('looked at who has looked', async (trx, saw) => {
    const child = await loadChild(trx, context.params['id'] ?? '')
    if (!child) return undefined
    saw(child.id)
    const { rows } = await sql<{ total: number }>`
      select count(*)::int as total from access_log where child_ids @> array[${child.id}::uuid]`.execute(trx)
    return {
      child,
      total: rows[0]?.total ?? 0,
      looks: await listLooks(trx, child.id, PAGE, (page - 1) * PAGE),
    }
  })
  if (!found) return { missing: true }
  const { child, looks, total } = found
  const here = `/staff/children/${child.id}/who-looked`
  const counts = { page, pageSize: PAGE, total, things: 'times' }
  return {
    page: {
      title: `Who has looked at ${child.name}`,
      wide: true,
      backLink: { href: `/staff/children/${child.id}/who-may-see`, text: 'Who may see this child’s record' },
      main: (
        <>
          <span class="govuk-caption-l">
            {child.name}, {child.reference}
          </span>
          <h1 class="govuk-heading-l">Who has looked at this record</h1>
          <p class="govuk-body">
            Each time it was opened or changed, by whom, as what. The family sees the same list without what
            other members of the family did.
          </p>
          {looks.length === 0 ? (
            <EmptyState title={page === 1 ? 'Nobody before you' : 'There are no more'} />
          ) : (
            <>
              <p class="govuk-body">
                <a class="govuk-link" href={`${here}.csv`}>
                  Download all of it as a spreadsheet (CSV)
                </a>
              </p>
              <Counts {...counts} />
              <SortableTable<Look>
                id="looks"
                caption="Who has looked at this record"
                captionHidden
                onPhone="cards"
                rows={looks}
                columns={[
                  {
                    key: 'at',
                    heading: 'When',
                    namesRow: true,
                    cell: (look) => `${shortDate(date(look.at.slice(0, 10)))}, ${look.at.slice(11, 16)}`,
                  },
                  {
                    key: 'who',
                    heading: 'Who',
                    cell: (look) =>
                      [look.name ?? 'Somebody no longer recorded', look.jobTitle].filter(Boolean).join(', '),
                  },
                  { key: 'as', heading: 'As what', cell: (look) => look.relationship },
                  { key: 'did', heading: 'Did', cell: (look) => OUTCOMES[look.outcome] ?? look.outcome },
                  { key: 'what', heading: 'What', cell: (look) => look.what },
                ]}
              />
              <Pager {...counts} href={(other) => `${here}?page=${other}`} />
            </>
          )}
        </>
      ),
    },
  }
}

async function spreadsheet(context: Context): Promise<Answer> {
  const found = await context.read('who has looked: spreadsheet', async (trx, saw) => {
    const child = await loadChild(trx, context.params['id'] ?? '')
    if (!child) return undefined
    saw(child.id)
    return { reference: child.reference, looks: await listLooks(trx, child.id, MOST, 0) }
  })
  if (!found) return { missing: true }
  const lines = found.looks.map((look) => [
    look.at,
    look.name ?? 'Somebody no longer recorded',
    look.jobTitle ?? '',
    DOORS[look.door ?? ''] ?? '',
    look.relationship,
    OUTCOMES[look.outcome] ?? look.outcome,
    look.what,
  ])
  return {
    file: {
      name: `who-looked-${found.reference}-${context.today}.csv`,
      type: 'text/csv; charset=utf-8',
      body: `\uFEFF${stringify([['When', 'Who', 'Job', 'Where from', 'As what', 'Did', 'What'], ...lines], {
        escape_formulas: true,
        record_delimiter: 'windows',
      })}`,
    },
  }
}

const access = { who: 'roles', roles: managers } as const

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/children/:id/who-looked', access, touches: 'children', handle: show },
  {
    method: 'GET',
    url: '/staff/children/:id/who-looked.csv',
    access,
    touches: 'children',
    limit: EXPORTS,
    handle: spreadsheet,
  },
]
