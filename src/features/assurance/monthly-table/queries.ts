import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, type Fact, type PlainDate, parseFact } from '../../../law/index.ts'
import { type AssessmentDates, type ExceptionClaim, reversalsOf } from './figures.ts'
import type { OpenPlans } from './table.ts'

interface DatesRow {
  readonly process_id: string
  readonly child_id: string
  readonly received_on: string | null
  readonly source: string | null
  readonly requests: number
  readonly decided_on: string | null
  readonly refused_first: boolean | null
  readonly withdrawn_on: string | null
  readonly reopened_on: string | null
  readonly no_plan_on: string | null
  readonly final_on: string | null
  /** Turning points of an assessment that was refused at either stage, or ordered; null for the others. */
  readonly turns: readonly Readonly<Record<string, unknown>>[] | null
  readonly claims: readonly ClaimRow[] | null
  readonly ends: readonly ClaimEndRow[] | null
}
export interface ClaimRow {
  readonly id: string
  readonly on: string
  readonly ground: string | null
  /** The claim as first made, of one corrected. */
  readonly claim: string | null
  readonly limits: readonly string[] | null
  readonly approved: boolean
}
export interface ClaimEndRow {
  readonly on: string
  readonly ground: string | null
  readonly claim: string | null
}

/**
 * Each assessment's turning points as at a day, in one query over the history: what was recorded by then, corrections in
 * the place of what they correct, nothing still to come. Row-level security decides which children are in it.
 * @param year the table's year: assessments over more than half a year before the year before it are in no cell and left out
 */
export async function findAssessmentDates(trx: Trx, asAt: string, year: number): Promise<AssessmentDates[]> {
  const { rows } = await sql<DatesRow>`
    with replaced as materialized (
      select supersedes as id from case_event where supersedes is not null and recorded_on <= ${asAt}::date
    ), near as materialized (
      select id, opened_on from process
      where kind = 'assessment' and (closed_on is null or closed_on >= make_date(${year}::int - 1, 1, 1) - 200)
    ), known as (
      select e.id, e.process_id, e.child_id, e.kind, e.happened_on, e.seq, e.payload
      from case_event e join near on near.id = e.process_id
      where e.recorded_on <= ${asAt}::date
        -- Nothing older can belong to these cases; a slip of the keyboard into years before the law is still found.
        and (e.happened_on between (select min(opened_on) - 31 from near) and ${asAt}::date or e.happened_on < '2014-09-01')
        and e.kind in ('request_received', 'needs_brought_to_attention', 'decided_to_assess', 'refused_to_assess', 'request_withdrawn',
          'assessment_closed', 'assessment_reopened', 'decided_not_to_issue', 'decided_to_issue', 'draft_issued', 'final_issued', 'mediation',
          'mediation_agreement', 'tribunal_order', 'appeal_not_opposed', 'exception_claimed', 'exception_ended')
        and not exists (select from replaced r where r.id = e.id)
    )
    select k.process_id, (array_agg(k.child_id))[1] as child_id,
      min(happened_on) filter (where kind in ('request_received', 'needs_brought_to_attention')) as received_on,
      (min(array[happened_on::text, lpad(seq::text, 9, '0'), payload->>'by']) filter (where kind in ('request_received', 'needs_brought_to_attention')))[3] as source,
      count(*) filter (where kind in ('request_received', 'needs_brought_to_attention'))::int as requests,
      min(happened_on) filter (where kind in ('decided_to_assess', 'refused_to_assess')) as decided_on,
      min(happened_on) filter (where kind = 'refused_to_assess') <= coalesce(min(happened_on) filter (where kind = 'decided_to_assess'), 'infinity') as refused_first,
      max(happened_on) filter (where kind in ('request_withdrawn', 'assessment_closed')) as withdrawn_on,
      max(happened_on) filter (where kind = 'assessment_reopened') as reopened_on,
      max(happened_on) filter (where kind = 'decided_not_to_issue') as no_plan_on,
      min(happened_on) filter (where kind = 'final_issued') as final_on,
      case when bool_or(kind in ('refused_to_assess', 'decided_not_to_issue', 'mediation_agreement', 'tribunal_order', 'appeal_not_opposed')
        or payload->>'following' is not null) then
        json_agg(jsonb_build_object('kind', kind, 'on', happened_on, 'following', payload->'following', 'matter', payload->'matter', 'agreed', payload->'agreed',
          'order', payload->'order', 'about', payload->'about', 'sentOn', payload->'sentOn'))
          filter (where kind not in ('exception_claimed', 'exception_ended', 'request_withdrawn', 'assessment_closed', 'assessment_reopened'))
      end as turns,
      json_agg(json_build_object('id', k.id, 'on', happened_on, 'ground', payload->'ground', 'claim', payload->'claim', 'limits', payload->'limits',
        'approved', coalesce(payload->>'approvedBy', '') <> '')) filter (where kind = 'exception_claimed') as claims,
      json_agg(json_build_object('on', happened_on, 'ground', payload->'ground', 'claim', payload->'claim')) filter (where kind = 'exception_ended') as ends
    from known k
    group by k.process_id`.execute(trx)
  return rows.flatMap((row) =>
    row.received_on === null ? [] : [toDates(row, date(row.received_on), date(asAt))],
  )
}

