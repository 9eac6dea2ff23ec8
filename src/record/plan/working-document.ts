import type { PlanPart } from './parts.ts'
import { readMinutes, readNumber } from './quantities.ts'
import { PLAN_SECTIONS, type PlanSection, SECTION_RULES } from './sections.ts'
import { stretchesInCommon, wordDifference } from './word-difference.ts'
import type { Mark, Party, TypedRun, UnsureWhy } from './working-key.ts'

/**
 * The copy of a final plan that both sides of an appeal work on. Its paragraphs are the words of the plan and never change;
 * each change proposed is a row against them, and the running text is drawn from the rows.
 */

/** A paragraph: one question of one part of the plan. `partId` is null for the place where something new may be asked for. */
export interface WorkingParagraph {
  readonly number: number
  readonly partId: string | null
  readonly section: PlanSection
  readonly field: string
  /** What the words answer, said over them and never part of them. */
  readonly label: string
  readonly words: string
}

/** Questions of each kind of part, in reading order. Appendices are lists of papers: nobody amends them. */
const FIELDS: Partial<Record<PlanPart['kind'], readonly (readonly [field: string, label: string])[]>> = {
  text: [['words', '']],
  need: [
    ['words', ''],
    ['strengths', 'What goes well'],
  ],
  outcome: [
    ['words', ''],
    ['byWhen', 'By when'],
    ['measure', 'How it will be known'],
    ['steps', 'Steps on the way'],
  ],
  provision: [
    ['words', ''],
    ['who', 'Delivered by'],
    ['qualification', 'Qualification'],
    ['groupSize', 'Size of the group'],
    ['length', 'How long each time'],
    ['times', 'How many times'],
    ['forHowLong', 'For how long'],
    ['where', 'Where'],
    ['from', 'From'],
    ['until', 'Until'],
    ['review', 'Reviewed'],
  ],
  placement: [
    ['name', 'Name'],
    ['type', 'Type'],
    ['conditions', 'Conditions'],
  ],
  budget: [['words', '']],
}

/** The paragraphs of a working document, numbered through: what is written, then a place for something new in each section. */
export function workingParagraphs(parts: readonly PlanPart[]): readonly WorkingParagraph[] {
  const found = PLAN_SECTIONS.filter((section) => section !== 'K').flatMap((section) => [
    ...parts
      .filter((part) => part.section === section)
      .flatMap((part) =>
        (FIELDS[part.kind] ?? []).flatMap(([field, label]) => {
          const words = plainText((part.content as unknown as Record<string, unknown>)[field])
          return words === '' ? [] : [{ partId: part.partId, section, field, label, words }]
        }),
      ),
    {
      partId: null,
      section,
      field: 'new',
      label: `Anything new in ${SECTION_RULES[section].title}`,
      words: '',
    },
  ])
  return found.map((one, at) => ({ ...one, number: at + 1 }))
}

/** Words as a paragraph holds them: no null bytes or other hidden characters, one kind of line end. */
export const plainText = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/[^\P{Cc}\t\n]/gu, '')
        .trim()
    : ''

/** A part's contents with one answer written anew; amounts are read again, so that words and numbers never part. */
export function withField(content: object, field: string, words: string): object {
  return {
    ...content,
    [field]: words,
    ...(field === 'length' ? { minutes: readMinutes(words) } : {}),
    ...(field === 'times' ? { count: readNumber(words) } : {}),
  }
}

/** A change one side proposes: the words from one place of the paragraph to another go, and others come. Ends are exclusive. */
export interface ProposedChange {
  readonly id: string
  readonly by: Party
  readonly from: number
  readonly to: number
  readonly words: string
  readonly state: ChangeState
}
/** What became of a change. Only an order of the tribunal, or an agreement put into effect, changes the plan. */
export const CHANGE_STATES = {
  open: 'Proposed',
  agreed: 'Agreed',
  'not-agreed': 'Not agreed',
  withdrawn: 'Withdrawn',
} as const
export type ChangeState = keyof typeof CHANGE_STATES

type Edit = Pick<ProposedChange, 'from' | 'to' | 'words'>

