import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { type FileStore, requireHash } from './store.ts'

/** Makes a folder's entries survive a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/**
 * Content in a folder of this machine, readable by the server's own user only. The temporary file must be on the same
 * disk: it is moved into place in one step, so that half a file is never under a name.
 */
export function folderStore(folder: string): FileStore {
  const root = path.join(folder, 'sha256')
  const folderOf = (sha256: string): string => path.join(root, requireHash(sha256).slice(0, 2))
  const placeOf = (sha256: string): string => path.join(folderOf(sha256), sha256)
  return {
    where: `the folder ${folder}`,
    async put(sha256, from) {
      const place = placeOf(sha256)
      const now = new Date()
      // Already there: its time is renewed, so that the sweep of what nobody names leaves it for this new row.
      const isThere = await utimes(place, now, now).then(
        () => true,
        (error: unknown) => {
          if (isGone(error)) return false
          throw error
        },
      )
      if (isThere) {
        await rm(from, { force: true })
        return
      }
      await mkdir(folderOf(sha256), { recursive: true, mode: 0o700 })
      const handle = await open(from, 'r+')
      try {
        await handle.sync()
        await handle.utimes(now, now)
      } finally {
        await handle.close()
      }
      await rename(from, place)
      await syncFolder(folderOf(sha256))
    },
    sizeOf: (sha256) =>
      stat(placeOf(sha256)).then(
        (found) => found.size,
        (error: unknown) => {
          if (isGone(error)) return undefined
          throw error
        },
      ),
    async read(sha256, range) {
      const handle = await open(placeOf(sha256), 'r')
      return handle.createReadStream({ ...range, autoClose: true })
    },
    remove: (sha256) => rm(placeOf(sha256), { force: true }),
    async *list() {
      for (const part of await readdir(root).catch(() => [])) {
        for (const sha256 of await readdir(path.join(root, part)).catch(() => [])) {
          const found = await stat(path.join(root, part, sha256)).catch(() => undefined)
          if (found?.isFile() && /^[0-9a-f]{64}$/.test(sha256))
            yield { sha256, putAt: found.mtime, size: found.size }
        }
      }
    },
  }
}

/** Reads a file of this machine from its beginning, a little at a time. */
export const readPath = (file: string) => createReadStream(file, { highWaterMark: 256 * 1024 })
