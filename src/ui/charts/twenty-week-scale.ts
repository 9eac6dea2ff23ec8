import { scaleLinear } from 'd3-scale'
import { type Day, dayInWords, plain } from '../parts/day.ts'

/** A moment the line must show: what the law wants by a week's end. */
export interface LineMark {
  readonly week: number
  /** "Decision whether to assess". */
  readonly label: string
  readonly dueOn: Day
}

export interface LineEvent {
  readonly on: Day
  /** "Draft plan sent". A few words. */
  readonly label: string
}

export interface LiftedPeriod {
  readonly from: Day
  /** Missing while it still holds. */
  readonly to?: Day | undefined
  /** "School closed for summer (regulation 13(3)(a))". */
  readonly label: string
}

export interface TwentyWeekLineProps {
  /** Unique on the page. */
  readonly id: string
  readonly startedOn: Day
  readonly today: Day
  /** Weeks 6, 16 and 20, with their legal dates as the law gave them. */
  readonly marks: readonly LineMark[]
  readonly happened: readonly LineEvent[]
  /** When the last thing was done. Missing while it is open. */
  readonly finishedOn?: Day | undefined
  /** Times when an exception lifted the limit. They never move a date. */
  readonly lifted?: readonly LiftedPeriod[] | undefined
  /** Closed with no plan: the line ends, and nothing after is late. */
  readonly closedOn?: Day | undefined
}

/** Dots closer than this share one. */
const DOT = 26

export interface Dot {
  readonly at: number
  /** "3", or "3–5" where several are too close to part. */
  readonly number: string
  /** The number of the first of its labels. */
  readonly first: number
  readonly labels: readonly string[]
}

export interface Line {
  readonly at: (day: Day) => number
  readonly dots: readonly Dot[]
  readonly lastDueAt: number
  readonly todayAt: number
  readonly week: number
  readonly endAt: number
  readonly isLate: boolean
  readonly daysLate: number
  readonly events: readonly LineEvent[]
}

/** Places everything along a line of the given length. */
export function placeOnLine(props: TwentyWeekLineProps, length: number): Line {
  const start = plain(props.startedOn)
  const today = plain(props.today)
  const end = plain(props.finishedOn ?? props.closedOn ?? props.today)
  const lastDue = Math.max(...props.marks.map((mark) => plain(mark.dueOn)))
  const events = [...props.happened].sort((a, b) => plain(a.on) - plain(b.on))
  const furthest = Math.max(lastDue, end, ...events.map((event) => plain(event.on)))
  const scale = scaleLinear([start, furthest], [0, length])
  const at = (day: Day) => scale(plain(day))
  const isLate = end > lastDue && props.closedOn === undefined
  return {
    at,
    dots: gather(events.map((event) => ({ at: at(event.on), label: event.label }))),
    lastDueAt: scale(lastDue),
    todayAt: scale(Math.min(Math.max(today, start), furthest)),
    week: Math.max(1, Math.ceil((today - start) / 7)),
    endAt: scale(end),
    isLate,
    daysLate: isLate ? end - lastDue : 0,
    events,
  }
}

function gather(events: readonly { readonly at: number; readonly label: string }[]): readonly Dot[] {
  const groups: { at: number; first: number; last: number; labels: string[] }[] = []
  for (const [index, event] of events.entries()) {
    const group = groups.at(-1)
    if (group && event.at - group.at < DOT) {
      group.last = index + 1
      group.labels.push(event.label)
    } else groups.push({ at: event.at, first: index + 1, last: index + 1, labels: [event.label] })
  }
  return groups.map(({ at, first, last, labels }) => ({
    at,
    first,
    number: first === last ? String(first) : `${first}–${last}`,
    labels,
  }))
}

/** The picture in one sentence, for those who do not see it. */
export function describeLine(props: TwentyWeekLineProps, line: Line): string {
  const late = line.isLate ? ` It is ${line.daysLate} ${line.daysLate === 1 ? 'day' : 'days'} late.` : ''
  const where = props.finishedOn
    ? `It ended on ${dayInWords(props.finishedOn)}.`
    : props.closedOn
      ? `It was closed on ${dayInWords(props.closedOn)}.`
      : `Today, ${dayInWords(props.today)}, is in week ${line.week}.`
  return `A line from ${dayInWords(props.startedOn)}. ${where}${props.finishedOn ? late.replace('is', 'was') : late} The same is written out below.`
}

/** Breaks words into lines of about so many letters. */
export function wrap(text: string, letters: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length + 1 <= letters)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
