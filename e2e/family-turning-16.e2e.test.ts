import { afterAll, afterEach, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { closeBrowser } from './support/browser.ts'
import { Follower } from './support/follower.ts'
import { openCase } from './support/open-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** Born in March 2010: compulsory school age ends on the last Friday of June 2026, and the next day the rights are her own. */
const LAST_DAY = '2026-06-26'
let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

test('the day after compulsory school age the rights pass; she lets her mother in, and ends it', {
  timeout: 240_000,
}, async () => {
  const s = await openStorySite(LAST_DAY)
  site = s
  const { childId } = await openCase(s, {
    today: LAST_DAY,
    requestOn: '2026-06-01',
    bornOn: '2010-03-03',
    contacts: [
      {
        name: 'Ngozi Okafor',
        relationship: 'mother',
        livesWith: true,
        address: '4 Quay Street',
        postcode: 'DT4 8AA',
        account: STORY_PEOPLE.parent.id,
      },
      {
        name: 'Amara Okafor',
        relationship: 'self',
        parentalResponsibility: false,
        account: STORY_PEOPLE.youngPerson.id,
      },
    ],
  })
  const mother = await Follower.comes(s, { name: 'sixteen-mother', width: 375 })
  const amara = await Follower.comes(s, { name: 'sixteen-amara', width: 375 })
  const cora = await Follower.comes(s, { name: 'sixteen-office' })
  await s.signIn(mother.page, 'parent')
  await s.signIn(amara.page, 'youngPerson')
  await s.signIn(cora.page, 'coordinator')
  const record = `/family/children/${childId}`

  // The last day: the parent's rights.
  await mother.goes('/family')
  await mother.isAt('Amara Okafor')
  await mother.sees('Whose move is it?', 'your child')
  await mother.looks('last-day')
  const before = [...(await mother.everythingTheyReach()).keys()].filter((path) => path.includes(childId))
  expect(before.length).toBeGreaterThan(4)
  await amara.goes('/family')
  await amara.sees('We are not showing a record on your account', 'old enough to leave school')
  await amara.looks('last-day')
  await amara.seesNo('Amara Okafor</h1>', childId)
  for (const path of before) expect((await amara.tries(path)).status, path).toBe(404)

  // The office is told before it comes.
  await cora.goes('/staff/rights-passing')
  await cora.sees('Amara Okafor', '27 June 2026')
  await cora.looks('rights-passing')
  await cora.goes('/training/move-time')
  await cora.dates('day', '2026-06-27')
  await cora.page.locator('main form button').last().click()
  await cora.sees('Today is Saturday 27 June 2026')

  // The next day: hers.
  await mother.goes('/family')
  await mother.sees(
    'Amara now decides who sees this',
    '27 June 2026',
    'You have done nothing wrong. It is the same for every family.',
    'Who can see my record',
    'Please ask us',
  )
  await mother.seesNo(childId)
  await mother.looks('rights-passed')
  for (const path of before) expect((await mother.tries(path)).status, path).toBe(404)

  await amara.goes('/family')
  await amara.isAt('My page')
  await amara.sees('What is happening?', 'Tell us now', 'Who can see my record')
  await amara.seesNo('your child')
  await amara.looks('my-page')
  await amara.goes(record)
  await amara.isAt('Amara Okafor')
  await amara.sees('Whose move is it?')
  await amara.looks('my-record')
  await amara.follows('Who can see my record')
  await amara.sees('You choose', 'Can Ngozi Okafor (mother) see my record?', 'They cannot see it now.')
  await amara.looks('who-can-see')
  await amara.page.getByLabel('Yes').check()
  await amara.presses('Save')
  await amara.sees('Saved. It is so from now.', 'They can see it now, since 27 June 2026')
  await amara.looks('let-in')

  // At once the mother sees it, as one who is let in.
  await mother.goes('/family')
  await mother.isAt('Amara Okafor')
  await mother.looks('let-in')
  await mother.follows('Who can see this record')
  await mother.sees('These people can open the record today')
  await mother.looks('who-can-see')
  expect(await mother.page.getByRole('radio').count()).toBe(0)
  await cora.goes(`/staff/children/${childId}/rights`)
  await cora.sees('Ngozi Okafor', '27 June 2026', 'signed in')
  await cora.looks('rights')

  // Another day she ends it.
  await s.today('2026-07-03')
  await amara.goes(`${record}/who-can-see`)
  await amara.sees('They can see it now, since 27 June 2026')
  await amara.page.getByLabel('No', { exact: true }).check()
  await amara.presses('Save')
  await amara.sees('They cannot see it now.')
  await amara.looks('ended')
  await mother.goes('/family')
  await mother.sees('Amara now decides who sees this')
  for (const path of before) expect((await mother.tries(path)).status, path).toBe(404)
  const facts = await s.record.owner
    .selectFrom('case_event')
    .select(['kind', 'happened_on'])
    .where('kind', 'in', ['sharing_consent_given', 'sharing_consent_ended'])
    .orderBy('seq')
    .execute()
  expect(facts).toEqual([
    { kind: 'sharing_consent_given', happened_on: '2026-06-27' },
    { kind: 'sharing_consent_ended', happened_on: '2026-07-03' },
  ])
})
