/** How fast deadlines are computed: the whole law, and the assessment rules against a loop written by hand
 *  that answers only those. Both answer the same deadlines with the same dates, statuses and days; the
 *  answers are compared before anything is timed. */
import {
  addDays,
  computeDeadlines,
  type Deadline,
  date,
  type Fact,
  type FactKind,
  iso,
  type PlainDate,
} from '../src/law/index.ts'

export interface BenchLine {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit: number
  readonly better: 'more' | 'less'
  readonly ok: boolean
  readonly note: string
}

const AS_AT = date('2025-06-02')
const ASSESSMENT: ReadonlySet<string> = new Set([
  'decision-to-assess',
  'decision-not-to-issue',
  'final-plan',
  'advice-response',
])
const HEADS = ['parent', 'educational', 'medical', 'psychological', 'social-care'] as const

/** Invented cases of 8 to 20 facts at every stage, the same each time. */
export function benchCases(count: number): Fact[][] {
  let seed = 20_250_602
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed % below
  }
  return Array.from({ length: count }, () => {
    const facts: Fact[] = []
    let on = addDays(AS_AT, -30 - random(400))
    const add = (kind: FactKind, after: number, says: Partial<Fact> = {}): void => {
      on = addDays(on, after)
      if (on <= AS_AT) facts.push({ kind, on, ...says })
    }
    add('request_received', 0, { by: 'parent' })
    add('family_consulted', random(10))
    add('considering_assessment_notified', random(5))
    if (random(5) === 0) {
      add('refused_to_assess', 25 + random(20))
      return pad(facts, on)
    }
    add('decided_to_assess', 25 + random(20))
    for (const head of HEADS)
      add('advice_requested', head === 'parent' ? random(5) : 0, { head, adviser: `${head}-1` })
    for (const head of HEADS) add('advice_received', random(16), { head, adviser: `${head}-1` })
    add('decided_to_issue', random(20))
    add('draft_issued', random(14))
    add('setting_consulted', random(3), { setting: 'oak' })
    add('setting_replied', random(18), { setting: 'oak' })
    add('final_issued', random(30), { setting: 'oak' })
    add('provision_started', random(20))
    return pad(facts, on)
  })
}

function pad(facts: Fact[], on: PlainDate): Fact[] {
  for (let extra = facts.length; extra < 8; extra++) facts.push({ kind: 'other', on })
  return facts
}

interface HandDeadline {
  rule: string
  startedOn: PlainDate
  startFact: Fact
  dueOn: PlainDate
  doneOn: PlainDate | null
  doneFact: Fact | null
  status: string
  daysLate: number | null
  daysLeft: number | null
  about: string | null
}

/** The four assessment rules, inlined: one request, facts in order, nothing else in the world. */
export function byHand(facts: readonly Fact[], asAt: PlainDate): HandDeadline[] {
  const out: HandDeadline[] = []
  let request: Fact | null = null
  let decided: Fact | null = null
  let refused: Fact | null = null
  let noPlan: Fact | null = null
  let yes: Fact | null = null
  let final: Fact | null = null
  for (const fact of facts) {
    if (fact.on > asAt) continue
    switch (fact.kind) {
      case 'request_received':
        request ??= fact
        break
      case 'decided_to_assess':
        decided ??= fact
        break
      case 'refused_to_assess':
        decided ??= fact
        refused = fact
        break
      case 'decided_not_to_issue':
        noPlan = fact
        break
      case 'decided_to_issue':
      case 'draft_issued':
        yes ??= fact
        break
      case 'final_issued':
        final ??= fact
        break
    }
  }
  if (request !== null) {
    out.push(one('decision-to-assess', request, request.on + 42, decided, null, asAt, null))
    out.push(
      one('decision-not-to-issue', request, request.on + 112, noPlan, refused ?? yes ?? final, asAt, null),
    )
    out.push(one('final-plan', request, request.on + 140, final, refused ?? noPlan, asAt, null))
  }
  for (const asked of facts) {
    if (asked.kind !== 'advice_requested' || asked.on > asAt) continue
    let got: Fact | null = null
    for (const fact of facts) {
      if (
        fact.kind === 'advice_received' &&
        fact.adviser === asked.adviser &&
        fact.on >= asked.on &&
        fact.on <= asAt
      ) {
        got = fact
        break
      }
    }
    out.push(
      one(
        'advice-response',
        asked,
        asked.on + 42,
        got,
        refused ?? noPlan ?? final,
        asAt,
        `${asked.head}: ${asked.adviser}`,
      ),
    )
  }
  return out
}

