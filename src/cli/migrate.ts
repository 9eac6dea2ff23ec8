import { parseArgs } from 'node:util'
import { connect } from '../db/connection.ts'
import { migrate } from '../db/migrate.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT, type Io } from './io.ts'

const HELP = `Usage: clearway migrate

Brings the database up to this version, one transaction a step; safe to stop and run again.
Uses OWNER_DATABASE_URL (or DATABASE_URL), or the embedded training database.
`

/** `clearway migrate` */
export async function runMigrate(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } })
  if (values.help) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const db = connect(readConfig(io.env).ownerDatabase)
  try {
    const applied = await migrate(db, { onProgress: (name) => io.stderr.write(`applied ${name}\n`) })
    io.stdout.write(
      applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.length} migrations.\n`,
    )
    return EXIT.done
  } finally {
    await db.destroy()
  }
}
