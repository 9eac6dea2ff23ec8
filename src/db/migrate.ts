import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './connection.ts'
import { type Migration, migrations as released } from './migrations/index.ts'
import { SCRIPT } from './pglite/dialect.ts'

/** Thrown when the database holds a migration this program does not know, or knows differently. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch'
}

const fingerprint = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex')

/**
 * Brings the database up to this program's schema, one transaction a migration, under a lock so that two starting
 * servers do not race. Safe to stop at any point and run again.
 * @returns the names of the migrations applied now
 */
export async function migrate(
  db: Database,
  options: { readonly upTo?: number; readonly onProgress?: (name: string) => void } = {},
): Promise<string[]> {
  // Under the lock too: "if not exists" alone lets two starting servers both try.
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(7305201)`.execute(trx)
    await sql`create table if not exists migration (
      id integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`.execute(
      trx,
    )
  })
  const applied: string[] = []
  for (const migration of released) {
    if (options.upTo !== undefined && migration.id > options.upTo) break
    const didApply = await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(7305201)`.execute(trx)
      const { rows } = await sql<{
        sha256: string
      }>`select sha256 from migration where id = ${migration.id}`.execute(trx)
      const held = rows[0]
      if (held) {
        if (held.sha256 !== fingerprint(migration)) {
          throw new MigrationMismatch(
            `Migration ${migration.id} (${migration.name}) was applied with other contents. Restore the released file; add a new migration instead of editing one.`,
          )
        }
        return false
      }
      await sql.raw(`${SCRIPT}\n${migration.sql}`).execute(trx)
      await sql`insert into migration (id, name, sha256) values (${migration.id}, ${migration.name}, ${fingerprint(migration)})`.execute(
        trx,
      )
      return true
    })
    if (didApply) {
      applied.push(migration.name)
      options.onProgress?.(migration.name)
    }
  }
  const { rows: unknown } = await sql<{
    id: number
    name: string
  }>`select id, name from migration where id > ${released.at(-1)!.id}`.execute(db)
  if (unknown[0]) {
    throw new MigrationMismatch(
      `The database has migration ${unknown[0].id} (${unknown[0].name}), newer than this program. Run the newer program.`,
    )
  }
  return applied
}