function one(
  rule: string,
  start: Fact,
  due: number,
  done: Fact | null,
  lapse: Fact | null,
  asAt: PlainDate,
  about: string | null,
): HandDeadline {
  const late = done === null ? asAt - due : done.on - due
  const isOpen = done === null && lapse === null
  return {
    rule,
    startedOn: start.on,
    startFact: start,
    dueOn: due as PlainDate,
    doneOn: done === null ? null : done.on,
    doneFact: done,
    status:
      done !== null
        ? late > 0
          ? 'missed'
          : 'met'
        : !isOpen
          ? 'lapsed'
          : late > 0
            ? 'overdue'
            : late >= -14
              ? 'due_soon'
              : 'running',
    daysLate: late > 0 && (done !== null || isOpen) ? late : null,
    daysLeft: isOpen && late <= 0 ? -late : null,
    about,
  }
}

/** Fails if the two disagree on any case: a bench of different answers would measure nothing. */
export function compareAnswers(cases: readonly (readonly Fact[])[]): void {
  const key = (deadline: Deadline | HandDeadline): string =>
    `${deadline.rule} ${deadline.about} ${iso(deadline.dueOn!)} ${deadline.status} ${deadline.daysLate} ${deadline.daysLeft}`
  for (const facts of cases) {
    const engine = computeDeadlines(facts, { asAt: AS_AT, rules: ASSESSMENT }).filter(
      ({ startedOn }) => startedOn !== null,
    )
    const expected = byHand(facts, AS_AT).map(key).sort().join('\n')
    const answered = engine.map(key).sort().join('\n')
    if (expected !== answered)
      throw new Error(`The engine and the loop disagree:\n${expected}\n---\n${answered}`)
  }
}

type Work = (facts: readonly Fact[]) => number

/** Processor time of this thread in seconds: on a shared machine the clock on the wall says how busy others are. */
function processorSeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000_000
}

/** Cases a second of each work, best of seven rounds, the works taking turns. */
function casesPerSecond(cases: readonly (readonly Fact[])[], works: readonly Work[]): number[] {
  const best = works.map(() => 0)
  let kept = 0
  for (let round = 0; round < 7; round++) {
    for (const [index, work] of works.entries()) {
      const began = processorSeconds()
      for (const facts of cases) kept += work(facts)
      best[index] = Math.max(best[index]!, cases.length / (processorSeconds() - began))
    }
  }
  if (kept === 0) throw new Error('Nothing was computed')
  return best.map(Math.round)
}

/** Runs the bench on one core: the best of seven rounds in processor time, over 72,000 cases. */
export function benchClock(): BenchLine[] {
  const cases = benchCases(72_000)
  compareAnswers(cases.slice(0, 5_000))
  const meanFacts = cases.reduce((sum, facts) => sum + facts.length, 0) / cases.length
  const [everything = 0, filtered = 0, hand = 0] = casesPerSecond(cases, [
    (facts) => computeDeadlines(facts, { asAt: AS_AT }).length,
    (facts) => computeDeadlines(facts, { asAt: AS_AT, rules: ASSESSMENT }).length,
    (facts) => byHand(facts, AS_AT).length,
  ])
  const times = Math.round((hand / filtered) * 100) / 100
  const note = `${cases.length} cases of ${meanFacts.toFixed(1)} facts on average`
  return [
    {
      name: 'deadlines, whole law',
      value: everything,
      unit: 'cases/s',
      limit: 100_000,
      better: 'more',
      ok: everything >= 100_000,
      note,
    },
    {
      name: 'deadlines, assessment rules only',
      value: filtered,
      unit: 'cases/s',
      limit: 100_000,
      better: 'more',
      ok: filtered >= 100_000,
      note,
    },
    {
      name: 'the same by a hand-inlined loop',
      value: hand,
      unit: 'cases/s',
      limit: 0,
      better: 'more',
      ok: true,
      note: 'for comparison',
    },
    {
      name: 'engine against the loop',
      value: times,
      unit: 'times slower',
      limit: 3,
      better: 'less',
      ok: times <= 3,
      note: 'same deadlines, same facts',
    },
  ]
}
