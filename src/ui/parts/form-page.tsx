import type { ComponentChildren, JSX } from 'preact'
import { GovukErrorSummary } from '../govuk/index.ts'
import { type SummaryRow, SummaryRows } from './summary-card.tsx'

/** A message about a field. An empty field name is a message about the whole form. */
export interface FormError {
  readonly field: string
  readonly text: string
}

export interface FormPageProps {
  readonly title: string
  /** What it is about, over the title: the child's name, the step of a journey. */
  readonly caption?: string | undefined
  /** When the page is one question, the question's legend or label is the h1 and this is true. */
  readonly titleIsQuestion?: boolean | undefined
  readonly errors?: readonly FormError[] | undefined
  /** The id to jump to for a field, when it is not the field's name: `{ sentOn: 'sentOn-day' }`. */
  readonly errorTargets?: Readonly<Record<string, string>> | undefined
  readonly action?: string | undefined
  readonly csrfToken?: string | undefined
  readonly idempotencyKey: string
  readonly hidden?: Readonly<Record<string, string>> | undefined
  readonly button: string
  readonly secondButton?: { readonly text: string; readonly name: string; readonly value: string } | undefined
  readonly cancel?: { readonly text: string; readonly href: string } | undefined
  readonly hasFiles?: boolean | undefined
  readonly before?: ComponentChildren
  readonly children: ComponentChildren
}

/** A page with one form: mistakes at the top, the questions, then what to do. Two thirds wide, for reading. */
export function FormPage(props: FormPageProps): JSX.Element {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={props.errors ?? []} targets={props.errorTargets ?? {}} />
        {props.caption ? <span class="govuk-caption-l">{props.caption}</span> : null}
        {props.titleIsQuestion ? null : <h1 class="govuk-heading-l">{props.title}</h1>}
        {props.before}
        <form
          method="post"
          novalidate
          {...(props.action ? { action: props.action } : {})}
          {...(props.hasFiles ? { enctype: 'multipart/form-data' as const } : {})}
        >
          <HiddenFields {...props} />
          {props.children}
          <div class="govuk-button-group">
            <button
              type="submit"
              class="govuk-button"
              data-module="govuk-button"
              data-prevent-double-click="true"
            >
              {props.button}
            </button>
            {props.secondButton ? (
              <button
                type="submit"
                class="govuk-button govuk-button--secondary"
                name={props.secondButton.name}
                value={props.secondButton.value}
              >
                {props.secondButton.text}
              </button>
            ) : null}
            {props.cancel ? (
              <a class="govuk-link" href={props.cancel.href}>
                {props.cancel.text}
              </a>
            ) : null}
          </div>
        </form>
      </div>
    </div>
  )
}

/** The proof that the form is ours, and the key that makes sending it twice do nothing twice. */
export function HiddenFields(
  props: Pick<FormPageProps, 'csrfToken' | 'idempotencyKey' | 'hidden'>,
): JSX.Element {
  return (
    <>
      {props.csrfToken ? <input type="hidden" name="_csrf" value={props.csrfToken} /> : null}
      <input type="hidden" name="idempotencyKey" value={props.idempotencyKey} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

export function ErrorSummary(props: {
  readonly errors: readonly FormError[]
  readonly targets: Readonly<Record<string, string>>
}): JSX.Element | null {
  if (props.errors.length === 0) return null
  return (
    <GovukErrorSummary
      titleText="There is a problem"
      errorList={props.errors.map(({ field, text }) =>
        field === '' ? { text } : { text, href: `#${props.targets[field] ?? field}` },
      )}
    />
  )
}

/** The message of one field, ready for `errorMessage`. */
export const errorFor = (
  errors: readonly FormError[] | undefined,
  field: string,
): { readonly text: string } | undefined => {
  const found = errors?.find((error) => error.field === field)
  return found ? { text: found.text } : undefined
}

export interface CheckAnswersProps extends Omit<FormPageProps, 'children' | 'titleIsQuestion'> {
  /** Exactly what will be stored, question by question. */
  readonly sections: readonly {
    readonly heading?: string | undefined
    readonly rows: readonly SummaryRow[]
  }[]
  /** What sending it does, and who will be told. */
  readonly whatHappensNext?: ComponentChildren
}

/** The last page of a journey: every answer as it will be stored, with a way to change it. */
export function CheckAnswers({ sections, whatHappensNext, ...form }: CheckAnswersProps): JSX.Element {
  return (
    <FormPage {...form}>
      {sections.map((section) => (
        <>
          {section.heading ? <h2 class="govuk-heading-m">{section.heading}</h2> : null}
          <SummaryRows rows={section.rows} />
        </>
      ))}
      {whatHappensNext ? (
        <>
          <h2 class="govuk-heading-m">What happens next</h2>
          <div class="govuk-body">{whatHappensNext}</div>
        </>
      ) : null}
    </FormPage>
  )
}
