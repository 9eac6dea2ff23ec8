import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { endingOf } from './file-names.ts'
import { inspectOffice } from './inspect-office.ts'
import { inspectText, textKind } from './inspect-text.ts'
import { type FileLimits, findKind, KINDS, type Kind, limitFor, sizeInWords } from './kinds.ts'

export type Inspected =
  | { readonly ok: true; readonly kind: Kind }
  | { readonly ok: false; readonly why: string }

const refuse = (why: string): Inspected => ({ ok: false, why })

/** What file-type calls a kind of ours, where the names differ. */
const SAME_AS: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'application/ogg': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'text/rtf': 'application/rtf',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
}

const SEND_INSTEAD = 'Send a PDF, Word document, spreadsheet, photo, sound recording or video'

/** Kinds people do send and that we refuse, each with why and what to do. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [
    /macroenabled|\.(template|slideshow)/,
    'It can hold macros, which are programs. Save it as an ordinary document and send that',
  ],
  [
    /x-cfb|msword|ms-(excel|powerpoint)/,
    'It is an old Word, Excel or PowerPoint file, or one locked with a password. Save it as DOCX, XLSX, PPTX or PDF without a password and send that',
  ],
  [
    /zip|rar|7z|gzip|tar|bzip|x-xz|zstd|lz4|x-compress|cabinet|java-archive|iso9660|dmg/,
    'It is an archive of other files. Take the files out and send them one by one',
  ],
  [
    /msdownload|x-elf|mach-binary|wasm|java-vm|x-msi|android|\.apk|x-executable|deb|rpm|mswinurl|ms-shortcut|x-nintendo|chrome-extension|xpinstall|applescript/,
    `It is a program, and programs are not taken. ${SEND_INSTEAD}`,
  ],
  [/svg|html|xml|javascript/, `It is a web page or drawing that can run code. ${SEND_INSTEAD}`],
]

/** Endings that are refused whatever is inside: a person could run them by opening them. */
const RUNS =
  /^(exe|com|scr|pif|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|msi|msp|jar|lnk|url|reg|sh|bash|py|php|pl|rb|app|dmg|deb|rpm|apk|dll|sys|cpl|svg|svgz|html|htm|xhtml|shtml|mht|mhtml|xml|docm|dotm|dot|xlsm|xltm|xlam|xll|xlsb|pptm|potm|ppsm|ppam|iso|img|vhd|zip|rar|7z|gz|tar|bz2|xz|cab|eml|msg)$/

/**
 * Says what a file is by what is in it, and whether it may be kept. Reads it a little at a time, however big.
 * @param name as the sender named it: it must not contradict the content
 */
export async function inspectFile(file: {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly limits: FileLimits
}): Promise<Inspected> {
  if (file.size === 0) return refuse('It is empty. Check that it opens on your device and send it again')
  const ending = endingOf(file.name)
  const kind = await kindOf(file.path, ending, file.size, file.limits)
  if ('why' in kind) return refuse(kind.why)
  const limit = limitFor(kind.kind.sort, file.limits)
  if (file.size > limit) return refuse(tooBig(file.size, limit))
  if (ending !== undefined && !kind.kind.endings.includes(ending)) {
    if (RUNS.test(ending)) return refuse(REFUSED[3]![1])
    return refuse(
      `Its name ends in .${ending} but it is a ${kind.kind.words}. Rename it to end in .${kind.kind.endings[0]} and send it again`,
    )
  }
  return { ok: true, kind: kind.kind }
}

/** The words for a file over its limit. */
export const tooBig = (size: number | undefined, limit: number): string =>
  `It is too big${size === undefined ? '' : ` (${sizeInWords(size)})`}. The most is ${sizeInWords(limit)}`

type Found = { readonly kind: Kind } | { readonly why: string }

async function kindOf(
  path: string,
  ending: string | undefined,
  size: number,
  limits: FileLimits,
): Promise<Found> {
  const head = await bytesAt(path, 0, 4096)
  if (isProgram(head)) return { why: REFUSED[3]![1] }
  // What says it is a zip is an office document or refused, and only by all that is in it.
  if (head.subarray(0, 2).toString('latin1') === 'PK') {
    if (size > limits.document) return { why: tooBig(size, limits.document) }
    return inspectOffice(path)
  }
  const detected = await fileTypeFromFile(path).catch(() => undefined)
  const type = detected && (SAME_AS[detected.mime] ?? detected.mime)
  const kind = type === undefined ? undefined : findKind(type)
  if (kind && kind.sort !== 'document') {
    const hidden = await hiddenArchive(path, size)
    return hidden ? { why: hidden } : { kind }
  }
  if (kind?.type === 'application/pdf' || kind?.type === 'application/rtf') {
    if (size > limits.document) return { why: tooBig(size, limits.document) }
    const hidden = await hiddenArchive(path, size)
    if (hidden) return { why: hidden }
    if (kind.type === 'application/rtf') {
      const why = await inspectText(path, { isRtf: true })
      if (why) return { why }
    }
    return { kind }
  }
  if (type !== undefined && !kind) {
    const known = REFUSED.find(([pattern]) => pattern.test(type))
    if (known) return { why: known[1] }
    // A few kinds of text have a type of their own to the detector; ours have none.
    return { why: `It is a kind of file that is not taken (${detected!.ext}). ${SEND_INSTEAD}` }
  }
  if (size > limits.document) {
    return { why: `It could not be recognised. ${SEND_INSTEAD}` }
  }
  const why = await inspectText(path, { isRtf: false })
  if (why === undefined) return { kind: textKind(ending) }
  if (ending !== undefined && RUNS.test(ending) && !/web page/.test(why)) return { why: REFUSED[3]![1] }
  return { why }
}

/** The first bytes of what a machine runs, whatever it is called. */
function isProgram(head: Buffer): boolean {
  const start = head.subarray(0, 4).toString('latin1')
  return (
    start.startsWith('MZ') ||
    start.startsWith('ZM') ||
    start === '\x7fELF' ||
    start.startsWith('#!') ||
    start === '\0asm' ||
    start === 'dex\n' ||
    start === '!<ar' ||
    start === '!<arch>'.slice(0, 4) ||
    ['cafebabe', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', '4c000000'].includes(
      head.subarray(0, 4).toString('hex'),
    )
  )
}

/** A zip hidden behind something else: the end of a zip's list, in the last bytes, that reaches the end of the file. */
async function hiddenArchive(path: string, size: number): Promise<string | undefined> {
  const length = Math.min(size, 65_557)
  const tail = await bytesAt(path, size - length, length)
  for (
    let at = tail.lastIndexOf('PK\x05\x06', length, 'latin1');
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    if (
      at + 22 <= tail.length &&
      at + 22 + tail.readUInt16LE(at + 20) <= tail.length &&
      tail.readUInt16LE(at + 10) > 0
    )
      return 'It has another file hidden inside it. Save it again from the program that made it, and send that'
  }
  return undefined
}

/** Up to `length` bytes from a place in a file. */
export async function bytesAt(path: string, start: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, start)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Every type that can be kept, for the check of the database. */
export const ACCEPTED_TYPES: readonly string[] = KINDS.map((one) => one.type)
