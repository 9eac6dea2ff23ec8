/** `clearway clock`: facts in, deadlines out, one case a line, streaming. */
import { createReadStream } from 'node:fs'
import {
  ALL_RULES,
  computeDeadlines,
  DEADLINE_STATUS_LABELS,
  type Deadline,
  explain,
  findRule,
  iso,
  nearest,
  type PlainDate,
  parseDate,
  shortDate,
} from '../law/index.ts'
import { readFactLine } from './fact-lines.ts'
import { EXIT } from './io.ts'
import { LONGEST_LINE, linesOf, write } from './lines.ts'
import { align } from './rules.ts'

/** What the command reads from and writes to; `today` (ISO) is used when nothing else says as at when. */
export interface ClockIo {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: { write(text: string): boolean; once?(event: 'drain', listener: () => void): unknown }
  readonly stderr: { write(text: string): boolean }
  readonly today?: string | undefined
}

interface Options {
  readonly files: readonly string[]
  readonly asAt: PlainDate | null
  readonly rules: ReadonlySet<string>
  readonly table: boolean
}

const HELP = `Work out deadlines from facts.

Usage: clearway clock [options] [file ...]     (no file, or -, reads standard input)

  --as-at yyyy-mm-dd   judge on this day where a line has no asAt of its own (otherwise today)
  --rule ID            only this rule; may be repeated
  --table              an aligned table for people instead of JSON Lines

One case a line:
  {"ref":"A1","facts":[{"on":"2025-01-06","kind":"request_received"}],"asAt":"2025-06-01"}

Exit codes: 0 done; 1 could not be done; 2 some lines were bad (named on standard error), the rest answered.
The kinds of fact are in docs/fact-kinds.md; the rules in "clearway rules".
`

/** Runs the command. Resolves to the exit code. */
export async function runClock(args: string[], io: ClockIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const options = readOptions(args)
  if (typeof options === 'string') {
    io.stderr.write(`clearway clock: ${options}\n`)
    return EXIT.failed
  }
  const today = options.asAt ?? (io.today === undefined ? null : parseDate(io.today))
  let bad = 0
  for (const file of options.files) {
    const input = file === '-' ? io.stdin : createReadStream(file)
    try {
      bad += await answerAll(input, file === '-' ? '' : `${file} `, options, today, io)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      io.stderr.write(`clearway clock: cannot read ${file}: ${(error as Error).message}\n`)
      return EXIT.failed
    }
  }
  return bad > 0 ? EXIT.partly : EXIT.done
}

function readOptions(args: readonly string[]): Options | string {
  const files: string[] = []
  const rules = new Set<string>()
  let asAt: PlainDate | null = null
  let table = false
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    if (arg === '--table') table = true
    else if (arg === '--as-at' || arg === '--rule') {
      const value = args[++index]
      if (value === undefined) return `${arg} needs a value`
      if (arg === '--as-at') {
        asAt = parseDate(value)
        if (asAt === null) return `--as-at: "${value}" is not a real date written yyyy-mm-dd`
      } else {
        if (findRule(value) === undefined) return unknownRule(value)
        rules.add(value)
      }
    } else if (arg.startsWith('--')) return `there is no option ${arg} (see clearway clock --help)`
    else files.push(arg)
  }
  return { files: files.length === 0 ? ['-'] : files, asAt, rules, table }
}

/** "There is no rule X. Did you mean Y?" */
export function unknownRule(id: string): string {
  const close = nearest(
    id,
    ALL_RULES.map((rule) => rule.id),
    5,
  )
  return `there is no rule "${id}".${close.length > 0 ? ` Did you mean ${close.join(', ')}?` : ''} See clearway rules.`
}

/** A line holds some 5,000 facts, far more than a childhood of casework. */
const TOO_LONG = 'longer than 1,000,000 signs: one line holds the facts of one case'

async function answerAll(
  input: AsyncIterable<Uint8Array | string>,
  source: string,
  options: Options,
  today: PlainDate | null,
  io: ClockIo,
): Promise<number> {
  let number = 0
  let bad = 0
  let waiting = ''
  for await (const lines of linesOf(input)) {
    for (const text of lines) {
      number++
      if (text.trim() === '') continue
      const read =
        text.length > LONGEST_LINE
          ? ({ ok: false, field: 'line', reason: TOO_LONG } as const)
          : readFactLine(text)
      const asAt = read.ok ? (read.line.asAt ?? today) : null
      if (!read.ok || asAt === null) {
        bad++
        const { field, reason } = read.ok
          ? { field: 'asAt', reason: 'say as at which day, or use --as-at' }
          : read
        io.stderr.write(`${source}line ${number}: ${field}: ${reason}\n`)
        continue
      }
      for (const warning of read.line.warnings)
        io.stderr.write(`${source}line ${number}: warning: ${warning}\n`)
      const deadlines = computeDeadlines(read.line.facts, { asAt, rules: options.rules })
      waiting += options.table
        ? deadlineTable(read.line.ref, asAt, deadlines)
        : `${JSON.stringify({ ref: read.line.ref, asAt: iso(asAt), deadlines: deadlines.map(asJson) })}\n`
      if (waiting.length > 65_536) {
        await write(io, waiting)
        waiting = ''
      }
    }
  }
  if (waiting !== '') await write(io, waiting)
  return bad
}

function day(on: PlainDate | null): string | null {
  return on === null ? null : iso(on)
}

function asJson(deadline: Deadline): Record<string, unknown> {
  const { rule, citation, startedOn, dueOn, doneOn, status, daysLate, daysLeft, actBy } = deadline
  return {
    rule,
    citation,
    startedOn: day(startedOn),
    dueOn: day(dueOn),
    doneOn: day(doneOn),
    status,
    daysLate,
    because: explain(deadline, 'staff'),
    daysLeft,
    actBy: day(actBy),
    actor: deadline.actor,
    title: deadline.title,
    process: deadline.process,
    kind: deadline.display,
    about: deadline.about,
    commonlyQuoted: day(deadline.commonlyQuoted),
    ruleVersion: day(deadline.ruleVersion),
    lifted:
      deadline.lifted === null
        ? null
        : { exception: deadline.lifted.exception, citation: deadline.lifted.citation },
  }
}

const HEADINGS = ['Rule', 'Kind', 'Started', 'Due', 'Done', 'Status', 'Days', 'About']

/** One case as an aligned table for people. */
function deadlineTable(ref: unknown, asAt: PlainDate, deadlines: readonly Deadline[]): string {
  const rows = deadlines.map((deadline) => [
    deadline.rule,
    deadline.display,
    day(deadline.startedOn) ?? '-',
    day(deadline.dueOn) ?? '-',
    day(deadline.doneOn) ?? '-',
    DEADLINE_STATUS_LABELS[deadline.status],
    deadline.daysLate !== null
      ? `${deadline.daysLate} late`
      : deadline.daysLeft !== null
        ? `${deadline.daysLeft} left`
        : '',
    deadline.about ?? '',
  ])
  return `${typeof ref === 'string' ? ref : (JSON.stringify(ref) ?? '(no ref)')}, as at ${shortDate(asAt)}\n${align([HEADINGS, ...rows])}\n`
}
