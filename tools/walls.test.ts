import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breachesIn, readSourceFiles } from './walls.ts'

const root = dirname(import.meta.dirname)

test('the walls of the house stand', () => {
  const files = readSourceFiles(root)
  expect(files.length).toBeGreaterThan(0)
  expect(breachesIn(files).map(({ path, line, what }) => `${path}:${line} ${what}`)).toEqual([])
})

describe('a breach is seen', () => {
  const breaches: ReadonlyArray<readonly [path: string, text: string]> = [
    ['src/law/clock.ts', "import { z } from 'zod'"],
    ['src/law/clock.ts', "import type { Fact } from '../record/facts.ts'"],
    ['src/law/clock.ts', "import {\n  readFile,\n} from 'node:fs'"],
    ['src/law/clock.ts', "export * from '../platform/clock.ts'"],
    ['src/law/clock.ts', "const later = await import('../db/connection.ts')"],
    ['src/law/clock.ts', 'const today = new Date()'],
    ['src/law/clock.ts', 'const now = Date.now()'],
    ['src/law/clock.ts', 'const today = Temporal.Now.plainDateISO()'],
    ['src/law/clock.test.ts', "import { connect } from '../db/connection.ts'"],
    ['src/record/facts.ts', "import { connect } from '../db/connection.ts'"],
    ['src/record/facts.ts', 'const seed = Math.random()'],
    ['src/features/plan/send-draft/page.tsx', "import { staff } from '../../../portals/staff/layout.tsx'"],
    ['src/features/plan/send-draft/page.tsx', "import { rows } from '../finalise-plan/queries.ts'"],
    ['src/features/plan/send-draft/page.tsx', "import { app } from '../../../app.ts'"],
    ['src/ui/table.tsx', "import { plan } from '../features/plan/finalise-plan/index.ts'"],
    ['src/ui/table.tsx', "import '../portals/staff/layout.tsx'"],
    ['src/platform/utils.ts', ''],
    ['src/platform/date-helpers.ts', ''],
    ['src/ui/common/table.tsx', ''],
  ]
  test.each(breaches)('%s: %s', (path, text) => {
    expect(breachesIn([{ path, text }])).toHaveLength(1)
  })
})

describe('what is allowed is left alone', () => {
  const allowed: ReadonlyArray<readonly [path: string, text: string]> = [
    ['src/law/clock.ts', "import { weeks } from './calendar/weeks.ts'"],
    [
      'src/law/clock.ts',
      "/** never `new Date()` */\nconst dueDate = plainDate('2026-07-01') // not Date.now()",
    ],
    ['src/law/clock.test.ts', "import { test } from 'vitest'"],
    ['src/record/facts.ts', "import type { PlainDate } from '../law/calendar/plain-date.ts'"],
    ['src/features/plan/send-draft/page.tsx', "import { Table } from '../../../ui/table.tsx'"],
    ['src/features/plan/send-draft/page.tsx', "import { finalisePlan } from '../finalise-plan/index.ts'"],
    ['src/features/plan/send-draft/page.tsx', "import { open } from '../../dispute/open-mediation/index.ts'"],
    ['src/features/plan/send-draft/command.ts', "import { form } from './form.ts'"],
    ['src/features/plan/send-draft/story.test.ts', "import { makeApp } from '../../../app.ts'"],
    ['src/features/administration/name-the-send-manager/page.tsx', ''],
  ]
  test.each(allowed)('%s: %s', (path, text) => {
    expect(breachesIn([{ path, text }])).toEqual([])
  })
})
