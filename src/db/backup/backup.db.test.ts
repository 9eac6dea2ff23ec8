import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sealAccessLog } from '../access-seal/index.ts'
import { verifyRecord } from '../integrity/index.ts'
import { migrations } from '../migrations/index.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { fillHistories } from '../testing/histories.ts'
import { chances } from '../testing/seeded.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../testing/story-authority.ts'
import { asOwner, asViewer, type Trx } from '../viewer.ts'
import type { TableTotal } from './format.ts'
import {
  type BackupReport,
  BadBackup,
  CannotRestore,
  checkBackup,
  NOT_BACKED_UP,
  restoreBackup,
  takeBackup,
} from './index.ts'
import { sequencesOf, tablesOf } from './schema.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clearway-backup-'))
const opened: FreshRecord[] = []
const open = async (options: Parameters<typeof freshRecord>[0] = {}): Promise<FreshRecord> => {
  const record = await freshRecord(options)
  opened.push(record)
  return record
}
let backups = 0
const nextFile = (): string => path.join(folder, `${++backups}.backup`)

let source: FreshRecord
let file: string
let taken: BackupReport

/** Texts that a careless format would bend. */
const HARD = [
  'NULL',
  'null',
  '',
  '\\N',
  '\\\\x00',
  "it's",
  '"quoted"',
  'tab\tnew\nline\r',
  '\u2028\u2029\u0085',
  'naïve 𝄞 ✓',
  '{"a":1}',
  '[',
  '\u001f',
  'a'.repeat(70_000),
]

beforeAll(async () => {
  source = await freshRecord()
  await makeStoryAuthority(source.owner)
  await fillHistories(source.owner, { children: 40, linesEach: 30, accessLines: 500 })
  const child = await source.owner
    .selectFrom('child')
    .select('id')
    .orderBy('reference')
    .executeTakeFirstOrThrow()
  for (const text of HARD) {
    await sql`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, payload, why, on_behalf_of, seq, previous_hash, hash)
      values (${child.id}, 'note_added', '2026-02-28', '2026-03-01', ${STORY_PEOPLE.coordinator.id}, ${JSON.stringify({ text, list: [text, null, 1.5, 1e30, -0.1] })}, ${text}, ${text}, 0, '', '')`.execute(
      source.owner,
    )
  }
  await sql`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, payload, supersedes, why, seq, previous_hash, hash)
    select child_id, 'note_added', '2024-02-29', '2026-03-01', recorded_by, 'null', id, 'mistake', 0, '', '' from case_event order by child_id, seq limit 1`.execute(
    source.owner,
  )
  await sql`insert into authority_setting (key, value, valid_from, why) values ('odd', 'null', '2026-01-01', 'JSON null is not SQL null'), ('list', '[1, {"a": null}]', '2026-01-01', 'x')`.execute(
    source.owner,
  )
  await sql`insert into command (key, account_id, name, fingerprint, result) values ('k', ${STORY_PEOPLE.coordinator.id}, 'n', 'f', '{"ok": true}')`.execute(
    source.owner,
  )
  await sql`insert into session (token_hash, account_id, csrf_secret) values ('\\x01', ${STORY_PEOPLE.coordinator.id}, 's')`.execute(
    source.owner,
  )
  await sql`select nextval('case_number') from generate_series(1, 41)`.execute(source.owner)
  await sealAccessLog(source.owner)
  await sql`insert into access_log (account_id, what, relationship) values (${STORY_PEOPLE.manager.id}, 'looked', 'send-manager')`.execute(
    source.owner,
  )
  file = nextFile()
  taken = await takeBackup(source.owner, file)
})

afterEach(async () => {
  for (const record of opened.splice(0)) await record.close()
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})

/** What a record holds, by the digests of a backup of it. */
async function contentsOf(record: FreshRecord): Promise<unknown> {
  const { trailer } = await takeBackup(record.owner, nextFile())
  return { tables: trailer.tables, sequences: trailer.sequences, anchor: trailer.anchor }
}
const same = (): unknown => ({
  tables: taken.trailer.tables,
  sequences: taken.trailer.sequences,
  anchor: taken.trailer.anchor,
})

const damaged = (change: (bytes: Buffer) => Buffer): string => {
  const name = nextFile()
  writeFileSync(name, change(readFileSync(file)))
  return name
}
const rewritten = (change: (text: string) => string): string =>
  damaged((bytes) => gzipSync(change(gunzipSync(bytes).toString('utf8'))))

