import { afterAll, afterEach, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import { closeBrowser } from './support/browser.ts'
import { openStoryCase } from './support/story-case.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'
import { Walker } from './support/walker.ts'

/** An officer with one operational manager and two professional ones: away, told two things, and with a record opened in an emergency. */

let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

const REASON = 'The hospital called: she is there and cannot say who she is'

test('an officer of several lines is stood in for, decided between, and a record opened in an emergency is seen', {
  timeout: 240_000,
}, async () => {
  const { coordinator, otherCoordinator, localityHead, manager, headOfService, qaLead } = STORY_PEOPLE
  site = await openStorySite('2026-07-06')
  const amara = await openStoryCase(site, { today: '2026-07-06', requestOn: '2026-06-15' })
  // Each coordinator reaches the work of their own locality only.
  await site.record.owner
    .updateTable('account')
    .set({ remit: 'locality' })
    .where('id', 'in', [coordinator.id, otherCoordinator.id])
    .execute()
  const { reference } = await site.record.owner
    .selectFrom('child')
    .select('reference')
    .where('id', '=', amara.childId)
    .executeTakeFirstOrThrow()
  const caseAt = `/staff/cases/${amara.processId}`

  // Monday 6 July: the SEND manager records who Cora and Colin answer to, on which line.
  const maya = await Walker.signsIn(site, 'manager', 'matrix-manager')
  const adds = async (who: { id: string }, to: { id: string }, kind: string, share = ''): Promise<void> => {
    await maya.opens(`/staff/team/people/${who.id}/line`)
    await maya.chooses({ kind })
    await maya.selects({ manager: to.id })
    await maya.types({ share })
    await maya.dates({ fromOn: '2026-07-01' })
    await maya.presses('Add the manager')
  }
  await adds(coordinator, localityHead, 'operational')
  await adds(coordinator, headOfService, 'professional', '20')
  await adds(coordinator, qaLead, 'professional', '10')
  await adds(otherCoordinator, manager, 'operational')
  await adds(coordinator, manager, 'operational')
  await maya.sees(
    'There is a problem',
    'Cora Coombes has an operational manager in that time: Hana Lowe',
    'Nobody has two',
  )
  await maya.looks('second-operational-manager')
  await maya.opens('/staff/team/people')
  await maya.sees('Hana Lowe', 'Pandora Whitlock', 'Quentin Abiola')
  await maya.looks('people-and-lines')

  const cora = await Walker.signsIn(site, 'coordinator', 'matrix-officer')
  await cora.opens('/staff/your-work')
  await cora.sees(
    'Operational manager: Hana Lowe',
    'Professional manager: Pandora Whitlock',
    '20%',
    'Professional manager: Quentin Abiola',
    '10%',
    'Approvals follow the operational line',
  )
  await cora.looks('your-lines')

  // Colin works in the south: Amara is not his to see, until Cora goes away and he stands in.
  const colin = await Walker.signsIn(site, 'otherCoordinator', 'matrix-stand-in')
  await colin.doesNotFind(caseAt)
  await cora.follows('Say when you are away and who stands in')
  await cora.dates({ fromOn: '2026-07-06', toOn: '2026-07-13' })
  await cora.selects({ standIn: otherCoordinator.id })
  await cora.types({ why: 'Leave' })
  await cora.looks('away')
  await cora.presses('Save')
  await cora.sees('Colin Dhillon stands in from 6 July 2026 until 13 July 2026.', 'Named by Cora Coombes')
  await cora.looks('away-and-stood-in')

  await colin.opens('/staff/worklist')
  await colin.sees('You are standing in for Cora Coombes until 13 July 2026.')
  await colin.looks('worklist')
  await colin.opens(`/staff/worklist?whose=everyone&coordinator=${coordinator.id}`)
  await colin.sees('Amara Okafor')
  await colin.follows('Amara Okafor')
  await colin.sees('Deciding whether to assess')
  await colin.looks('case')
  await amara.days('2026-07-10')
  await colin.opens(`${caseAt}/decide-whether-to-assess`)
  await colin.chooses({ outcome: 'agree' })
  await colin.dates({ toldOn: '2026-07-10' })
  await colin.presses(/^Record the decision/)
  await colin.checksLetters()
  await colin.sees('Gathering advice')
  await amara.days('2026-07-12')
  await colin.opens(caseAt)

  // Monday 13 July: she is back. He reaches it no more, and what he did stays in his name.
  await amara.days('2026-07-13')
  await colin.doesNotFind(caseAt)
  await colin.doesNotFind(`${caseAt}/ask-for-advice`)
  await colin.opens('/staff/worklist')
  await colin.doesNotSee('You are standing in', 'Amara')
  await cora.opens(`${caseAt}/timeline`)
  await cora.sees('Colin Dhillon', '10 July 2026')
  await cora.looks('timeline')
  await cora.opens('/staff/your-work')
  await cora.sees('Who stood in before', 'Colin Dhillon')

  // Her managers say different things: both are named and the head of locality decides.
  await cora.follows('My managers say different things')
  await cora.sees('Hana Lowe decides')
  await cora.types({
    about: 'Where the Thursdays go',
    operationalSays: 'Casework first',
    professionalSays: 'Supervision first',
  })
  await cora.selects({ professional: headOfService.id })
  await cora.looks('managers-differ')
  await cora.presses('Send it for a decision')
  await cora.sees('Sent to Hana Lowe to decide.')
  const hana = await Walker.signsIn(site, 'localityHead', 'matrix-head')
  await hana.opens('/staff/team')
  await hana.sees('1 for you to decide')
  await hana.looks('team')
  await hana.opens('/staff/team/conflicts')
  await hana.sees('Casework first', 'Supervision first')
  await hana.follows('Decide')
  await hana.presses('Record the decision')
  await hana.sees('There is a problem', 'Choose what stands')
  await hana.chooses({ decided: 'professional' })
  await hana.types({ decision: 'Supervision is safety; Colin takes the Thursday calls.' })
  await hana.looks('decide')
  await hana.presses('Record the decision')
  await hana.sees(
    'What the professional manager says stands. Supervision is safety',
    'Hana Lowe, 13 July 2026',
  )
  await cora.opens('/staff/team/conflicts')
  await cora.sees('What the professional manager says stands')
  await cora.looks('decided')

  // That night a hospital calls Colin. He gives a reason, and the record opens to him for eight hours.
  await colin.opens('/staff/break-the-glass')
  await colin.types({ reference, reason: 'because' })
  await colin.presses('Open the record for 8 hours')
  await colin.sees('There is a problem', 'your manager reads it')
  await colin.types({ reason: REASON })
  await colin.looks('break-the-glass')
  await colin.presses('Open the record for 8 hours')
  await colin.sees('The record is open to you for 8 hours.', 'Amara Okafor')
  await colin.looks('record-open')
  await colin.opens(caseAt)

  // His manager was told at once and looks into it; he himself does not.
  const told = await site.record.owner
    .selectFrom('message')
    .select(['recipient', 'subject', 'body'])
    .where('template', '=', 'break-glass')
    .execute()
  expect(told).toHaveLength(1)
  expect(told[0]!.recipient).toContain(manager.id)
  expect(`${told[0]!.subject}${told[0]!.body}`).not.toMatch(/Amara|Okafor/)
  await maya.opens('/staff/team')
  await maya.sees('Records opened in an emergency: 1 to look into')
  await maya.opens('/staff/glass')
  await maya.sees('Records opened in an emergency', 'Colin Dhillon', reference, REASON, 'Not yet')
  await maya.looks('emergency')
  await maya.presses(/I have looked into this/)
  await maya.sees('Recorded: you have looked into it.', 'Maya Sterling')

  // The family reads who looked, when, as what, and that it was an emergency; not the officer's words.
  const paula = await Walker.signsIn(site, 'parent', 'matrix-family')
  await paula.opens(`/family/children/${amara.childId}/who-looked`)
  await paula.sees(
    'Who has looked at this record',
    'Colin Dhillon',
    'Plan coordinator, the council',
    'Opened this record in an emergency, and had to say why',
    'Cora Coombes',
  )
  await paula.looks('who-looked')
  const phone = await Walker.signsIn(site, 'parent', 'matrix-family-phone', 375)
  await phone.opens(`/family/children/${amara.childId}/who-looked`)
  await phone.looks('who-looked')

  // The eight hours over, the record is closed to him again.
  await site.record.owner
    .updateTable('case_grant')
    .set({ from_at: '2020-01-01T00:00:00Z', until_at: '2020-01-01T08:00:00Z' })
    .execute()
  await colin.doesNotFind(caseAt)
  for (const walker of [maya, cora, colin, hana, paula, phone]) await walker.page.close()
})
