import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealAccessLog } from '../access-seal/index.ts'
import { connect, type Database } from '../connection.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'
import { fillHistories } from '../testing/histories.ts'
import { type Chances, chances } from '../testing/seeded.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../testing/story-authority.ts'
import type { Trx } from '../viewer.ts'
import {
  BadAnchor,
  readAnchor,
  requireApplicationLogin,
  UnsafeLogin,
  type Verified,
  verifyRecord,
  verifyWithin,
  writeAnchor,
} from './index.ts'

let record: FreshRecord
let superuser: Database
let before: Verified
const folder = mkdtempSync(path.join(tmpdir(), 'clearway-anchor-'))
const attempts = Number(process.env['CLEARWAY_TAMPERINGS'] ?? 1_000)

beforeAll(async () => {
  record = await freshRecord()
  superuser =
    record.superuserUrl === undefined
      ? record.owner
      : connect({ engine: 'postgres', url: record.superuserUrl, maxConnections: 2 })
  await makeStoryAuthority(record.owner)
  await fillHistories(record.owner, { children: 24, linesEach: 9 })
  for (let batch = 0; batch < 6; batch++) {
    await sql`insert into access_log (account_id, child_ids, what, relationship)
      select ${STORY_PEOPLE.manager.id}, array[id], 'opened the case', 'send-manager' from child`.execute(
      record.owner,
    )
    await sealAccessLog(record.owner)
  }
  before = await verifyRecord(record.owner, { gatherHeads: true })
})

afterAll(async () => {
  if (superuser !== record.owner) await superuser.destroy()
  await record.close()
  await rm(folder, { recursive: true })
})

class Undo extends Error {}

/** Does something to the record as its superuser with every trigger off, looks, and puts it back. */
async function tampered(
  change: (trx: Trx) => Promise<unknown>,
): Promise<{ readonly alone: boolean; readonly withAnchor: boolean }> {
  let seen = { alone: false, withAnchor: false }
  await superuser
    .transaction()
    .execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await change(trx)
      const { report } = await verifyWithin(trx, { anchor: before.anchor! })
      const alone = report.history.brokenChildren > 0 || report.accessLog.break !== null
      seen = { alone, withAnchor: !report.ok }
      throw new Undo()
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error
    })
  return seen
}

/** What the cleverest forger does after a change: gives a child's lines new numbers and hashes, and the head with them. */
const forgeChain = (trx: Trx, child: string): Promise<unknown> =>
  sql
    .raw(`/* script */ do $$
    declare e case_event; head bytea := '\\x00'; n int := 0;
    begin
      update case_event set seq = -seq where child_id = '${child}';
      for e in select * from case_event where child_id = '${child}' order by seq desc loop
        n := n + 1; e.seq := n; e.previous_hash := head; head := case_event_hash(e);
        update case_event set seq = n, previous_hash = e.previous_hash, hash = head where id = e.id;
      end loop;
      update child_chain set seq = n, hash = head where child_id = '${child}';
    end $$`)
    .execute(trx)

const forgeSeals = (trx: Trx): Promise<unknown> =>
  sql
    .raw(`/* script */ do $$
    declare s access_seal; head bytea := '\\x00'; found bytea;
    begin
      for s in select * from access_seal order by seq loop
        select sha256(coalesce(string_agg(access_log_hash(l), ''::bytea order by l.id), '')), count(*) into found, s.rows from access_log l where s.ids @> l.id;
        s.previous_hash := head; head := access_seal_hash(s, found);
        update access_seal set rows = s.rows, previous_hash = s.previous_hash, hash = head where seq = s.seq;
      end loop;
    end $$`)
    .execute(trx)

