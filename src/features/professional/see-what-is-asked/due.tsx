import type { JSX } from 'preact'
import { date, findRule } from '../../../law/index.ts'
import { GovukDetails } from '../../../ui/govuk/index.ts'
import { dayInWords, inDays, longDayInWords, Tag } from '../../../ui/parts/index.ts'

interface Due {
  readonly head: string
  readonly asked_on: string
  readonly started_on: string | null
  readonly due_on: string | null
  readonly lifted: boolean
}

/** Days left, or how late, in words. */
export function howLongLeft(dueOn: string | null, today: string): string {
  if (dueOn === null) return 'No legal limit'
  const left = date(dueOn) - date(today)
  if (left < 0) return `${inDays(-left)} late`
  if (left === 0) return 'Due today'
  return left === 1 ? 'Due tomorrow: 1 day left' : `${inDays(left)} left`
}

/** The date and how long, for a row of a list. */
export function DueCell({ row, today }: { readonly row: Due; readonly today: string }): JSX.Element {
  const words = howLongLeft(row.due_on, today)
  return (
    <>
      {row.due_on === null ? '' : dayInWords(row.due_on)}
      <br />
      {row.due_on !== null && row.due_on < today ? <Tag colour="red">{words}</Tag> : words}
      {row.lifted ? (
        <>
          <br />
          An exception lifts the limit
        </>
      ) : null}
    </>
  )
}

/** Of whom the six weeks are law; of the authority's own psychologists and social workers the Code of Practice asks them. */
const BOUND_BY_LAW: readonly string[] = ['medical']

/** The date, how long is left, and the whole of the reason, in place. */
export function DueWithReason({ row, today }: { readonly row: Due; readonly today: string }): JSX.Element {
  if (row.due_on === null)
    return <p class="govuk-body">No date is set for this: answer as soon as you can.</p>
  const start = row.started_on ?? row.asked_on
  const version = findRule('advice-response')?.versions.findLast((one) => one.from <= start)
  return (
    <>
      <div class={`app-due app-due--${row.due_on < today ? 'overdue' : 'running'}`}>
        <p class="app-due__date">
          <time dateTime={row.due_on}>{longDayInWords(row.due_on)}</time>
        </p>
        <p class="app-due__line">
          <strong>{howLongLeft(row.due_on, today)}</strong>
        </p>
        <p class="app-due__line">Who must act: you</p>
      </div>
      <GovukDetails summaryText="Why this date?">
        <p class="govuk-body">
          The request reached you on {longDayInWords(start)}
          {start === row.asked_on ? ' (the day it was sent, unless you have told the office another)' : ''}.
          Six weeks is 42 days, counted from the day after: the last day is {longDayInWords(row.due_on)}.
        </p>
        <p class="govuk-body">
          {BOUND_BY_LAW.includes(row.head)
            ? 'This limit is law for health bodies and other bodies that must co-operate'
            : 'The limit is law for health bodies and others that must co-operate; of you, the Code of Practice asks the same six weeks'}{' '}
          ({version?.citation ?? 'SEND Regulations 2014, regulation 8(1)'}). School holidays do not lengthen
          it.
        </p>
        <p class="govuk-body">
          Only these lift it: exceptional circumstances; the child or family away for 4 weeks or more; a
          missed appointment that you made (regulation 8(2)). If one applies, tell the coordinator.
        </p>
        {row.lifted ? (
          <p class="govuk-body">An exception is recorded for this request. It is still due when you can.</p>
        ) : null}
      </GovukDetails>
    </>
  )
}
