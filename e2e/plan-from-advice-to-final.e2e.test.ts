import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../src/db/testing/story-authority.ts'
import type { Pages } from '../src/features/children/try-pages/index.ts'
import { type AdviceStory, adviceStory } from '../src/features/professional/advice-story.test-data.ts'
import { PLAN_SECTIONS } from '../src/record/plan/index.ts'
import { closeBrowser } from './support/browser.ts'
import { Follower } from './support/follower.ts'
import { openStorySite, type StorySite } from './support/story-site.ts'

/**
 * One child's plan, from the psychologist's lines to a final plan in the family's hands and a line that did not happen: two
 * coordinators and a health lead write it, a head of locality agrees it, a parent on a phone changes a line of it.
 */
let site: StorySite | undefined
afterEach(async () => {
  await site?.close()
  site = undefined
})
afterAll(closeBrowser)

const LINE = 'Settling time with a key worker after playtime, where possible in a quiet room'

/** The psychologist asked for advice writes a need, an outcome and two lines of provision, and releases them. */
async function releasesAdvice(s: AdviceStory): Promise<void> {
  const priya = await s.as('psychologist')
  const advice = `/professional/advice/${s.adviceId}`
  const write = async (part: string, answers: Readonly<Record<string, string>>) => {
    const page = await priya.does(`${advice}/part/${part}`, 'Save', answers)
    expect(page.status, page.errors.join('; ')).toBe(303)
  }
  await priya.does(advice, 'Start writing')
  await write('new-need', {
    'Type of need': 'SEMH',
    'The need, for this child': 'Amara cannot settle after playtime.',
  })
  await write('new-outcome', {
    'The outcome': 'Amara settles to her work within five minutes of playtime.',
    'By when': '31 July 2026',
    'Social, emotional and mental health: Amara cannot settle after playtime.': 'yes',
  })
  await write('new-provision', {
    'What is to be provided': LINE,
    'Delivered by': 'Teaching assistant',
    'How long each time': '10 minutes',
    'How many times': '1',
    'In what': 'day',
    'Amara settles to her work within five minutes of playtime.': 'yes',
  })
  await write('new-provision', { 'What is to be provided': 'A wobble cushion' })
  const released = await priya.does(`${advice}/release`, 'Release the advice', {
    'What is the answer?': 'Advice and information',
  })
  expect(released.status, released.errors.join('; ')).toBe(303)
}

