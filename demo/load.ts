import { type RawBuilder, sql } from 'kysely'
import type { CaseEventRow } from '../src/db/case-history/index.ts'
import { deadlineColumns, standingFacts, summaryColumns } from '../src/db/case-history/index.ts'
import type { Database } from '../src/db/connection.ts'
import { asOwner, type Trx } from '../src/db/viewer.ts'
import {
  countOpenPlans,
  defaultYear,
  findAssessmentDates,
  findAuthorityName,
  makeTable,
  publish,
  toPublication,
} from '../src/features/assurance/monthly-table/index.ts'
import { date } from '../src/law/index.ts'
import { summariseProcess } from '../src/record/process-summary.ts'
import { writeAdviceInProgress } from './advice-in-progress.ts'
import { type Generated, generateTrainingAuthority, TRAINING_SEED } from './generate.ts'
import { writePlans } from './plans.ts'
import type { ChildRecord } from './rows.ts'
import { settingDoorRows } from './sen-support.ts'
import { writeWhoMaySee } from './who-may-see.ts'

export interface LoadProgress {
  /** 0 to 1. */
  readonly done: number
  readonly doing: string
}

export interface LoadOptions {
  readonly seed?: string
  readonly onProgress?: (progress: LoadProgress) => void
  /** Another authority than the training one: any size, any date (benches). */
  readonly generated?: Generated
}

export interface LoadResult {
  readonly children: number
  readonly events: number
  readonly deadlines: number
  readonly rows: number
  readonly milliseconds: number
}

/** Thrown rather than write over a record that is not a half-made training authority. */
export class AuthorityInTheWay extends Error {
  override readonly name = 'AuthorityInTheWay'
}

/** While the loader is at work the seed carries this mark; only the last step takes it off. */
const LOADING = 'loading:'
const CHILDREN_AT_ONCE = 400

/** Is a training authority here, wholly made? A half-made one (the loader was stopped) does not count. */
export async function isTrainingAuthorityComplete(db: Database): Promise<boolean> {
  const row = await db.selectFrom('authority').select(['mode', 'training_seed']).executeTakeFirst()
  return row?.mode === 'training' && row.training_seed !== null && !row.training_seed.startsWith(LOADING)
}

/**
 * Fills a migrated, empty database with the training authority, as the owner. Stopped half way, it is safe to run
 * again: what was left is cleared first. Deadlines and states are computed by the law from the facts, like any other.
 * @throws AuthorityInTheWay when the database holds anything else
 */
export async function loadTrainingAuthority(db: Database, options: LoadOptions = {}): Promise<LoadResult> {
  const started = performance.now()
  const report = options.onProgress ?? (() => {})
  report({ done: 0, doing: 'Planning the months' })
  await refuseToOverwrite(db)
  const generated = options.generated ?? generateTrainingAuthority(options.seed ?? TRAINING_SEED)
  const total = { rows: 0, children: 0, events: 0, deadlines: 0 }
  await asOwner(db, async (trx) => {
    await unhurried(trx)
    await clear(trx)
    await sql`insert into authority (code, name, ons_code, region, mode, training_today, training_seed)
      values ('838', 'Dorset (training)', 'E06000059', 'South West', 'training', ${generated.asAt}::date, ${LOADING + generated.seed})`.execute(
      trx,
    )
    report({ done: 0.02, doing: 'Schools, teams and people' })
    total.rows += await writeFixed(trx, generated)
  })
  let batch: ChildRecord[] = []
  const flush = async (): Promise<void> => {
    const records = batch
    batch = []
    await asOwner(db, async (trx) => {
      await unhurried(trx)
      const written = await writeChildren(trx, records, generated.asAt)
      total.children += records.length
      total.events += written.events
      total.deadlines += written.deadlines
      total.rows += written.rows
    })
    report({
      done: 0.04 + (0.93 * total.children) / generated.size,
      doing: `${total.children.toLocaleString('en-GB')} of ${generated.size.toLocaleString('en-GB')} children`,
    })
  }
  for (const record of generated.children()) {
    batch.push(record)
    if (batch.length === CHILDREN_AT_ONCE) await flush()
  }
  if (batch.length > 0) await flush()
  report({ done: 0.97, doing: 'Finishing' })
  // Also marks the pages as seen by all, so that an index alone answers.
  await sql`vacuum analyze`.execute(db)
  await asOwner(db, async (trx) => {
    await sql`select setval('case_number', ${generated.size + 1})`.execute(trx)
    total.rows += await writeAdviceInProgress(trx, generated.fixed.accounts, generated.seed, generated.asAt)
    total.rows += await writeWhoMaySee(trx, generated.fixed.accounts, generated.seed)
    total.rows += await writePlans(trx, generated.fixed.accounts, generated.seed, generated.asAt)
    await publishFirst(trx, generated.asAt)
    await sql`update authority set training_seed = ${generated.seed}`.execute(trx)
  })
  report({ done: 1, doing: 'Ready' })
  return { ...total, milliseconds: Math.round(performance.now() - started) }
}

