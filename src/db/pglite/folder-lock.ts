import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Another live process is using the embedded database. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The training database in ${folder} is in use by another Clearway (process ${pid}). Stop that one first; two at once would lose each other's work.`,
    )
    this.name = 'FolderInUse'
  }
}

export interface FolderLock {
  release(): void
}

/** Which boot and which start of that process: a pid alone may have been given to another program since. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function isLive(pid: number, start: string | undefined): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const startNow = processStart(pid)
  return start === undefined || startNow === undefined || startNow === start
}

function take(file: string): boolean {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, `${process.pid} ${processStart(process.pid) ?? ''}\n`)
    closeSync(handle)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes the folder for this process; a dead owner's lock is taken over, a live one's never.
 * The stale lock is renamed to a name of our own before it is removed, so that of two processes that both
 * find it stale only one can win.
 * @throws FolderInUse
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true })
  const file = path.join(path.dirname(path.resolve(folder)), `${path.basename(folder)}.lock`)
  for (let attempt = 0; attempt < 5; attempt++) {
    if (take(file)) {
      const release = () => rmSync(file, { force: true })
      return { release }
    }
    let held: string
    try {
      held = readFileSync(file, 'utf8')
    } catch {
      continue // released between our two looks
    }
    const [pidText, start] = held.trim().split(' ')
    const pid = Number(pidText)
    // An empty lock is one being written this instant; treat it as live once, then as torn.
    if (held === '' && attempt < 3) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
      continue
    }
    if (Number.isInteger(pid) && pid > 0 && isLive(pid, start || undefined))
      throw new FolderInUse(folder, pid)
    const aside = `${file}.stale-${process.pid}`
    try {
      renameSync(file, aside)
      if (readFileSync(aside, 'utf8') !== held) {
        // We moved a lock somebody took in between: put it back and look again.
        renameSync(aside, file)
        continue
      }
      rmSync(aside, { force: true })
    } catch {
      // another process moved it first
    }
  }
  throw new FolderInUse(folder, 0)
}
