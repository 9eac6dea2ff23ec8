import path from 'node:path'
import type { DatabaseLocation } from '../db/connection.ts'
import { BadFilesConfig, type FilesConfig, readFilesConfig } from './files/index.ts'
import { type MessageSettings, readMessageSettings } from './messages/settings.ts'
import { isLoopback, type OpenIdSettings } from './sign-in/openid-settings.ts'

/** Everything a deployment can set, read once from the environment at start. */
export interface Config {
  /** training: invented people, choose who to be. live: real records on a PostgreSQL server only. */
  readonly mode: 'training' | 'live'
  readonly database: DatabaseLocation
  /** The owner's login, for migrations and rebuilds. The application's own login owns nothing. */
  readonly ownerDatabase: DatabaseLocation
  readonly host: string
  readonly port: number
  /** Cookies are marked Secure and __Host-; off only for a training site on plain HTTP. */
  readonly secureCookies: boolean
  readonly dataFolder: string
  /** Where the files people send are kept, and what checks them. */
  readonly files: FilesConfig
  /** Where browsers find the site, `https://send.example.gov.uk`: the only host answered. Live must have one. */
  readonly origin: string | undefined
  /** The provider the staff sign in by. */
  readonly openId: OpenIdSettings | undefined
  /** Who takes email, texts and letters away. */
  readonly messages: MessageSettings
}

/** A setting that cannot be used, in words for the person who starts the server. */
export class BadConfig extends Error {}

/** @throws BadConfig */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const dataFolder = path.resolve(env['CLEARWAY_DATA'] ?? '.data')
  const mode =
    env['CLEARWAY_MODE'] ?? (env['DATABASE_URL'] && env['CLEARWAY_MODE'] !== 'training' ? 'live' : 'training')
  if (mode !== 'training' && mode !== 'live')
    throw new BadConfig(`CLEARWAY_MODE must be "training" or "live", not "${mode}".`)
  const url = env['DATABASE_URL']
  if (mode === 'live' && !url) {
    throw new BadConfig(
      'A live authority needs a PostgreSQL server: set DATABASE_URL. The embedded database never syncs to disk, so it is for training and trials only.',
    )
  }
  const port = Number(env['PORT'] ?? '3000')
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new BadConfig(`PORT must be a number from 0 to 65535, not "${env['PORT']}".`)
  const database: DatabaseLocation = url
    ? { engine: 'postgres', url }
    : { engine: 'embedded', folder: path.join(dataFolder, 'training-database') }
  const ownerUrl = env['OWNER_DATABASE_URL']
  const origin = readOrigin(env['CLEARWAY_ORIGIN'])
  return {
    mode,
    database,
    ownerDatabase: ownerUrl ? { engine: 'postgres', url: ownerUrl, maxConnections: 4 } : database,
    host: env['HOST'] ?? '127.0.0.1',
    port,
    secureCookies: mode === 'live',
    dataFolder,
    files: readFiles(env, dataFolder),
    origin,
    openId: readOpenId(env),
    messages: readMessageSettings(env, (why) => {
      throw new BadConfig(why)
    }),
  }
}

/**
 * What a server must have besides, which a nightly check or a backup on another machine need not.
 * @throws BadConfig
 */
export function requireWhatServingNeeds(config: Config): void {
  if (config.mode === 'live' && !config.origin)
    throw new BadConfig(
      'A live authority needs its own address: set CLEARWAY_ORIGIN, such as https://send.example.gov.uk.',
    )
}

function readOrigin(given: string | undefined): string | undefined {
  if (!given) return undefined
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.origin !== given.replace(/\/$/, ''))
    throw new BadConfig(
      `CLEARWAY_ORIGIN must be a scheme and a host and nothing after, such as https://send.example.gov.uk, not "${given}".`,
    )
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new BadConfig('CLEARWAY_ORIGIN must begin https:// unless it is this machine.')
  return url.origin
}

function readOpenId(env: Readonly<Record<string, string | undefined>>): OpenIdSettings | undefined {
  const issuer = env['CLEARWAY_OIDC_ISSUER']
  if (!issuer) return undefined
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))))
    throw new BadConfig('CLEARWAY_OIDC_ISSUER must be an https:// address.')
  if (/\/(common|organizations|consumers)(\/|$)/.test(url.pathname))
    throw new BadConfig(
      'CLEARWAY_OIDC_ISSUER must be the issuer of your own tenant, not one shared by many organisations.',
    )
  const clientId = env['CLEARWAY_OIDC_CLIENT_ID']
  const clientSecret = env['CLEARWAY_OIDC_CLIENT_SECRET']
  if (!clientId || !clientSecret)
    throw new BadConfig(
      'With CLEARWAY_OIDC_ISSUER, set CLEARWAY_OIDC_CLIENT_ID and CLEARWAY_OIDC_CLIENT_SECRET too.',
    )
  return {
    issuer,
    clientId,
    clientSecret,
    scope: env['CLEARWAY_OIDC_SCOPE'] ?? 'openid profile email',
    trustsEmail: env['CLEARWAY_OIDC_TRUST_EMAIL'] === 'yes',
  }
}

function readFiles(env: Readonly<Record<string, string | undefined>>, dataFolder: string): FilesConfig {
  try {
    return readFilesConfig(env, dataFolder)
  } catch (error) {
    throw error instanceof BadFilesConfig ? new BadConfig(error.message) : error
  }
}
