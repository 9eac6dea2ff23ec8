import type { JSX } from 'preact'
import { FilterPanel } from '../../ui/parts/index.ts'
import {
  KIND_LABELS,
  KINDS,
  ORDER_LABELS,
  ORDERS,
  STATES,
  WITHIN,
  type WorklistFilters,
  YEARS,
  yearInWords,
} from './filters.ts'
import { FILTER_RULES, nextThing } from './next-things.ts'
import type { Places } from './queries.ts'
import type { Chosen } from './view.ts'

interface Option {
  readonly value: string
  readonly text: string
}

function Choose(props: {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly any: string
}): JSX.Element {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={`filter-${props.name}`}>
        {props.label}
      </label>
      <select class="govuk-select" id={`filter-${props.name}`} name={props.name}>
        {props.any ? <option value="">{props.any}</option> : null}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

function Tick({
  name,
  text,
  checked,
}: {
  readonly name: string
  readonly text: string
  readonly checked: boolean
}): JSX.Element {
  return (
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id={`filter-${name}`}
        name={name}
        type="checkbox"
        value="yes"
        checked={checked}
      />
      <label class="govuk-label govuk-checkboxes__label" for={`filter-${name}`}>
        {text}
      </label>
    </div>
  )
}

export interface FilterFormProps {
  readonly filters: WorklistFilters
  readonly places: Places
  readonly chosen: readonly Chosen[]
  readonly action: string
  /** Which questions this list can be narrowed by, besides locality and coordinator. */
  readonly asks: readonly (
    | 'kind'
    | 'rule'
    | 'stage'
    | 'within'
    | 'year'
    | 'setting'
    | 'late'
    | 'exception'
    | 'order'
  )[]
}

/** The questions a list can be narrowed by. Each answer goes into the address. */
export function FilterForm({ filters, places, chosen, action, asks }: FilterFormProps): JSX.Element {
  const asked = new Set(asks)
  return (
    <FilterPanel
      action={action}
      selected={chosen}
      clearHref={`${action}?whose=${filters.whose}`}
      keep={{ whose: filters.whose }}
    >
      <Choose
        name="coordinator"
        label="Coordinator"
        value={filters.coordinator ?? ''}
        any="Anyone"
        options={[
          { value: 'none', text: 'Nobody yet' },
          ...places.coordinators.map((one) => ({ value: one.id, text: one.name })),
        ]}
      />
      <Choose
        name="locality"
        label="Locality"
        value={filters.locality ?? ''}
        any="All localities"
        options={places.localities.map((one) => ({ value: one.id, text: one.name }))}
      />
      {asked.has('stage') ? (
        <Choose
          name="stage"
          label="Stage"
          value={filters.stage ?? ''}
          any="Any stage"
          options={OPEN_STAGES}
        />
      ) : null}
      {asked.has('rule') ? (
        <Choose name="rule" label="What is next" value={filters.rule ?? ''} any="Anything" options={RULES} />
      ) : null}
      {asked.has('within') ? (
        <Choose
          name="within"
          label="Due within"
          value={filters.within === null ? '' : String(filters.within)}
          any="Any time"
          options={WEEKS}
        />
      ) : null}
      {asked.has('year') ? (
        <Choose
          name="year"
          label="Year group"
          value={filters.year === null ? '' : String(filters.year)}
          any="Any year"
          options={YEAR_OPTIONS}
        />
      ) : null}
      {asked.has('setting') ? (
        <div class="govuk-form-group">
          <label class="govuk-label" for="filter-setting">
            School or college
          </label>
          <div class="govuk-hint govuk-!-font-size-16" id="filter-setting-hint">
            Part of its name, or its URN
          </div>
          <input
            class="govuk-input"
            id="filter-setting"
            name="setting"
            type="text"
            value={filters.setting ?? ''}
            aria-describedby="filter-setting-hint"
            autocomplete="off"
          />
        </div>
      ) : null}
      {asked.has('kind') ? (
        <Choose
          name="kind"
          label="Process"
          value={filters.kind}
          any=""
          options={KINDS.map((kind) => ({ value: kind, text: KIND_LABELS[kind] }))}
        />
      ) : null}
      {asked.has('late') || asked.has('exception') ? (
        <div class="govuk-form-group">
          <div class="govuk-checkboxes govuk-checkboxes--small">
            {asked.has('late') ? <Tick name="late" text="Overdue only" checked={filters.late} /> : null}
            {asked.has('exception') ? (
              <Tick name="exception" text="With an exception" checked={filters.exception} />
            ) : null}
          </div>
        </div>
      ) : null}
      {asked.has('order') ? (
        <Choose
          name="order"
          label="Order"
          value={filters.order}
          any=""
          options={ORDERS.map((order) => ({ value: order, text: ORDER_LABELS[order] }))}
        />
      ) : null}
    </FilterPanel>
  )
}

const OVER = new Set(['plan-issued', 'not-assessed', 'no-plan', 'withdrawn', 'closed'])
const OPEN_STAGES = Object.entries(STATES)
  .filter(([stage]) => !OVER.has(stage))
  .map(([value, text]) => ({ value, text }))
const RULES = FILTER_RULES.map((rule) => ({ value: rule, text: nextThing(rule) }))
const WEEKS = WITHIN.map((days) => ({
  value: String(days),
  text: days === 7 ? '1 week' : `${days / 7} weeks`,
}))
const YEAR_OPTIONS = YEARS.map((year) => ({ value: String(year), text: yearInWords(year) }))
