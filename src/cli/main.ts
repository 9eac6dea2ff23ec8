import { BadConfig } from '../platform/config.ts'
import type { Io } from './io.ts'

interface Command {
  readonly summary: string
  readonly run: () => Promise<(args: string[], io: Io) => Promise<number>>
}

const commands: Readonly<Record<string, Command>> = {
  serve: {
    summary: 'serve the site (creates the training authority the first time)',
    run: async () => (await import('./serve.ts')).runServe,
  },
  demo: {
    summary: 'make or remake the training authority',
    run: async () => (await import('./demo.ts')).runDemo,
  },
  migrate: {
    summary: 'bring the database up to this version',
    run: async () => (await import('./migrate.ts')).runMigrate,
  },
  authority: {
    summary: 'set up the authority this database is for, or show it',
    run: async () => (await import('./authority.ts')).runAuthority,
  },
  clock: {
    summary: 'work out deadlines from facts (JSON Lines in, JSON Lines out)',
    run: async () => (await import('./clock.ts')).runClock,
  },
  words: {
    summary: 'mark words that do not bind (lines or JSON Lines in, JSON Lines out)',
    run: async () => (await import('./words.ts')).runWords,
  },
  rules: {
    summary: 'list the law this program knows, as at a date',
    run: async () => (await import('./rules.ts')).runRules,
  },
  table: {
    summary: 'the monthly table of requests, decisions and plans, as at a date',
    run: async () => (await import('./table.ts')).runTable,
  },
  deadlines: {
    summary: 'rebuild the cache of deadlines, or check it against the facts',
    run: async () => (await import('./deadlines.ts')).runDeadlines,
  },
  verify: {
    summary: 'check the chain of case history and of the access log',
    run: async () => (await import('./verify.ts')).runVerify,
  },
  backup: {
    summary: 'write the whole record to a file',
    run: async () => (await import('./backup.ts')).runBackup,
  },
  restore: {
    summary: 'make a database from a backup file',
    run: async () => (await import('./restore.ts')).runRestore,
  },
  'sign-in': {
    summary: 'set which claims of the staff’s provider give which role; end sessions',
    run: async () => (await import('./sign-in.ts')).runSignIn,
  },
  'db-types': {
    summary: 'for developers: write the tables as TypeScript',
    run: async () => (await import('./db-types.ts')).runDbTypes,
  },
}

const help = (): string =>
  `Clearway: SEND casework in which every date is computed from facts and law.

Usage: clearway <command> [options]      clearway <command> --help

${Object.entries(commands)
  .map(([name, command]) => `  ${name.padEnd(11)}${command.summary}`)
  .join('\n')}

Exit codes: 0 done, 1 could not be done, 2 done in part (what was left out is named on standard error).
`

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2)
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    today: Temporal.Now.plainDateISO('Europe/London').toString(),
  }
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    io.stdout.write(help())
    return name ? 0 : 1
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    io.stderr.write(`There is no command "${name}".\n\n${help()}`)
    return 1
  }
  try {
    const run = await command.run()
    return await run(args, io)
  } catch (error) {
    const known =
      error instanceof BadConfig ||
      (error instanceof Error && ['FolderInUse', 'MigrationMismatch'].includes(error.name))
    io.stderr.write(
      `clearway ${name}: ${error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
    )
    return 1
  }
}

// A reader that stops early (head, less) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

process.exitCode = await main()
