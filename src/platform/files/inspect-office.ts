import { open } from 'node:fs/promises'
import { type Entry, open as openZip, type ZipFile } from 'yauzl'
import { findKind, type Kind } from './kinds.ts'

type Found = { readonly kind: Kind } | { readonly why: string }

/** More than any document people write: what a bomb needs. */
export const ZIP_LIMITS = { entries: 1000, unpackedBytes: 100_000_000, ratio: 100 } as const
/** Small parts may pack better than any bomb, and harm nobody. */
const RATIO_COUNTS_FROM = 1_000_000

const BOMB = 'It unpacks to far more than it should. Save it again from the program that made it, or as a PDF'
const BROKEN = 'It is damaged or is not a real document. Check that it opens on your device and send it again'
const ARCHIVE = 'It is an archive of other files. Take the files out and send them one by one'
const MACROS = 'It has macros, which are programs. Save it without macros, or as a PDF, and send that'
const HIDDEN =
  'It has another file hidden inside it. Save it again from the program that made it, and send that'
const LOCKED = 'It is locked with a password. Save it without a password and send that'

class Refused extends Error {}

const MAIN_PARTS: readonly (readonly [string, string])[] = [
  [
    'wordprocessingml.document.main+xml',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['spreadsheetml.sheet.main+xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    'presentationml.presentation.main+xml',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
]

/** Parts that hold programs, by the names the formats give them. */
const PROGRAM_PART =
  /(^|\/)(vbaProject|vbaData|attachedToolbars)[^/]*\.(bin|xml)$|(^|\/)(activeX|macrosheets|dialogsheets|customUI)\/|^(Basic|Scripts|Dialogs)\/|\.(exe|dll|com|scr|bat|cmd|vbs|js|jar|ps1|hta|lnk|sh|class)$/i
/** What a document says of itself when it holds programs, however its parts are named. */
const PROGRAM_WORDS = /macroEnabled|vbaProject|ms-excel\.(?:intl)?macrosheet|activeX\+xml|ms-office\.activeX/i

/**
 * Says which office document a zip is, if it is one and nothing else: begins at the first byte, ends at the last, unpacks
 * within limits (its list is read, then each part is truly unpacked and counted), and holds no program.
 */
export async function inspectOffice(path: string): Promise<Found> {
  let zip: ZipFile | undefined
  try {
    await requireExactEnds(path)
    zip = await openArchive(path)
    return await readThrough(zip)
  } catch (error) {
    return { why: error instanceof Refused ? error.message : BROKEN }
  } finally {
    zip?.close()
  }
}

/** Nothing before the zip and nothing after it: a file that is two things at once is refused. */
async function requireExactEnds(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const start = Buffer.alloc(4)
    await handle.read(start, 0, 4, 0)
    if (start.toString('latin1') !== 'PK\x03\x04')
      throw new Refused(start.toString('latin1') === 'PK\x05\x06' ? ARCHIVE : BROKEN)
    const length = Math.min(size, 65_557)
    const tail = Buffer.alloc(length)
    await handle.read(tail, 0, length, size - length)
    const at = tail.lastIndexOf('PK\x05\x06', length, 'latin1')
    if (at < 0) throw new Refused(BROKEN)
    if (tail.length - at !== 22 + tail.readUInt16LE(at + 20)) throw new Refused(HIDDEN)
    const listAt = tail.readUInt32LE(at + 16)
    const listSize = tail.readUInt32LE(at + 12)
    // Zip64 says it elsewhere; the offsets of a plain one must add up, or something stands before it.
    if (listAt !== 0xffffffff && listAt + listSize !== size - (tail.length - at)) throw new Refused(HIDDEN)
  } finally {
    await handle.close()
  }
}

const openArchive = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    openZip(
      path,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true },
      (error, zip) => (error ? reject(error) : resolve(zip)),
    )
  })

async function readThrough(zip: ZipFile): Promise<Found> {
  if (zip.entryCount > ZIP_LIMITS.entries) throw new Refused(BOMB)
  const entries = await listEntries(zip)
  let stated = 0
  for (const entry of entries) {
    stated += entry.uncompressedSize
    requireSoundName(entry)
    if ((entry.generalPurposeBitFlag & 1) === 1) throw new Refused(LOCKED)
    if (stated > ZIP_LIMITS.unpackedBytes || isPackedTooWell(entry.uncompressedSize, entry.compressedSize))
      throw new Refused(BOMB)
  }
  const names = new Set(entries.map((entry) => entry.fileName))
  const isOpenDocument = entries[0]?.fileName === 'mimetype'
  if (!names.has('[Content_Types].xml') && !isOpenDocument) throw new Refused(ARCHIVE)
  if (entries.some((entry) => PROGRAM_PART.test(entry.fileName))) throw new Refused(MACROS)
  const words = new Map<string, string>()
  let unpacked = 0
  for (const entry of entries) {
    const isRead = /^\[Content_Types\]\.xml$|\.rels$|^mimetype$|^META-INF\/manifest\.xml$/i.test(
      entry.fileName,
    )
    const { size, text } = await unpack(zip, entry, ZIP_LIMITS.unpackedBytes - unpacked, isRead)
    unpacked += size
    if (isPackedTooWell(size, entry.compressedSize)) throw new Refused(BOMB)
    if (text !== undefined) words.set(entry.fileName, text)
  }
  for (const text of words.values()) if (PROGRAM_WORDS.test(text)) throw new Refused(MACROS)
  return { kind: kindOf(words, isOpenDocument) }
}

function kindOf(words: ReadonlyMap<string, string>, isOpenDocument: boolean): Kind {
  if (isOpenDocument) {
    const type = words.get('mimetype')?.trim()
    if (type === 'application/vnd.oasis.opendocument.text') return findKind(type)!
    throw new Refused('It is a kind of document that is not taken. Save it as a PDF and send that')
  }
  const types = words.get('[Content_Types].xml') ?? ''
  const found = MAIN_PARTS.filter(([part]) => types.includes(part))
  if (found.length !== 1)
    throw new Refused(
      found.length > 1
        ? HIDDEN
        : 'It is a kind of document that is not taken. Save it as a PDF and send that',
    )
  return findKind(found[0]![1])!
}

const isPackedTooWell = (unpacked: number, packed: number): boolean =>
  unpacked > RATIO_COUNTS_FROM && unpacked > packed * ZIP_LIMITS.ratio

/** Names that would climb out of a folder, or come twice, are no document's. */
function requireSoundName(entry: Entry): void {
  const name = entry.fileName
  if (
    name.includes('\\') ||
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.split('/').includes('..') ||
    name.includes('\0')
  )
    throw new Refused(BROKEN)
}

async function listEntries(zip: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  const seen = new Set<string>()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (seen.has(entry.fileName.toLowerCase())) return reject(new Refused(BROKEN))
      seen.add(entry.fileName.toLowerCase())
      entries.push(entry)
      if (entries.length > ZIP_LIMITS.entries) return reject(new Refused(BOMB))
      zip.readEntry()
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  })
  return entries
}

/** Truly unpacks one part, keeping nothing but the text of small ones that say what the document is. */
async function unpack(
  zip: ZipFile,
  entry: Entry,
  atMost: number,
  isRead: boolean,
): Promise<{ size: number; text: string | undefined }> {
  if (entry.fileName.endsWith('/')) return { size: 0, text: undefined }
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  let size = 0
  const kept: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > atMost) throw new Refused(BOMB)
    if (isRead && size <= 5_000_000) kept.push(chunk)
  }
  return { size, text: isRead ? Buffer.concat(kept).toString('utf8').replaceAll('\0', '') : undefined }
}
