import { type FactKind, iso, type PlainDate } from '../src/law/index.ts'
import { openOnOrAfter, plus } from './days.ts'
import { type Chance, chanceFor } from './random.ts'
import type { EventRow } from './rows.ts'

export interface Told {
  readonly kind: FactKind
  readonly on: PlainDate
  readonly payload?: Readonly<Record<string, unknown>>
  readonly process: string
  readonly by: string
  /** The day it was keyed, where it is not the usual same or next working day. */
  readonly recordedOn?: PlainDate
  readonly onBehalfOf?: string
}

interface Line extends Told {
  readonly order: number
  readonly id: string
  readonly supersedes: string | null
  readonly why: string | null
}

/** A child's history as it is told, to be set down in the order it was keyed. */
export class History {
  readonly #lines: Line[] = []
  readonly #chance: Chance
  readonly #childId: string

  constructor(seed: string, childId: string, childNumber: number) {
    this.#childId = childId
    this.#chance = chanceFor(seed, 'history', childNumber)
  }

  /** @returns the id of the line, for what refers to it */
  tell(told: Told): string {
    const id = this.#chance.uuid()
    this.#lines.push({ ...told, order: this.#lines.length, id, supersedes: null, why: null })
    return id
  }

  /** What was keyed wrongly first, and put right on a later day with the reason. */
  tellCorrected(
    wrong: Told & { readonly recordedOn: PlainDate },
    right: Told & { readonly recordedOn: PlainDate },
    why: string,
  ): string {
    const first = this.tell(wrong)
    const id = this.#chance.uuid()
    this.#lines.push({ ...right, order: this.#lines.length, id, supersedes: first, why })
    return id
  }

  /** The lines known by the end of a day, as rows, in the order they were keyed. */
  rows(asAt: PlainDate): EventRow[] {
    let last = Number.NEGATIVE_INFINITY
    const keyed = this.#lines
      .toSorted((a, b) => a.on - b.on || a.order - b.order)
      .map((line) => {
        // One thing is not keyed before what led to it.
        const usual = Math.max(last, openOnOrAfter(plus(line.on, this.#lag()))) as PlainDate
        if (line.recordedOn === undefined) last = usual
        return { line, recordedOn: line.recordedOn ?? usual }
      })
      .filter(({ line, recordedOn }) => recordedOn <= asAt && line.on > Number.NEGATIVE_INFINITY)
      .toSorted((a, b) => a.recordedOn - b.recordedOn || a.line.order - b.line.order)
    const kept = new Set(keyed.map(({ line }) => line.id))
    return keyed
      .filter(({ line }) => line.supersedes === null || kept.has(line.supersedes))
      .map(({ line, recordedOn }, index) => ({
        id: line.id,
        child_id: this.#childId,
        process_id: line.process,
        kind: line.kind,
        happened_on: iso(line.on),
        recorded_on: iso(recordedOn),
        recorded_at: `${iso(recordedOn)}T${String(9 + (index % 8)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}:00Z`,
        recorded_by: line.by,
        on_behalf_of: line.onBehalfOf ?? null,
        payload: withoutEmpty(line.payload ?? {}),
        supersedes: line.supersedes,
        why: line.why,
      }))
  }

  #lag(): number {
    const roll = this.#chance.next()
    return roll < 0.6 ? 0 : roll < 0.88 ? 1 : this.#chance.between(2, 4)
  }
}

const withoutEmpty = (payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined && value !== null))
