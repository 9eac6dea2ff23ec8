import { parseDate } from '../calendar/plain-date.ts'
import { FACT_KINDS, FACT_SPECIFICATIONS, type Fact, type FactKind, isFactKind } from '../facts.ts'
import { ATTRIBUTES, type AttributeName, type AttributeType } from './attributes.ts'
import { nearest } from './nearest.ts'

export type ParsedFact =
  | { readonly ok: true; readonly fact: Fact }
  | { readonly ok: false; readonly field: string; readonly reason: string }

type Refusal = { readonly ok: false; readonly field: string; readonly reason: string }
type Value = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }

const PRECISIONS = ['day', 'month', 'year']

/** Reads one recorded fact from JSON. Refuses, in plain English and naming the field, an unknown kind,
 *  a date that is not real, an attribute with a wrong value or a required attribute left out. Attributes
 *  nobody declared (a note, say) are allowed and left out of the answer. */
export function parseFact(raw: unknown): ParsedFact {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return refuse('fact', 'Each fact must be an object with a kind and a date')
  }
  const record = raw as Record<string, unknown>
  const { kind } = record
  if (typeof kind !== 'string' || kind === '') return refuse('kind', 'Say what kind of fact this is')
  if (!isFactKind(kind)) return refuse('kind', unknownKind(kind))
  const fact: Record<string, unknown> = { kind }
  const refusal = readFrame(record, fact) ?? readAttributes(kind, record, fact)
  if (refusal !== null) return refusal
  const missing = FACT_SPECIFICATIONS[kind].required?.find((name) => fact[name] === undefined)
  if (missing !== undefined)
    return refuse(missing, `A ${kind} fact needs ${missing}: ${ATTRIBUTES[missing].meaning}`)
  return { ok: true, fact: fact as unknown as Fact }
}

function readFrame(record: Record<string, unknown>, fact: Record<string, unknown>): Refusal | null {
  const { on, recordedOn, precision } = record
  if (!isGiven(on)) return refuse('on', 'Say on which day it happened, as yyyy-mm-dd')
  const happened = readDate(on)
  if (!happened.ok) return refuse('on', happened.reason)
  Object.assign(fact, { on: happened.value })
  if (isGiven(recordedOn)) {
    const recorded = readDate(recordedOn)
    if (!recorded.ok) return refuse('recordedOn', recorded.reason)
    Object.assign(fact, { recordedOn: recorded.value })
  }
  for (const name of ['id', 'process']) {
    const value = record[name]
    if (!isGiven(value)) continue
    if (typeof value !== 'string' && typeof value !== 'number') return refuse(name, 'Must be text')
    fact[name] = String(value)
  }
  if (!isGiven(precision)) return null
  if (typeof precision !== 'string' || !PRECISIONS.includes(precision)) {
    return refuse('precision', 'Must be day, month or year')
  }
  Object.assign(fact, { precision })
  return null
}

function readAttributes(
  kind: FactKind,
  record: Record<string, unknown>,
  fact: Record<string, unknown>,
): Refusal | null {
  const specification = FACT_SPECIFICATIONS[kind]
  const names = [...(specification.required ?? []), ...(specification.optional ?? [])]
  for (const name of names) {
    const given = record[name]
    if (!isGiven(given)) continue
    const read = readValue(ATTRIBUTES[name as AttributeName], given)
    if (!read.ok) return refuse(name, read.reason)
    fact[name] = read.value
  }
  return null
}

function readValue(attribute: AttributeType, given: unknown): Value {
  switch (attribute.type) {
    case 'date':
      return readDate(given)
    case 'text':
      return typeof given === 'string' ? { ok: true, value: given } : wrong('Must be text')
    case 'yes-no':
      return typeof given === 'boolean' ? { ok: true, value: given } : wrong('Must be true or false')
    case 'number':
      return Number.isInteger(given) ? { ok: true, value: given } : wrong('Must be a whole number')
    case 'list':
      return Array.isArray(given) && given.every((item) => typeof item === 'string')
        ? { ok: true, value: given }
        : wrong('Must be a list of texts')
    case 'one-of':
      return typeof given === 'string' && attribute.values.includes(given)
        ? { ok: true, value: given }
        : wrong(`${JSON.stringify(given)} is not one of: ${attribute.values.join(', ')}`)
  }
}

function readDate(given: unknown): Value {
  if (typeof given !== 'string') return wrong('Must be a date written yyyy-mm-dd, in quotation marks')
  const on = parseDate(given)
  return on === null
    ? wrong(`${JSON.stringify(given)} is not a real date written yyyy-mm-dd`)
    : { ok: true, value: on }
}

function unknownKind(kind: string): string {
  const close = nearest(kind, FACT_KINDS, 3)
  const hint = close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : ''
  return `${JSON.stringify(kind)} is not a kind of fact.${hint}`
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

function refuse(field: string, reason: string): Refusal {
  return { ok: false, field, reason }
}

function wrong(reason: string): Value {
  return { ok: false, reason }
}
