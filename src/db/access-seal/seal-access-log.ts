import { sql } from 'kysely'
import type { Database } from '../connection.ts'

/** A transaction open for longer than this would leave its lines of the log without a seal, and `verify` says so. */
export const LONGEST_TRANSACTION = '6 hours'

/** Lines a seal covers at most, so that the first seal of a large log stays small in memory. */
const ROWS_IN_A_SEAL = 10_000

/** The last line that no later seal may reach back to: everything up to it has been looked at since it was certain. */
export const settledUpTo = sql<number>`coalesce((select max(upper(ids)) - 1 from access_seal where sealed_at <= now() - ${sql.lit(LONGEST_TRANSACTION)}::interval), 0)`

/**
 * Seals every line of the access log that can be seen and has no seal. Lines of transactions still open are not seen;
 * a later seal covers them, because a seal names the rows it covers and not a boundary. Several servers may call it at
 * once: they take turns. Needs the owner's login.
 * @returns how many lines were sealed
 */
export async function sealAccessLog(owner: Database): Promise<number> {
  let sealed = 0
  for (;;) {
    const rows = await sealOnce(owner)
    sealed += rows
    if (rows < ROWS_IN_A_SEAL) return sealed
  }
}

const sealOnce = (owner: Database): Promise<number> =>
  owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(7305212)`.execute(trx)
    const { rows } = await sql<{ rows: number }>`
      with covered as (
        select coalesce(range_agg(ids), '{}') as ids from access_seal where sealed_at > now() - ${sql.lit(LONGEST_TRANSACTION)}::interval
      ), uncovered as (
        select l from access_log l where l.id > ${settledUpTo} and not (select ids from covered) @> l.id
        order by l.id limit ${sql.lit(ROWS_IN_A_SEAL)}
      ), batch as (
        select range_agg(int8range((l).id, (l).id, '[]')) as ids, count(*) as rows,
          sha256(string_agg(access_log_hash(l), ''::bytea order by (l).id)) as digest
        from uncovered
      ), last as (
        select coalesce(max(seq), 0) as seq, coalesce((select hash from access_seal order by seq desc limit 1), '\\x00') as hash from access_seal
      ), unsigned as (
        select row(last.seq + 1, batch.rows, now(), last.hash, ''::bytea, batch.ids)::access_seal as seal, batch.digest
        from batch, last where batch.rows > 0
      )
      insert into access_seal (seq, rows, sealed_at, previous_hash, hash, ids)
      select (seal).seq, (seal).rows, (seal).sealed_at, (seal).previous_hash, access_seal_hash(seal, digest), (seal).ids from unsigned
      returning rows`.execute(trx)
    return rows[0]?.rows ?? 0
  })
