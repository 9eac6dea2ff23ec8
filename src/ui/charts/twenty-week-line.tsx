import type { JSX } from 'preact'
import { dayInWords, inDays, machineDay, plain } from '../parts/day.ts'
import { placeOnLine, type TwentyWeekLineProps } from './twenty-week-scale.ts'
import { TallLine } from './twenty-week-tall.tsx'
import { WideLine } from './twenty-week-wide.tsx'

export type { LiftedPeriod, LineEvent, LineMark, TwentyWeekLineProps } from './twenty-week-scale.ts'

/** The 20-week line: a picture for a wide place, another for a narrow one, and always the same in words.
 *  The style sheet shows the picture that fits; the other is hidden from everyone. */
export function TwentyWeekLine(props: TwentyWeekLineProps): JSX.Element {
  return (
    <div class="app-line-frame">
      <WideLine {...props} />
      <TallLine {...props} />
      <LineInWords {...props} />
    </div>
  )
}

interface Step {
  readonly on: number
  readonly order: number
  readonly item: JSX.Element
}

/** Everything the picture shows, in order of days. Numbers match the dots. */
function LineInWords(props: TwentyWeekLineProps): JSX.Element {
  const line = placeOnLine(props, 100)
  const today = plain(props.today)
  const steps: Step[] = [
    ...line.events.map((event, index) => ({
      on: plain(event.on),
      order: 0,
      item: (
        <li class="app-line-words__done">
          <span class="app-line-words__number">
            {index + 1}
            <span class="govuk-visually-hidden">. </span>
          </span>
          <span>
            <time dateTime={machineDay(event.on)}>{dayInWords(event.on)}</time>: {event.label}
          </span>
        </li>
      ),
    })),
    ...props.marks.map((mark) => ({
      on: plain(mark.dueOn),
      order: 1,
      item: (
        <li>
          <span class="app-line-words__number app-line-words__number--mark" aria-hidden="true">
            |
          </span>
          <span>
            <strong>Week {mark.week}</strong>,{' '}
            <time dateTime={machineDay(mark.dueOn)}>{dayInWords(mark.dueOn)}</time>: last day for {mark.label}
          </span>
        </li>
      ),
    })),
  ]
  if (!props.finishedOn && !props.closedOn) {
    steps.push({
      on: today,
      order: 2,
      item: (
        <li class="app-line-words__today">
          <span class="app-line-words__number app-line-words__number--mark" aria-hidden="true">
            ▸
          </span>
          <strong>
            Today is {dayInWords(props.today)}, in week {line.week}
            {line.isLate ? `: ${inDays(line.daysLate)} late` : ''}
          </strong>
        </li>
      ),
    })
  }
  steps.sort((a, b) => a.on - b.on || a.order - b.order)
  return (
    <>
      <ol class="app-line-words">{steps.map((step) => step.item)}</ol>
      {props.finishedOn && line.isLate ? (
        <p class="govuk-body">It was finished {inDays(line.daysLate)} late.</p>
      ) : null}
      {(props.lifted ?? []).map((period) => (
        <p key={period.label} class="govuk-body app-line-words__lifted">
          The law lifted the limit from {dayInWords(period.from)}
          {period.to ? ` to ${dayInWords(period.to)}` : ''}: {period.label}. The dates stay the same, and it
          must still be done as soon as possible.
        </p>
      ))}
    </>
  )
}
