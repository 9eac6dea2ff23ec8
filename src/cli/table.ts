import { parseArgs } from 'node:util'
import type { Database } from '../db/connection.ts'
import { asOwner } from '../db/viewer.ts'
import {
  CONVENTIONS,
  type Convention,
  countOpenPlans,
  defaultYear,
  type Exceptions,
  findAssessmentDates,
  findAuthorityName,
  type MonthlyTable,
  makeTable,
  type TableMonth,
  type TableOptions,
  tableCsv,
} from '../features/assurance/monthly-table/index.ts'
import { parseDate, shortDate } from '../law/index.ts'
import { EXIT, type Io } from './io.ts'
import { NO_AUTHORITY, withRecord } from './training.ts'

const HELP = `Usage: clearway table [--as-at yyyy-mm-dd] [--convention A|B|C|D] [--year yyyy] [--to yyyy-mm]
                      [--exceptions with|without] [--json | --csv]

The monthly table of requests, decisions within six weeks and new plans within twenty, from each case's facts as known
at the end of a day. Without --json or --csv it prints a table for people.

  --as-at        the day it is judged on (left out: the training authority's day, or today)
  --convention   A by month of completion (the usual one), B by month due, C by month received, D open and overdue
  --year         the year shown, with the whole year before it
  --to           the last month used in averages (left out: the last month whose requests have all reached six weeks)
  --exceptions   with: cases with an approved exception count (the usual one); without: they are left out

--json prints one object; its names are kept from version to version:
  asAt, convention, exceptions, definitionVersion, authority {code, name}, year,
  months [{month "2020-01", label "Jan", requests {value},
    decisionsWithinSixWeeks {numerator, denominator, percent, settled, excluded, openOverdue, reversedAfterRefusal},
    plansWithinTwentyWeeks {the same}}],                 the months used in averages
  laterMonths [the same],                               begun, but in no average
  averages {requests {total, meanPerMonth, meanWithoutAugust, monthsUsed, monthsExcludedFromSecond},
    decisionsWithinSixWeeks {pooled {numerator, denominator, percent}, meanOfMonths, meanOfExactMonths, monthsUsed, monthsEmpty, monthsImmature},
    plansWithinTwentyWeeks {the same}},
  previousYear {year, months, requestsPerMonth, decisionsWithinSixWeeksPercent, plansWithinTwentyWeeksPercent, averages},
  sourceOfRequest {total, parents, parentPercent, parentOrYoungPersonPercent, bySource},
  dfeStyleSixWeeks {year, numerator, denominator, percent}, openPlans {total, byLocality [{locality, count}]}, faults, notes
percent is a whole number, half up, and null where there is nothing to divide by.

With no server named, the training authority is made first if it is not there. It may run beside a server.

Environment: CLEARWAY_DATA, DATABASE_URL, OWNER_DATABASE_URL. Exit codes: 0 done, 1 could not be done.
`

interface Asked {
  readonly format: 'table' | 'json' | 'csv'
  readonly asAt: string | undefined
  readonly year: number | undefined
  readonly to: string | undefined
  readonly convention: Convention
  readonly exceptions: Exceptions
}

/** `clearway table` */
export async function runTable(args: string[], io: Io): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const asked = readArguments(args)
  if (typeof asked === 'string') {
    io.stderr.write(`clearway table: ${asked}\n`)
    return EXIT.failed
  }
  return withRecord({ name: 'table', io }, async (db, io) => {
    const authority = await findAuthorityDay(db)
    if (!authority) {
      io.stderr.write(`clearway table: ${NO_AUTHORITY}\n`)
      return EXIT.failed
    }
    const asAt = asked.asAt ?? authority.training_today ?? io.today
    const options: TableOptions = {
      asAt,
      convention: asked.convention,
      exceptions: asked.exceptions,
      year: asked.year ?? defaultYear(asAt),
      to: asked.to,
    }
    const table = await asOwner(db, async (trx) =>
      makeTable(
        await findAssessmentDates(trx, asAt, options.year),
        await findAuthorityName(trx),
        await countOpenPlans(trx, asAt),
        options,
      ),
    )
    io.stdout.write(
      asked.format === 'json'
        ? `${JSON.stringify(table, null, 2)}\n`
        : asked.format === 'csv'
          ? tableCsv(table)
          : inColumns(table),
    )
    return EXIT.done
  })
}

/** The authority's own day; undefined where there is no whole authority. */
async function findAuthorityDay(db: Database): Promise<{ training_today: string | null } | undefined> {
  const row = await db
    .selectFrom('authority')
    .select(['mode', 'training_today', 'training_seed'])
    .executeTakeFirst()
  // While the training authority is being made, or was stopped half way, its numbers would be wrong.
  return row?.mode === 'training' && row.training_seed?.startsWith('loading:') ? undefined : row
}

