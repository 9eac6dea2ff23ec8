import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { iso } from '../law/index.ts'
import { asAt, happened, only } from '../law/story.test-data.ts'
import { runClock } from './clock.ts'
import {
  DIFFERENCES,
  type OmbudsmanCase,
  ombudsmanCases,
  READ_FROM_WORDS,
  ruleOf,
  type Stated,
} from './ombudsman.test-data.ts'

interface Answer {
  readonly rule: string
  readonly startedOn: string | null
  readonly dueOn: string | null
  readonly status: string
  readonly daysLate: number | null
}

const PAGE = 'docs/law/ombudsman-cases.md'

function factsOf({ ref, events }: OmbudsmanCase): object[] {
  return events
    .filter(({ precision }) => precision === 'day')
    .map(({ date: on, kind, by, note }) => ({
      on,
      kind,
      note,
      ...(kind === 'request_received' ? { by } : {}),
      ...READ_FROM_WORDS[ref]?.[kind],
    }))
}

/** Runs the cases through the command line, as anyone would. */
async function answersOf(cases: readonly OmbudsmanCase[]): Promise<Map<string, Answer[]>> {
  const lines = cases.map((one) =>
    JSON.stringify({ ref: one.ref, facts: factsOf(one), asAt: one.decided ?? '2026-06-01' }),
  )
  const out: string[] = []
  const errors: string[] = []
  const io = {
    stdin: (async function* () {
      yield `${lines.join('\n')}\n`
    })(),
    stdout: { write: (text: string) => out.push(text) > 0 },
    stderr: { write: (text: string) => errors.push(text) > 0 },
  }
  expect(await runClock([], io)).toBe(0)
  expect(errors).toEqual([])
  const parsed = out
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { ref: string; deadlines: Answer[] })
  return new Map(parsed.map(({ ref, deadlines }) => [ref, deadlines]))
}

const dated = ombudsmanCases.filter(({ events }) => events.some(({ precision }) => precision === 'day'))
const stated = ombudsmanCases.flatMap((one) =>
  one.stated
    .filter(({ due, due_precision }) => due !== null && due_precision === 'day')
    .map((what) => ({ one, what })),
)
const answers = await answersOf(ombudsmanCases)

function keyOf(one: OmbudsmanCase, what: Stated): string {
  return `${one.ref} ${what.rule} ${what.due}`
}

function answerTo(one: OmbudsmanCase, what: Stated): Answer | undefined {
  const rule = ruleOf(one, what)
  return answers.get(one.ref)!.find((answer) => answer.rule === rule && answer.startedOn !== null)
}

describe('Published Ombudsman decisions', () => {
  test('there are 81 cases, 11 days stated as due, and every case is answered', () => {
    expect(ombudsmanCases).toHaveLength(81)
    expect(stated).toHaveLength(11)
    expect(answers.size).toBe(81)
    expect(dated.length).toBe(12)
  })

  test.each(stated.map(({ one, what }) => [keyOf(one, what), one, what] as const))('%s', (key, one, what) => {
    const answer = answerTo(one, what)
    if (DIFFERENCES[key] === undefined) expect(answer?.dueOn).toBe(what.due)
    else expect(answer?.dueOn).not.toBe(what.due)
  })

  test('no difference is listed that is not one', () => {
    const keys = stated.map(({ one, what }) => keyOf(one, what))
    for (const key of Object.keys(DIFFERENCES)) expect(keys).toContain(key)
  })

  test('where the request’s day is known and the plan was found late, we say late', () => {
    for (const one of dated) {
      for (const what of one.stated) {
        if (what.met !== false || what.from !== 'request_received' || ruleOf(one, what) === null) continue
        if (!one.events.some(({ kind, precision }) => kind === 'request_received' && precision === 'day'))
          continue
        expect([one.ref, answerTo(one, what)?.status]).toEqual([
          one.ref,
          expect.stringMatching(/^(overdue|missed)$/),
        ])
      }
    }
  })

  test('the reasons given for the differences are true', () => {
    const move = (year: number, from: string, to: string) => [
      happened(`${year}-09-01 phase_transfer`, { from, to }),
    ]
    for (const [year, rule, to, quoted] of [
      [2023, 'phase-transfer-other', 'secondary', '2023-02-15'],
      [2024, 'phase-transfer-other', 'secondary', '2024-02-15'],
      [2024, 'phase-transfer-secondary-to-post16', 'post-16', '2024-03-31'],
      [2025, 'phase-transfer-secondary-to-post16', 'post-16', '2025-03-31'],
    ] as const) {
      const deadline = only(
        asAt(`${year}-01-01`, move(year, to === 'post-16' ? 'secondary' : 'primary', to)),
        rule,
      )
      expect(iso(deadline.commonlyQuoted!)).toBe(quoted)
    }
    const sussex = [happened('2023-05-26 request_received'), happened('2024-07-19 final_issued')]
    const finalPlan = only(asAt('2025-01-01', sussex), 'final-plan')
    expect([iso(finalPlan.dueOn!), finalPlan.daysLate]).toEqual(['2023-10-13', 280])
  })

  test('the page lists every stated day, agreed or not (UPDATE_DOCS=1 rewrites it)', () => {
    const written = page()
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, written)
    expect(readFileSync(PAGE, 'utf8')).toBe(written)
  })
})

function page(): string {
  const rows = stated.map(({ one, what }) => {
    const ours = answerTo(one, what)?.dueOn ?? 'no answer'
    const reason = DIFFERENCES[keyOf(one, what)]
    return `| [${one.ref}](${one.url}) | ${one.council} | ${what.rule} | ${what.due} | ${ours} | ${reason ?? 'agrees'} |`
  })
  const agreed = stated.filter(({ one, what }) => DIFFERENCES[keyOf(one, what)] === undefined).length
  const undated = ombudsmanCases.length - dated.length
  return `# Ombudsman decisions and our clock

Written by a test; do not edit. The facts are quoted from decisions published by the Local Government and
Social Care Ombudsman; each links to its decision.

${ombudsmanCases.length} cases are held. In ${dated.length} some event has an exact day; in ${undated} every event is known by its month
only, or not at all, and a month is never used as a day. The decisions state ${stated.length} exact last days. We agree on
${agreed}; the other ${stated.length - agreed} cannot be answered from the facts as published, for the reason given.

| Decision | Council | Limit | Ombudsman’s last day | Ours | |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Where a request’s exact day is known and the decision found the plan, or the decision on it, late, our answer as
at the day of the decision is also late. How a refusal was reversed in 25-012-582 is read from the decision’s
words (after mediation), because our clock turns on it: SEND Regulations 2014, reg 42(2) with reg 44(2)(b).
`
}
