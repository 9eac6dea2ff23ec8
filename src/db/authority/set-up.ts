import { sql } from 'kysely'
import type { Database } from '../connection.ts'
import { requireOwner } from '../integrity/index.ts'
import { asOwner, SYSTEM_ACCOUNT, type Trx } from '../viewer.ts'
import type { EnglishAuthority } from './english-authorities.ts'
import { readSettings } from './settings.ts'

export interface SetUp {
  readonly authority: EnglishAuthority
  /** What the council calls itself, where the list's name is not it. */
  readonly name?: string | undefined
  readonly mode: 'live' | 'training'
  /** The day it is set up; a training authority starts on it. */
  readonly today: string
}

export interface SetUpResult {
  /** Was it there already, just so? Then nothing was written. */
  readonly wasThere: boolean
  readonly name: string
  readonly settings: number
}

/** Why the record was left as it is, in words for whoever asked. */
export class NotSetUp extends Error {
  override readonly name = 'NotSetUp'
}

/** Marks a training authority that was set up empty: the loader of invented children leaves it alone. */
const EMPTY_SEED = 'set up empty'
const AT_ONCE = 5000

/**
 * Writes the authority's own row, the system account and the settings of the open data in an empty, migrated record, in one
 * transaction. Run again with the same values it changes nothing.
 * @throws NotSetUp when another authority, or anything else, is already there
 */
export function setUpAuthority(owner: Database, given: SetUp): Promise<SetUpResult> {
  const name = given.name ?? given.authority.name
  return asOwner(owner, async (trx) => {
    await requireOwner(trx)
    // Two at once take turns: the second finds what the first made.
    await sql`lock table authority in share row exclusive mode`.execute(trx)
    if (await isThereAlready(trx, given, name))
      return { wasThere: true, name, settings: await countSettings(trx) }
    await refuseUnlessEmpty(trx)
    await trx
      .insertInto('authority')
      .values({
        code: given.authority.code,
        name,
        ons_code: given.authority.onsCode,
        region: given.authority.region,
        mode: given.mode,
        ...(given.mode === 'training' ? { training_today: given.today, training_seed: EMPTY_SEED } : {}),
      })
      .execute()
    await trx
      .insertInto('account')
      .values({
        id: SYSTEM_ACCOUNT,
        name: 'Clearway',
        // Nobody signs in by it: the domain is one that can never exist (RFC 2606).
        email: 'system@clearway.invalid',
        door: 'system',
        role: 'system',
        job_title: 'The system itself',
        remit: 'none',
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    return { wasThere: false, name, settings: await writeSettings(trx) }
  })
}

async function isThereAlready(trx: Trx, given: SetUp, name: string): Promise<boolean> {
  const there = await trx.selectFrom('authority').select(['code', 'name', 'mode']).executeTakeFirst()
  if (!there) return false
  if (there.code === given.authority.code && there.name === name && there.mode === given.mode) return true
  throw new NotSetUp(
    `This database already holds ${there.name} (${there.code}, ${there.mode}). Nothing was changed: one database holds one authority.`,
  )
}

async function refuseUnlessEmpty(trx: Trx): Promise<void> {
  const { rows } = await sql<{ children: boolean; people: boolean }>`
    select exists (select from child) as children, exists (select from account where id <> ${SYSTEM_ACCOUNT}) as people`.execute(
    trx,
  )
  const { children, people } = rows[0]!
  if (children || people)
    throw new NotSetUp(
      `This database holds ${children ? 'children' : 'accounts'} but no authority. Nothing was changed: give an empty one.`,
    )
}

const countSettings = async (trx: Trx): Promise<number> =>
  Number((await trx.selectFrom('setting').select(trx.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)

async function writeSettings(trx: Trx): Promise<number> {
  await sql`set local statement_timeout = 0`.execute(trx)
  const settings = readSettings()
  for (let at = 0; at < settings.length; at += AT_ONCE)
    await sql`insert into setting (urn, la_code, laestab, name, type, town, postcode, easting, northing, opened_on,
        section_41_from, section_41_to, pupils_on_roll, pupils_with_plan, source)
      select * from json_to_recordset(${JSON.stringify(settings.slice(at, at + AT_ONCE))}::json) as given (urn text, la_code text,
        laestab text, name text, type text, town text, postcode text, easting int, northing int, opened_on date,
        section_41_from date, section_41_to date, pupils_on_roll int, pupils_with_plan int, source text)
      on conflict (urn) do nothing`.execute(trx)
  return settings.length
}