/** The board opens on a table: the one of the last day, published like any other. */
async function publishFirst(trx: Trx, asAt: string): Promise<void> {
  const table = makeTable(
    await findAssessmentDates(trx, asAt, defaultYear(asAt)),
    await findAuthorityName(trx),
    await countOpenPlans(trx, asAt),
    { asAt, convention: 'A', exceptions: 'with', year: defaultYear(asAt) },
  )
  await publish(trx, toPublication(table), null)
}

async function refuseToOverwrite(db: Database): Promise<void> {
  const row = await db.selectFrom('authority').select(['name', 'mode', 'training_seed']).executeTakeFirst()
  if (row?.training_seed?.startsWith(LOADING)) return
  if (row)
    throw new AuthorityInTheWay(`This database already holds ${row.name} (${row.mode}). Nothing was changed.`)
  const child = await db.selectFrom('child').select('id').limit(1).executeTakeFirst()
  if (child)
    throw new AuthorityInTheWay('This database holds children but no authority. Nothing was changed.')
}

/**
 * Empties a training database, history and all, for the loader to start again.
 * @throws AuthorityInTheWay when it is not a training authority: a live record is never emptied
 */
export async function clearTrainingAuthority(db: Database): Promise<void> {
  const row = await db.selectFrom('authority').select('mode').executeTakeFirst()
  if (row?.mode === 'live') throw new AuthorityInTheWay('This is a live authority. Nothing was changed.')
  await asOwner(db, async (trx) => {
    await unhurried(trx)
    await clear(trx)
  })
}

/** What the migrations themselves put in stays: the program is made for it. */
const KEPT = ['migration', 'fact_by_door'] as const

async function clear(trx: Trx): Promise<void> {
  const { rows } = await sql<{ name: string; guarded: boolean }>`
    select relname as name, exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only') as guarded
    from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all (${[...KEPT]}::text[]) order by 1`.execute(
    trx,
  )
  const guarded = rows.filter((row) => row.guarded)
  for (const { name } of guarded)
    await sql`alter table ${sql.table(name)} disable trigger append_only`.execute(trx)
  // The layout of plans that comes with the product is put back: nobody made it, and every plan begins on it.
  const layouts = await trx.selectFrom('plan_template').selectAll().where('made_by', 'is', null).execute()
  await sql`truncate ${sql.join(rows.map((row) => sql.table(row.name)))} restart identity`.execute(trx)
  if (layouts.length > 0)
    await trx
      .insertInto('plan_template')
      .values(layouts.map((layout) => ({ ...layout, content: JSON.stringify(layout.content) })))
      .execute()
  for (const { name } of guarded)
    await sql`alter table ${sql.table(name)} enable trigger append_only`.execute(trx)
}

/** A batch is bigger than a page's query: the server's limit on those is not for it. */
const unhurried = async (trx: Trx): Promise<void> => {
  await sql`set local statement_timeout = 0`.execute(trx)
}

/** One statement for many rows: the column list, with its types, is the only thing that is not data. */
async function insertAll(
  trx: Trx,
  table: string,
  columns: string,
  rows: readonly object[],
  extra?: RawBuilder<unknown>,
): Promise<number> {
  if (rows.length === 0) return 0
  const names = columns.split(', ').map((column) => column.split(' ')[0]!)
  const list = sql.join(names.map((name) => sql.ref(name)))
  const more = extra ?? sql``
  const moreNames = extra === undefined ? sql`` : sql`, seq, previous_hash, hash`
  await sql`insert into ${sql.table(table)} (${list}${moreNames})
    select ${list}${more} from json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.raw(columns)})`.execute(
    trx,
  )
  return rows.length
}

async function writeFixed(trx: Trx, generated: Generated): Promise<number> {
  const { localities, teams, accounts, settings, contactPoints } = generated.fixed
  let rows = 0
  rows += await insertAll(trx, 'locality', 'id text, name text', localities)
  rows += await insertAll(trx, 'team', 'id text, name text, kind text, locality_id text', teams)
  for (let at = 0; at < settings.length; at += 5000)
    rows += await insertAll(
      trx,
      'setting',
      'urn text, la_code text, laestab text, name text, type text, town text, postcode text, easting int, northing int, opened_on date, section_41_from date, section_41_to date, pupils_on_roll int, pupils_with_plan int, source text',
      settings.slice(at, at + 5000),
    )
  rows += await insertAll(
    trx,
    'account',
    'id uuid, name text, email text, door text, role text, job_title text, remit text, team_id text, locality_id text',
    accounts,
  )
  rows += await insertAll(
    trx,
    'account_setting',
    'account_id uuid, setting_urn text, manages_people bool, from_on date',
    accounts
      .filter(({ setting_urn }) => setting_urn !== null)
      .map(({ id, setting_urn }) => ({
        account_id: id,
        setting_urn,
        manages_people: true,
        from_on: '2018-01-01',
      })),
  )
  rows += await insertAll(
    trx,
    'authority_setting',
    'key text, value jsonb, valid_from date, why text',
    contactPoints,
  )
  return rows + (await writeSettingDoor(trx, generated))
}

