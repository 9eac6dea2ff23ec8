import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheDir, say } from './paths.mjs'

const isRunning = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const ownerOf = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Makes the lock file complete in one step: a reader never sees it without its owner. */
function tryTake(lock, mine) {
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Moves a dead owner's lock away; if a living one's was moved by a hair's breadth, puts it back. */
function clearDeadOwner(lock, deadOwner) {
  const aside = `${lock}.${process.pid}.dead`
  try {
    renameSync(lock, aside)
    if (ownerOf(aside) !== deadOwner) linkSync(aside, lock)
  } catch {
    // someone else cleared it
  }
  rmSync(aside, { force: true })
}

/** Runs `work` while no other process runs work of the same name in this checkout. */
export async function oneAtATime(name, work) {
  mkdirSync(cacheDir, { recursive: true })
  const lock = join(cacheDir, `${name}.lock`)
  const mine = `${lock}.${process.pid}`
  let hasSaidSo = false
  while (!tryTake(lock, mine)) {
    const owner = ownerOf(lock)
    if (owner !== null && !isRunning(owner)) {
      clearDeadOwner(lock, owner)
      continue
    }
    if (!hasSaidSo && owner !== null && name === 'install') {
      say(`waiting for process ${owner} to finish its ${name}`)
      hasSaidSo = true
    }
    await sleep(100)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}
