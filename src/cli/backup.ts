import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { BadBackup, takeBackup } from '../db/backup/index.ts'
import { NotTheOwner } from '../db/integrity/index.ts'
import { EXIT, type Io } from './io.ts'
import { withRecord } from './training.ts'

const HELP = `Usage: clearway backup FILE

Writes the whole record as it stands at this instant to FILE (one gzip file, readable by its owner only), while people go on
working. FILE appears when it is whole and on the disk; it must not be there yet. A record whose history is broken is not
backed up: exit code 1. Signed-in sessions are left out.

Uses OWNER_DATABASE_URL (or DATABASE_URL), or the embedded training database (made first if it is not there).
`

/** `clearway backup` */
export async function runBackup(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  })
  const file = positionals[0]
  if (values.help || file === undefined || positionals.length > 1) {
    ;(values.help ? io.stdout : io.stderr).write(HELP)
    return values.help ? EXIT.done : EXIT.failed
  }
  return withRecord({ name: 'backup', io }, async (owner, io) => {
    try {
      const startedAt = performance.now()
      const { trailer } = await takeBackup(owner, file, ({ table, rows }) =>
        io.stderr.write(`\r${table}: ${rows} rows`.padEnd(50)),
      )
      io.stderr.write('\n')
      const rows = trailer.tables.reduce((sum, table) => sum + table.rows, 0)
      const megabytes = statSync(file).size / 1_000_000
      io.stdout.write(
        `${file}: ${rows} rows of ${trailer.tables.length} tables, ${trailer.anchor.rows} lines of history of ${trailer.anchor.children} children, ${megabytes.toFixed(1)} MB (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`,
      )
      return EXIT.done
    } catch (error) {
      if (!(error instanceof BadBackup || error instanceof NotTheOwner)) throw error
      io.stderr.write(`clearway backup: ${error.message}\n`)
      return EXIT.failed
    }
  })
}
