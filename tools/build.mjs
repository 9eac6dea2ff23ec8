import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { oneAtATime } from './one-at-a-time.mjs'
import { distDir, Refusal, root, say } from './paths.mjs'

const entries = [
  { in: 'src/main.ts', out: 'main' },
  { in: 'src/cli/main.ts', out: 'cli' },
  { in: 'src/db/pglite/worker.ts', out: 'pglite-worker' },
  { in: 'src/documents/compose/worker.ts', out: 'documents-worker' },
  { in: 'bench/main.ts', out: 'bench' },
]

const sourceFolders = ['src', 'demo', 'bench']
const stampFile = join(distDir, '.built')
const dayInMilliseconds = 86_400_000

export const presentEntries = () => entries.filter((entry) => existsSync(join(root, entry.in)))

/** Everything is laid flat in dist/, so `import.meta.url` is always a file directly in dist/. */
export const buildOptions = () => ({
  absWorkingDir: root,
  entryPoints: presentEntries(),
  outdir: distDir,
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  packages: 'external',
  sourcemap: 'linked',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.sql': 'text', '.typ': 'text' },
  logLevel: 'silent',
  write: false,
})

/** Names, sizes and times of all sources: changes when any is edited, added, removed or swapped. */
function sourceFingerprint() {
  const hash = createHash('sha256')
  const add = (file) => {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file}\0${mtimeMs}\0${size}\n`)
  }
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) add(path)
    }
  }
  for (const folder of sourceFolders) if (existsSync(join(root, folder))) walk(join(root, folder))
  for (const file of ['tools/build.mjs', 'tsconfig.json', 'package-lock.json']) add(join(root, file))
  return hash.digest('hex')
}

const isBuilt = (fingerprint) => {
  try {
    return readFileSync(stampFile, 'utf8') === fingerprint
  } catch {
    return false
  }
}

/** Puts each file in place in one step, so that a program starting meanwhile never reads half of one. */
export function writeOutput(outputFiles) {
  mkdirSync(distDir, { recursive: true })
  const current = new Set(outputFiles.map((file) => basename(file.path)))
  for (const file of outputFiles) {
    const unfinished = `${file.path}.${process.pid}`
    writeFileSync(unfinished, file.contents)
    renameSync(unfinished, file.path)
  }
  for (const name of readdirSync(distDir)) {
    const isOld = () => Date.now() - statSync(join(distDir, name)).mtimeMs > dayInMilliseconds
    if (name.startsWith('chunk-') && !current.has(name) && isOld())
      rmSync(join(distDir, name), { force: true })
  }
}

/** Bundles src/ into dist/ when a source differs from the last build (decision 0003). */
export async function ensureBuilt() {
  if (isBuilt(sourceFingerprint())) return
  await oneAtATime('build', async () => {
    const fingerprint = sourceFingerprint()
    if (isBuilt(fingerprint)) return
    if (presentEntries().length === 0)
      throw new Refusal('nothing to build: there is no src/main.ts or src/cli/main.ts')
    const esbuild = await import('esbuild')
    try {
      const { outputFiles } = await esbuild.build(buildOptions())
      writeOutput(outputFiles)
    } catch (error) {
      if (!Array.isArray(error.errors)) throw error
      const shown = await esbuild.formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY })
      for (const message of shown) process.stderr.write(message)
      throw new Refusal(`the build failed with ${error.errors.length} error(s)`)
    }
    writeFileSync(stampFile, fingerprint)
    if (process.env.CLEARWAY_VERBOSE) say('built dist/')
  })
}
