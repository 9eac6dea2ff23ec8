import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Database } from '../db/connection.ts'
import { FolderInUse } from '../db/pglite/folder-lock.ts'
import { asViewer } from '../db/viewer.ts'
import type { Clock } from './clock.ts'
import { fingerprintOf, runCommand } from './commands.ts'
import { type FileService, openFiles, readFilesConfig } from './files/index.ts'
import { forget, NotOurForm, type ReceivedForm, receiveForm } from './files/receive-form.ts'
import { NotTheirs, writeAccess } from './relationships.ts'
import type { Access, Answer, Context, PageAnswer, Route, SignedIn } from './routes.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'
import { findSession, keepNotice } from './sessions.ts'
import { networkOf } from './sign-in/network.ts'
import { visitCsrfToken, visitOf, visitSecretOf } from './sign-in/visit.ts'
import { cutOffSlowRequests, SILENCE_MS, UPLOAD_MS } from './slow-requests.ts'
import { isIdempotencyKey, isPossibleAddress, isStorable, storableForm } from './what-was-sent.ts'

/** What the platform needs to serve routes; everything is passed in, nothing is looked up. */
export interface ServerParts {
  readonly db: Database
  readonly clock: Clock
  readonly routes: readonly Route[]
  readonly secureCookies: boolean
  readonly hsts: boolean
  /** Where browsers find the site. Given, no other host is answered and forms come from no other origin. */
  readonly origin?: string | undefined
  /** The origin of the provider of the staff, to which signing out goes on. */
  readonly formsMayReach?: string | undefined
  /** Where the files people send are kept; tests that send none may leave it out. */
  readonly files?: FileService | undefined
  /** Draws a whole page; the portals know the navigation of each door. */
  readonly drawPage: (answer: PageAnswer['page'], about: PageAbout) => Promise<string> | string
  readonly log: boolean
  /** Told of each request that failed for a reason of ours. */
  readonly onFailure?: (line: string) => void
}

export interface PageAbout {
  readonly viewer: SignedIn | undefined
  readonly today: string
  readonly url: string
  readonly nonce: string
  readonly notice: string | undefined
}

export const sessionCookie = (secure: boolean): string => (secure ? '__Host-clearway' : 'clearway')

type Parts = ServerParts & { readonly files: FileService }

/** Thrown when the server must not start: a route with no access rule, or two routes for one address. */
export class RouteNotDeclared extends Error {}

