import type { JSX } from 'preact'
import { computeDeadlines, type Deadline, date, type Fact, findRule, longDate } from '../../../law/index.ts'

const OPEN: ReadonlySet<Deadline['status']> = new Set(['running', 'due_soon', 'overdue'])
const KIND = {
  statutory: 'law',
  practice: 'guidance',
  derived: 'worked out from the law',
  local: 'local target',
} as const

/** Not the next thing anybody must do: rights and powers that run out, and a second name for the six weeks. */
const isAside = (rule: string): boolean =>
  rule === 'refusal-at-determination' || findRule(rule)?.right === true

/** The open dates that follow from facts, soonest first, as the law works them out. */
export function datesThatFollow(facts: readonly Fact[], today: string): readonly Deadline[] {
  return computeDeadlines(facts, { asAt: date(today) })
    .filter((one) => OPEN.has(one.status) && one.dueOn !== null && !isAside(one.rule))
    .toSorted((a, b) => a.dueOn! - b.dueOn!)
}

/** What happens next, and by when, if this is recorded with today's date. Worked out, never typed. */
export function WhatFollows({
  facts,
  today,
  title = 'What happens next, if you record this today',
}: {
  readonly facts: readonly Fact[]
  readonly today: string
  readonly title?: string
}): JSX.Element {
  const dates = datesThatFollow(facts, today).slice(0, 6)
  return (
    <section aria-labelledby="what-follows">
      <h2 class="govuk-heading-m" id="what-follows">
        {title}
      </h2>
      {dates.length === 0 ? (
        <p class="govuk-body">No date is running after this.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {dates.map((one) => (
            <li>
              <strong>{longDate(one.dueOn!)}</strong>
              {one.dueOn! < date(today) ? ' (already past)' : ''}: {one.title}
              {one.about ? ` (${one.about})` : ''}. Who must act: {one.actor}. {one.citation} (
              {KIND[one.display]}).
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A few words of law beside a question. */
export function LawHint({
  cite,
  children,
}: {
  readonly cite: string
  readonly children: JSX.Element | string
}): JSX.Element {
  return (
    <p class="govuk-body">
      {children} ({cite})
    </p>
  )
}
