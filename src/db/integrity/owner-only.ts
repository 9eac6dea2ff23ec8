import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'

/** Thrown when a whole-record command runs under a login that sees only part of the record. */
export class NotTheOwner extends Error {
  override readonly name = 'NotTheOwner'
}

/**
 * Makes sure that this login owns every table. Under row-level security any other login would read an empty record
 * without an error, and an empty backup would look like a good one.
 * @throws NotTheOwner
 */
export async function requireOwner(trx: Trx): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    select c.relname as table from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
      or (pg_get_userbyid(c.relowner) = current_user and (not c.relforcerowsecurity or exists (
        select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*'
          and c.relowner = any (p.polroles) and pg_get_expr(p.polqual, c.oid) = 'true'))))
    order by 1`.execute(trx)
  if (rows[0]) {
    throw new NotTheOwner(
      `This login does not own all of the record (table ${rows[0].table}) and would see only part of it. Use the owner's login: set OWNER_DATABASE_URL.`,
    )
  }
}
