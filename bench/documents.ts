/** A plan of 40 pages as paper: how long one person waits for it, warm, and whether anybody else does. Every plan's words differ. */
import { composePdf, composeWord, stopComposer } from '../src/documents/compose/index.ts'
import { aPlan } from '../src/documents/plans/a-plan.test-data.ts'
import { type PlanToPrint, planDocument } from '../src/documents/plans/index.ts'
import type { BenchLine } from './clock.ts'

const LINES = 58
const WORDS =
  'listening reading writing counting drawing playing talking walking quiet small group teacher therapist programme picture sound letter word number week term page table coat bus friend garden music water paper story question answer turn choice plan help rest'.split(
    ' ',
  )

/** An invented plan of about 40 pages whose every line has words of its own. */
export function longPlan(seed: number): PlanToPrint {
  let state = seed * 2_654_435_761
  const word = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return WORDS[(state >> 8) % WORDS.length]!
  }
  const sentence = (length: number): string => `${Array.from({ length }, word).join(' ')}.`
  const plan = aPlan({}, LINES)
  return {
    ...plan,
    parts: plan.parts.map((part) =>
      'words' in part.content ? { ...part, content: { ...part.content, words: sentence(34) } } : part,
    ) as PlanToPrint['parts'],
  }
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

export async function benchDocuments(): Promise<readonly BenchLine[]> {
  const line = (name: string, value: number, unit: string, limit: number, note = ''): BenchLine => ({
    name,
    value,
    unit,
    limit,
    better: 'less',
    ok: value <= limit,
    note,
  })
  try {
    const coldFrom = performance.now()
    await composePdf(planDocument(longPlan(1)))
    const cold = performance.now() - coldFrom
    const before = process.memoryUsage().rss
    const pdf: number[] = []
    const word: number[] = []
    let longest = 0
    // What this thread itself works between two looks: other programs of a busy machine make pauses of their own.
    const worked = (): number => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1000
    }
    let last = worked()
    const timer = setInterval(() => {
      longest = Math.max(longest, worked() - last)
      last = worked()
    }, 2)
    for (let seed = 2; seed < 32; seed++) {
      const document = planDocument(longPlan(seed))
      let from = performance.now()
      await composePdf(document)
      pdf.push(performance.now() - from)
      if (seed > 8) continue
      from = performance.now()
      await composeWord(document)
      word.push(performance.now() - from)
    }
    clearInterval(timer)
    const pages = await composePdf(planDocument(longPlan(2)))
    const count =
      Buffer.from(pages)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0
    return [
      line(
        `plan of ${count} pages as tagged PDF, warm (middle of ${pdf.length})`,
        middle(pdf),
        'ms',
        500,
        `the longest ${Math.round(Math.max(...pdf))} ms`,
      ),
      line('the first PDF of a process, its thread included', cold, 'ms', 3000),
      line(`the same plan as Word (middle of ${word.length})`, middle(word), 'ms', 1000),
      line('longest pause of everybody else meanwhile', longest, 'ms', 100),
      line(
        'memory taken by 30 such plans, after the first',
        (process.memoryUsage().rss - before) / 2 ** 20,
        'MB',
        400,
        `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB in all`,
      ),
    ]
  } finally {
    await stopComposer()
  }
}
