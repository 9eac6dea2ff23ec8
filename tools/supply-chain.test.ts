import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

/** As Node looks `name` up from the package at `path`: in its own node_modules, then in each one above. */
function isLocked(path: string, name: string): boolean {
  if (lock.packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`] !== undefined) return true
  return path !== '' && isLocked(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

const root = dirname(import.meta.dirname)
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>
}
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
const runtime = locked.filter(([, entry]) => entry.dev !== true)
const namesOf = (entries: typeof locked) => entries.map(([path]) => path)

// quality-bars.md, S1
describe('what the product is made of', () => {
  test('at most 30 direct and 250 total runtime packages', () => {
    expect(Object.keys(manifest['dependencies'] ?? {}).length).toBeLessThanOrEqual(30)
    expect(runtime.length).toBeLessThanOrEqual(250)
  })

  test('no runtime package runs a script when installed', () => {
    expect(namesOf(runtime.filter(([, entry]) => entry.hasInstallScript))).toEqual([])
  })

  test('every locked package carries its integrity and names no host', () => {
    expect(namesOf(locked.filter(([, entry]) => !entry.integrity))).toEqual([])
    expect(namesOf(locked.filter(([, entry]) => entry.resolved !== undefined))).toEqual([])
  })

  // npm leaves out, in silence, a platform's package that its registry lacks; then `npm ci` refuses the lock file
  test('every package that another names is locked, for every platform', () => {
    const unlocked = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} needs ${name}`),
    )
    expect(unlocked).toEqual([])
  })

  test('every version asked for is exact', () => {
    const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    )
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test('every pinned Node is the same version', () => {
    const versions = new Set(Object.values(manifest['optionalDependencies'] ?? {}))
    expect([...versions]).toEqual([process.versions.node])
  })
})
