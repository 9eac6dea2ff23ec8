import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asViewer } from '../../../db/viewer.ts'
import { openPages, type Pages, type Visitor } from '../../children/try-pages/index.ts'
import { routes } from './index.ts'

const TODAY = '2026-11-23'
const PATH = '/staff/settings/messages'
const DRAFT = `${PATH}?template=draft-sent&channel=email`
let pages: Pages
let admin: Visitor

beforeAll(async () => {
  pages = await openPages(routes, TODAY)
  admin = await pages.signIn('administrator')
})
afterAll(() => pages.close())
const rows = () => pages.record.owner.selectFrom('message_wording').selectAll().orderBy('id').execute()

describe('wording of messages', () => {
  test('every message, and whose wording holds', async () => {
    const { status, text } = await admin.get(PATH)
    expect(status).toBe(200)
    for (const words of [
      'Draft plan sent',
      'We missed a date',
      'Clearway’s wording Change',
      'It carries parts the law asks for',
    ])
      expect(text).toContain(words)
    for (const query of [
      '?template=sign-in&channel=email',
      '?template=nothing&channel=email',
      '?template=draft-sent&channel=pigeon',
    ])
      expect((await admin.get(PATH + query)).status, query).toBe(404)
  })

  test('nobody but an administrator, at either wall', async () => {
    const page = await admin.get(DRAFT)
    for (const part of ['coordinator', 'manager', 'board', 'parent', 'senco', 'psychologist'] as const) {
      const visitor = await pages.signIn(part)
      expect((await visitor.get(PATH)).status, part).toBe(403)
      expect((await visitor.send(page, 'Set this wording')).status, part).toBe(403)
    }
    await expect(
      asViewer(pages.record.db, { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }, (trx) =>
        trx
          .insertInto('message_wording')
          .values({
            template: 'draft-sent',
            channel: 'email',
            body: 'x',
            valid_from: TODAY,
            set_by: STORY_PEOPLE.coordinator.id,
            why: 'x',
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await rows()).toEqual([])
  })

  test('what cannot be sent is said beside its question, and nothing typed is lost', async () => {
    const page = (await admin.get(DRAFT)).fill({
      Words: 'Dear ((childName)), it is at https://x.example',
      Subject: '',
      'From which day?': '22 11 2026',
    })
    const answer = await admin.send(page, 'Set this wording')
    expect(answer.status).toBe(422)
    expect(answer.errors.join('\n')).toContain('subject: Enter a subject')
    expect(answer.errors.join('\n')).toContain(
      'from: The day it holds from must be 23 November 2026 or later',
    )
    expect(answer.errors.join('\n')).toContain('why: Enter why')
    const mended = answer.fill({ Subject: 'Read it', 'From which day?': '23 11 2026', 'Why?': 'agreed' })
    const second = await admin.send(mended, 'Set this wording')
    expect(second.errors.join('\n')).toContain('((childName)) is not a gap of this message')
    expect(second.errors.join('\n')).toContain('Take the web address out')
    expect(second.errors.join('\n')).toContain('Keep ((replyBy))')
    expect(second.value('body')).toContain('((childName))')
    expect(await rows()).toEqual([])
  })

  test('the legal parts are shown, stay in the preview, and cannot be taken out', async () => {
    const page = (await admin.get(DRAFT)).fill({ Subject: 'The draft', Words: 'Only this, by ((replyBy)).' })
    expect(page.text).toContain('The law gives you at least 15 days to answer')
    const shown = await admin.send(page, 'Show how it reads')
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Only this, by 15 February 2027.')
    expect(shown.text.split('The law gives you at least 15 days to answer')).toHaveLength(3) // locked, and in the preview
    expect(await rows()).toEqual([])
    const set = await admin.send(shown.fill({ 'Why?': 'Agreed on 20 November' }), 'Set this wording')
    expect(set.location).toBe(PATH)
    expect(await rows()).toMatchObject([
      {
        template: 'draft-sent',
        channel: 'email',
        body: 'Only this, by ((replyBy)).',
        set_by: STORY_PEOPLE.administrator.id,
      },
    ])
    const after = await admin.get(DRAFT)
    expect(after.text).toContain('Set by Adaeze Quint: Agreed on 20 November')
    expect((await admin.get(PATH)).text).toContain('Your wording, since')
  })
})
