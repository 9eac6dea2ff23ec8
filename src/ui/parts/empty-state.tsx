import type { ComponentChildren, JSX } from 'preact'

export interface EmptyStateProps {
  /** "No requests match these filters". */
  readonly title: string
  readonly headingLevel?: 2 | 3 | undefined
  /** Why it may be empty, and what to do. */
  readonly children?: ComponentChildren
  readonly action?: { readonly text: string; readonly href: string } | undefined
}

/** An empty list, which says what to do next. */
export function EmptyState({ title, headingLevel = 2, children, action }: EmptyStateProps): JSX.Element {
  const Heading = `h${headingLevel}` as const
  return (
    <div class="app-empty">
      <Heading class="govuk-heading-m">{title}</Heading>
      {children ? <div class="govuk-body">{children}</div> : null}
      {action ? (
        <p class="govuk-body">
          <a class="govuk-link" href={action.href}>
            {action.text}
          </a>
        </p>
      ) : null}
    </div>
  )
}
