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

/** Thrown when the site was given a login that could change history or see past the second wall. */
export class UnsafeLogin extends Error {
  override readonly name = 'UnsafeLogin'
}

/**
 * Makes sure that the login pages run under is a member of clearway_app and no more: no superuser, no BYPASSRLS, owner of
 * nothing here and no member of whoever is. For a server to call before it listens.
 * @throws UnsafeLogin
 */
export async function requireApplicationLogin(trx: Trx): Promise<void> {
  const { rows } = await sql<{ strong: boolean; owns: boolean; member: boolean }>`
    select (select rolsuper or rolbypassrls from pg_roles where rolname = session_user) as strong,
      exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_has_role(session_user, relowner, 'member')) as owns,
      pg_has_role(session_user, 'clearway_app', 'member') as member`.execute(trx)
  const { strong, owns, member } = rows[0]!
  if (strong || owns) {
    throw new UnsafeLogin(
      'The login in DATABASE_URL owns the record or may see past its walls. Give the site a login that is only a member of clearway_app: see docs/how-to/run-live.md.',
    )
  }
  if (!member)
    throw new UnsafeLogin(
      'The login in DATABASE_URL is not a member of clearway_app: see docs/how-to/run-live.md.',
    )
}
