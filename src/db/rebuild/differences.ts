import type { Cached, DeadlineColumns, ProcessCaches } from './caches.ts'

/** One value in the caches that the facts do not give. Held or computed is undefined where a whole row is missing. */
export interface Difference {
  /** The process's reference: it names no child. */
  readonly reference: string
  readonly column: string
  readonly held: unknown
  readonly computed: unknown
}

const sameKey = (row: DeadlineColumns): string => `${row.rule} ${row.occurrence}`

function between(
  reference: string,
  prefix: string,
  held: Readonly<Record<string, unknown>>,
  computed: Readonly<Record<string, unknown>>,
): Difference[] {
  return Object.keys(computed)
    .filter((column) => held[column] !== computed[column])
    .map((column) => ({
      reference,
      column: `${prefix}${column}`,
      held: held[column],
      computed: computed[column],
    }))
}

/** Where the columns of the process itself differ. */
export const columnDifferences = ({ reference, held, computed }: ProcessCaches): Difference[] =>
  between(reference, '', held.columns, computed.columns)

/** Where its rows in the deadline table differ. */
export function deadlineDifferences({ reference, held, computed }: ProcessCaches): Difference[] {
  const byKey = (cached: Cached): Map<string, DeadlineColumns> =>
    new Map(cached.deadlines.map((row) => [sameKey(row), row]))
  const [heldRows, computedRows] = [byKey(held), byKey(computed)]
  const keys = new Set([...computedRows.keys(), ...heldRows.keys()])
  return [...keys].flatMap((key) => {
    const [one, other] = [heldRows.get(key), computedRows.get(key)]
    if (one === undefined || other === undefined) {
      return [{ reference, column: `deadline ${key}`, held: one && 'a row', computed: other && 'a row' }]
    }
    return between(reference, `deadline ${key} `, { ...one }, { ...other })
  })
}
