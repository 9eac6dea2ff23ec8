import { expect, test } from 'vitest'
import { killServerDrill } from '../../drills/kill-server.ts'

// The long run is a drill: node drills/run.mjs kill-server --kills 200 (docs/how-to/back-up-and-restore.md)
const kills = Number(process.env['CLEARWAY_KILLS'] ?? 3)
const engine = process.env['CLEARWAY_TEST_DB'] === 'postgres' ? 'postgres' : 'embedded'
const clean = { lost: 0, duplicates: 0, torn: 0, refused: 0, historyOk: true, deadlinesDiffering: 0 }

test(`the server killed ${kills} times while people work loses nothing it acknowledged`, {
  timeout: 300_000,
}, async () => {
  const report = await killServerDrill({ engine, kills })
  process.stderr.write(`kill -9: ${JSON.stringify(report)}\n`)
  expect(report).toMatchObject(clean)
  expect(report.acknowledged).toBeGreaterThan(0)
})

test.runIf(engine === 'postgres')(
  'the database server killed under it, the site goes on by itself and nothing is lost',
  { timeout: 300_000 },
  async () => {
    const report = await killServerDrill({ engine, kills, victim: 'database' })
    process.stderr.write(`kill -9 of the database: ${JSON.stringify(report)}\n`)
    expect(report).toMatchObject(clean)
    expect(report.slowestReadyMilliseconds).toBeLessThan(5_000)
  },
)
