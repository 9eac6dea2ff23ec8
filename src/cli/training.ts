import { sql } from 'kysely'
import { AuthorityInTheWay, isTrainingAuthorityComplete, loadTrainingAuthority } from '../../demo/load.ts'
import { connect, type Database, type DatabaseLocation } from '../db/connection.ts'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { SharingEnded } from '../db/pglite/guest.ts'
import { type Authority, findAuthority } from '../platform/authority.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT, type Io } from './io.ts'

/** The record is not there to work on, in words for the person who asked. */
class NotReady extends Error {}

export const NO_AUTHORITY =
  'This database holds no authority yet. Set one up first: clearway authority set-up --help.'

/**
 * Brings the record up to this version and, where that is allowed, makes the training authority if it is not wholly there,
 * with its progress on standard error.
 * @returns the authority, when there is one and it is whole
 * @throws AuthorityInTheWay when the database holds something else
 */
export async function prepareRecord(
  owner: Database,
  options: {
    readonly mayMake: boolean
    readonly io: Io
    /** What to say of it, before it is made. */
    readonly announce: () => Promise<string> | string
    readonly onProgress?: (progress: { readonly done: number; readonly doing: string }) => void
  },
): Promise<Authority | undefined> {
  await migrate(owner)
  const there = await findReadyAuthority(owner)
  if (there || !options.mayMake) return there
  const { stderr } = options.io
  stderr.write(`${await options.announce()}\n`)
  await loadTrainingAuthority(owner, {
    onProgress: (progress) => {
      options.onProgress?.(progress)
      stderr.write(`\r${String(Math.round(progress.done * 100)).padStart(3)}% ${progress.doing}`.padEnd(60))
    },
  })
  stderr.write('\n')
  return findReadyAuthority(owner)
}

/** An authority counts once it is wholly there: the training loader says so itself. */
async function findReadyAuthority(db: Database): Promise<Authority | undefined> {
  const authority = await findAuthority(db)
  if (authority?.mode === 'training' && !(await isTrainingAuthorityComplete(db))) return undefined
  return authority
}

const TRIES = 3

/**
 * Runs a command's work on the record the settings name. The embedded training database is brought up to this version and,
 * if need be, made first; when another Clearway has it open, the work takes turns with that one, and is begun again should
 * that one end before anything was answered. On a server nothing is made.
 * @param alone be refused while another Clearway has the embedded database open
 */
export async function withRecord(
  { name, io, alone }: { readonly name: string; readonly io: Io; readonly alone?: boolean },
  work: (db: Database, io: Io) => Promise<number>,
): Promise<number> {
  const location = readConfig(io.env).ownerDatabase
  let hasAnswered = false
  const watched: Io = {
    ...io,
    stdout: {
      write: (text) => {
        hasAnswered = true
        return io.stdout.write(text)
      },
    },
  }
  for (let tried = 1; ; tried++) {
    try {
      const db =
        location.engine === 'embedded'
          ? await openTraining(location.folder, alone ?? false, io)
          : await openServer(location)
      try {
        return await work(db, watched)
      } finally {
        await db.destroy()
      }
    } catch (error) {
      if (error instanceof SharingEnded && !hasAnswered && tried < TRIES) continue
      if (!(error instanceof NotReady || error instanceof SharingEnded)) throw error
      io.stderr.write(`clearway ${name}: ${error.message}\n`)
      return EXIT.failed
    }
  }
}

async function openServer(location: DatabaseLocation): Promise<Database> {
  const db = connect(location)
  try {
    if (!(await hasTable(db, 'authority'))) throw new NotReady(NO_AUTHORITY)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function openTraining(folder: string, alone: boolean, io: Io): Promise<Database> {
  for (;;) {
    let holder: number | undefined
    const db = connect(
      { engine: 'embedded', folder, share: !alone },
      {
        onHeldBy: (pid) => {
          holder = pid
        },
      },
    )
    try {
      await sql`select 1`.execute(db)
      if (holder === undefined) await prepareAlone(db, io)
      else await waitUntilReady(db, holder, io)
      return db
    } catch (error) {
      await db.destroy()
      // Whoever was making it has stopped: it is for us to do.
      if (!(error instanceof SharingEnded)) throw error
    }
  }
}

async function prepareAlone(db: Database, io: Io): Promise<void> {
  try {
    await prepareRecord(db, { mayMake: true, io, announce: () => 'Making the training authority' })
  } catch (error) {
    if (!(error instanceof AuthorityInTheWay)) throw error // the command says what it makes of it
  }
}

const BETWEEN_LOOKS = 500
/** How long the other may take over one migration, and over making the authority. */
const PATIENCE = { migration: 10_000, authority: 600_000 }

/** Another has the record open, and brings it up to its own version and makes the authority: never two at that. */
async function waitUntilReady(db: Database, holder: number, io: Io): Promise<void> {
  const [started, who] = [performance.now(), `The Clearway that has the database open (process ${holder})`]
  let [seen, seenAt, isTold] = [-1, started, false]
  for (;;) {
    const at = await migrationOf(db)
    if (at > migrations.length)
      throw new NotReady(`${who} is of a newer version. Use that one, or stop it first.`)
    if (at === migrations.length && !(await isBeingMade(db))) return
    const now = performance.now()
    if (at !== seen) [seen, seenAt] = [at, now]
    if (at < migrations.length && now - seenAt > PATIENCE.migration)
      throw new NotReady(`${who} is of an older version. Stop it first.`)
    if (now - started > PATIENCE.authority)
      throw new NotReady(`${who} has not finished the training authority. Try again later.`)
    if (!isTold && now - started > BETWEEN_LOOKS) {
      io.stderr.write(`Waiting for process ${holder}, which is making the training authority\n`)
      isTold = true
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS))
  }
}

/** 0 when there is not even a table of them. */
async function migrationOf(db: Database): Promise<number> {
  if (!(await hasTable(db, 'migration'))) return 0
  const { rows } = await sql<{ at: number | null }>`select max(id) as at from migration`.execute(db)
  return rows[0]?.at ?? 0
}

/** Nothing there yet, or half of it. A record with something else in it is not being made into the training authority. */
async function isBeingMade(db: Database): Promise<boolean> {
  const row = await db.selectFrom('authority').select(['mode', 'training_seed']).executeTakeFirst()
  if (!row) return (await db.selectFrom('child').select('id').limit(1).executeTakeFirst()) === undefined
  return row.mode === 'training' && row.training_seed !== null && !(await isTrainingAuthorityComplete(db))
}

async function hasTable(db: Database, name: string): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass(${name}) is not null as there`.execute(db)
  return rows[0]?.there ?? false
}
