/** Seeded chance: the same seed gives the same numbers on every machine (sfc32, integers only until the last step). */
export interface Chance {
  /** 0 up to, not including, 1. */
  next(): number
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number
  is(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** An item by weight. */
  weighted<T>(items: readonly (readonly [T, number])[]): T
  uuid(): string
}

/** Four 32-bit numbers from a text (the xmur3 mix). */
function mix(text: string): () => number {
  let h = 1779033703 ^ text.length
  for (let index = 0; index < text.length; index++) {
    h = Math.imul(h ^ text.charCodeAt(index), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return h >>> 0
  }
}

/** 128 bits of a text (cyrb128). A stream starts from 32 bits alone: two names may share one, and their ids must still differ. */
function wideMix(text: string): readonly [number, number, number, number] {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  return [a, b, c, d]
}

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/**
 * Chance for one thing, named. Each child, family and month has a stream of its own, so that adding a detail to one
 * never changes another.
 */
export function chanceFor(seed: string, ...name: readonly (string | number)[]): Chance {
  const full = `${seed}\u0000${name.join('\u0000')}`
  const start = mix(full)
  let a = start()
  let b = start()
  let c = start()
  let d = start()
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let warm = 0; warm < 8; warm++) word()
  const next = (): number => word() / 4294967296
  return {
    next,
    between: (low, high) => (high <= low ? low : low + Math.floor(next() * (high - low + 1))),
    is: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted: (items) => {
      let total = 0
      for (const [, weight] of items) total += weight
      let at = next() * total
      for (const [item, weight] of items) {
        at -= weight
        if (at < 0) return item
      }
      return items[items.length - 1]![0]
    },
    uuid: () => {
      const bytes: number[] = []
      for (const own of wideMix(full)) {
        const value = (word() ^ own) >>> 0
        bytes.push(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
      }
      bytes[6] = (bytes[6]! & 0x0f) | 0x40
      bytes[8] = (bytes[8]! & 0x3f) | 0x80
      const hex = bytes.map((byte) => HEX[byte]!).join('')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}

/** The id of a named thing: the same for the same seed and name. */
export const idFor = (seed: string, ...name: readonly (string | number)[]): string =>
  chanceFor(seed, 'id', ...name).uuid()
