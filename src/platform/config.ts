import path from 'node:path'
import type { DatabaseLocation } from '../db/connection.ts'

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
  return {
    mode,
    database,
    ownerDatabase: ownerUrl ? { engine: 'postgres', url: ownerUrl, maxConnections: 2 } : database,
    host: env['HOST'] ?? '127.0.0.1',
    port,
    secureCookies: mode === 'live',
    dataFolder,
  }
}
