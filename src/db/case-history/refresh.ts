import { sql } from 'kysely'
import { date } from '../../law/index.ts'
import { type ProcessKind, type ProcessSummary, summariseProcess } from '../../record/process-summary.ts'
import { loadLawSettings } from '../law-settings/index.ts'
import { asRecordKeeper, type Trx } from '../viewer.ts'
import { isoOrNull, loadHistory, standingFacts } from './events.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Locks children's records, always before anything about them: commands on a case and on its child then wait for one
 * another, and never each for the other. New lines that refer to the child are not held up.
 */
export async function lockChildren(trx: Trx, childIds: readonly string[]): Promise<void> {
  const ids = [...new Set(childIds)].filter((id) => UUID.test(id))
  if (ids.length === 0) return
  // A family or a school may add a fact and not change the child's row: the lock is the keeper's.
  await asRecordKeeper(trx, () =>
    trx.selectFrom('child').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute(),
  )
}

/** The columns of `process` and the rows of `deadline` for a summary, ready to write. */
export function summaryColumns(summary: ProcessSummary) {
  return {
    state: summary.state,
    closed_on: isoOrNull(summary.closedOn),
    next_rule: summary.next?.rule ?? null,
    next_about: summary.next?.about ?? null,
    next_due_on: isoOrNull(summary.next?.dueOn ?? null),
    next_actor: summary.next?.actor ?? null,
    work_left_days: summary.workLeftDays,
    risk_on: isoOrNull(summary.riskOn),
    overdue_since: isoOrNull(summary.overdueSince),
    has_exception: summary.hasException,
  }
}

export function deadlineColumns(processId: string, childId: string, summary: ProcessSummary) {
  return summary.deadlines.map((row) => ({
    process_id: processId,
    child_id: childId,
    rule: row.rule,
    occurrence: row.occurrence,
    rule_version: isoOrNull(row.ruleVersion),
    about: row.about,
    display: row.display,
    actor: row.actor,
    started_on: isoOrNull(row.startedOn),
    due_on: isoOrNull(row.dueOn),
    done_on: isoOrNull(row.doneOn),
    state: row.state,
    lifted: row.lifted,
    start_event: row.startEvent,
    done_event: row.doneEvent,
  }))
}

/**
 * Computes a child's processes again from the facts and writes the caches: state, what is next, deadlines.
 * Called by every command that records a fact, in its transaction, whoever records it: done by the record keeper, since a
 * family, a school or an adviser sees only part of what the dates follow from.
 */
export function refreshChild(trx: Trx, childId: string, today: string): Promise<void> {
  return asRecordKeeper(trx, () => computeAgain(trx, childId, today))
}

async function computeAgain(trx: Trx, childId: string, today: string): Promise<void> {
  const settings = await loadLawSettings(trx, today)
  const facts = standingFacts(await loadHistory(trx, childId))
  const processes = await trx
    .selectFrom('process')
    .select(['id', 'kind'])
    .where('child_id', '=', childId)
    .orderBy('id')
    .execute()
  for (const process of processes) {
    if (process.kind !== 'assessment' && process.kind !== 'plan') continue
    const summary = summariseProcess(process.kind as ProcessKind, process.id, facts, date(today), settings)
    await trx
      .updateTable('process')
      .set({ ...summaryColumns(summary), version: sql<number>`version + 1` })
      .where('id', '=', process.id)
      .execute()
    await trx.deleteFrom('deadline').where('process_id', '=', process.id).execute()
    const rows = deadlineColumns(process.id, childId, summary)
    if (rows.length > 0) await trx.insertInto('deadline').values(rows).execute()
  }
}
