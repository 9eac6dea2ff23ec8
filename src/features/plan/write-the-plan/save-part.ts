import { isDeepStrictEqual } from 'node:util'
import type { Trx } from '../../../db/viewer.ts'
import type { FieldError } from '../../../platform/routes.ts'
import {
  type PlanContentOf,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
  type PlanSource,
  planPartsOf,
  sourcesOf,
} from '../../../record/plan/index.ts'
import { changePart, type PartSaved, type PlanSaver, type SavedPart, savePart } from '../the-plan/index.ts'
import { labelsOf } from './names.ts'
import type { PlanInHand } from './queries.ts'
import { isDay, type ReadPart, voiceOf } from './schemas.ts'

/** Where a part is, or is to be; `from` is the version the person had before them, null for none. */
export interface PartAddress {
  readonly section: PlanSection
  readonly kind: PlanPartKind
  readonly slot: string | null
  readonly partId: string | null
  readonly from: number | null
  /** Every save of it, newest first; empty for a new one. */
  readonly saves: readonly SavedPart[]
}

/** A link can name only a part of the same plan. */
function onlyOwn(content: ReadPart, parts: readonly PlanPart[]): ReadPart {
  const own = (kind: PlanPartKind, ids: unknown): string[] =>
    ((ids ?? []) as string[]).filter((id) => parts.some((part) => part.kind === kind && part.partId === id))
  return {
    ...content,
    ...('needs' in content ? { needs: own('need', content.needs) } : {}),
    ...('outcomes' in content ? { outcomes: own('outcome', content.outcomes) } : {}),
    ...('lines' in content ? { lines: own('provision', content.lines) } : {}),
  } as ReadPart
}

/** What was read from the form as it is stored: links to this plan's own parts, and the sources it came with. */
export function contentOf(
  read: ReadPart,
  address: PartAddress,
  parts: readonly PlanPart[],
): PlanContentOf[PlanPartKind] {
  const { typedSources = [], ...content } = onlyOwn(read, parts)
  const before = address.saves[0]
  const fromAdvice: readonly PlanSource[] = before
    ? sourcesOf(before).filter((one) => one.advicePartId !== undefined)
    : []
  const voice = voiceOf(address.slot)
  if (address.kind === 'appendix') {
    const held = before?.kind === 'appendix' ? before.content : { releaseId: null, fileId: null }
    return { ...content, releaseId: held.releaseId, fileId: held.fileId } as PlanContentOf['appendix']
  }
  return {
    ...content,
    ...(address.kind === 'text' && voice ? { voice } : {}),
    ...(['text', 'need', 'outcome', 'provision'].includes(address.kind)
      ? { sources: [...fromAdvice, ...typedSources] }
      : {}),
  } as PlanContentOf[PlanPartKind]
}

const bare = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const begins = (day: string): string => (isDay(day) ? day : '0000-00-00')
const ends = (day: string): string => (isDay(day) ? day : '9999-99-99')

/** What only the whole plan can tell about a part: two primary needs, one line promised twice for the same days. */
export function meetsOthers(
  content: PlanContentOf[PlanPartKind],
  address: PartAddress,
  parts: readonly PlanPart[],
): readonly FieldError[] {
  const labels = labelsOf(parts)
  if (address.kind === 'need') {
    const need = content as PlanContentOf['need']
    const other = planPartsOf(parts, 'need').find(
      (one) => one.partId !== address.partId && need.rank !== null && one.content.rank === need.rank,
    )
    if (other)
      return [
        {
          field: 'rank',
          text: `${labels.get(other.partId)} is already the ${need.rank === 1 ? 'primary' : 'secondary'} need: change that one first`,
        },
      ]
  }
  if (address.kind === 'provision') {
    const line = content as PlanContentOf['provision']
    const twin = planPartsOf(parts, 'provision').find(
      (one) =>
        one.partId !== address.partId &&
        one.section === address.section &&
        bare(one.content.words) === bare(line.words) &&
        bare(one.content.who) === bare(line.who) &&
        begins(one.content.from) <= ends(line.until) &&
        begins(line.from) <= ends(one.content.until),
    )
    if (twin)
      return [
        {
          field: 'from',
          text: `${labels.get(twin.partId)} promises the same by the same person for some of these days. Change the dates so that they do not overlap, or change that line`,
        },
      ]
  }
  return []
}

/**
 * Saves a part, or gives back what somebody else saved first. A save that only moved the part, or says the very same, is not
 * in anybody's way.
 */
export async function saveInPlace(
  trx: Trx,
  hand: PlanInHand,
  address: PartAddress,
  content: PlanContentOf[PlanPartKind],
  by: PlanSaver,
): Promise<PartSaved> {
  const [newest] = address.saves
  if (!newest || address.partId === null)
    return savePart(
      trx,
      hand.plan,
      {
        section: address.section,
        kind: address.kind,
        ...(address.slot === null ? {} : { slot: address.slot }),
      },
      content,
      by,
    )
  const had = address.saves.find((one) => one.version === address.from)
  const isInTheWay =
    newest.version !== address.from &&
    !isDeepStrictEqual(newest.content, content) &&
    !(had && had.removed === newest.removed && isDeepStrictEqual(had.content, newest.content))
  return changePart(
    trx,
    hand.plan,
    address.partId,
    isInTheWay ? (address.from ?? -1) : newest.version,
    content,
    by,
  )
}

/** Puts a part before or after its neighbour of the same kind; does nothing at the end of the row. */
export async function movePart(
  trx: Trx,
  hand: PlanInHand,
  part: SavedPart,
  way: 'up' | 'down',
  by: PlanSaver,
): Promise<void> {
  const row = hand.parts.filter((one) => one.section === part.section && one.kind === part.kind)
  const at = row.findIndex((one) => one.partId === part.partId)
  const other = row[way === 'up' ? at - 1 : at + 1]
  if (!other) return
  // Two that share a place are told apart by the move.
  const [mine, theirs] =
    part.position === other.position
      ? [way === 'up' ? part.position : part.position + 1, way === 'up' ? other.position + 1 : other.position]
      : [other.position, part.position]
  await changePart(trx, hand.plan, part.partId, part.version, part.content, by, {
    position: mine,
    why: 'moved',
  })
  await changePart(trx, hand.plan, other.partId, other.version, other.content, by, {
    position: theirs,
    why: 'moved',
  })
}