/** Builds the server. Refuses to start if any route lacks an access rule. */
export async function buildServer(given: ServerParts): Promise<FastifyInstance> {
  const parts: Parts = { ...given, files: given.files ?? filesOfThisRun() }
  const app = Fastify({
    logger: parts.log
      ? {
          level: 'info',
          serializers: {
            req: (request) => ({ id: request.id, method: request.method, route: request.routeOptions?.url }),
          },
        }
      : false,
    genReqId: () => randomUUID(),
    bodyLimit: 1_048_576,
    trustProxy: 'loopback',
    // A body that never ends is cut off: see cutOffSlowRequests.
    requestTimeout: UPLOAD_MS,
    connectionTimeout: SILENCE_MS,
    routerOptions: { maxParamLength: 200 },
    // What never reaches a route (a broken address, a method unknown) is answered plainly, with the same headers.
    frameworkErrors: (_error, _request, reply) => {
      // The library types this reply by a route, and there is none here.
      void (reply as FastifyReply)
        .headers({ ...securityHeaders(parts.hsts), 'content-security-policy': contentSecurityPolicy('none') })
        .code(400)
        .type('text/plain; charset=utf-8')
        .send('That address could not be understood.\n')
    },
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return
      const headers = Object.entries(securityHeaders(parts.hsts)).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      )
      socket.end(
        `HTTP/1.1 400 Bad Request\r\n${headers.join('')}content-length: 0\r\nconnection: close\r\n\r\n`,
      )
    },
  })
  app.addHook('onRoute', (route) => {
    const declared = (route.config as { access?: Access } | undefined)?.access
    if (!declared)
      throw new RouteNotDeclared(
        `The route ${String(route.method)} ${route.url} has no access rule, so the server will not start.`,
      )
  })
  cutOffSlowRequests(app)
  // Pages send forms and nothing else; a form with files goes only where a route takes them.
  app.removeAllContentTypeParsers()
  await app.register(cookie)
  await app.register(rateLimit, { global: false, keyGenerator: whoAsks(parts.secureCookies) })
  await app.register(formbody, { bodyLimit: 1_048_576 })
  app.addHook('onRequest', async (request, reply) => {
    const nonce = randomUUID().replaceAll('-', '')
    ;(request as FastifyRequest & { nonce: string }).nonce = nonce
    reply
      .headers(securityHeaders(parts.hsts))
      .header('content-security-policy', contentSecurityPolicy(nonce, parts.formsMayReach))
    // An address in a message is made from the configured origin; a host made up by a caller is not answered at all.
    if (parts.origin && request.headers.host !== new URL(parts.origin).host)
      return reply.code(421).type('text/plain; charset=utf-8').send('This site has another address.\n')
    return undefined
  })
  const addRoute = (scope: FastifyInstance, route: Route): void => {
    scope.route({
      method: route.method,
      url: route.url,
      config: {
        access: route.access,
        touches: route.touches,
        ...(route.uploads ? { uploads: route.uploads } : {}),
        ...(route.limit
          ? { rateLimit: { max: route.limit.times, timeWindow: route.limit.perMinutes * 60_000 } }
          : {}),
      },
      handler: (request, reply) => serve(parts, route, request, reply).finally(() => forgetSent(request)),
    })
  }
  app.setNotFoundHandler((request, reply) => sendProblem(parts, request, reply, 404))
  app.setErrorHandler(async (error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status =
      error.statusCode && error.statusCode >= 400 && error.statusCode < 500
        ? error.statusCode
        : isUnavailable(error)
          ? 503
          : 500
    // Always told to whoever runs the server: ids and places in the code, never words of a form or a record.
    if (status >= 500)
      parts.onFailure?.(
        `${request.id} ${request.method} ${request.routeOptions?.url ?? 'unknown'}: ${error.code ?? error.name} ${error.stack?.split('\n')[1]?.trim() ?? ''}`,
      )
    return sendProblem(parts, request, reply, status)
  })
  for (const route of parts.routes) if (!route.uploads) addRoute(app, route)
  // Only within this scope is a form with files read at all.
  await app.register(async (scope) => {
    await scope.register(multipart, { throwFileSizeLimit: false })
    for (const route of parts.routes) if (route.uploads) addRoute(scope, route)
  })
  return app
}

/**
 * Whose tries are counted: the session, so that a school behind one address is not one person; else the network. Where
 * anybody may ask, always the network: a made-up cookie would be somebody new each time.
 */
const whoAsks =
  (secureCookies: boolean) =>
  (request: FastifyRequest): string => {
    const access = (request.routeOptions.config as { access?: Access } | undefined)?.access
    const session = request.cookies?.[sessionCookie(secureCookies)]
    return createHash('sha256')
      .update(access?.who === 'anyone' || session === undefined ? networkOf(request.ip) : session)
      .digest('base64')
  }

const isUnavailable = (error: Error & { code?: string }): boolean =>
  error instanceof FolderInUse ||
  [
    'ECONNREFUSED',
    'ECONNRESET',
    '57P01',
    '57P02',
    '57P03',
    '53300',
    '08006',
    '08001',
    '57014',
    '53100',
    '40P01',
    '40001',
  ].includes(error.code ?? '') ||
  /timeout exceeded when trying to connect|Connection terminated/.test(error.message)

async function serve(
  parts: Parts,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const params = request.params as Record<string, string>
  if (!isPossibleAddress(params)) return sendProblem(parts, request, reply, 404)
  if (!isStorable(params, request.query as Record<string, unknown>))
    return sendProblem(parts, request, reply, 400)
  const today = await parts.clock.today()
  const viewer = await findViewer(parts, request, today)
  const received = await receive(parts, route, request, viewer, (sent) =>
    isOurForm(parts, request, viewer, sent),
  )
  const form =
    route.method === 'POST'
      ? storableForm(received?.form ?? ((request.body ?? {}) as Record<string, string | string[]>))
      : {}

  if (route.access.who !== 'anyone' && !viewer) {
    if (route.method === 'GET') return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303)
    return sendProblem(parts, request, reply, 401)
  }
  if (route.method === 'POST' && !isOurForm(parts, request, viewer, form)) {
    // A form from before the session ended is told so.
    const hasEnded = !viewer && request.cookies[sessionCookie(parts.secureCookies)] !== undefined
    return sendProblem(parts, request, reply, hasEnded ? 401 : 403, viewer, hasEnded ? undefined : 'form')
  }
  if (route.access.who === 'roles' && viewer && !route.access.roles.includes(viewer.role)) {
    await asViewer(parts.db, { accountId: viewer.accountId, today }, (trx) =>
      trx
        .insertInto('access_log')
        .values({
          account_id: viewer.accountId,
          what: `${route.method} ${route.url}`,
          relationship: viewer.role,
          outcome: 'refused',
        })
        .execute(),
    )
    return sendProblem(parts, request, reply, 403, viewer)
  }
  if (viewer && !isFresh(route.access, viewer)) {
    if (route.method === 'GET')
      return reply.redirect(`/sign-in?again=yes&next=${encodeURIComponent(request.url)}`, 303)
    return sendProblem(parts, request, reply, 401, viewer, 'again')
  }
  const context = contextFor(parts, route, request, reply, {
    today,
    viewer,
    form,
    sent: received?.sent ?? [],
  })
  const answer = await route.handle(context).catch(async (error: unknown): Promise<Answer> => {
    if (!(error instanceof NotTheirs) || !viewer) throw error
    await writeRefusal(parts.db, viewer, today, error)
    return { missing: true }
  })
  return send(parts, answer, request, reply, context)
}

