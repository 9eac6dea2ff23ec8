/** One case made ready to read: the facts known on the as-at day, in order, numbered by kind. The
 *  buffers are kept between cases so that reading a case allocates nothing; nothing outside holds them. */
import { iso, type PlainDate } from '../calendar/plain-date.ts'
import type { Fact } from '../facts.ts'
import { codeOf, OTHER, PLANNABLE } from './kinds.ts'

export interface CaseFacts {
  /** How many facts are known. */
  count: number
  asAt: PlainDate
  readonly facts: Fact[]
  kinds: Uint8Array
  /** Bits worked out from several facts together: see assessment-instances.ts. */
  flags: Uint16Array
  /** Which assessment a fact belongs to; -1 for none. */
  instances: Int16Array
  hasClaims: boolean
}

const scratch: CaseFacts = {
  count: 0,
  asAt: 0 as PlainDate,
  facts: [],
  kinds: new Uint8Array(256),
  flags: new Uint16Array(256),
  instances: new Int16Array(256),
  hasClaims: false,
}

/** Known on the as-at day: recorded by then, and happened by then unless of a plannable kind. A fact
 *  without recordedOn is taken to have been recorded on its own day, a plannable one before it.
 *  A fact whose day is not known (precision month or year) is evidence only. */
function isKnown(fact: Fact, kind: number, asAt: PlainDate): boolean {
  if (kind === OTHER) return false
  if (fact.precision !== undefined && fact.precision !== 'day') return false
  if (fact.recordedOn !== undefined && fact.recordedOn > asAt) return false
  return fact.on <= asAt || PLANNABLE[kind] === 1
}

/** Reads the facts known on the as-at day into the shared buffers, in order of day, then kind. */
export function readCase(facts: readonly Fact[], asAt: PlainDate): CaseFacts {
  if (scratch.kinds.length < facts.length) grow(facts.length)
  scratch.asAt = asAt
  scratch.hasClaims = false
  let count = 0
  for (let index = 0; index < facts.length; index++) {
    const fact = facts[index]!
    const kind = codeOf(fact.kind)
    if (isKnown(fact, kind, asAt) && insert(fact, kind, count)) count++
  }
  scratch.count = count
  return scratch
}

/** Insertion sort: histories usually arrive in order. False for an exact duplicate, which is left out. */
function insert(fact: Fact, kind: number, count: number): boolean {
  const { facts, kinds } = scratch
  let at = count
  while (at > 0) {
    const order = compare(facts[at - 1]!, kinds[at - 1]!, fact, kind)
    if (order === 0) return false
    if (order < 0) break
    at--
  }
  for (let from = count; from > at; from--) {
    facts[from] = facts[from - 1]!
    kinds[from] = kinds[from - 1]!
  }
  facts[at] = fact
  kinds[at] = kind
  return true
}

function compare(a: Fact, aKind: number, b: Fact, bKind: number): number {
  if (a.on !== b.on) return a.on - b.on
  if (aKind !== bKind) return aKind - bKind
  return (
    text(a.head, b.head) ||
    text(a.adviser, b.adviser) ||
    text(a.setting, b.setting) ||
    text(a.process, b.process) ||
    text(a.id, b.id) ||
    text(canonical(a), canonical(b))
  )
}

function text(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  return (a ?? '') < (b ?? '') ? -1 : 1
}

/** The same facts whatever order their attributes were written in. */
function canonical(fact: Fact): string {
  return JSON.stringify(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Are these the same fact, word for word? */
export function isSameFact(a: Fact, b: Fact): boolean {
  return a.on === b.on && a.kind === b.kind && canonical(a) === canonical(b)
}

/** "2025-01-06 request_received", for messages. */
export function nameFact(fact: Fact): string {
  return `${iso(fact.on)} ${fact.kind}`
}

function grow(length: number): void {
  scratch.kinds = new Uint8Array(length * 2)
  scratch.flags = new Uint16Array(length * 2)
  scratch.instances = new Int16Array(length * 2)
}
