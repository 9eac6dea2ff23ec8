/** What people may send, by what a file is inside. Everything else is refused, whatever it is called. */

export type Sort = 'document' | 'picture' | 'sound' | 'video'

export interface Kind {
  /** The media type, as it is stored and sent. */
  readonly type: string
  readonly sort: Sort
  /** Endings a file of this kind may have; the first is added to a name that has none. */
  readonly endings: readonly string[]
  /** For people: "PDF document". */
  readonly words: string
}

const kind = (type: string, sort: Sort, words: string, ...endings: string[]): Kind => ({
  type,
  sort,
  endings,
  words,
})

export const KINDS: readonly Kind[] = [
  kind('application/pdf', 'document', 'PDF document', 'pdf'),
  kind(
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'document',
    'Word document',
    'docx',
  ),
  kind(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'document',
    'Excel spreadsheet',
    'xlsx',
  ),
  kind(
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'document',
    'PowerPoint presentation',
    'pptx',
  ),
  kind('application/vnd.oasis.opendocument.text', 'document', 'OpenDocument text', 'odt'),
  kind('application/rtf', 'document', 'RTF document', 'rtf'),
  kind('text/plain', 'document', 'text file', 'txt', 'text'),
  kind('text/csv', 'document', 'CSV file', 'csv'),
  kind('image/jpeg', 'picture', 'photo', 'jpg', 'jpeg', 'jpe', 'jfif'),
  kind('image/png', 'picture', 'picture', 'png'),
  kind('image/heic', 'picture', 'photo', 'heic', 'heif'),
  kind('image/webp', 'picture', 'picture', 'webp'),
  kind('image/gif', 'picture', 'picture', 'gif'),
  kind('audio/mpeg', 'sound', 'sound recording', 'mp3'),
  kind('audio/mp4', 'sound', 'sound recording', 'm4a', 'mp4'),
  kind('audio/wav', 'sound', 'sound recording', 'wav'),
  kind('audio/ogg', 'sound', 'sound recording', 'ogg', 'oga', 'opus'),
  kind('video/mp4', 'video', 'video', 'mp4', 'm4v'),
  kind('video/quicktime', 'video', 'video', 'mov', 'qt'),
  kind('video/webm', 'video', 'video', 'webm'),
]

/** The kind of a stored media type. */
export const findKind = (type: string | null): Kind | undefined => KINDS.find((one) => one.type === type)

/** For the `accept` of a file input. */
export const ACCEPTED_ENDINGS: string = [...new Set(KINDS.flatMap((one) => one.endings))]
  .map((ending) => `.${ending}`)
  .join(',')

/** What may be sent, in words for the hint of a page. */
export const ACCEPTED_IN_WORDS =
  'PDF, Word, Excel, PowerPoint, OpenDocument, text, photos (JPG, PNG, HEIC), sound (MP3, M4A, WAV) and video (MP4, MOV)'

/** How big a file may be, in bytes. */
export interface FileLimits {
  readonly document: number
  readonly recording: number
}

export const MEGABYTE = 1_000_000
export const DEFAULT_LIMITS: FileLimits = { document: 25 * MEGABYTE, recording: 200 * MEGABYTE }

/** The most a file of this sort may be. */
export const limitFor = (sort: Sort, limits: FileLimits): number =>
  sort === 'sound' || sort === 'video' ? limits.recording : limits.document

/** A size as people say it: "3.4 MB". */
export const sizeInWords = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
    : bytes < MEGABYTE
      ? `${Math.round(bytes / 1000)} KB`
      : `${(bytes / MEGABYTE).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`
