import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import { buildApp } from '../../src/app.ts'
import { type FreshRecord, freshRecord } from '../../src/db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import type { SignInMessage } from '../../src/features/sign-in/index.ts'
import { trainingClock } from '../../src/platform/clock.ts'
import { openFiles, readFilesConfig } from '../../src/platform/files/index.ts'

/** The whole site over a small invented authority, on a port of its own. */
export interface StorySite {
  readonly url: string
  readonly record: FreshRecord
  readonly app: FastifyInstance
  /** Links and codes that were sent to sign in with, the newest last. */
  readonly sent: readonly SignInMessage[]
  /** Sets the authority's day. */
  today(iso: string): Promise<void>
  signIn(page: Page, as: keyof typeof STORY_PEOPLE): Promise<void>
  close(): Promise<void>
}

export async function openStorySite(today: string): Promise<StorySite> {
  const record = await freshRecord()
  await makeStoryAuthority(record.owner, today)
  const clock = trainingClock(record.db)
  const folder = await mkdtemp(join(tmpdir(), 'clearway-story-'))
  const sent: SignInMessage[] = []
  const app = await buildApp({
    db: record.db,
    authority: { code: '999', name: 'Story County', mode: 'training' },
    secureCookies: false,
    log: false,
    // A page that fails for a reason of ours says so in the test's own output.
    onFailure: (line) => process.stderr.write(`${line}\n`),
    clock,
    files: openFiles(readFilesConfig({}, folder)),
    sendSignInMessage: async (message) => {
      sent.push(message)
    },
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    record,
    app,
    sent,
    today: async (iso) => {
      await record.owner.updateTable('authority').set({ training_today: iso }).execute()
      clock.forget()
    },
    signIn: async (page, as) => {
      await page.goto(`${url}/sign-in`)
      const person = STORY_PEOPLE[as]
      await page.locator(`#person-${person.id}`).check()
      await page.locator(`form:has(#person-${person.id}) button`).click()
    },
    close: async () => {
      await app.close()
      await record.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
