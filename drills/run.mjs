// node drills/run.mjs kill-server [options]: bundles the drill and its programs, then runs it.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildPrograms } from './build.mjs'

const drills = { 'kill-server': { module: 'drills/kill-server.ts', run: 'runKillServer' } }
const [name, ...args] = process.argv.slice(2)
const drill = Object.hasOwn(drills, name ?? '') ? drills[name] : undefined
if (!drill) {
  process.stderr.write(`use one of: ${Object.keys(drills).join(', ')}\n`)
  process.exitCode = 1
} else {
  const folder = await buildPrograms({ drill: drill.module }, name)
  const module = await import(pathToFileURL(join(folder, 'drill.js')))
  process.exitCode = await module[drill.run](args)
}
