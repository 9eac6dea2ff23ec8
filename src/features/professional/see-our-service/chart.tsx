import { scaleLinear } from 'd3-scale'
import type { JSX } from 'preact'
import { dayInWords } from '../../../ui/parts/index.ts'
import type { Week } from './weeks.ts'

const ROW = 30
const short = (iso: string): string => dayInWords(iso).replace(/ \d{4}$/, '')

/** Advice due and what can be finished, a bar and a mark for each week. The table beside it holds the same figures. */
export function WeeksChart({ weeks }: { readonly weeks: readonly Week[] }): JSX.Element {
  return (
    <figure class="app-chart" aria-label="Advice due against what can be finished, by week">
      <Picture weeks={weeks} width={720} className="app-chart__picture app-chart__picture--wide" />
      <Picture weeks={weeks} width={340} className="app-chart__picture app-chart__picture--narrow" />
    </figure>
  )
}

function Picture({
  weeks,
  width,
  className,
}: {
  readonly weeks: readonly Week[]
  readonly width: number
  readonly className: string
}): JSX.Element {
  const left = width < 500 ? 104 : 120
  const most = Math.max(1, ...weeks.map((week) => Math.max(week.due, week.capacity ?? 0)))
  const x = scaleLinear([0, most], [left, width - 40])
  const top = 34
  const id = `weeks-${width}`
  // Beside its bar, and never under the mark.
  const labelAt = (week: Week): number => {
    const end = x(week.due) + 6
    const mark = week.capacity === null ? null : x(week.capacity)
    return mark !== null && mark > end - 8 && mark < end + 22 ? mark + 6 : end
  }
  return (
    <svg
      class={className}
      viewBox={`0 0 ${width} ${top + weeks.length * ROW + 8}`}
      role="img"
      aria-labelledby={`${id}-title`}
    >
      <title id={`${id}-title`}>
        {`Advice due by week, ${weeks.map((week) => `${short(week.from)}: ${week.due}`).join('; ')}. The figures are in the table below.`}
      </title>
      <rect class="app-weeks__due" x={0} y={8} width={14} height={14} />
      <text x={20} y={20}>
        Due
      </text>
      <line class="app-weeks__capacity" x1={70} x2={70} y1={5} y2={25} />
      <text x={80} y={20}>
        What can be finished
      </text>
      <line class="app-chart__base" x1={left} x2={left} y1={top} y2={top + weeks.length * ROW} />
      {weeks.map((week, index) => {
        const y = top + index * ROW
        return (
          <g>
            <text x={left - 8} y={y + 20} text-anchor="end">
              {short(week.from)}
            </text>
            <rect
              class="app-weeks__due"
              x={left}
              y={y + 6}
              width={Math.max(0, x(week.due) - left)}
              height={18}
            />
            <text x={labelAt(week)} y={y + 20}>
              {week.due}
            </text>
            {week.capacity === null ? null : (
              <line
                class="app-weeks__capacity"
                x1={x(week.capacity)}
                x2={x(week.capacity)}
                y1={y + 2}
                y2={y + 28}
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}
