import { date, shortDate } from '../../law/index.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../record/stage.ts'
import { nextThing } from '../worklist/index.ts'
import type { AtRiskRow, LoadRow, UnassignedRow } from './queries.ts'
import { type Suggestion, suggestFor } from './suggest.ts'

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

export interface AtRiskView {
  readonly id: string
  readonly name: string
  readonly stage: string
  readonly what: string
  readonly due: string
  readonly left: string
  readonly why: string
  readonly coordinator: string | null
}

/** Why a case will miss its date, in one or two sentences. */
export function whyAtRisk(
  row: Pick<AtRiskRow, 'work_left_days' | 'next_due_on' | 'advice_waited_for' | 'state'>,
  today: string,
): string {
  const left = date(row.next_due_on) - date(today)
  const first = `About ${days(row.work_left_days)} of work left, ${left === 0 ? 'due today' : `${days(left)} to do it in`}.`
  const waiting = row.advice_waited_for ?? []
  const shown = waiting.slice(0, 3).join(', ')
  if (waiting.length > 0)
    return `${first} Advice still to come from ${shown}${waiting.length > 3 ? ` and ${waiting.length - 3} more` : ''}.`
  if (row.state === 'with-family') return `${first} The draft is with the family.`
  return first
}

export const atRiskView = (
  row: AtRiskRow,
  today: string,
  names: ReadonlyMap<string, string>,
): AtRiskView => ({
  id: row.id,
  name: `${row.given_name} ${row.family_name}`,
  stage: STAGE_LABELS[row.state as AssessmentStage] ?? row.state,
  what: nextThing(row.next_rule),
  due: shortDate(date(row.next_due_on)),
  left:
    date(row.next_due_on) === date(today) ? 'Due today' : `${days(date(row.next_due_on) - date(today))} left`,
  why: whyAtRisk(row, today),
  coordinator: row.assigned_to === null ? null : (names.get(row.assigned_to) ?? 'Someone who has left'),
})

export interface UnassignedView {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly opened: string
  readonly due: string
  readonly locality: string
  readonly suggestion: Suggestion | null
}

export function unassignedViews(
  rows: readonly UnassignedRow[],
  loads: readonly LoadRow[],
  hands: ReadonlyMap<string, string>,
  localities: ReadonlyMap<string, string>,
): UnassignedView[] {
  // Each suggestion adds to that person's load, so that ten cases are not all suggested to the same one.
  const running = loads.map((load) => ({ ...load }))
  return rows.map((row) => {
    const suggestion = suggestFor(row, running, hands)
    const taker = running.find((load) => suggestion && load.id === suggestion.id)
    if (taker) {
      if (row.kind === 'plan') taker.plans++
      else taker.open++
    }
    return {
      id: row.id,
      name: `${row.given_name} ${row.family_name}`,
      kind: row.kind === 'plan' ? 'Plan' : 'Assessment',
      opened: shortDate(date(row.opened_on)),
      due: row.next_due_on === null ? 'Nothing due' : shortDate(date(row.next_due_on)),
      locality:
        row.locality_id === null ? 'No locality' : (localities.get(row.locality_id) ?? row.locality_id),
      suggestion,
    }
  })
}
