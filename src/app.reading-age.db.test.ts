import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes, buildApp } from './app.ts'
import { STORY_PEOPLE, STORY_SETTINGS } from './db/testing/story-authority.ts'
import { type FamilyStory, familyStory, type Reader } from './features/family/try-family/index.ts'
import { makePlanToRead } from './features/plan/try-plan/index.ts'
import { makeWorkingDocument } from './features/plan/work-on-the-document/a-working-document.test-data.ts'
import { ALL_RULES, computeDeadlines, date, explain, parseFact } from './law/index.ts'
import { RULE_EXAMPLES } from './law/rules/rule-examples.test-data.ts'
import { gapsIn, TEMPLATES } from './platform/messages/index.ts'
import { familyRoles, type Route } from './platform/routes.ts'
import {
  hardestSentences,
  readingOf,
  sentencesOf,
  textOfPage,
  withoutFixedTerms,
} from './ui/reading-age/index.ts'

/** Every page a family opens, at each stage of a story and with mistakes to mend: readable at 11. docs/decisions/0015. */
const MOST = 11
const NAMES = [
  ...Object.values(STORY_PEOPLE).flatMap(({ name, title }) => [name, title]),
  ...STORY_SETTINGS.map(({ name }) => name),
  'Amara Okafor',
  'Ngozi Okafor',
  'Amara',
  'Okafor',
  'Dr Iris Vale',
  'Weymouth Clinic',
  'Story County',
  'Story SENDIASS',
  'North locality',
]

const ASK = '/ask-for-an-assessment'
interface Draft {
  readonly id: string
  readonly pages: readonly string[]
}

/** Shown once a request has been sent; its words are those of the page before and of the tracker. */
const ONLY_ONCE_SENT: readonly string[] = [`${ASK}/:id/sent`]

/** Files and pages that send people elsewhere, or that are no prose. */
const NO_PAGE = /^\/files\/|\.(csv|pdf|docx)$/

const isFamilyPage = ({ access, url }: Route): boolean =>
  !NO_PAGE.test(url) &&
  (url.startsWith('/family') ||
    url.startsWith(ASK) ||
    (access.who === 'roles' && access.roles.some((role) => familyRoles.includes(role))))

interface Measured {
  readonly where: string
  readonly sentences: readonly string[]
}

/** Every page too hard to read, with its worst sentences. */
function tooHard(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ where, sentences }) => {
    const plain = sentences.flatMap((text) => sentencesOf(withoutFixedTerms(text, NAMES)))
    const reading = readingOf(plain)
    if (!reading || reading.age <= MOST) return []
    return [
      `${where}: reading age ${reading.age}\n${hardestSentences(plain, 4)
        .map(({ age, text }) => `    ${age}: ${text}`)
        .join('\n')}`,
    ]
  })
}

