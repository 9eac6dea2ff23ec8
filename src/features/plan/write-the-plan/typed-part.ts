import type { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import {
  isPlanSection,
  KINDS_IN,
  marksOfPart,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
} from '../../../record/plan/index.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { loadSaves, type SavedPart } from '../the-plan/index.ts'
import { findSlot, type PlanInHand } from './queries.ts'
import type { PartAddress } from './save-part.ts'
import { LISTS, type ReadPart, SLOTS, schemas } from './schemas.ts'
import { partWords } from './show-part.tsx'

const NEW = /^new-(need|outcome|provision|budget|appendix)$/
const TEXT = /^text-([a-z-]{1,30})$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The part an address names: a new one of a kind, the text of a question, or one that is there, even if it was taken away. */
export const addressOf = async (
  trx: Trx,
  hand: PlanInHand,
  section: PlanSection,
  name: string,
  from: number | null,
): Promise<PartAddress | undefined> => {
  const kind = NEW.exec(name)?.[1] as PlanPartKind | undefined
  if (kind)
    return KINDS_IN[section].includes(kind)
      ? { section, kind, slot: null, partId: null, from, saves: [] }
      : undefined
  const slot = TEXT.exec(name)?.[1]
  if (slot !== undefined && !SLOTS[section].some((one) => one.slot === slot)) return undefined
  const partId = slot === undefined ? name : await findSlot(trx, hand.plan.id, section, slot)
  if (partId === undefined) return { section, kind: 'text', slot: slot!, partId: null, from, saves: [] }
  if (!UUID.test(partId)) return undefined
  const saves = await loadSaves(trx, hand.plan.id, partId)
  const [newest] = saves
  return newest?.section === section
    ? { section, kind: newest.kind, slot: newest.slot, partId, from, saves }
    : undefined
}

/** A part's form, read by the schema of its kind. */
export const readTyped = (context: Context, kind: PlanPartKind) =>
  parseForm(
    schemas[kind] as unknown as z.ZodType<ReadPart>,
    context.form,
    Object.fromEntries(LISTS[kind].map((list) => [list, context.formAll(list)])),
  )

/** What was typed with their words added under it: both are kept, and the person puts them together. */
export const joined = (context: Context, theirs: SavedPart): TypedForm => {
  const mine = context.form['words'] ?? ''
  const other = partWords(theirs)
  const both = mine.includes(other) ? mine : `${mine}\n\n${other}`
  return {
    value: (name) => (name === 'words' ? both : (context.form[name] ?? '')),
    values: (name) => context.formAll(name),
    errors: [],
  }
}

/** The marks on words still being typed, for the page's script. Nothing is read or written: the words come with the question. */
export function marksWhileTyping(context: Context): unknown {
  const { section = '', kind = '', slot = '' } = context.form
  if (!isPlanSection(section) || !(kind in schemas) || kind === 'placement') return []
  const read = readTyped(context, kind as PlanPartKind)
  if (!read.ok) return []
  const { typedSources: _, ...content } = read.value
  return marksOfPart({
    partId: '',
    section,
    kind,
    slot: slot || null,
    position: 0,
    content,
  } as unknown as PlanPart).map(({ words, reason, better }) => ({ words, reason, better }))
}
