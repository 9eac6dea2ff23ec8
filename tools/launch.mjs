// The way in for every npm script. Runs on the machine's own Node with nothing installed: it installs
// what package-lock.json names, builds what changed, and hands over to the pinned Node.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { run } from './children.mjs'
import { ensureInstalled } from './install.mjs'
import { distDir, Refusal, root } from './paths.mjs'
import { childEnvironment, pinnedNode } from './pinned-node.mjs'

async function runBuilt(file, args) {
  await ensureBuilt()
  const script = join(distDir, file)
  if (!existsSync(script)) throw new Refusal(`there is no ${file} to run: its source does not exist yet`)
  return run(pinnedNode(), ['--enable-source-maps', script, ...args], { cwd: root, env: childEnvironment() })
}

const commands = {
  start: (args) => runBuilt('cli.js', ['serve', ...args]),
  dev: async (args) => (await import('./dev.mjs')).dev(args),
  build: async () => {
    await ensureBuilt()
    return 0
  },
  bench: (args) => runBuilt('bench.js', args),
  'db-types': (args) => runBuilt('cli.js', ['db-types', ...args]),
  check: async () => (await import('./test.mjs')).check(),
  test: async (args) => (await import('./test.mjs')).test(args),
}

async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (command === undefined) throw new Refusal(`use one of: ${Object.keys(commands).join(', ')}`)
  await ensureInstalled()
  return command(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`clearway: ${error.message}\n`)
  process.exitCode = 1
}
