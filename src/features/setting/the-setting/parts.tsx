import type { ComponentChildren, JSX } from 'preact'

/** Why something is due on its day, folded away beside the date. */
export function WhyThisDate({
  about,
  children,
}: {
  readonly about: string
  readonly children: string
}): JSX.Element {
  return (
    <Expander summary="Why this date?" about={about}>
      <p class="govuk-body-s">{children}</p>
    </Expander>
  )
}

/** A folded passage. `about` is read out, so that several on a page are told apart. */
export function Expander(props: {
  readonly summary: string
  readonly about?: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <details class="govuk-details govuk-!-margin-bottom-2">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text govuk-!-font-size-16">
          {props.summary}
          {props.about ? <span class="govuk-visually-hidden"> {props.about}</span> : null}
        </span>
      </summary>
      <div class="govuk-details__text">{props.children}</div>
    </details>
  )
}

/** Words people wrote, their lines kept as they wrote them; nothing written says so. */
export function SetText({ text }: { readonly text: string | null | undefined }): JSX.Element {
  if (!text) return <span class="govuk-hint">Nothing written</span>
  return (
    <>
      {text.split(/\n{2,}/).map((part) => (
        <p class="govuk-body">
          {part.split('\n').flatMap((line, at) => (at === 0 ? [line] : [<br />, line]))}
        </p>
      ))}
    </>
  )
}

/** What the Enter key presses: saving, never sending. The first button of a form is the one a browser takes. */
export function EnterSaves(): JSX.Element {
  return (
    <button
      type="submit"
      name="doing"
      value="save"
      class="govuk-visually-hidden"
      tabIndex={-1}
      aria-hidden="true"
    >
      Save
    </button>
  )
}
