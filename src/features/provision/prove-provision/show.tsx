import { setImmediate } from 'node:timers/promises'
import type { JSX } from 'preact'
import { date } from '../../../law/index.ts'
import { amountInWords } from '../../../record/plan/index.ts'
import {
  type Amount,
  addTotals,
  changedOf,
  deliveredOf,
  inWords,
  type Sum,
  type Totals,
  totalsOf,
  type Unit,
} from '../../../record/provision/index.ts'
import { dayInWords, SortableTable, Tag, type TagColour } from '../../../ui/parts/index.ts'
import { LINE_STATES, type Line, type LineState, ledgerOf, notCountable, type Reckoning } from './lines.ts'
import type { Window } from './window.tsx'

const COLOURS: Readonly<Record<LineState, TagColour>> = {
  'to-arrange': 'yellow',
  'in-place': 'green',
  paused: 'purple',
  'not-happening': 'red',
  ended: 'grey',
}

/** How a line stands, in a word. */
export const StateTag = ({ state }: { readonly state: LineState }): JSX.Element => (
  <Tag colour={COLOURS[state]}>{LINE_STATES[state]}</Tag>
)

/** The first words of a line: enough to know it by. */
export function lineTitle(line: Line): string {
  const words = line.content.words.trim().replaceAll(/\s+/g, ' ') || 'A line with no words'
  return words.length <= 90 ? words : `${words.slice(0, 87).replace(/\s+\S*$/, '')}…`
}

/** How much the plan says; its own words where there is no number in them. */
export const amountOf = (line: Line): string =>
  line.content.count === null
    ? [line.content.length, line.content.times && `“${line.content.times}”`].filter(Boolean).join(', ') ||
      'The plan does not say how much'
    : amountInWords(line.content)

/** Who confirmed the line last, and when. */
export function lastWord(line: Line): string | null {
  const word = line.records.findLast((one) => one.about === 'confirmation')
  if (!word) return null
  return word.kind === 'in-place'
    ? `In place since ${dayInWords(word.onDay)}: ${word.givenBy}, ${dayInWords(word.recordedOn)}`
    : `Not in place since ${dayInWords(word.onDay)}: ${word.givenBy}, ${dayInWords(word.recordedOn)}. ${word.words}`
}

/** Totals of lines over a window. */
export const sumOf = (lines: readonly Line[], reckoning: Reckoning, window: Window, today: string): Totals =>
  addTotals(lines.map((line) => totalsOfLine(line, reckoning, window, today)))

/** Worked out once for a line as it was read, however many tables of a page it stands in. */
const workedOut = new WeakMap<Line, { readonly key: string; readonly totals: Totals }>()
function totalsOfLine(line: Line, reckoning: Reckoning, window: Window, today: string): Totals {
  const key = `${window.from} ${window.to} ${today}`
  const known = workedOut.get(line)
  if (known?.key === key) return known.totals
  const totals = totalsOf(ledgerOf(line, reckoning, today).entries, date(window.from), date(window.to))
  workedOut.set(line, { key, totals })
  return totals
}

/** How many lines are worked out before others have their turn: some milliseconds' worth. */
const AT_A_TIME = 250

/** Works out the totals of a county's lines a few at a time, so that nobody else waits for its page. */
export async function workOutAll(
  lines: readonly Line[],
  reckoning: Reckoning,
  window: Window,
  today: string,
): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_A_TIME) {
    for (const line of lines.slice(at, at + AT_A_TIME)) totalsOfLine(line, reckoning, window, today)
    await setImmediate()
  }
}

interface LedgerRow {
  readonly key: string
  readonly name: JSX.Element | string
  readonly totals: Totals
  readonly uncountable: number
}

const UNITS = ['minutes', 'sessions'] as const
const isUsed = (sum: Sum): boolean => sum.promised > 0 || sum.over > 0

function Amounts({
  totals,
  of,
}: {
  readonly totals: Totals
  readonly of: (sum: Sum) => Amount
}): JSX.Element {
  const used = UNITS.filter((unit) => isUsed(totals[unit]))
  if (used.length === 0) return <>None</>
  return (
    <>
      {used.map((unit: Unit, index) => (
        <>
          {index > 0 ? <br /> : null}
          {inWords(of(totals[unit]), unit)}
        </>
      ))}
    </>
  )
}

/** The ledger as a table: promised is always delivered, owed and lawfully changed together. */
export function LedgerTable({
  id,
  caption,
  first,
  rows,
}: {
  readonly id: string
  readonly caption: string
  readonly first: string
  readonly rows: readonly LedgerRow[]
}): JSX.Element {
  const column = (key: string, heading: string, of: (sum: Sum) => Amount) => ({
    key,
    heading,
    cell: (row: LedgerRow) => <Amounts totals={row.totals} of={of} />,
  })
  return (
    <SortableTable<LedgerRow>
      id={id}
      caption={caption}
      rows={rows}
      onPhone="cards"
      columns={[
        {
          key: 'name',
          heading: first,
          namesRow: true,
          cell: (row) => (
            <>
              {row.name}
              {row.uncountable > 0 ? (
                <>
                  <br />
                  <span class="app-how-long">
                    {row.uncountable} {row.uncountable === 1 ? 'line' : 'lines'} not countable
                  </span>
                </>
              ) : null}
            </>
          ),
        },
        column('promised', 'Promised', (sum) => sum.promised),
        {
          key: 'delivered',
          heading: 'Delivered',
          cell: (row) => <Delivered totals={row.totals} />,
        },
        {
          key: 'owed',
          heading: 'Owed',
          cell: (row) => (
            <>
              <strong>
                <Amounts totals={row.totals} of={(sum) => sum.owed} />
              </strong>
              {UNITS.filter((unit) => row.totals[unit].unsaid > 0).map((unit) => (
                <>
                  <br />
                  <span class="app-how-long">nobody has said: {inWords(row.totals[unit].unsaid, unit)}</span>
                </>
              ))}
            </>
          ),
        },
        {
          key: 'changed',
          heading: 'Lawfully changed',
          cell: (row) => <Changed totals={row.totals} />,
        },
        column('over', 'Given beyond it', (sum) => sum.over),
      ]}
    />
  )
}