/** A change to each column of a line, none of which leaves it as it was. */
const EVENT_EDITS: Readonly<Record<string, string>> = {
  id: 'id = gen_random_uuid()',
  process_id: 'process_id = case when process_id is null then gen_random_uuid() end',
  kind: "kind = kind || '_'",
  happened_on: 'happened_on = happened_on - 1',
  recorded_on: 'recorded_on = recorded_on + 1',
  recorded_at: "recorded_at = recorded_at + interval '1 microsecond'",
  recorded_by: `recorded_by = '${STORY_PEOPLE.parent.id}'`,
  on_behalf_of:
    "on_behalf_of = case when on_behalf_of is null then '' when on_behalf_of = '' then null else on_behalf_of || ' ' end",
  payload: `payload = payload || '{"forged": null}'`,
  supersedes: "supersedes = case when supersedes is null then id end, why = coalesce(why, 'x')",
  why: "why = case when why is null then '' else null end",
  command_key: "command_key = case when command_key is null then '' else null end",
  previous_hash: "previous_hash = previous_hash || '\\x00'",
  hash: 'hash = sha256(hash)',
}
const LOG_EDITS = [
  "at = at - interval '1 microsecond'",
  'account_id = gen_random_uuid()',
  "child_ids = '{}'",
  "what = what || ' '",
  "relationship = ''",
  "outcome = 'refused'",
]

interface Target {
  readonly children: readonly string[]
  readonly lines: number
  readonly logRows: number
  readonly seals: number
}

type Attack = (trx: Trx, chance: Chances, target: Target) => Promise<unknown>
const run = (trx: Trx, text: string): Promise<unknown> => sql.raw(text).execute(trx)
const line = (chance: Chances, target: Target): { child: string; seq: number; where: string } => {
  const [child, seq] = [chance.pick(target.children), 1 + chance.number(target.lines)]
  return { child, seq, where: `child_id = '${child}' and seq = ${seq}` }
}
const editOf = (chance: Chances): string => EVENT_EDITS[chance.pick(Object.keys(EVENT_EDITS))]!
const honestEditOf = (chance: Chances): string =>
  EVENT_EDITS[chance.pick(Object.keys(EVENT_EDITS).filter((name) => !name.endsWith('hash')))]!

