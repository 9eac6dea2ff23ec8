import type { Trx } from '../../../db/viewer.ts'
import type { Boarding, NamingGround } from '../../../record/placement/index.ts'
import type { PlacementContent } from '../../../record/plan/index.ts'

/** The decision about section I that stands on a case. */
export interface NamingDecision {
  readonly id: string
  readonly form: PlacementContent['form']
  readonly urn: string | null
  readonly name: string
  readonly placeType: string
  readonly conditions: string
  readonly askedName: string | null
  readonly askedAs: 'none' | 'request' | 'preference'
  readonly grounds: readonly NamingGround[]
  readonly evidence: string
  readonly reasons: string
  readonly startOn: string | null
  readonly boarding: Boarding
  readonly decidedOn: string
  readonly decidedBy: string
}

/** The newest decision about section I of a case; undefined when there is none. */
export async function findNaming(trx: Trx, processId: string): Promise<NamingDecision | undefined> {
  const row = await trx
    .selectFrom('naming_decision as d')
    .leftJoin('setting as s', 's.urn', 'd.setting_urn')
    .leftJoin('account as a', 'a.id', 'd.decided_by')
    .selectAll('d')
    .select(['s.name as setting_name', 'a.name as decider'])
    .where('d.process_id', '=', processId)
    .orderBy('d.decided_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      form: row.form as NamingDecision['form'],
      urn: row.setting_urn,
      name: row.setting_name ?? '',
      placeType: row.place_type,
      conditions: row.conditions,
      askedName: row.asked_name,
      askedAs: row.asked_as as NamingDecision['askedAs'],
      grounds: row.grounds as NamingGround[],
      evidence: row.evidence,
      reasons: row.reasons,
      startOn: row.start_on,
      boarding: row.boarding as Boarding,
      decidedOn: row.decided_on,
      decidedBy: row.decider ?? 'a colleague',
    }
  )
}

/**
 * Section I as the final plan is to say it, by the decision that stands; null while nothing is decided. For a final only: a
 * draft names no setting (Children and Families Act 2014, s.38(5)).
 */
export async function sectionIFor(
  trx: Trx,
  processId: string,
): Promise<{ readonly decision: NamingDecision; readonly content: PlacementContent } | null> {
  const decision = await findNaming(trx, processId)
  return decision
    ? {
        decision,
        content: {
          form: decision.form,
          settingUrn: decision.urn,
          name: decision.name,
          type: decision.placeType,
          conditions: decision.conditions,
        },
      }
    : null
}
