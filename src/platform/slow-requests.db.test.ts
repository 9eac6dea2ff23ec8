import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openUploadSite, type UploadSite } from './files/testing/upload-site.ts'

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite([])
})
afterAll(() => site.close())

/** Begins a body and never ends it: how long until the server hangs up, and what it said. */
function neverEnds(
  path: string,
  type: string,
  giveUpAfterMs: number,
): Promise<{ seconds: number; said: string }> {
  const { hostname, port } = new URL(site.url)
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let said = ''
    const drip = setInterval(() => socket.write('a'), 1000)
    const stop = setTimeout(() => socket.destroy(), giveUpAfterMs)
    socket.on('data', (data: Buffer) => {
      said += data.toString('utf8')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(drip)
      clearTimeout(stop)
      resolve({ seconds: (performance.now() - startedAt) / 1000, said: said.split('\r\n')[0] ?? '' })
    })
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: ${type}\r\ncontent-length: 100000\r\n\r\n_csrf=`,
    )
  })
}

test('a form of words that never ends is cut off after 20 seconds; one with files from nobody signed in, once it is answered', {
  timeout: 60_000,
}, async () => {
  const [words, files] = await Promise.all([
    neverEnds('/files/none', 'application/x-www-form-urlencoded', 40_000),
    neverEnds('/send-files', 'multipart/form-data; boundary=x', 40_000),
  ])
  expect(files.said).toMatch(/ 401 /)
  expect(files.seconds).toBeLessThan(12)
  expect(words.seconds).toBeGreaterThan(15)
  expect(words.seconds).toBeLessThan(25)
})
