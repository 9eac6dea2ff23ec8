import { addMonths, fromCivil, iso, type PlainDate, toCivil } from '../src/law/index.ts'
import {
  ageOn,
  isSummerHoliday,
  latest,
  openAfter,
  openOnOrAfter,
  openOnOrBefore,
  plus,
  schoolYear,
} from './days.ts'
import type { History } from './history.ts'
import type { Child } from './people.ts'
import type { Setting } from './places.ts'
import type { Chance } from './random.ts'
import type { AccountRow } from './staff.ts'

export interface PlanLife {
  readonly child: Child
  readonly process: string
  readonly startedOn: PlainDate
  /** From this day every review is told; before it only the last one. */
  readonly from: PlainDate
  readonly asAt: PlainDate
  readonly endedOn: PlainDate | null
  readonly setting: Setting | null
  readonly coordinator: AccountRow
  readonly chance: Chance
}

/** The chance, by age, that a plan ends within a school year: shaped on the reasons in DfE's ceased plans. */
const ENDING: readonly (readonly [number, number])[] = [
  [10, 0.018],
  [15, 0.024],
  [16, 0.06],
  [17, 0.13],
  [18, 0.22],
  [19, 0.3],
  [20, 0.34],
  [23, 0.38],
  [24, 1],
]

/** The day a plan ends, if it does by the as-at day. */
export function planEnd(
  chance: Chance,
  bornOn: PlainDate,
  startedOn: PlainDate,
  from: PlainDate,
  asAt: PlainDate,
): PlainDate | null {
  for (let year = toCivil(latest(startedOn, from)).year; year <= toCivil(asAt).year; year++) {
    const summer = fromCivil(year, 7, 31)
    const rate = ENDING.find(([upTo]) => ageOn(bornOn, summer) <= upTo)?.[1] ?? 1
    const ends = chance.is(rate)
    const on =
      ageOn(bornOn, summer) >= 16 && chance.is(0.75)
        ? openOnOrBefore(plus(summer, -chance.between(0, 20)))
        : plus(fromCivil(year, 1, 1), chance.between(5, 300))
    if (ends && on > startedOn + 200 && on > from && on <= asAt - 4) return on
  }
  return null
}

/** Tells a plan's reviews, amendments and end. */
export function tellPlanLife(history: History, life: PlanLife): void {
  const { chance, asAt } = life
  const at = { process: life.process, by: life.coordinator.id }
  const until = life.endedOn === null ? asAt : plus(life.endedOn, -130)
  let last = life.startedOn
  if (last < life.from - 366) {
    const decided = openOnOrBefore(plus(life.from, -chance.between(10, 350)))
    const met = openOnOrBefore(plus(decided, -chance.between(14, 30)))
    history.tell({ ...at, kind: 'review_meeting', on: met })
    history.tell({ ...at, kind: 'review_report', on: openOnOrBefore(plus(met, 12)) })
    history.tell({ ...at, kind: 'review_decision', on: decided, payload: { outcome: 'maintain' } })
    last = decided
  }
  for (;;) {
    const due = plus(addMonths(last, 12), -1)
    const met = meetingDay(chance, due)
    if (met > until) {
      if (life.endedOn === null) tellPlanned(history, life, met, due)
      break
    }
    last = tellReview(history, life, met, null)
    if (last > until) break
  }
  if (life.endedOn !== null) tellEnd(history, life, life.endedOn)
  else tellTransfer(history, life)
}

function meetingDay(chance: Chance, due: PlainDate): PlainDate {
  const { year, month } = toCivil(due)
  // Spring and summer 2020: meetings put off.
  const hard = year === 2020 && month >= 4 && month <= 10
  const late = chance.is(hard ? 0.26 : 0.09)
  let on = plus(due, late ? chance.between(8, hard ? 120 : 75) : -chance.between(26, 62))
  if (isSummerHoliday(on)) on = plus(on, late ? 40 : -40)
  return openOnOrAfter(on)
}

