import type { Database } from '../db/connection.ts'

/** The authority whose site this is. */
export interface Authority {
  readonly code: string
  readonly name: string
  readonly mode: 'training' | 'live'
}

/** Reads the authority; undefined in a database that has none yet. It changes only by set-up, so callers may keep it. */
export async function findAuthority(db: Database): Promise<Authority | undefined> {
  const row = await db.selectFrom('authority').select(['code', 'name', 'mode']).executeTakeFirst()
  return row && { code: row.code, name: row.name, mode: row.mode === 'live' ? 'live' : 'training' }
}
