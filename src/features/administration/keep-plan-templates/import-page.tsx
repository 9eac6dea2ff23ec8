import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { errorFor, FormPage, SortableTable } from '../../../ui/parts/index.ts'
import { PATH } from './page.tsx'
import type { CheckedFile } from './template-file.ts'

/** Gives a file, or its words, to be checked. */
export function ImportPage(props: { readonly form: TypedForm; readonly csrfToken: string }): JSX.Element {
  const { form } = props
  const error = errorFor(form.errors, 'file')
  return (
    <FormPage
      caption="Plan templates"
      title="Bring in a template from a file"
      errors={form.errors}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hasFiles
      button="Check it"
      cancel={{ text: 'Cancel', href: PATH }}
      before={
        <p class="govuk-body">
          The file is checked line by line and you see what was found. Nothing is written until you say so.
        </p>
      }
    >
      <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
        <label class="govuk-label govuk-label--s" for="file">
          The file
        </label>
        <div id="file-hint" class="govuk-hint">
          A JSON file, as “Take it as a file” gives it
        </div>
        {error ? (
          <p id="file-error" class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> {error.text}
          </p>
        ) : null}
        <input
          class="govuk-file-upload"
          id="file"
          name="file"
          type="file"
          accept=".json,application/json"
          aria-describedby={`file-hint${error ? ' file-error' : ''}`}
        />
      </div>
      <LongTextField form={form} name="words" label="Or paste what is in it" max={MOST} rows={6} />
    </FormPage>
  )
}

/** More than the longest possible template, and less than a form may hold. */
export const MOST = 100_000

/** What was found in the file, line by line, and the way to keep it when every line is good. */
export function CheckedPage(props: {
  readonly checked: CheckedFile
  readonly words: string
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { checked, form } = props
  const bad = checked.lines.filter((line) => line.problem !== undefined)
  const good = checked.lines.filter((line) => line.problem === undefined)
  const template = checked.template
  return (
    <>
      {template ? (
        <FormPage
          caption="Bring in a template from a file"
          title={`Every line of “${template.name}” is good`}
          errors={form.errors}
          action={`${PATH}/import/keep`}
          csrfToken={props.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ words: props.words }}
          button="Keep it as a draft"
          cancel={{ text: 'Start again', href: `${PATH}/import` }}
          before={
            <GovukInsetText text="Nothing is written yet. Read the lines below, then say who asked for it." />
          }
        >
          <TextField
            form={form}
            name="askedBy"
            label="Who asked for it?"
            hint="Such as: the Department for Education"
          />
          <LongTextField form={form} name="why" label="Why?" max={2000} rows={3} />
          <TextField form={form} name="event" label="At which co-production event? (optional)" />
          <LongTextField
            form={form}
            name="decision"
            label="What was decided, and by whom?"
            max={2000}
            rows={3}
          />
        </FormPage>
      ) : (
        <>
          <span class="govuk-caption-l">Bring in a template from a file</span>
          <h1 class="govuk-heading-l">
            {bad.length} {bad.length === 1 ? 'line' : 'lines'} cannot be taken
          </h1>
          <GovukWarningText
            text="Nothing was written. Put these right in the file, then check it again: a template is taken whole."
            iconFallbackText="Warning"
          />
          <Lines id="bad" caption="What is wrong" lines={bad} />
        </>
      )}
      <Lines id="good" caption={`${good.length} good ${good.length === 1 ? 'line' : 'lines'}`} lines={good} />
      {template ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={`${PATH}/import`}>
            Check another file
          </a>
        </p>
      )}
    </>
  )
}

const Lines = (props: {
  readonly id: string
  readonly caption: string
  readonly lines: CheckedFile['lines']
}): JSX.Element => (
  <SortableTable
    id={props.id}
    caption={props.caption}
    onPhone="cards"
    rows={props.lines}
    columns={[
      { key: 'where', heading: 'Where', namesRow: true, cell: (line) => line.where },
      { key: 'says', heading: 'What it says', cell: (line) => line.says || 'Nothing' },
      ...(props.id === 'bad'
        ? [
            {
              key: 'why',
              heading: 'Why it cannot be taken',
              cell: (line: CheckedFile['lines'][number]) => line.problem,
            },
          ]
        : []),
    ]}
  />
)
