import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const findOnPath = (names) => {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      if (folder !== '' && isProgram(join(folder, name))) return join(folder, name)
    }
  }
  return null
}

const hasServer = (folder) => ['postgres', 'initdb'].every((name) => isProgram(join(folder, name)))

const debianVersions = () => {
  const home = '/usr/lib/postgresql'
  if (!existsSync(home)) return []
  return readdirSync(home)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(home, version, 'bin'))
}

/** The folder holding `postgres` and `initdb`, or null. CLEARWAY_POSTGRES_BIN picks another version. */
export function findPostgresBin() {
  const chosen = process.env.CLEARWAY_POSTGRES_BIN
  if (chosen !== undefined && chosen !== '') return hasServer(chosen) ? chosen : null
  const onPath = findOnPath(['postgres'])
  const folders = [
    ...debianVersions(),
    ...(onPath === null ? [] : [dirname(onPath)]),
    '/usr/local/bin',
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ]
  return folders.find(hasServer) ?? null
}

/** The virus scanner's server, or null. CLEARWAY_CLAMD picks another. */
export function findClamd() {
  const chosen = process.env.CLEARWAY_CLAMD
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : null
  const known = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/opt/homebrew/sbin/clamd']
  return findOnPath(['clamd']) ?? known.find(isProgram) ?? null
}

/** Poppler's reader of a PDF's structure (`pdfinfo`), of its words (`pdftotext`), or the checker `qpdf`; or null. */
export const findPdfTool = (name) => findOnPath([name])

/** A Chromium or Chrome already on the machine, or null. CLEARWAY_CHROMIUM picks another. */
export function findChromium() {
  const chosen = process.env.CLEARWAY_CHROMIUM
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : null
  const mac = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  return (
    findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']) ??
    mac.find(isProgram) ??
    null
  )
}
