import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A Unix socket's address holds 104 bytes on some systems, 108 on others. */
const LONGEST = 100

/** A folder that only this user can look into, made if need be; undefined when somebody else has the name. */
function privateFolder(): string | undefined {
  const uid = process.getuid?.()
  const folder = path.join(tmpdir(), `clearway-${uid}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return undefined
  }
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0 ? folder : undefined
}

/**
 * Where the holder of the folder listens, the best place first: beside the folder; where that address is too long, or no
 * socket can be made there, a short name in the user's own temporary folder; on Windows a named pipe.
 */
export function socketPlaces(folder: string): readonly string[] {
  const real = realpathSync(folder)
  const short = createHash('sha256').update(real).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return [`\\\\.\\pipe\\clearway-${short}`]
  const temporary = privateFolder()
  return [`${real}.sock`, ...(temporary === undefined ? [] : [path.join(temporary, `${short}.sock`)])].filter(
    (place) => Buffer.byteLength(place) <= LONGEST,
  )
}
