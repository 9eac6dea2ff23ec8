import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/connection.ts'
import { requireOwner } from '../db/integrity/index.ts'
import { asOwner } from '../db/viewer.ts'
import { EXIT, type Io } from './io.ts'
import { withRecord } from './training.ts'

const HELP = `Usage: clearway sign-in rules [FILE --why TEXT [--from YYYY-MM-DD]]
       clearway sign-in end (EMAIL | --all)

  rules        with no file: print the rules by which the provider's claims give roles, and from when. With a JSON file: set
               them from a day (today if left out). docs/how-to/sign-in.md shows the file.
  end          end every session of one address, or of everybody.

Uses OWNER_DATABASE_URL: whoever sets the rules gives out roles.
`

const DOOR_OF: Readonly<Record<string, 'staff' | 'board' | 'professional'>> = {
  'plan-coordinator': 'staff',
  'locality-head': 'staff',
  'send-manager': 'staff',
  'qa-lead': 'staff',
  'data-officer': 'staff',
  administrator: 'staff',
  'board-member': 'board',
  'educational-psychologist': 'professional',
  'social-worker': 'professional',
  'head-of-service': 'professional',
  'health-lead': 'professional',
  'health-professional': 'professional',
}

const rule = z
  .strictObject({
    claim: z.string().min(1),
    is: z.string().min(1),
    /** A council's own psychologists and social workers have its accounts too. */
    door: z.enum(['staff', 'board', 'professional']).default('staff'),
    role: z.enum([
      'plan-coordinator',
      'locality-head',
      'send-manager',
      'qa-lead',
      'data-officer',
      'administrator',
      'board-member',
      'educational-psychologist',
      'social-worker',
      'head-of-service',
      'health-lead',
      'health-professional',
    ]),
    remit: z.enum(['authority', 'locality', 'relationships', 'none']),
    locality: z.string().optional(),
    team: z.string().optional(),
    jobTitle: z.string().optional(),
  })
  .refine((one) => one.remit !== 'locality' || one.locality !== undefined, 'a remit of a locality names it')
  .refine((one) => DOOR_OF[one.role] === one.door, 'the role does not come by that door')
  .refine((one) => one.door !== 'board' || one.remit === 'none', 'a board member has no remit')
  .refine(
    (one) => one.role !== 'administrator' || one.remit === 'none',
    'an administrator has no remit: they reach no child',
  )
const rulesFile = z.strictObject({ rules: z.array(rule).min(1) })

/** `clearway sign-in` */
export async function runSignIn(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      all: { type: 'boolean' },
      from: { type: 'string' },
      why: { type: 'string' },
    },
  })
  const [what, given, ...more] = positionals
  const isUsable =
    more.length === 0 &&
    ((what === 'rules' && (given === undefined || values.why !== undefined)) ||
      (what === 'end' && (given !== undefined) !== (values.all === true)))
  if (values.help || !isUsable) {
    ;(values.help ? io.stdout : io.stderr).write(HELP)
    return values.help ? EXIT.done : EXIT.failed
  }
  const from = values.from ?? io.today
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from)) {
    io.stderr.write('clearway sign-in: --from must be a day such as 2026-12-01.\n')
    return EXIT.failed
  }
  return withRecord({ name: 'sign-in', io, alone: false }, async (owner, io) => {
    await asOwner(owner, requireOwner)
    if (what === 'end') return endSessions(owner, given, io)
    return given === undefined
      ? printRules(owner, io)
      : setRules(owner, { file: given, from, why: values.why! }, io)
  })
}

/** Ends every session of an address, or (without one) of everybody. */
export async function endSessions(owner: Database, email: string | undefined, io: Io): Promise<number> {
  const ended = await owner
    .updateTable('session')
    .set({ ended_at: sql`now()`, sign_out_hint: null, notice: null })
    .where('ended_at', 'is', null)
    .$if(email !== undefined, (query) =>
      query.where('account_id', 'in', (accounts) =>
        accounts.selectFrom('account').select('id').where(sql`lower(email)`, '=', email!.toLowerCase()),
      ),
    )
    .executeTakeFirst()
  io.stdout.write(`Ended ${ended.numUpdatedRows} sessions.\n`)
  return EXIT.done
}

/** Prints every list of rules that was set, newest first. */
export async function printRules(owner: Database, io: Io): Promise<number> {
  const held = await owner
    .selectFrom('authority_setting')
    .select(['value', 'valid_from', 'why'])
    .where('key', '=', 'sign-in.claims')
    .orderBy('id', 'desc')
    .execute()
  if (held.length === 0)
    io.stdout.write('No rules are set: nobody has a role by the provider of the staff.\n')
  for (const one of held)
    io.stdout.write(`From ${one.valid_from}: ${one.why}\n${JSON.stringify(one.value, null, 2)}\n`)
  return EXIT.done
}

/** Sets the rules of a file from a day, if it is one. */
export async function setRules(
  owner: Database,
  given: { readonly file: string; readonly from: string; readonly why: string },
  io: Io,
): Promise<number> {
  const parsed = rulesFile.safeParse(JSON.parse(readFileSync(given.file, 'utf8')))
  if (!parsed.success) {
    io.stderr.write(
      `clearway sign-in: ${given.file} is not a list of rules:\n${z.prettifyError(parsed.error)}\n`,
    )
    return EXIT.failed
  }
  await owner
    .insertInto('authority_setting')
    .values({
      key: 'sign-in.claims',
      value: JSON.stringify(parsed.data),
      valid_from: given.from,
      why: given.why,
    })
    .execute()
  io.stdout.write(`${parsed.data.rules.length} rules hold from ${given.from}.\n`)
  return EXIT.done
}