/** A child reached who is nothing to the person is answered as no such child, and written down where the data officer looks. */
const writeRefusal = (db: Database, viewer: SignedIn, today: string, refused: NotTheirs): Promise<unknown> =>
  asViewer(db, { accountId: viewer.accountId, today }, (trx) =>
    trx
      .insertInto('access_log')
      .values({
        account_id: viewer.accountId,
        child_ids: [...refused.childIds],
        what: refused.what,
        relationship: 'none',
        outcome: 'refused',
      })
      .execute(),
  )

const isFresh = (access: Access, viewer: SignedIn): boolean =>
  access.who === 'anyone' ||
  access.freshWithinMinutes === undefined ||
  (viewer.signedInSecondsAgo ?? Number.POSITIVE_INFINITY) <= access.freshWithinMinutes * 60

/** A form with files, read once the person is known to be let in, and only where the route takes them. */
async function receive(
  parts: Parts,
  route: Route,
  request: FastifyRequest,
  viewer: SignedIn | undefined,
  isOurs: (form: Record<string, string | string[]>) => boolean,
): Promise<ReceivedForm | undefined> {
  if (!route.uploads || !/^multipart\/form-data/i.test(request.headers['content-type'] ?? ''))
    return undefined
  const { access } = route
  const isLetIn =
    access.who === 'anyone' || (viewer && (access.who !== 'roles' || access.roles.includes(viewer.role)))
  if (!isLetIn) return undefined
  const received = await receiveForm(request, route.uploads, parts.files, isOurs).catch((error: unknown) => {
    if (error instanceof NotOurForm) return undefined // the form without its files is refused as any other
    throw error
  })
  if (received) waiting.set(request, received.sent)
  return received
}

const waiting = new WeakMap<FastifyRequest, ReceivedForm['sent']>()
const forgetSent = (request: FastifyRequest): Promise<void> => forget(waiting.get(request) ?? [])

/** Where tests that name no place for files keep them. */
const filesOfThisRun = (): FileService =>
  openFiles(readFilesConfig({}, path.join(tmpdir(), `clearway-${process.pid}`)))

async function findViewer(
  parts: ServerParts,
  request: FastifyRequest,
  today: string,
): Promise<SignedIn | undefined> {
  const token = request.cookies?.[sessionCookie(parts.secureCookies)]
  return token ? findSession(parts.db, token, today) : undefined
}

/**
 * A state-changing request must come from one of our own pages: same site by the browser's word, and the token of the
 * session or, before sign-in, of the visit, so that nobody is signed in as somebody else by another site's form.
 */
function isOurForm(
  parts: ServerParts,
  request: FastifyRequest,
  viewer: SignedIn | undefined,
  form: Record<string, string | string[]>,
): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const origin = request.headers.origin
  if (origin !== undefined && origin !== 'null' && !isOurOrigin(parts, origin, request.headers.host))
    return false
  const visit = visitSecretOf(request, parts.secureCookies)
  const expected = viewer?.csrfToken ?? (visit && visitCsrfToken(visit))
  if (!expected) return false
  const sent = Buffer.from(String(form['_csrf'] ?? ''))
  const held = Buffer.from(expected)
  return sent.length === held.length && timingSafeEqual(sent, held)
}

const isOurOrigin = (parts: ServerParts, origin: string, host: string | undefined): boolean =>
  parts.origin ? origin === parts.origin : URL.canParse(origin) && new URL(origin).host === host

