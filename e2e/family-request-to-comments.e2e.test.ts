import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { jpeg } from '../src/platform/files/testing/sample-files.ts'
import { closeBrowser } from './support/browser.ts'
import { Follower } from './support/follower.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/** A mother on a phone, from asking for an assessment before she has an account to the council's answer to her comments. */
let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

const WAYS = [
  { way: 'on a phone', scripts: true },
  { way: 'on a phone with scripts off', scripts: false },
] as const

async function asks(mother: Follower): Promise<void> {
  await mother.goes('/ask-for-an-assessment')
  await mother.sees('You do not need an account', 'We must decide within 6 weeks')
  await mother.looks('start')
  await mother.presses('Start')
  await mother.presses('Save and go on')
  await mother.sees('There is a problem', 'Choose who you are asking for')
  await mother.looks('who-with-a-mistake')
  await mother.chooses('askedBy', 'parent')
  await mother.presses('Save and go on')
  await mother.fills('givenName', 'Amara')
  await mother.fills('familyName', 'Okafor-Llewellyn')
  await mother.presses('Save and go on')
  await mother.isAt('When was Amara born?')
  await mother.dates('bornOn', '2017-05-09')
  await mother.presses('Save and go on')
  await mother.chooses('sex', 'F')
  await mother.presses('Save and go on')
  await mother.fills('addressLine', '4 Sandpiper Row')
  await mother.fills('town', 'Dorchester')
  await mother.fills('postcode', 'DT1 1AA')
  await mother.presses('Save and go on')
  await mother.chooses('learns', 'school')
  await mother.fills('school', 'Larkfield Primary')
  await mother.presses('Save and go on')
  await mother.fills('why', 'She cannot follow what is said in class.\nShe comes home and cries.')
  await mother.looks('why')
  await mother.presses('Save and go on')
  // The phone is put down, and picked up again: the answers are there.
  await mother.goes('/ask-for-an-assessment')
  await mother.follows('For Amara')
  await mother.isAt('Who are you?')
  await mother.fills('yourName', 'Ngozi Okafor')
  await mother.selects('relationship', 'mother')
  await mother.presses('Save and go on')
  await mother.fills('email', 'ngozi@home.test')
  await mother.fills('phone', '07700 900123')
  await mother.presses('Save and go on')
  await mother.fills('interpreter', 'Igbo')
  await mother.presses('Save and go on')
  await mother.isAt('Check your answers')
  await mother.sees('She comes home and cries.', 'by Monday 17 August 2026')
  await mother.looks('check')
  await mother.presses('Send the request')
  await mother.isAt(/We have your request/)
  await mother.sees('R-2026-00001', 'Monday 17 August 2026', 'Monday 6 July 2026')
  await mother.looks('receipt')
}

/** From the receipt: an account by a link to her email, with no password. */
async function makesAnAccount(mother: Follower): Promise<void> {
  await mother.follows('Make an account or sign in')
  await mother.looks('sign-in')
  await mother.follows(/link/i)
  await mother.fills('address', 'ngozi@home.test')
  await mother.presses('Send me a link')
  await mother.page.goto(mother.site.sent.at(-1)!.link)
  await mother.page.locator('main form button').last().click()
  await mother.fills('name', 'Ngozi Okafor')
  await mother.presses('Make my account')
  await mother.isAt(/We have your request/)
  await mother.presses('Keep it in my account')
  await mother.goes('/family')
  await mother.sees('We have your request R-2026-00001', 'Monday 17 August 2026', 'who you are to the child')
  await mother.looks('before-anybody-has-checked')
}

