import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { cacheDir, say } from './paths.mjs'

const logFile = join(cacheDir, 'apt.log')

/** Only root on Debian or a relative of it, and only where nobody forbade it. */
export const mayInstallSystemPackages = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && process.env.CLEARWAY_SYSTEM_PACKAGES !== 'never'

let isUpdated = false

async function apt(args) {
  mkdirSync(cacheDir, { recursive: true })
  const log = openSync(logFile, 'a')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = ['-qq', '-o=Dpkg::Use-Pty=0', '-o=Acquire::Retries=3']
  return run('apt-get', [...quiet, ...args], { env, stdio: ['ignore', log, log] }).catch(() => 127)
}

/** Gives whether it worked; if not, shows the end of what apt-get said. */
export async function installSystemPackage(name, forWhat) {
  say(`installing the system package ${name} ${forWhat}`)
  if (!isUpdated) await apt(['update'])
  isUpdated = true
  const code = await apt(['install', '-y', '--no-install-recommends', name])
  if (code === 0) return true
  process.stderr.write(`${readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n')}\n`)
  return false
}