describe('A family page reads at 11 or below', () => {
  let story: FamilyStory
  let routes: readonly Route[]
  const measured: Measured[] = []
  const reached = new Set<string>()
  /** What stands for a name in an address. */
  const held: Record<string, string> = {}

  beforeAll(async () => {
    story = await familyStory((record, clock) => {
      const given = {
        db: record.db,
        authority: { code: '999', name: 'Story County', mode: 'training' } as const,
        secureCookies: false,
        log: false,
        clock: { ...clock, forget: () => {} },
      }
      routes = allRoutes(given)
      return buildApp(given)
    })
  })
  afterAll(() => story.close())

  const addressesOf = (route: Route, draft: Draft): string[] => {
    if (route.url.startsWith(`${ASK}/:id`)) {
      const url = route.url.replace(':id', draft.id)
      return url.includes(':page') ? draft.pages.map((page) => url.replace(':page', page)) : [url]
    }
    const url = route.url.replace(/:(\w+)/g, (whole, name: string) =>
      name === 'section' || name === 'whose' ? whole : (held[name] ?? whole),
    )
    if (url.includes(':whose')) return ['mine', 'theirs'].map((whose) => url.replace(':whose', whose))
    if (url.includes(':section'))
      return ['A', 'B', 'F', 'I'].map((section) => url.replace(':section', section))
    return url.includes(':')
      ? [story.childId, story.processId].map((id) => url.replaceAll(/:\w+/g, id))
      : [url]
  }

  /** A request begun, and the names of its pages. */
  async function begin(reader: Reader): Promise<Draft> {
    const { location } = await reader.post(`/family${ASK}`, {
      idempotencyKey: randomUUID(),
      child: 'another',
    })
    const [, , id = '', page = ''] = location.split('/')
    return { id, pages: [page] }
  }

  /** Reads every family page as this person, and each form sent empty. */
  async function readAll(reader: Reader, stage: string): Promise<void> {
    const draft = await begin(reader)
    for (const route of routes.filter(isFamilyPage))
      for (const url of addressesOf(route, draft)) {
        const answer =
          route.method === 'GET'
            ? await reader.get(url)
            : await reader.post(url, { idempotencyKey: randomUUID() })
        if (route.method === 'GET' && [200, 303, 422].includes(answer.status)) reached.add(route.url)
        if (answer.status !== 200 && answer.status !== 422) continue
        measured.push({ where: `${stage}: ${route.method} ${route.url}`, sentences: textOfPage(answer.html) })
      }
  }

  test('at every stage, for a parent, an advocate and a young person', { timeout: 300_000 }, async () => {
    const parent = await story.as('parent')
    held['child'] = story.childId
    held['thread'] = await story.writes('2026-07-06', '2026-07-08')
    await readAll(parent, 'asked')
    story.today('2026-08-20')
    await readAll(parent, 'late')
    await story.happens('decided_to_assess', '2026-08-21')
    await story.asks('parent', 'Ngozi Okafor', '2026-08-24')
    await story.asks('psychological', 'Dr Iris Vale', '2026-08-24')
    const clinic = await story.asks('medical', 'Weymouth Clinic', '2026-08-24')
    await story.advises('Weymouth Clinic', 'medical', '2026-09-04')
    held['releaseId'] = await story.mayRead(clinic, 'medical', 'Weymouth Clinic', '2026-09-07')
    story.today('2026-10-12')
    await readAll(parent, 'advice late')
    await story.advises('Dr Iris Vale', 'psychological', '2026-10-13')
    await story.advises('Ngozi Okafor', 'parent', '2026-10-13')
    await story.happens('decided_to_issue', '2026-10-19')
    const eventId = await story.happens('draft_issued', '2026-10-26')
    const plan = await makePlanToRead(story.record.owner, {
      ...story,
      eventId,
      by: STORY_PEOPLE.coordinator.id,
      draftOn: '2026-10-26',
      finalOn: '2026-10-27',
    })
    held['version'] = plan.final!
    const working = await makeWorkingDocument(story.record.owner, {
      planId: plan.planId,
      versionId: plan.final!,
      by: STORY_PEOPLE.coordinator.id,
      on: '2026-10-27',
    })
    held['number'] = working.number
    held['line'] = plan.lineId
    const line = { child_id: story.childId, line_id: plan.lineId }
    await story.record.owner
      .insertInto('provision_line')
      .values({ ...line, plan_id: plan.planId, section: 'F', state_since: '2026-10-27' })
      .execute()
    await story.record.owner
      .insertInto('provision_term')
      .values({
        ...line,
        version_id: plan.final!,
        from_on: '2026-10-27',
        content: JSON.stringify({ words: 'She reads with a helper.', count: 1, every: 'day', times: '1' }),
      })
      .execute()
    story.today('2026-10-28')
    await readAll(parent, 'draft')
    await readAll(await story.as('advocate'), 'draft, to an advocate')
    await story.happens('final_issued', '2026-12-02')
    story.today('2026-12-03')
    await readAll(parent, 'done')
    await story.record.owner.updateTable('child').set({ date_of_birth: '2010-04-01' }).execute()
    await readAll(parent, 'rights passed, to a parent')
    await readAll(await story.as('youngPerson'), 'to the young person')
    const pages = routes
      .filter((route) => route.method === 'GET' && isFamilyPage(route))
      .map(({ url }) => url)
    console.info(
      `reading age: ${measured.length} readings of ${reached.size} family pages; oldest ${Math.max(
        ...measured.map(
          ({ sentences }) =>
            readingOf(sentences.flatMap((text) => sentencesOf(withoutFixedTerms(text, NAMES))))?.age ?? 0,
        ),
      )}`,
    )
    expect([...new Set(tooHard(measured))].join('\n')).toBe('')
    expect(
      pages.filter((url) => !reached.has(url) && !ONLY_ONCE_SENT.includes(url)),
      'pages nobody reached: say here what to open them with',
    ).toEqual([])
  })
})

describe('What a family is sent reads at 11 or below', () => {
  const toFamily = Object.entries(TEMPLATES).filter(
    ([, template]) =>
      /family|whoever wrote/.test(template.when) && !template.when.startsWith('To the coordinator'),
  )

  test('each message, by email, text and letter, with its legal words', () => {
    expect(toFamily.length).toBeGreaterThan(5)
    const measured = toFamily.flatMap(([key, template]) =>
      (['email', 'text', 'letter'] as const).map((channel) => {
        const { subject, body } = template.wording[channel]
        let text = `${subject}.\n${body}`
        for (const gap of gapsIn(text)) text = text.replaceAll(`((${gap}))`, '1 May 2026')
        return {
          where: `${key} by ${channel}`,
          sentences: [...text.split('\n'), ...(channel === 'text' ? [] : template.legal)].filter(
            (line) => line.trim().length > 1,
          ),
        }
      }),
    )
    expect(tooHard(measured).join('\n')).toBe('')
  })
})

describe('Why a date is as it is reads at 11 or below', () => {
  test('for every rule, before its day, after it and when done', () => {
    const measured = ALL_RULES.flatMap((rule) => {
      const example = RULE_EXAMPLES.find((one) => one.rule === rule.id)
      return example ? [{ where: rule.id, sentences: sentencesFor(example) }] : []
    })
    expect(measured.length).toBeGreaterThan(60)
    expect(tooHard(measured).join('\n')).toBe('')
  })
})

function sentencesFor(example: (typeof RULE_EXAMPLES)[number]): readonly string[] {
  const parsed = parseFact(example.trigger as never)
  if (!parsed.ok) return []
  const said = new Set<string>()
  for (const asAt of [date('2025-01-10'), date('2027-06-01')])
    for (const deadline of computeDeadlines([parsed.fact], { asAt }))
      if (deadline.rule === example.rule)
        for (const sentence of explain(deadline, 'family')) said.add(sentence)
  return [...said]
}
