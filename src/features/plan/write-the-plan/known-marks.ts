import { createHash } from 'node:crypto'
import { marksOfPart, type PartMark, type PlanPart } from '../../../record/plan/index.ts'

/**
 * Marks already found for the same words in the same place: reading a plan of forty pages again takes a tenth of a second, and
 * nearly every part of it is as it was. Kept in memory by the hash of the words, never by whose they are.
 */
const known = new Map<string, readonly Omit<PartMark, 'partId'>[]>()
const KEPT_AT_MOST = 20_000

function marksOf(part: PlanPart): readonly PartMark[] {
  const { partId, section, kind, slot, content } = part
  const key = createHash('sha256')
    .update(JSON.stringify([section, kind, slot, content]))
    .digest('base64')
  let found = known.get(key)
  if (!found) {
    found = marksOfPart(part).map(({ partId: _, ...mark }) => mark)
    if (known.size >= KEPT_AT_MOST) known.clear()
    known.set(key, found)
  }
  return found.map((mark) => ({ ...mark, partId }))
}

/** The marks on a whole plan, in reading order. */
export const knownMarks = (parts: readonly PlanPart[]): readonly PartMark[] => parts.flatMap(marksOf)