/** A PDF as its reader has it: tagged or not, and its words. Read by poppler where it is installed. */
function readPdf(bytes: Buffer): { readonly tagged: boolean; readonly words: string | null } {
  const raw = bytes.toString('latin1')
  const tagged = raw.includes('/MarkInfo') && raw.includes('/StructTreeRoot')
  const run = (program: string, given: readonly string[]) =>
    execFileSync(program, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const folder = mkdtempSync(join(tmpdir(), 'clearway-pdf-'))
  try {
    const path = join(folder, 'plan.pdf')
    writeFileSync(path, bytes)
    const info = run('pdfinfo', [path])
    return {
      tagged: /^Tagged:\s+yes$/m.test(info),
      words: run('pdftotext', ['-layout', path, '-']).replaceAll(/\s+/g, ' '),
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { tagged, words: null }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('from structured advice to a final plan that the family holds to', { timeout: 240_000 }, async () => {
  const s = await openStorySite('2025-01-20')
  site = s
  const pages = { record: s.record, app: s.app, today: '2025-01-20' } as unknown as Pages
  const story = await adviceStory(pages)
  const day = async (iso: string): Promise<void> => {
    story.story.today(iso)
    await s.today(iso)
  }
  await day('2025-02-10')
  await releasesAdvice(story)

  // Monday 7 April: a plan will be made, and Cora begins it.
  await day('2025-04-07')
  const { childId, processId } = story.story
  const casePath = `/staff/cases/${processId}`
  const cora = await Follower.comes(s, { name: 'plan-cora' })
  await cora.signsInAs('coordinator', '2025-04-07')
  await cora.goes(`${casePath}/decide-whether-to-issue`)
  await cora.chooses('outcome', 'issue')
  await cora.dates('decidedOn', '2025-04-07')
  await cora.fills('goOnBecause', 'The psychologist and the school have said what is needed.')
  await cora.page.locator('main form button:visible').last().click()
  await cora.checksLetters()
  await cora.goes(`${casePath}/write-the-plan`)
  await cora.presses('Begin the plan')
  await cora.page.waitForURL(/\/staff\/plans\//)
  const plan = new URL(cora.page.url()).pathname
  const planId = plan.split('/').at(-1)!

  // The advice: one line is left out with a reason, everything else is used, linked as the psychologist linked it.
  await cora.goes(`${plan}/advice`)
  await cora.sees('4 of 4 are not dealt with yet')
  await cora.looks('advice')
  await cora.page.getByRole('link', { name: /^Leave it out P2/ }).click()
  await cora.presses('Leave it out')
  await cora.sees('There is a problem')
  await cora.page.locator('input[name="reason"][value="already-happens"]').check()
  await cora.page.getByLabel('In your own words').fill('Every chair in her class has one.')
  await cora.presses('Leave it out')
  await cora.presses(/^Use all 3 in the plan/)
  await cora.goes(`${plan}/advice`)
  await cora.sees('All 4 are in the plan, or left out with a reason', 'Every chair in her class has one.')
  const { owner } = s.record
  const partsOf = (section: string) =>
    owner
      .selectFrom('plan_part')
      .select(['part_id', 'version', 'content'])
      .where('plan_id', '=', planId)
      .where('section', '=', section)
      .orderBy('version')
      .execute()
  const partAt = async (section: string): Promise<string> =>
    `${plan}/sections/${section}/parts/${(await partsOf(section))[0]!.part_id}`

  // Cora finishes the psychologist's need and outcome, and fills the sections that nobody advised on.
  const saves = async (who: Follower, at: string, fields: Readonly<Record<string, string>>) => {
    expect(await who.goes(at), at).toBe(200)
    for (const [name, value] of Object.entries(fields)) await who.fills(name, value)
    await who.presses('Save')
    await who.sees('Saved.')
  }
  const child = `${plan}/sections/A/parts/text-child-views`
  await saves(cora, child, { words: 'I like drums.' })
  await cora.goes(await partAt('B'))
  await cora.chooses('rank', '1')
  await cora.presses('Save')
  await saves(cora, await partAt('E'), { measure: 'Her teacher notes it each day for two weeks' })
  for (const section of ['D', 'H1', 'H2'])
    await saves(cora, `${plan}/sections/${section}/parts/text-none`, {
      words: 'The social worker wrote on 3 March 2025 that no needs were identified.',
    })
  await cora.goes(`${plan}/sections/J/parts/new-budget`)
  await cora.chooses('offered', 'not-asked')
  await cora.presses('Save')
  await cora.goes(`${plan}/sections/K`)
  await cora.presses('Put all of it in section K')

  // A health lead is let in to C and G, writes there, and nowhere else.
  await cora.goes(`${plan}/people`)
  await cora.selects('account', STORY_PEOPLE.healthLead.id)
  await cora.page.locator('input[name="sections"][value="C"]').check()
  await cora.page.locator('input[name="sections"][value="G"]').check()
  await cora.presses('Let them in')
  await cora.sees('Dr Leonie Abara')
  const lead = await Follower.comes(s, { name: 'plan-health' })
  await lead.signsInAs('healthLead', '2025-04-07')
  const theirs = `/professional/plans/${planId}`
  await lead.goes(theirs)
  await lead.looks('plan')
  await saves(lead, `${theirs}/sections/C/parts/new-need`, {
    words: 'Amara has glue ear in both ears, measured on 11 February 2025.',
  })
  await lead.goes(`${theirs}/sections/G/parts/new-provision`)
  for (const [name, value] of Object.entries({
    words: 'A hearing test and advice to her parents',
    who: 'An audiologist',
    length: '45 minutes',
    times: '1',
  }))
    await lead.fills(name, value)
  await lead.selects('every', 'term')
  await lead.page.getByLabel(/Amara has glue ear/).check()
  await lead.presses('Save')
  await lead.sees('Saved.', '45 minutes, once a term')
  expect((await lead.tries(`${theirs}/sections/F/parts/new-provision`)).status).toBe(404)

  // Two coordinators save one part: each sees the other's words, they are joined, and nothing is lost.
  const colin = await Follower.comes(s, { name: 'plan-colin' })
  await colin.signsInAs('otherCoordinator', '2025-04-07')
  await colin.goes(child)
  await saves(cora, child, { words: 'I like drums. I want a friend at playtime.' })
  await colin.fills('words', 'I like drums. Shouting makes my head hurt.')
  await colin.presses('Save')
  await colin.sees('Saved by Cora Coombes', 'I want a friend at playtime.')
  expect(await colin.page.locator('textarea[name="words"]').inputValue()).toBe(
    'I like drums. Shouting makes my head hurt.',
  )
  expect(await colin.page.getByRole('button', { name: 'Bring them back' }).count()).toBe(0)
  await colin.looks('both-texts')
  await colin.presses('Put their words under mine')
  await colin.presses('Save')
  await colin.sees('Shouting makes my head hurt.', 'I want a friend at playtime.')

  // The connection drops after the server has the words and before the answer is back: sent again, they are one save.
  await colin.goes(`${plan}/sections/A/parts/text-main`)
  await colin.fills('words', 'Her mother hopes that she will stay at school all day.')
  let dropped = 0
  await colin.page.route('**/parts/text-main', async (route) => {
    if (route.request().method() !== 'POST' || dropped++ > 0) return route.continue()
    await route.fetch({ maxRedirects: 0 })
    await route.abort('aborted')
  })
  const again = colin.page.getByRole('button', { name: 'Save', exact: true }).last()
  await again.click()
  await expect.poll(() => dropped).toBe(1)
  expect(await colin.page.locator('textarea[name="words"]').inputValue()).toContain('stay at school all day')
  await expect
    .poll(
      async () => {
        // A second press within a second of the first is taken for the same one.
        await again.click({ timeout: 1000 }).catch(() => {})
        return dropped
      },
      { timeout: 15_000, interval: 1100 },
    )
    .toBeGreaterThan(1)
  await colin.sees('Saved.')
  expect(
    (await partsOf('A')).filter((one) => JSON.stringify(one.content).includes('stay at school all day')),
  ).toHaveLength(1)

  // One mark on the psychologist's words: left as it is, with a reason that is kept.
  await cora.goes(`${plan}/marks`)
  await cora.sees('where possible')
  await cora.page
    .getByRole('link', { name: /^Leave it, with a reason/ })
    .first()
    .click()
  await cora.page.getByLabel('Why can they stay?').fill('The time is promised; only the room may vary.')
  await cora.presses('Leave them, with this reason')
  await cora.sees('The time is promised; only the room may vary.')

  // The checks find nothing that stops it; health and a manager agree the words as they stand.
  await cora.goes(`${plan}/check`)
  await cora.sees('To put right first (0)', 'To look at (0)')
  await cora.looks('checked')
  await lead.goes(`${theirs}/agree/health`)
  await lead.sees('A hearing test and advice to her parents')
  await lead.ticks('read')
  await lead.presses('Agree')
  const maya = await Follower.comes(s, { name: 'plan-manager' })
  await maya.signsInAs('manager', '2025-04-07')
  const agrees = async () => {
    await maya.goes(`${plan}/agree`)
    await maya.follows('Read the plan and agree it')
    await maya.ticks('read')
    await maya.presses('Agree')
    await maya.sees('The agreement is recorded')
  }
  await agrees()

  // Monday 14 April: the draft goes, with no setting in it.
  await day('2025-04-14')
  await cora.goes(`${casePath}/send-the-draft`)
  await cora.sees('Nothing stops it being sent')
  await cora.dates('sentOn', '2025-04-14')
  await cora.chooses('how', 'by-hand')
  await cora.looks('send-the-draft')
  await cora.page.locator('main form button:visible').last().click()
  await cora.checksLetters()
  await cora.sees('Draft recorded')

  // Tuesday 22 April: her mother reads it on her phone, and says what she thinks of one line.
  await day('2025-04-22')
  const mother = await Follower.comes(s, { name: 'plan-mother', width: 375 })
  await mother.signsInAs('parent', '2025-04-22')
  await mother.goes(`/family/children/${childId}/plan`)
  await mother.sees('This is a draft. We sent it on 14 April 2025.', 'Every chair in her class has one.')
  await mother.looks('her-plan')
  await mother.follows('Read the draft')
  await mother.sees(LINE, 'Shouting makes my head hurt.')
  await mother.looks('draft')
  await mother.follows('Say what you think of section F')
  const number = /Paragraph (\d+) ?Settling/.exec(await mother.words())?.[1]
  await mother.page.getByLabel(`What do you think of paragraph ${number}?`).selectOption('change')
  await mother.page
    .getByLabel(`Your words about paragraph ${number}`)
    .fill('Ten minutes is too short for her.')
  await mother.presses('Save')
  await mother.follows('Check and send')
  await mother.presses('Send')
  await mother.sees('Thank you. We have what you think of the draft')

  // The line is changed because of it, and she is told.
  const line = (await partsOf('F'))[0]!.part_id
  await saves(cora, `${plan}/sections/F/parts/${line}`, {
    words: 'Settling time with her own key worker after playtime, where possible in a quiet room',
    length: '15 minutes',
  })
  await cora.goes(`${casePath}/family`)
  await cora.sees('Ten minutes is too short for her.')
  await cora.page.getByLabel('Your answer to this comment').fill('We agree. It now says 15 minutes.')
  await cora.page.getByLabel('Was the plan changed because of it?').selectOption(line)
  await cora.presses('Send this answer')
  await mother.goes(`/family/children/${childId}/draft`)
  await mother.sees('We agree. It now says 15 minutes.', 'The plan was changed because of this.')

  // What changed reads as a person would say it.
  await cora.goes(`${plan}/versions`)
  await cora.follows('What has changed since version 1')
  await cora.sees(
    'Of the paragraphs, 1 is changed.',
    'How long each time: was 10 minutes, now 15 minutes',
    /with a taken out: a|added: her own/,
  )
  await cora.looks('what-changed')
  await cora.goes(`${plan}/agree`)
  await cora.sees('Lapsed By Maya Sterling', 'saved by Cora Coombes')

  // Her school is consulted, and says yes; section I is decided.
  await cora.goes(`${casePath}/consult-settings`)
  if ((await cora.page.locator('input[name="settings"][value="900001"]').count()) === 0) {
    await cora.fills('search', 'Larkfield')
    await cora.presses('Search')
  }
  await cora.page.locator('input[name="settings"][value="900001"]').check()
  await cora.dates('consultedOn', '2025-04-22')
  await cora.chooses('how', 'email')
  await cora.page.locator('main form button:visible').last().click()
  await cora.checksLetters()
  await day('2025-04-28')
  const sami = await Follower.comes(s, { name: 'plan-school' })
  await sami.signsInAs('settingHead', '2025-04-28')
  const asked = (await story.story.events('setting_consulted'))[0]!.id
  await sami.goes(`/setting/consultations/${asked}`)
  await sami.looks('consultation')
  await sami.chooses('answer', 'yes')
  await sami.fills('reasons', 'We know her and have the staff.')
  await sami.presses('Send the answer')
  await cora.goes(`${casePath}/name-the-setting`)
  await cora.chooses('form', 'named')
  await cora.selects('setting', '900001')
  await cora.fills('reasons', 'It makes the provision, and her mother wants her to stay.')
  await cora.looks('section-i')
  await cora.presses('Record the decision')
  await cora.sees('The decision is kept for the final plan.', 'Answered 28 April 2025: can meet the needs')

  // Tuesday 6 May: the 15 days have run, a manager agrees the changed words, and the final plan goes.
  await day('2025-05-06')
  await agrees()
  await cora.goes(`${casePath}/send-the-final-plan`)
  await cora.sees('Nothing stops it being sent')
  await cora.dates('sentOn', '2025-05-06')
  await cora.dates('planDate', '2025-05-06')
  await cora.chooses('how', 'by-hand')
  expect(await cora.page.locator('select[name="setting"]').inputValue()).toBe('900001')
  await cora.looks('send-the-final')
  await cora.presses(/^Record the final plan/)
  await cora.checksLetters()
  await cora.sees('Final plan recorded')

  // The family opens it, sees what changed since the draft, and keeps the paper.
  await mother.goes(`/family/children/${childId}/plan`)
  await mother.sees('This is the plan we must follow. We sent it on 6 May 2025.')
  await mother.follows('See what changed since the last one')
  await mother.sees('How long each time: was 10 minutes, now 15 minutes', 'Larkfield Primary School')
  await mother.looks('what-changed')
  await mother.goes(`/family/children/${childId}/plan`)
  await mother.follows('Read the plan')
  await mother.looks('final')
  const href = await mother.page.locator('main a[href$="plan.pdf"]').getAttribute('href')
  const paper = await mother.page.context().request.get(s.url + href)
  expect(paper.headers()['content-type']).toContain('application/pdf')
  const pdf = readPdf(await paper.body())
  expect(pdf.tagged).toBe(true)
  if (pdf.words !== null) {
    expect(pdf.words).toContain('Settling time with her own key worker')
    for (const section of PLAN_SECTIONS)
      expect(pdf.words, section).toMatch(new RegExp(`Section ${section}\\b`))
  }

  // Each line is to be arranged from that day; the school says one is in place; her mother says later that it is not.
  const states = async () =>
    (
      await owner
        .selectFrom('provision_line')
        .select(['section', 'state'])
        .where('child_id', '=', childId)
        .orderBy('section')
        .execute()
    ).map((one) => `${one.section} ${one.state}`)
  expect(await states()).toEqual(['F to-arrange', 'G to-arrange'])
  await day('2025-06-03')
  await sami.goes(`/setting/provision/${childId}`)
  await sami.chooses(`stands-${line}`, 'in-place')
  await sami.dates(`since-${line}`, '2025-05-07')
  await sami.looks('is-it-in-place')
  await sami.page.locator('main form button:visible').last().click()
  await sami.page.waitForLoadState()
  expect(await states()).toEqual(['F in-place', 'G to-arrange'])
  await day('2025-06-10')
  await mother.goes(`/family/children/${childId}/provision`)
  await mother.looks('is-it-happening')
  await mother.page.locator(`main a[href$="/${line}/not-happening"]`).click()
  await mother.fills('words', 'Her key worker left and nobody sits with her.')
  await mother.dates('since', '2025-06-04')
  await mother.presses('Send')
  await mother.sees('We aim to answer you by')
  expect(await states()).toEqual(['F not-happening', 'G to-arrange'])
  await day('2025-06-12')
  await cora.goes('/staff/provision?show=not-happening')
  await cora.looks('not-happening')
  const report = await owner.selectFrom('provision_report').select('id').executeTakeFirstOrThrow()
  await cora.goes(`/staff/provision/reports/${report.id}`)
  await cora.sees('Her key worker left and nobody sits with her.')
  await cora.chooses('answer', 'put-right')
  await cora.dates('from', '2025-06-12')
  await cora.fills('words', 'Mrs Hale is her key worker from today.')
  await cora.looks('answer')
  await cora.page.locator('main form button:visible').last().click()
  await cora.page.waitForLoadState()
  await mother.goes(`/family/children/${childId}/provision`)
  await mother.sees('Mrs Hale is her key worker from today.')
  expect(await states()).toEqual(['F in-place', 'G to-arrange'])
})
