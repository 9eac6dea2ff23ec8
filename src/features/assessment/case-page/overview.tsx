import type { JSX } from 'preact'
import { TwentyWeekLine, type TwentyWeekLineProps } from '../../../ui/charts/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { DueDate, WhoseMove } from '../../../ui/parts/index.ts'
import type { Actions } from './actions.ts'
import { AsAtForm } from './frame.tsx'
import type { ProcessLink } from './queries.ts'
import type { HeadView, OverviewView } from './view.ts'

/** What can be done now: the thing that moves the case on as a button, the rest as links beside it. */
export function ActionBar({ actions }: { readonly actions: Actions }): JSX.Element | null {
  if (!actions.main && actions.others.length === 0) return null
  return (
    <nav aria-label="What can be done now">
      {actions.main ? (
        <GovukButton text={actions.main.text} href={actions.main.href} classes="govuk-!-margin-bottom-2" />
      ) : null}
      <ul class="govuk-list app-case__actions govuk-!-font-size-16 govuk-!-margin-bottom-0">
        {actions.others.map((action) => (
          <li key={action.href}>
            <a class="govuk-link" href={action.href}>
              {action.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Where it is, whose move, what is late, what was promised, what can be done: then the line. */
export function Overview(props: {
  readonly head: HeadView
  readonly view: OverviewView
  readonly line: TwentyWeekLineProps | null
  readonly others: readonly ProcessLink[]
  readonly today: string
}): JSX.Element {
  const { head, view, line } = props
  const inForce = props.others.find((one) => one.kind === 'plan' && one.closed_on === null)
  return (
    <>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <WhoseMove
            stage={view.stage}
            whoseMove={view.move}
            since={view.since ?? undefined}
            late={view.late}
          >
            {view.next ? (
              <>
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">Next: {view.next.title}</h3>
                <DueDate
                  deadline={view.next.deadline}
                  whoActs={view.next.who}
                  whyHref={view.next.whyHref}
                  what={`for: ${view.next.title}`}
                  forStaff
                />
              </>
            ) : (
              <p class="govuk-body">
                Nothing is due{inForce ? ' here. What is due now is on ' : '.'}
                {inForce ? (
                  <>
                    <a class="govuk-link" href={`/staff/cases/${inForce.id}`}>
                      the page of plan {inForce.reference}
                    </a>
                    .
                  </>
                ) : null}
              </p>
            )}
          </WhoseMove>
        </div>
        <div class="govuk-grid-column-one-third">
          <h2 class="govuk-heading-s govuk-!-margin-bottom-1">Late</h2>
          {view.lateLines.length === 0 ? (
            <p class="govuk-body-s">Nothing is or was late.</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet govuk-!-font-size-16">
              {view.lateLines.slice(0, 4).map((text) => (
                <li key={text}>{text}</li>
              ))}
              {view.lateLines.length > 4 ? (
                <li>
                  <a class="govuk-link" href={`/staff/cases/${head.id}/dates${head.query}`}>
                    {view.lateLines.length - 4} more under Dates
                  </a>
                </li>
              ) : null}
            </ul>
          )}
          <h2 class="govuk-heading-s govuk-!-margin-bottom-1">Promised</h2>
          {view.promises.length === 0 ? (
            <p class="govuk-body-s">Nothing beyond the legal dates.</p>
          ) : (
            <ul class="govuk-list govuk-list--bullet govuk-!-font-size-16">
              {view.promises.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {line ? (
        <section aria-labelledby="twenty-weeks">
          <h2 class="govuk-heading-m" id="twenty-weeks">
            The 20 weeks
          </h2>
          <TwentyWeekLine {...line} />
        </section>
      ) : null}
      {props.others.length > 0 ? (
        <>
          <h2 class="govuk-heading-s">Also about this child</h2>
          <ul class="govuk-list">
            {props.others.map((one) => (
              <li key={one.id}>
                <a class="govuk-link" href={`/staff/cases/${one.id}`}>
                  {one.kind === 'plan' ? 'Plan' : 'Assessment'} {one.reference}
                </a>
                ,{' '}
                {one.closed_on
                  ? `${one.opened_on.slice(0, 4)} to ${one.closed_on.slice(0, 4)}`
                  : `open since ${one.opened_on.slice(0, 4)}`}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <AsAtForm head={head} today={props.today} />
    </>
  )
}
