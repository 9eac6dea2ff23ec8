#!/usr/bin/env node
// `npx clearway …` in a checkout: standard input, output and exit code are those of the command itself.
import { join } from 'node:path'
import { ensureBuilt } from '../tools/build.mjs'
import { run } from '../tools/children.mjs'
import { ensureInstalled } from '../tools/install.mjs'
import { distDir, Refusal } from '../tools/paths.mjs'
import { childEnvironment, pinnedNode } from '../tools/pinned-node.mjs'

try {
  await ensureInstalled()
  await ensureBuilt()
  const args = ['--enable-source-maps', join(distDir, 'cli.js'), ...process.argv.slice(2)]
  process.exitCode = await run(pinnedNode(), args, { env: childEnvironment() })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`clearway: ${error.message}\n`)
  process.exitCode = 1
}
