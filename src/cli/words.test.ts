import { describe, expect, test } from 'vitest'
import { WORD_RULES } from '../record/words-that-bind/index.ts'
import { runWords } from './words.ts'

async function run(args: string[], ...chunks: (string | Uint8Array)[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runWords(args, {
    stdin: (async function* () {
      yield* chunks
    })(),
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
  })
  return { code, out: out.join(''), err: err.join('') }
}

interface Answer {
  ref: unknown
  line: number
  vague: boolean
  marks: { rule: string; span: [number, number]; words: string; reason: string; better: string }[]
}

const answers = (out: string): Answer[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)

const binding = 'A teaching assistant will read with Sam for 15 minutes every day.'
const vague = 'Sam’s plan includes access to a ‘calm corner’ as required.'

describe('clearway words', () => {
  test('answers plain lines: the line, whether it is vague, and each mark with its span, reason and better form', async () => {
    const { code, out, err } = await run([], `${binding}\n\n${vague}\n`)
    expect([code, err]).toEqual([0, ''])
    const [first, second] = answers(out)
    expect(first).toEqual({ ref: null, line: 1, vague: false, marks: [] })
    expect(second).toMatchObject({ ref: null, line: 3, vague: true })
    const mark = second!.marks.find(({ rule }) => rule === 'as-required')!
    expect(vague.slice(...mark.span)).toBe('as required')
    expect(mark.words).toBe('as required')
    expect(mark.reason).toContain('E v Rotherham')
    expect(mark.better).not.toBe('')
  })

  test('answers JSON Lines with the ref or id given back, judged in its section', async () => {
    const therapy = 'Sam will receive therapy for 30 minutes each week from a qualified therapist.'
    const { code, out } = await run(
      [],
      [
        { ref: 'A1', text: therapy },
        { id: 7, text: therapy, section: 'E' },
        { ref: 'A3', text: therapy, section: 'section b' },
        { ref: 'A4', text: 'Sam would like regular breaks.', section: 'A' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    )
    expect(code).toBe(0)
    expect(answers(out).map(({ ref, vague, marks }) => [ref, vague, marks.map(({ rule }) => rule)])).toEqual([
      ['A1', false, []],
      [7, true, ['outcome-as-provision']],
      ['A3', true, ['provision-in-needs']],
      ['A4', false, []],
    ])
  })

  test('--section says where lines without one stand', async () => {
    const { out } = await run(['--section', 'E'], 'Sam will receive therapy.\n')
    expect(answers(out)[0]!.marks[0]!.rule).toBe('outcome-as-provision')
  })

  test('names each bad line with its reason, answers the rest, and ends with 2', async () => {
    const { code, out, err } = await run(
      [],
      [
        JSON.stringify({ ref: 'ok', text: vague }),
        '{"ref":"cut',
        '{"ref":"none"}',
        '{"text":7}',
        '{"text":"x","section":"Z"}',
        'no JSON at all',
        '["a list"]',
        'null',
        JSON.stringify({ ref: 'also ok', text: binding }),
      ].join('\n'),
    )
    expect(code).toBe(2)
    expect(answers(out).map(({ ref, line }) => [ref, line])).toEqual([
      ['ok', 1],
      ['also ok', 9],
    ])
    expect(err.trim().split('\n')).toEqual([
      'line 2: line: not JSON',
      'line 3: text: must be the words to check',
      'line 4: text: must be the words to check',
      'line 5: section: "Z" is not one of A, B, C, D, E, F, G, H1, H2, advice, outcome, provision, I, J, K',
      'line 6: line: not JSON with a text',
      'line 7: line: not JSON with a text',
      'line 8: line: not JSON with a text',
    ])
  })

  test('a line without end is named and let go, and the next is answered', async () => {
    const endless = 'support '.repeat(400_000)
    const { code, out, err } = await run([], `${endless}\n${vague}\n${endless}`)
    expect(code).toBe(2)
    expect(answers(out).map(({ line }) => line)).toEqual([2])
    expect(err.trim().split('\n')).toEqual([
      'line 1: line: longer than 1,000,000 signs: cut the text into paragraphs',
      'line 3: line: longer than 1,000,000 signs: cut the text into paragraphs',
    ])
  })

  test('takes a byte order mark, Windows line ends and any split of the input', async () => {
    const bytes = new TextEncoder().encode(
      `\ufeff${JSON.stringify({ ref: 'Zoë', text: vague })}\r\n${JSON.stringify({ text: vague })}\r\n`,
    )
    const whole = await run([], bytes)
    expect(whole.code).toBe(0)
    expect(answers(whole.out)[0]!.ref).toBe('Zoë')
    for (const size of [1, 2, 3, 7]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      )
      expect(await run([], ...parts)).toEqual(whole)
    }
  })

  test('nothing in, nothing out', async () => {
    expect(await run([], '')).toEqual({ code: 0, out: '', err: '' })
  })

  test('--table shows people the marked lines, with no control signs from the text', async () => {
    const { code, out } = await run(
      ['--table'],
      `${binding}\n${JSON.stringify({ ref: 'B\u001b2', text: 'Physiotherapy\u001b[2J as required.' })}\n`,
    )
    expect(code).toBe(0)
    expect(out).toContain('line 2')
    expect(out).toContain('as-required')
    expect(out).not.toContain('line 1')
    expect(out).not.toContain('\u001b')
  })

  test('--rules lists every rule; --help says how; a wrong option or file ends with 1', async () => {
    const { out } = await run(['--rules'])
    for (const { id } of WORD_RULES) expect(out).toContain(id)
    expect((await run(['--help'])).out).toContain('Usage: clearway words')
    expect(await run(['--nonsense'])).toMatchObject({ code: 1, err: expect.stringContaining('--nonsense') })
    expect(await run(['--section', 'Q'])).toMatchObject({ code: 1, err: expect.stringContaining('"Q"') })
    expect(await run(['/no/such/file'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot read'),
    })
  })

  test('many lines stream: what is written waits for a slow reader', async () => {
    let longest = 0
    let waits = 0
    const line = `${JSON.stringify({ text: vague })}\n`
    const code = await runWords([], {
      stdin: (async function* () {
        for (let chunk = 0; chunk < 20; chunk++) yield line.repeat(50)
      })(),
      stdout: {
        write: (text) => {
          longest = Math.max(longest, text.length)
          return false
        },
        once: (_, listener) => {
          waits++
          listener()
        },
      },
      stderr: { write: () => true },
    })
    expect(code).toBe(0)
    expect(waits).toBeGreaterThan(5)
    expect(longest).toBeLessThan(200_000)
  })
})