function readArguments(args: string[]): Asked | string {
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({
      args,
      options: {
        'as-at': { type: 'string' },
        convention: { type: 'string', default: 'A' },
        year: { type: 'string' },
        to: { type: 'string' },
        exceptions: { type: 'string', default: 'with' },
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { convention, exceptions, year, to, json, csv } = values
  const asAt = values['as-at']
  if (json && csv) return 'give --json or --csv, not both'
  if (typeof asAt === 'string' && parseDate(asAt) === null)
    return `--as-at must be a real date written yyyy-mm-dd, not "${asAt}"`
  if (typeof convention !== 'string' || !Object.hasOwn(CONVENTIONS, convention))
    return '--convention must be A, B, C or D'
  if (exceptions !== 'with' && exceptions !== 'without') return '--exceptions must be with or without'
  if (typeof year === 'string' && !/^20\d\d$/.test(year)) return `--year must be four numbers, not "${year}"`
  if (typeof to === 'string' && !/^20\d\d-(0[1-9]|1[0-2])$/.test(to))
    return `--to must be a month written yyyy-mm, not "${to}"`
  return {
    format: json ? 'json' : csv ? 'csv' : 'table',
    asAt: typeof asAt === 'string' ? asAt : undefined,
    year: typeof year === 'string' ? Number(year) : undefined,
    to: typeof to === 'string' ? to : undefined,
    convention: convention as Convention,
    exceptions,
  }
}

/** The committee's layout: months across, three rows, the two averages at the end. */
function inColumns(table: MonthlyTable): string {
  const shown = (percent: number | null): string => (percent === null ? '-' : `${percent}%`)
  const { averages, previousYear } = table
  const line = (label: string, cells: readonly string[], ends: readonly [string, string]): string =>
    `${label.padEnd(34)}${cells.map((cell) => cell.padStart(8)).join('')}${ends[0].padStart(10)}${ends[1].padStart(10)}\n`
  const shareLines = (
    label: string,
    of: (month: TableMonth) => TableMonth['plansWithinTwentyWeeks'],
    key: 'decisionsWithinSixWeeks' | 'plansWithinTwentyWeeks',
  ): string =>
    line(
      label,
      table.months.map((month) => shown(of(month).percent)),
      [shown(averages[key].meanOfMonths), shown(previousYear.averages[key].meanOfMonths)],
    ) +
    line(
      '   in time / all',
      table.months.map((month) => `${of(month).numerator}/${of(month).denominator}`),
      ['', ''],
    ) +
    line(
      '   pooled',
      table.months.map(() => ''),
      [shown(averages[key].pooled.percent), shown(previousYear.averages[key].pooled.percent)],
    )
  const share = (
    label: string,
    of: (month: TableMonth) => TableMonth['plansWithinTwentyWeeks'],
    key: 'decisionsWithinSixWeeks' | 'plansWithinTwentyWeeks',
  ): string => {
    if (table.convention === 'D')
      return line(
        `${label}: overdue`,
        table.months.map((month) => String(of(month).denominator)),
        ['', ''],
      )
    return shareLines(label, of, key)
  }
  const text = [
    `${table.authority.name}: requests, decisions and new plans, as at ${shortDate(parseDate(table.asAt)!)}, ${table.conventionInWords}, ${table.exceptions} exceptions\n\n`,
    line(
      `${table.year}`,
      table.months.map((month) => month.label),
      [`mean ${table.year}`, `mean ${previousYear.year}`],
    ),
    line(
      'Requests for an assessment',
      table.months.map((month) => String(month.requests.value)),
      [String(averages.requests.meanPerMonth ?? '-'), String(previousYear.requestsPerMonth ?? '-')],
    ),
    averages.requests.monthsExcludedFromSecond.length > 0
      ? line(
          '   without August',
          table.months.map(() => ''),
          [String(averages.requests.meanWithoutAugust ?? '-'), ''],
        )
      : '',
    share('Decisions within 6 weeks', (month) => month.decisionsWithinSixWeeks, 'decisionsWithinSixWeeks'),
    share('New plans within 20 weeks', (month) => month.plansWithinTwentyWeeks, 'plansWithinTwentyWeeks'),
    `\nFrom parents: ${table.sourceOfRequest.parents} of ${table.sourceOfRequest.total} requests (${shown(table.sourceOfRequest.parentPercent)}). Open plans: ${table.openPlans.total.toLocaleString('en-GB')}.\n`,
    ...table.notes.map((note) => `${note}\n`),
  ]
  return text.join('')
}
