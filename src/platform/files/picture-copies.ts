/**
 * Copies of pictures with nothing in them but the picture: no place, no time, no name of a device or a person, no words, and
 * nothing after their end. Each copier knows the parts a browser draws with, and copies those alone; the picture itself is
 * not drawn again, so nothing of it is lost. A picture whose parts do not add up gives undefined.
 */

type Copied = Buffer | undefined

const SOI = Buffer.from([0xff, 0xd8])
const EOI = Buffer.from([0xff, 0xd9])

/** JPEG: keeps the size, the colours and which way up it is. */
export function copyJpeg(data: Buffer): Copied {
  if (!data.subarray(0, 2).equals(SOI)) return undefined
  const kept: Buffer[] = [SOI]
  let orientation = 1
  let hasFrame = false
  let hasScan = false
  let at = 2
  while (at < data.length) {
    if (data[at] !== 0xff) return undefined
    while (data[at + 1] === 0xff) at++ // padding
    const marker = data[at + 1]
    if (marker === undefined) break
    if (marker === 0xd9) break // the end: what follows is no part of the picture
    if (at + 4 > data.length) return undefined
    const length = data.readUInt16BE(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > data.length) return undefined
    const segment = data.subarray(at, end)
    if (marker === 0xe1) orientation = orientationOf(segment.subarray(4)) ?? orientation
    if (isOfThePicture(marker, segment)) kept.push(segment)
    hasFrame ||= marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    at = end
    if (marker !== 0xda) continue
    hasScan = true
    const scanEnd = endOfScan(data, at)
    kept.push(data.subarray(at, scanEnd))
    at = scanEnd
  }
  if (!hasFrame || !hasScan) return undefined
  if (orientation !== 1) kept.splice(afterJfif(kept), 0, onlyOrientation(orientation))
  return Buffer.concat([...kept, EOI])
}

const afterJfif = (kept: readonly Buffer[]): number => (kept[1]?.[1] === 0xe0 ? 2 : 1)

/** Tables, frames and scans; of the application's own segments only those that say how to draw: JFIF, a colour profile, Adobe's. */
function isOfThePicture(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const starts = (name: string): boolean => segment.subarray(4, 4 + name.length).toString('latin1') === name
  return (
    (marker === 0xe0 && starts('JFIF\0')) ||
    (marker === 0xe2 && starts('ICC_PROFILE\0')) ||
    (marker === 0xee && starts('Adobe'))
  )
}

/** The drawn data runs to the next marker that is neither an escaped byte nor a restart. */
function endOfScan(data: Buffer, from: number): number {
  let at = from
  for (;;) {
    at = data.indexOf(0xff, at)
    if (at < 0 || at + 1 >= data.length) return data.length
    const next = data[at + 1]!
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
    at += next === 0xff ? 1 : 2
  }
}

function orientationOf(exif: Buffer): number | undefined {
  if (exif.subarray(0, 6).toString('latin1') !== 'Exif\0\0') return undefined
  const tiff = exif.subarray(6)
  if (tiff.length < 14) return undefined
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II'
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return undefined
  const count = short(first)
  for (let n = 0; n < count; n++) {
    const entry = first + 2 + n * 12
    if (entry + 12 > tiff.length) return undefined
    if (short(entry) !== 0x0112) continue
    const value = short(entry + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** An EXIF segment that says which way up the picture is, and nothing else. */
function onlyOrientation(orientation: number): Buffer {
  const segment = Buffer.from(
    'ffe100224578696600004d4d002a00000008000101120003000000010000000000000000',
    'hex',
  )
  segment.writeUInt16BE(orientation, 28)
  return segment
}

const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex')
/** What a PNG is drawn with; every other chunk is words, times, places, or unknown. */
const PNG_CHUNKS = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)

export function copyPng(data: Buffer): Copied {
  if (!data.subarray(0, 8).equals(PNG_START)) return undefined
  const kept: Buffer[] = [PNG_START]
  let at = 8
  while (at + 12 <= data.length) {
    const end = at + 12 + data.readUInt32BE(at)
    if (end > data.length) return undefined
    const name = data.subarray(at + 4, at + 8).toString('latin1')
    if (at === 8 && name !== 'IHDR') return undefined
    if (PNG_CHUNKS.has(name)) kept.push(data.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}

const WEBP_CHUNKS = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const WEBP_EXIF_AND_XMP = 0x08 | 0x04

export function copyWebp(data: Buffer): Copied {
  if (data.length < 20 || data.subarray(8, 12).toString('latin1') !== 'WEBP') return undefined
  const stated = data.readUInt32LE(4) + 8
  if (stated > data.length) return undefined
  const kept: Buffer[] = []
  let at = 12
  while (at + 8 <= stated) {
    const size = data.readUInt32LE(at + 4)
    const end = at + 8 + size
    if (end > stated) return undefined
    const name = data.subarray(at, at + 4).toString('latin1')
    if (WEBP_CHUNKS.has(name)) {
      const chunk = Buffer.concat([data.subarray(at, end), Buffer.alloc(size % 2)])
      if (name === 'VP8X' && size > 0) chunk[8] = chunk[8]! & ~WEBP_EXIF_AND_XMP
      kept.push(chunk)
    }
    at = end + (size % 2)
  }
  if (kept.length === 0) return undefined
  const body = Buffer.concat(kept)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}

export function copyGif(data: Buffer): Copied {
  if (data.length < 14 || !/^GIF8[79]a$/.test(data.subarray(0, 6).toString('latin1'))) return undefined
  const tableSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + tableSize(data[10]!)
  const kept: Buffer[] = [data.subarray(0, at)]
  while (at < data.length) {
    const start = at
    const block = data[at]
    if (block === 0x3b) return Buffer.concat([...kept, Buffer.from([0x3b])])
    if (block === 0x2c) {
      if (at + 10 >= data.length) return undefined
      at += 10 + tableSize(data[at + 9]!) + 1
    } else if (block === 0x21) at += 2
    else return undefined
    const end = endOfBlocks(data, at)
    if (end === undefined) return undefined
    if (block === 0x2c || isOfTheGif(data, start)) kept.push(data.subarray(start, end))
    at = end
  }
  return undefined
}

function endOfBlocks(data: Buffer, from: number): number | undefined {
  let at = from
  while (at < data.length) {
    const size = data[at]!
    at += 1 + size
    if (size === 0) return at
  }
  return undefined
}

/** Timing of frames, and how often to go round; not comments, nor what programs leave behind. */
const isOfTheGif = (data: Buffer, at: number): boolean =>
  data[at + 1] === 0xf9 ||
  (data[at + 1] === 0xff &&
    /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(data.subarray(at + 3, at + 14).toString('latin1')))
