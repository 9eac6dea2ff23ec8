import type { Trx } from '../../../db/viewer.ts'
import { date, type Fact, iso } from '../../../law/index.ts'
import { type CaseFile, linesOf, type StepFact } from '../the-case/index.ts'

/**
 * Brings the rows that repeat a fact (advice asked for, exceptions claimed, when a process began) into line with its correction.
 * @param after the fact as corrected; null when it was a mistake
 */
export async function keepTablesTrue(
  trx: Trx,
  file: CaseFile,
  before: Fact,
  after: StepFact | null,
  event: { readonly id: string | null; readonly today: string },
): Promise<void> {
  const ofAdvice = () =>
    trx
      .updateTable('advice_request')
      .where('process_id', '=', file.process.id)
      .where('head', '=', before.head ?? '')
      .where('adviser', '=', before.adviser ?? '')
  switch (before.kind) {
    case 'advice_requested':
      // A request taken back stays as a row that is not waited for; its facts say it was a mistake.
      await ofAdvice()
        .set(after ? { asked_on: after.on } : { withdrawn_on: event.today })
        .execute()
      return
    case 'advice_received':
      await ofAdvice()
        .set(
          after
            ? { received_on: after.on, nothing_to_report: after.payload?.['nothingToReport'] === true }
            : { received_on: null, nothing_to_report: false },
        )
        .execute()
      return
    case 'exception_claimed':
      if (!before.id) return
      await trx
        .updateTable('exception_claim')
        .set(
          after && event.id
            ? {
                event_id: event.id,
                state: 'claimed',
                decided_by: null,
                decided_on: null,
                claimed_on: after.on,
                evidence: String(after.payload?.['evidence'] ?? ''),
                impractical_because: String(after.payload?.['impracticalBecause'] ?? ''),
              }
            : { state: 'ended', decided_on: event.today },
        )
        .where('event_id', '=', before.id)
        .execute()
      return
    case 'exception_refused':
    case 'exception_ended': {
      if (after) return
      const claims = await trx
        .selectFrom('exception_claim')
        .select(['id', 'event_id'])
        .where('process_id', '=', file.process.id)
        .where('state', '=', before.kind === 'exception_refused' ? 'refused' : 'ended')
        .$if(before.ground !== undefined, (query) => query.where('ground', '=', before.ground!))
        .execute()
      const about = claims.filter(
        (claim) =>
          before.claim === undefined ||
          linesOf(file.history, claim.event_id).some((line) => line.id === before.claim),
      )
      const one = about.length === 1 ? about[0] : undefined
      if (!one) return
      const standing = file.ownFacts.find((fact) => fact.id === one.event_id)
      await trx
        .updateTable('exception_claim')
        .set(
          standing?.approvedBy === undefined
            ? { state: 'claimed', decided_by: null, decided_on: null }
            : { state: 'approved' },
        )
        .where('id', '=', one.id)
        .execute()
      return
    }
    case 'final_issued':
      if (after)
        await trx
          .updateTable('process')
          .set({ opened_on: after.on })
          .where('child_id', '=', file.child.id)
          .where('kind', '=', 'plan')
          .where('opened_on', '=', iso(before.on))
          .execute()
      return
    case 'request_received':
    case 'needs_brought_to_attention': {
      const others = file.ownFacts
        .filter(
          (fact) =>
            fact.id !== before.id &&
            (fact.kind === 'request_received' || fact.kind === 'needs_brought_to_attention'),
        )
        .map((fact) => fact.on)
      const first = [...others, ...(after ? [date(after.on)] : [])].toSorted((a, b) => a - b)[0]
      if (first !== undefined)
        await trx
          .updateTable('process')
          .set({ opened_on: iso(first) })
          .where('id', '=', file.process.id)
          .execute()
      return
    }
    default:
  }
}
