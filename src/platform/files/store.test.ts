import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { folderStore } from './folder-store.ts'
import { BucketProblem, s3Store } from './s3-store.ts'
import type { FileStore } from './store.ts'
import { type Bucket, KEY, openBucket, SECRET } from './testing/bucket.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clearway-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sha256Of = (data: Buffer): string => createHash('sha256').update(data).digest('hex')
let n = 0
function waitingFile(data: Buffer): string {
  const place = path.join(folder, `waiting-${n++}`)
  writeFileSync(place, data)
  return place
}
async function readAll(
  store: FileStore,
  sha256: string,
  range?: { start: number; end: number },
): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await store.read(sha256, range)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const buckets: Bucket[] = []
afterEach(async () => {
  for (const bucket of buckets.splice(0)) await bucket.close()
})
async function bucketStore(secretAccessKey = SECRET): Promise<{ store: FileStore; bucket: Bucket }> {
  const bucket = await openBucket({ pageSize: 2 })
  buckets.push(bucket)
  return {
    store: s3Store({ url: bucket.url, region: 'eu-west-2', accessKeyId: KEY, secretAccessKey }),
    bucket,
  }
}

describe.each([
  ['a folder', async () => folderStore(path.join(folder, `kept-${n++}`))],
  ['a bucket (a stand-in that checks each signature)', async () => (await bucketStore()).store],
])('Content kept in %s', (_what, open) => {
  test('is put once, read whole or in part, listed and removed', async () => {
    const store = await open()
    const all = [1, 70_000, 300_000].map((size) => randomBytes(size))
    for (const data of [...all, all[1]!]) {
      const place = waitingFile(data)
      await store.put(sha256Of(data), place, data.length)
      expect(() => statSync(place)).toThrow()
    }
    for (const data of all) {
      expect(await store.sizeOf(sha256Of(data))).toBe(data.length)
      expect(await readAll(store, sha256Of(data))).toEqual(data)
    }
    expect(await readAll(store, sha256Of(all[2]!), { start: 100_000, end: 100_099 })).toEqual(
      all[2]!.subarray(100_000, 100_100),
    )
    const listed = await Array.fromAsync(store.list())
    expect(listed.map((one) => one.sha256).toSorted()).toEqual(all.map(sha256Of).toSorted())
    expect(listed.every((one) => Date.now() - one.putAt.getTime() < 60_000)).toBe(true)
    await store.remove(sha256Of(all[0]!))
    await store.remove(sha256Of(all[0]!))
    expect(await store.sizeOf(sha256Of(all[0]!))).toBeUndefined()
    await expect(readAll(store, sha256Of(all[0]!))).rejects.toThrow()
  })

  test('is named by its hash and by nothing else', async () => {
    const store = await open()
    for (const name of [
      '../../etc/passwd',
      'a'.repeat(63),
      `${'a'.repeat(63)}G`,
      '',
      `${'a'.repeat(64)}/x`,
      'A'.repeat(64),
    ]) {
      await expect((async () => store.read(name))()).rejects.toThrow('SHA-256')
      await expect((async () => store.put(name, waitingFile(Buffer.from('x')), 1))()).rejects.toThrow(
        'SHA-256',
      )
      await expect((async () => store.remove(name))()).rejects.toThrow('SHA-256')
    }
  })
})

describe('A bucket', () => {
  test('refuses what is signed with another secret, and content that is not what was signed; we say so', async () => {
    const { store, bucket } = await bucketStore('not the secret')
    await expect(store.put(sha256Of(Buffer.from('x')), waitingFile(Buffer.from('x')), 1)).rejects.toThrow(
      BucketProblem,
    )
    expect(bucket.refused).toEqual(['the signature does not fit'])
    const good = await bucketStore()
    await expect(
      good.store.put(sha256Of(Buffer.from('y')), waitingFile(Buffer.from('x')), 1),
    ).rejects.toThrow(BucketProblem)
    expect(good.bucket.refused).toEqual(['the content is not what was signed'])
    expect(good.bucket.objects.size).toBe(0)
  })
  test('that is away is an error, and the file still waits', async () => {
    const { store, bucket } = await bucketStore()
    await bucket.close()
    const place = waitingFile(Buffer.from('x'))
    await expect(store.put(sha256Of(Buffer.from('x')), place, 1)).rejects.toThrow()
    expect(statSync(place).size).toBe(1)
  })
})

describe('A server killed while it keeps files', () => {
  test('leaves under a hash only what has that hash', { timeout: 60_000 }, async () => {
    const kept = path.join(folder, 'killed')
    const script = path.join(folder, 'keeps.mjs')
    writeFileSync(
      script,
      `import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { folderStore } from ${JSON.stringify(path.join(import.meta.dirname, 'folder-store.ts'))}
const store = folderStore(${JSON.stringify(kept)})
mkdirSync(${JSON.stringify(path.join(kept, 'incoming'))}, { recursive: true })
process.send('ready')
for (let n = 0; ; n++) {
  const data = randomBytes(2_000_000)
  const place = ${JSON.stringify(path.join(kept, 'incoming'))} + '/' + process.pid + '-' + n
  writeFileSync(place, data)
  await store.put(createHash('sha256').update(data).digest('hex'), place, data.length)
}`,
    )
    for (let round = 0; round < 6; round++) {
      const child = fork(script, { stdio: 'ignore' })
      await new Promise((resolve) => child.once('message', resolve))
      await new Promise((resolve) => setTimeout(resolve, 40 + round * 37))
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    const found = readdirSync(path.join(kept, 'sha256'), { recursive: true, withFileTypes: true }).filter(
      (one) => one.isFile(),
    )
    expect(found.length).toBeGreaterThan(5)
    for (const one of found)
      expect(sha256Of(readFileSync(path.join(one.parentPath, one.name)))).toBe(one.name)
  })
})
