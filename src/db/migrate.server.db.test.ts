import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect, type Database } from './connection.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { type FreshRecord, freshRecord } from './testing/fresh-record.ts'
import { chances } from './testing/seeded.ts'

const wanted = 50

async function schemaOf(db: Database): Promise<unknown> {
  const { rows } = await sql`
    select 'column' as what, table_name || '.' || column_name || ' ' || udt_name || is_nullable as name from information_schema.columns where table_schema = 'public'
    union all select 'function', p.oid::regprocedure::text || md5(prosrc) from pg_proc p where pronamespace = 'public'::regnamespace
    union all select 'trigger', tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all select 'policy', polrelid::regclass || ' ' || polname from pg_policy
    union all select 'constraint', conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'index', indexdef from pg_indexes where schemaname = 'public'
    union all select 'migration', id || name || sha256 from migration
    order by 1, 2`.execute(db)
  return rows
}

test(`migrations cut off ${wanted} times at any moment leave whole steps, and go on where they were`, {
  timeout: 180_000,
}, async () => {
  const chance = chances()
  const whole = await freshRecord()
  const expected = await schemaOf(whole.owner)
  await whole.close()
  const reached = new Map<number, number>()
  let cuts = 0
  while (cuts < wanted) {
    const record = await freshRecord({ upTo: 0 })
    const superuser = connect({ engine: 'postgres', url: record.superuserUrl!, maxConnections: 1 })
    try {
      cuts += await cutOffUntilDone(record, superuser, chance.number, reached)
      expect(await schemaOf(superuser), `seed ${chance.seed}`).toEqual(expected)
    } finally {
      await superuser.destroy()
      await record.close()
    }
  }
  process.stderr.write(
    `migrations: ${cuts} cut off, after ${JSON.stringify(Object.fromEntries([...reached].toSorted()))} steps done, seed ${chance.seed}\n`,
  )
})

/** Runs the migrations and ends their connection in the middle of a step chosen by chance, until they get through. */
async function cutOffUntilDone(
  record: FreshRecord,
  superuser: Database,
  below: (limit: number) => number,
  reached: Map<number, number>,
): Promise<number> {
  for (let cuts = 0; ; cuts++) {
    let isDue = (): void => {}
    const due = new Promise<void>((resolve) => {
      isDue = resolve
    })
    let stepsToGo = below(3)
    if (stepsToGo === 0) isDue()
    const running = migrate(record.owner, {
      onProgress: () => {
        if (--stepsToGo === 0) isDue()
      },
    }).then(
      () => true,
      () => false,
    )
    void running.then(isDue)
    await due
    await new Promise((resolve) => setTimeout(resolve, below(12)))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      superuser,
    )
    if (await running) return cuts
    const { rows: has } = await sql<{
      has: boolean
    }>`select to_regclass('public.migration') is not null as has`.execute(superuser)
    const { rows } = has[0]!.has
      ? await sql<{ done: number }>`select count(*) as done from migration`.execute(superuser)
      : { rows: [{ done: 0 }] }
    const done = rows[0]!.done
    expect(done).toBeLessThanOrEqual(migrations.length)
    reached.set(done, (reached.get(done) ?? 0) + 1)
  }
}
