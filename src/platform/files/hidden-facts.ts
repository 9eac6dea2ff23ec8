import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises'
import type { Kind } from './kinds.ts'
import { copyGif, copyJpeg, copyPng, copyWebp } from './picture-copies.ts'

export type WithoutHiddenFacts = { readonly ok: true } | { readonly ok: false; readonly why: string }

const DAMAGED = 'It is damaged. Check that it opens on your device and send it again'

const COPIERS: Readonly<Record<string, (data: Buffer) => Buffer | undefined>> = {
  'image/jpeg': copyJpeg,
  'image/png': copyPng,
  'image/webp': copyWebp,
  'image/gif': copyGif,
}

/**
 * Takes out of a photo or a film where and when and by what it was made, in the waiting place, before it is kept. A child's
 * home is in the place a parent's phone writes into every photo. Sound and documents are kept as they came.
 */
export async function withoutHiddenFacts(path: string, kind: Kind): Promise<WithoutHiddenFacts> {
  const copy = COPIERS[kind.type]
  if (copy) {
    const data = await readFile(path)
    const copied = copy(data)
    if (!copied) return { ok: false, why: DAMAGED }
    if (!copied.equals(data)) await writeFile(path, copied)
    return { ok: true }
  }
  if (/^(video\/(mp4|quicktime)|audio\/mp4|image\/heic)$/.test(kind.type)) {
    const handle = await open(path, 'r+')
    try {
      return (await blankBoxes(handle)) ? { ok: true } : { ok: false, why: DAMAGED }
    } finally {
      await handle.close()
    }
  }
  return { ok: true }
}

/** Boxes of a film that hold no film: what the device wrote about the making of it. */
const ABOUT = new Set(['udta', 'uuid', 'meta'])
const GONE_INTO = new Set(['moov', 'trak', 'moof', 'traf'])
const DEEPEST = 6

interface Box {
  readonly type: string
  readonly start: number
  readonly body: number
  readonly end: number
}

/** Overwrites with nothing the boxes that say where a film was made; of a HEIC photo, the part that does. Lengths stay, so nothing moves. */
async function blankBoxes(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat()
  const boxes = await boxesIn(handle, 0, size)
  if (boxes?.[0]?.type !== 'ftyp') return false
  for (const box of boxes) {
    if (box.type === 'meta') await blankPhotoFacts(handle, box)
    else if (box.type === 'uuid' || box.type === 'udta') await blank(handle, box)
    else if (GONE_INTO.has(box.type)) await blankWithin(handle, box, 1)
  }
  return true
}

async function blankWithin(handle: FileHandle, parent: Box, depth: number): Promise<void> {
  for (const box of (await boxesIn(handle, parent.body, parent.end)) ?? []) {
    if (ABOUT.has(box.type)) await blank(handle, box)
    else if (GONE_INTO.has(box.type) && depth < DEEPEST) await blankWithin(handle, box, depth + 1)
  }
}

/** Boxes one after another; undefined when their lengths do not add up. */
async function boxesIn(handle: FileHandle, from: number, to: number): Promise<Box[] | undefined> {
  const boxes: Box[] = []
  const head = Buffer.alloc(16)
  let at = from
  while (at + 8 <= to && boxes.length < 100_000) {
    await handle.read(head, 0, 16, at)
    let length = head.readUInt32BE(0)
    let body = at + 8
    if (length === 1) {
      length = Number(head.readBigUInt64BE(8))
      body = at + 16
    } else if (length === 0) length = to - at
    if (length < body - at || at + length > to) return undefined
    boxes.push({ type: head.subarray(4, 8).toString('latin1'), start: at, body, end: at + length })
    at += length
  }
  return boxes
}

/** Makes a box free space, its bytes nought. */
async function blank(handle: FileHandle, box: Box): Promise<void> {
  await handle.write(Buffer.from('free'), 0, 4, box.start + 4)
  await blankBytes(handle, box.body, box.end)
}

async function blankBytes(handle: FileHandle, from: number, to: number): Promise<void> {
  const noughts = Buffer.alloc(Math.min(64 * 1024, Math.max(0, to - from)))
  for (let at = from; at < to; at += noughts.length)
    await handle.write(noughts, 0, Math.min(noughts.length, to - at), at)
}

/** In a HEIC photo the place is an item of its own, named by the list of items and found by the list of places. */
async function blankPhotoFacts(handle: FileHandle, meta: Box): Promise<void> {
  const boxes = (await boxesIn(handle, meta.body + 4, meta.end)) ?? []
  const read = async (type: string): Promise<Buffer | undefined> => {
    const box = boxes.find((one) => one.type === type)
    if (!box || box.end - box.body > 5_000_000) return undefined
    const data = Buffer.alloc(box.end - box.body)
    await handle.read(data, 0, data.length, box.body)
    return data
  }
  const list = await read('iinf')
  const places = await read('iloc')
  if (!list || !places) return
  const { size } = await handle.stat()
  for (const { offset, length } of placesOf(places, factItems(list)))
    if (offset + length <= size) await blankBytes(handle, offset, offset + length)
}

/** The numbers of the items that are EXIF or other facts about the photo. */
function factItems(list: Buffer): ReadonlySet<number> {
  const found = new Set<number>()
  let at = list[0] === 0 ? 6 : 8
  while (at + 12 <= list.length) {
    const length = list.readUInt32BE(at)
    if (length < 12 || at + length > list.length) break
    const version = list[at + 8]!
    if (version >= 2) {
      const wide = version === 3 ? 4 : 2
      const number = wide === 4 ? list.readUInt32BE(at + 12) : list.readUInt16BE(at + 12)
      const type = list.subarray(at + 14 + wide, at + 18 + wide).toString('latin1')
      if (type === 'Exif' || type === 'mime') found.add(number)
    }
    at += length
  }
  return found
}

function placesOf(
  places: Buffer,
  items: ReadonlySet<number>,
): readonly { readonly offset: number; readonly length: number }[] {
  const found: { offset: number; length: number }[] = []
  let at = 0
  const take = (bytes: number): number => {
    if (bytes === 0) return 0
    if (at + bytes > places.length) throw new RangeError('the list of places is cut short')
    const value = bytes === 8 ? Number(places.readBigUInt64BE(at)) : places.readUIntBE(at, bytes)
    at += bytes
    return value
  }
  try {
    const version = take(1)
    take(3)
    const sizes = take(2)
    const [offsetSize, lengthSize, baseSize] = [(sizes >> 12) & 15, (sizes >> 8) & 15, (sizes >> 4) & 15]
    const indexSize = version > 0 ? sizes & 15 : 0
    const count = take(version < 2 ? 2 : 4)
    for (let n = 0; n < count; n++) {
      const item = take(version < 2 ? 2 : 4)
      const method = version > 0 ? take(2) & 15 : 0
      take(2)
      const base = take(baseSize)
      const extents = take(2)
      for (let e = 0; e < extents; e++) {
        take(indexSize)
        const offset = base + take(offsetSize)
        const length = take(lengthSize)
        if (items.has(item) && method === 0) found.push({ offset, length })
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return found
}
