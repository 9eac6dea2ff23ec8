import type { JSX } from 'preact'
import { dayInWords } from '../parts/day.ts'
import { type Dot, describeLine, placeOnLine, type TwentyWeekLineProps } from './twenty-week-scale.ts'

const WIDTH = 960
const EDGE = 28
const LETTER = 8
const LANE = 24

/** The line across the page, for large screens and paper. */
export function WideLine(props: TwentyWeekLineProps): JSX.Element {
  const line = placeOnLine(props, WIDTH - EDGE * 2)
  const x = (along: number) => EDGE + along
  const lanes = placeLabels(line.dots)
  const laneCount = Math.max(0, ...lanes.map((lane) => (lane === null ? 0 : lane + 1)))
  const y = 30 + laneCount * LANE
  const lifted = props.lifted ?? []
  const height = y + 104 + lifted.length * 44
  const id = `${props.id}-wide`
  return (
    <svg
      class="app-line app-line--wide"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>The 20-week line</title>
      <desc id={`${id}-desc`}>{describeLine(props, line)}</desc>
      <LatePattern id={`${id}-late`} />
      <rect
        class="app-line__track"
        x={x(0)}
        y={y - 7}
        width={Math.max(line.lastDueAt, line.endAt)}
        height="14"
        rx="7"
      />
      <rect
        class="app-line__gone"
        x={x(0)}
        y={y - 7}
        width={Math.min(line.endAt, line.lastDueAt)}
        height="14"
        rx="7"
      />
      {line.isLate ? (
        <>
          <rect
            class="app-line__late"
            x={x(line.lastDueAt)}
            y={y - 13}
            width={line.endAt - line.lastDueAt}
            height="26"
            fill={`url(#${id}-late)`}
          />
          <text
            class="app-line__late-text"
            {...anchored(x((line.lastDueAt + line.endAt) / 2), 110)}
            y={y + 92}
          >
            {line.daysLate} {line.daysLate === 1 ? 'day' : 'days'} late
          </text>
        </>
      ) : null}
      {props.marks.map((mark) => {
        const at = x(line.at(mark.dueOn))
        return (
          <g key={mark.week}>
            <line class="app-line__mark" x1={at} x2={at} y1={y - 16} y2={y + 24} />
            <text class="app-line__week" {...anchored(at, 80)} y={y + 42}>
              Week {mark.week}
            </text>
            <text {...anchored(at, 130)} y={y + 62}>
              {dayInWords(mark.dueOn)}
            </text>
          </g>
        )
      })}
      {line.dots.map((dot, index) => (
        <WideDot key={dot.number} dot={dot} x={x(dot.at)} y={y} lane={lanes[index] ?? null} />
      ))}
      {props.finishedOn || props.closedOn ? null : (
        <g>
          <path class="app-line__today" d={`M${x(line.todayAt)} ${y + 14}l7 12h-14z`} />
          {nearAMark(props, line.todayAt, line.at) ? null : (
            <text class="app-line__today-text" {...anchored(x(line.todayAt), 110)} y={y + 42}>
              Today, week {line.week}
            </text>
          )}
          {nearAMark(props, line.todayAt, line.at) ? (
            <text
              class="app-line__today-text"
              {...anchored(x(line.todayAt), 110)}
              y={line.isLate ? y + 78 : y + 84}
            >
              Today, week {line.week}
            </text>
          ) : null}
        </g>
      )}
      {lifted.map((period, index) => {
        const from = x(line.at(period.from))
        const to = Math.max(from + 8, x(period.to === undefined ? line.todayAt : line.at(period.to)))
        const top = y + 104 + index * 44
        return (
          <g key={period.label} class="app-line__lifted">
            <path d={`M${from} ${top - 8}v8H${to}v-8`} />
            <text {...anchored((from + to) / 2, period.label.length * LETTER + 110)} y={top + 20}>
              Limit lifted: {period.label}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function WideDot(props: {
  readonly dot: Dot
  readonly x: number
  readonly y: number
  readonly lane: number | null
}): JSX.Element {
  const { dot, x, y, lane } = props
  const width = Math.max(24, dot.number.length * 10 + 10)
  const labelY = y - 30 - (lane ?? 0) * LANE
  return (
    <g>
      {lane === null ? null : (
        <>
          <line class="app-line__leader" x1={x} x2={x} y1={y - 12} y2={labelY + 5} />
          <text {...anchored(x, dot.labels[0]!.length * LETTER)} y={labelY}>
            {dot.labels[0]}
          </text>
        </>
      )}
      <rect class="app-line__dot" x={x - width / 2} y={y - 12} width={width} height="24" rx="12" />
      <text class="app-line__number" text-anchor="middle" x={x} y={y + 5}>
        {dot.number}
      </text>
    </g>
  )
}

/** The nearest row above the line where each label has room; null where there is none, and the number alone must do. */
function placeLabels(dots: readonly Dot[]): readonly (number | null)[] {
  const taken: [number, number][][] = [[], [], []]
  return dots.map((dot) => {
    if (dot.labels.length > 1) return null
    const width = dot.labels[0]!.length * LETTER
    const { left, right } = reach(dot.at + EDGE, width)
    const x = dot.at + EDGE
    const hasRoom = (lane: readonly (readonly [number, number])[]) =>
      lane.every(([from, to]) => right + 12 < from || left - 12 > to)
    const isCrossed = (lane: readonly (readonly [number, number])[]) =>
      lane.some(([from, to]) => x > from - 4 && x < to + 4)
    const free = taken.findIndex((lane, index) => hasRoom(lane) && !taken.slice(0, index).some(isCrossed))
    if (free < 0) return null
    // Its leader crosses the rows below, so nothing later may be written over it there.
    for (const lane of taken.slice(0, free)) lane.push([dot.at + EDGE - 3, dot.at + EDGE + 3])
    taken[free]!.push([left, right])
    return free
  })
}

const reach = (x: number, width: number) => {
  const left = Math.min(Math.max(x - width / 2, 0), WIDTH - width)
  return { left, right: left + width }
}

/** In the middle, unless that runs off the picture. */
const anchored = (x: number, width: number): { x: number; 'text-anchor': 'start' | 'middle' | 'end' } => {
  if (x - width / 2 < 0) return { x: 0, 'text-anchor': 'start' }
  if (x + width / 2 > WIDTH) return { x: WIDTH, 'text-anchor': 'end' }
  return { x, 'text-anchor': 'middle' }
}

const nearAMark = (
  props: TwentyWeekLineProps,
  today: number,
  at: (day: TwentyWeekLineProps['today']) => number,
) => props.marks.some((mark) => Math.abs(at(mark.dueOn) - today) < 130)

/** Late days are hatched as well as coloured. */
export function LatePattern({ id }: { readonly id: string }): JSX.Element {
  return (
    <defs>
      <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill="#ffffff" />
        <rect width="4" height="8" fill="#ca3535" />
      </pattern>
    </defs>
  )
}
