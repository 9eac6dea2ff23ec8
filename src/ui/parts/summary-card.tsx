import type { ComponentChildren, JSX } from 'preact'

export interface SummaryRow {
  readonly key: string
  readonly value: ComponentChildren
  readonly action?:
    | { readonly text: string; readonly href: string; readonly about?: string | undefined }
    | undefined
}

export interface SummaryCardProps {
  readonly title: string
  readonly headingLevel?: 2 | 3 | 4 | undefined
  readonly actions?: readonly { readonly text: string; readonly href: string }[] | undefined
  readonly rows: readonly SummaryRow[]
}

/** A summary list in a card: the GOV.UK markup, drawn plainly because cases show many. */
export function SummaryCard({ title, headingLevel = 2, actions = [], rows }: SummaryCardProps): JSX.Element {
  const Heading = `h${headingLevel}` as const
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <Heading class="govuk-summary-card__title">{title}</Heading>
        {actions.length > 0 ? (
          <ul class="govuk-summary-card__actions">
            {actions.map((action) => (
              <li key={action.href} class="govuk-summary-card__action">
                <a class="govuk-link" href={action.href}>
                  {action.text}
                  <span class="govuk-visually-hidden"> ({title})</span>
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div class="govuk-summary-card__content">
        <SummaryRows rows={rows} />
      </div>
    </div>
  )
}

/** The list alone, outside a card. */
export function SummaryRows({ rows }: { readonly rows: readonly SummaryRow[] }): JSX.Element {
  const someActions = rows.some((row) => row.action)
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div
          key={row.key}
          class={`govuk-summary-list__row${someActions && !row.action ? ' govuk-summary-list__row--no-actions' : ''}`}
        >
          <dt class="govuk-summary-list__key">{row.key}</dt>
          <dd class="govuk-summary-list__value">{row.value}</dd>
          {row.action ? (
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href={row.action.href}>
                {row.action.text}
                <span class="govuk-visually-hidden"> {row.action.about ?? row.key.toLowerCase()}</span>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  )
}