async function officeTakesItIn(cora: Follower): Promise<string> {
  await cora.goes('/staff/requests/online')
  await cora.sees('1 waiting')
  await cora.looks('waiting')
  await cora.follows(/Amara/)
  await cora.sees('She comes home and cries.', '42 days left')
  await cora.follows('Open the case')
  await cora.chooses('person1ParentalResponsibility', 'yes')
  await cora.chooses('person1LivesWith', 'yes')
  await cora.selects('localityId', 'north')
  await cora.selects('assignedTo', { label: 'Cora Coombes' })
  await cora.chooses('tellThem', 'later')
  await cora.looks('record')
  await cora.presses('Continue')
  await cora.sees('Monday 23 November 2026')
  await cora.presses('Record the request')
  await cora.sees('Amara Okafor-Llewellyn', 'Deciding whether to assess')
  const casePath = new URL(cora.page.url()).pathname
  await cora.goes('/staff/requests/online')
  await cora.follows(/Ngozi Okafor/)
  await cora.page.getByLabel(/Ngozi Okafor/).check()
  await cora.ticks('checked')
  await cora.looks('who-asked')
  await cora.presses('Let them see the case')
  return casePath
}

describe('A mother asks, is told, gives her views and answers the draft', () => {
  test.each(WAYS)('$way', { timeout: 240_000 }, async ({ scripts }) => {
    const s = await openStorySite('2026-07-06')
    site = s
    const name = scripts ? 'phone' : 'phone-no-scripts'
    const mother = await Follower.comes(s, { name: `${name}-mother`, width: 375, scripts })
    const cora = await Follower.comes(s, { name: `${name}-office`, scripts })
    await cora.signsInAs('coordinator', '2026-07-06')
    await asks(mother)
    await makesAnAccount(mother)
    const casePath = await officeTakesItIn(cora)

    // The next day she opens it at night.
    await s.today('2026-07-07')
    await mother.goes('/family')
    await mother.isAt('Amara Okafor-Llewellyn')
    await mother.sees(
      'Whose move is it?',
      'since 6 July 2026',
      'Monday 17 August 2026',
      'Cora Coombes',
      'You do not need to do anything now',
    )
    await mother.looks('tracker')
    const child = /children\/([\w-]{36})/.exec(await mother.page.content())![1]!

    await s.today('2026-08-05')
    await cora.goes(`${casePath}/decide-whether-to-assess`)
    await cora.chooses('outcome', 'agree')
    await cora.dates('toldOn', '2026-08-05')
    await cora.page.locator('form button:visible').last().click()
    await cora.checksLetters()
    await cora.goes(`${casePath}/ask-for-advice`)
    await cora.selects('psychological-account', { label: 'Priya Elwood' })
    await cora.page.locator('form button:visible').last().click()
    await cora.checksLetters()

    // What she thinks, with a photo; kept for later first, then sent.
    await mother.goes('/family')
    await mother.sees('We said yes to an assessment', 'What we need from you', 'Send them by')
    await mother.looks('tracker-views-asked')
    await mother.page.locator('.app-move--yours a').first().click()
    await mother.page.waitForLoadState()
    await mother.isAt('Give your views')
    await mother.follows('What you think')
    await mother.fills('words', 'She loves drawing. Noise hurts her.')
    await mother.page.locator('input[type=file]').setInputFiles({
      name: 'her drawing 🎨.jpg',
      mimeType: 'image/jpeg',
      buffer: jpeg(),
    })
    if (scripts) await mother.page.locator('[data-upload]').getByText(/^Kept/).waitFor()
    await mother.presses('Save for later')
    await mother.sees('Only you can see it until you send it')
    await mother.follows('What you think')
    await mother.sees('her drawing 🎨.jpg')
    await mother.looks('views')
    await mother.presses('Send')
    await mother.sees('Thank you. We have what you sent.', 'She loves drawing. Noise hurts her.')
    await mother.looks('views-sent')
    await cora.goes(`${casePath}/family`)
    await cora.sees('R-2026-00001', 'Ngozi Okafor’s views', 'Noise hurts her.', 'her drawing 🎨.jpg')

    // The draft: served by hand, put in paragraph by paragraph.
    await s.today('2026-10-12')
    await cora.goes(`${casePath}/send-the-draft`)
    await cora.dates('servedOn', '2026-10-12')
    await cora.ticks('noSetting')
    await cora.ticks('sections')
    await cora.ticks('appendices')
    await cora.page.locator('form button:visible').last().click()
    await cora.checksLetters()
    await cora.goes(`${casePath}/keep-the-draft`)
    await cora.fills('sectionB', 'Amara finds spoken language hard.\nShe tires by noon.')
    await cora.fills('sectionF', 'A speech therapist works with her often.')
    await cora.page.locator('form button:visible').last().click()
    await cora.sees('3 paragraphs are numbered')

    await mother.goes('/family')
    await mother.sees('You have the draft plan', 'Monday 26 October 2026')
    await mother.looks('tracker-draft')
    await mother.page.locator('.app-move--yours a').first().click()
    await mother.page.waitForLoadState()
    await mother.isAt('What do you think of the draft plan?')
    await mother.sees('until the end of Monday 26 October 2026', '14 more days after today')
    await mother.looks('draft')
    await mother.follows(/^F\. Help with learning/)
    await mother.sees('A speech therapist works with her often.')
    await mother.page.getByLabel(/What do you think of paragraph 3/).selectOption('change')
    await mother.presses('Save')
    await mother.sees('There is a problem', 'Write what should be different')
    await mother.page
      .getByLabel(/Your words about paragraph 3/)
      .fill('Often is no number. How many hours a week?')
    await mother.looks('comment')
    await mother.presses('Save')
    await mother.follows(/^B\./)
    await mother.page.getByLabel(/What do you think of paragraph 1/).selectOption('agree')
    await mother.presses('Save')
    await mother.sees('1 comment')
    await mother.follows(/Anything else/)
    await mother.chooses('wantsMeeting', 'yes')
    await mother.fills('meetingNote', 'After 3, with the interpreter')
    await mother.looks('meeting')
    await mother.presses('Save')
    await mother.follows(/school or college you want/)
    await mother.fills('settingSearch', 'Tidewater')
    await mother.presses('Look for it')
    await mother.selects('settingUrn', '900003')
    await mother.chooses('settingAnswer', 'listed')
    await mother.looks('school')
    await mother.presses('Save')
    await mother.follows('Check and send')
    await mother.sees(
      'Often is no number. How many hours a week?',
      'After 3, with the interpreter',
      'Tidewater Special School',
    )
    await mother.looks('check-comments')
    await mother.presses('Send')
    await mother.sees('Thank you. We have what you think of the draft', 'Not answered yet')
    await mother.looks('comments-sent')

    // The office reads each beside its paragraph, and answers.
    await cora.goes(`${casePath}/family`)
    await cora.sees(
      'Often is no number. How many hours a week?',
      'Asked for a meeting: After 3, with the interpreter.',
      'Asked for Tidewater Special School.',
      'no answer',
    )
    await cora.looks('what-the-family-said')
    await cora.page
      .locator('div', { hasText: 'Often is no number' })
      .locator('textarea')
      .last()
      .fill('You are right: it will say 2 hours each week.')
    await cora.page
      .locator('div', { hasText: 'Often is no number' })
      .getByRole('button', { name: 'Send this answer' })
      .last()
      .click()
    await cora.sees('The answer is beside the comment', 'You are right: it will say 2 hours each week.')
    await mother.goes(`/family/children/${child}/draft`)
    await mother.sees('The council’s answer', 'You are right: it will say 2 hours each week.')
    await mother.looks('answered')
    const facts = await s.record.owner.selectFrom('case_event').select('kind').execute()
    const kinds = facts.map(({ kind }) => kind)
    expect(kinds).toContain('representations_received')
    expect(kinds).toContain('draft_meeting_requested')
    expect(kinds).toContain('setting_preference_stated')
    await mother.page.close()
    await cora.page.close()
  })
})
