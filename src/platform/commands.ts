import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../db/connection.ts'
import { asViewer, type Viewer } from '../db/viewer.ts'
import { NotTheirs, relationshipsTo, writeAccess } from './relationships.ts'
import type { CommandResult, CommandWork, SignedIn } from './routes.ts'

/** Thrown inside a transaction to roll it back while keeping the plain-English refusal. */
class Refused extends Error {
  readonly result: CommandResult
  constructor(result: CommandResult) {
    super('refused')
    this.result = result
  }
}

export const fingerprintOf = (fields: Readonly<Record<string, string | readonly string[]>>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

interface Command {
  readonly name: string
  readonly key: string
  readonly fingerprint: string
  /** Who sends it; nobody before sign-in, and then no child is changed. */
  readonly by: SignedIn | undefined
}

/** Two commands met, and the database rolled this one back whole: a deadlock, or a snapshot overtaken. */
const hasMetAnother = (error: unknown): boolean =>
  ['40P01', '40001'].includes(String((error as { code?: unknown } | null)?.code))

/**
 * Runs a command in one transaction, once for its key. Posting the same form again returns the first result;
 * using the key for something else is refused. A refusal rolls everything back. One that met another is run once more:
 * nothing of it stood, and its key lets it be recorded only once.
 */
export async function runCommand(
  db: Database,
  viewer: Viewer,
  command: Command,
  work: CommandWork,
): Promise<CommandResult> {
  try {
    return await runOnce(db, viewer, command, work)
  } catch (error) {
    if (!hasMetAnother(error)) throw error
    return runOnce(db, viewer, command, work)
  }
}

async function runOnce(
  db: Database,
  viewer: Viewer,
  command: Command,
  work: CommandWork,
): Promise<CommandResult> {
  try {
    return await asViewer(db, viewer, async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${viewer.accountId + command.key}, 7))`.execute(
        trx,
      )
      const before = await trx
        .selectFrom('command')
        .select(['name', 'fingerprint', 'result'])
        .where('account_id', '=', viewer.accountId)
        .where('key', '=', command.key)
        .executeTakeFirst()
      if (before) {
        if (before.name === command.name && before.fingerprint === command.fingerprint)
          return before.result as CommandResult
        return {
          ok: false,
          errors: [
            {
              field: '',
              text: 'This form was already used. What was recorded then still stands: open the case to see it, then start again.',
            },
          ],
        }
      }
      const changed = new Set<string>()
      const held = new Map<string, string>()
      const { by } = command
      const result = await work(
        trx,
        (childId) => changed.add(childId),
        async (childId) => {
          if (!by) throw new NotTheirs([childId], command.name)
          const found = (await relationshipsTo(trx, by, [childId], viewer.today)).get(childId)
          if (found === undefined) throw new NotTheirs([childId], command.name)
          held.set(childId, found)
        },
      )
      if (!result.ok) throw new Refused(result)
      await trx
        .insertInto('command')
        .values({
          key: command.key,
          account_id: viewer.accountId,
          name: command.name,
          fingerprint: command.fingerprint,
          result: JSON.stringify(result),
        })
        .execute()
      if (changed.size > 0) {
        if (!by) throw new NotTheirs([...changed], command.name)
        const { today } = viewer
        await writeAccess(trx, by, {
          childIds: changed,
          what: command.name,
          outcome: 'changed',
          today,
          before: held,
        })
      }
      return result
    })
  } catch (error) {
    if (error instanceof Refused) return error.result
    throw error
  }
}
