const SIGN = Buffer.from('/Type /Catalog')

/**
 * Asks readers to show the document's title in the window, and not its file name: PDF/UA wants it, and the compiler does not write
 * it. The catalog is the last thing before the table of places, so that no place in the table moves; where it is not, the file is
 * left as it is, and a test says so.
 */
export function showTitle(made: Uint8Array): Uint8Array {
  const pdf = Buffer.from(made.buffer, made.byteOffset, made.byteLength)
  const table = pdf.lastIndexOf('\nxref\n') + 1
  const preferences = pdf.lastIndexOf('/ViewerPreferences <<')
  const catalog = pdf.lastIndexOf(SIGN)
  const start = pdf.lastIndexOf('startxref\n')
  if (table <= 0 || preferences < 0 || catalog < 0 || catalog > table || start < table) return made
  const between = pdf.subarray(Math.min(catalog, preferences), table)
  if (between.indexOf('endobj') !== between.lastIndexOf('endobj')) return made
  const at = preferences + '/ViewerPreferences <<'.length
  const added = Buffer.from('\n    /DisplayDocTitle true')
  // A copy of its own: what Node joins lies in memory shared with other things, and could not be handed over.
  return new Uint8Array(
    Buffer.concat([
      pdf.subarray(0, at),
      added,
      pdf.subarray(at, start),
      Buffer.from(`startxref\n${table + added.length}\n%%EOF`),
    ]),
  )
}
