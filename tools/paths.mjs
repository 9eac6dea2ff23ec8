import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const cacheDir = join(root, '.cache')
export const distDir = join(root, 'dist')
export const modulesDir = join(root, 'node_modules')

/** Progress and advice go to standard error, so that standard output is the command's own. */
export const say = (line) => process.stderr.write(`clearway: ${line}\n`)

/** A failure whose message is all a person needs; shown without a stack. */
export class Refusal extends Error {}
