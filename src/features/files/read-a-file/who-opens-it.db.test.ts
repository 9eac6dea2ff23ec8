import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asRecordKeeper, asViewer } from '../../../db/viewer.ts'
import { releaseFile, removeFile, tieFiles } from '../../../platform/files/index.ts'
import { pdf } from '../../../platform/files/testing/sample-files.ts'
import {
  CHILD,
  OTHER_CHILD,
  openUploadSite,
  type Part,
  PROCESS,
  TODAY,
  type UploadSite,
} from '../../../platform/files/testing/upload-site.ts'
import { routes } from './index.ts'

let site: UploadSite
beforeAll(async () => {
  site = await openUploadSite(routes)
})
afterAll(() => site.close())

let n = 0
const sendAs = async (part: Part, fields: Record<string, string> = {}): Promise<string> => {
  const { outcomes } = await site.send(
    part,
    [{ name: `${n++}.pdf`, data: Buffer.concat([pdf(), Buffer.from(`%${n}`)]) }],
    fields,
  )
  return outcomes[0]!.id!
}
const opens = async (part: Part, id: string): Promise<number> => (await site.get(part, `/files/${id}`)).status
const as = (part: Part) => ({ accountId: STORY_PEOPLE[part].id, today: TODAY })
const release = (part: Part, id: string, to: readonly ('family' | 'setting' | 'professional')[]) =>
  asViewer(site.record.db, as(part), (trx) =>
    releaseFile(trx, { id, by: STORY_PEOPLE[part].id, on: TODAY, to }),
  )

describe('Who opens a file', () => {
  test('its sender and staff at once; others only when it is released to their door, and the board never', async () => {
    const theirs = await sendAs('parent')
    expect(await opens('parent', theirs)).toBe(200)
    expect(await opens('coordinator', theirs)).toBe(200)
    expect(await opens('senco', theirs)).toBe(404)
    expect(await opens('board', theirs)).toBe(403)
    const id = await sendAs('coordinator')
    for (const part of ['parent', 'psychologist', 'senco'] as const)
      expect(await opens(part, id), part).toBe(404)
    expect(await release('coordinator', id, ['professional'])).toBe(true)
    expect(await opens('psychologist', id)).toBe(200)
    for (const part of ['parent', 'senco'] as const) expect(await opens(part, id), part).toBe(404)
  })

  test('a professional releases their own to the family; a parent releases nothing', async () => {
    const advice = await sendAs('psychologist')
    expect(await opens('parent', advice)).toBe(404)
    expect(await release('psychologist', advice, ['family'])).toBe(true)
    expect(await opens('parent', advice)).toBe(200)
    const own = await sendAs('parent')
    await expect(release('parent', own, ['professional'])).rejects.toThrow('released by staff')
    expect(await release('psychologist', own, ['family'])).toBe(false)
  })

  test('each opening is in the access log', async () => {
    const id = await sendAs('parent')
    const before = await site.record.owner.selectFrom('access_log').select('id').execute()
    await opens('coordinator', id)
    const after = await site.record.owner
      .selectFrom('access_log')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const count = await site.record.owner.selectFrom('access_log').select('id').execute()
    expect(count.length).toBe(before.length + 1)
    expect(after).toMatchObject({
      account_id: STORY_PEOPLE.coordinator.id,
      child_ids: [CHILD],
      what: 'file',
      outcome: 'seen',
    })
  })

  test('sent before there is a record: nobody but its sender', async () => {
    const id = await sendAs('parent', { child: 'none' })
    expect(await opens('parent', id)).toBe(200)
    for (const part of ['coordinator', 'psychologist', 'senco'] as const)
      expect(await opens(part, id), part).toBe(404)
  })

  test('sent with a request in draft: staff see it once they take the request in, and the sender still does', async () => {
    const draft = crypto.randomUUID()
    const id = await sendAs('parent', { child: 'none', aboutId: draft })
    const tie = (work: 'by themselves' | 'as the keeper') =>
      asViewer(site.record.db, as('coordinator'), (trx) => {
        const doIt = () =>
          tieFiles(trx, { about: 'views', aboutId: draft }, { childId: CHILD, processId: PROCESS })
        return work === 'as the keeper' ? asRecordKeeper(trx, doIt) : doIt()
      })
    expect(await tie('by themselves')).toBe(0)
    expect(await tie('as the keeper')).toBe(1)
    for (const part of ['parent', 'coordinator'] as const) expect(await opens(part, id)).toBe(200)
  })

  test('taken back by its sender, before it is released and not after', async () => {
    const id = await sendAs('parent')
    const remove = (part: Part) =>
      asViewer(site.record.db, as(part), (trx) => removeFile(trx, id, STORY_PEOPLE[part].id))
    expect(await remove('psychologist')).toBe(false)
    expect(await remove('parent')).toBe(true)
    expect(await opens('parent', id)).toBe(404)
    const released = await sendAs('parent')
    await release('coordinator', released, ['professional'])
    expect(
      await asViewer(site.record.db, as('parent'), (trx) =>
        removeFile(trx, released, STORY_PEOPLE.parent.id),
      ),
    ).toBe(false)
  })
})

