import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser } from './support/browser.ts'
import { openStoryCase } from './support/story-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'
import { Walker } from './support/walker.ts'

/** A SENCO's two terms: SEN support with the family and a specialist, a request, and what the council then asks. */

let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

test('a SENCO supports a pupil, asks for an assessment, and answers the council by date', {
  timeout: 240_000,
}, async () => {
  site = await openStorySite('2026-01-12')
  const amara = await openStoryCase(site, { today: '2026-01-12', requestOn: '2026-01-05' })
  const sami = await Walker.signsIn(site, 'senco', 'senco')

  // Monday 12 January: nothing is asked yet, and one pupil is known to the council.
  await sami.sees('Our tasks', 'Nothing is asked of you today.', 'Larkfield Primary School')
  await sami.looks('tasks-empty')
  await sami.opens('/setting/pupils')
  await sami.sees('Amara Okafor', 'Cora Coombes')
  await sami.looks('pupils')

  // A round of SEN support: assess, plan and do.
  await sami.follows('Put a pupil on SEN support')
  await sami.types({
    givenName: 'Bo',
    familyName: 'Lund',
    parentName: 'Dagny Lund',
    parentContact: '01305 555 0101',
  })
  await sami.dates({ bornOn: '2016-05-01', supportFrom: '2026-01-12' })
  await sami.presses('Begin SEN support')
  await sami.sees('There is a problem', 'the law requires it (section 68)')
  await sami.looks('support-with-mistakes')
  await sami.chooses({ told: 'yes' })
  await sami.presses('Begin SEN support')
  await sami.sees('Bo Lund', 'No round has been written yet', 'the council does not see it')
  const pupil = `/setting/support/${sami.idAfter('support/')}`
  await sami.follows('Write the first round')
  await sami.chooses({ needTypes: 'SLCN' })
  await sami.types({
    needs: 'Bo cannot hear sounds apart, and leaves class when it is loud.',
    childViews: 'I like the quiet room.',
    parentViews: 'He cannot tell us about his day.',
    outcome1: 'Blend three sounds',
    measure1: 'Twenty words read each Friday',
    start1: 'Two words of twenty',
    what1: 'Sounds programme',
    who1: 'Teaching assistant trained in the programme',
    often1: 'Every day',
    long1: '20 minutes',
  })
  await sami.dates({ startedOn: '2026-01-12', reviewOn: '2026-03-20' })
  await sami.looks('assess-and-plan')
  await sami.presses('Save this round')
  await sami.sees('Now: round 1', 'Review by 20 March 2026', 'Sounds programme')

  // With the parents; and a question to the locality's psychologist.
  await sami.follows('Record a meeting with parents')
  await sami.types({
    who: 'Dagny Lund, Bo and Sami Okonjo',
    said: 'We read the plan together. Dagny reads with him at home.',
  })
  await sami.presses('Record the meeting')
  await sami.sees('1 in the last 12 months', 'Dagny reads with him at home.')
  await sami.follows('Ask a specialist')
  await sami.selects({ specialist: 'psychology', locality: 'north' })
  await sami.types({ question: 'How can he hear sounds apart in a loud room?' })
  await sami.dates({ agreedOn: '2026-01-12' })
  await sami.looks('ask-a-specialist')
  await sami.presses('Send the question')
  await sami.sees('answer promised by 26 January 2026')
  await sami.looks('pupil-on-support')

  // The locality team answers within its promise.
  await site.today('2026-01-20')
  const cora = await Walker.signsIn(site, 'coordinator', 'senco-council')
  await cora.opens('/staff/questions')
  await cora.sees('Bo Lund', '6 days left')
  await cora.follows(/Educational psychology/)
  await cora.sees('How can he hear sounds apart in a loud room?')
  await cora.doesNotSee('I like the quiet room.')
  await cora.types({
    answer: 'Teach the sounds with mirrors, in the quiet room first.',
    answeredFor: 'Priya Elwood, educational psychologist',
  })
  await cora.looks('answer-a-question')
  await cora.presses(/answer/i)
  await cora.sees('The answer is with the setting.')

  await sami.opens('/setting')
  await sami.seesInOrder('2 things to do', 'Read the answer to your question', 'Review SEN support, round 1')
  await sami.looks('tasks-by-date')
  await sami.follows(/Read the answer/)
  await sami.sees('Teach the sounds with mirrors', 'Priya Elwood, educational psychologist')
  await sami.looks('the-answer')
  await sami.opens('/setting')
  await sami.doesNotSee('Read the answer')

  // Friday 20 March: the review, and the request with all of it as evidence, in one step.
  await site.today('2026-03-20')
  await sami.opens(pupil)
  await sami.sees('today')
  await sami.follows('Review this round')
  await sami.presses('Save the review')
  await sami.sees('There is a problem', 'Choose what happens next')
  await sami.chooses({ result1: 'not-met', nextStep: 'request-assessment' })
  await sami.types({
    effect1: 'Four words of twenty',
    effect: 'Less than we hoped for.',
    viewsAfter: 'Dagny would like more help for him.',
  })
  await sami.looks('review')
  await sami.presses('Save the review')
  await sami.sees('The review is saved. Everything recorded here becomes the evidence of your request.')
  await sami.unfolds()
  await sami.sees(
    'Sounds programme',
    'Four words of twenty',
    'Teach the sounds with mirrors',
    'We read the plan together',
  )
  await sami.chooses({ askedAs: 'school', sex: 'M' })
  await sami.types({
    why: 'He needs more than we have.',
    theySay: 'Dagny agrees.',
    addressLine: '2 Mill Lane',
    postcode: 'DT1 2BB',
  })
  await sami.selects({ locality: 'north' })
  await sami.dates({ toldOn: '2026-03-19' })
  await sami.looks('request')
  await sami.presses('Send the request with this evidence')
  await sami.sees('is with the council. Its six weeks to decide began today.', 'With the council', 'Bo Lund')
  await sami.looks('our-requests')

  // Monday 23 March: the council opens the case from what was sent; the clock began on Friday.
  await site.today('2026-03-23')
  await cora.opens('/staff/requests/online')
  await cora.sees('Bo Lund', 'A school')
  await cora.follows(/Bo Lund/)
  await cora.sees(
    'He needs more than we have.',
    'Sounds programme',
    'Teach the sounds with mirrors',
    'Dagny agrees.',
    '1 May 2026',
  )
  await cora.looks('request-from-a-school')
  await cora.follows('Open the case')
  expect(await cora.page.locator('#givenName').inputValue()).toBe('Bo')
  await cora.types({ town: 'Dorchester', person1Name: 'Dagny Lund' })
  await cora.page.locator('#person1Relationship').selectOption('mother')
  await cora.chooses({ person1ParentalResponsibility: 'yes', person1LivesWith: 'yes' })
  await cora.page.locator('#localityId').selectOption('north')
  await cora.page.locator('#assignedTo').selectOption({ label: 'Cora Coombes' })
  await cora.presses('Continue')
  await cora.sees('Friday 1 May 2026', 'Larkfield')
  await cora.looks('check-answers')
  await cora.presses(/^Record/)
  await cora.sees('Bo Lund', 'Deciding whether to assess', '1 May 2026')
  const bo = new URL(cora.page.url()).pathname
  await sami.opens('/setting/requests')
  await sami.sees('Case opened')
  await sami.opens('/setting/pupils')
  expect(await sami.page.locator('main').getByRole('link', { name: 'Bo Lund' }).count()).toBe(1)

  // Assessment agreed, and the school's advice asked for: six weeks of the law.
  await site.today('2026-03-30')
  await cora.opens(`${bo}/decide-whether-to-assess`)
  await cora.chooses({ outcome: 'agree' })
  await cora.dates({ toldOn: '2026-03-30' })
  await cora.presses(/^Record the decision/)
  await cora.checksLetters()
  await cora.sees('Gathering advice')
  await cora.opens(`${bo}/ask-for-advice`)
  await cora.page.locator('#psychological-account').selectOption({ label: 'Priya Elwood' })
  await cora.sends()
  await cora.sees('asked for advice')

  await site.today('2026-04-20')
  await sami.opens('/setting')
  await sami.sees('Give advice: education', '11 May 2026', '21 days left', 'Cora Coombes')
  await sami.looks('task-advice')
  await sami.follows(/Give advice/)
  await sami.sees('Your SEN support record has been copied into this form', 'Why this date?')
  expect(await sami.page.locator('#tried').inputValue()).toContain('Sounds programme')
  await sami.types({
    strengths: 'Bo builds bridges and explains them.',
    outcomes: 'Read 50 words by July 2027.',
    hours1: '2',
  })
  await sami.looks('school-advice')
  await sami.presses('Release to the council')
  await sami.sees('There is a problem', 'write something, even that there is nothing to say')
  expect(await sami.page.locator('#strengths').inputValue()).toBe('Bo builds bridges and explains them.')
  for (const box of await sami.page.locator('main textarea').all())
    if ((await box.inputValue()) === '') await box.fill('Nothing to say.')
  await sami.presses('Release to the council')
  await sami.sees('Bo builds bridges')
  await sami.looks('school-advice-given')
  await cora.opens(`${bo}/advice`)
  await cora.sees(
    'Advice given through the setting’s door',
    'Bo builds bridges and explains them.',
    '20 April 2026',
  )
  await cora.looks('advice-of-the-case')

  // A plan will be made; the draft is served, and the school consulted about it.
  await site.today('2026-05-12')
  for (const { id } of await site.record.owner
    .selectFrom('advice_request')
    .innerJoin('process', 'process.id', 'advice_request.process_id')
    .select('advice_request.id')
    .where('process_id', '=', bo.split('/').at(-1)!)
    .where('advice_request.received_on', 'is', null)
    .execute()) {
    await cora.opens(`${bo}/record-advice/${id}`)
    await cora.dates({ receivedOn: '2026-05-11' })
    await cora.chooses({ answer: 'nothing-to-report' })
    await cora.sends()
  }
  await cora.opens(`${bo}/decide-whether-to-issue`)
  await cora.chooses({ outcome: 'issue' })
  await cora.dates({ decidedOn: '2026-05-12' })
  await cora.sends()
  await cora.sees('Writing the draft plan')
  await cora.opens(`${bo}/consult-settings`)
  await cora.types({ search: 'Larkfield' })
  await cora.presses('Search')
  await cora.chooses({ settings: '900001' })
  await cora.dates({ consultedOn: '2026-05-12' })
  await cora.looks('consult-settings')
  await cora.sends()

  // Begun at a desk, finished on a phone: no refusal without a ground of section 39(4), the reasons and the steps.
  await site.today('2026-05-18')
  await sami.opens('/setting')
  await sami.sees('Answer a consultation: can you meet these needs?', '27 May 2026', '9 days left')
  await sami.follows(/Answer a consultation/)
  const consultation = new URL(sami.page.url()).pathname
  await sami.sees('Being full is not a ground by itself', 'section 43')
  await sami.chooses({ answer: 'no' })
  await sami.presses('Send the answer')
  await sami.sees(
    'There is a problem',
    'Choose the ground in law: there are no others',
    'a ground alone is not a reason',
  )
  await sami.looks('consultation-with-mistakes')
  await sami.types({ reasons: 'Bo leaves class when it is loud; our rooms are open plan.' })
  await sami.presses('Save and finish later')

  const phone = await Walker.signsIn(site, 'senco', 'senco-phone', 375)
  await phone.looks('tasks')
  await phone.follows(/Answer a consultation/)
  expect(await phone.page.locator('#reasons').inputValue()).toContain('open plan')
  expect(await phone.page.locator('input[name="answer"][value="no"]').isChecked()).toBe(true)
  await phone.chooses({ grounds: 'others' })
  await phone.presses('Send the answer')
  await phone.sees('Enter the reasonable steps you considered')
  await phone.looks('consultation-with-mistakes')
  await phone.types({
    steps: 'A partition was priced: it does not stop the noise.',
    places: '1 place free in year 5',
    cost: '12,500',
  })
  await phone.looks('consultation')
  await phone.presses('Send the answer')
  await phone.opens(consultation)
  await phone.sees(
    'Consultation: answered',
    'We say we cannot',
    'A partition was priced',
    'Sami Okonjo, SENCO',
  )
  await phone.looks('consultation-answered')
  await cora.opens(`${bo}/advice`)
  await cora.sees(
    'What settings answered',
    'We say we cannot',
    'Not compatible with the efficient education of others (section 39(4)(b)(i))',
    '£12,500.00',
  )

  // A colleague who may read and draft, and may not send.
  await sami.opens('/setting/people')
  await sami.follows('Add a person')
  await sami.types({ name: 'Una Frost', email: 'una@larkfield.invalid', title: 'Deputy SENCO' })
  await sami.chooses({ role: 'setting-staff' })
  await sami.looks('add-a-person')
  await sami.presses('Add this person')
  await sami.sees('Una Frost', 'Deputy SENCO')
  await sami.looks('our-people')
  const una = await site.record.owner
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Una Frost')
    .executeTakeFirstOrThrow()
  const colleague = await Walker.signsIn(site, una, 'senco-colleague')
  await colleague.opens('/setting/pupils')
  await colleague.sees('Bo Lund', 'Amara Okafor')
  await colleague.opens(pupil)
  await colleague.doesNotSee('Ask for an EHC needs assessment')

  // Amara's last day here is 20 May; the day after, she is at another school and nobody here sees her.
  await amara.days('2026-05-20')
  await sami.opens(`/setting/pupils/${amara.childId}`)
  await sami.sees('Amara Okafor', 'On our roll since')
  await sami.looks('one-pupil')
  await amara.days('2026-05-21')
  await cora.opens(`/staff/children/${amara.childId}/details`)
  await cora.types({ settingSearch: 'Quarry Bank' })
  await cora.presses('Find')
  await cora.chooses({ settingUrn: '900002' })
  await cora.types({ why: 'She moved to secondary school' })
  await cora.sends()
  for (const walker of [sami, colleague]) {
    await walker.doesNotFind(`/setting/pupils/${amara.childId}`)
    await walker.opens('/setting/pupils')
    await walker.sees('Bo Lund')
    await walker.doesNotSee('Amara')
  }
  for (const walker of [sami, cora, phone, colleague]) await walker.page.close()
})
