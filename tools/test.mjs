import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, presentEntries } from './build.mjs'
import { run } from './children.mjs'
import { cacheDir, modulesDir, Refusal, root, say } from './paths.mjs'
import { childEnvironment, pinnedNode } from './pinned-node.mjs'
import { provideChromium, provideClamd, providePdfTools, providePostgres } from './system-packages.mjs'

const reportsDir = join(cacheDir, 'test-reports')
const none = { passed: 0, failed: 0, skipped: 0 }

const runModule = (script, args, extra) =>
  run(pinnedNode(), [join(modulesDir, script), ...args], { cwd: root, env: childEnvironment(extra) })

const passOrFail = (code) => (code === 0 ? none : { ...none, failed: 1 })

const types = async () =>
  existsSync(join(root, 'src')) ? passOrFail(await runModule('typescript/bin/tsc', ['--noEmit'])) : none

const lint = async () => passOrFail(await runModule('@biomejs/biome/bin/biome', ['check', '.']))

async function build() {
  if (presentEntries().length > 0) await ensureBuilt()
  return none
}

function counts(report, code) {
  if (!existsSync(report)) return { ...none, failed: 1 }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  const failed = result.numFailedTests
  // a file that could not be loaded, or an error outside every test, fails the run without failing a test
  const isFailedOutside = failed === 0 && (code !== 0 || !result.success)
  return {
    passed: result.numPassedTests,
    failed: isFailedOutside ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

async function vitest(stage, project, args, extra = {}) {
  const report = join(reportsDir, `${stage}.json`)
  mkdirSync(reportsDir, { recursive: true })
  rmSync(report, { force: true })
  const options = ['--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json']
  const code = await runModule(
    'vitest/vitest.mjs',
    ['run', ...options, `--outputFile.json=${report}`, ...args],
    extra,
  )
  return counts(report, code)
}

/** What could not be had fails the run where everything must be tested, and is counted as skipped elsewhere. */
function untested(what) {
  say(`NOT TESTED: ${what}`)
  return process.env.CI ? { ...none, failed: 1 } : { ...none, skipped: 1 }
}

const sum = (one, other) => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
})

const stages = {
  types,
  lint,
  build,
  unit: async (args) => {
    const areReadersThere = await providePdfTools()
    const result = await vitest('unit', 'unit', args)
    return areReadersThere ? result : sum(result, untested('PDF documents as other programs read them'))
  },
  'db-embedded': async (args) => {
    const isScannerThere = await provideClamd()
    const result = await vitest('db-embedded', 'db', args, { CLEARWAY_TEST_DB: 'pglite' })
    return isScannerThere ? result : sum(result, untested('files against a real virus scanner'))
  },
  'db-postgres': async (args) =>
    (await providePostgres())
      ? vitest('db-postgres', 'db', args, { CLEARWAY_TEST_DB: 'postgres' })
      : untested('the database on a PostgreSQL server, concurrency and roles included'),
  e2e: async (args) =>
    (await provideChromium())
      ? vitest('e2e', 'e2e', args)
      : untested('the pages in a browser, accessibility included'),
}

async function runStages(names, args) {
  const results = []
  for (const name of names) {
    say(`── ${name}`)
    const startedAt = performance.now()
    const result = await stages[name](args).catch((error) => {
      process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`)
      return { ...none, failed: 1 }
    })
    results.push({ name, seconds: (performance.now() - startedAt) / 1000, ...result })
  }
  return results
}

function conclude(results, mustRunTests) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  console.log('')
  for (const { name, seconds, passed, failed, skipped } of results) {
    const outcome = failed > 0 ? 'FAILED' : 'ok'
    const numbers =
      passed + failed + skipped === 0 ? '' : `${passed} passed, ${failed} failed, ${skipped} skipped`
    console.log(
      `${name.padEnd(12)} ${outcome.padEnd(7)} ${seconds.toFixed(1).padStart(7)} s  ${numbers}`.trimEnd(),
    )
  }
  const hasRunNothing = mustRunTests && total('passed') + total('failed') === 0
  if (hasRunNothing) say('no test was run')
  console.log(`Tests: ${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
  return total('failed') > 0 || hasRunNothing ? 1 : 0
}

/** `npm run check`: what is worth knowing before each commit. */
export const check = async () => conclude(await runStages(['types', 'lint', 'unit'], []), false)

/** `npm test`: everything. `npm test -- unit src/law` runs the stages named, on the files named. */
export async function test(args) {
  const chosen = args.filter((arg) => Object.hasOwn(stages, arg))
  const rest = args.filter((arg) => !Object.hasOwn(stages, arg))
  const names = chosen.length > 0 ? chosen : Object.keys(stages)
  if (chosen.includes('e2e') && !chosen.includes('build')) names.unshift('build')
  return conclude(await runStages(names, rest), chosen.length === 0)
}
