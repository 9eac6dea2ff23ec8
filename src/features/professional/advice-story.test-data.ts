/** For tests: a case with a psychologist asked, a service with its head and lines, and people who open pages and send forms. */
import type { STORY_PEOPLE } from '../../db/testing/story-authority.ts'
import { STORY_PEOPLE as PEOPLE } from '../../db/testing/story-authority.ts'
import { startSession } from '../../platform/sessions.ts'
import { routes as caseRoutes } from '../assessment/case-page/index.ts'
import { caseworkRoutes } from '../assessment/casework.ts'
import { type CaseworkStory, caseworkStory, MOTHER } from '../assessment/casework-story.ts'
import { routes as readAdviceRoutes } from '../assessment/read-advice/index.ts'
import { openPages, type Pages, ReadPage } from '../children/try-pages/index.ts'
import { professionalRoutes } from './professional.ts'

export type PersonName = keyof typeof STORY_PEOPLE

/** Somebody signed in, who presses buttons of whichever form of a page. */
export interface Someone {
  open(url: string): Promise<ReadPage>
  /** Fills in the form that has the button, by label, and presses it. */
  press(
    url: string,
    page: ReadPage,
    button: string,
    answers?: Readonly<Record<string, string>>,
  ): Promise<ReadPage>
  /** Opens a page and presses a button of it. */
  does(url: string, button: string, answers?: Readonly<Record<string, string>>): Promise<ReadPage>
  /** Sends fields as they are, with the session's own proof. */
  posts(url: string, fields: Readonly<Record<string, string>>): Promise<ReadPage>
}

export interface AdviceStory {
  readonly pages: Pages
  readonly story: CaseworkStory
  readonly adviceId: string
  as(person: PersonName): Promise<Someone>
}

export const openAdvicePages = (today: string): Promise<Pages> =>
  openPages([...caseRoutes, ...caseworkRoutes, ...readAdviceRoutes, ...professionalRoutes], today)

/** The form of a page that has a button of these words, as a page of its own. */
function formWith(page: ReadPage, button: string): { readonly form: ReadPage; readonly action: string } {
  for (const [whole] of page.html.matchAll(/<form[\s\S]*?<\/form>/g)) {
    const form = new ReadPage(page.status, whole)
    const words = [...whole.matchAll(/<button[^>]*>([\s\S]*?)<\/button>/g)].map((found) =>
      found[1]!.replaceAll(/<[^>]*>/g, '').trim(),
    )
    if (words.some((one) => one === button))
      return { form, action: /<form[^>]*\saction="([^"]*)"/.exec(whole)?.[1] ?? '' }
  }
  throw new Error(`No form has the button “${button}”: ${page.text.slice(0, 400)}`)
}

export async function signInAs(pages: Pages, person: PersonName): Promise<Someone> {
  const cookie = `clearway=${await startSession(pages.record.db, PEOPLE[person].id, pages.today)}`
  const { csrf_secret: csrf } = await pages.record.owner
    .selectFrom('session')
    .select('csrf_secret')
    .where('account_id', '=', PEOPLE[person].id)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  const read = (answer: { statusCode: number; body: string; headers: Record<string, unknown> }): ReadPage =>
    new ReadPage(answer.statusCode, answer.body, String(answer.headers['location'] ?? ''))
  const open = async (url: string) =>
    read(await pages.app.inject({ method: 'GET', url, headers: { cookie } }))
  const post = async (url: string, payload: string) =>
    read(
      await pages.app.inject({
        method: 'POST',
        url,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      }),
    )
  const press = (
    url: string,
    page: ReadPage,
    button: string,
    answers: Readonly<Record<string, string>> = {},
  ) => {
    const { form, action } = formWith(page, button)
    return post(action || url, form.fill(answers).pressing(button).toString())
  }
  return {
    open,
    press,
    does: async (url, button, answers) => press(url, await open(url), button, answers),
    posts: (url, fields) => post(url, new URLSearchParams({ _csrf: csrf, ...fields }).toString()),
  }
}

/**
 * A child whose mother, who has an account, asked for an assessment; it was agreed, and the psychologist asked. She answers to
 * the head of service by professional line, and works beside the health professional's team no more than anybody.
 */
export async function adviceStory(
  pages: Pages,
  options: { readonly ask?: boolean } = {},
): Promise<AdviceStory> {
  const story = await caseworkStory(pages, {
    today: '2025-01-20',
    requestOn: '2025-01-06',
    contacts: [{ ...MOTHER, email: 'ngozi@example.org' }],
  })
  const { owner } = pages.record
  const contact = await owner
    .selectFrom('child_contact')
    .select('contact_id')
    .where('child_id', '=', story.childId)
    .executeTakeFirstOrThrow()
  await owner
    .updateTable('contact')
    .set({ account_id: PEOPLE.parent.id })
    .where('id', '=', contact.contact_id)
    .execute()
  await owner
    .insertInto('team')
    .values({ id: 'psychology', name: 'Educational Psychology Service', kind: 'educational-psychology' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  await owner
    .updateTable('account')
    .set({ team_id: 'psychology' })
    .where('id', 'in', [PEOPLE.psychologist.id, PEOPLE.headOfService.id])
    .execute()
  const line = await owner
    .selectFrom('reporting_line')
    .select('id')
    .where('account_id', '=', PEOPLE.psychologist.id)
    .executeTakeFirst()
  if (!line)
    await owner
      .insertInto('reporting_line')
      .values({
        account_id: PEOPLE.psychologist.id,
        manager_id: PEOPLE.headOfService.id,
        kind: 'professional',
        from_on: '2020-01-01',
      })
      .execute()
  const cora = await story.officer('coordinator')
  const agreed = await cora.does('decide-whether-to-assess', {
    outcome: 'agree',
    toldOn: '20 1 2025',
    how: 'post',
  })
  if (agreed.status !== 303) throw new Error(agreed.text)
  let adviceId = ''
  if (options.ask ?? true) {
    const asked = await cora.does('ask-for-advice', {
      'psychological-do': 'ask',
      'psychological-account': `${PEOPLE.psychologist.id}|${PEOPLE.psychologist.name}`,
      sentOn: '20 1 2025',
      how: 'email',
    })
    if (asked.status !== 303) throw new Error(asked.errors.join('; ') || asked.text)
    adviceId = await story.adviceId(PEOPLE.psychologist.name)
  }
  return { pages, story, adviceId, as: (person) => signInAs(pages, person) }
}
