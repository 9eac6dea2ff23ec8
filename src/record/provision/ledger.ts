import type { PlainDate } from '../../law/index.ts'
import { type Amount, type Due, duesOf, measureOf, type Term, type Unit } from './promise.ts'
import type { SchoolYears } from './school-year.ts'

/** A session as it stands on the record. */
export interface Session {
  readonly on: PlainDate
  /** Given; offered to a child who was absent; or not given. */
  readonly kind: 'given' | 'absent' | 'missed'
  readonly minutes: number | null
}

/** Somebody's word that the line is happening as written, or is not, over a span. Both days included; the latest word counts. */
export interface Word {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly happening: boolean
}

/** A span in which the line was lawfully not given. `to` is included; null while it goes on. */
export interface Pause {
  readonly from: PlainDate
  readonly to: PlainDate | null
  /** The family's written agreement; or suitable alternative arrangements (Children and Families Act 2014, s.42(5)). */
  readonly basis: 'agreement' | 'alternative'
}

/** A span in which the family says that it was not happening, and has not been shown wrong. */
export interface Gap {
  readonly from: PlainDate
  readonly to: PlainDate | null
}

/** Everything known of one line. */
export interface LineRecord {
  readonly terms: readonly Term[]
  readonly sessions: readonly Session[]
  /** In the order they were said. */
  readonly words: readonly Word[]
  readonly pauses: readonly Pause[]
  readonly gaps: readonly Gap[]
}

/**
 * Amounts of one unit. It always holds that
 * promised = given + confirmed + offered + madeUp + owed + amended + alternative + agreed.
 */
export interface Sum {
  readonly promised: Amount
  /** Recorded, session by session, in the stretch it was promised in. */
  readonly given: Amount
  /** The setting's word for a span; no session is recorded. */
  readonly confirmed: Amount
  /** Offered, and the child was not there. */
  readonly offered: Amount
  /** Given later, for what was owed. */
  readonly madeUp: Amount
  readonly owed: Amount
  /** Of what is owed: nobody has said anything. */
  readonly unsaid: Amount
  /** Lawfully changed: by a later version of the plan; by the family's own arrangements; by their agreement in writing. */
  readonly amended: Amount
  readonly alternative: Amount
  readonly agreed: Amount
  /** Given beyond what was promised and owed of this line. It pays for no other. */
  readonly over: Amount
}

export const NOTHING: Sum = {
  promised: 0,
  given: 0,
  confirmed: 0,
  offered: 0,
  madeUp: 0,
  owed: 0,
  unsaid: 0,
  amended: 0,
  alternative: 0,
  agreed: 0,
  over: 0,
}

/** What happened to one thing due, or one session beyond what was due, on its day. */
export interface Entry extends Sum {
  readonly on: PlainDate
  readonly unit: Unit
}

/** A stretch of time in which the line was in force and cannot be counted. `to` is exclusive. */
export interface Uncounted {
  readonly from: PlainDate
  readonly to: PlainDate | null
  readonly why: string
  readonly given: readonly { readonly on: PlainDate; readonly minutes: number | null }[]
}

export interface LineLedger {
  readonly entries: readonly Entry[]
  readonly uncounted: readonly Uncounted[]
}

interface Open {
  readonly due: Due
  left: Amount
  /** What becomes of it: the entry itself, filled in as it is worked out. */
  readonly sum: { -readonly [K in keyof Entry]: Entry[K] }
}

/** An entry with nothing in it yet. Written out, for a county's ledger makes millions. */
const entryOf = (on: PlainDate, unit: Unit, promised: Amount): Open['sum'] => ({
  on,
  unit,
  promised,
  given: 0,
  confirmed: 0,
  offered: 0,
  madeUp: 0,
  owed: 0,
  unsaid: 0,
  amended: 0,
  alternative: 0,
  agreed: 0,
  over: 0,
})
interface Held {
  readonly session: Session
  /** What is left of it, in thousandths of a minute and of a session. */
  minutes: Amount
  sessions: Amount
}

const covers = (span: { readonly from: PlainDate; readonly to: PlainDate | null }, on: PlainDate): boolean =>
  on >= span.from && (span.to === null || on <= span.to)

/** Puts as much of a session as fits to something due, and gives back how much that was. */
function pay(held: Held, open: Open): Amount {
  if (open.due.unit === 'minutes') {
    const paid = Math.min(held.minutes, open.left)
    if (paid === 0) return 0
    held.sessions = Math.floor((held.sessions * (held.minutes - paid)) / held.minutes)
    held.minutes -= paid
    open.left -= paid
    return paid
  }
  const paid = Math.min(held.sessions, open.left)
  if (paid === 0) return 0
  held.minutes = Math.floor((held.minutes * (held.sessions - paid)) / held.sessions)
  held.sessions -= paid
  open.left -= paid
  return paid
}

/**
 * The ledger of one line up to a day: what fell due, and what became of each thing due.
 *
 * A session first pays what is due in its own week (or half term…); what is left of it pays the oldest that is owed, as made
 * up; what is then left is over, and pays for nothing else. The whole life of the line is worked through each time, so that a
 * window of it is only ever a part of the same sum.
 */
