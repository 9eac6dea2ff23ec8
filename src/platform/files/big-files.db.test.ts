import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../../features/files/read-a-file/index.ts'
import { INCOMING_KEPT_MS, keepFiles, ORPHANS_KEPT_MS } from './keep-files.ts'
import { mp4Parts, pdf } from './testing/sample-files.ts'
import { openUploadSite, type UploadSite } from './testing/upload-site.ts'

/** What is held and not what waits to be collected is what must stay flat. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite(routes)
})
afterAll(() => site.close())

const rows = () => site.record.owner.selectFrom('stored_file').selectAll().execute()
const waiting = () => readdir(site.files.incoming).catch(() => [])

/** A film of a size, sent without ever being in memory whole. */
function film(bytes: number): { pieces: () => AsyncGenerator<Buffer>; size: number } {
  const { start, end } = mp4Parts('isom', bytes)
  const piece = randomBytes(1024 * 1024)
  return {
    size: start.length + bytes + end.length,
    pieces: async function* () {
      yield start
      for (let left = bytes; left > 0; left -= piece.length)
        yield piece.subarray(0, Math.min(left, piece.length))
      yield end
    },
  }
}

/** How much more is held than at the start, in megabytes: sender, server and receiver together, for they are one process here. */
function watchMemory(): { most(): number; stop(): number } {
  const held = (): number => {
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / 1_000_000
  }
  const before = held()
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, Math.round(held() - before))
  }, 100)
  return {
    most: () => most,
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

/** Sends by hand over a socket, so that it can be slow, be cut, or lie. */
async function stream(
  parts: AsyncGenerator<Buffer>,
  size: number,
  name: string,
  cutAfter = Number.POSITIVE_INFINITY,
): Promise<string> {
  const { cookie, csrf } = await site.cookieOf('parent')
  const boundary = 'xxCLEARWAYxx'
  const field = (key: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
  const head = Buffer.from(
    `${field('_csrf', csrf)}${field('idempotencyKey', 'k1')}${field('_upload', '1')}--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const { hostname, port } = new URL(site.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (data: Buffer) => {
    answer += data.toString('utf8')
  })
  socket.on('error', () => {})
  const write = (data: Buffer): Promise<unknown> =>
    socket.write(data) ? Promise.resolve() : new Promise((resolve) => socket.once('drain', resolve))
  await write(
    Buffer.from(
      `POST /send-files HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${cookie}\r\ncontent-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: ${head.length + size + tail.length}\r\nconnection: close\r\n\r\n`,
    ),
  )
  await write(head)
  let sent = 0
  for await (const piece of parts) {
    await write(piece)
    sent += piece.length
    if (sent >= cutAfter) {
      socket.destroy()
      return 'cut'
    }
  }
  await write(tail)
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

describe('A big film', () => {
  // Twice the usual limit, so that memory that grew with the film could not hide under the bound.
  test.each([199, 400])(
    'of %i MB goes in and comes out whole, and memory stays flat',
    {
      timeout: 120_000,
    },
    async (megabytes) => {
      const usual = site.files
      site.files = { ...usual, limits: { ...usual.limits, recording: 500_000_000 } }
      const { pieces, size } = film(megabytes * 1_000_000)
      const watch = watchMemory()
      const startedAt = performance.now()
      const answer = await stream(pieces(), size, `${megabytes}.mp4`)
      const seconds = (performance.now() - startedAt) / 1000
      const mostIn = watch.most()
      site.files = usual
      expect(answer).toMatch(/^HTTP\/1\.1 200/)
      expect(answer).toContain('"ok":true')
      const row = (await rows()).find((one) => one.name === `${megabytes}.mp4`)!
      expect(row).toMatchObject({ size_bytes: size, type: 'video/mp4', state: 'not-scanned' })
      const back = await site.get('parent', `/files/${row.id}`)
      const hash = createHash('sha256')
      let length = 0
      for await (const chunk of back.body!) {
        hash.update(chunk)
        length += chunk.length
      }
      const most = watch.stop()
      console.info(
        `${megabytes} MB sent in ${seconds.toFixed(1)} s; memory rose by at most ${mostIn} MB on the way in, ${most} MB in all`,
      )
      expect(length).toBe(size)
      expect(hash.digest('hex')).toBe(row.sha256)
      expect(most).toBeLessThan(150)
    },
  )

  test('over the limit is refused in words, and not kept', { timeout: 120_000 }, async () => {
    const { pieces, size } = film(203_000_000)
    const answer = await stream(pieces(), size, 'too long.mp4')
    expect(answer).toContain('It is too big')
    expect((await rows()).find((row) => row.name === 'too long.mp4')).toMatchObject({
      state: 'refused',
      sha256: null,
    })
    await vi.waitFor(async () => expect(await waiting()).toEqual([]))
  })

  test('a part of it is given when asked, for going back and forth in a film', async () => {
    const row = (await rows()).find((one) => one.type === 'video/mp4')!
    const address = `/files/${row.id}?inline=1`
    const first = await site.get('parent', address, { range: 'bytes=0-99' })
    expect(first.status).toBe(206)
    expect(first.headers.get('content-range')).toBe(`bytes 0-99/${row.size_bytes}`)
    expect(first.headers.get('content-disposition')).toMatch(/^inline/)
    expect((await first.arrayBuffer()).byteLength).toBe(100)
    const last = await site.get('parent', address, { range: 'bytes=-10' })
    expect((await last.arrayBuffer()).byteLength).toBe(10)
    expect((await site.get('parent', address, { range: `bytes=${row.size_bytes}-` })).status).toBe(416)
  })
})

describe('A connection lost on the way', () => {
  test('leaves no row, no content and no half of a file', async () => {
    const before = await rows()
    const { pieces, size } = film(50_000_000)
    for (const cutAfter of [1, 2_000_000, 30_000_000])
      expect(await stream(pieces(), size, 'lost.mp4', cutAfter)).toBe('cut')
    await vi.waitFor(async () => expect(await waiting()).toEqual([]))
    expect(await rows()).toEqual(before)
    // Sent again, it is kept.
    expect(await stream(pieces(), size, 'lost.mp4')).toContain('"ok":true')
  })
})

describe('What nobody asks for goes', () => {
  test('what an upload left behind when the server died goes after two hours; content with no row after a day', async () => {
    const { writeFile, mkdir } = await import('node:fs/promises')
    await mkdir(site.files.incoming, { recursive: true })
    await writeFile(`${site.files.incoming}/half`, 'half a film')
    const data = Buffer.concat([pdf(), Buffer.from('% orphan')])
    const { outcomes } = await site.send('parent', [{ name: 'orphan.pdf', data }])
    await site.record.owner.deleteFrom('stored_file').where('id', '=', outcomes[0]!.id!).execute()
    const sha256 = createHash('sha256').update(data).digest('hex')
    const run = (later: number) => keepFiles(site.record.owner, site.files, undefined, Date.now() + later)
    expect(await run(0)).toEqual({ checked: 0, swept: 0, orphans: 0 })
    expect(await run(INCOMING_KEPT_MS + 1000)).toEqual({ checked: 0, swept: 1, orphans: 0 })
    expect(await site.files.store.sizeOf(sha256)).toBe(data.length)
    expect(await run(ORPHANS_KEPT_MS + 1000)).toEqual({ checked: 0, swept: 0, orphans: 1 })
    expect(await site.files.store.sizeOf(sha256)).toBeUndefined()
    // What is named stays.
    expect((await Array.fromAsync(site.files.store.list())).length).toBeGreaterThan(0)
  })
})
