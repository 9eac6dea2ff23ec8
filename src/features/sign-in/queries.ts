import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
  readonly door: string
  readonly role: string
  readonly place: string | null
}

/** The training authority's invented people, by job; the database names nobody in a live one. */
export async function findPeople(db: Database): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select id, name, job_title as "jobTitle", door, role, place from training_people() order by job_title, name`.execute(
    db,
  )
  return rows
}