export function lineLedger(line: LineRecord, years: SchoolYears, asAt: PlainDate): LineLedger {
  const terms = line.terms.filter((term) => term.to === null || term.to > term.from)
  const opens: Open[] = terms
    .filter((term) => term.from <= asAt)
    .flatMap((term) => duesOf(term, years, asAt))
    .toSorted((a, b) => a.on - b.on)
    .map((due) => ({ due, left: due.amount, sum: entryOf(due.on, due.unit, due.amount) }))

  // What the law or the family's own decision took away was never there to be given.
  for (const open of opens) {
    const pause = line.pauses.find((one) => covers(one, open.due.on))
    if (open.due.amended) open.sum.amended = open.left
    else if (pause) open.sum[pause.basis === 'alternative' ? 'alternative' : 'agreed'] = open.left
    else continue
    open.left = 0
  }

  const uncounted = terms.flatMap((term): Uncounted[] => {
    const measure = measureOf(term)
    if (measure.countable || term.from > asAt) return []
    const given = line.sessions.filter((one) => one.kind === 'given' && isOf(term, one.on) && one.on <= asAt)
    return [{ from: term.from, to: term.to, why: measure.why, given }]
  })
  const isCounted = (on: PlainDate): boolean => {
    const term = terms.findLast((one) => isOf(one, on))
    return term === undefined || measureOf(term).countable
  }
  const sessions = line.sessions
    .filter((one) => one.on <= asAt && isCounted(one.on))
    .toSorted((a, b) => a.on - b.on)
  const hold = (session: Session): Held => ({
    session,
    minutes: (session.minutes ?? 0) * 1000,
    sessions: 1000,
  })
  const given = sessions.filter((one) => one.kind === 'given').map(hold)
  const inOwn = (held: Held, column: 'given' | 'offered'): void => {
    for (const open of opens)
      if (open.left > 0 && covers(open.due.stretch, held.session.on)) open.sum[column] += pay(held, open)
  }
  for (const held of given) inOwn(held, 'given')
  for (const held of sessions.filter((one) => one.kind === 'absent').map(hold)) inOwn(held, 'offered')
  for (const open of opens) {
    if (open.left === 0 || line.gaps.some((gap) => covers(gap, open.due.on))) continue
    if (line.words.findLast((word) => covers(word, open.due.on))?.happening !== true) continue
    open.sum.confirmed = open.left
    open.left = 0
  }
  const over: Entry[] = []
  for (const held of given) {
    for (const open of opens)
      if (open.left > 0 && open.due.on < held.session.on) open.sum.madeUp += pay(held, open)
    const unit = unitOn(terms, held.session.on)
    if (held[unit] > 0) over.push({ ...entryOf(held.session.on, unit, 0), over: held[unit] })
  }
  for (const open of opens) {
    open.sum.owed = open.left
    const { on, stretch } = open.due
    const said =
      line.gaps.some((gap) => covers(gap, on)) ||
      line.words.some((word) => covers(word, on)) ||
      sessions.some((one) => one.kind === 'missed' && covers(stretch, one.on))
    open.sum.unsaid = said ? 0 : open.left
  }
  return {
    // What falls due later in a stretch is looked at, so that a session given early in it is not over; it is not yet counted.
    entries: [...opens.filter(({ due }) => due.on <= asAt).map(({ sum }) => sum), ...over].toSorted(
      (a, b) => a.on - b.on,
    ),
    uncounted,
  }
}

const isOf = (term: Term, on: PlainDate): boolean => on >= term.from && (term.to === null || on < term.to)
const unitOn = (terms: readonly Term[], on: PlainDate): Unit => {
  const measure = terms.flatMap((term) => {
    const one = measureOf(term)
    return one.countable && term.from <= on ? [one.unit] : []
  })
  return measure.at(-1) ?? 'sessions'
}

/** Sums by unit: minutes and times are never added together. */
export type Totals = Readonly<Record<Unit, Sum>>

/** The entries of a window, both days included, added up. */
export function totalsOf(entries: readonly Entry[], from: PlainDate, to: PlainDate): Totals {
  const totals = { minutes: { ...NOTHING }, sessions: { ...NOTHING } }
  for (const entry of entries) if (entry.on >= from && entry.on <= to) addTo(totals[entry.unit], entry)
  return totals
}

/** Totals of several lines, children or windows together. */
export function addTotals(all: readonly Totals[]): Totals {
  const totals = { minutes: { ...NOTHING }, sessions: { ...NOTHING } }
  for (const one of all) {
    addTo(totals.minutes, one.minutes)
    addTo(totals.sessions, one.sessions)
  }
  return totals
}

function addTo(sum: { -readonly [K in keyof Sum]: Sum[K] }, more: Sum): void {
  sum.promised += more.promised
  sum.given += more.given
  sum.confirmed += more.confirmed
  sum.offered += more.offered
  sum.madeUp += more.madeUp
  sum.owed += more.owed
  sum.unsaid += more.unsaid
  sum.amended += more.amended
  sum.alternative += more.alternative
  sum.agreed += more.agreed
  sum.over += more.over
}

export const deliveredOf = (sum: Sum): Amount => sum.given + sum.confirmed + sum.offered + sum.madeUp
export const changedOf = (sum: Sum): Amount => sum.amended + sum.alternative + sum.agreed
/** The rule every sum keeps. */
export const reconciles = (sum: Sum): boolean =>
  sum.promised === deliveredOf(sum) + sum.owed + changedOf(sum) && sum.unsaid <= sum.owed
