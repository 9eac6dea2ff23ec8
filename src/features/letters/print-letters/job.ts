import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../../db/connection.ts'
import { asOwner } from '../../../db/viewer.ts'
import { composePdfOfMany } from '../../../documents/compose/index.ts'
import type { PrintedDocument } from '../../../documents/index.ts'
import { letterDocument } from '../../../documents/letters/index.ts'
import type { JobKind } from '../../../platform/jobs/index.ts'

export const PRINT_LETTERS = 'print-letters'
/** Letters looked at between two notes of how far it got. */
const PIECE = 50
const NOT_AS_SENT = 'It is not as it was when it was sent'
const NOT_PRINTABLE = 'It cannot be printed as it is'

interface Kept {
  readonly position: number
  readonly title: string
  readonly body: string | null
  readonly sha256: string | null
  readonly problem: string | null
  readonly authority: string
}

const lettersFrom = async (
  owner: Database,
  runId: string,
  after: number,
  most: number,
): Promise<readonly Kept[]> =>
  (
    await asOwner(owner, (trx) =>
      sql<Kept>`select l.position, d.title, d.body, d.sha256, l.problem, (select name from authority limit 1) as authority
        from letter_in_run l join document d on d.id = l.document_id
        where l.run_id = ${runId} and l.position > ${after} order by l.position limit ${most}`.execute(trx),
    )
  ).rows

/** The letter as paper, or why it is none. */
function onPaper(kept: Kept): PrintedDocument | string {
  const body = kept.body ?? ''
  if (kept.sha256 === null || createHash('sha256').update(body).digest('hex') !== kept.sha256)
    return NOT_AS_SENT
  try {
    return letterDocument({ title: kept.title, body, sha256: kept.sha256, authorityName: kept.authority })
  } catch {
    return NOT_PRINTABLE
  }
}

/**
 * Looks at every letter of a run and puts them into one PDF. A server that stops loses no letter and prints none twice: the file and
 * the note that each letter is in it are kept together, once.
 */
export const printLettersJob = (owner: Database): JobKind => ({
  kind: PRINT_LETTERS,
  run: async (job) => {
    const runId = String(job.data['run'])
    // Personal data is kept no longer than it is needed: the letters themselves stay in the record.
    await asOwner(owner, (trx) =>
      sql`update letter_run set pdf = null where pdf is not null
        and (printed_at < now() - interval '7 days' or made_pdf_at < now() - interval '30 days')`.execute(
        trx,
      ),
    )
    const { rows } = await asOwner(owner, (trx) =>
      sql<{
        letters: number
        recalled: boolean
        is_made: boolean
      }>`select letters, recalled_at is not null as recalled,
        pdf_sha256 is not null as is_made from letter_run where id = ${runId}`.execute(trx),
    )
    const run = rows[0]
    if (!run || run.recalled) return 'Called back'
    if (run.is_made) return `${run.letters} letters`
    await job.progress({ total: run.letters })
    let { done, failed } = job
    for (let after = Number(job.cursor ?? 0); ; ) {
      if (job.signal.aborted) return undefined
      const piece = await lettersFrom(owner, runId, after, PIECE)
      if (piece.length === 0) break
      for (const kept of piece) {
        const paper = onPaper(kept)
        if (typeof paper !== 'string') continue
        failed++
        await asOwner(owner, (trx) =>
          sql`update letter_in_run set problem = ${paper} where run_id = ${runId} and position = ${kept.position}`.execute(
            trx,
          ),
        )
      }
      after = piece.at(-1)!.position
      done += piece.length
      await job.progress({ cursor: String(after), done, failed })
    }
    if (job.signal.aborted) return undefined
    const papers = (await lettersFrom(owner, runId, 0, run.letters))
      .filter((kept) => kept.problem === null)
      .map(onPaper)
      .filter((paper) => typeof paper !== 'string')
    const pdf = papers.length > 0 ? await composePdfOfMany(papers, 'Letters to post') : undefined
    if (job.signal.aborted) return undefined
    await asOwner(owner, async (trx) => {
      const kept = await sql`update letter_run set pdf = ${pdf ? Buffer.from(pdf) : null},
          pdf_sha256 = ${pdf ? createHash('sha256').update(pdf).digest('hex') : 'none'}, made_pdf_at = now()
        where id = ${runId} and pdf_sha256 is null and recalled_at is null`.execute(trx)
      if (kept.numAffectedRows === 1n)
        await sql`update letter_in_run set laid_at = now() where run_id = ${runId} and problem is null`.execute(
          trx,
        )
    })
    return failed > 0 ? `${papers.length} letters; ${failed} left out` : `${papers.length} letters`
  },
})