function contextFor(
  parts: Parts,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  about: {
    today: string
    viewer: SignedIn | undefined
    form: Record<string, string | string[]>
    sent: ReceivedForm['sent']
  },
): Context {
  const { today, viewer, form, sent } = about
  const query = request.query as Record<string, string | string[] | undefined>
  const one = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value[0] : value
  const accountId = viewer?.accountId ?? '00000000-0000-0000-0000-000000000000'
  const visit = visitOf(request, reply, parts.secureCookies)
  return {
    today,
    viewer,
    request,
    reply,
    visit,
    notice: viewer?.notice,
    sessionToken: request.cookies[sessionCookie(parts.secureCookies)],
    get csrfToken() {
      return viewer?.csrfToken ?? visitCsrfToken(visit.secret())
    },
    sent,
    files: parts.files,
    params: request.params as Record<string, string>,
    query: Object.fromEntries(Object.entries(query).map(([key, value]) => [key, one(value)])),
    queryAll: (key) => [query[key] ?? []].flat(),
    form: Object.fromEntries(Object.entries(form).map(([key, value]) => [key, one(value) ?? ''])),
    formAll: (key) => [form[key] ?? []].flat(),
    read: (what, work) =>
      asViewer(parts.db, { accountId, today }, async (trx) => {
        const seen = new Set<string>()
        const result = await work(trx, (ids) => {
          for (const id of [ids].flat()) seen.add(id)
        })
        if (viewer && seen.size > 0) {
          if (route.touches !== 'children')
            throw new Error(`${route.url} showed a child but is not declared to`)
          await writeAccess(trx, viewer, { childIds: seen, what, outcome: 'seen', today })
        }
        return result
      }),
    command: (name, work, part) => {
      // What was checked before is not part of what is done.
      const { _csrf, _checked, idempotencyKey: given, ...fields } = form
      const idempotencyKey = part === undefined ? given : fingerprintOf({ ...form, part })
      const key = one(idempotencyKey) ?? ''
      // Without its key a form sent twice would be done twice.
      if (!isIdempotencyKey(key)) return Promise.resolve(NO_KEY)
      return runCommand(
        parts.db,
        { accountId, today },
        { name, key, fingerprint: fingerprintOf({ ...fields, url: request.url }), by: viewer },
        work,
      )
    },
  }
}

const NO_KEY = {
  ok: false,
  errors: [
    {
      field: '',
      text: 'This page was out of date. Nothing was recorded: what you typed is here, so send it again',
    },
  ],
} as const

async function send(
  parts: ServerParts,
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
  context: Context,
): Promise<unknown> {
  if ('redirect' in answer) {
    if (answer.notice && context.viewer && context.sessionToken)
      await keepNotice(parts.db, context.sessionToken, context.today, answer.notice)
    return reply.redirect(answer.redirect, 303)
  }
  if ('missing' in answer) return sendProblem(parts, request, reply, 404, context.viewer)
  if ('data' in answer) return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.data))
  if ('stream' in answer)
    return reply.code(answer.stream.status).headers(answer.stream.headers).send(answer.stream.body)
  if ('file' in answer) {
    const { name, type, body } = answer.file
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`)
      .send(typeof body === 'string' ? body : Buffer.from(body))
  }
  if (context.notice !== undefined && context.sessionToken)
    await keepNotice(parts.db, context.sessionToken, context.today, null)
  const html = await parts.drawPage(answer.page, {
    viewer: context.viewer,
    today: context.today,
    url: request.url,
    nonce: nonceOf(request),
    notice: context.notice,
  })
  return reply
    .code(answer.page.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html)
}

const nonceOf = (request: FastifyRequest): string => (request as FastifyRequest & { nonce: string }).nonce

/** A plain page for what cannot be shown, with a next step. It never signs anyone out and never says what exists. */
async function sendProblem(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  viewer?: SignedIn,
  why?: 'form' | 'again',
): Promise<unknown> {
  const { problemPage } = await import('./problem-page.tsx')
  let today = '2000-01-01'
  let shownTo = viewer
  try {
    today = await parts.clock.today()
    shownTo ??= await findViewer(parts, request, today)
  } catch {
    // the database is away: the page is drawn without its day and without a name
  }
  const html = await parts.drawPage(problemPage(status, request.id, why), {
    viewer: shownTo,
    today,
    url: request.url,
    nonce: nonceOf(request) ?? '',
    notice: undefined,
  })
  if (status === 503) reply.header('retry-after', '10')
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}
