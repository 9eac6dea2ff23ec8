import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../features/files/read-a-file/index.ts'
import { GOOD_FILES, pdf } from './testing/sample-files.ts'
import { openUploadSite, type UploadSite } from './testing/upload-site.ts'

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite(routes)
})
afterAll(() => site.close())

describe('Sending a file', () => {
  test('it is stored, listed, and comes back as it was', async () => {
    const { status, outcomes } = await site.send('parent', [{ name: 'letter.pdf', data: pdf() }])
    expect(status).toBe(200)
    expect(outcomes).toEqual([
      {
        ok: true,
        name: 'letter.pdf',
        id: expect.any(String),
        words: expect.stringContaining('Not checked for viruses'),
      },
    ])
    const back = await site.get('parent', `/files/${outcomes[0]!.id}`)
    expect(back.status).toBe(200)
    expect(Buffer.from(await back.arrayBuffer())).toEqual(pdf())
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="letter.pdf"; filename*=UTF-8''letter.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  test('every kind that is taken', async () => {
    const { outcomes } = await site.send(
      'parent',
      Object.entries(GOOD_FILES).map(([name, make]) => ({ name, data: make() })),
    )
    expect(outcomes.filter((one) => !one.ok)).toEqual([])
    expect(outcomes).toHaveLength(Object.keys(GOOD_FILES).length)
  })
})
