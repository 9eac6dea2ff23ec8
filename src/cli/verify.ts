import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  BadAnchor,
  NotTheOwner,
  type RecordReport,
  readAnchor,
  verifyRecord,
  writeAnchor,
} from '../db/integrity/index.ts'
import { readConfig } from '../platform/config.ts'
import { openFiles } from '../platform/files/index.ts'
import { type FilesReport, verifyFiles } from '../platform/files/verify-files.ts'
import { EXIT, type Io } from './io.ts'
import { withRecord } from './training.ts'

const HELP = `Usage: clearway verify [--anchor FILE] [--keep-anchor] [--files] [--json]

Recomputes the hash chain of every child's history and the seals of the access log, on one snapshot, while others work.
Prints what was checked and, if it is broken, the first break by the child's reference. Exit code 1 when broken.

  --anchor FILE   compare with the anchor in FILE if there is one, and when all is well put today's in its place.
                  Keep it where the database's administrators cannot write: it finds what the database alone
                  cannot know, such as a history cut short, a child removed, or a chain wholly made anew.
  --keep-anchor   compare only; leave FILE as it is
  --files         read every file people sent, and compare it with the hash it is kept under
  --json          the report as JSON on standard output

Uses OWNER_DATABASE_URL (or DATABASE_URL), or the embedded training database (made first if it is not there).
`

const FAULTS: Readonly<Record<string, string>> = {
  seq: 'its lines are not numbered one after another',
  link: 'it does not carry the hash of the line before',
  hash: 'it was changed after it was recorded',
  head: 'the last line is not the one recorded last',
  'no-head': 'its head is gone',
  'no-rows': 'its history is gone',
  'no-child': 'the child’s record is gone',
  'missing-seal': 'a seal is missing',
  rows: 'sealed lines were removed or added',
  'no-seal': 'lines were added to a time already sealed',
}

/** `clearway verify` */
export async function runVerify(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      json: { type: 'boolean' },
      files: { type: 'boolean' },
      anchor: { type: 'string' },
      'keep-anchor': { type: 'boolean' },
    },
  })
  if (values.help) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  return withRecord({ name: 'verify', io }, async (owner, io) => {
    try {
      const held =
        values.anchor !== undefined && existsSync(values.anchor) ? await readAnchor(values.anchor) : undefined
      const startedAt = performance.now()
      const { report, anchor } = await verifyRecord(owner, {
        anchor: held,
        gatherHeads: values.anchor !== undefined,
        onProgress: values.json
          ? undefined
          : (done) => io.stderr.write(`\rchecked ${Math.round(done * 100)}%${done === 1 ? '\n' : ''}`),
      })
      const files = values.files
        ? await verifyFiles(owner, openFiles(readConfig(io.env).files).store)
        : undefined
      const isWell = report.ok && (files?.ok ?? true)
      const seconds = (performance.now() - startedAt) / 1000
      const writes = values.anchor !== undefined && anchor !== null && isWell && !values['keep-anchor']
      if (writes) await writeAnchor(values.anchor!, anchor!.summary, anchor!.heads)
      io.stdout.write(
        values.json
          ? `${JSON.stringify({ ...report, ...(files ? { files, ok: isWell } : {}), seconds: Number(seconds.toFixed(3)), anchorWritten: writes })}\n`
          : inWords(report, seconds, writes, files),
      )
      return isWell ? EXIT.done : EXIT.failed
    } catch (error) {
      if (!(error instanceof BadAnchor || error instanceof NotTheOwner)) throw error
      io.stderr.write(`clearway verify: ${error.message}\n`)
      return EXIT.failed
    }
  })
}

export function inWords(
  { history, accessLog, guardsOff, anchor, ok }: RecordReport,
  seconds: number,
  anchorWritten: boolean,
  files?: FilesReport,
): string {
  const lines = [
    `Case history: ${history.rows} lines of ${history.children} children${history.break ? `, BROKEN for ${history.brokenChildren}` : ', unbroken'}`,
    `Access log: ${accessLog.sealedRows} lines under ${accessLog.seals} seals, ${accessLog.openRows} not yet sealed${accessLog.break ? ', BROKEN' : ''}`,
  ]
  if (history.break)
    lines.push(
      `First break: child ${history.break.child}, line ${history.break.seq}: ${FAULTS[history.break.what]}`,
    )
  if (accessLog.break)
    lines.push(
      `First break in the access log: ${accessLog.break.seal === null ? `${accessLog.break.count} lines` : `seal ${accessLog.break.seal}`}: ${FAULTS[accessLog.break.what]}`,
    )
  for (const guard of guardsOff) lines.push(`Switched off or gone: ${guard}`)
  if (anchor) {
    lines.push(
      `Anchor of ${anchor.writtenAt} (${anchor.rows} lines of ${anchor.children} children): ${anchor.ok ? 'all still there' : 'NOT ALL THERE'}`,
    )
    if (anchor.first)
      lines.push(
        `Missing or changed for ${anchor.lostChildren}, first: child ${anchor.first.child}, line ${anchor.first.seq}`,
      )
    if (anchor.sealLost) lines.push('The last seal of the access log it knew is gone or changed')
  }
  if (files) {
    lines.push(
      `Files: ${files.checked} of ${files.named} there and whole${files.ok ? '' : `, ${files.missing.length} MISSING, ${files.changed.length} CHANGED`}`,
    )
    for (const [what, ids] of [
      ['missing', files.missing],
      ['changed', files.changed],
    ] as const)
      if (ids[0]) lines.push(`First ${what}: file ${ids[0]}`)
  }
  if (anchorWritten) lines.push('New anchor written')
  lines.push(`${ok && (files?.ok ?? true) ? 'Nothing was changed' : 'BROKEN'} (${seconds.toFixed(1)} s)`)
  return `${lines.join('\n')}\n`
}
