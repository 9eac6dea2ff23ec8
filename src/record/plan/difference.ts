import { EVERY, MODES, NEED_TYPES } from './code-sets.ts'
import {
  AGENCIES,
  type BudgetContent,
  type OutcomeContent,
  PFA_STRANDS,
  type PlacementContent,
  type PlanPart,
  type ProvisionContent,
} from './parts.ts'
import { minutesInWords } from './quantities.ts'
import { PLAN_SECTIONS, type PlanSection } from './sections.ts'
import { stretchesInCommon, type WordRun, wordDifference } from './word-difference.ts'

/** What became of one question of a part: long words run by run, short answers as they were and as they are. */
export type FieldDifference =
  | { readonly field: string; readonly runs: readonly WordRun[] }
  | { readonly field: string; readonly was: string; readonly now: string }

/** What became of one part. */
export interface PartDifference {
  readonly partId: string
  readonly section: PlanSection
  readonly how: 'added' | 'removed' | 'changed' | 'moved' | 'same'
  readonly before: PlanPart | null
  readonly after: PlanPart | null
  /** What changed within it; of one added or taken away, all that it says. */
  readonly fields: readonly FieldDifference[]
  /** It stands in another section than before, or in another place of its own. */
  readonly movedFrom: PlanSection | null
}

export interface SectionDifference {
  readonly section: PlanSection
  readonly parts: readonly PartDifference[]
}

/** How one plan became another: section by section, in the order of the newer one. */
export interface Difference {
  readonly sections: readonly SectionDifference[]
  readonly counts: Readonly<Record<PartDifference['how'], number>>
}

/**
 * What is different between two versions of a plan. A part is followed by its id, through changes of words and of place; one that
 * was taken away stands where it stood, so that the whole reads in order.
 */
export function differenceBetween(before: readonly PlanPart[], after: readonly PlanPart[]): Difference {
  const was = new Map(before.map((part) => [part.partId, part]))
  const now = new Map(after.map((part) => [part.partId, part]))
  const named = namesIn(before, after)
  const sections = PLAN_SECTIONS.map((section): SectionDifference => {
    const old = before.filter((part) => part.section === section)
    const current = after.filter((part) => part.section === section)
    const stayed = inPlace(
      old.filter((part) => now.get(part.partId)?.section === section),
      current.filter((part) => was.get(part.partId)?.section === section),
    )
    const gone = old.filter((part) => !now.has(part.partId))
    const parts = current.map((part): PartDifference => {
      const older = was.get(part.partId)
      if (!older) return whole(part, 'added', named)
      const fields = fieldsBetween(older, part, named)
      const hasMoved = older.section !== section || !stayed.has(part.partId)
      return {
        partId: part.partId,
        section,
        how: fields.length > 0 ? 'changed' : hasMoved ? 'moved' : 'same',
        before: older,
        after: part,
        fields,
        movedFrom: hasMoved ? older.section : null,
      }
    })
    return { section, parts: withGone(parts, gone, old, named) }
  })
  const counts = { added: 0, removed: 0, changed: 0, moved: 0, same: 0 }
  for (const part of sections.flatMap((one) => one.parts)) counts[part.how]++
  return { sections: sections.filter((one) => one.parts.length > 0), counts }
}

/** Is there nothing that a reader would call different? */
export const isUnchanged = ({ counts }: Difference): boolean =>
  counts.added + counts.removed + counts.changed + counts.moved === 0

const whole = (part: PlanPart, how: 'added' | 'removed', named: Names): PartDifference => ({
  partId: part.partId,
  section: part.section,
  how,
  before: how === 'removed' ? part : null,
  after: how === 'added' ? part : null,
  fields: saidBy(part, named).flatMap(([kind, field, value = '']): readonly FieldDifference[] =>
    value === '' || value === NO
      ? []
      : kind === 'words'
        ? [{ field, runs: [{ how, words: value }] }]
        : [{ field, was: how === 'removed' ? value : '', now: how === 'added' ? value : '' }],
  ),
  movedFrom: null,
})