const dayOrNull = (text: string | null): PlainDate | null => (text === null ? null : date(text))

/** The turns as facts of the law. One that the law cannot read is for its own correction, and turns nothing. */
const turnsOf = (row: DatesRow): readonly Fact[] =>
  (row.turns ?? []).flatMap((turn) => {
    const parsed = parseFact({ ...turn, process: row.process_id })
    return parsed.ok ? [parsed.fact] : []
  })

/** The day a claim's cause ended: said of that claim, or of its ground since it was made; of any ground when none is said. */
export function endOf(claim: ClaimRow, ends: readonly ClaimEndRow[]): PlainDate | null {
  const days = ends
    .filter((end) =>
      end.claim !== null
        ? end.claim === claim.id || end.claim === claim.claim
        : (end.ground === null || end.ground === claim.ground) && end.on >= claim.on,
    )
    .map((end) => end.on)
    .toSorted()
  return dayOrNull(days[0] ?? null)
}

function toDates(row: DatesRow, receivedOn: PlainDate, asAt: PlainDate): AssessmentDates {
  const withdrawnOn = dayOrNull(row.withdrawn_on)
  const reopenedOn = dayOrNull(row.reopened_on)
  return {
    processId: row.process_id,
    childId: row.child_id,
    receivedOn,
    source: row.source,
    requests: row.requests,
    decidedOn: dayOrNull(row.decided_on),
    refused: row.refused_first ?? false,
    withdrawnOn:
      withdrawnOn !== null && reopenedOn !== null && reopenedOn >= withdrawnOn ? null : withdrawnOn,
    noPlanOn: dayOrNull(row.no_plan_on),
    finalOn: dayOrNull(row.final_on),
    ...(row.turns === null ? { orderedOn: null } : reversalsOf(turnsOf(row), asAt)),
    claims: (row.claims ?? []).map(
      (claim): ExceptionClaim => ({
        claimedOn: date(claim.on),
        limits: claim.limits,
        approved: claim.approved,
        endedOn: endOf(claim, row.ends ?? []),
      }),
    ),
  }
}

/** Plans in force at the end of a day: begun here or moved in, and not ceased; by the child's locality today. */
export async function countOpenPlans(trx: Trx, asAt: string): Promise<OpenPlans> {
  const { rows } = await sql<{ locality: string | null; count: number }>`
    with replaced as materialized (
      select supersedes as id from case_event where supersedes is not null and recorded_on <= ${asAt}::date
    ), known as (
      select e.child_id, e.kind, e.happened_on from case_event e
      where e.recorded_on <= ${asAt}::date and e.happened_on <= ${asAt}::date
        and e.kind in ('final_issued', 'moved_in', 'plan_ceased', 'plan_continued')
        and not exists (select from replaced r where r.id = e.id)
    ), plan as (
      select child_id, max(happened_on) filter (where kind <> 'plan_ceased') as begun_on, max(happened_on) filter (where kind = 'plan_ceased') as ceased_on
      from known group by child_id
    )
    select l.name as locality, count(*)::int as count
    from plan join child c on c.id = plan.child_id left join locality l on l.id = c.locality_id
    where begun_on is not null and (ceased_on is null or ceased_on < begun_on)
    group by l.name order by l.name`.execute(trx)
  return {
    total: rows.reduce((total, row) => total + row.count, 0),
    byLocality: rows.map((row) => ({ locality: row.locality ?? 'No locality', count: row.count })),
  }
}

export async function findAuthorityName(trx: Trx): Promise<{ code: string; name: string }> {
  return trx.selectFrom('authority').select(['code', 'name']).executeTakeFirstOrThrow()
}

export interface CaseBehind {
  readonly processId: string
  readonly childId: string
  readonly reference: string
  readonly childName: string
  readonly locality: string | null
}

/** Names for the cases behind a number, for people who may see them. */
export async function findCasesBehind(trx: Trx, processIds: readonly string[]): Promise<CaseBehind[]> {
  if (processIds.length === 0) return []
  const rows = await trx
    .selectFrom('process')
    .innerJoin('child', 'child.id', 'process.child_id')
    .leftJoin('locality', 'locality.id', 'process.locality_id')
    .select([
      'process.id',
      'process.reference',
      'child.id as child_id',
      'child.given_name',
      'child.family_name',
      'locality.name as locality',
    ])
    .where('process.id', 'in', [...processIds])
    .execute()
  return rows.map((row) => ({
    processId: row.id,
    childId: row.child_id,
    reference: row.reference,
    childName: `${row.given_name} ${row.family_name}`,
    locality: row.locality,
  }))
}
