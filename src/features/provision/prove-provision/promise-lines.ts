import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { isFinal, type PlanPart } from '../../../record/plan/index.ts'
import type { PlanSaver, PlanVersion } from '../../plan/the-plan/index.ts'
import { noteWhenAllInPlace } from './all-in-place.ts'

/** What a change of the plan did to its lines. */
export interface LinesPromised {
  readonly begun: number
  readonly changed: number
  readonly ended: number
}

type ProvisionPart = PlanPart & { kind: 'provision' }
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            // Where its words came from is no part of what is promised.
            .filter(([key, one]) => one !== undefined && key !== 'sources')
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, sorted(one)]),
        )
      : value

/**
 * The duty to secure what a final plan sets out begins on the day it is sent (Children and Families Act 2014, s.42(2) and (3)):
 * each line of sections F, G, H1 and H2 becomes a line of provision with a term from that day. In an amended final a changed
 * line gets a new term, one that has gone ends, and one that stands as it was is not touched. Called in the transaction that
 * sends the plan; the same version again changes nothing.
 */
export async function promiseLines(trx: Trx, version: PlanVersion, by: PlanSaver): Promise<LinesPromised> {
  if (!isFinal(version.kind) || version.sentOn === null)
    throw new Error('only a final plan that was sent promises provision')
  const from = version.sentOn
  const parts = version.parts.filter(
    (part): part is (typeof version.parts)[number] & ProvisionPart => part.kind === 'provision',
  )
  const lines = await trx
    .selectFrom('provision_line')
    .select(['line_id', 'state'])
    .where('child_id', '=', version.childId)
    .where('state', '<>', 'ended')
    .execute()
  const terms = await trx
    .selectFrom('provision_term')
    .select(['id', 'line_id', 'content', 'from_on'])
    .where('child_id', '=', version.childId)
    .where('to_on', 'is', null)
    .execute()
  const settingUrn = await whereItHappens(trx, version.childId, from)
  let [begun, changed, ended] = [0, 0, 0]
  for (const part of parts) {
    const line = lines.find((one) => one.line_id === part.partId)
    const term = terms.find((one) => one.line_id === part.partId)
    if (line && term && isSame(term.content, part.content)) continue
    if (!line) {
      // A line that ended and is in the plan again goes on under its own number.
      const again = await trx
        .updateTable('provision_line')
        .set({ state: 'to-arrange', state_since: from })
        .where('line_id', '=', part.partId)
        .returning('line_id')
        .executeTakeFirst()
      if (!again)
        await trx
          .insertInto('provision_line')
          .values({
            line_id: part.partId,
            child_id: version.childId,
            plan_id: version.planId,
            section: part.section,
            state: 'to-arrange',
            state_since: from,
            setting_urn: settingUrn,
          })
          .execute()
      begun++
    } else if (term) {
      await endTerm(trx, term, from)
      changed++
    }
    await trx
      .insertInto('provision_term')
      .values({
        line_id: part.partId,
        child_id: version.childId,
        version_id: version.id,
        from_on: from,
        content: JSON.stringify(part.content),
      })
      .execute()
  }
  for (const line of lines.filter((one) => !parts.some((part) => part.partId === one.line_id))) {
    const term = terms.find((one) => one.line_id === line.line_id)
    if (term) await endTerm(trx, term, from)
    await trx
      .updateTable('provision_line')
      .set({ state: 'ended', state_since: from })
      .where('line_id', '=', line.line_id)
      .execute()
    await recordEvent(trx, {
      childId: version.childId,
      processId: version.processId,
      kind: 'provision_ended',
      on: from,
      today: by.today,
      by: by.accountId,
      payload: { line: line.line_id, version: version.id },
    })
    ended++
  }
  // A plan that only takes away what was not in place, or changes nothing of it, has its provision in place at once.
  await noteWhenAllInPlace(trx, version, by.today)
  return { begun, changed, ended }
}

/** A term ends on the day the next begins; one that would begin later than it ends was never in force. */
const endTerm = async (trx: Trx, term: { id: string; from_on: string }, on: string): Promise<void> => {
  await trx
    .updateTable('provision_term')
    .set({ to_on: on < term.from_on ? term.from_on : on })
    .where('id', '=', term.id)
    .execute()
}

/** Where the child is placed on the day, else the setting on their record. */
async function whereItHappens(trx: Trx, childId: string, on: string): Promise<string | null> {
  const placed = await trx
    .selectFrom('placement')
    .select('setting_urn')
    .where('child_id', '=', childId)
    .where('rank', '=', 1)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', on)]))
    .orderBy('from_on')
    .executeTakeFirst()
  if (placed?.setting_urn) return placed.setting_urn
  const child = await trx
    .selectFrom('child')
    .select('setting_urn')
    .where('id', '=', childId)
    .executeTakeFirst()
  return child?.setting_urn ?? null
}

/** Every line ends with the plan: nothing more is promised from that day. */
export async function endLines(
  trx: Trx,
  about: { readonly childId: string; readonly processId: string },
  on: string,
  by: PlanSaver,
): Promise<number> {
  const terms = await trx
    .selectFrom('provision_term')
    .select(['id', 'line_id', 'from_on'])
    .where('child_id', '=', about.childId)
    .where('to_on', 'is', null)
    .execute()
  for (const term of terms) await endTerm(trx, term, on)
  const ended = await trx
    .updateTable('provision_line')
    .set({ state: 'ended', state_since: on })
    .where('child_id', '=', about.childId)
    .where('state', '<>', 'ended')
    .returning('line_id')
    .execute()
  for (const line of ended)
    await recordEvent(trx, {
      childId: about.childId,
      processId: about.processId,
      kind: 'provision_ended',
      on,
      today: by.today,
      by: by.accountId,
      payload: { line: line.line_id, reason: 'the plan ended' },
    })
  return ended.length
}
