import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

/** The `data` folder beside this file's project, whether run from source or from the bundle in `dist`. */
function dataFolder(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const data = path.join(folder, 'data')
    if (existsSync(path.join(data, 'settings'))) return data
    if (folder === path.dirname(folder))
      throw new Error('the data folder is missing: the download is not whole')
  }
}

/** A table of open data, by its path under `data/`: see the README beside it for source and licence. */
export const readTable = (name: string): Record<string, string>[] =>
  parse(readFileSync(path.join(dataFolder(), name)), { columns: true, bom: true }) as Record<string, string>[]
