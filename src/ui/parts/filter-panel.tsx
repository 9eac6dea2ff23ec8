import type { ComponentChildren, JSX } from 'preact'

export interface SelectedFilter {
  /** "Locality: North". */
  readonly text: string
  /** The list without this filter. */
  readonly removeHref: string
}

export interface FilterPanelProps {
  /** The list's own address: filters are in the query, so a filtered list can be kept or sent. */
  readonly action: string
  readonly selected: readonly SelectedFilter[]
  readonly clearHref: string
  /** What the form must carry along, such as the order of the list. */
  readonly keep?: Readonly<Record<string, string | undefined>> | undefined
  /** The questions: GovukCheckboxes, GovukSelect, GovukInput… */
  readonly children: ComponentChildren
}

/** Filters of a list, as a form that asks for the list again. Folded on a phone, open beside the list elsewhere. */
export function FilterPanel(props: FilterPanelProps): JSX.Element {
  return (
    <details class="app-filter">
      <summary class="app-filter__summary">
        Filter this list{props.selected.length > 0 ? ` (${props.selected.length} chosen)` : ''}
      </summary>
      <div class="app-filter__body">
        {props.selected.length > 0 ? <Chosen {...props} /> : null}
        <form method="get" action={props.action} class="app-filter__form" novalidate>
          {Object.entries(props.keep ?? {}).map(([name, value]) =>
            value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
          )}
          <h2 class="govuk-heading-m app-filter__heading">Filter</h2>
          {props.children}
          <button type="submit" class="govuk-button app-filter__button">
            Apply filters
          </button>
        </form>
      </div>
    </details>
  )
}

function Chosen({ selected, clearHref }: FilterPanelProps): JSX.Element {
  return (
    <div class="app-filter__chosen">
      <h2 class="govuk-heading-s app-filter__heading">Chosen filters</h2>
      <ul class="moj-filter-tags">
        {selected.map((filter) => (
          <li key={filter.removeHref}>
            <a class="moj-filter__tag" href={filter.removeHref}>
              <span class="govuk-visually-hidden">Remove this filter: </span>
              {filter.text}
            </a>
          </li>
        ))}
      </ul>
      <p class="govuk-body app-filter__clear">
        <a class="govuk-link govuk-link--no-visited-state" href={clearHref}>
          Clear all filters
        </a>
      </p>
    </div>
  )
}

/** A list with its filters: beside it on a large screen, above it on a phone. */
export function ListWithFilter(props: {
  readonly filter: JSX.Element
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="app-list">
      <div class="app-list__filter">{props.filter}</div>
      <div class="app-list__rows">{props.children}</div>
    </div>
  )
}
