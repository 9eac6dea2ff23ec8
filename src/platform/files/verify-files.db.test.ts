import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inWords } from '../../cli/verify.ts'
import { pdf } from './testing/sample-files.ts'
import { openUploadSite, type UploadSite } from './testing/upload-site.ts'
import { verifyFiles } from './verify-files.ts'

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite([])
})
afterAll(() => site.close())

test('a file lost and a file changed in the store are each named by their row', async () => {
  const { outcomes } = await site.send(
    'parent',
    [1, 2, 3].map((n) => ({ name: `${n}.pdf`, data: Buffer.concat([pdf(), Buffer.from(`%${n}`)]) })),
  )
  const verify = () => verifyFiles(site.record.owner, site.files.store)
  expect(await verify()).toEqual({ ok: true, named: 3, checked: 3, missing: [], changed: [] })
  const rows = await site.record.owner
    .selectFrom('stored_file')
    .select(['id', 'sha256', 'size_bytes'])
    .execute()
  const placeOf = (n: number): string => {
    const { sha256 } = rows.find((row) => row.id === outcomes[n]!.id)!
    return path.join(site.folder, 'files', 'sha256', sha256!.slice(0, 2), sha256!)
  }
  await rm(placeOf(0))
  await writeFile(placeOf(1), Buffer.alloc(rows[1]!.size_bytes))
  const report = await verify()
  expect(report).toEqual({
    ok: false,
    named: 3,
    checked: 1,
    missing: [outcomes[0]!.id],
    changed: [outcomes[1]!.id],
  })
  const words = inWords(
    {
      ok: true,
      history: { rows: 0, children: 0, break: null, brokenChildren: 0 },
      accessLog: { seals: 0, sealedRows: 0, openRows: 0, break: null },
      guardsOff: [],
    } as unknown as Parameters<typeof inWords>[0],
    1,
    false,
    report,
  )
  expect(words).toContain('Files: 1 of 3 there and whole, 1 MISSING, 1 CHANGED')
  expect(words).toContain('BROKEN')
})
