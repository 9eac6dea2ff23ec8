import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type FreshRecord, freshRecord } from '../../../db/testing/fresh-record.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import type { Route } from '../../routes.ts'
import { buildServer } from '../../server.ts'
import { startSession } from '../../sessions.ts'
import { type FileService, type FilesConfig, openFiles, readFilesConfig } from '../file-service.ts'
import { isUploadOnly, type Outcome, receiveUploads, uploadAnswer } from '../uploads.ts'

export const TODAY = '2026-07-06'
export const CHILD = '00000000-0000-4000-8000-000000001001'
export const OTHER_CHILD = '00000000-0000-4000-8000-000000001002'
export const PROCESS = '00000000-0000-4000-8000-000000001003'

export type Part = keyof typeof STORY_PEOPLE

/** A file to send. */
export interface Sending {
  readonly name: string
  readonly data: Buffer | Blob
  readonly field?: string
}

export interface UploadSite {
  readonly record: FreshRecord
  readonly app: FastifyInstance
  readonly url: string
  readonly folder: string
  files: FileService
  cookieOf(part: Part): Promise<{ readonly cookie: string; readonly csrf: string }>
  /** Sends files as the upload part's script does, and gives the answer. */
  send(
    part: Part,
    files: readonly Sending[],
    fields?: Readonly<Record<string, string>>,
  ): Promise<{
    readonly status: number
    readonly outcomes: readonly { ok: boolean; name: string; id?: string; words: string }[]
  }>
  get(part: Part, url: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  close(): Promise<void>
}

/** A small site that takes files for a child and gives them back, over a real socket and a real database. */
export async function openUploadSite(
  routes: readonly Route[],
  env: Readonly<Record<string, string>> = {},
  /** For a browser: how its pages are drawn, and what else is served. */
  pages: {
    readonly drawPage?: Parameters<typeof buildServer>[0]['drawPage']
    readonly prepare?: (app: FastifyInstance) => void
  } = {},
): Promise<UploadSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clearway-uploads-'))
  const config: FilesConfig = readFilesConfig(env, folder)
  const files = openFiles(config)
  const record = await freshRecord()
  await makeStoryAuthority(record.owner, TODAY)
  await makeChildren(record)
  const held = { files }
  const app = await buildServer({
    db: record.db,
    clock: { today: async () => TODAY },
    routes: [...routes, takeFiles],
    secureCookies: false,
    hsts: false,
    log: false,
    onFailure: (line) => console.error(line),
    // Read at each use, so that a test may change the scanner of a running site.
    files: {
      get store() {
        return held.files.store
      },
      get incoming() {
        return held.files.incoming
      },
      get scanner() {
        return held.files.scanner
      },
      get unscanned() {
        return held.files.unscanned
      },
      get limits() {
        return held.files.limits
      },
    },
    drawPage: pages.drawPage ?? ((page) => `<title>${page.title}</title>`),
  })
  pages.prepare?.(app)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const cookies = new Map<Part, { cookie: string; csrf: string }>()
  const cookieOf = async (part: Part) => {
    const known = cookies.get(part)
    if (known) return known
    const token = await startSession(record.db, STORY_PEOPLE[part].id, TODAY)
    const { csrf_secret: csrf } = await record.owner
      .selectFrom('session')
      .select('csrf_secret')
      .where('account_id', '=', STORY_PEOPLE[part].id)
      .executeTakeFirstOrThrow()
    const made = { cookie: `clearway=${token}`, csrf }
    cookies.set(part, made)
    return made
  }
  return Object.assign(held, {
    record,
    app,
    url,
    folder,
    cookieOf,
    send: async (part: Part, sending: readonly Sending[], fields: Readonly<Record<string, string>> = {}) => {
      const { cookie, csrf } = await cookieOf(part)
      const body = new FormData()
      for (const [name, value] of Object.entries({
        _csrf: csrf,
        idempotencyKey: crypto.randomUUID(),
        _upload: '1',
        ...fields,
      }))
        body.append(name, value)
      for (const one of sending)
        body.append(
          one.field ?? 'files',
          one.data instanceof Blob ? one.data : new Blob([new Uint8Array(one.data)]),
          one.name,
        )
      const answer = await fetch(`${url}/send-files`, { method: 'POST', headers: { cookie }, body })
      const text = await answer.text()
      return { status: answer.status, outcomes: answer.status === 200 ? JSON.parse(text) : [] }
    },
    get: async (part: Part, address: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(url + address, {
        headers: { cookie: (await cookieOf(part)).cookie, ...headers },
        redirect: 'manual',
      }),
    close: async () => {
      await app.close()
      await record.close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

const takeFiles: Route = {
  method: 'POST',
  url: '/send-files',
  access: { who: 'signed-in' },
  touches: 'children',
  uploads: { maxFiles: 40, maxBytes: 1_000_000_000 },
  handle: async (context) => {
    const outcomes: readonly Outcome[] = await receiveUploads(context, {
      childId: context.form['child'] === 'none' ? null : (context.form['child'] ?? CHILD),
      processId: context.form['process'] ?? null,
      about: 'views',
      aboutId: context.form['aboutId'] ?? null,
    })
    if (isUploadOnly(context)) return uploadAnswer(outcomes)
    return { page: { title: `${outcomes.filter((one) => one.ok).length} kept`, main: null as never } }
  },
}

/** A child of the story's parent in the north, whom its school and its psychologist know; and one whom nobody of them knows. */
async function makeChildren({ owner }: FreshRecord): Promise<void> {
  await owner
    .insertInto('child')
    .values(
      [CHILD, OTHER_CHILD].map((id, n) => ({
        id,
        reference: `C-${n}`,
        given_name: 'Ada',
        family_name: 'Marsh',
        name_key: 'ada marsh',
        date_of_birth: '2016-02-29',
        sex: 'F',
        registered_on: '2026-01-05',
        locality_id: n === 0 ? 'north' : 'south',
        setting_urn: null,
      })),
    )
    .execute()
  await owner
    .insertInto('process')
    .values({
      id: PROCESS,
      reference: 'A-1',
      child_id: CHILD,
      kind: 'assessment',
      state: 'gathering-advice',
      opened_on: '2026-01-05',
    })
    .execute()
  const contact = await owner
    .insertInto('contact')
    .values({ name: 'Her parent', account_id: STORY_PEOPLE.parent.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('child_contact')
    .values({
      child_id: CHILD,
      contact_id: contact.id,
      relationship: 'mother',
      parental_responsibility: true,
      from_on: '2016-02-29',
    })
    .execute()
  await owner
    .insertInto('advice_request')
    .values({
      process_id: PROCESS,
      child_id: CHILD,
      head: 'psychological',
      adviser: 'Psychology',
      adviser_account: STORY_PEOPLE.psychologist.id,
      asked_on: '2026-02-01',
    })
    .execute()
}