describe('Who sends one', () => {
  test('not for a child they do not reach, nor for another child’s case, whatever the form says', async () => {
    const rows = () => site.record.owner.selectFrom('stored_file').select('id').execute()
    const before = await rows()
    const file = [{ name: 'x.pdf', data: pdf() }]
    expect((await site.send('parent', file, { child: OTHER_CHILD })).status).toBe(404)
    expect((await site.send('psychologist', file, { child: OTHER_CHILD })).status).toBe(404)
    expect((await site.send('coordinator', file, { child: OTHER_CHILD, process: PROCESS })).status).toBe(404)
    expect(await rows()).toEqual(before)
    expect((await site.send('coordinator', file, { child: CHILD, process: PROCESS })).status).toBe(200)
  })

  test('the database refuses by itself: another’s name, another’s child, a mixed case, a state changed', async () => {
    const insert = (part: Part, values: Record<string, unknown>) =>
      asViewer(site.record.db, as(part), (trx) =>
        trx
          .insertInto('stored_file')
          .values({
            sha256: 'b'.repeat(64),
            size_bytes: 1,
            name: 'x',
            type: 'text/plain',
            state: 'clean',
            uploaded_by: STORY_PEOPLE[part].id,
            uploaded_on: TODAY,
            child_id: CHILD,
            about: 'views',
            ...values,
          })
          .execute(),
      )
    await expect(insert('parent', { child_id: OTHER_CHILD })).rejects.toThrow('row-level security')
    await expect(insert('parent', { uploaded_by: STORY_PEOPLE.coordinator.id })).rejects.toThrow(
      'row-level security',
    )
    await expect(insert('parent', { on_behalf_of: 'somebody' })).rejects.toThrow('row-level security')
    await expect(insert('board', {})).rejects.toThrow('row-level security')
    await expect(insert('coordinator', { child_id: OTHER_CHILD, process_id: PROCESS })).rejects.toThrow(
      'another child',
    )
    const id = await sendAs('parent')
    for (const change of [
      { sha256: 'c'.repeat(64) },
      { name: 'y' },
      { uploaded_by: STORY_PEOPLE.coordinator.id },
    ])
      await expect(
        asViewer(site.record.db, as('parent'), (trx) =>
          trx.updateTable('stored_file').set(change).where('id', '=', id).execute(),
        ),
      ).rejects.toThrow('permission denied')
    await expect(
      asViewer(site.record.db, as('coordinator'), (trx) =>
        trx.updateTable('stored_file').set({ state: 'removed' }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow('only its sender')
    await expect(
      asViewer(site.record.db, as('parent'), (trx) =>
        trx.updateTable('stored_file').set({ child_id: OTHER_CHILD }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow()
    await expect(
      asViewer(site.record.db, as('parent'), (trx) => trx.deleteFrom('stored_file').execute()),
    ).rejects.toThrow('permission denied')
  })
})

describe('The form', () => {
  const post = async (body: FormData | string, headers: Record<string, string> = {}, url = '/send-files') => {
    const { cookie } = await site.cookieOf('parent')
    return fetch(site.url + url, { method: 'POST', headers: { cookie, ...headers }, body })
  }
  const blob = new Blob([new Uint8Array(pdf())])
  test('without its token, with a wrong one, or with the token after the file is refused, and no byte is kept', async () => {
    const { csrf } = await site.cookieOf('parent')
    const before = await Array.fromAsync(site.files.store.list())
    const bodies = [new FormData(), new FormData(), new FormData()]
    bodies[1]!.append('_csrf', 'wrong')
    for (const body of bodies) body.append('files', blob, 'a.pdf')
    bodies[2]!.append('_csrf', csrf)
    for (const body of bodies) expect((await post(body)).status).toBe(403)
    expect(await Array.fromAsync(site.files.store.list())).toEqual(before)
  })
  test('from another site is refused by the browser’s word', async () => {
    const { csrf } = await site.cookieOf('parent')
    const body = new FormData()
    body.append('_csrf', csrf)
    body.append('files', blob, 'a.pdf')
    expect((await post(body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post(body, { origin: 'https://evil.example' })).status).toBe(403)
  })
  test('cut short, or with no boundary, is a bad request and not a failure', async () => {
    for (const [type, body] of [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nabc'],
      ['multipart/form-data; boundary=x', ''],
    ] as const) {
      const { status } = await post(body, { 'content-type': type })
      expect(status, type).toBeGreaterThanOrEqual(400)
      expect(status, type).toBeLessThan(500)
    }
  })
  test('with a box left empty keeps nothing and is no mistake', async () => {
    const { csrf } = await site.cookieOf('parent')
    const body = new FormData()
    body.append('_csrf', csrf)
    body.append('idempotencyKey', 'k')
    body.append('files', new Blob([]), '')
    const answer = await post(body)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('0 kept')
  })
  test('to a route that takes words only is refused', async () => {
    const words = await site.app.inject({
      method: 'POST',
      url: '/files/x',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x--',
    })
    expect(words.statusCode).toBe(404)
  })
})
