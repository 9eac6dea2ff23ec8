import { readFileSync, writeFileSync } from 'node:fs'
import { installSystemPackage, mayInstallSystemPackages } from './apt.mjs'
import { say } from './paths.mjs'
import { findChromium, findClamd, findPdfTool, findPostgresBin } from './programs.mjs'

const install = (name) => installSystemPackage(name, 'for the tests')

/** Debian's package would start a cluster of its own at once; the tests start theirs. */
function keepDebianFromMakingACluster() {
  const file = '/etc/postgresql-common/createcluster.conf'
  try {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/^#?\s*create_main_cluster\b.*$/m, 'create_main_cluster = false'))
  } catch {
    // not Debian's packaging: nothing to hold back
  }
}

async function provide(name, find, installIt) {
  if (find() !== null) return true
  if (mayInstallSystemPackages()) await installIt()
  if (find() !== null) return true
  const why = mayInstallSystemPackages()
    ? 'apt-get could not install it'
    : 'it is not installed, and only root may install it here'
  say(`NO ${name}: ${why}`)
  return false
}

export const providePostgres = () =>
  provide('PostgreSQL server', findPostgresBin, async () => {
    if (await install('postgresql-common')) keepDebianFromMakingACluster()
    await install('postgresql')
  })

/** Without its signatures: the public ones need a download, and the tests bring one of their own. */
export const provideClamd = () => provide('virus scanner (clamd)', findClamd, () => install('clamav-daemon'))

export const provideChromium = () => provide('Chromium', findChromium, () => install('chromium'))

/** What reads a PDF back as others would: its structure, its words, and whether its parts fit together. */
export const providePdfTools = () =>
  provide(
    'PDF readers (poppler-utils and qpdf)',
    () => findPdfTool('pdfinfo') && findPdfTool('pdftotext') && findPdfTool('qpdf'),
    async () => {
      await install('poppler-utils')
      await install('qpdf')
    },
  )
