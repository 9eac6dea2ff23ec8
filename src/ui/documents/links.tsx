import type { JSX } from 'preact'

/** Links to one document as PDF, in large print, and as Word. @param base its address without an ending, such as "/staff/letters/1/letter" */
export function DocumentLinks(props: {
  readonly base: string
  /** What it is, for those who hear the links one by one: "the plan". */
  readonly what: string
  /** Said to a family: fewer words. */
  readonly plain?: boolean
}): JSX.Element {
  const { base, what } = props
  return (
    <ul class="govuk-list govuk-!-display-none-print">
      <li>
        <a class="govuk-link" href={`${base}.pdf`}>
          {props.plain ? `Save or print ${what}` : `Download ${what} to print (PDF)`}
        </a>
      </li>
      <li>
        <a class="govuk-link" href={`${base}.pdf?print=large`}>
          {props.plain ? `Save or print ${what} in big letters` : `Download ${what} in large print (PDF)`}
        </a>
      </li>
      <li>
        <a class="govuk-link" href={`${base}.docx`}>
          {props.plain ? `Save ${what} as a Word file` : `Download ${what} (Word)`}
        </a>
      </li>
    </ul>
  )
}
