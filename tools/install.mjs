import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { modulesDir, Refusal, root, say } from './paths.mjs'
import { ensurePinnedNodeStarts, pinnedNodePath } from './pinned-node.mjs'

const stampFile = join(modulesDir, '.clearway-installed')
const binDir = join(modulesDir, '.bin')

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const isStamped = () =>
  read(stampFile) === lockHash() && pinnedNodePath !== null && existsSync(pinnedNodePath)

/** True when npm itself already put every locked version here, for example after `npm install`. */
function isAlreadyAsLocked() {
  const installed = read(join(modulesDir, '.package-lock.json'))
  if (installed === null || pinnedNodePath === null || !existsSync(pinnedNodePath)) return false
  const here = JSON.parse(installed).packages
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true
    if (here[path] === undefined) return entry.optional === true || entry.devOptional === true
    return here[path].version === entry.version && here[path].integrity === entry.integrity
  })
}

/** npm links the programs of dependencies, not of the project itself. */
function linkOwnCommand() {
  const program = join(root, 'bin', 'clearway.mjs')
  const link = join(binDir, 'clearway')
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\clearway.mjs" %*\r\n')
    return
  }
  chmodSync(program, 0o755)
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync('../../bin/clearway.mjs', link)
}

function runNpm(args) {
  const options = { cwd: root, stdio: ['ignore', 2, 'inherit'] }
  const npmScript = process.env.npm_execpath
  if (npmScript?.endsWith('npm-cli.js')) return run(process.execPath, [npmScript, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

async function install() {
  say('installing the packages in package-lock.json (about a minute the first time)')
  const startedAt = Date.now()
  const code = await runNpm([
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]).catch((error) => {
    throw new Refusal(
      error.code === 'ENOENT'
        ? 'npm was not found; install Node 20 or newer together with npm'
        : `npm could not be started: ${error.message}`,
    )
  })
  if (code !== 0) {
    throw new Refusal(
      `npm ci failed (exit code ${code}); its own words are above. Packages come from the npm registry: ` +
        'check the network or proxy, then run the same command again',
    )
  }
  if (pinnedNodePath === null || !existsSync(pinnedNodePath)) {
    throw new Refusal(
      'npm ci finished without the pinned Node; is `omit=optional` set in an npm configuration?',
    )
  }
  say(`installed in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
}

/** Makes node_modules what package-lock.json says. Costs a hash of one file when it already is. */
export async function ensureInstalled() {
  if (isStamped()) return
  await oneAtATime('install', async () => {
    if (isStamped()) return
    if (!isAlreadyAsLocked()) await install()
    await ensurePinnedNodeStarts()
    linkOwnCommand()
    writeFileSync(stampFile, lockHash())
  })
}
