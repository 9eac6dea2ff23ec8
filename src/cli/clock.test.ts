import { describe, expect, test } from 'vitest'
import { runClock } from './clock.ts'
import { runRules } from './rules.ts'

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(
  command: typeof runClock,
  args: string[],
  ...chunks: (string | Uint8Array)[]
): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const code = await command(args, {
    stdin: (async function* () {
      yield* chunks
    })(),
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    today: '2026-11-23',
  })
  return { code, out: out.join(''), err: err.join('') }
}

const good = '{"ref":"A1","facts":[{"on":"2025-01-06","kind":"request_received"}],"asAt":"2025-06-01"}'

describe('clearway clock', () => {
  test('answers a case a line, with the reasons in sentences', async () => {
    const { code, out, err } = await run(runClock, ['--rule', 'final-plan'], `${good}\n`)
    const answer = JSON.parse(out) as { ref: string; deadlines: Record<string, unknown>[] }
    expect([code, err, answer.ref]).toEqual([0, '', 'A1'])
    expect(answer.deadlines[0]).toMatchObject({
      rule: 'final-plan',
      citation: 'SEND Regs 2014 reg 13(2), 13(3)',
      startedOn: '2025-01-06',
      dueOn: '2025-05-26',
      doneOn: null,
      status: 'overdue',
      daysLate: 6,
      actBy: '2025-05-23',
      kind: 'statutory',
    })
  })

  test('names each bad line with its field and reason, answers the rest, and ends with 2', async () => {
    const lines = [
      'not json',
      good,
      '{"ref":"B"}',
      '{"facts":[{"on":"2023-02-29","kind":"request_received"}]}',
      '{"facts":[{"on":"2023-02-28","kind":"reqest"}]}',
    ]
    const { code, out, err } = await run(runClock, [], lines.join('\n'))
    expect(code).toBe(2)
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(err.trim().split('\n')).toEqual([
      'line 1: line: not JSON',
      'line 3: facts: must be a list of facts',
      'line 4: facts[0].on: "2023-02-29" is not a real date written yyyy-mm-dd',
      expect.stringMatching(/^line 5: facts\[0\]\.kind: "reqest" is not a kind of fact/),
    ])
  })

  test('a line without end is named and let go, and the next is answered', async () => {
    const endless = `{"ref":"${'x'.repeat(3_000_000)}"}`
    const { code, out, err } = await run(runClock, [], `${endless}\n${good}\n${endless}`)
    expect(code).toBe(2)
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(err.trim().split('\n')).toEqual([
      'line 1: line: longer than 1,000,000 signs: one line holds the facts of one case',
      'line 3: line: longer than 1,000,000 signs: one line holds the facts of one case',
    ])
  })

  test('takes a byte order mark, Windows line ends, blank lines and any split of the input', async () => {
    const bytes = new TextEncoder().encode(`\ufeff${good}\r\n\r\n${good.replace('A1', 'Zoë')}\r\n`)
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.slice(index * 7, index * 7 + 7),
    )
    const { code, out, err } = await run(runClock, [], ...chunks)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('"ref":"Zoë"')
  })

  test('counts an exact duplicate once and warns; warns of a decision before its request, and answers', async () => {
    const facts =
      '[{"on":"2025-02-10","kind":"request_received"},{"on":"2025-01-06","kind":"decided_to_assess"},{"on":"2025-02-10","kind":"request_received"}]'
    const { code, out, err } = await run(runClock, [], `{"ref":1,"facts":${facts},"asAt":"2025-03-01"}`)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ref: 1 })
    expect(err).toContain('given twice; counted once')
    expect(err).toContain('decided_to_assess is dated before the request')
  })

  test('judges as at today, or the day asked for, when a line does not say', async () => {
    const line = good.replace(',"asAt":"2025-06-01"', '')
    expect((await run(runClock, [], line)).out).toContain('"asAt":"2026-11-23"')
    expect((await run(runClock, ['--as-at', '2025-03-01'], line)).out).toContain('"asAt":"2025-03-01"')
  })

  test('refuses a rule or option it does not know, with suggestions', async () => {
    const { code, err } = await run(runClock, ['--rule', 'final-pln'], good)
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean final-plan')])
    expect((await run(runClock, ['--rules'], good)).code).toBe(1)
    expect((await run(runClock, ['/no/such/file'], '')).code).toBe(1)
  })

  test('prints a table for people', async () => {
    const { out } = await run(runClock, ['--table', '--rule', 'final-plan'], good)
    expect(out).toBe(
      'A1, as at 1 June 2025\n  Rule        Kind       Started     Due         Done  Status   Days    About\n  final-plan  statutory  2025-01-06  2025-05-26  -     Overdue  6 late\n\n',
    )
  })
})

describe('clearway rules', () => {
  test('lists the law as at a date', async () => {
    const { code, out } = await run(runRules, ['--as-at', '2020-06-01', '--process', 'final-plan', '--json'])
    const rules = JSON.parse(out) as { rule: string; exceptions: { exception: string }[] }[]
    expect(code).toBe(0)
    expect(rules.map(({ rule }) => rule)).toEqual([
      'final-plan',
      'secure-provision',
      'local-provision-gap-answer',
    ])
    expect(rules[0]!.exceptions.map(({ exception }) => exception)).toContain('coronavirus-2020-impractical')
  })

  test('refuses a process it does not know, with suggestions', async () => {
    const { code, err } = await run(runRules, ['--process', 'final-pan'])
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean final-plan')])
  })
})
