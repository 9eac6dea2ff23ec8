import { parseArgs } from 'node:util'
import { BadBackup, CannotRestore, checkBackup, restoreBackup } from '../db/backup/index.ts'
import { connect } from '../db/connection.ts'
import { NotTheOwner } from '../db/integrity/index.ts'
import { rebuildDeadlines } from '../db/rebuild/index.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT, type Io } from './io.ts'

const HELP = `Usage: clearway restore FILE [--replace]      clearway restore --check FILE

Makes the record of a backup again in an empty database, on either engine, row for row. The file is proved whole before the
database is touched; if anything is wrong, nothing is changed. Then the history is verified, this version's migrations are
applied, and the deadlines are computed for today. Stop the server first.

  --replace  remove all the database holds
  --check    read the file and prove it whole, and do nothing else

A backup of a live authority goes to a PostgreSQL server only. Uses OWNER_DATABASE_URL (or DATABASE_URL), or the embedded
training database.
`

/** `clearway restore` */
export async function runRestore(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' }, replace: { type: 'boolean' }, check: { type: 'boolean' } },
  })
  const file = positionals[0]
  if (values.help || file === undefined || positionals.length > 1) {
    ;(values.help ? io.stdout : io.stderr).write(HELP)
    return values.help ? EXIT.done : EXIT.failed
  }
  try {
    return values.check ? await check(file, io) : await restore(file, values.replace ?? false, io)
  } catch (error) {
    if (!(error instanceof BadBackup || error instanceof CannotRestore || error instanceof NotTheOwner))
      throw error
    io.stderr.write(`clearway restore: ${error.message}\n`)
    return EXIT.failed
  }
}

async function check(file: string, io: Io): Promise<number> {
  const { header, trailer } = await checkBackup(file)
  const rows = trailer.tables.reduce((sum, table) => sum + table.rows, 0)
  io.stdout.write(
    `${file} is whole: ${header.authority?.name ?? 'no authority'} (${header.authority?.mode ?? 'empty'}), taken ${header.takenAt}, ${rows} rows\n`,
  )
  return EXIT.done
}

async function restore(file: string, replace: boolean, io: Io): Promise<number> {
  const config = readConfig(io.env)
  const owner = connect(config.ownerDatabase)
  try {
    const startedAt = performance.now()
    const { header, verified, migrated } = await restoreBackup(owner, file, {
      engine: config.ownerDatabase.engine,
      replace,
      onProgress: ({ table, rows, of }) => io.stderr.write(`\r${table}: ${rows} of ${of} rows`.padEnd(50)),
    })
    io.stderr.write('\n')
    const row = await owner.selectFrom('authority').select('training_today').executeTakeFirst()
    const deadlines = await rebuildDeadlines(owner, { today: row?.training_today ?? io.today })
    io.stdout.write(
      `Restored the record of ${header.takenAt}: ${verified.history.rows} lines of history of ${verified.history.children} children, unbroken; ${verified.accessLog.sealedRows} sealed lines of the access log.\n`,
    )
    if (migrated.length > 0) io.stdout.write(`Brought up to this version: ${migrated.join(', ')}.\n`)
    io.stdout.write(
      `Deadlines: ${deadlines.processes} processes computed, ${deadlines.differing} differed from the backup and were put right. (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`,
    )
    return EXIT.done
  } finally {
    await owner.destroy()
  }
}
