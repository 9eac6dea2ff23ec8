import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'
import { settledUpTo } from './seal-access-log.ts'

export interface SealBreak {
  /** Number of the seal, or null for lines that have none. */
  readonly seal: number | null
  readonly what: 'missing-seal' | 'link' | 'rows' | 'hash' | 'no-seal'
  readonly count: number
}

export interface SealReport {
  readonly seals: number
  readonly sealedRows: number
  /** Lines too young to be sealed for certain. */
  readonly openRows: number
  readonly lastSeal: { readonly seq: number; readonly hash: string } | null
  /** The first break found; none when all is well. */
  readonly break: SealBreak | null
}

interface SealRow {
  readonly seq: number
  readonly rows: number
  readonly previous: string
  readonly hash: string
  readonly found: number
  readonly computed: string
}

const SEALS_AT_A_TIME = 500

/** Recomputes every seal from the lines it names, in order. Run it as the owner, in one transaction. */
export async function verifySeals(trx: Trx): Promise<SealReport> {
  let [seq, previous, sealedRows] = [0, '00', 0]
  let broken: SealBreak | null = null
  while (broken === null) {
    const { rows } = await sql<SealRow>`
      select s.seq, s.rows, encode(s.previous_hash, 'hex') as previous, encode(s.hash, 'hex') as hash, found.rows as found,
        encode(access_seal_hash(s, found.digest), 'hex') as computed
      from access_seal s cross join lateral (
        select count(*) as rows, sha256(coalesce(string_agg(access_log_hash(l), ''::bytea order by l.id), '')) as digest
        from access_log l where l.id >= lower(s.ids) and l.id < upper(s.ids) and s.ids @> l.id) found
      where s.seq > ${seq} order by s.seq limit ${sql.lit(SEALS_AT_A_TIME)}`.execute(trx)
    for (const seal of rows) {
      broken = breakOf(seal, seq, previous)
      if (broken) break
      seq = seal.seq
      previous = seal.hash
      sealedRows += seal.rows
    }
    if (rows.length < SEALS_AT_A_TIME) break
  }
  const { rows: rest } = await sql<{ old: number; young: number; seals: number }>`
    with covered as (select coalesce(range_agg(ids), '{}') as ids from access_seal)
    select count(*) filter (where id <= settled) as old, count(*) filter (where id > settled) as young,
      (select count(*) from access_seal where seq > 0) as seals
    from access_log, (select ${settledUpTo} as settled) limits where not (select ids from covered) @> id`.execute(
    trx,
  )
  const { old, young, seals } = rest[0]!
  if (!broken && old > 0) broken = { seal: null, what: 'no-seal', count: old }
  return {
    seals,
    sealedRows,
    openRows: young,
    lastSeal: seq === 0 ? null : { seq, hash: previous },
    break: broken,
  }
}

function breakOf(seal: SealRow, before: number, previous: string): SealBreak | null {
  if (seal.seq !== before + 1) return { seal: before + 1, what: 'missing-seal', count: seal.seq - before - 1 }
  if (seal.previous !== previous) return { seal: seal.seq, what: 'link', count: 1 }
  if (seal.found !== seal.rows)
    return { seal: seal.seq, what: 'rows', count: Math.abs(seal.rows - seal.found) }
  if (seal.computed !== seal.hash) return { seal: seal.seq, what: 'hash', count: 1 }
  return null
}
