import { deflateRawSync } from 'node:zlib'

/** Small files of every kind, made here byte by byte: for tests, with nobody's data in them. */

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
export const crc32 = (data: Buffer): number => {
  let c = 0xffffffff
  for (const byte of data) c = crcTable[(c ^ byte) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

export interface ZipPart {
  readonly name: string
  readonly data: Buffer | string
  /** What the list says, when it lies. */
  readonly statedSize?: number
  readonly stored?: boolean
  readonly flags?: number
}

/** A zip with the parts given, honest unless told otherwise. */
export function zip(parts: readonly ZipPart[], options: { prefix?: Buffer; comment?: string } = {}): Buffer {
  const local: Buffer[] = [options.prefix ?? Buffer.alloc(0)]
  const list: Buffer[] = []
  let at = local[0]!.length
  for (const part of parts) {
    const data = Buffer.from(part.data as string)
    const packed = part.stored ? data : deflateRawSync(data)
    const name = Buffer.from(part.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((part.flags ?? 0) | 0x800, 2)
    common.writeUInt16LE(part.stored ? 0 : 8, 4)
    common.writeUInt32LE(0x5a6e0000, 6)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(part.statedSize ?? data.length, 18)
    common.writeUInt16LE(name.length, 22)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed)
    const entry = Buffer.alloc(46 - 6 - 26)
    entry.writeUInt32LE(at, 10)
    list.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), common, entry.subarray(0, 14), name)
    at += 4 + 26 + name.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE((options.comment ?? '').length, 20)
  return Buffer.concat([...local, directory, end, Buffer.from(options.comment ?? '')])
}

const MAIN = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
} as const

export const contentTypes = (main: string): ZipPart => ({
  name: '[Content_Types].xml',
  data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/a.xml" ContentType="${main}"/></Types>`,
})

export const office = (kind: keyof typeof MAIN, more: readonly ZipPart[] = []): Buffer =>
  zip([
    contentTypes(MAIN[kind]),
    { name: '_rels/.rels', data: '<Relationships/>' },
    { name: 'word/document.xml', data: '<w:document>Her views</w:document>' },
    ...more,
  ])

export const odt = (): Buffer =>
  zip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true },
    { name: 'content.xml', data: '<office:document-content/>' },
    { name: 'META-INF/manifest.xml', data: '<manifest:manifest/>' },
  ])

