import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** `import text from './x.sql'` and of a layout, `./x.typ`, as in the build. */
const filesAsText: Plugin = {
  name: 'files-as-text',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.sql') && !id.endsWith('.typ')) return null
    return { code: `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`, map: null }
  },
}

/** What no database has a part in, or the embedded engine alone: the run on it has tried them, and a server would only repeat it. */
const TRIED_ONCE = [
  'src/db/pglite/**',
  'src/platform/slow-requests.db.test.ts',
  'src/app.access.db.test.ts',
  'src/app.reading-age.db.test.ts',
]

const isOnServer = process.env['CLEARWAY_TEST_DB'] === 'postgres'

export default defineConfig({
  plugins: [filesAsText],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,demo,bench,tools}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          // Opening an embedded database takes a second on a quiet machine and ten on a busy one; some tests open twenty.
          testTimeout: 90_000,
          hookTimeout: 120_000,
          include: ['{src,demo,bench}/**/*.db.test.{ts,tsx}'],
          // concurrency, roles and kills prove something only on a real server
          exclude: isOnServer ? TRIED_ONCE : ['**/*.server.db.test.{ts,tsx}'],
          globalSetup: ['src/db/testing/postgres-for-tests.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.{ts,tsx}'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