const ATTACKS: Readonly<Record<string, Attack>> = {
  'edit a line': (trx, chance, target) =>
    run(trx, `update case_event set ${editOf(chance)} where ${line(chance, target).where}`),
  'edit a line and give it a new hash': async (trx, chance, target) => {
    const { where } = line(chance, target)
    await run(trx, `update case_event set ${honestEditOf(chance)} where ${where}`)
    await run(trx, `update case_event e set hash = case_event_hash(e) where ${where}`)
  },
  'edit a line and forge the chain after it': async (trx, chance, target) => {
    const { child, where } = line(chance, target)
    await run(trx, `update case_event set ${honestEditOf(chance)} where ${where}`)
    await forgeChain(trx, child)
  },
  'delete a line': (trx, chance, target) =>
    run(trx, `delete from case_event where ${line(chance, target).where}`),
  'delete a line and forge the chain': async (trx, chance, target) => {
    const { child, where } = line(chance, target)
    await run(trx, `delete from case_event where ${where}`)
    await forgeChain(trx, child)
  },
  'cut the tail and move the head back': async (trx, chance, target) => {
    const { child, seq } = line(chance, target)
    await run(trx, `delete from case_event where child_id = '${child}' and seq >= ${seq}`)
    await forgeChain(trx, child)
  },
  'cut the beginning': (trx, chance, target) => {
    const { child, seq } = line(chance, target)
    return run(trx, `delete from case_event where child_id = '${child}' and seq <= ${seq}`)
  },
  'swap two lines': async (trx, chance, target) => {
    const { child, seq } = line(chance, target)
    const other = 1 + (seq % target.lines)
    await run(
      trx,
      `update case_event set seq = case seq when ${seq} then ${-other} else ${-seq} end where child_id = '${child}' and seq in (${seq}, ${other})`,
    )
    await run(trx, `update case_event set seq = -seq where child_id = '${child}' and seq < 0`)
    if (chance.number(2) === 0) await forgeChain(trx, child)
  },
  'move a line to another child': async (trx, chance, target) => {
    const { child, where } = line(chance, target)
    const other = chance.pick(target.children.filter((id) => id !== child))
    await run(trx, `update case_event set child_id = '${other}', seq = ${target.lines + 1} where ${where}`)
    if (chance.number(2) === 0) {
      await forgeChain(trx, child)
      await forgeChain(trx, other)
    }
  },
  'slip a line in': async (trx, chance, target) => {
    const { child, seq } = line(chance, target)
    await run(trx, `update case_event set seq = seq + 1000 where child_id = '${child}' and seq > ${seq}`)
    await run(
      trx,
      `insert into case_event (child_id, seq, kind, happened_on, recorded_on, recorded_by, previous_hash, hash)
      select child_id, seq + 1, 'note_added', happened_on, recorded_on, recorded_by, hash, sha256(hash) from case_event where child_id = '${child}' and seq = ${seq}`,
    )
    if (seq === target.lines) return // a forged last line with a wrong hash
    await forgeChain(trx, child)
  },
  'remove a child': async (trx, chance, target) => {
    const child = chance.pick(target.children)
    for (const table of ['case_event', 'child_chain', 'process'])
      await run(trx, `delete from ${table} where child_id = '${child}'`)
    await run(trx, `delete from child where id = '${child}'`)
  },
  'remove a child and keep its head': (trx, chance, target) =>
    run(trx, `delete from child where id = '${chance.pick(target.children)}'`),
  'change a head': (trx, chance, target) =>
    run(
      trx,
      `update child_chain set ${chance.pick(['seq = seq - 1', 'seq = seq + 1', 'hash = sha256(hash)'])} where child_id = '${chance.pick(target.children)}'`,
    ),
  'remove a head': (trx, chance, target) =>
    run(trx, `delete from child_chain where child_id = '${chance.pick(target.children)}'`),
  'empty the history': async (trx, chance) => {
    await run(trx, 'delete from case_event')
    if (chance.number(2) === 0) await run(trx, 'delete from child_chain')
  },
  'edit the access log': (trx, chance, target) =>
    run(
      trx,
      `update access_log set ${chance.pick(LOG_EDITS)} where id = ${1 + chance.number(target.logRows)}`,
    ),
  'edit the access log and forge the seals': async (trx, chance, target) => {
    await run(
      trx,
      `update access_log set ${chance.pick(LOG_EDITS)} where id = ${1 + chance.number(target.logRows)}`,
    )
    await forgeSeals(trx)
  },
  'delete from the access log': async (trx, chance, target) => {
    await run(trx, `delete from access_log where id = ${1 + chance.number(target.logRows)}`)
    if (chance.number(2) === 0) await forgeSeals(trx)
  },
  'swap two lines of the access log': async (trx, chance, target) => {
    const one = 1 + chance.number(target.logRows)
    const other = 1 + (one % target.logRows)
    await run(
      trx,
      `update access_log l set child_ids = o.child_ids from access_log o where l.id in (${one}, ${other}) and o.id in (${one}, ${other}) and o.id <> l.id`,
    )
  },
  'remove the last seals': async (trx, chance, target) => {
    const from = 1 + chance.number(target.seals)
    if (chance.number(2) === 0)
      await run(trx, `delete from access_log l using access_seal s where s.seq >= ${from} and s.ids @> l.id`)
    await run(trx, `delete from access_seal where seq >= ${from}`)
  },
  'remove one seal': (trx, chance, target) =>
    run(trx, `delete from access_seal where seq = ${1 + chance.number(target.seals)}`),
  'edit a seal': (trx, chance, target) =>
    run(
      trx,
      `update access_seal set ${chance.pick(['rows = rows - 1', "sealed_at = sealed_at + interval '1 second'", 'hash = sha256(hash)', "previous_hash = '\\x01'", "ids = ids - '{[1,1000000)}' + '{[1,2)}'"])} where seq = ${1 + chance.number(target.seals)}`,
    ),
}

describe('an unbroken record', () => {
  test('is found so, with what was counted', () => {
    expect(before.report).toMatchObject({
      ok: true,
      guardsOff: [],
      history: { children: 24, rows: 24 * 9, brokenChildren: 0, break: null },
      accessLog: { seals: 6, sealedRows: 144, openRows: 0, break: null },
    })
  })

  test('stays so against an anchor when facts and log lines are added', async () => {
    await superuser
      .transaction()
      .execute(async (trx) => {
        await sql`insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, seq, previous_hash, hash)
        select id, 'note_added', '2026-02-01', '2026-02-01', ${STORY_PEOPLE.coordinator.id}, 0, '', '' from child limit 3`.execute(
          trx,
        )
        await sql`insert into access_log (account_id, what, relationship) values (${STORY_PEOPLE.manager.id}, 'looked', 'send-manager')`.execute(
          trx,
        )
        const { report } = await verifyWithin(trx, { anchor: before.anchor! })
        expect(report).toMatchObject({ ok: true, accessLog: { openRows: 1 } })
        throw new Undo()
      })
      .catch((error) => {
        if (!(error instanceof Undo)) throw error
      })
  })

  test('is not taken for whole when the guards are off', async () => {
    await superuser
      .transaction()
      .execute(async (trx) => {
        await sql`alter table case_event disable trigger append_only`.execute(trx)
        expect((await verifyWithin(trx)).report).toMatchObject({
          ok: false,
          guardsOff: ['append_only on case_event'],
        })
        throw new Undo()
      })
      .catch((error) => {
        if (!(error instanceof Undo)) throw error
      })
  })
})

