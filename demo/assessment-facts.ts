import type { Fact, Requester } from '../src/law/index.ts'
import { date, type PlainDate } from '../src/law/index.ts'

const HEADS = ['parent', 'educational', 'medical', 'psychological', 'social-care'] as const
const ASKED_BY: readonly Requester[] = ['school', 'school', 'school', 'parent', 'school', 'post-16']

/**
 * A stream of assessments as bare facts of the law, for timing the clock: no names, no database, a few multiplications a
 * case. The nth case is always the same. Nine in ten are decided, and so on down to the final plan; some are late at each
 * step.
 */
export function* generateAssessmentFacts(
  count: number,
  options: { readonly from?: string; readonly seed?: number } = {},
): Generator<readonly Fact[]> {
  const from = date(options.from ?? '2019-01-01')
  let state = (options.seed ?? 1) >>> 0 || 1
  // xorshift32
  const below = (limit: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
  const on = (day: number): PlainDate => day as PlainDate
  for (let number = 0; number < count; number++) {
    const process = `case ${number}`
    const received = from + below(700)
    const facts: Fact[] = [{ kind: 'request_received', on: on(received), process, by: ASKED_BY[below(6)]! }]
    const stage = below(10)
    const decided = received + 20 + below(28)
    if (stage > 0)
      facts.push({ kind: stage === 1 ? 'refused_to_assess' : 'decided_to_assess', on: on(decided), process })
    if (stage > 1) {
      for (const head of HEADS) {
        facts.push({ kind: 'advice_requested', on: on(decided + 1), process, head, adviser: head })
        if (stage > 2 || below(2) === 0)
          facts.push({
            kind: 'advice_received',
            on: on(decided + 12 + below(45)),
            process,
            head,
            adviser: head,
          })
      }
    }
    const judged = decided + 60 + below(12)
    if (stage === 3) facts.push({ kind: 'decided_not_to_issue', on: on(judged), process })
    if (stage > 3) {
      facts.push({ kind: 'decided_to_issue', on: on(judged), process })
      facts.push({ kind: 'draft_issued', on: on(judged + 6), process })
    }
    if (stage > 4) facts.push({ kind: 'final_issued', on: on(judged + 24 + below(20)), process })
    yield facts
  }
}
