import type { JSX } from 'preact'
import type { MonthlySeries } from './monthly-chart.tsx'

/** Each at least 3 to 1 against white and told apart by people who are colour blind; the pattern, dash and
 *  marker tell them apart without any colour. From the Government Analysis Function's palette. */
export const COLOURS = ['#12436d', '#801650', '#20806f'] as const
export const DASHES = ['none', '9 5', '3 4'] as const

export const barFill = (id: string, index: number): string =>
  index === 0 ? COLOURS[0] : `url(#${id}-bar-${index % COLOURS.length})`

/** Solid, stripes, dots. */
export function BarPatterns({ id }: { readonly id: string }): JSX.Element {
  return (
    <defs>
      <pattern
        id={`${id}-bar-1`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="#ffffff" />
        <rect width="3" height="6" fill={COLOURS[1]} />
      </pattern>
      <pattern id={`${id}-bar-2`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill="#ffffff" />
        <circle cx="3" cy="3" r="1.8" fill={COLOURS[2]} />
      </pattern>
      <pattern id={`${id}-bar-0`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={COLOURS[0]} />
      </pattern>
    </defs>
  )
}

/** Circle, square, triangle: white inside, so that lines crossing behind do not blur them. */
export function Marker({
  index,
  x,
  y,
}: {
  readonly index: number
  readonly x: number
  readonly y: number
}): JSX.Element {
  const look = { fill: '#ffffff', stroke: COLOURS[index % COLOURS.length], 'stroke-width': 2.5 }
  if (index % 3 === 0) return <circle cx={x} cy={y} r="4.5" {...look} />
  if (index % 3 === 1) return <rect x={x - 4} y={y - 4} width="8" height="8" {...look} />
  return <path d={`M${x} ${y - 6}l5.5 10h-11z`} {...look} />
}

export interface KeyProps {
  readonly id: string
  readonly kind: 'bars' | 'lines'
  readonly title: string
  readonly series: readonly MonthlySeries[]
  readonly top: number
  readonly narrow: boolean
}

/** What each mark stands for: in a row on a wide picture, one under another on a narrow one. */
export function Key({ id, kind, title, series, top, narrow }: KeyProps): JSX.Element {
  let across = 0
  return (
    <g>
      <text class="app-chart__axis-title" x="0" y={top + 16}>
        {title}
      </text>
      {series.map((each, index) => {
        const x = narrow ? 0 : across
        const y = top + 40 + (narrow ? index * 24 : 0)
        across += each.name.length * 8.4 + 60
        return (
          <g key={each.name}>
            {kind === 'bars' ? (
              <rect
                x={x}
                y={y - 12}
                width="22"
                height="14"
                fill={barFill(id, index)}
                stroke={COLOURS[index % COLOURS.length]}
              />
            ) : (
              <>
                <line
                  x1={x}
                  x2={x + 26}
                  y1={y - 5}
                  y2={y - 5}
                  stroke={COLOURS[index % COLOURS.length]}
                  stroke-width="3"
                  stroke-dasharray={DASHES[index % DASHES.length]}
                />
                <Marker index={index} x={x + 13} y={y - 5} />
              </>
            )}
            <text x={x + 32} y={y}>
              {each.name}
            </text>
          </g>
        )
      })}
    </g>
  )
}