describe('tampering by the superuser with triggers off', () => {
  test('changes every column of a line to something the hash sees', async () => {
    const { rows } = await sql<{
      column: string
    }>`select column_name as column from information_schema.columns where table_schema = 'public' and table_name = 'case_event'`.execute(
      record.owner,
    )
    const tried = [...Object.keys(EVENT_EDITS), 'child_id', 'seq'] // the last two are moved and swapped below
    expect(rows.map((row) => row.column).sort()).toEqual(tried.sort())
    const child = before.anchor!.heads[0]!.child
    for (const edit of Object.values(EVENT_EDITS)) {
      const seen = await tampered((trx) =>
        run(trx, `update case_event set ${edit} where child_id = '${child}' and seq = 4`),
      )
      expect(seen, edit).toMatchObject({ alone: true })
    }
  })

  test(`is found ${attempts} times of ${attempts}`, { timeout: 600_000 }, async () => {
    const chance = chances()
    const target: Target = {
      children: before.anchor!.heads.map((head) => head.child),
      lines: 9,
      logRows: 144,
      seals: 6,
    }
    const names = Object.keys(ATTACKS)
    const missed: string[] = []
    let [found, byAnchorOnly] = [0, 0]
    const startedAt = performance.now()
    for (let attempt = 0; attempt < attempts; attempt++) {
      const name = names[attempt % names.length]!
      const seen = await tampered((trx) => ATTACKS[name]!(trx, chance, target))
      if (seen.withAnchor) found++
      else missed.push(`${attempt}: ${name}`)
      if (seen.withAnchor && !seen.alone) byAnchorOnly++
    }
    process.stderr.write(
      `tampering: ${found} of ${attempts} found (${byAnchorOnly} by the anchor only), ${names.length} kinds, seed ${chance.seed}, ${record.engine}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`,
    )
    expect(missed, `seed ${chance.seed}`).toEqual([])
    expect(byAnchorOnly).toBeGreaterThan(0) // without the anchor the clever forger goes free
    expect((await verifyRecord(record.owner, { anchor: before.anchor! })).report.ok).toBe(true)
  })
})

describe('the anchor file', () => {
  test('comes back as written, and is refused when cut or altered', async () => {
    const file = path.join(folder, 'anchor')
    await writeAnchor(file, before.anchor!.summary, before.anchor!.heads)
    expect(await readAnchor(file)).toEqual(before.anchor)
    const text = readFileSync(file, 'utf8')
    for (const bad of [
      text.slice(0, -10),
      text.replace(/ 9 (.)/, ' 8 $1'),
      text.split('\n').toSpliced(3, 1).join('\n'),
      '',
      '{"format":"other"}\n',
    ]) {
      writeFileSync(file, bad)
      await expect(readAnchor(file)).rejects.toThrow(BadAnchor)
    }
  })
})

test('a login that is not the owner is refused, not shown an empty record', async () => {
  if (record.engine === 'embedded') return
  await expect(verifyRecord(record.db)).rejects.toThrow('owner')
})

test('the site’s login is one that owns nothing; the owner’s and the superuser’s are refused', async () => {
  const check = (db: Database): Promise<void> =>
    db.transaction().execute((trx) => requireApplicationLogin(trx))
  await expect(check(superuser)).rejects.toThrow(UnsafeLogin)
  if (record.engine === 'embedded') return
  await expect(check(record.owner)).rejects.toThrow(UnsafeLogin)
  await check(record.db)
})