/** What settings and health keep before any plan: nothing of it is counted in any figure. */
async function writeSettingDoor(trx: Trx, generated: Generated): Promise<number> {
  const made = settingDoorRows(generated.seed, generated.fixed.accounts)
  let rows = 0
  rows += await insertAll(
    trx,
    'pupil',
    'id uuid, setting_urn text, given_name text, family_name text, date_of_birth date, parent_name text, support_from date, recorded_by uuid, recorded_on date',
    made.pupils,
  )
  const round =
    'id uuid, pupil_id uuid, number int, need_types text[], needs text, child_views text, parent_views text, started_on date, outcomes jsonb, provision jsonb, review_on date, updated_by uuid'
  rows += await insertAll(
    trx,
    'support_cycle',
    `${round}, reviewed_on date, effect text, next_step text`,
    made.cycles,
  )
  rows += await insertAll(
    trx,
    'support_meeting',
    'id uuid, pupil_id uuid, met_on date, who text, said text, recorded_by uuid',
    made.meetings,
  )
  rows += await insertAll(
    trx,
    'specialist_question',
    'id uuid, pupil_id uuid, setting_urn text, locality_id text, specialist text, child_name text, date_of_birth date, question text, tried text, parent_agreed_on date, asked_by uuid, asked_on date, reply_by date',
    made.questions,
  )
  rows += await insertAll(
    trx,
    'specialist_answer',
    'question_id uuid, answer text, answered_for text, answered_by uuid, answered_on date',
    made.answers,
  )
  rows += await insertAll(
    trx,
    'early_notice',
    'id uuid, body text, opinion text, given_name text, family_name text, date_of_birth date, locality_id text, parent_name text, told_parent_on date, discussed text, discussed_on date, organisations text, recorded_by uuid, recorded_on date',
    made.notices,
  )
  return rows
}

async function writeChildren(
  trx: Trx,
  records: readonly ChildRecord[],
  asAt: string,
): Promise<{ rows: number; events: number; deadlines: number }> {
  const today = date(asAt)
  const processes: object[] = []
  const deadlines: object[] = []
  for (const record of records) {
    const facts = standingFacts(
      record.events.map((event, index): CaseEventRow => ({ ...event, seq: index + 1 })),
    )
    for (const process of record.processes) {
      const summary = summariseProcess(process.kind, process.id, facts, today)
      processes.push({ ...process, ...summaryColumns(summary) })
      deadlines.push(...deadlineColumns(process.id, record.child.id, summary))
    }
  }
  const events = records.flatMap((record) => record.events)
  let rows = 0
  rows += await insertAll(
    trx,
    'child',
    'id uuid, reference text, given_name text, family_name text, known_as text, name_key text, date_of_birth date, sex text, ethnicity text, first_language text, interpreter text, upn text, nhs_number text, address_line text, town text, postcode text, locality_id text, setting_urn text, primary_need text, registered_on date',
    records.map((record) => record.child),
  )
  rows += await insertAll(
    trx,
    'contact',
    'id uuid, name text, email text, phone text, address_line text, town text, postcode text, prefers text, account_id uuid',
    records.flatMap((record) => record.contacts),
  )
  rows += await insertAll(
    trx,
    'child_contact',
    'id uuid, child_id uuid, contact_id uuid, relationship text, parental_responsibility bool, lives_with bool, restricted bool, restriction_note text, from_on date',
    records.flatMap((record) => record.childContacts),
  )
  rows += await insertAll(
    trx,
    'process',
    'id uuid, reference text, child_id uuid, kind text, opened_on date, source text, assigned_to uuid, locality_id text, setting_urn text, state text, closed_on date, next_rule text, next_about text, next_due_on date, next_actor text, work_left_days int, risk_on date, overdue_since date, has_exception bool',
    processes,
  )
  // The database itself numbers and chains each line.
  rows += await insertAll(
    trx,
    'case_event',
    'id uuid, child_id uuid, process_id uuid, kind text, happened_on date, recorded_on date, recorded_at timestamptz, recorded_by uuid, on_behalf_of text, payload jsonb, supersedes uuid, why text',
    events,
    sql`, 0, ''::bytea, ''::bytea`,
  )
  rows += await insertAll(
    trx,
    'advice_request',
    'id uuid, process_id uuid, child_id uuid, head text, adviser text, adviser_account uuid, setting_urn text, asked_on date, received_on date, nothing_to_report bool, last_chased_on date, chases int',
    records.flatMap((record) => record.advice),
  )
  rows += await insertAll(
    trx,
    'exception_claim',
    'id uuid, process_id uuid, child_id uuid, event_id uuid, ground text, impractical_because text, evidence text, limits text[], claimed_on date, claimed_by uuid, state text, decided_by uuid, decided_on date',
    records.flatMap((record) => record.exceptions),
  )
  rows += await insertAll(
    trx,
    'deadline',
    'process_id uuid, child_id uuid, rule text, occurrence int, rule_version date, about text, display text, actor text, started_on date, due_on date, done_on date, state text, lifted bool, start_event uuid, done_event uuid',
    deadlines,
  )
  return { rows, events: events.length, deadlines: deadlines.length }
}