/** Those that kept their order: of a line taken from the end to the front, the others have not moved. */
function inPlace(old: readonly PlanPart[], current: readonly PlanPart[]): ReadonlySet<string> {
  const ids = old.map((part) => part.partId)
  const kept = stretchesInCommon(
    ids,
    current.map((part) => part.partId),
  )
  return new Set(kept.flatMap(([at, , length]) => ids.slice(at, at + length)))
}

/** Puts each part that is gone after the one it followed. */
function withGone(
  parts: readonly PartDifference[],
  gone: readonly PlanPart[],
  old: readonly PlanPart[],
  named: Names,
): readonly PartDifference[] {
  const placed = [...parts]
  for (const part of gone) {
    const before = old.slice(0, old.indexOf(part)).map((one) => one.partId)
    const at = placed.findLastIndex((one) => before.includes(one.partId))
    placed.splice(at + 1, 0, whole(part, 'removed', named))
  }
  return placed
}

type Names = (ids: readonly string[] | undefined) => string
/** Parts are named to a reader by how they begin, never by an id. */
function namesIn(...versions: readonly (readonly PlanPart[])[]): Names {
  const names = new Map<string, string>()
  for (const part of versions.flat())
    names.set(part.partId, 'words' in part.content ? firstWords(part.content.words) : '')
  return (ids) => (ids ?? []).map((id) => `“${names.get(id) || 'a part that is gone'}”`).join(' and ')
}
const firstWords = (words: string | undefined): string => {
  const all = (words ?? '').trim().split(/\s+/)
  return all.length > 8 ? `${all.slice(0, 8).join(' ')}…` : all.join(' ')
}

type Said = readonly (
  | readonly ['words', string, (string | undefined)?]
  | readonly ['short', string, (string | undefined)?]
)[]

const words = (field: string, value: string | undefined) => ['words', field, value ?? ''] as const
const short = (field: string, value: string | null | undefined) => ['short', field, value ?? ''] as const

/** How often, as people say it: "once a fortnight", "3 times a week". */
export function oftenInWords(line: Pick<ProvisionContent, 'times' | 'count' | 'every'>): string {
  if (!line.every) return line.times ?? ''
  if (line.every === 'once') return `${line.times || line.count || '?'} in all`
  const every = EVERY[line.every]
  if (line.count === 1) return `once ${every}`
  if (line.count === 2) return `twice ${every}`
  return `${line.count ?? (line.times || '?')} times ${every}`
}

const lengthInWords = (line: ProvisionContent): string =>
  line.length || (line.minutes ? minutesInWords(line.minutes) : '')

const OFFERED = { asked: 'asked for', 'not-asked': 'not asked for', refused: 'refused' } as const
const FORMS = {
  named: 'names a setting',
  'type-only': 'gives a type only',
  otherwise: 'education otherwise than at a school or college',
} as const
const RANKS = { 1: 'the primary need', 2: 'the secondary need' } as const

const pounds = (pence: number | null | undefined): string =>
  pence === null || pence === undefined ? '' : `£${(pence / 100).toFixed(2)} a year`

/** Not worth saying of a line that is new or gone. */
const NO = 'no'

/** Everything a part says, question by question, as a reader would be told it. */
function saidBy(part: PlanPart, named: Names): Said {
  const cites =
    'sources' in part.content ? (part.content.sources ?? []).map((source) => source.cite).join('; ') : ''
  switch (part.kind) {
    case 'text':
      return [
        words('The words', part.content.words),
        short('Whose words', part.content.voice),
        short('How the views were gathered', part.content.gathered),
        short('Where it comes from', cites),
      ]
    case 'need':
      return [
        words('The words', part.content.words),
        words('What they can do now', part.content.strengths),
        short('Type of need', part.content.type === null ? '' : NEED_TYPES[part.content.type]),
        short('Place among the needs', part.content.rank === null ? '' : RANKS[part.content.rank]),
        short('Where it comes from', cites),
      ]
    case 'outcome':
      return outcomeSays(part.content, cites, named)
    case 'provision':
      return provisionSays(part.content, cites, named)
    case 'placement':
      return placementSays(part.content)
    case 'budget':
      return budgetSays(part.content, named)
    case 'appendix':
      return [
        short('Title', part.content.title),
        short('Written by', part.content.author),
        short('Dated', part.content.dated),
      ]
  }
}

