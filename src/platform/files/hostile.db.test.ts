import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../../features/files/read-a-file/index.ts'
import { hostileFiles } from './testing/hostile-files.ts'
import { GOOD_FILES, pdf } from './testing/sample-files.ts'
import { openUploadSite, type UploadSite } from './testing/upload-site.ts'

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite(routes)
})
afterAll(() => site.close())

const everythingUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

/** What the store may hold and nothing else: content under its own hash. */
const requireOnlyContent = (): Promise<void> =>
  // What waited is taken away while the answer is on its way.
  vi.waitFor(() => {
    const strays = everythingUnder(site.folder).filter(
      (file) => !/\/files\/sha256\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(file),
    )
    expect(strays).toEqual([])
  })

describe('Hostile files', () => {
  const all = hostileFiles()
  test('there are at least 200, no two the same', () => {
    expect(all.length).toBeGreaterThanOrEqual(200)
    expect(
      new Set(all.map((one) => `${one.name} ${one.data.toString('base64').slice(-4000)} ${one.data.length}`))
        .size,
    ).toBe(all.length)
  })

  test('every one is refused with words for its sender, and nothing of it is kept', {
    timeout: 120_000,
  }, async () => {
    const wrong: string[] = []
    for (let at = 0; at < all.length; at += 40) {
      const batch = all.slice(at, at + 40)
      const { status, outcomes } = await site.send('parent', batch)
      expect(status).toBe(200)
      expect(outcomes).toHaveLength(batch.length)
      outcomes.forEach((one, n) => {
        if (one.ok || one.words.length < 20 || !batch[n]!.why.test(one.words))
          wrong.push(`${batch[n]!.what}: ${one.ok ? 'KEPT' : one.words}`)
      })
    }
    expect(wrong).toEqual([])
    expect(await Array.fromAsync(site.files.store.list())).toEqual([])
    await requireOnlyContent()
  })

  test('40 at once, good among bad: the good are kept and shown, the bad named with the reason', async () => {
    const good = Object.entries(GOOD_FILES).map(([name, make]) => ({ name, data: make() }))
    const mixed = good.flatMap((one, n) => [one, all[n * 9]!])
    expect(mixed).toHaveLength(40)
    const { outcomes } = await site.send('parent', mixed)
    expect(outcomes.map((one) => one.ok)).toEqual(mixed.map((_, n) => n % 2 === 0))
    expect(outcomes.filter((one) => one.ok).map((one) => one.name)).toEqual(good.map((one) => one.name))
    for (const one of outcomes)
      if (one.ok) expect((await site.get('parent', `/files/${one.id}`)).status).toBe(200)
  })

  test('the 41st is named and left; the 40 before it are kept', async () => {
    const { outcomes } = await site.send(
      'parent',
      Array.from({ length: 42 }, (_, n) => ({ name: `${n}.txt`, data: Buffer.from(`note ${n}`) })),
    )
    expect(outcomes.filter((one) => one.ok)).toHaveLength(40)
    expect(outcomes.slice(40).map((one) => one.words)).toEqual([
      'Only 40 files can be sent at once. Send it next',
      'Only 40 files can be sent at once. Send it next',
    ])
  })
})

describe('Names', () => {
  test('whatever a file is called, nothing is written but content under its hash, and the name comes back as typed', {
    timeout: 120_000,
  }, async () => {
    const before = new Set(readdirSync('.'))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc.string({ unit: 'binary', maxLength: 40 }),
          fc.constantFrom(
            '../../../../etc/passwd',
            '..\\..\\windows\\system32\\evil',
            '/etc/cron.d/x',
            'C:\\x',
            '%2e%2e%2fx',
            '.htaccess',
            '~/.ssh/authorized_keys',
            'a\r\nSet-Cookie: x=1',
            '"; filename="x',
            'CON',
            '📷 رسالة 👩‍👧',
            '‮fdp.exe',
            'x'.repeat(300),
            '$(touch x)',
            "'; drop table stored_file; --",
            '<script>alert(1)</script>',
          ),
        ),
        async (name) => {
          const { status, outcomes } = await site.send('parent', [{ name: `${name}.pdf`, data: pdf() }])
          expect(status).toBe(200)
          const [one] = outcomes
          if (!one?.ok) {
            expect(one?.words).toBeTruthy()
            return
          }
          const answer = await site.get('parent', `/files/${one.id}`)
          expect(answer.status).toBe(200)
          const header = answer.headers.get('content-disposition')!
          const given = /filename\*=UTF-8''(.*)$/.exec(header)![1]!
          expect(decodeURIComponent(given)).toBe(one.name)
          expect(header).toMatch(
            /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.~%-]*$/,
          )
        },
      ),
      { numRuns: 100 },
    )
    await requireOnlyContent()
    expect(new Set(readdirSync('.'))).toEqual(before)
  })

  test('emoji and right-to-left names come back as they were typed', async () => {
    for (const name of [
      '📷 Ada 👩‍👧‍👦.pdf',
      'رسالة من المدرسة.pdf',
      'מכתב.pdf',
      'Ünïcode – “quoted”.pdf',
      "O'Brien (1) 50%.pdf",
    ]) {
      const { outcomes } = await site.send('parent', [{ name, data: pdf() }])
      expect(outcomes[0]).toMatchObject({ ok: true, name })
    }
  })
})

describe('The same bytes', () => {
  test('are kept once; sent again under the same name for the same purpose they are the same file', async () => {
    const data = Buffer.concat([pdf(), Buffer.from('% the same\n')])
    const first = await site.send('parent', [{ name: 'same.pdf', data }])
    const again = await site.send('parent', [
      { name: 'same.pdf', data },
      { name: 'other name.pdf', data },
    ])
    const byStaff = await site.send('coordinator', [{ name: 'same.pdf', data }])
    expect(again.outcomes[0]!.id).toBe(first.outcomes[0]!.id)
    expect(new Set([...again.outcomes, ...byStaff.outcomes].map((one) => one.id)).size).toBe(3)
    const held = everythingUnder(site.folder).filter((file) => statSync(file).size === data.length)
    expect(held).toHaveLength(1)
  })
  test('at the same moment, from two tabs', async () => {
    const data = Buffer.concat([pdf(), Buffer.from('% two tabs\n')])
    const all = await Promise.all(
      Array.from({ length: 6 }, () => site.send('parent', [{ name: 'tabs.pdf', data }])),
    )
    expect(new Set(all.map((one) => one.outcomes[0]!.id)).size).toBe(1)
    expect(all.every((one) => one.status === 200)).toBe(true)
  })
})
