import type { JSX } from 'preact'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, SortableTable } from '../../../ui/parts/index.ts'
import { isOpen, PLACES_PATH, type Place } from './queries.ts'

/** What a team does, by the schema's kinds. */
export const WORK: Readonly<Record<string, string>> = {
  send: 'SEND casework',
  'educational-psychology': 'Educational psychology',
  'early-help': 'Early help',
  'social-care': 'Social care',
  quality: 'Quality assurance',
  commissioning: 'Commissioning',
  data: 'Data and systems',
  health: 'Health',
  board: 'Board',
}

/** Both lists, with what may be done to each row. */
export function PlacesPage(props: {
  readonly localities: readonly Place[]
  readonly teams: readonly Place[]
  readonly today: string
}): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">Localities and teams</h1>
      <p class="govuk-body">
        A request without a locality belongs to the whole authority. Schools’ questions to specialists and
        health’s notices of young children name one: a council that does not work by areas adds a single
        locality for all of it.
      </p>
      <Places
        kind="localities"
        title="Localities"
        add="Add a locality"
        rows={props.localities}
        today={props.today}
        none="None yet. Add one for each area that has its own caseworkers."
      />
      <Places
        kind="teams"
        title="Teams"
        add="Add a team"
        rows={props.teams}
        today={props.today}
        none="None yet. A team’s people see one another’s lists under Team."
      />
    </>
  )
}

function Places(props: {
  readonly kind: 'localities' | 'teams'
  readonly title: string
  readonly add: string
  readonly rows: readonly Place[]
  readonly today: string
  readonly none: string
}): JSX.Element {
  const link = (place: Place, what: string, words: string): JSX.Element => (
    <a class="govuk-link" href={`${PLACES_PATH}/${props.kind}/${place.id}/${what}`}>
      {words}
      <span class="govuk-visually-hidden"> {place.name}</span>
    </a>
  )
  return (
    <section>
      <h2 class="govuk-heading-m">{props.title}</h2>
      <GovukButton
        text={props.add}
        href={`${PLACES_PATH}/${props.kind}/new`}
        classes="govuk-button--secondary"
      />
      {props.rows.length === 0 ? (
        <EmptyState title={`No ${props.kind}`}>{props.none}</EmptyState>
      ) : (
        <SortableTable<Place>
          id={props.kind}
          caption={props.title}
          rows={props.rows}
          onPhone="cards"
          columns={[
            { key: 'name', heading: 'Name', cell: (place) => place.name },
            ...(props.kind === 'teams'
              ? [
                  {
                    key: 'work',
                    heading: 'Work',
                    cell: (place: Place) => WORK[place.work ?? ''] ?? place.work ?? '',
                  },
                  {
                    key: 'locality',
                    heading: 'Locality',
                    cell: (place: Place) => place.locality ?? 'The whole authority',
                  },
                ]
              : []),
            {
              key: 'ends',
              heading: 'In use',
              cell: (place) =>
                place.endedOn === null
                  ? 'Yes'
                  : isOpen(place, props.today)
                    ? `Until ${dayInWords(place.endedOn)}`
                    : `Ended ${dayInWords(place.endedOn)}`,
            },
            {
              key: 'change',
              heading: 'Change',
              cell: (place) => (
                <>
                  {link(place, 'name', 'Rename')}{' '}
                  {isOpen(place, props.today) ? link(place, 'end', 'End') : null}
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}