const PARTS_DELIVERED = [
  ['session by session', (sum: Sum) => sum.given],
  ['on the setting’s word', (sum: Sum) => sum.confirmed],
  ['offered, child absent', (sum: Sum) => sum.offered],
  ['made up later', (sum: Sum) => sum.madeUp],
] as const
const PARTS_CHANGED = [
  ['plan amended', (sum: Sum) => sum.amended],
  ['family’s own arrangements, s.42(5)', (sum: Sum) => sum.alternative],
  ['family agreed in writing', (sum: Sum) => sum.agreed],
] as const

type Parts = readonly (readonly [string, (sum: Sum) => Amount])[]
function Split({
  totals,
  whole,
  parts,
}: {
  readonly totals: Totals
  readonly whole: (sum: Sum) => Amount
  readonly parts: Parts
}): JSX.Element {
  return (
    <>
      <Amounts totals={totals} of={whole} />
      {UNITS.flatMap((unit) =>
        parts
          .filter(([, of]) => of(totals[unit]) > 0)
          .map(([words, of]) => (
            <>
              <br />
              <span class="app-how-long">
                {words}: {inWords(of(totals[unit]), unit)}
              </span>
            </>
          )),
      )}
    </>
  )
}
const Delivered = ({ totals }: { readonly totals: Totals }): JSX.Element => (
  <Split totals={totals} whole={deliveredOf} parts={PARTS_DELIVERED} />
)
const Changed = ({ totals }: { readonly totals: Totals }): JSX.Element => (
  <Split totals={totals} whole={changedOf} parts={PARTS_CHANGED} />
)

/** The ledger of one line in short sentences, for a family. */
export function PlainLedger({
  totals,
  isSelf,
}: {
  readonly totals: Totals
  readonly isSelf: boolean
}): JSX.Element {
  const used = UNITS.filter((unit) => isUsed(totals[unit]))
  if (used.length === 0) return <>Nothing is due yet, or the plan gives no number to count by.</>
  return (
    <>
      {used.map((unit) => {
        const sum = totals[unit]
        const parts = [
          `Promised: ${inWords(sum.promised, unit)}.`,
          `Happened: ${inWords(deliveredOf(sum) - sum.offered, unit)}.`,
          sum.offered > 0
            ? `Offered, but ${isSelf ? 'you were' : 'your child was'} not there: ${inWords(sum.offered, unit)}.`
            : '',
          changedOf(sum) > 0 ? `Changed or paused by law or with you: ${inWords(changedOf(sum), unit)}.` : '',
          sum.over > 0 ? `Extra: ${inWords(sum.over, unit)}.` : '',
        ].filter(Boolean)
        return (
          <>
            {parts.join(' ')} <strong>Still owed: {inWords(sum.owed, unit)}.</strong>
            {sum.unsaid > 0 ? ` Nobody has told us about ${inWords(sum.unsaid, unit)} of that.` : ''}
          </>
        )
      })}
    </>
  )
}

/** Rows of a ledger: lines gathered by some key, then all of them together. */
export function ledgerRows(
  lines: readonly Line[],
  reckoning: Reckoning,
  window: Window,
  today: string,
  by: (line: Line) => { readonly key: string; readonly name: JSX.Element | string },
): readonly LedgerRow[] {
  const groups = Map.groupBy(lines, (line) => by(line).key)
  const rows = [...groups].map(([key, own]) => ({
    key,
    name: by(own[0]!).name,
    totals: sumOf(own, reckoning, window, today),
    uncountable: own.filter((line) => line.state !== 'ended' && notCountable(line) !== null).length,
  }))
  if (rows.length < 2) return rows
  return [
    ...rows,
    {
      key: 'all',
      name: 'Together',
      totals: addTotals(rows.map((row) => row.totals)),
      uncountable: rows.reduce((sum, row) => sum + row.uncountable, 0),
    },
  ]
}

/** How the ledger counts, said where it is shown. */
export function HowItCounts({ window }: { readonly window: Window }): JSX.Element {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How this is counted</span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-body">
          Promised is always delivered, owed and lawfully changed together, for any line and any days. The
          duty has no days of grace: it runs from the day of the plan (Children and Families Act 2014, s.42(2)
          and (3)).
        </p>
        <p class="govuk-body">
          Sessions are spread over the days that schools are open, for sections F and G, and over the whole
          year for section H.{' '}
          {window.isUsual ? 'The usual pattern of terms is used: the authority has not set its own. ' : ''}A
          line with no amount in it is not countable, and nothing is guessed for it.
        </p>
        <p class="govuk-body">
          A session pays for its own week, month or term first; what is left of it makes up the oldest that is
          owed, and the rest is given beyond the promise and pays for no other line. A child who was absent
          was offered the session: whether it must be made up is for the authority to consider, so it has a
          line of its own.
        </p>
      </div>
    </details>
  )
}
