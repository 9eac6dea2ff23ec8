import type { JSX } from 'preact'

interface Refusal {
  readonly page: { readonly title: string; readonly status: number; readonly main: JSX.Element }
}

/** Said when a document could not be made just now. Nothing of the record is in doubt. */
export const NotMade = (): Refusal => ({
  page: {
    title: 'We could not make this document',
    status: 503,
    main: (
      <>
        <h1 class="govuk-heading-l">We could not make this document</h1>
        <p class="govuk-body">Nothing is lost. Go back and try again in a minute.</p>
        <p class="govuk-body">If it fails again, read it on the page and print that with your browser.</p>
      </>
    ),
  },
})

/** Said when what is held is not word for word what was kept: it must not be handed on as if it were. */
export const NotAsSent = (): Refusal => ({
  page: {
    title: 'This document is not as it was when it was sent',
    status: 409,
    main: (
      <>
        <h1 class="govuk-heading-l">This document is not as it was when it was sent</h1>
        <p class="govuk-body">So we do not print it. Please tell the council: the record must be checked.</p>
      </>
    ),
  },
})