/** @returns the day the review was complete: the decision, or the meeting if nothing has been decided */
function tellReview(history: History, life: PlanLife, met: PlainDate, outcome: 'cease' | null): PlainDate {
  const { chance, asAt } = life
  const at = { process: life.process, by: life.coordinator.id }
  const recent = met > asAt - 500
  if (recent) {
    history.tell({
      ...at,
      kind: 'review_invitations_sent',
      on: openOnOrBefore(plus(met, chance.is(0.6) ? -chance.between(56, 63) : -chance.between(14, 50))),
      payload: { meetingOn: iso(met) },
    })
    history.tell({
      ...at,
      kind: 'review_papers_circulated',
      on: openOnOrBefore(plus(met, chance.is(0.75) ? -chance.between(14, 18) : -chance.between(5, 13))),
      payload: { meetingOn: iso(met) },
    })
  }
  history.tell({
    ...at,
    kind: 'review_meeting',
    on: met,
    payload: life.setting ? { setting: life.setting.urn } : { notInSetting: true },
  })
  const inTime = chance.is(0.62)
  const decided = openOnOrBefore(plus(met, inTime ? chance.between(16, 28) : chance.between(30, 80)))
  const report = openOnOrBefore(plus(met, chance.is(0.72) ? chance.between(7, 14) : chance.between(15, 26)))
  history.tell({
    ...at,
    kind: 'review_report',
    on: report < decided ? report : openOnOrBefore(plus(decided, -1)),
  })
  const amend = outcome === null && chance.is(0.52)
  history.tell({
    ...at,
    kind: 'review_decision',
    on: decided,
    payload: { outcome: outcome ?? (amend ? 'amend' : 'maintain') },
  })
  if (!amend) return decided
  const notice = chance.is(0.6) ? decided : openOnOrAfter(plus(decided, chance.between(3, 30)))
  history.tell({ ...at, kind: 'amendment_notice', on: notice })
  const final = openOnOrBefore(
    plus(notice, chance.is(0.68) ? chance.between(26, 56) : chance.between(58, 125)),
  )
  if (chance.is(0.03)) history.tell({ ...at, kind: 'amendment_declined', on: final })
  else {
    // Most amendments leave the child where they are: a setting is recorded where it is newly named.
    const newlyNamed = life.setting !== null && chance.is(0.08) ? life.setting.urn : undefined
    history.tell({ ...at, kind: 'amended_final_issued', on: final, payload: { setting: newlyNamed } })
    if (newlyNamed)
      history.tell({ ...at, kind: 'setting_admitted', on: final, payload: { setting: newlyNamed } })
    history.tell({ ...at, kind: 'provision_started', on: final })
  }
  return decided
}

/** The next meeting, where it is already arranged. */
function tellPlanned(history: History, life: PlanLife, met: PlainDate, due: PlainDate): void {
  const { chance, asAt } = life
  if (met <= asAt || met > asAt + 60 || due < asAt - 60 || !chance.is(0.7)) return
  const at = { process: life.process, by: life.coordinator.id }
  const invited = openOnOrBefore(
    plus(met, chance.is(0.7) ? -chance.between(56, 64) : -chance.between(20, 50)),
  )
  if (invited > asAt) return
  history.tell({ ...at, kind: 'review_invitations_sent', on: invited, payload: { meetingOn: iso(met) } })
  history.tell({
    ...at,
    kind: 'review_meeting',
    on: met,
    recordedOn: openAfter(invited),
    payload: life.setting ? { setting: life.setting.urn } : { notInSetting: true },
  })
}

function tellEnd(history: History, life: PlanLife, on: PlainDate): void {
  const { chance } = life
  const at = { process: life.process, by: life.coordinator.id }
  const age = ageOn(life.child.bornOn, on)
  if (age < 16 && chance.is(0.75)) {
    const aware = openOnOrBefore(plus(on, -chance.between(5, 40)))
    history.tell({
      ...at,
      kind: 'moved_out',
      on,
      payload: { awareOn: iso(aware) },
      recordedOn: openOnOrAfter(on),
    })
    history.tell({ ...at, kind: 'plan_transferred', on: openOnOrAfter(on) })
    history.tell({
      ...at,
      kind: 'plan_ceased',
      on: openOnOrAfter(on),
      payload: { reason: 'Transferred to another authority' },
    })
    return
  }
  const notified = openOnOrBefore(plus(on, -chance.between(62, 80)))
  const decided = openOnOrBefore(plus(notified, -chance.between(0, 3)))
  const considering = openOnOrBefore(plus(decided, -chance.between(16, 40)))
  history.tell({ ...at, kind: 'considering_ceasing', on: considering })
  history.tell({ ...at, kind: 'cease_consulted', on: openOnOrAfter(plus(considering, 5)) })
  history.tell({ ...at, kind: 'decided_to_cease', on: decided })
  history.tell({ ...at, kind: 'cease_notified', on: notified })
  const reason =
    age >= 24
      ? 'Reached the maximum age'
      : chance.weighted([
          ['No longer wishes to engage', age >= 16 ? 42 : 0],
          ['Needs met without a plan', 26],
          ['Paid employment', age >= 17 ? 18 : 0],
          ['Higher education', age >= 18 ? 14 : 0],
          ['Moved outside England', 5],
        ])
  history.tell({ ...at, kind: 'plan_ceased', on: openOnOrAfter(on), payload: { reason } })
}

/** The move to the next phase next September, where one is coming: the year in which it must be planned. */
function tellTransfer(history: History, life: PlanLife): void {
  const { asAt, child } = life
  const { year, month } = toCivil(asAt)
  const autumn = fromCivil(month >= 9 ? year : year - 1, 9, 1)
  const known = openOnOrAfter(plus(autumn, 6))
  if (known > asAt || life.startedOn >= known) return
  const phases = (
    { [-1]: ['early-years', 'school'], 6: ['primary', 'secondary'], 11: ['secondary', 'post-16'] } as const
  )[schoolYear(child.bornOn, plus(autumn, 10)) as -1 | 6 | 11]
  if (phases === undefined) return
  history.tell({
    process: life.process,
    by: life.coordinator.id,
    kind: 'phase_transfer',
    on: fromCivil(toCivil(autumn).year + 1, 9, 1),
    recordedOn: known,
    payload: { from: phases[0], to: phases[1] },
  })
}
