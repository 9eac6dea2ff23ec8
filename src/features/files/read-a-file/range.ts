/** The bytes asked for, both ends included; undefined for the whole; `none-such` when they are past the end. */
export function readRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | undefined | 'none-such' {
  // More than one range, or a unit we do not know, may be answered with the whole.
  const asked = header === undefined ? undefined : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header)
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined
  if (asked[1] === '') {
    const last = Number(asked[2])
    return last === 0 || size === 0 ? 'none-such' : { start: Math.max(0, size - last), end: size - 1 }
  }
  const start = Number(asked[1])
  const end = asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)
  if (start >= size) return 'none-such'
  return end < start ? undefined : { start, end }
}
