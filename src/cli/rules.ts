/** `clearway rules`: the law this program knows, as at a date. */
import {
  ALL_RULES,
  nearest,
  type PlainDate,
  parseDate,
  type RuleInForce,
  rulesInForce,
  shortDate,
} from '../law/index.ts'
import { EXIT } from './io.ts'

export interface RulesIo {
  readonly stdout: { write(text: string): boolean }
  readonly stderr: { write(text: string): boolean }
  readonly today?: string | undefined
}

const HELP = `List the law this program knows, as at a date.

Usage: clearway rules [--as-at yyyy-mm-dd] [--process NAME] [--json]

Statutory rules, guidance (practice), dates worked out from the law (derived) and local targets are marked apart.
`

/** Runs the command. Resolves to the exit code. */
export async function runRules(args: string[], io: RulesIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const options = readOptions(args, io.today)
  if (typeof options === 'string') {
    io.stderr.write(`clearway rules: ${options}\n`)
    return EXIT.failed
  }
  const rules = rulesInForce(options.asAt, options.process)
  io.stdout.write(
    options.json ? `${JSON.stringify(rules.map(asJson), null, 2)}\n` : asTable(options.asAt, rules),
  )
  return EXIT.done
}

interface Options {
  readonly asAt: PlainDate
  readonly process: string | undefined
  readonly json: boolean
}

function readOptions(args: readonly string[], today: string | undefined): Options | string {
  let asAt = today === undefined ? null : parseDate(today)
  let process: string | undefined
  let json = false
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    if (arg === '--json') json = true
    else if (arg === '--as-at') {
      const value = args[++index] ?? ''
      asAt = parseDate(value)
      if (asAt === null) return `--as-at: "${value}" is not a real date written yyyy-mm-dd`
    } else if (arg === '--process') {
      process = args[++index] ?? ''
      const known = [...new Set(ALL_RULES.map((rule) => rule.process))]
      if (!known.includes(process)) {
        const close = nearest(process, known, 4)
        return `there is no process "${process}". ${close.length > 0 ? `Did you mean ${close.join(', ')}?` : `There are: ${known.join(', ')}.`}`
      }
    } else return `there is no option ${arg} (see clearway rules --help)`
  }
  return asAt === null ? 'say as at which day with --as-at yyyy-mm-dd' : { asAt, process, json }
}

function asTable(asAt: PlainDate, rules: readonly RuleInForce[]): string {
  const rows = rules.map(({ rule, version, display, limit, exceptions }) => [
    rule.id,
    display,
    limit,
    version.citation,
    exceptions.map(({ id }) => id).join(' '),
  ])
  return `The law held here as at ${shortDate(asAt)}: ${rules.length} rules\n${align([['Rule', 'Kind', 'Limit', 'Law', 'Exceptions'], ...rows])}`
}

function asJson({ rule, version, display, limit, exceptions }: RuleInForce): Record<string, unknown> {
  const { id, process, title, actor, startsWhen, stopsWhen, verified, notes } = rule
  return {
    rule: id,
    process,
    title,
    kind: display,
    actor,
    startsWhen,
    stopsWhen,
    limit,
    length: version.length,
    triggerDayCounts: version.triggerDayCounts,
    citation: version.citation,
    inForce: { from: version.from, to: version.to },
    exceptions: exceptions.map(({ id: exception, citation, summary }) => ({ exception, citation, summary })),
    readings: rule.readings,
    verified,
    notes,
  }
}

/** Rows padded so that columns line up. */
export function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
