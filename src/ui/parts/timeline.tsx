import type { ComponentChildren, JSX } from 'preact'
import { type Day, dayInWords, machineDay } from './day.ts'

export interface TimelineEntry {
  readonly id?: string | undefined
  readonly title: string
  /** The day it happened. */
  readonly on: Day
  readonly by?: string | undefined
  /** Shown when it was recorded on a later day than it happened. */
  readonly recordedOn?: Day | undefined
  readonly kind?: string | undefined
  readonly body?: ComponentChildren
  /** Given when this was a mistake and has been replaced: it stays, struck through. */
  readonly corrected?: { readonly on: Day; readonly by: string; readonly reason: string } | undefined
  readonly links?: readonly { readonly text: string; readonly href: string }[] | undefined
}

export interface TimelineProps {
  readonly entries: readonly TimelineEntry[]
  /** Level of each entry's heading: one below the heading over the timeline. */
  readonly headingLevel?: 2 | 3 | 4 | undefined
}

/** What happened, newest or oldest first as given. Mistakes stay in sight with their reason. */
export function Timeline({ entries, headingLevel = 3 }: TimelineProps): JSX.Element {
  return (
    <ol class="moj-timeline app-timeline">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} headingLevel={headingLevel} />
      ))}
    </ol>
  )
}

function Entry({
  entry,
  headingLevel,
}: {
  readonly entry: TimelineEntry
  readonly headingLevel: 2 | 3 | 4
}): JSX.Element {
  const Heading = `h${headingLevel}` as const
  const { corrected } = entry
  return (
    <li id={entry.id} class={`moj-timeline__item${corrected ? ' app-timeline__item--corrected' : ''}`}>
      <div class="moj-timeline__header">
        <Heading class="moj-timeline__title">{corrected ? <del>{entry.title}</del> : entry.title}</Heading>{' '}
        {entry.by ? <p class="moj-timeline__byline">by {entry.by}</p> : null}
        {corrected ? <strong class="govuk-tag govuk-tag--grey app-timeline__tag">Corrected</strong> : null}
        {entry.kind ? <span class="app-timeline__kind">{entry.kind}</span> : null}
      </div>
      <p class="moj-timeline__date">
        <time dateTime={machineDay(entry.on)}>{dayInWords(entry.on)}</time>
        {entry.recordedOn && machineDay(entry.recordedOn) !== machineDay(entry.on) ? (
          <> (recorded {dayInWords(entry.recordedOn)})</>
        ) : null}
      </p>
      {entry.body ? (
        <div class="moj-timeline__description">{corrected ? <del>{entry.body}</del> : entry.body}</div>
      ) : null}
      {corrected ? (
        <p class="app-timeline__reason">
          Corrected by {corrected.by} on {dayInWords(corrected.on)}. Reason: {corrected.reason}
        </p>
      ) : null}
      {entry.links && entry.links.length > 0 ? (
        <ul class="app-timeline__links">
          {entry.links.map((link) => (
            <li key={link.href}>
              <a class="govuk-link" href={link.href}>
                {link.text}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}
