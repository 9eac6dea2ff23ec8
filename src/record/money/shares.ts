/** Who bears a cost, in whole per cent that make a hundred. */
export interface Shares {
  readonly education: number
  readonly health: number
  readonly socialCare: number
}
export const EDUCATION_ONLY: Shares = { education: 100, health: 0, socialCare: 0 }

/**
 * A sum split by shares, to the penny: each gets its whole pennies, and what is left over goes one at a time to the largest
 * remainders, education before health before social care where two are equal. The parts always make the whole.
 */
export function splitByShares(pence: number, shares: Shares): Shares {
  const sign = pence < 0 ? -1 : 1
  const names = ['education', 'health', 'socialCare'] as const
  const exact = names.map((name) => Math.abs(pence) * shares[name])
  const parts = exact.map((one) => Math.floor(one / 100))
  let left = Math.abs(pence) - parts.reduce((sum, one) => sum + one, 0)
  for (const { index } of exact
    .map((one, index) => ({ index, rest: one % 100 }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (left === 0) break
    parts[index]! += 1
    left -= 1
  }
  return { education: sign * parts[0]!, health: sign * parts[1]!, socialCare: sign * parts[2]! }
}
