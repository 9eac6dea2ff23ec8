import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { withoutHiddenFacts } from './hidden-facts.ts'
import { findKind } from './kinds.ts'
import { copyGif, copyJpeg, copyPng, copyWebp } from './picture-copies.ts'
import { box, gif, jpeg, mp4, png, webp } from './testing/sample-files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clearway-hidden-'))
afterAll(() => rmSync(folder, { recursive: true }))
const text = (data: Buffer | undefined): string => data?.toString('latin1') ?? ''

async function cleaned(type: string, data: Buffer): Promise<{ ok: boolean; data: Buffer }> {
  const place = path.join(folder, 'one')
  writeFileSync(place, data)
  const { ok } = await withoutHiddenFacts(place, findKind(type)!)
  return { ok, data: readFileSync(place) }
}

describe('A photo keeps the picture and loses the rest', () => {
  test('JPEG: the place, the comment and what follows the end go; which way up it is stays', () => {
    const before = jpeg({ orientation: 6, comment: 'made by Ada', after: Buffer.from('PK\x03\x04<script>') })
    expect(text(before)).toContain('GPSLatitude')
    const after = copyJpeg(before)!
    for (const gone of ['GPSLatitude', 'made by Ada', '<script>', 'PK'])
      expect(text(after)).not.toContain(gone)
    expect(after.subarray(-2).toString('hex')).toBe('ffd9')
    const exif = after.indexOf('Exif')
    expect(after.readUInt16BE(exif + 24)).toBe(6)
    // The drawn data is byte for byte what it was, escaped bytes and restarts included.
    expect(text(after)).toContain(text(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56])))
    expect(copyJpeg(after)).toEqual(after)
  })
  test('JPEG the right way up gets no EXIF at all', () => {
    expect(text(copyJpeg(jpeg({ orientation: 1 })))).not.toContain('Exif')
    expect(copyJpeg(jpeg({ exif: false }))).toEqual(jpeg({ exif: false }))
  })
  test('PNG: words and times go, and what follows the end', () => {
    const before = Buffer.concat([
      png([
        ['tEXt', 'Author\0Ada'],
        ['eXIf', 'II*\0GPSLatitude'],
        ['tIME', 'xxxxxxx'],
        ['prVt', 'device'],
      ]),
      Buffer.from('PK tail'),
    ])
    expect(copyPng(before)).toEqual(png())
  })
  test('WebP: EXIF goes, and the flag that said it was there', () => {
    const after = copyWebp(Buffer.concat([webp(), Buffer.from('tail')]))!
    expect(text(after)).not.toMatch(/GPSLatitude|tail/)
    expect(after.readUInt32LE(4)).toBe(after.length - 8)
    expect(after[20]! & 0x0c).toBe(0)
  })
  test('GIF: comments go, and what follows the end', () => {
    const comment = Buffer.from('21fe05', 'hex')
    const whole = gif(Buffer.from('tail'))
    const before = Buffer.concat([whole.subarray(0, 19), comment, Buffer.from('hello\0'), whole.subarray(19)])
    expect(copyGif(before)).toEqual(gif())
  })
  test('a film loses where it was made, and stays as long as it was', async () => {
    const before = mp4('qt  ')
    const { ok, data } = await cleaned('video/quicktime', before)
    expect(ok).toBe(true)
    expect(data.length).toBe(before.length)
    expect(text(before)).toContain('+50.7155')
    expect(text(data)).not.toContain('+50.7155')
    expect(text(data)).toContain('mvhd')
  })
  test('a HEIC photo loses the item with its place', async () => {
    const place = Buffer.from('Exif GPSLatitude 50.7155N')
    const full = (version: number, ...rest: Buffer[]) =>
      Buffer.concat([Buffer.from([version, 0, 0, 0]), ...rest])
    const be = (bytes: number, value: number) => {
      const made = Buffer.alloc(bytes)
      made.writeUIntBE(value, 0, bytes)
      return made
    }
    const infe = (id: number, type: string) =>
      box('infe', full(2, be(2, id), be(2, 0), Buffer.from(type), Buffer.from([0])))
    const build = (at: number) =>
      Buffer.concat([
        box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
        box(
          'meta',
          full(
            0,
            box('iinf', full(0, be(2, 2), infe(1, 'hvc1'), infe(2, 'Exif'))),
            box(
              'iloc',
              full(
                0,
                be(2, 0x4400),
                be(2, 2),
                ...[be(2, 1), be(2, 0), be(2, 1), be(4, at), be(4, 7)],
                ...[be(2, 2), be(2, 0), be(2, 1), be(4, at + 7), be(4, place.length)],
              ),
            ),
          ),
        ),
        box('mdat', Buffer.concat([Buffer.from('PICTURE'), place])),
      ])
    const at = build(0).length - place.length - 7
    const { ok, data } = await cleaned('image/heic', build(at))
    expect(ok).toBe(true)
    expect(text(data)).toContain('PICTURE')
    expect(text(data)).not.toContain('GPSLatitude')
  })
})

describe('Broken pictures', () => {
  const copiers = { copyJpeg, copyPng, copyWebp, copyGif } as const
  const whole = { copyJpeg: jpeg(), copyPng: png(), copyWebp: webp(), copyGif: gif() } as const
  test('whatever is cut or changed, a copier gives a copy no longer than a few bytes more, or nothing, and never fails', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(copiers) as (keyof typeof copiers)[])),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        fc.nat(400),
        (name, changes, cut) => {
          const data = Buffer.from(whole[name])
          for (const [at, value] of changes) data[at % data.length] = value
          const given = data.subarray(0, Math.max(0, data.length - (cut % data.length)))
          const copied = copiers[name](given)
          expect(copied === undefined || copied.length <= given.length + 40).toBe(true)
        },
      ),
      { numRuns: 4000 },
    )
  })
  test('random bytes are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const copy of Object.values(copiers)) expect(copy(Buffer.from(bytes))).toBeUndefined()
      }),
    )
  })
  test('films with boxes that lie about their lengths are refused, and none hangs', async () => {
    const lies = mp4()
    lies.writeUInt32BE(0xfffffff0, lies.indexOf('moov') - 4)
    expect((await cleaned('video/mp4', lies)).ok).toBe(false)
  })
})
