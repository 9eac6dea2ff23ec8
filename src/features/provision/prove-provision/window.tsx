import type { JSX } from 'preact'
import { date, iso, type PlainDate, parseDate } from '../../../law/index.ts'
import { schoolYearOf, termOn, termsBetween } from '../../../record/provision/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import type { Reckoning } from './lines.ts'

/** The days a ledger is read over, both included. */
export interface Window {
  readonly from: string
  readonly to: string
  /** The value of the term chosen; empty for other dates. */
  readonly term: string
  readonly terms: readonly { readonly value: string; readonly name: string }[]
  /** Whether the term dates of the window are the usual pattern and not the authority's own. */
  readonly isUsual: boolean
}

const back = (on: PlainDate, days: number): PlainDate => (on - days) as PlainDate

/** The window asked for: a term, two dates, or the term so far. Nothing is counted beyond today. */
export function windowOf(
  query: Readonly<Record<string, string | undefined>>,
  { years }: Reckoning,
  today: string,
): Window {
  const now = date(today)
  const terms = termsBetween(years, back(now, 3 * 365), now).toReversed()
  const choices = terms.map((term) => ({ value: `${iso(term.from)}_${iso(term.to)}`, name: term.name }))
  const asked = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/.exec(query['term'] ?? '')
  const current = termOn(years, now) ?? terms[0]
  const [first, last] = asked ? [asked[1], asked[2]] : [query['from'], query['to']]
  const from = parseDate(first ?? '') ?? current?.from ?? back(now, 90)
  const to = Math.min(parseDate(last ?? '') ?? now, now) as PlainDate
  const [start, end] = from <= to ? [from, to] : [to, to]
  const chosen = asked?.[0] ?? (!query['from'] && current ? `${iso(current.from)}_${iso(current.to)}` : '')
  return {
    from: iso(start),
    to: iso(end),
    term: choices.some((one) => one.value === chosen) ? chosen : '',
    terms: choices,
    isUsual: !years.given.some((term) => schoolYearOf(term.from) === schoolYearOf(end)),
  }
}

/** Chooses the window: a term, or any two dates. Works without scripts. */
export function WindowForm({
  window,
  today,
  keep,
}: {
  readonly window: Window
  readonly today: string
  readonly keep?: Readonly<Record<string, string>>
}): JSX.Element {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          Counted from {dayInWords(window.from)} to {dayInWords(window.to)}: change
        </span>
      </summary>
      <div class="govuk-details__text">
        <form method="get">
          {Object.entries(keep ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="govuk-form-group">
            <label class="govuk-label" for="term">
              Term
            </label>
            <select class="govuk-select" id="term" name="term">
              <option value="">Other dates</option>
              {window.terms.map((term) => (
                <option key={term.value} value={term.value} selected={term.value === window.term}>
                  {term.name}
                </option>
              ))}
            </select>
          </div>
          {(['from', 'to'] as const).map((name) => (
            <div class="govuk-form-group" key={name}>
              <label class="govuk-label" for={name}>
                {name === 'from' ? 'Other dates: from' : 'To'}
              </label>
              <input
                class="govuk-input govuk-input--width-10"
                id={name}
                name={name}
                type="date"
                max={today}
                value={window[name]}
              />
            </div>
          ))}
          <button class="govuk-button govuk-button--secondary" type="submit">
            Count these days
          </button>
        </form>
      </div>
    </details>
  )
}
