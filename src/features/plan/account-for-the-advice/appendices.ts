import type { Trx } from '../../../db/viewer.ts'
import { type PlanPart, planPartsOf } from '../../../record/plan/index.ts'
import { changePart, type Plan, type PlanSaver, type SavedPart, savePart } from '../the-plan/index.ts'
import { adviceTitle, type NewestRelease } from './queries.ts'

/** Advice that came, by whatever way: released here, given by a school here, or received on paper. */
export interface AdviceThatCame {
  /** The release, or for other ways the id of the request, by which an appendix is known again. */
  readonly releaseId: string
  readonly adviceRequestId: string
  readonly title: string
  readonly author: string
  readonly dated: string
}

/** Every answer to a request for advice about the child, one each: section K must have them all (SEND Regulations 2014, reg 12(4)). */
export async function loadAdviceThatCame(
  trx: Trx,
  plan: Plan,
  releases: readonly NewestRelease[],
): Promise<readonly AdviceThatCame[]> {
  const came = await trx
    .selectFrom('advice_request')
    .select(['id', 'head', 'adviser', 'received_on', 'nothing_to_report'])
    .where('child_id', '=', plan.child.id)
    .where('withdrawn_on', 'is', null)
    .where('received_on', 'is not', null)
    .orderBy('received_on')
    .orderBy('id')
    .execute()
  return came.map((row) => {
    const release = releases.find((one) => one.adviceRequestId === row.id)
    return {
      releaseId: release?.releaseId ?? row.id,
      adviceRequestId: row.id,
      title: `${adviceTitle(row.head)}${row.nothing_to_report ? ': nothing to report' : ''}`,
      author: release?.author ?? row.adviser,
      dated: release?.releasedOn ?? row.received_on ?? '',
    }
  })
}

/** What came and is not in section K as it was released last. */
export const notAppended = (
  parts: readonly PlanPart[],
  came: readonly AdviceThatCame[],
): readonly AdviceThatCame[] => {
  const held = new Set(planPartsOf(parts, 'appendix').map((part) => part.content.releaseId))
  return came.filter((one) => !held.has(one.releaseId))
}

const appendixOf = (parts: readonly PlanPart[], one: AdviceThatCame, releases: readonly string[]) =>
  planPartsOf(parts, 'appendix').find(
    (part) =>
      part.content.releaseId !== null && [one.releaseId, ...releases].includes(part.content.releaseId),
  )

/**
 * Puts everything that came in section K, each once; where a newer version of advice was released, its appendix becomes that one.
 * @returns how many were added or brought up to date
 */
export async function appendAll(
  trx: Trx,
  plan: Plan,
  parts: readonly SavedPart[],
  came: readonly AdviceThatCame[],
  by: PlanSaver,
): Promise<number> {
  let done = 0
  for (const one of came) {
    const earlier = await trx
      .selectFrom('advice_release')
      .select('id')
      .where('advice_request_id', '=', one.adviceRequestId)
      .execute()
    const held = appendixOf(parts, one, [...earlier.map((row) => row.id), one.adviceRequestId]) as
      | (SavedPart & { kind: 'appendix' })
      | undefined
    const content = { title: one.title, author: one.author, dated: one.dated, releaseId: one.releaseId }
    if (!held) await savePart(trx, plan, { section: 'K', kind: 'appendix' }, { ...content, fileId: null }, by)
    else if (held.content.releaseId !== one.releaseId)
      await changePart(trx, plan, held.partId, held.version, { ...held.content, ...content }, by)
    else continue
    done++
  }
  return done
}
