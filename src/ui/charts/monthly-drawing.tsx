import { scaleBand, scaleLinear } from 'd3-scale'
import { line as lineShape } from 'd3-shape'
import type { JSX } from 'preact'
import type { MonthlyChartProps, MonthlySeries } from './monthly-chart.tsx'
import { BarPatterns, barFill, COLOURS, DASHES, Key, Marker } from './monthly-marks.tsx'

const LEFT = 44
const PANEL = 190
const ROW = 24

interface Sheet {
  readonly width: number
  readonly className: string
}

interface Panel {
  readonly top: number
  readonly x: (month: string) => number
  readonly step: number
  readonly y: (value: number) => number
  readonly ticks: readonly number[]
}

const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The picture at one width. Text is drawn at its final size, so each width has a picture of its own. */
export function drawMonths(props: MonthlyChartProps, sheet: Sheet): JSX.Element {
  const bars = props.bars ?? []
  const lines = props.lines ?? []
  const narrow = sheet.width < 500
  const id = `${props.id}-${narrow ? 'narrow' : 'wide'}`
  const band = scaleBand(props.months, [LEFT, sheet.width - 8])
    .paddingInner(0.25)
    .paddingOuter(0.15)
  const x = (month: string) => band(month) ?? LEFT
  const keyHeight = (count: number) => (count === 0 ? 0 : 32 + (narrow ? count * ROW : ROW))
  const barsTop = keyHeight(bars.length)
  const linesTop = (bars.length > 0 ? barsTop + PANEL + 20 : 0) + keyHeight(lines.length)
  const bottom = lines.length > 0 ? linesTop + PANEL : barsTop + PANEL
  const most = Math.max(1, ...bars.flatMap((series) => series.values.map((value) => value ?? 0)))
  const countScale = scaleLinear([0, most], [PANEL, 0]).nice(4)
  const shareScale = scaleLinear([0, 100], [PANEL, 0])
  const panel = (top: number, scale: typeof countScale, ticks: readonly number[]): Panel => ({
    top,
    x,
    step: band.bandwidth(),
    y: (value) => top + scale(value),
    ticks,
  })
  const barPanel = panel(barsTop, countScale, countScale.ticks(4).filter(Number.isInteger))
  const linePanel = panel(linesTop, shareScale, [0, 25, 50, 75, 100])
  return (
    <svg
      class={sheet.className}
      viewBox={`0 0 ${sheet.width} ${bottom + 52}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{props.title}</title>
      <desc
        id={`${id}-desc`}
      >{`Chart by month of ${[...bars, ...lines].map((series) => series.name).join(', ')}. The figures are in the table below.`}</desc>
      <BarPatterns id={id} />
      {(props.shaded ?? []).map((period) => {
        const [from, to] = shadedEdges(props.months, period, x, band.bandwidth())
        return from === null ? null : (
          <g key={period.from}>
            {bars.length > 0 ? (
              <rect class="app-chart__shade" x={from} width={to - from} y={barsTop} height={PANEL} />
            ) : null}
            {lines.length > 0 ? (
              <rect class="app-chart__shade" x={from} width={to - from} y={linesTop} height={PANEL} />
            ) : null}
          </g>
        )
      })}
      {bars.length > 0 ? (
        <>
          <Key
            id={id}
            kind="bars"
            title={props.barsTitle ?? 'Number'}
            series={bars}
            top={0}
            narrow={narrow}
          />
          <Axis panel={barPanel} width={sheet.width} unit="" />
          {bars.map((series, index) => (
            <Bars
              key={series.name}
              series={series}
              index={index}
              of={bars.length}
              months={props.months}
              panel={barPanel}
              id={id}
            />
          ))}
        </>
      ) : null}
      {lines.length > 0 ? (
        <>
          <Key
            id={id}
            kind="lines"
            title={props.linesTitle ?? 'Percentage'}
            series={lines}
            top={linesTop - keyHeight(lines.length)}
            narrow={narrow}
          />
          <Axis panel={linePanel} width={sheet.width} unit="%" />
          {lines.map((series, index) => (
            <Line key={series.name} series={series} index={index} months={props.months} panel={linePanel} />
          ))}
        </>
      ) : null}
      <MonthNames months={props.months} x={x} step={band.bandwidth()} top={bottom} room={band.step()} />
    </svg>
  )
}

function shadedEdges(
  months: readonly string[],
  period: { readonly from: string; readonly to: string },
  x: (month: string) => number,
  step: number,
): readonly [number, number] | readonly [null, 0] {
  const inside = months.filter((month) => month >= period.from && month <= period.to)
  const first = inside[0]
  const last = inside.at(-1)
  return first === undefined || last === undefined
    ? [null, 0]
    : [x(first) - step * 0.12, x(last) + step * 1.12]
}

function Axis({
  panel,
  width,
  unit,
}: {
  readonly panel: Panel
  readonly width: number
  readonly unit: string
}): JSX.Element {
  return (
    <g>
      {panel.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 0 ? 'app-chart__base' : 'app-chart__grid'}
            x1={LEFT}
            x2={width}
            y1={panel.y(tick)}
            y2={panel.y(tick)}
          />
          <text text-anchor="end" x={LEFT - 6} y={panel.y(tick) + 5}>
            {tick}
            {unit}
          </text>
        </g>
      ))}
    </g>
  )
}

function Bars(props: {
  readonly series: MonthlySeries
  readonly index: number
  readonly of: number
  readonly months: readonly string[]
  readonly panel: Panel
  readonly id: string
}): JSX.Element {
  const { series, index, of, months, panel, id } = props
  const width = panel.step / of
  return (
    <g>
      {months.map((month, at) => {
        const value = series.values[at]
        if (value === null || value === undefined) return null
        return (
          <rect
            key={month}
            x={panel.x(month) + width * index}
            width={Math.max(2, width - 1)}
            y={panel.y(value)}
            height={panel.y(0) - panel.y(value)}
            fill={barFill(id, index)}
            stroke={COLOURS[index % COLOURS.length]}
          />
        )
      })}
    </g>
  )
}

function Line(props: {
  readonly series: MonthlySeries
  readonly index: number
  readonly months: readonly string[]
  readonly panel: Panel
}): JSX.Element {
  const { series, index, months, panel } = props
  const points = months.map((month, at) => ({
    x: panel.x(month) + panel.step / 2,
    value: series.values[at] ?? null,
  }))
  const path = lineShape<(typeof points)[number]>()
    .defined((point) => point.value !== null)
    .x((point) => point.x)
    .y((point) => panel.y(point.value ?? 0))([...points])
  return (
    <g>
      <path
        d={path ?? ''}
        fill="none"
        stroke={COLOURS[index % COLOURS.length]}
        stroke-width="3"
        stroke-dasharray={DASHES[index % DASHES.length]}
      />
      {points.map((point) =>
        point.value === null ? null : (
          <Marker key={point.x} index={index} x={point.x} y={panel.y(point.value)} />
        ),
      )}
    </g>
  )
}

/** As many month names as there is room for, with the year under the first and each January. */
function MonthNames(props: {
  readonly months: readonly string[]
  readonly x: (month: string) => number
  readonly step: number
  readonly top: number
  readonly room: number
}): JSX.Element {
  const every = [1, 2, 3, 4, 6, 12].find((count) => props.room * count >= 38) ?? 12
  const januaryAt = Math.max(
    0,
    props.months.findIndex((month) => month.endsWith('-01')),
  )
  return (
    <g>
      {props.months.map((month, index) => {
        if ((index - januaryAt) % every !== 0) return null
        const middle = props.x(month) + props.step / 2
        const withYear = month.endsWith('-01') || index < every
        return (
          <g key={month}>
            <line class="app-chart__base" x1={middle} x2={middle} y1={props.top} y2={props.top + 5} />
            <text text-anchor="middle" x={middle} y={props.top + 22}>
              {SHORT[Number(month.slice(5)) - 1]}
            </text>
            {withYear ? (
              <text class="app-chart__year" text-anchor="middle" x={middle} y={props.top + 42}>
                {month.slice(0, 4)}
              </text>
            ) : null}
          </g>
        )
      })}
    </g>
  )
}
