import { sql } from 'kysely'
import { type SealReport, verifySeals } from '../access-seal/index.ts'
import type { Database } from '../connection.ts'
import type { Trx } from '../viewer.ts'
import { type AnchorReport, type AnchorSummary, compareWithAnchor } from './anchor.ts'
import { missingGuards } from './guards.ts'
import { requireOwner } from './owner-only.ts'
import { type Head, type HistoryReport, verifyHistory } from './verify-history.ts'

export interface RecordReport {
  readonly history: HistoryReport
  readonly accessLog: SealReport
  readonly guardsOff: readonly string[]
  readonly anchor: AnchorReport | null
  readonly ok: boolean
}

export interface VerifyRecordOptions {
  /** An anchor kept outside the database, to compare with. */
  readonly anchor?: { readonly summary: AnchorSummary; readonly heads: readonly Head[] } | undefined
  readonly onProgress?: ((done: number) => void) | undefined
  /** Gather the heads for a new anchor (memory for every child). */
  readonly gatherHeads?: boolean
}

export interface Verified {
  readonly report: RecordReport
  /** A new anchor for what was found, when heads were gathered. */
  readonly anchor: { readonly summary: AnchorSummary; readonly heads: readonly Head[] } | null
}

/** Checks the whole record on one snapshot, while others go on working. */
export function verifyRecord(owner: Database, options: VerifyRecordOptions = {}): Promise<Verified> {
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      await sql`set transaction read only`.execute(trx)
      await sql`set local statement_timeout = 0`.execute(trx)
      await requireOwner(trx)
      return verifyWithin(trx, options)
    })
}

/** The same, in a transaction the caller has open: a restore checks what it loaded before it commits. */
export async function verifyWithin(trx: Trx, options: VerifyRecordOptions = {}): Promise<Verified> {
  const gathered: Head[] = []
  const history = await verifyHistory(trx, {
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    ...(options.gatherHeads
      ? {
          onHeads: (heads) => {
            for (const head of heads) gathered.push(head)
          },
        }
      : {}),
  })
  const accessLog = await verifySeals(trx)
  const guardsOff = await missingGuards(trx)
  const anchor = options.anchor ? await compareWithAnchor(trx, options.anchor) : null
  const ok =
    history.brokenChildren === 0 && accessLog.break === null && guardsOff.length === 0 && (anchor?.ok ?? true)
  const report = { history, accessLog, guardsOff, anchor, ok }
  if (!options.gatherHeads) return { report, anchor: null }
  const { rows } = await sql<{ code: string; now: string }>`
    select coalesce((select code from authority), '') as code, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`.execute(
    trx,
  )
  const summary: AnchorSummary = {
    format: 'clearway-anchor',
    version: 1,
    authority: rows[0]!.code,
    writtenAt: rows[0]!.now,
    children: history.children,
    rows: history.rows,
    heads: history.heads,
    seal: accessLog.lastSeal,
  }
  return { report, anchor: { summary, heads: gathered } }
}
