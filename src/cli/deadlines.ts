import { parseArgs } from 'node:util'
import type { Database } from '../db/connection.ts'
import { NotTheOwner, requireOwner } from '../db/integrity/index.ts'
import { checkDeadlines, type Difference, rebuildDeadlines } from '../db/rebuild/index.ts'
import { asOwner } from '../db/viewer.ts'
import { EXIT, type Io } from './io.ts'
import { withRecord } from './training.ts'

const HELP = `Usage: clearway deadlines rebuild [--check] [--as-at YYYY-MM-DD] [--only-open]

Computes the state and deadlines of every case again from its facts and the law, and writes those that differ. Safe to stop
and run again, and to run while people work.

  --check       write nothing; name each process that differs, its column, what is held and what the facts give.
                Exit code 1 when any does.
  --as-at DAY   judge on this day. Left out: the authority's day (in training the day it stands at, live today in London)
  --only-open   only children with an open case

Uses OWNER_DATABASE_URL (or DATABASE_URL), or the embedded training database (made first if it is not there; while
a server has it open, only --check).
`

/** `clearway deadlines` */
export async function runDeadlines(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      check: { type: 'boolean' },
      'as-at': { type: 'string' },
      'only-open': { type: 'boolean' },
    },
  })
  if (values.help || positionals[0] !== 'rebuild' || positionals.length > 1) {
    ;(values.help ? io.stdout : io.stderr).write(HELP)
    return values.help ? EXIT.done : EXIT.failed
  }
  const asAt = values['as-at']
  if (asAt !== undefined && !isDay(asAt)) {
    io.stderr.write(`clearway deadlines: --as-at must be a day such as 2026-07-06, not "${asAt}".\n`)
    return EXIT.failed
  }
  return withRecord({ name: 'deadlines', io, alone: !values.check }, async (owner, io) => {
    try {
      await asOwner(owner, requireOwner)
      const today = asAt ?? (await authorityDay(owner)) ?? io.today
      const options = {
        today,
        onlyOpen: values['only-open'] ?? false,
        onProgress: ({ children, of }: { children: number; of: number }) =>
          io.stderr.write(`\r${children} of ${of} children${children >= of ? '\n' : ''}`),
      }
      if (!values.check) {
        const report = await rebuildDeadlines(owner, options)
        io.stdout.write(
          `Computed ${report.processes} processes of ${report.children} children as at ${today}; ${report.differing} put right.\n`,
        )
        return EXIT.done
      }
      const report = await checkDeadlines(owner, {
        ...options,
        onDifference: (difference) => io.stdout.write(inWords(difference)),
      })
      io.stdout.write(
        report.differing === 0
          ? `The caches of ${report.processes} processes of ${report.children} children equal their facts as at ${today}.\n`
          : `${report.differing} of ${report.processes} processes differ from their facts as at ${today}. Put them right with: clearway deadlines rebuild\n`,
      )
      return report.differing === 0 ? EXIT.done : EXIT.failed
    } catch (error) {
      if (!(error instanceof NotTheOwner)) throw error
      io.stderr.write(`clearway deadlines: ${error.message}\n`)
      return EXIT.failed
    }
  })
}

const inWords = ({ reference, column, held, computed }: Difference): string =>
  `${reference}: ${column} is ${held ?? 'nothing'}, the facts give ${computed ?? 'nothing'}\n`

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** The day a training authority stands at; a live one has today. */
async function authorityDay(owner: Database): Promise<string | undefined> {
  const row = await owner.selectFrom('authority').select('training_today').executeTakeFirst()
  return row?.training_today ?? undefined
}
