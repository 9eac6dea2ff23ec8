import path from 'node:path'
import { parseArgs } from 'node:util'
import {
  AuthorityInTheWay,
  clearTrainingAuthority,
  isTrainingAuthorityComplete,
  loadTrainingAuthority,
} from '../../demo/load.ts'
import { connect, type DatabaseLocation } from '../db/connection.ts'
import { migrate } from '../db/migrate.ts'
import { readConfig } from '../platform/config.ts'
import { EXIT, type Io } from './io.ts'

const HELP = `Usage: clearway demo [--seed TEXT] [--folder FOLDER] [--replace]

Makes the training authority: real schools and postcodes of Dorset, invented people, and the months of 2018 to 2020 that
give the committee report of 2 November 2020 exactly. The same seed gives the same rows, ids and all.

  --seed TEXT      another deal of the same months (left out: the usual one)
  --folder FOLDER  an embedded database in this folder, instead of the one the settings name
  --replace        empty a training authority that is there and make it again: what people recorded in it is lost

Stopped half way, run it again: it starts over. A live authority is never touched.
Environment: CLEARWAY_DATA, DATABASE_URL, OWNER_DATABASE_URL, CLEARWAY_MODE. Exit codes: 0 made, 1 could not be made.
`

const WIDTH = 30

/** `clearway demo` */
export async function runDemo(args: string[], io: Io): Promise<number> {
  const parsed = readArguments(args)
  if (typeof parsed === 'string') {
    io.stderr.write(`clearway demo: ${parsed}\n\n${HELP}`)
    return EXIT.failed
  }
  if (parsed.help) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  const config = readConfig(io.env)
  if (config.mode === 'live' && parsed.folder === undefined) {
    io.stderr.write(
      'clearway demo: the settings are for a live authority. Set CLEARWAY_MODE=training, or give --folder.\n',
    )
    return EXIT.failed
  }
  const location: DatabaseLocation =
    parsed.folder === undefined
      ? config.ownerDatabase
      : { engine: 'embedded', folder: path.resolve(parsed.folder) }
  const db = connect(location)
  try {
    await migrate(db)
    if (parsed.replace) await clearTrainingAuthority(db)
    else if (await isTrainingAuthorityComplete(db)) {
      io.stderr.write(
        'clearway demo: a training authority is already here. --replace empties it and makes it again.\n',
      )
      return EXIT.failed
    }
    const result = await loadTrainingAuthority(db, {
      ...(parsed.seed === undefined ? {} : { seed: parsed.seed }),
      onProgress: ({ done, doing }) => {
        const filled = Math.round(done * WIDTH)
        io.stderr.write(
          `\r[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${String(Math.floor(done * 100)).padStart(3)}%  ${doing.padEnd(28)}`,
        )
      },
    })
    io.stderr.write('\n')
    const count = (number: number): string => number.toLocaleString('en-GB')
    io.stdout.write(
      `Made the training authority: ${count(result.children)} children, ${count(result.events)} recorded facts, ${count(result.deadlines)} deadlines, in ${(result.milliseconds / 1000).toFixed(1)} seconds.\n`,
    )
    return EXIT.done
  } catch (error) {
    if (!(error instanceof AuthorityInTheWay)) throw error
    io.stderr.write(`clearway demo: ${error.message}\n`)
    return EXIT.failed
  } finally {
    await db.destroy()
  }
}

interface Arguments {
  readonly help: boolean
  readonly replace: boolean
  readonly seed: string | undefined
  readonly folder: string | undefined
}

function readArguments(args: string[]): Arguments | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        seed: { type: 'string' },
        folder: { type: 'string' },
        replace: { type: 'boolean' },
      },
    })
    if (values.seed === '') return '--seed needs a text'
    return {
      help: values.help ?? false,
      replace: values.replace ?? false,
      seed: values.seed,
      folder: values.folder,
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
