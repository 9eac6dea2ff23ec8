import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import type { Trx } from '../viewer.ts'
import type { Head } from './verify-history.ts'

/** The first line of an anchor file; the heads follow, one a line, in order of the child's id. */
export interface AnchorSummary {
  readonly format: 'clearway-anchor'
  readonly version: 1
  readonly authority: string
  readonly writtenAt: string
  readonly children: number
  readonly rows: number
  readonly heads: string
  readonly seal: { readonly seq: number; readonly hash: string } | null
}

/** The file is no anchor, or not as it was written. */
export class BadAnchor extends Error {
  override readonly name = 'BadAnchor'
}

export interface AnchorReport {
  readonly writtenAt: string
  readonly children: number
  readonly rows: number
  /** What the anchor holds and the record no longer does. */
  readonly lostChildren: number
  readonly first: { readonly child: string; readonly seq: number } | null
  readonly sealLost: boolean
  readonly ok: boolean
}

const lineOf = (head: Head): string => `${head.child} ${head.seq} ${head.hash}`
const HEADS_AT_A_TIME = 5_000

/** Writes the anchor beside its place and moves it there in one step; a crash leaves the old one. */
export async function writeAnchor(
  file: string,
  summary: AnchorSummary,
  heads: readonly Head[],
): Promise<void> {
  const unfinished = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(4).toString('hex')}`,
  )
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    await handle.write(`${JSON.stringify(summary)}\n`)
    for (let at = 0; at < heads.length; at += HEADS_AT_A_TIME) {
      await handle.write(
        heads
          .slice(at, at + HEADS_AT_A_TIME)
          .map((head) => `${lineOf(head)}\n`)
          .join(''),
      )
    }
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}

/** @throws BadAnchor when the file is not one, or was altered or cut. */
export async function readAnchor(
  file: string,
): Promise<{ readonly summary: AnchorSummary; readonly heads: readonly Head[] }> {
  const digest = createHash('sha256')
  const heads: Head[] = []
  let summary: AnchorSummary | undefined
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (!summary) {
      summary = parseSummary(line)
      continue
    }
    const [child, seq, hash] = line.split(' ')
    heads.push({ child: child!, seq: Number(seq), hash: hash ?? '' })
    digest.update(`${line}\n`)
  }
  if (!summary) throw new BadAnchor('The anchor file is empty.')
  if (heads.length !== summary.children || digest.digest('hex') !== summary.heads)
    throw new BadAnchor('The anchor file was cut or altered since it was written.')
  return { summary, heads }
}

function parseSummary(line: string): AnchorSummary {
  try {
    const summary = JSON.parse(line) as AnchorSummary
    if (summary.format === 'clearway-anchor' && summary.version === 1) return summary
  } catch {
    // said below
  }
  throw new BadAnchor('That file is not an anchor written by "clearway verify --anchor".')
}

/** Is everything the anchor knew still in the record, line for line? What was added since is no matter of the anchor's. */
export async function compareWithAnchor(
  trx: Trx,
  anchor: { readonly summary: AnchorSummary; readonly heads: readonly Head[] },
): Promise<AnchorReport> {
  let lostChildren = 0
  let first: AnchorReport['first'] = null
  for (let at = 0; at < anchor.heads.length; at += HEADS_AT_A_TIME) {
    const heads = anchor.heads.slice(at, at + HEADS_AT_A_TIME)
    const { rows } = await sql<{ child: string; seq: number }>`
      select coalesce(child.reference, held.child::text) as child, held.seq
      from unnest(${heads.map((head) => head.child)}::uuid[], ${heads.map((head) => head.seq)}::int[], ${heads.map((head) => head.hash)}::text[]) held (child, seq, hash)
      left join case_event e on e.child_id = held.child and e.seq = held.seq
      left join child on child.id = held.child
      where e.hash is distinct from decode(held.hash, 'hex') order by held.child`.execute(trx)
    lostChildren += rows.length
    first ??= rows[0] ?? null
  }
  const { seal, writtenAt, children, rows } = anchor.summary
  const sealLost = seal !== null && !(await hasSeal(trx, seal))
  return { writtenAt, children, rows, lostChildren, first, sealLost, ok: lostChildren === 0 && !sealLost }
}

async function hasSeal(trx: Trx, seal: { readonly seq: number; readonly hash: string }): Promise<boolean> {
  const { rows } =
    await sql`select from access_seal where seq = ${seal.seq} and hash = decode(${seal.hash}, 'hex')`.execute(
      trx,
    )
  return rows.length === 1
}
