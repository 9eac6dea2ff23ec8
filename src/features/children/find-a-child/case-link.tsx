import type { JSX } from 'preact'
import { caseHref, type ProcessShown } from './words.ts'

/** A case's reference, as a link where it has a page. */
export function CaseLink({
  process,
}: {
  readonly process: ProcessShown & { readonly reference: string }
}): JSX.Element {
  const href = caseHref(process)
  if (href === undefined) return <>{process.reference}</>
  return (
    <a class="govuk-link" href={href}>
      {process.reference}
    </a>
  )
}
