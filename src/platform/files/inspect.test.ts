import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectFile } from './inspect.ts'
import { DEFAULT_LIMITS } from './kinds.ts'
import { GOOD_FILES } from './testing/sample-files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'clearway-inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))
let n = 0
const inspect = (name: string, data: Buffer, limits = DEFAULT_LIMITS) => {
  const place = path.join(folder, String(n++))
  writeFileSync(place, data)
  return inspectFile({ path: place, name, size: data.length, limits })
}

describe('What is taken', () => {
  test.each(Object.entries(GOOD_FILES))('%s', async (name, make) => {
    const found = await inspect(name, make())
    expect(found, JSON.stringify(found)).toMatchObject({ ok: true })
  })
})
