import type { Trx } from '../../../db/viewer.ts'
import {
  NEED_SECTIONS,
  type PlanContentOf,
  type PlanPart,
  type PlanSection,
  type PlanSource,
  PROVISION_SECTIONS,
} from '../../../record/plan/index.ts'
import { loadParts, type Plan, type PlanSaver, savePart } from '../the-plan/index.ts'
import { type Recommendation, usedParts } from './queries.ts'

/** The sections where a recommendation may go; the likeliest first. */
export function sectionsFor(one: Recommendation): readonly [PlanSection, ...PlanSection[]] {
  const first = <T extends PlanSection>(likely: T, all: readonly T[]): [T, ...T[]] => [
    likely,
    ...all.filter((section) => section !== likely),
  ]
  switch (one.kind) {
    case 'need':
      return first(one.head === 'medical' ? 'C' : one.head === 'social-care' ? 'D' : 'B', NEED_SECTIONS)
    case 'outcome':
      return ['E']
    case 'provision':
      return first(
        one.content.arrangedBy === 'health' ? 'G' : one.content.arrangedBy === 'social-care' ? 'H2' : 'F',
        PROVISION_SECTIONS,
      )
  }
}

export const sourceOf = (one: Recommendation): PlanSource => ({
  releaseId: one.releaseId,
  advicePartId: one.advicePartId,
  cite: one.adviceCite,
  paragraph: one.number,
})

/**
 * The content of a part that says what the advice says, and remembers where it came from. Links follow the advice, to those
 * parts of the plan that came of the needs and outcomes it names.
 */
export function contentFrom(
  one: Recommendation,
  parts: readonly PlanPart[],
): PlanContentOf['need'] | PlanContentOf['outcome'] | PlanContentOf['provision'] {
  const used = usedParts(parts)
  const linked = (ids: readonly string[], kind: PlanPart['kind']): readonly string[] => [
    ...new Set(
      ids.flatMap((id) =>
        (used.get(id) ?? []).filter((part) => part.kind === kind).map((part) => part.partId),
      ),
    ),
  ]
  const sources = [sourceOf(one)]
  switch (one.kind) {
    case 'need':
      return { words: one.content.words, type: one.content.type, rank: null, strengths: '', sources }
    case 'outcome':
      return {
        words: one.content.words,
        byWhen: one.content.byWhen,
        measure: one.content.measure,
        steps: '',
        needs: linked(one.content.needs, 'need'),
        pfa: null,
        sources,
      }
    case 'provision': {
      const line = one.content
      return {
        words: line.words,
        who: line.who,
        qualification: line.qualification,
        mode: line.mode,
        groupSize: line.groupSize,
        length: line.length,
        minutes: line.minutes,
        times: line.times,
        count: line.count,
        every: line.every,
        forHowLong: line.forHowLong,
        where: line.where,
        from: line.from,
        until: line.until,
        review: '',
        arrangedBy: line.arrangedBy,
        fundedBy: null,
        outcomes: linked(line.outcomes, 'outcome'),
        needs: [],
        pfa: null,
        educatesOrTrains: false,
        sources,
      }
    }
  }
}

/**
 * Makes a part of what the advice recommends. What the plan already names as a source is not made twice.
 * @returns the part, or null where it was already used
 */
export async function useInPlan(
  trx: Trx,
  plan: Plan,
  one: Recommendation,
  section: PlanSection,
  by: PlanSaver,
): Promise<string | null> {
  const parts = await loadParts(trx, plan.id)
  if (usedParts(parts).has(one.advicePartId)) return null
  const saved = await savePart(trx, plan, { section, kind: one.kind }, contentFrom(one, parts), by)
  if (!saved.saved) throw new Error('a new part met another')
  return saved.partId
}
