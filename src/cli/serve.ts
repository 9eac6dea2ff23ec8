import { createServer, type Server } from 'node:http'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { startBackground } from '../background.ts'
import { connect, type Database } from '../db/connection.ts'
import { requireApplicationLogin, UnsafeLogin } from '../db/integrity/index.ts'
import type { Authority } from '../platform/authority.ts'
import { type Config, readConfig, requireWhatServingNeeds } from '../platform/config.ts'
import { openFiles } from '../platform/files/index.ts'
import { keepHouse } from '../platform/housekeeping.ts'
import { carriersFrom } from '../platform/messages/settings.ts'
import { EXIT, type Io } from './io.ts'
import { preparingPage } from './preparing-page.ts'
import { NO_AUTHORITY, prepareRecord } from './training.ts'

const HELP = `Usage: clearway serve [--port N] [--host ADDRESS]

Serves the site. With no DATABASE_URL it serves the training authority from an embedded database, made the first time
(under a minute, with its progress shown on the page). A live authority needs DATABASE_URL: see docs/how-to/run-live.md.
Stop it with Ctrl+C: requests in hand are finished first.

Environment: PORT, HOST, CLEARWAY_DATA, CLEARWAY_MODE (training or live), DATABASE_URL, OWNER_DATABASE_URL, CLEARWAY_ORIGIN,
CLEARWAY_OIDC_ISSUER, CLEARWAY_OIDC_CLIENT_ID, CLEARWAY_OIDC_CLIENT_SECRET, CLEARWAY_OIDC_SCOPE, CLEARWAY_OIDC_TRUST_EMAIL
`

/** `clearway serve` */
export async function runServe(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { help: { type: 'boolean' }, port: { type: 'string' }, host: { type: 'string' } },
  })
  if (values.help) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const config = readConfig({
    ...io.env,
    ...(values.port ? { PORT: values.port } : {}),
    ...(values.host ? { HOST: values.host } : {}),
  })
  requireWhatServingNeeds(config)
  const owner = connect(config.ownerDatabase)
  const sameDoor = JSON.stringify(config.ownerDatabase) === JSON.stringify(config.database)
  const db = sameDoor ? owner : connect(config.database)
  let waiting: { readonly server: Server; stop(): Promise<void> } | undefined
  try {
    const progress = { done: 0, doing: 'Starting' }
    const authority = await prepareRecord(owner, {
      mayMake: config.mode === 'training',
      io,
      announce: async () => {
        waiting = await serveWaitingPage(config, progress)
        return `Making the training authority; ${addressOf(config)} shows how far it is`
      },
      onProgress: (step) => Object.assign(progress, step),
    })
    if (!authority) {
      io.stderr.write(`${NO_AUTHORITY}\n`)
      return EXIT.failed
    }
    if (authority.mode !== config.mode) {
      io.stderr.write(
        `This database is a ${authority.mode} authority, but the server was started in ${config.mode} mode. Set CLEARWAY_MODE=${authority.mode}.\n`,
      )
      return EXIT.failed
    }
    if (authority.mode === 'live') await db.transaction().execute(requireApplicationLogin)
    return await serveAuthority(
      config,
      { db, owner, authority, beforeListening: async () => waiting?.stop() },
      io,
    )
  } catch (error) {
    if (!(error instanceof UnsafeLogin)) throw error
    io.stderr.write(`${error.message}\n`)
    return EXIT.failed
  } finally {
    await waiting?.stop()
    await db.destroy()
    if (!sameDoor) await owner.destroy()
  }
}

const addressOf = (config: Config): string =>
  `http://${config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host}:${config.port}`

async function serveAuthority(
  config: Config,
  parts: { db: Database; owner: Database; authority: Authority; beforeListening: () => Promise<unknown> },
  io: Io,
): Promise<number> {
  const files = openFiles(config.files)
  const house = keepHouse({
    owner: parts.owner,
    files,
    authority: parts.authority,
    onProblem: (text) => io.stderr.write(`${text}\n`),
  })
  const carriers = carriersFrom(config.messages)
  if (carriers.length === 0 && parts.authority.mode === 'live')
    io.stderr.write(
      'No messages will be sent: set CLEARWAY_SMTP_URL or CLEARWAY_NOTIFY_KEY. The outbox keeps them.\n',
    )
  const background = await startBackground({
    owner: parts.owner,
    ownerLocation: config.ownerDatabase,
    authority: parts.authority,
    carriers,
    siteUrl: config.origin ?? addressOf(config),
    onProblem: (text) => io.stderr.write(`${text}\n`),
  })
  const app = await buildApp({
    db: parts.db,
    authority: parts.authority,
    secureCookies: config.secureCookies,
    files,
    log: io.env['CLEARWAY_LOG'] === 'requests',
    onFailure: (line) => io.stderr.write(`failed ${line}\n`),
    onDayMoved: house.dayMoved,
    origin: config.origin,
    // Loaded where it is used: most sites that start are for training, and have no provider.
    openId: config.openId && (await import('../platform/sign-in/openid.ts')).openIdProvider(config.openId),
  })
  try {
    await parts.beforeListening()
    await listen(app, config)
    io.stdout.write(
      `Clearway is serving ${parts.authority.name} (${parts.authority.mode}) at ${addressOf(config)}\n`,
    )
    if (parts.authority.mode === 'training')
      io.stdout.write(`Choose who to be at ${addressOf(config)}/sign-in\n`)
    await stopAsked()
    io.stderr.write('Finishing the requests in hand\n')
  } finally {
    await app.close()
    await background.stop()
    await house.stop()
  }
  return EXIT.done
}

/** The waiting page has just given the port up; the system may take a moment to free it. */
async function listen(app: FastifyInstance, config: Config): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await app.listen({ port: config.port, host: config.host })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt >= 5) throw error
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt))
    }
  }
}

const stopAsked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

/** While the training authority is made, every address answers with how far it is, and tries again by itself. */
async function serveWaitingPage(config: Config, progress: { readonly done: number; readonly doing: string }) {
  const server = createServer((_request, response) => {
    response.writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': '2',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    response.end(preparingPage(progress))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  let stopped: Promise<void> | undefined
  return {
    server,
    stop: () => {
      stopped ??= new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return stopped
    },
  }
}