/** Every answer a part gives, as a reader would be told it; parts it names are told by how they begin. */
export const answersOf = (
  part: PlanPart,
  parts: readonly PlanPart[],
): readonly { readonly field: string; readonly value: string }[] =>
  saidBy(part, namesIn(parts)).map(([, field, value = '']) => ({ field, value: value === NO ? '' : value }))

const outcomeSays = (content: OutcomeContent, cites: string, named: Names): Said => [
  words('The words', content.words),
  short('By when', content.byWhen),
  words('How we will know', content.measure),
  words('Steps on the way', content.steps),
  short('Needs it answers', named(content.needs)),
  short('Preparing for adulthood', content.pfa && PFA_STRANDS[content.pfa]),
  short('Where it comes from', cites),
]

const provisionSays = (content: ProvisionContent, cites: string, named: Names): Said => [
  words('The words', content.words),
  short('Who gives it', content.who),
  short('Their training', content.qualification),
  short('How it is given', content.mode && MODES[content.mode]),
  short('Size of the group', content.groupSize),
  short('How long each time', lengthInWords(content)),
  short('How often', oftenInWords(content)),
  short('For how long', content.forHowLong),
  short('Where', content.where),
  short('From', content.from),
  short('Until', content.until),
  short('When it is looked at again', content.review),
  short('Who arranges it', content.arrangedBy && AGENCIES[content.arrangedBy]),
  short('Who pays', content.fundedBy && AGENCIES[content.fundedBy]),
  short('Outcomes it works towards', named(content.outcomes)),
  short('Needs it answers', named(content.needs)),
  short('Preparing for adulthood', content.pfa && PFA_STRANDS[content.pfa]),
  short('It educates or trains', content.educatesOrTrains ? 'yes' : NO),
  short('Where it comes from', cites),
]

const placementSays = (content: PlacementContent): Said => [
  short('What section I says', FORMS[content.form]),
  short('Name', content.name),
  short('Type', content.type),
  words('Conditions', content.conditions),
]

const budgetSays = (content: BudgetContent, named: Names): Said => [
  short('A personal budget', OFFERED[content.offered]),
  words('The words', content.words),
  short('Provision it pays for', named(content.lines)),
  short('How much', pounds(content.yearlyPence)),
  short('Outcomes it works towards', named(content.outcomes)),
]

function fieldsBetween(before: PlanPart, after: PlanPart, named: Names): readonly FieldDifference[] {
  const [was, now] = [saidBy(before, named), saidBy(after, named)]
  const fields = now.flatMap(([kind, field, value = '']): readonly FieldDifference[] => {
    const old = was.find(([, one]) => one === field)?.[2] ?? ''
    if (old === value) return []
    return kind === 'words'
      ? [{ field, runs: wordDifference(old, value) }]
      : [{ field, was: old, now: value }]
  })
  // What no sentence above tells of, such as a paper put in the place of another, is still said to have changed.
  if (fields.length > 0 || sameContent(before.content, after.content)) return fields
  return [{ field: 'Details kept with it', was: 'as before', now: 'changed' }]
}

/** The same content, whatever order its keys were stored in. */
function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) =>
    sameContent((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}

/** A short answer that changed, in a sentence: "How often: was once a fortnight, now once a week". */
export const fieldInWords = ({ field, was, now }: { field: string; was: string; now: string }): string =>
  was === ''
    ? `${field}: now says ${now}; it said nothing before`
    : now === ''
      ? `${field}: said ${was}; it now says nothing`
      : `${field}: was ${was}, now ${now}`
