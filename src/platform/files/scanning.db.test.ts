import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { routes } from '../../features/files/read-a-file/index.ts'
import { clamdScanner, scannerAddress } from './clamd.ts'
import { keepFiles } from './keep-files.ts'
import { clamdForTests, clamdProgram, type TestClamd } from './testing/clamd-for-tests.ts'
import { eicar, office, pdf } from './testing/sample-files.ts'
import { CHILD, openUploadSite, type UploadSite } from './testing/upload-site.ts'

describe('Where the scanner is', () => {
  test.each([
    ['tcp://127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['tcp://[::1]:3310', { host: '::1', port: 3310 }],
    ['tcp://scanner.internal:3310', { host: 'scanner.internal', port: 3310 }],
    ['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['http://127.0.0.1:3310', undefined],
    ['localhost', undefined],
  ])('%s', (text, expected) => expect(scannerAddress(text)).toEqual(expected))

  test('one that hangs up, says nothing or speaks nonsense has not answered, and nothing is let through', async () => {
    for (const says of [undefined, '', 'OKAY?\0', 'stream: something ERROR\0', 'UNKNOWN COMMAND\0']) {
      const server = createServer((socket) => {
        socket.on('error', () => {})
        if (says === undefined) socket.destroy()
        else socket.once('data', () => socket.end(says))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as { port: number }
      const scanner = clamdScanner({ host: '127.0.0.1', port })
      const content = async function* () {
        for (let n = 0; n < 50; n++) yield Buffer.alloc(100_000)
      }
      expect((await scanner.scan(content())).found, String(says)).toBe('no-answer')
      server.close()
    }
  })
})

describe.skipIf(clamdProgram === null)('A real clamd', () => {
  let site: UploadSite
  let clamd: TestClamd
  beforeAll(async () => {
    const startedAt = performance.now()
    clamd = await clamdForTests()
    await clamd.start()
    console.info(`clamd was ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    site = await openUploadSite(routes, { CLEARWAY_SCANNER: `tcp://127.0.0.1:${clamd.port}` })
  })
  afterAll(async () => {
    await site?.close()
    await clamd?.remove()
  })
  beforeEach(() => site.record.owner.deleteFrom('stored_file').execute())

  const rows = () =>
    site.record.owner
      .selectFrom('stored_file')
      .select(['name', 'state', 'state_why', 'sha256'])
      .orderBy('name')
      .execute()
  const contentHeld = async () => (await Array.fromAsync(site.files.store.list())).map((one) => one.sha256)

  test('a clean file is said to be checked; the test virus is not kept, alone or inside a document', async () => {
    const { outcomes } = await site.send('parent', [
      { name: 'letter.pdf', data: pdf() },
      { name: 'eicar.txt', data: eicar() },
      {
        name: 'report.docx',
        data: office('docx', [{ name: 'word/media/a.txt', data: eicar(), stored: true }]),
      },
    ])
    expect(outcomes.map((one) => [one.name, one.ok])).toEqual([
      ['letter.pdf', true],
      ['eicar.txt', false],
      ['report.docx', false],
    ])
    expect(outcomes[0]!.words).toContain('Checked for viruses')
    expect(outcomes[1]!.words).toContain('holds a virus')
    expect((await rows()).map(({ name, state, state_why }) => [name, state, state_why])).toEqual([
      ['eicar.txt', 'infected', 'Clearway.Eicar.Test.UNOFFICIAL'],
      ['letter.pdf', 'clean', null],
      ['report.docx', 'infected', 'Clearway.Eicar.Test.UNOFFICIAL'],
    ])
    expect(await contentHeld()).toHaveLength(1)
  })

  test('when it is down files wait, nobody opens them, and they are checked when it is back', async () => {
    await clamd.kill()
    const { outcomes } = await site.send('parent', [
      { name: 'good.pdf', data: Buffer.concat([pdf(), Buffer.from('\n')]) },
      { name: 'bad.txt', data: eicar() },
    ])
    expect(outcomes.map((one) => [one.ok, one.words])).toEqual([
      [true, expect.stringContaining('Waiting to be checked')],
      [true, expect.stringContaining('Waiting to be checked')],
    ])
    const open = () =>
      Promise.all(outcomes.map(async (one) => (await site.get('parent', `/files/${one.id}`)).status))
    expect(await open()).toEqual([409, 409])
    expect((await site.get('coordinator', `/files/${outcomes[1]!.id}`)).status).toBe(409)
    // Released all the same by a mistake: neither wall lets it.
    await expect(
      site.record.owner
        .updateTable('stored_file')
        .set({
          released_on: '2026-07-06',
          released_by: '00000000-0000-4000-8000-000000000101',
          released_to: ['family'],
        })
        .where('id', '=', outcomes[1]!.id!)
        .execute(),
    ).resolves.toBeDefined()
    expect((await site.get('parent', `/files/${outcomes[1]!.id}`)).status).toBe(409)
    expect(await keepFiles(site.record.owner, site.files)).toMatchObject({ checked: 0 })
    await clamd.start()
    expect(await keepFiles(site.record.owner, site.files)).toMatchObject({ checked: 2 })
    expect(await open()).toEqual([200, 409])
    expect((await rows()).map(({ name, state }) => [name, state])).toEqual([
      ['bad.txt', 'infected'],
      ['good.pdf', 'clean'],
    ])
  })

  test('one that falls over in the middle of a scan: the file waits', async () => {
    const big = new Blob([new Uint8Array(pdf()), new Uint8Array(20_000_000)])
    const sending = site.send('parent', [{ name: 'long.pdf', data: big }])
    await new Promise((resolve) => setTimeout(resolve, 60))
    await clamd.kill()
    const { outcomes } = await sending
    expect(outcomes[0]).toMatchObject({ ok: true })
    const [row] = await rows()
    expect(['quarantined', 'clean']).toContain(row!.state)
    await clamd.start()
    await keepFiles(site.record.owner, site.files)
    expect((await rows())[0]!.state).toBe('clean')
  })

  test('a file longer than the scanner takes waits, and is not let through', async () => {
    const small = await clamdForTests({ streamMaxLength: '1M' })
    await small.start()
    try {
      const scanner = clamdScanner({ host: '127.0.0.1', port: small.port })
      const content = async function* () {
        for (let n = 0; n < 40; n++) yield Buffer.alloc(100_000, 'a')
      }
      expect(await scanner.scan(content())).toMatchObject({ found: 'no-answer' })
    } finally {
      await small.remove()
    }
  })

  test('what was taken in before there was a scanner is offered to it once there is one', async () => {
    const held = site.files
    site.files = { ...held, scanner: undefined }
    await site.send('parent', [
      { name: 'before.pdf', data: pdf() },
      { name: 'before.txt', data: eicar() },
    ])
    site.files = held
    expect((await rows()).map((row) => row.state)).toEqual(['not-scanned', 'not-scanned'])
    await keepFiles(site.record.owner, site.files)
    expect((await rows()).map((row) => [row.name, row.state])).toEqual([
      ['before.pdf', 'clean'],
      ['before.txt', 'infected'],
    ])
  })

  test('with no scanner the site may be set to take nothing', async () => {
    const held = site.files
    site.files = { ...held, scanner: undefined, unscanned: 'refuse' }
    const { outcomes } = await site.send('parent', [{ name: 'a.pdf', data: pdf() }])
    site.files = held
    expect(outcomes[0]).toMatchObject({
      ok: false,
      words: expect.stringContaining('cannot be checked for viruses'),
    })
    expect((await rows())[0]).toMatchObject({ state: 'refused', sha256: null })
  })

  test('the child is the one named, and the record says who sent it', async () => {
    await site.send('parent', [{ name: 'a.pdf', data: pdf() }])
    const row = await site.record.owner.selectFrom('stored_file').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ child_id: CHILD, about: 'views', released_on: null, retention: 'case-file' })
  })
})