/** A backup as an older program made it: this one no longer reads that version's record. */
async function writtenByHand(trx: Trx): Promise<string> {
  const sha = (lines: readonly string[]): string =>
    createHash('sha256')
      .update(lines.map((line) => `${line}\n`).join(''))
      .digest('hex')
  const { rows: applied } = await sql`select id, name, sha256 from migration order by id`.execute(trx)
  const lines = [
    JSON.stringify({
      format: 'clearway-backup',
      version: 1,
      takenAt: '2026-01-01T00:00:00Z',
      authority: null,
      server: '15',
      migrations: applied,
    }),
  ]
  const totals: TableTotal[] = []
  for (const table of await tablesOf(trx)) {
    const texts = sql.join(table.columns.map(({ name }) => sql`${sql.ref(name)}::text`))
    const { rows } = await sql<{
      line: string
    }>`select json_build_array(${texts})::text as line from ${sql.table(table.table)}`.execute(trx)
    const held = rows.map(({ line }) => line)
    lines.push(JSON.stringify(table), ...held)
    totals.push({ table: table.table, rows: held.length, sha256: sha(held) })
  }
  const anchor = { children: 0, rows: 0, heads: '', seals: 0, lastSeal: null }
  lines.push(
    JSON.stringify({
      end: true,
      tables: totals,
      sequences: await sequencesOf(trx),
      anchor,
      sha256: sha(lines),
    }),
  )
  const name = nextFile()
  writeFileSync(name, gzipSync(lines.map((line) => `${line}\n`).join('')))
  return name
}

