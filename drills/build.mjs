// Bundles programs of a drill from source into .cache/drills, apart from dist/, so that a drill neither waits for nor
// disturbs another build. Used by drills/run.mjs and by the tests.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: where package.json is, whether this runs from source or from a bundle in .cache. */
function findRoot(folder) {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder))
}
export const root = findRoot(dirname(fileURLToPath(import.meta.url)))

/** @param {Record<string, string>} entries name of the program -> source file from the root */
export async function buildPrograms(entries, folder) {
  const { build } = await import('esbuild')
  const outdir = join(root, '.cache', 'drills', folder)
  await build({
    absWorkingDir: root,
    entryPoints: [
      ...Object.entries(entries).map(([out, from]) => ({ in: from, out })),
      { in: 'src/db/pglite/worker.ts', out: 'pglite-worker' },
      { in: 'src/documents/compose/worker.ts', out: 'documents-worker' },
    ],
    outdir,
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
    logLevel: 'error',
  })
  if (!Object.keys(entries).every((name) => existsSync(join(outdir, `${name}.js`))))
    throw new Error('the drill was not built')
  return outdir
}
