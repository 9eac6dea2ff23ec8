import type { JSX } from 'preact'
import { dayInWords } from '../parts/day.ts'
import { type Dot, describeLine, placeOnLine, type TwentyWeekLineProps, wrap } from './twenty-week-scale.ts'
import { LatePattern } from './twenty-week-wide.tsx'

const WIDTH = 340
const LENGTH = 520
const TOP = 24
const X = 64
const TEXT_X = 96
const ROW = 21

interface Label {
  readonly at: number
  readonly lines: readonly string[]
  readonly strong: boolean
}

/** The line down the page, for phones: the same days, with room for words beside it. */
export function TallLine(props: TwentyWeekLineProps): JSX.Element {
  const line = placeOnLine(props, LENGTH)
  const y = (along: number) => TOP + along
  const labels = spread([
    ...props.marks.map((mark) => ({
      at: line.at(mark.dueOn),
      lines: [`Week ${mark.week}: ${dayInWords(mark.dueOn)}`],
      strong: true,
    })),
    ...line.dots.map((dot) => ({
      at: dot.at,
      lines: dotLines(dot),
      strong: false,
    })),
    ...(props.finishedOn || props.closedOn
      ? []
      : [{ at: line.todayAt, lines: [`Today, week ${line.week}`], strong: true }]),
    ...(line.isLate
      ? [
          {
            at: (line.lastDueAt + line.endAt) / 2,
            lines: [`${line.daysLate} ${line.daysLate === 1 ? 'day' : 'days'} late`],
            strong: true,
          },
        ]
      : []),
  ])
  const bottom = Math.max(
    y(LENGTH) + 24,
    ...labels.map((label) => y(label.to) + label.lines.length * ROW + 8),
  )
  const id = `${props.id}-tall`
  return (
    <svg
      class="app-line app-line--tall"
      viewBox={`0 0 ${WIDTH} ${bottom}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>The 20-week line</title>
      <desc id={`${id}-desc`}>{describeLine(props, line)}</desc>
      <LatePattern id={`${id}-late`} />
      <rect
        class="app-line__track"
        x={X - 7}
        y={y(0)}
        width="14"
        height={Math.max(line.lastDueAt, line.endAt)}
        rx="7"
      />
      <rect
        class="app-line__gone"
        x={X - 7}
        y={y(0)}
        width="14"
        height={Math.min(line.endAt, line.lastDueAt)}
        rx="7"
      />
      {line.isLate ? (
        <rect
          class="app-line__late"
          x={X - 13}
          y={y(line.lastDueAt)}
          width="26"
          height={line.endAt - line.lastDueAt}
          fill={`url(#${id}-late)`}
        />
      ) : null}
      {(props.lifted ?? []).map((period) => {
        const from = y(line.at(period.from))
        const to = Math.max(from + 8, y(period.to === undefined ? line.todayAt : line.at(period.to)))
        return <path key={period.label} class="app-line__bracket" d={`M${X - 24} ${from}h-8V${to}h8`} />
      })}
      {labels.map((label) => (
        <g key={label.lines.join()}>
          <path class="app-line__leader" d={`M${X + 10} ${y(label.at)}L${TEXT_X - 6} ${y(label.to) - 1}`} />
          {label.lines.map((text, row) => (
            <text
              key={text}
              x={TEXT_X}
              y={y(label.to) + 5 + row * ROW}
              {...(label.strong ? { class: 'app-line__week' } : {})}
            >
              {text}
            </text>
          ))}
        </g>
      ))}
      {props.marks.map((mark) => (
        <line
          key={mark.week}
          class="app-line__mark"
          x1={X - 16}
          x2={X + 16}
          y1={y(line.at(mark.dueOn))}
          y2={y(line.at(mark.dueOn))}
        />
      ))}
      {line.dots.map((dot) => {
        const width = Math.max(24, dot.number.length * 10 + 10)
        return (
          <g key={dot.number}>
            <rect
              class="app-line__dot"
              x={X - width / 2}
              y={y(dot.at) - 12}
              width={width}
              height="24"
              rx="12"
            />
            <text class="app-line__number" text-anchor="middle" x={X} y={y(dot.at) + 5}>
              {dot.number}
            </text>
          </g>
        )
      })}
      {props.finishedOn || props.closedOn ? null : (
        <path class="app-line__today" d={`M${X + 12} ${y(line.todayAt)}l12 -7v14z`} />
      )}
    </svg>
  )
}

const dotLines = (dot: Dot): readonly string[] =>
  dot.labels.length > 3
    ? [`${dot.number}. See the list below`]
    : dot.labels.flatMap((label, index) => wrap(`${dot.first + index}. ${label}`, 28))

/** Moves labels down until none is written over another. */
function spread(labels: readonly Label[]): readonly (Label & { readonly to: number })[] {
  let free = Number.NEGATIVE_INFINITY
  return [...labels]
    .sort((a, b) => a.at - b.at)
    .map((label) => {
      const to = Math.max(label.at, free)
      free = to + label.lines.length * ROW + 5
      return { ...label, to }
    })
}
