/** Chances that come out the same for the same seed (mulberry32): a failing run can be run again. */
export interface Chances {
  readonly seed: number
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number
  pick<T>(items: readonly T[]): T
}

export function chances(
  seed = Number(process.env['CLEARWAY_SEED'] ?? Math.floor(Math.random() * 2 ** 31)),
): Chances {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (below: number): number => Math.floor(next() * below)
  return { seed, number, pick: (items) => items[number(items.length)]! }
}
