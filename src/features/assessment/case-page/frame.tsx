import type { ComponentChildren, JSX } from 'preact'
import { GovukWarningText } from '../../../ui/govuk/index.ts'
import { CaseHeader, dayInWords, type SubNavigationItem, Tag } from '../../../ui/parts/index.ts'
import { type HeadView, TABS, type Tab } from './view.ts'

const tabItems = (head: HeadView, current: Tab, tabs: readonly Tab[]): SubNavigationItem[] =>
  tabs.map((tab) => ({
    text: TABS[tab],
    href: `/staff/cases/${head.id}${tab === 'overview' ? '' : `/${tab}`}${head.query}`,
    current: tab === current,
  }))

/** The head of every page of a case: who, what must not be forgotten, and the way to its other pages. */
export function CaseFrame(props: {
  readonly head: HeadView
  readonly current: Tab
  readonly tabs: readonly Tab[]
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}): JSX.Element {
  const { head } = props
  return (
    <>
      {head.asAt ? (
        <div class="govuk-inset-text">
          <strong>This is the case as it was known on {dayInWords(head.asAt)}.</strong> What was recorded
          later is left out, and nothing can be recorded from here.{' '}
          <a
            class="govuk-link"
            href={`/staff/cases/${head.id}${props.current === 'overview' ? '' : `/${props.current}`}`}
          >
            Back to today
          </a>
        </div>
      ) : null}
      <CaseHeader
        name={head.knownAs ? `${head.name} (known as ${head.knownAs})` : head.name}
        reference={head.reference}
        dateOfBirth={head.dateOfBirth}
        age={head.age}
        year={head.year}
        setting={head.setting}
        coordinator={head.coordinator}
        deputy={head.deputy}
        tags={
          <>
            <Tag colour={head.over ? 'grey' : 'blue'}>{head.stage}</Tag>
            {head.late ? <Tag colour="red">Late</Tag> : null}
            {head.exception ? <Tag colour="purple">Exception</Tag> : null}
            {head.language ? <Tag colour="yellow">{head.language}</Tag> : null}
          </>
        }
        actions={props.actions}
        navigation={tabItems(head, props.current, props.tabs)}
      />
      {head.alerts.map((alert) => (
        <GovukWarningText key={alert} text={alert} iconFallbackText="Warning" />
      ))}
      {props.children}
    </>
  )
}

/** Asks for the case as it was known on another day. Works without scripts. */
export function AsAtForm({ head, today }: { readonly head: HeadView; readonly today: string }): JSX.Element {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">See the case as it was on another day</span>
      </summary>
      <div class="govuk-details__text">
        <form method="get" action={`/staff/cases/${head.id}`}>
          <div class="govuk-form-group">
            <label class="govuk-label" for="asAt">
              Day
            </label>
            <div class="govuk-hint" id="asAt-hint">
              Only what had been recorded by the end of that day is shown
            </div>
            <input
              class="govuk-input govuk-input--width-10"
              id="asAt"
              name="asAt"
              type="date"
              max={today}
              value={head.asAt ?? today}
              aria-describedby="asAt-hint"
            />
          </div>
          <button class="govuk-button govuk-button--secondary" type="submit">
            Show that day
          </button>
        </form>
      </div>
    </details>
  )
}
