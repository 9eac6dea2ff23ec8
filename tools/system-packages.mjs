import { readFileSync, writeFileSync } from 'node:fs'
import { run } from './children.mjs'
import { say } from './paths.mjs'
import { findChromium, findPostgresBin } from './programs.mjs'

const mayInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && process.env.CLEARWAY_SYSTEM_PACKAGES !== 'never'

let isUpdated = false

async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = ['-qq', '-o=Dpkg::Use-Pty=0', '-o=Acquire::Retries=3']
  return run('apt-get', [...quiet, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).catch(() => 127)
}

async function install(...packages) {
  say(`installing the system package ${packages.join(', ')} for the tests`)
  if (!isUpdated) await apt(['update'])
  isUpdated = true
  return (await apt(['install', '-y', '--no-install-recommends', ...packages])) === 0
}

/** Debian's package would start a cluster of its own at once; the tests start theirs. */
function keepDebianFromMakingACluster() {
  const file = '/etc/postgresql-common/createcluster.conf'
  try {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/^#?\s*create_main_cluster\b.*$/m, 'create_main_cluster = false'))
  } catch {
    // not Debian's packaging: nothing to hold back
  }
}

async function provide(name, find, installIt) {
  if (find() !== null) return true
  if (mayInstall()) await installIt()
  if (find() !== null) return true
  const why = mayInstall()
    ? 'apt-get could not install it'
    : 'it is not installed, and only root may install it here'
  say(`NO ${name}: ${why}`)
  return false
}

export const providePostgres = () =>
  provide('PostgreSQL server', findPostgresBin, async () => {
    if (await install('postgresql-common')) keepDebianFromMakingACluster()
    await install('postgresql')
  })

export const provideChromium = () => provide('Chromium', findChromium, () => install('chromium'))
