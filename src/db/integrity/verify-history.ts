import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'

export type HistoryFault = 'seq' | 'link' | 'hash' | 'head' | 'no-head' | 'no-rows' | 'no-child'

/** The first line of a child's history that does not follow from the one before it. Names the child by reference only. */
export interface HistoryBreak {
  readonly child: string
  readonly seq: number
  readonly what: HistoryFault
}

export interface Head {
  readonly child: string
  readonly seq: number
  readonly hash: string
}

export interface HistoryReport {
  readonly children: number
  readonly rows: number
  /** SHA-256 over every child's head, in order of the child's id. */
  readonly heads: string
  readonly brokenChildren: number
  readonly break: HistoryBreak | null
}

interface Slice {
  readonly from: string
  /** Exclusive; null for the last. */
  readonly to: string | null
}

const CHILDREN_IN_A_SLICE = 2_000

/** The whole range of ids in slices of a like number of children (ids are random, so equal ranges hold like numbers). */
function slicesFor(children: number): Slice[] {
  let count = 1
  while (count < 256 && count * CHILDREN_IN_A_SLICE < children) count *= 2
  const bound = (index: number): string =>
    `${((index * 256) / count).toString(16).padStart(2, '0')}000000-0000-0000-0000-000000000000`
  return Array.from({ length: count }, (_, index) => ({
    from: bound(index),
    to: index + 1 === count ? null : bound(index + 1),
  }))
}

export interface VerifyOptions {
  readonly onProgress?: (done: number) => void
  /** Called with the heads of each slice, in order: what an anchor writes down. */
  readonly onHeads?: (heads: readonly Head[]) => void
}

/**
 * Recomputes every line of every child's history: numbered from 1 without a gap, each carrying the hash of the one before,
 * its own hash equal to what its columns give, and the last one the head kept in child_chain.
 * Run it as the owner, in one repeatable-read transaction.
 */
export async function verifyHistory(trx: Trx, options: VerifyOptions = {}): Promise<HistoryReport> {
  const { rows: counted } = await sql<{
    children: number
  }>`select count(*) as children from child_chain`.execute(trx)
  const slices = slicesFor(counted[0]!.children)
  const digest = createHash('sha256')
  let [children, rows, brokenChildren] = [0, 0, 0]
  let first: HistoryBreak | null = null
  for (const [index, slice] of slices.entries()) {
    const found = await verifySlice(trx, slice)
    rows += found.rows
    brokenChildren += found.breaks.length
    first ??= found.breaks[0] ?? null
    const heads = await headsOf(trx, slice)
    children += heads.length
    for (const head of heads) digest.update(`${head.child} ${head.seq} ${head.hash}\n`)
    options.onHeads?.(heads)
    options.onProgress?.((index + 1) / slices.length)
  }
  return { children, rows, heads: digest.digest('hex'), brokenChildren, break: first }
}

const within = (column: ReturnType<typeof sql.ref>, { from, to }: Slice) =>
  to === null
    ? sql<boolean>`${column} >= ${from}::uuid`
    : sql<boolean>`${column} >= ${from}::uuid and ${column} < ${to}::uuid`

async function headsOf(trx: Trx, slice: Slice): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    select child_id as child, seq, encode(hash, 'hex') as hash from child_chain where ${within(sql.ref('child_id'), slice)} order by child_id`.execute(
    trx,
  )
  return rows
}

/** One pass over a slice: the first fault of each broken child, and the number of lines. */
async function verifySlice(
  trx: Trx,
  slice: Slice,
): Promise<{ readonly rows: number; readonly breaks: readonly HistoryBreak[] }> {
  const { rows } = await sql<{ rows: number; breaks: readonly HistoryBreak[] | null }>`
    with line as (
      select e.child_id, e.seq, e.hash, case
          when e.seq is distinct from row_number() over chain then 'seq'
          when e.previous_hash is distinct from coalesce(lag(e.hash) over chain, '\\x00') then 'link'
          when e.hash is distinct from case_event_hash(e) then 'hash'
        end as fault,
        lead(e.seq) over chain is null as is_last
      from case_event e where ${within(sql.ref('e.child_id'), slice)}
      window chain as (partition by e.child_id order by e.seq)
    ), fault as (
      select child_id, seq, fault from line where fault is not null
      union all
      select line.child_id, line.seq, case when head.child_id is null then 'no-head' else 'head' end
      from line left join child_chain head using (child_id)
      where line.is_last and (head.child_id is null or head.seq <> line.seq or head.hash <> line.hash)
      union all
      select head.child_id, head.seq, 'no-rows' from child_chain head
      where ${within(sql.ref('head.child_id'), slice)} and head.seq > 0 and not exists (select from case_event e where e.child_id = head.child_id)
      union all
      select head.child_id, head.seq, 'no-child' from child_chain head
      where ${within(sql.ref('head.child_id'), slice)} and not exists (select from child where child.id = head.child_id)
    ), first as (
      select distinct on (child_id) child_id, seq, fault from fault order by child_id, seq
    )
    select (select count(*) from line) as rows, (
      select json_agg(json_build_object('child', coalesce(child.reference, first.child_id::text), 'seq', first.seq, 'what', first.fault) order by first.child_id)
      from first left join child on child.id = first.child_id) as breaks`.execute(trx)
  return { rows: rows[0]!.rows, breaks: rows[0]!.breaks ?? [] }
}
