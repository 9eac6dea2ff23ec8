import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Another live process is using the embedded database. */
export class FolderInUse extends Error {
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(
      `The training database in ${folder} is in use by another Clearway (process ${pid}). Stop that one first; two at once would lose each other's work.`,
    )
    this.name = 'FolderInUse'
    this.pid = pid
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

const RELEASED = 'released'

interface Turn {
  /** 0 when nobody has ever held the folder. */
  readonly number: number
  readonly holder: string
}

/** The last turn taken. Numbers only grow, so the highest is the one that counts. */
function lastTurn(place: string, name: string): Turn {
  const numbers = readdirSync(place).flatMap((entry) => {
    const number = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1)) : Number.NaN
    return Number.isSafeInteger(number) && number > 0 ? [number] : []
  })
  const number = Math.max(0, ...numbers)
  if (number === 0) return { number, holder: RELEASED }
  try {
    return { number, holder: readFileSync(path.join(place, `${name}.${number}`), 'utf8').trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return lastTurn(place, name) // a later turn was taken and this one cleared away
  }
}

/** Puts a turn's file in place whole, or not at all when that turn is taken. */
function takeTurn(place: string, file: string): boolean {
  const own = path.join(place, `.${path.basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}`)
  writeFileSync(own, `${process.pid} ${processStart(process.pid) ?? ''}\n`)
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/**
 * Takes the folder for this process; a dead owner's lock is taken over, a live one's never.
 * Each taking is a numbered turn, a file that only one process can make. A process takes the turn after the one it found
 * given up or dead, and has the folder only if no later turn exists once it has its own; the last turn's file is never
 * removed, so no number comes twice. (Moving a stale lock aside let two processes in, one time in some hundred.)
 * @throws FolderInUse
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true })
  const place = path.dirname(path.resolve(folder))
  const name = `${path.basename(path.resolve(folder))}.lock`
  for (;;) {
    const last = lastTurn(place, name)
    const [pidText, start] = last.holder.split(' ')
    const pid = Number(pidText)
    // Anything but a process is a lock given up, or one being given up this instant.
    if (Number.isInteger(pid) && pid > 0 && isLive(pid, start || undefined))
      throw new FolderInUse(folder, pid)
    const file = path.join(place, `${name}.${last.number + 1}`)
    if (!takeTurn(place, file)) continue
    if (lastTurn(place, name).number !== last.number + 1) {
      rmSync(file, { force: true }) // we had looked too long ago: others have had their turns since
      continue
    }
    clearEarlier(place, name, last.number)
    return { release: () => writeFileSync(file, `${RELEASED}\n`) }
  }
}

function clearEarlier(place: string, name: string, upTo: number): void {
  for (const entry of readdirSync(place)) {
    if (entry.startsWith(`${name}.`) && Number(entry.slice(name.length + 1)) <= upTo)
      rmSync(path.join(place, entry), { force: true })
  }
}
