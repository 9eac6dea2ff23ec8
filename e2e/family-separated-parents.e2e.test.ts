import { afterAll, afterEach, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { jpeg } from '../src/platform/files/testing/sample-files.ts'
import { closeBrowser } from './support/browser.ts'
import { Follower } from './support/follower.ts'
import { openCase } from './support/open-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** A mother who has moved away from danger; a father barred by an order; and a second father with every right. */
let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

const FEMI = '00000000-0000-4000-8000-000000000701'
const DANIEL = '00000000-0000-4000-8000-000000000702'
/** What would find her, and what she tells the council alone. */
const HERS = [
  '9 Hidden Lane',
  'BH1 9ZZ',
  'Refugetown',
  'ngozi.hidden@home.test',
  '07700 900555',
  'We are in a shelter',
  'Please do not tell them',
  'shelter-letter',
]

test('the barred father finds nothing by any address; the other sees the case, and nothing that is the mother’s alone', {
  timeout: 240_000,
}, async () => {
  const day = '2026-07-06'
  const s = await openStorySite(day)
  site = s
  const { owner } = s.record
  await owner
    .insertInto('account')
    .values(
      [
        { id: FEMI, name: 'Femi Okafor', email: 'femi@home.test' },
        { id: DANIEL, name: 'Daniel Reyes', email: 'daniel@home.test' },
      ].map((one) => ({ ...one, door: 'family', role: 'parent', remit: 'relationships' })),
    )
    .execute()
  const { childId, casePath } = await openCase(s, {
    today: day,
    contacts: [
      {
        name: 'Ngozi Okafor',
        relationship: 'mother',
        livesWith: true,
        address: '9 Hidden Lane',
        postcode: 'BH1 9ZZ',
        email: 'ngozi.hidden@home.test',
        phone: '07700 900555',
        account: STORY_PEOPLE.parent.id,
      },
      { name: 'Femi Okafor', relationship: 'father', address: '1 Old Road', account: FEMI },
      { name: 'Daniel Reyes', relationship: 'father', address: '3 New Road', account: DANIEL },
    ],
  })
  await owner
    .updateTable('child')
    .set({ address_line: '9 Hidden Lane', town: 'Refugetown', postcode: 'BH1 9ZZ' })
    .where('id', '=', childId)
    .execute()
  const mother = await Follower.comes(s, { name: 'separated-mother', width: 375 })
  await mother.hasSessionOf(STORY_PEOPLE.parent.id, day)
  const femi = await Follower.comes(s, { name: 'separated-barred', width: 375 })
  await femi.hasSessionOf(FEMI, day)
  const daniel = await Follower.comes(s, { name: 'separated-second', width: 375 })
  await daniel.hasSessionOf(DANIEL, day)
  const cora = await Follower.comes(s, { name: 'separated-office' })
  await cora.signsInAs('coordinator', day)

  // Before the order he sees the case, and keeps every address of it.
  await femi.goes('/family')
  await femi.isAt('Amara Okafor')
  const heKnows = new Set((await femi.everythingTheyReach()).keys())

  // She writes to the council alone.
  await mother.goes(`/family/children/${childId}/messages/new`)
  await mother.sees('we promise to answer by')
  await mother.fills('subject', 'Please do not tell them')
  await mother.fills('words', 'We are in a shelter.')
  await mother.page.locator('input[type=file]').setInputFiles({
    name: 'shelter-letter.jpg',
    mimeType: 'image/jpeg',
    buffer: jpeg(),
  })
  await mother.page.locator('[data-upload]').getByText(/^Kept/).waitFor()
  await mother.looks('message')
  await mother.presses('Send')
  await mother.sees('We are in a shelter.', 'We answer by')
  const thread = new URL(mother.page.url()).pathname
  await mother.looks('message-sent')
  const file = await owner.selectFrom('stored_file').select('id').executeTakeFirstOrThrow()
  expect((await mother.tries(`/files/${file.id}`)).status).toBe(200)

  // The order comes in.
  const linkOf = await owner
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select('child_contact.id')
    .where('contact.account_id', '=', FEMI)
    .executeTakeFirstOrThrow()
  await cora.goes(`/staff/children/${childId}/people/${linkOf.id}/restrict`)
  await cora.chooses('restricted', 'no')
  await cora.fills('note', 'Prohibited steps order, Dorchester Family Court, 3 July 2026')
  await cora.fills('why', 'The order seen')
  await cora.looks('restrict')
  await cora.presses('Save')

  // A letter goes: the page that shows who receives what names two people of three.
  await cora.goes(`${casePath}/decide-whether-to-assess`)
  await cora.chooses('outcome', 'agree')
  await cora.dates('toldOn', day)
  await cora.page.locator('form button:visible').last().click()
  await cora.isAt('Check who will receive what')
  const told = await cora.page.locator('main table tbody').innerText()
  expect(told).toContain('Ngozi Okafor')
  expect(told).toContain('Daniel Reyes')
  await cora.seesNo('Femi', '1 Old Road')
  await cora.checksLetters()
  const letters = await owner.selectFrom('document').select('recipient_name').execute()
  expect(letters.map((letter) => letter.recipient_name)).not.toContain('Femi Okafor')

  // The mother sees her child.
  await mother.goes('/family')
  await mother.isAt('Amara Okafor')
  await mother.sees('We said yes to an assessment')
  await mother.looks('tracker')
  const hers = await mother.everythingTheyReach()
  for (const path of [...hers.keys(), thread, `/files/${file.id}`]) heKnows.add(path)

  // The barred father: no child, and every address he knew or was ever told is as one that never was.
  await femi.goes('/family')
  await femi.isAt('Where things are')
  await femi.sees('We are not showing any child on your account', 'please tell us')
  await femi.looks('nothing')
  const never = await femi.tries('/family/children/00000000-0000-4000-8000-00000000dead')
  const ofTheChild = [...heKnows].filter((path) => /children\/|\/files\/|\/m\/|\/advice\//.test(path))
  expect(ofTheChild.length).toBeGreaterThan(10)
  const plain = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  for (const path of ofTheChild) {
    const { status, body } = await femi.tries(path)
    expect(status, path).toBe(404)
    expect(plain(body), path).toBe(plain(never.body))
  }
  for (const [path, html] of await femi.everythingTheyReach())
    for (const word of ['Amara', 'Okafor, Amara', 'Ngozi', ...HERS]) expect(html, path).not.toContain(word)

  // The second father sees the case, and of hers nothing.
  await daniel.goes('/family')
  await daniel.isAt('Amara Okafor')
  await daniel.sees('We said yes to an assessment', 'Whose move is it?')
  await daniel.looks('tracker')
  await daniel.goes(`/family/children/${childId}/who-can-see`)
  await daniel.looks('who-can-see')
  await daniel.goes(`/family/children/${childId}/who-looked`)
  await daniel.looks('who-looked')
  const his = await daniel.everythingTheyReach()
  expect(his.size).toBeGreaterThan(8)
  for (const [path, html] of his)
    for (const word of HERS) expect(html.toLowerCase(), path).not.toContain(word.toLowerCase())
  expect((await daniel.tries(thread)).status).toBe(404)
  expect((await daniel.tries(`/files/${file.id}`)).status).toBe(404)

  // Hers is answered, and only she reads it.
  await cora.goes(`/staff/messages/${thread.split('/').at(-1)}`)
  await cora.sees('Who reads this: Ngozi Okafor (Mother)', 'Femi Okafor', 'barred')
  await cora.looks('her-message')
  await cora.chooses('kind', 'answer')
  await cora.fills('words', 'We tell nobody.')
  await cora.presses('Send')
  await cora.sees('Sent.')
  await mother.goes(thread)
  await mother.sees('We tell nobody.', 'Cora Coombes, for the council')
  expect((await daniel.tries(thread)).status).toBe(404)
  const mailed = await owner.selectFrom('message').select(['recipient', 'recipient_name', 'body']).execute()
  expect(mailed.filter((one) => one.recipient_name === 'Femi Okafor')).toEqual([])
})
