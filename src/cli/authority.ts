import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import {
  describeAuthority,
  type EnglishAuthority,
  findEnglishAuthority,
  likelyAuthorities,
  NotSetUp,
  setUpAuthority,
} from '../db/authority/index.ts'
import { connect, type Database } from '../db/connection.ts'
import { NotTheOwner, requireOwner } from '../db/integrity/index.ts'
import { migrations } from '../db/migrations/index.ts'
import { asOwner } from '../db/viewer.ts'
import { CONTACT_POINTS, loadContactPoints } from '../documents/letters/contact-points.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT, type Io } from './io.ts'

const HELP = `Usage: clearway authority set-up --code CODE --mode live|training [--name TEXT]
       clearway authority show

  set-up  in an empty, migrated database: write the authority's own row, the system account, and the schools and colleges of
          the open data. No child, no person, no locality and no address is made up. Run again with the same values, it
          changes nothing.
  show    print which authority this database holds, and what is still to be set up

  --code CODE   the authority's code at the Department for Education, three digits
  --name TEXT   what the council calls itself on pages and letters; left out, its name in the list of 153
  --mode MODE   live: real records, on a PostgreSQL server only. training: an empty authority to practise on

Uses OWNER_DATABASE_URL (or DATABASE_URL). What comes after: docs/how-to/set-up-an-authority.md.
Exit codes: 0 set up (or already so), 1 could not be done.
`

/** `clearway authority` */
export async function runAuthority(args: string[], io: Io): Promise<number> {
  const asked = readArguments(args)
  if (asked === 'help') {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const refuse = (why: string): number => {
    io.stderr.write(`clearway authority: ${why}\n`)
    return EXIT.failed
  }
  if (typeof asked === 'string') return refuse(`${asked}\n\n${HELP}`)
  const authority = asked.what === 'show' ? undefined : findEnglishAuthority(asked.code)
  if (asked.what === 'set-up' && !authority) return refuse(unknownCode(asked.code))
  const location = readConfig(io.env).ownerDatabase
  if (asked.what === 'set-up' && asked.mode === 'live' && location.engine === 'embedded')
    return refuse(
      'a live authority needs a PostgreSQL server: set OWNER_DATABASE_URL and DATABASE_URL. The embedded database never syncs to disk.',
    )
  const owner = connect(location)
  try {
    if (!(await isUpToDate(owner)))
      return refuse('this database is not of this version: run clearway migrate first.')
    return asked.what === 'show'
      ? await show(owner, io)
      : await setUp(owner, { ...asked, authority: authority! }, io)
  } catch (error) {
    if (!(error instanceof NotSetUp || error instanceof NotTheOwner)) throw error
    return refuse(error.message)
  } finally {
    await owner.destroy()
  }
}

type Asked =
  | { readonly what: 'show' }
  | {
      readonly what: 'set-up'
      readonly code: string
      readonly name: string | undefined
      readonly mode: 'live' | 'training'
    }

function readArguments(args: string[]): Asked | 'help' | (string & {}) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        code: { type: 'string' },
        name: { type: 'string' },
        mode: { type: 'string' },
      },
    })
    if (values.help) return 'help'
    const [what, ...more] = positionals
    if ((what !== 'set-up' && what !== 'show') || more.length > 0) return 'say set-up or show'
    if (what === 'show') return { what }
    const { mode } = values
    if (!values.code) return '--code is needed: the three digits of the Department for Education'
    if (mode !== 'live' && mode !== 'training') return '--mode is needed: live or training'
    const name = values.name?.trim()
    if (name === '') return '--name needs a text'
    return { what, code: values.code.trim(), name, mode }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function unknownCode(code: string): string {
  const likely = likelyAuthorities(code)
  const named = (one: EnglishAuthority): string => `  ${one.code}  ${one.name}`
  return `there is no English authority of code "${code}".${
    likely.length > 0 ? ` Did you mean:\n${likely.map(named).join('\n')}` : ''
  }`
}

async function isUpToDate(owner: Database): Promise<boolean> {
  await asOwner(owner, requireOwner)
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('migration') is not null as there`.execute(owner)
  if (!rows[0]?.there) return false
  const { rows: found } = await sql<{ at: number | null }>`select max(id) as at from migration`.execute(owner)
  return found[0]?.at === migrations.at(-1)!.id
}

async function setUp(
  owner: Database,
  asked: {
    readonly authority: EnglishAuthority
    readonly name: string | undefined
    readonly mode: 'live' | 'training'
  },
  io: Io,
): Promise<number> {
  const { authority, name, mode } = asked
  const made = await setUpAuthority(owner, { authority, name, mode, today: io.today })
  io.stdout.write(
    made.wasThere
      ? `${made.name} (${authority.code}, ${mode}) is set up already. Nothing was changed.\n`
      : `Set up ${made.name} (${authority.code}, ${authority.onsCode}, ${authority.region}), ${mode}, with ${made.settings.toLocaleString('en-GB')} schools and colleges.\n`,
  )
  io.stdout.write('Next: clearway authority show says what is still to do.\n')
  return EXIT.done
}

async function show(owner: Database, io: Io): Promise<number> {
  const state = await describeAuthority(owner, io.today)
  if (!state) {
    io.stderr.write(
      'clearway authority: this database holds no authority yet. See clearway authority --help.\n',
    )
    return EXIT.failed
  }
  const { missing } = await asOwner(owner, (trx) => loadContactPoints(trx, io.today))
  const count = (number: number): string => number.toLocaleString('en-GB')
  const toDo = [
    ...(state.has_sign_in_rules
      ? []
      : ['rules by which the staff’s provider gives roles: clearway sign-in rules']),
    ...(state.administrators > 0 ? [] : ['a first administrator: nobody with that role has signed in yet']),
    ...(state.localities > 0 ? [] : ['localities, if the council works by them']),
    ...(state.teams > 0 ? [] : ['teams']),
    ...missing.map((key) => `${CONTACT_POINTS[key]}: letters that must name it cannot be sent`),
  ]
  io.stdout.write(
    `${state.name} (${state.code}, ${state.ons_code}, ${state.region}), ${state.mode}
${count(state.settings)} schools and colleges, ${count(state.localities)} localities, ${count(state.teams)} teams, ${count(state.people)} accounts, ${count(state.children)} children
${toDo.length === 0 ? 'Nothing is left to set up.' : `Still to do:\n${toDo.map((one) => `  ${one}`).join('\n')}`}
`,
  )
  return EXIT.done
}
