import type { JSX } from 'preact'

/**
 * A choice about this phone, off until it is made. Hidden until the script finds that the browser can do it, so that
 * nobody is offered what will not work. What is kept is on the phone alone: the council stores nothing about it.
 */
export function KeepOnThisPhone(): JSX.Element {
  return (
    <section data-keep-page data-not-kept hidden>
      <h2 class="govuk-heading-m">Keep this page on this phone?</h2>
      <div data-when-kept="no">
        <p class="govuk-body">You can keep this page to read when you have no signal.</p>
        <p class="govuk-body">
          We do not do this unless you ask. Anyone who can open this phone could then read the page. Only say
          yes if the phone is your own.
        </p>
        <button type="button" class="govuk-button govuk-button--secondary" data-keep="on">
          Yes, keep it on this phone
        </button>
      </div>
      <div data-when-kept="yes" hidden>
        <p class="govuk-body">
          This page is kept on this phone. We take it off when you sign out, or when someone else signs in
          here.
        </p>
        <button type="button" class="govuk-button govuk-button--secondary" data-keep="off">
          Take it off this phone
        </button>
      </div>
    </section>
  )
}
