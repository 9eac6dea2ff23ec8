import type { ComponentChildren, JSX } from 'preact'
import { type Day, dayInWords } from './day.ts'

export interface StatTileProps {
  readonly name: string
  /** As shown: "61%", "2,800". Null when it is held back because the numbers are small. */
  readonly value: string | null
  readonly numerator?: number | undefined
  readonly denominator?: number | undefined
  /** What is counted over what: "of 41 requests decided". */
  readonly outOf?: string | undefined
  readonly asAt: Day
  /** How it is worked out, and which version of that. */
  readonly definition: ComponentChildren
  readonly trend?:
    | {
        readonly direction: 'up' | 'down' | 'same'
        readonly words: string
        readonly good?: boolean | undefined
      }
    | undefined
  readonly target?: string | undefined
  /** To the rows or the months behind the number. */
  readonly href?: string | undefined
  readonly headingLevel?: 2 | 3 | undefined
}

const count = (value: number): string => value.toLocaleString('en-GB')
const arrows = {
  up: 'M6 1l5 7H8v7H4V8H1z',
  down: 'M6 15l5-7H8V1H4v7H1z',
  same: 'M0 5h12v2H0zM0 9h12v2H0z',
} as const

/** One number with everything that makes it honest: over what, as at when, by which definition. */
export function StatTile(props: StatTileProps): JSX.Element {
  const Heading = `h${props.headingLevel ?? 2}` as const
  return (
    <div class="app-stat">
      <Heading class="app-stat__name">
        {props.href ? (
          <a class="govuk-link" href={props.href}>
            {props.name}
          </a>
        ) : (
          props.name
        )}
      </Heading>
      <p class="app-stat__value">{props.value ?? 'Held back'}</p>
      <p class="app-stat__line">
        {props.value === null
          ? 'Fewer than 6 children, so not shown'
          : props.numerator !== undefined && props.denominator !== undefined
            ? `${count(props.numerator)} of ${count(props.denominator)}${props.outOf ? ` ${props.outOf}` : ''}`
            : props.outOf}
      </p>
      {props.trend && props.value !== null ? (
        <p
          class={`app-stat__line app-stat__trend${props.trend.good === undefined ? '' : props.trend.good ? ' app-stat__trend--good' : ' app-stat__trend--bad'}`}
        >
          <svg
            class="app-stat__arrow"
            aria-hidden="true"
            focusable="false"
            width="12"
            height="16"
            viewBox="0 0 12 16"
          >
            <path d={arrows[props.trend.direction]} />
          </svg>
          {props.trend.words}
        </p>
      ) : null}
      {props.target ? <p class="app-stat__line">Target: {props.target}</p> : null}
      <p class="app-stat__line app-stat__as-at">As at {dayInWords(props.asAt)}</p>
      <details class="govuk-details app-stat__details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">
            How it is worked out<span class="govuk-visually-hidden">: {props.name}</span>
          </span>
        </summary>
        <div class="govuk-details__text">{props.definition}</div>
      </details>
    </div>
  )
}

export function StatTiles({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="app-stats">{children}</div>
}