/** The running text of a paragraph, in the types of the key. What both sides want out counts as agreed to go. */
export function runsOf(base: string, changes: readonly ProposedChange[]): readonly TypedRun[] {
  const live = changes.filter((change) => change.state !== 'withdrawn')
  const struck: (Mark | null)[] = Array.from({ length: base.length }, () => null)
  const inserts = new Map<number, TypedRun[]>()
  for (const change of live) {
    const mark: Mark = change.state === 'agreed' ? 'agreed' : change.by
    for (let at = change.from; at < change.to; at++)
      struck[at] = struck[at] === null || struck[at] === mark ? mark : 'agreed'
    if (change.words !== '')
      inserts.set(change.to, [...(inserts.get(change.to) ?? []), { text: change.words, mark, struck: false }])
  }
  const runs: TypedRun[] = []
  for (let at = 0; at <= base.length; at++) {
    runs.push(...(inserts.get(at) ?? []))
    if (at < base.length) {
      const mark = struck[at] ?? null
      runs.push({ text: base[at]!, mark: mark ?? 'plain', struck: mark !== null })
    }
  }
  return mergedRuns(runs)
}

/** Neighbours of one type as one run; empty ones go. */
export function mergedRuns(runs: readonly TypedRun[]): readonly TypedRun[] {
  const merged: TypedRun[] = []
  for (const run of runs) {
    if (run.text === '') continue
    const last = merged.at(-1)
    if (last && last.mark === run.mark && last.struck === run.struck && last.why === run.why)
      merged[merged.length - 1] = { ...last, text: last.text + run.text }
    else merged.push(run)
  }
  return merged
}

/** The words with these changes made. */
export function appliedText(base: string, changes: readonly Edit[]): string {
  const gone = new Set<number>()
  const inserts = new Map<number, string>()
  for (const { from, to, words } of changes) {
    for (let at = from; at < to; at++) gone.add(at)
    inserts.set(to, (inserts.get(to) ?? '') + words)
  }
  let text = ''
  for (let at = 0; at <= base.length; at++)
    text += (inserts.get(at) ?? '') + (at < base.length && !gone.has(at) ? base[at] : '')
  return text
}

/** The changes that make one text of another, word by word. */
export function editsBetween(base: string, wanted: string): readonly Edit[] {
  const edits: Edit[] = []
  let at = 0
  for (const { how, words } of wordDifference(base, wanted)) {
    const last = edits.at(-1)
    if (how === 'same') at += words.length
    else if (how === 'removed') {
      edits.push({ from: at, to: at + words.length, words: '' })
      at += words.length
    } else if (last && last.to === at && last.words === '') edits[edits.length - 1] = { ...last, words }
    else edits.push({ from: at, to: at, words })
  }
  return edits
}

/** What a file that came back says of one paragraph, beside what was sent. */
export type Finding =
  /** A change that was not there. `notes` say what somebody must look at before it is taken. */
  | (Edit & { readonly kind: 'change'; readonly by: Party; readonly notes: readonly FindingNote[] })
  /** A change that was proposed is typed as agreed. */
  | { readonly kind: 'agree'; readonly changes: readonly string[]; readonly words: string }
  /** A change that was proposed is no longer in the file. */
  | { readonly kind: 'gone'; readonly changes: readonly string[]; readonly words: string }
  /** Words that fit nowhere. */
  | { readonly kind: 'unreadable'; readonly words: string; readonly why: string }
export type FindingNote = UnsureWhy | 'no-type' | 'other-side' | 'agreed-at-once'

interface Aligned {
  /** For each letter of the plan's words: how it is struck, null when it stands, undefined when it is not in the file. */
  readonly struck: readonly (Pick<TypedRun, 'mark' | 'why'> | null | undefined)[]
  readonly inserts: readonly (Pick<TypedRun, 'mark' | 'why'> & {
    readonly at: number
    readonly words: string
  })[]
  readonly stray: readonly string[]
}

