import type { FastifyInstance } from 'fastify'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import type { Route } from '../../../platform/routes.ts'
import { buildServer } from '../../../platform/server.ts'
import { startSession } from '../../../platform/sessions.ts'
import { toHtml } from '../../../ui/govuk/index.ts'
import { ReadPage } from './read-page.ts'

/** Somebody signed in. */
export interface Visitor {
  get(url: string): Promise<ReadPage>
  /** Posts what is on the page, changed as given, by pressing a button. Follows no redirect. */
  send(page: ReadPage, button: string): Promise<ReadPage>
}

export interface Pages {
  readonly record: FreshRecord
  readonly app: FastifyInstance
  today: string
  signIn(as: keyof typeof STORY_PEOPLE): Promise<Visitor>
  close(): Promise<void>
}

/** The routes given, over a fresh record with the story authority in it. */
export async function openPages(routes: readonly Route[], today: string): Promise<Pages> {
  const record = await freshRecord()
  await makeStoryAuthority(record.owner, today)
  const pages = { today }
  const app = await buildServer({
    db: record.db,
    clock: { today: async () => pages.today },
    routes,
    secureCookies: false,
    hsts: false,
    log: false,
    drawPage: (page) => `<title>${page.title}</title>${toHtml(page.main)}`,
  })
  return Object.assign(pages, {
    record,
    app,
    signIn: async (as: keyof typeof STORY_PEOPLE): Promise<Visitor> => {
      const token = await startSession(record.db, STORY_PEOPLE[as].id, pages.today)
      const cookie = `clearway=${token}`
      const read = (answer: {
        statusCode: number
        body: string
        headers: Record<string, unknown>
      }): ReadPage => new ReadPage(answer.statusCode, answer.body, String(answer.headers['location'] ?? ''))
      // A form that names no address posts to the page it is on.
      const addresses = new WeakMap<ReadPage, string>()
      const at = (url: string, page: ReadPage): ReadPage => {
        addresses.set(page, url)
        return page
      }
      return {
        get: async (url) => at(url, read(await app.inject({ method: 'GET', url, headers: { cookie } }))),
        send: async (page, button) => {
          const url = page.actionOf(button) || (addresses.get(page) ?? '')
          const answer = await app.inject({
            method: 'POST',
            url,
            headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
            payload: page.pressing(button).toString(),
          })
          return at(url, read(answer))
        },
      }
    },
    close: async () => {
      await app.close()
      await record.close()
    },
  })
}
