/** Type used instead of GDS Transport, which is licensed for gov.uk domains alone. */
export const fontFamily = '"Helvetica Neue", Helvetica, Arial, sans-serif'

/** Joins the official style sheets and ours into one, without the crest and the licensed font.
 *  `pictures` gives the hashed address of each picture a sheet refers to. */
export function combineStyles(sheets: readonly string[], pictures: ReadonlyMap<string, string>): string {
  const joined = sheets
    .map((sheet) => sheet.replaceAll(/@charset "[^"]*";/gi, ''))
    .map((sheet) => sheet.replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, ''))
    .map((sheet) => sheet.replaceAll(/@font-face\s*\{[^}]*\}/g, ''))
    .map((sheet) =>
      sheet.replaceAll(/font-family:\s*GDS Transport,\s*arial,\s*sans-serif/gi, `font-family:${fontFamily}`),
    )
    .map((sheet) =>
      sheet.replaceAll(
        /(?:-webkit-)?(?:mask|background)-image:\s*url\(\/assets\/images\/govuk-crest\.svg\);?/g,
        '',
      ),
    )
    .join('\n')
  const withPictures = [...pictures].reduce(
    (sheet, [from, to]) => sheet.replaceAll(`url(${from})`, `url(${to})`),
    joined,
  )
  const unknown = /url\((?!\/assets\/[\w-]+\.[0-9a-f]{12}\.svg\)|data:)[^)]*\)/.exec(withPictures)
  if (unknown) throw new Error(`a style sheet asks for ${unknown[0]}, which is not served`)
  if (/GDS Transport/.test(withPictures)) throw new Error('a style sheet still asks for GDS Transport')
  return `@charset "UTF-8";${withPictures}`
}
