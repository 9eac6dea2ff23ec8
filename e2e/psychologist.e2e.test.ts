import { afterAll, afterEach, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { closeBrowser } from './support/browser.ts'
import { openStoryCase } from './support/story-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'
import { Walker } from './support/walker.ts'

/** A psychologist's advice: asked, written with a colleague, signed off, on the case, and with the family after the check. */

let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

const TRAINEE = { id: '00000000-0000-4000-8000-0000000002a1', name: 'Tess Arkwright' }
const BROTHER = 'Her brother Kofi is known to the youth justice team.'

/** The psychologists are one service: the trainee and the psychologist answer to its head by professional line. */
async function makeService({ record: { owner } }: StorySite): Promise<void> {
  await owner
    .insertInto('team')
    .values({ id: 'psychology', name: 'Educational Psychology Service', kind: 'educational-psychology' })
    .execute()
  await owner
    .insertInto('account')
    .values({
      ...TRAINEE,
      email: 'trainee@story.invalid',
      door: 'professional',
      role: 'educational-psychologist',
      remit: 'relationships',
      job_title: 'Trainee educational psychologist',
    })
    .execute()
  const { psychologist, headOfService } = STORY_PEOPLE
  await owner
    .updateTable('account')
    .set({ team_id: 'psychology' })
    .where('id', 'in', [TRAINEE.id, psychologist.id, headOfService.id])
    .execute()
  await owner
    .insertInto('reporting_line')
    .values(
      [TRAINEE.id, psychologist.id].map((id) => ({
        account_id: id,
        manager_id: headOfService.id,
        kind: 'professional',
        from_on: '2020-01-01',
      })),
    )
    .execute()
}

test('a psychologist’s lines reach the coordinator, and the family without what is about somebody else', {
  timeout: 240_000,
}, async () => {
  site = await openStorySite('2025-01-20')
  await makeService(site)
  const amara = await openStoryCase(site, { today: '2025-01-20', requestOn: '2025-01-06' })
  const cora = await Walker.signsIn(site, 'coordinator', 'psychologist-council')
  const caseAt = `/staff/cases/${amara.processId}`

  // Agreed and asked for on Monday 20 January: six weeks of the law.
  await cora.opens(`${caseAt}/decide-whether-to-assess`)
  await cora.chooses({ outcome: 'agree' })
  await cora.dates({ toldOn: '2025-01-20' })
  await cora.sends()
  await cora.opens(`${caseAt}/ask-for-advice`)
  await cora.selects({
    'psychological-account': `${STORY_PEOPLE.psychologist.id}|${STORY_PEOPLE.psychologist.name}`,
  })
  await cora.sends()
  await cora.sees('asked for advice')

  // Monday 10 February: her queue, by the date it is due, with what is known.
  await amara.days('2025-02-10')
  const priya = await Walker.signsIn(site, 'psychologist', 'psychologist')
  await priya.sees(
    'Advice asked of me',
    '1 request, none of them late',
    'Amara Okafor',
    '3 March 2025',
    '21 days left',
    'Not begun',
  )
  await priya.looks('queue')
  await priya.follows('Amara Okafor')
  await priya.sees(
    'Monday 3 March 2025',
    'regulation 6(3)',
    'Larkfield Primary School',
    'Cora Coombes',
    'What is already known',
  )
  await priya.looks('what-is-asked')
  const advice = priya.idAfter('advice/')
  const here = `/professional/advice/${advice}`
  await priya.presses('Start writing')
  await priya.looks('write')

  // A trainee of her service writes with her, and its head will sign it off.
  await priya.follows('Write with a colleague, or choose a supervisor')
  await priya.selects({ writer: TRAINEE.id })
  await priya.presses('Add to the writers')
  await priya.sees('Tess Arkwright can write it with you.', 'Writes it too')
  await priya.selects({ supervisor: STORY_PEOPLE.headOfService.id })
  await priya.presses('Ask them to sign it off')
  await priya.sees('Pandora Whitlock will sign it off.')
  await priya.looks('who-writes')

  // Free text; a need, an outcome for it, and a line of provision that says who, what, how much, how often and how long.
  await priya.opens(`${here}/write`)
  await priya.follows('What you saw and found')
  await priya.types({ words: `Amara worked well beside an adult.\n\n${BROTHER}\n\nShe tires after lunch.` })
  await priya.presses('Save')
  await priya.opens(`${here}/part/new-need`)
  await priya.presses('Save')
  await priya.sees('There is a problem', 'Describe the need')
  await priya.selects({ type: 'SLCN' })
  await priya.types({
    words: 'Finds it hard to follow instructions of more than two parts.',
    source: 'Observation; CELF-5',
  })
  await priya.presses('Save')
  await priya.opens(`${here}/part/new-outcome`)
  await priya.types({
    words: 'Amara follows an instruction of three parts in class.',
    byWhen: 'July 2026',
    measure: 'Eight of ten, by the class teacher',
  })
  await priya.page.locator('input[name="needs"]').check()
  await priya.presses('Save')
  await priya.opens(`${here}/part/new-provision`)
  await priya.types({
    words: 'A language programme written by a speech and language therapist.',
    who: 'Teaching assistant',
    qualification: 'ELKLAN level 3',
    length: '½ hour',
    times: '3',
    forHowLong: 'three terms',
  })
  await priya.selects({ every: 'week' })
  await priya.chooses({ mode: 'one-to-one', arrangedBy: 'education' })
  await priya.page.locator('input[name="outcomes"]').check()
  await priya.looks('line-of-provision')
  await priya.presses('Save')
  await priya.sees('½ hour, 3 times a week, for three terms', 'Outcome for N1', 'Provision for O1')

  // The trainee adds a page; she can neither release it nor be let in to anybody else's.
  const tess = await Walker.signsIn(site, TRAINEE, 'psychologist-colleague')
  await tess.sees('Amara Okafor', 'with Priya Elwood', 'Being written')
  await tess.looks('queue')
  await tess.opens(`${here}/write`)
  await tess.follows('Strengths and interests')
  await tess.types({ words: 'She draws for an hour at a time.' })
  await tess.presses('Save')
  await tess.opens(`${here}/release`)
  await tess.sees('Send to Pandora Whitlock to sign off')
  await tess.doesNotSee('Release the advice')
  await priya.opens(`${here}/write`)
  await priya.sees('She draws for an hour at a time.')
  await priya.looks('written')

  // Until it is released the office and the family see none of it.
  await cora.opens(`/staff/advice/${advice}`)
  await cora.sees('Nothing has been released yet')
  await cora.doesNotSee('Kofi', 'She draws')
  await cora.doesNotFind(`/staff/advice/${advice}/write`)

  // Sent for sign-off; sent back once; signed off and released on 12 February.
  await priya.follows('Read it through and release')
  await priya.looks('read-through')
  await priya.presses('Send to Pandora Whitlock to sign off')
  await priya.sees('Sent to Pandora Whitlock to sign off.', 'With the supervisor')
  const pandora = await Walker.signsIn(site, 'headOfService', 'psychologist-supervisor')
  await pandora.sees('Amara Okafor')
  await pandora.looks('our-service')
  await pandora.opens(`${here}/release`)
  await pandora.types({ note: 'Say where she was seen.' })
  await pandora.presses('Send it back to be changed')
  await pandora.sees('Sent back to be changed, with your note.')
  await priya.opens(`${here}/write`)
  await priya.sees('Sent back by the supervisor:', 'Say where she was seen.')
  await priya.follows(/Change whose advice/)
  await priya.types({
    seen: '3 February 2025, at school, two hours',
    qualification: 'DEdPsy',
    sources: 'Class teacher; mother',
  })
  await priya.presses('Save')
  await priya.opens(`${here}/release`)
  await priya.presses('Send to Pandora Whitlock to sign off')
  await amara.days('2025-02-12')
  await pandora.opens(`${here}/release`)
  await pandora.sees('3 February 2025, at school, two hours', BROTHER)
  await pandora.looks('sign-off')
  await pandora.presses('Release the advice')
  await pandora.sees('Released. The council’s SEND office can read it now.')
  await pandora.looks('released')
  const release = pandora.idAfter('released/')

  // The date of the law is met on the day, and the coordinator has the lines on the case.
  const dates = await site.record.owner
    .selectFrom('deadline')
    .select(['due_on', 'done_on', 'state'])
    .where('rule', '=', 'advice-response')
    .where('child_id', '=', amara.childId)
    .where('about', 'like', '%Priya%')
    .execute()
  expect(dates).toEqual([{ due_on: '2025-03-03', done_on: '2025-02-12', state: 'done' }])
  await priya.opens('/professional/advice')
  await priya.sees('Nobody is waiting for advice from you')
  await cora.opens(`${caseAt}/advice`)
  await cora.sees('Priya Elwood', /12 February 2025 Read it/)
  await cora.looks('advice-of-the-case')
  await cora.opens(`${caseAt}/dates`)
  await cora.sees(/Priya Elwood.*12 February 2025/)
  await cora.looks('dates')
  await cora.opens(`${caseAt}/advice`)
  await cora.follows('Read it')
  await cora.sees(
    '½ hour, 3 times a week, for three terms',
    'Version 1, released on 12 February 2025 by Pandora Whitlock, in the name of Priya Elwood',
    'A language programme',
    'ELKLAN level 3',
    'Not shown to the family yet',
  )
  await cora.looks('advice')

  // The family has it only after the check, without the paragraph about her brother: not one byte of it.
  const paula = await Walker.signsIn(site, 'parent', 'psychologist-family')
  await paula.doesNotFind(`/family/advice/${release}`)
  await cora.follows('Check it for the family')
  await cora.presses('Show it to the family')
  await cora.sees('There is a problem', 'Confirm that you have read every paragraph')
  const { id: brother } = await site.record.owner
    .selectFrom('advice_paragraph')
    .select(['id', 'content'])
    .execute()
    .then((all) => all.find((one) => JSON.stringify(one.content).includes('Kofi'))!)
  await cora.selects({ [`keep-${brother}`]: 'about-somebody-else' })
  await cora.chooses({ read: 'yes' })
  await cora.looks('check-for-the-family')
  await cora.presses('Show it to the family')
  await cora.sees('The family can read it now.', '1 paragraph is kept back.', 'Kept from the family')
  await cora.looks('checked')

  await paula.opens('/family/advice')
  await paula.sees('Advice you can read', 'From the psychologist', 'Priya Elwood')
  await paula.looks('advice-to-read')
  const answer = await paula.page.goto(`${site.url}/family/advice/${release}`)
  const html = await answer!.text()
  await paula.sees(
    'From the psychologist',
    'What was seen and found',
    'Amara worked well beside an adult.',
    'She tires after lunch.',
    'She draws for an hour at a time.',
    '½ hour, 3 times a week, for three terms',
    'We leave out parts that are about other people.',
  )
  for (const word of ['Kofi', 'youth justice', 'brother', brother]) expect(html).not.toContain(word)
  await paula.looks('the-advice')
  const phone = await Walker.signsIn(site, 'parent', 'psychologist-family-phone', 375)
  await phone.opens(`/family/advice/${release}`)
  await phone.looks('the-advice')
  await priya.opens(`/professional/released/${release}`)
  await priya.sees('Kept from the family', BROTHER)
  for (const walker of [cora, priya, tess, pandora, paula, phone]) await walker.page.close()
})
