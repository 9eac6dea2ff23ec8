/** Money is whole pence everywhere: no fraction of a penny is ever kept, and none is lost. */

/** Reads "£1,234.50", "1234.5" or "40" as pence; null when it is not an amount of money with at most two decimal places. */
export function readPence(typed: string): number | null {
  const found = /^£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  if (!found) return null
  const pounds = Number(found[1]!.replaceAll(',', ''))
  return pounds > 9_999_999 ? null : pounds * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

/** Pence as people read them: "£1,234.50", "£40". A negative sum has its minus sign first. */
export function pounds(pence: number): string {
  const whole = Math.trunc(Math.abs(pence) / 100).toLocaleString('en-GB')
  const rest = Math.abs(pence) % 100
  return `${pence < 0 ? '−' : ''}£${whole}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`
}

/** Pence as a spreadsheet adds them up: "1234.50". */
export const decimalPounds = (pence: number): string =>
  `${pence < 0 ? '-' : ''}${Math.trunc(Math.abs(pence) / 100)}.${String(Math.abs(pence) % 100).padStart(2, '0')}`

/** A cell that a spreadsheet would run as a formula is kept as words: an apostrophe goes before it. Amounts are not words. */
export const asWords = (cell: string): string => (/^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
