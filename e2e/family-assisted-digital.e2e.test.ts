import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser } from './support/browser.ts'
import { Follower } from './support/follower.ts'
import { openCase } from './support/open-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** A mother with a telephone and no email: the coordinator writes down what she says, as hers; later she reads it herself. */
let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

test('views, a message and a comment told by telephone are hers, to the office and to herself', {
  timeout: 240_000,
}, async () => {
  const s = await openStorySite('2026-07-06')
  site = s
  const { childId, casePath } = await openCase(s, {
    today: '2026-07-06',
    contacts: [
      {
        name: 'Ngozi Okafor',
        relationship: 'mother',
        livesWith: true,
        address: '4 Quay Street',
        postcode: 'DT4 8AA',
        phone: '01305 555 099',
      },
    ],
  })
  const cora = await Follower.comes(s, { name: 'telephone-office' })
  await s.signIn(cora.page, 'coordinator')
  const sends = (): Promise<void> => cora.page.locator('form button:visible').last().click()

  // She rings: what she thinks.
  await cora.goes(`${casePath}/family`)
  await cora.sees('Somebody told you by phone or in person?')
  await cora.follows('their views')
  await cora.selects('from', { label: 'Ngozi Okafor (Mother)' })
  await cora.chooses('whose', 'parent')
  await cora.fills('words', 'She sings all day. School frightens her.')
  await cora.presses('Record these views')
  await cora.sees('There is a problem', 'Enter how you checked with them that it is right')
  await cora.looks('views-with-a-mistake')
  await cora.fills('howChecked', 'Read back to her on the telephone')
  await cora.presses('Record these views')
  await cora.sees(
    'The views are recorded, and that you wrote them down.',
    'Told to the council by phone by Ngozi Okafor, and written down for them.',
    'Written down by Cora Coombes',
    'Read back to her on the telephone',
  )

  // She asks something: it is promised an answer like any other.
  await cora.follows('a message')
  await cora.selects('from', { label: 'Ngozi Okafor (Mother)' })
  await cora.fills('subject', 'The bus')
  await cora.fills('words', 'Who takes her to school in September?')
  await cora.looks('take-down-a-message')
  await cora.presses('Record the message')
  await cora.sees(
    'The message is recorded. Tell them: we answer by',
    'Ngozi Okafor, told to us by phone and written down by Cora Coombes',
    'Due by',
  )
  await cora.looks('her-message')
  await cora.chooses('kind', 'answer')
  await cora.fills('words', 'The same driver, from 3 September.')
  await cora.presses('Send')
  await cora.sees('Sent.')
  const told = await s.record.owner
    .selectFrom('message')
    .select(['channel', 'recipient_name'])
    .where('template', '=', 'message-answered')
    .execute()
  expect(told).toEqual([{ channel: 'letter', recipient_name: 'Ngozi Okafor' }])

  // The draft goes by post; she rings about it.
  await cora.goes(`${casePath}/decide-whether-to-assess`)
  await cora.chooses('outcome', 'agree')
  await cora.dates('toldOn', '2026-07-06')
  await sends()
  await cora.checksLetters()
  await s.today('2026-10-12')
  await cora.goes(`${casePath}/send-the-draft`)
  await cora.dates('servedOn', '2026-10-12')
  await cora.ticks('noSetting')
  await cora.ticks('sections')
  await sends()
  await cora.checksLetters()
  await cora.goes(`${casePath}/keep-the-draft`)
  await cora.fills('sectionF', 'A speech therapist works with her often.')
  await sends()
  await cora.follows('what they say of the draft')
  await cora.selects('from', { label: 'Ngozi Okafor (Mother)' })
  await cora.selects('section', 'F')
  await cora.fills('paragraph', '1')
  await cora.chooses('stance', 'change')
  await cora.page.locator('textarea[name="words"]').fill('Often is no number.')
  await cora.chooses('wantsMeeting', 'yes')
  await cora.looks('take-down-comments')
  await cora.presses('Record what they said')
  await cora.sees(
    'What they said is recorded. Each comment needs an answer.',
    'Often is no number.',
    'Asked for a meeting.',
    'Told to the council by phone by Ngozi Okafor, and written down for them.',
  )
  await cora.looks('what-the-family-said')
  await cora.page.getByLabel('Your answer to this comment').fill('It will say 2 hours each week.')
  await cora.presses('Send this answer')
  await cora.sees('The answer is beside the comment')

  // Her daughter's old telephone reads email: she has an account now, and all of it is there.
  const link = await s.record.owner
    .selectFrom('child_contact')
    .select('id')
    .where('child_id', '=', childId)
    .executeTakeFirstOrThrow()
  await cora.goes(`/staff/children/${childId}/people/${link.id}/details`)
  await cora.fills('email', 'ngozi@home.test')
  await cora.fills('why', 'She told us by telephone')
  await cora.presses('Save the changes')
  await cora.goes(`/staff/children/${childId}/people/${link.id}/account`)
  await cora.fills('why', 'She told us by telephone, and it is hers alone')
  await cora.presses('Open the account')
  await cora.sees('Ngozi Okafor can sign in now, with their email.')

  const mother = await Follower.comes(s, { name: 'telephone-mother', width: 375 })
  await mother.goes('/sign-in/link')
  await mother.fills('address', 'ngozi@home.test')
  await mother.presses('Send me a link')
  await mother.page.goto(s.sent.at(-1)!.link)
  await mother.presses('Sign in')
  await mother.isAt('Amara Okafor')
  await mother.looks('tracker')
  await mother.goes(`/family/children/${childId}/views`)
  await mother.sees(
    'She sings all day. School frightens her.',
    'Told to the council by phone by Ngozi Okafor, and written down for them.',
    'Written down by Cora Coombes',
  )
  await mother.looks('views')
  await mother.goes(`/family/children/${childId}/messages`)
  await mother.follows('The bus')
  await mother.sees(
    'told to us by phone and written down by Cora Coombes',
    'Who takes her to school in September?',
    'The same driver, from 3 September.',
  )
  await mother.looks('message')
  await mother.goes(`/family/children/${childId}/draft`)
  await mother.sees(
    'Often is no number.',
    'It will say 2 hours each week.',
    'Told to the council by phone by Ngozi Okafor, and written down for them.',
  )
  await mother.looks('draft')
})