const TOKENS = /\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu
/** Typing that Word changes by itself is the same: curly quotes, long dashes, hard spaces. Lengths are kept, but for spaces. */
const folded = (token: string): string =>
  /^\s+$/.test(token)
    ? ' '
    : token
        .replaceAll(/[‘’‚‛`´]/g, "'")
        .replaceAll(/[“”„‟]/g, '"')
        .replaceAll(/[‐‑‒–—−]/g, '-')

/** Lays a typed paragraph over the words of the plan. */
function aligned(base: string, runs: readonly TypedRun[]): Aligned {
  // What should be the plan's words: plain, or struck. Words put in stand at a place among them.
  let text = ''
  const letters: (Pick<TypedRun, 'mark' | 'why'> | null)[] = []
  const put: { place: number; run: TypedRun }[] = []
  for (const run of mergedRuns(runs)) {
    if (run.mark !== 'plain' && !run.struck) put.push({ place: text.length, run })
    else {
      text += run.text
      for (let at = 0; at < run.text.length; at++)
        letters.push(run.struck ? { mark: run.mark, ...(run.why ? { why: run.why } : {}) } : null)
    }
  }
  const was = tokensOf(base)
  const now = tokensOf(text)
  const struck: (Pick<TypedRun, 'mark' | 'why'> | null | undefined)[] = Array.from({ length: base.length })
  // Where each place of the typed text lies in the plan's words.
  const placeIn: number[] = Array.from({ length: text.length + 1 }, () => -1)
  const isMatched = new Set<number>()
  for (const [x, y, length] of stretchesInCommon(
    was.map(({ token }) => folded(token)),
    now.map(({ token }) => folded(token)),
  ))
    for (let n = 0; n < length; n++) {
      const [old, typed] = [was[x + n]!, now[y + n]!]
      isMatched.add(y + n)
      for (let at = 0; at < old.token.length; at++)
        struck[old.at + at] = letters[typed.at + Math.min(at, typed.token.length - 1)] ?? null
      for (let at = 0; at < typed.token.length; at++)
        placeIn[typed.at + at] = old.at + Math.min(at, old.token.length - 1)
      if (placeIn[typed.at + typed.token.length] === -1)
        placeIn[typed.at + typed.token.length] = old.at + old.token.length
    }
  placeIn[text.length] = Math.max(placeIn[text.length]!, base.length)
  let after = base.length
  for (let at = text.length; at >= 0; at--) {
    if (placeIn[at] === -1) placeIn[at] = after
    after = placeIn[at]!
  }
  const inserts: Aligned['inserts'][number][] = put.map(({ place, run }) => ({
    at: endBefore(place, now, isMatched, placeIn) ?? placeIn[place]!,
    words: run.text,
    mark: run.mark,
    ...(run.why ? { why: run.why } : {}),
  }))
  const stray: string[] = []
  for (let n = 0; n < now.length; n++) {
    if (isMatched.has(n)) continue
    let words = ''
    const { at } = now[n]!
    const isStruck = letters[at] !== null
    while (n < now.length && !isMatched.has(n) && (letters[now[n]!.at] !== null) === isStruck)
      words += now[n++]!.token
    n--
    if (words.trim() === '') continue
    if (isStruck) stray.push(words)
    else inserts.push({ at: placeIn[at]!, words, mark: 'plain' })
  }
  return { struck, inserts, stray }
}

const tokensOf = (text: string): readonly { readonly token: string; readonly at: number }[] =>
  [...text.matchAll(TOKENS)].map((match) => ({ token: match[0], at: match.index }))

/** Words put in straight after words that were matched stand at their end, and not before whatever follows. */
function endBefore(
  place: number,
  now: ReturnType<typeof tokensOf>,
  isMatched: ReadonlySet<number>,
  placeIn: readonly number[],
): number | undefined {
  const n = now.findIndex(({ at, token }) => at + token.length === place)
  return n >= 0 && isMatched.has(n) ? placeIn[place - 1]! + 1 : undefined
}

/**
 * What a paragraph that came back says, beside what was sent: nothing, when the two are typed alike. Every word in the file is
 * in the findings or stood there before: none is lost.
 * @param sender who sent it back; words in no type of the key are theirs
 */
export function findingsOf(
  base: string,
  sent: readonly ProposedChange[],
  returned: readonly TypedRun[],
  sender: Party,
): readonly Finding[] {
  const live = sent.filter((change) => change.state !== 'withdrawn')
  const before = aligned(base, runsOf(base, live))
  const after = aligned(base, returned)
  const findings: Finding[] = []
  const deletions: { from: number; to: number; mark: Mark; why: UnsureWhy | undefined }[] = []
  const agreed: { from: number; to: number }[] = []
  const gone: { from: number; to: number }[] = []
  const grow = <T extends { from: number; to: number }>(
    list: T[],
    at: number,
    one: T,
    same: (last: T) => boolean,
  ) => {
    const last = list.at(-1)
    if (last && last.to === at && same(last)) last.to++
    else list.push(one)
  }
  for (let at = 0; at < base.length; at++) {
    const [was, is] = [before.struck[at] ?? null, after.struck[at]]
    if (is === undefined) {
      // Not in the file at all. Struck before, it was tidied away; else it was taken out without a type.
      if (was) grow(gone, at, { from: at, to: at + 1 }, () => true)
      else {
        const one = { from: at, to: at + 1, mark: 'plain' as Mark, why: undefined }
        grow(deletions, at, one, (last) => last.mark === 'plain')
      }
    } else if (was && !is) grow(gone, at, { from: at, to: at + 1 }, () => true)
    else if (was && is && was.mark !== is.mark) {
      if (is.mark === 'agreed') grow(agreed, at, { from: at, to: at + 1 }, () => true)
    } else if (!was && is) {
      const one = { from: at, to: at + 1, mark: is.mark, why: is.why }
      grow(deletions, at, one, (last) => last.mark === is.mark && last.why === is.why)
    }
  }
  const left = [...before.inserts]
  const fresh: Aligned['inserts'][number][] = []
  for (const insert of after.inserts) {
    const same = left.findIndex(
      (one) => one.at === insert.at && alike(one.words, insert.words) && one.mark === insert.mark,
    )
    const taken =
      same >= 0 ? same : left.findIndex((one) => one.at === insert.at && alike(one.words, insert.words))
    if (taken < 0) {
      if (insert.words.trim() !== '') fresh.push(insert)
      continue
    }
    const [one] = left.splice(taken, 1)
    if (one!.mark !== insert.mark && insert.mark === 'agreed')
      findings.push({ kind: 'agree', changes: idsOfInsert(live, one!), words: insert.words })
  }
  for (const one of left) findings.push({ kind: 'gone', changes: idsOfInsert(live, one), words: one.words })
  const idsIn = (range: { from: number; to: number }) =>
    live.filter((change) => change.from < range.to && change.to > range.from).map(({ id }) => id)
  for (const range of agreed)
    findings.push({ kind: 'agree', changes: idsIn(range), words: base.slice(range.from, range.to) })
  for (const range of gone)
    findings.push({ kind: 'gone', changes: idsIn(range), words: base.slice(range.from, range.to) })
  const edits: (Edit & { readonly marks: readonly Mark[]; readonly why: UnsureWhy | undefined })[] = []
  for (const cut of deletions) {
    const at = fresh.findIndex((one) => one.at === cut.to && one.mark === cut.mark)
    const put = at >= 0 ? fresh.splice(at, 1)[0] : undefined
    edits.push({ ...cut, words: put?.words ?? '', marks: [cut.mark], why: put?.why ?? cut.why })
  }
  for (const { at, words, mark, why } of fresh) edits.push({ from: at, to: at, words, marks: [mark], why })
  for (const { from, to, words, marks, why } of withoutGaps(base, edits))
    if (words.trim() !== '' || base.slice(from, to).trim() !== '')
      findings.push({
        kind: 'change',
        by: sender,
        from,
        to,
        words,
        notes: [...new Set(marks.flatMap((mark) => notesOf(mark, why, sender)))],
      })
  for (const words of after.stray)
    if (!before.stray.includes(words))
      findings.push({
        kind: 'unreadable',
        words,
        why: 'These words are struck through, and are not in the plan',
      })
  return findings
}

/** Words typed over the plan in no type, with nothing but a space between, are one change and not several. */
function withoutGaps<T extends Edit & { readonly marks: readonly Mark[] }>(
  base: string,
  edits: readonly T[],
): readonly T[] {
  const merged: T[] = []
  for (const edit of edits.toSorted((one, other) => one.from - other.from || one.to - other.to)) {
    const last = merged.at(-1)
    const between = last && base.slice(last.to, edit.from)
    if (last && between?.trim() === '' && [...last.marks, ...edit.marks].every((mark) => mark === 'plain'))
      merged[merged.length - 1] = { ...last, to: edit.to, words: last.words + between + edit.words }
    else merged.push(edit)
  }
  return merged
}

const alike = (one: string, other: string): boolean => spaced(one) === spaced(other)
const spaced = (words: string): string =>
  tokensOf(words)
    .map(({ token }) => folded(token))
    .join('')
    .trim()

const idsOfInsert = (
  live: readonly ProposedChange[],
  insert: { at: number; words: string },
): readonly string[] =>
  live
    .filter((change) => change.to === insert.at && change.words !== '' && insert.words.includes(change.words))
    .map(({ id }) => id)

function notesOf(mark: Mark, why: UnsureWhy | undefined, sender: Party): readonly FindingNote[] {
  return [
    ...(why ? [why] : []),
    ...(mark === 'plain' ? (['no-type'] as const) : []),
    ...(mark === 'agreed' ? (['agreed-at-once'] as const) : []),
    ...(mark !== 'plain' && mark !== 'agreed' && mark !== sender ? (['other-side'] as const) : []),
  ]
}
