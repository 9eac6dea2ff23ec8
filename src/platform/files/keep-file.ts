import { rm, stat } from 'node:fs/promises'
import { scanPath } from './clamd.ts'
import { problemWithName, showableName } from './file-names.ts'
import { type FileService, hashOfPath } from './file-service.ts'
import { withoutHiddenFacts } from './hidden-facts.ts'
import { inspectFile } from './inspect.ts'
import { type Kind, limitFor, sizeInWords } from './kinds.ts'
import type { SentFile } from './receive-form.ts'

/** What became of one file: its content is in the store, or it is refused with words for its sender. */
export type Kept =
  | {
      readonly ok: true
      readonly name: string
      readonly sha256: string
      readonly size: number
      readonly kind: Kind
      readonly state: 'quarantined' | 'clean' | 'not-scanned'
      readonly stateWhy: string | null
    }
  | {
      readonly ok: false
      readonly name: string
      readonly size: number
      readonly state: 'infected' | 'refused'
      readonly why: string
      /** For the record: what the scanner called it. */
      readonly found?: string
    }

const MALWARE =
  'It holds a virus or other harmful program, so it was not kept. Check your device, and send a clean copy'
const NO_SCANNER =
  'Files cannot be taken at the moment, because they cannot be checked for viruses. Send it to us another way'

/**
 * Checks one file that was sent and puts its content in the store: its name, what it is by what is in it, what its photo
 * says about where it was taken (taken out), and what the scanner says.
 */
export async function keepFile(files: FileService, sent: SentFile): Promise<Kept> {
  const refused = (why: string, state: 'refused' | 'infected' = 'refused', found?: string): Kept => ({
    ok: false,
    name: showableName(sent.name),
    size: sent.size,
    state,
    why,
    ...(found === undefined ? {} : { found }),
  })
  if (sent.tooMuch !== undefined) return refused(sent.tooMuch)
  const nameProblem = problemWithName(sent.name)
  if (nameProblem) return refused(nameProblem)
  if (sent.path === undefined) return refused('It did not arrive. Send it again')
  const path = sent.path
  const inspected = await inspectFile({ path, name: sent.name, size: sent.size, limits: files.limits })
  if (!inspected.ok) return refused(inspected.why)
  const cleaned = await withoutHiddenFacts(path, inspected.kind)
  if (!cleaned.ok) return refused(cleaned.why)
  const { size } = await stat(path)
  if (!files.scanner && files.unscanned === 'refuse') return refused(NO_SCANNER)
  const scanned = files.scanner && (await scanPath(files.scanner, path))
  if (scanned?.found === 'malware') {
    await rm(path, { force: true })
    return refused(MALWARE, 'infected', scanned.signature)
  }
  const sha256 = await hashOfPath(path)
  await files.store.put(sha256, path, size)
  return {
    ok: true,
    name: sent.name,
    sha256,
    size,
    kind: inspected.kind,
    state: scanned === undefined ? 'not-scanned' : scanned.found === 'nothing' ? 'clean' : 'quarantined',
    stateWhy: scanned?.found === 'no-answer' ? scanned.why : null,
  }
}

/** The hint under a file box: what may be sent and how big. */
export const limitsInWords = (files: FileService): string =>
  `Documents and photos up to ${sizeInWords(limitFor('document', files.limits))}, sound and video up to ${sizeInWords(limitFor('video', files.limits))}.`
