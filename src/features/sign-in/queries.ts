import type { Database } from '../../db/connection.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
  readonly door: string
  readonly role: string
  readonly place: string | null
}

/** The training authority's invented people, by door. */
export async function findPeople(db: Database): Promise<Person[]> {
  const rows = await db
    .selectFrom('account')
    .leftJoin('locality', 'locality.id', 'account.locality_id')
    .leftJoin('setting', 'setting.urn', 'account.setting_urn')
    .select([
      'account.id',
      'account.name',
      'job_title',
      'door',
      'role',
      'locality.name as locality',
      'setting.name as setting',
    ])
    .where('door', '<>', 'system')
    .where('active_to', 'is', null)
    .orderBy('job_title')
    .orderBy('account.name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    jobTitle: row.job_title,
    door: row.door,
    role: row.role,
    place: row.locality ?? row.setting,
  }))
}