export const pdf = (): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  )
export const rtf = (): Buffer => Buffer.from('{\\rtf1\\ansi What she likes\\par}')

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
export const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex')
/** A PNG with a text chunk that says where it was made, where asked. */
export const png = (more: readonly (readonly [string, string])[] = []): Buffer =>
  Buffer.concat([
    PNG_START,
    chunk('IHDR', Buffer.from('0000000100000001080600000000', 'hex').subarray(0, 13)),
    ...more.map(([name, text]) => chunk(name, Buffer.from(text, 'latin1'))),
    chunk('IDAT', Buffer.from('789c6300010000000500010d0a2db4', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ])

const segment = (marker: number, data: Buffer | string): Buffer => {
  const body = Buffer.from(data as string)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
/** A JPEG of the right shape, with EXIF that says where it was taken and which way up it is. */
export const jpeg = (
  options: { exif?: boolean; orientation?: number; after?: Buffer; comment?: string } = {},
): Buffer => {
  const parts = [Buffer.from([0xff, 0xd8]), segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0')]
  if (options.exif !== false) parts.push(segment(0xe1, exif(options.orientation ?? 6)))
  if (options.comment) parts.push(segment(0xfe, options.comment))
  parts.push(
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from('0800010001010111 00'.replace(' ', ''), 'hex')),
    segment(0xc4, Buffer.concat([Buffer.from([0]), Buffer.alloc(16, 0), Buffer.alloc(0)])),
    segment(0xda, Buffer.from('01010000 3f00'.replace(' ', ''), 'hex')),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
  )
  return Buffer.concat([...parts, options.after ?? Buffer.alloc(0)])
}
function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 12 * 2 + 4 + 40)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(2, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  tiff.writeUInt16LE(0x8825, 22)
  tiff.writeUInt16LE(4, 24)
  tiff.writeUInt32LE(1, 26)
  tiff.writeUInt32LE(38, 30)
  tiff.write('GPSLatitude 50.7155N', 38, 'latin1')
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
}

export const gif = (after: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from('01000100800000', 'hex'),
    Buffer.from('000000ffffff', 'hex'),
    Buffer.from('2c000000000100010000', 'hex'),
    Buffer.from('02024401003b', 'hex'),
    after,
  ])

/** A RIFF file: a WebP picture or a WAV recording. */
export const riff = (form: 'WEBP' | 'WAVE', chunks: readonly (readonly [string, Buffer])[]): Buffer => {
  const body = Buffer.concat(
    chunks.flatMap(([name, data]) => {
      const head = Buffer.alloc(8)
      head.write(name, 0, 'latin1')
      head.writeUInt32LE(data.length, 4)
      return [head, data, Buffer.alloc(data.length % 2)]
    }),
  )
  const head = Buffer.alloc(12)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  head.write(form, 8, 'latin1')
  return Buffer.concat([head, body])
}
export const webp = (): Buffer =>
  riff('WEBP', [
    ['VP8X', Buffer.from('08000000000000000000', 'hex')],
    ['VP8L', Buffer.from('2f00000000073d0000', 'hex')],
    ['EXIF', Buffer.from('II*\0GPSLatitude 50.7155N', 'latin1')],
  ])
export const wav = (): Buffer =>
  riff('WAVE', [
    ['fmt ', Buffer.from('0100010044ac000088580100020010 00'.replace(' ', ''), 'hex')],
    ['data', Buffer.alloc(200)],
  ])
export const mp3 = (): Buffer =>
  Buffer.concat([
    Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'),
    Buffer.from('fffb9064', 'hex'),
    Buffer.alloc(600),
  ])
export const ogg = (): Buffer => {
  const head = Buffer.alloc(28)
  head.write('OggS', 0, 'latin1')
  return Buffer.concat([head, Buffer.from('OpusHead\x01\x01', 'latin1'), Buffer.alloc(100)])
}

export const box = (type: string, data: Buffer | readonly Buffer[]): Buffer => {
  const body = Buffer.isBuffer(data) ? data : Buffer.concat(data as Buffer[])
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
/** The start and the end of an MP4 whose middle may be of any size, with the place it was filmed in its user data. */
export const mp4Parts = (brand: string, middle: number): { start: Buffer; end: Buffer } => {
  const ftyp = box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1'))
  const mdat = Buffer.alloc(8)
  mdat.writeUInt32BE(middle + 8, 0)
  mdat.write('mdat', 4, 'latin1')
  const place = box('\xa9xyz', Buffer.from('\0\x12\x15\xc7+50.7155-002.4373/', 'latin1'))
  return {
    start: Buffer.concat([ftyp, mdat]),
    end: box('moov', [box('mvhd', Buffer.alloc(100)), box('udta', place)]),
  }
}
export const mp4 = (brand = 'isom'): Buffer => {
  const { start, end } = mp4Parts(brand, 64)
  return Buffer.concat([start, Buffer.alloc(64), end])
}
export const heic = (): Buffer =>
  Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')), box('mdat', Buffer.alloc(64))])
export const webm = (): Buffer =>
  Buffer.concat([
    Buffer.from('1a45dfa3', 'hex'),
    Buffer.from([0x87]),
    Buffer.from('428284', 'hex'),
    Buffer.from('webm'),
    Buffer.alloc(64),
  ])

/** Every kind taken, under a name of its own. */
export const GOOD_FILES: Readonly<Record<string, () => Buffer>> = {
  'letter.pdf': pdf,
  'report.docx': () => office('docx'),
  'sums.xlsx': () => office('xlsx'),
  'slides.pptx': () => office('pptx'),
  'notes.odt': odt,
  'what she likes.rtf': rtf,
  'plain.txt': () => Buffer.from('She likes trains.\r\nAnd £5 notes.\n'),
  'table.csv': () => Buffer.from('name,age\nAda,9\n'),
  'photo.jpg': () => jpeg(),
  'drawing.png': () => png(),
  'phone.heic': heic,
  'small.webp': webp,
  'moving.gif': () => gif(),
  'voice.mp3': mp3,
  'voice.m4a': () => mp4('M4A '),
  'voice.wav': wav,
  'voice.ogg': ogg,
  'film.mp4': () => mp4(),
  'film.mov': () => mp4('qt  '),
  'film.webm': webm,
}

/** The test text every virus scanner knows. Put together here so that no scanner takes this source for it. */
export const eicar = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''))