describe('a backup', () => {
  test('holds every table of the schema but those named with a reason', async () => {
    const { rows } = await sql<{
      table: string
    }>`select relname as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(
      source.owner,
    )
    expect(taken.trailer.tables.map(({ table }) => table).sort()).toEqual(
      rows
        .map(({ table }) => table)
        .filter((table) => !Object.hasOwn(NOT_BACKED_UP, table))
        .sort(),
    )
    expect(taken.trailer.tables.find(({ table }) => table === 'case_event')!.rows).toBe(
      40 * 30 + HARD.length + 1,
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('is proved whole by reading it', async () => {
    expect((await checkBackup(file)).trailer).toEqual(taken.trailer)
  })

  test('never takes the place of another', async () => {
    await expect(takeBackup(source.owner, file)).rejects.toThrow(BadBackup)
    expect((await checkBackup(file)).trailer).toEqual(taken.trailer)
  })

  test('is not taken of a broken record', async () => {
    const broken = await open()
    await makeStoryAuthority(broken.owner)
    await fillHistories(broken.owner, { children: 1, linesEach: 3 })
    await sql`alter table case_event disable trigger append_only`.execute(broken.owner)
    await sql`update case_event set happened_on = happened_on - 1 where seq = 2`.execute(broken.owner)
    const never = nextFile()
    await expect(takeBackup(broken.owner, never)).rejects.toThrow('broken')
    expect(existsSync(never)).toBe(false)
  })

  test('is not taken by a login that would see nothing', async () => {
    if (source.engine === 'embedded') return
    const never = nextFile()
    await expect(takeBackup(source.db, never)).rejects.toThrow(/owner|permission denied/)
    expect(existsSync(never)).toBe(false)
  })
})

describe('a restore', () => {
  test('makes the same record in an empty database: rows, hashes, seals, numbers', async () => {
    const target = await open({ upTo: 0 })
    const report = await restoreBackup(target.owner, file, { engine: target.engine })
    expect(report.verified.ok).toBe(true)
    expect(await contentsOf(target)).toEqual(same())
    expect(await target.owner.selectFrom('session').selectAll().execute()).toEqual([])
  })

  test('leaves a record that works: the next fact follows the last, the next line of the log is sealed', async () => {
    const target = await open()
    await restoreBackup(target.owner, file, { engine: target.engine })
    const child = await target.owner
      .selectFrom('child_chain')
      .select(['child_id', 'seq'])
      .limit(1)
      .executeTakeFirstOrThrow()
    const added = await asViewer(
      target.db,
      { accountId: STORY_PEOPLE.coordinator.id, today: '2026-07-06' },
      async (trx) => {
        await sql`insert into access_log (account_id, what, relationship) values (${STORY_PEOPLE.coordinator.id}, 'looked', 'plan-coordinator')`.execute(
          trx,
        )
        const { rows } = await sql<{
          seq: number
        }>`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash)
        values (${child.child_id}, 'note_added', '2026-07-06', '2026-07-06', ${STORY_PEOPLE.coordinator.id}, 0, '', '') returning seq`.execute(
          trx,
        )
        return rows[0]!.seq
      },
    )
    expect(added).toBe(child.seq + 1)
    expect(await sealAccessLog(target.owner)).toBe(2) // the line left open in the backup, and the new one
    const { report } = await verifyRecord(target.owner)
    expect(report).toMatchObject({ ok: true, accessLog: { openRows: 0, break: null } })
    const { rows } = await sql<{ next: number }>`select nextval('case_number') as next`.execute(target.owner)
    expect(Number(rows[0]!.next)).toBe(42)
    await expect(sql`update case_event set why = 'x'`.execute(target.owner)).rejects.toThrow('append-only')
    await expect(
      sql`insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on)
      values (gen_random_uuid(), gen_random_uuid(), 'x', true, '2026-01-01')`.execute(target.owner),
    ).rejects.toThrow('foreign key')
  })

  test('is refused where something is already, unless told to replace it', async () => {
    const target = await open()
    await makeStoryAuthority(target.owner)
    await fillHistories(target.owner, { children: 3, linesEach: 2, accessLines: 5 })
    const before = await contentsOf(target)
    await expect(restoreBackup(target.owner, file, { engine: target.engine })).rejects.toThrow('not empty')
    expect(await contentsOf(target)).toEqual(before)
    await restoreBackup(target.owner, file, { engine: target.engine, replace: true })
    expect(await contentsOf(target)).toEqual(same())
  })

  test('carries an older backup through the migrations made since', async () => {
    const old = await open({ upTo: 2 })
    // The people of that day: the roles and tables made since are not there yet.
    const { coordinator, manager } = STORY_PEOPLE
    await sql`insert into locality (id, name) values ('north', 'North'), ('south', 'South')`.execute(
      old.owner,
    )
    await sql`insert into authority (code, name, ons_code, region, mode, training_today)
      values ('999', 'Story County', 'E06999999', 'South West', 'training', '2026-07-06')`.execute(old.owner)
    await sql`insert into account (id, name, email, door, role, remit)
      values (${coordinator.id}, ${coordinator.name}, 'coordinator@story.invalid', 'staff', 'plan-coordinator', 'authority'),
        (${manager.id}, ${manager.name}, 'manager@story.invalid', 'staff', 'send-manager', 'authority')`.execute(
      old.owner,
    )
    await fillHistories(old.owner, { children: 5, linesEach: 4, accessLines: 20 })
    await expect(takeBackup(old.owner, nextFile())).rejects.toThrow(
      'Take the backup with the program that serves it',
    )
    const oldFile = await asOwner(old.owner, writtenByHand)
    const target = await open({ upTo: 0 })
    const report = await restoreBackup(target.owner, oldFile, { engine: target.engine })
    expect(report.migrated).toEqual(migrations.slice(2).map(({ name }) => name))
    expect(report.verified).toMatchObject({ ok: true, history: { children: 5, rows: 20 } })
  })

  test('of a backup newer than the program, or into a database newer than the backup, is refused', async () => {
    const target = await open()
    const newer = rewritten((text) =>
      text.replace('"migrations":[', '"migrations":[{"id":99,"name":"later","sha256":""},'),
    )
    await expect(restoreBackup(target.owner, newer, { engine: target.engine })).rejects.toThrow(BadBackup) // its digest is wrong too
    await sql`insert into migration (id, name, sha256) values (99, 'later', '')`.execute(target.owner)
    await expect(restoreBackup(target.owner, file, { engine: target.engine })).rejects.toThrow(
      'newer than the backup',
    )
  })

  test('of a live authority never goes into the embedded engine', async () => {
    const live = await open()
    await sql`insert into authority (code, name, ons_code, region, mode) values ('999', 'Real County', 'E06999999', 'South West', 'live')`.execute(
      live.owner,
    )
    const liveFile = nextFile()
    await takeBackup(live.owner, liveFile)
    const target = await open({ engine: 'embedded', upTo: 0 })
    await expect(restoreBackup(target.owner, liveFile, { engine: 'embedded' })).rejects.toThrow(CannotRestore)
  })

  test('takes training from the embedded engine to a server', async () => {
    if (source.engine === 'embedded') return
    const trial = await open({ engine: 'embedded' })
    await restoreBackup(trial.owner, file, { engine: 'embedded' })
    expect(await contentsOf(trial)).toEqual(same())
    const trialFile = nextFile()
    await takeBackup(trial.owner, trialFile)
    const target = await open({ upTo: 0 })
    await restoreBackup(target.owner, trialFile, { engine: 'postgres' })
    expect(await contentsOf(target)).toEqual(same())
  })
})

describe('a file that is not as it was written', () => {
  test('is refused 300 times of 300, cut or altered at random, before anything is written', async () => {
    const target = await open({ upTo: 0 })
    const chance = chances()
    const size = statSync(file).size
    let refused = 0
    for (let attempt = 0; attempt < 300; attempt++) {
      // The ten bytes of gzip's own header hold a time and a system that nobody reads: a bit changed
      // there changes nothing that is restored, so bits are changed in what follows it.
      const at = attempt % 2 === 0 ? chance.number(size) : 10 + chance.number(size - 10)
      const bad = damaged((bytes) => {
        if (attempt % 2 === 0) return bytes.subarray(0, at)
        bytes[at] = bytes[at]! ^ (1 << chance.number(8))
        return bytes
      })
      const error = await restoreBackup(target.owner, bad, { engine: target.engine }).catch(
        (cause: unknown) => cause,
      )
      if (error instanceof BadBackup) refused++
      else throw new Error(`attempt ${attempt} at ${at}, seed ${chance.seed}: ${String(error)}`)
      rmSync(bad)
    }
    process.stderr.write(`damaged backups: ${refused} of 300 refused, seed ${chance.seed}\n`)
    const { rows } = await sql`select from pg_class where relnamespace = 'public'::regnamespace`.execute(
      target.owner,
    )
    expect(rows).toEqual([])
  })

  test('is refused when a line is taken out, doubled, moved or edited inside a good gzip', async () => {
    const lineAt = (text: string): string[] => text.split('\n')
    const edits: readonly ((text: string) => string)[] = [
      (text) => lineAt(text).toSpliced(20, 1).join('\n'),
      (text) => lineAt(text).toSpliced(20, 0, lineAt(text)[20]!).join('\n'),
      (text) => lineAt(text).toSpliced(20, 2, lineAt(text)[21]!, lineAt(text)[20]!).join('\n'),
      (text) => text.replace('Story County', 'Other County'),
      (text) => text.replace('note_added', 'note_addeD'),
      (text) => lineAt(text).slice(0, -2).join('\n'),
      (text) => `${text}[]\n`,
      () => 'hello\n',
      () => '',
      (text) => text.replace('"version":1', '"version":2'),
    ]
    for (const [index, edit] of edits.entries())
      await expect(checkBackup(rewritten(edit)), `edit ${index}`).rejects.toThrow(BadBackup)
    await expect(checkBackup(path.join(folder, 'none'))).rejects.toThrow(BadBackup)
  })

  test('whose digests were forged too is refused by the chain of history, and what was there stays', async () => {
    const forged = rewritten((text) => {
      const lines = text.split('\n')
      const start = lines.findIndex((line) => line.startsWith('{"table":"case_event"'))
      lines[start + 5] = lines[start + 5]!.replace('note_added', 'note_faked').replace(
        'request_received',
        'note_faked',
      )
      const end = lines.findIndex((line, index) => index > start && line.startsWith('{'))
      const trailer = JSON.parse(lines.at(-2)!) as {
        tables: { table: string; sha256: string }[]
        sha256: string
      }
      const digest = (part: string[]): string =>
        createHash('sha256')
          .update(part.map((line) => `${line}\n`).join(''))
          .digest('hex')
      trailer.tables.find(({ table }) => table === 'case_event')!.sha256 = digest(lines.slice(start + 1, end))
      trailer.sha256 = digest(lines.slice(0, -2))
      return [...lines.slice(0, -2), JSON.stringify(trailer), ''].join('\n')
    })
    await checkBackup(forged)
    const target = await open()
    await makeStoryAuthority(target.owner)
    const before = await contentsOf(target)
    await expect(
      restoreBackup(target.owner, forged, { engine: target.engine, replace: true }),
    ).rejects.toThrow('broken')
    expect(await contentsOf(target)).toEqual(before)
    expect((await verifyRecord(target.owner)).report.guardsOff).toEqual([])
  })
})
