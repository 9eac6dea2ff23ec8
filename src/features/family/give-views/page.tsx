import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import {
  ACCEPTED_ENDINGS,
  limitsInWords,
  type StoredFile,
  sizeInWords,
} from '../../../platform/files/index.ts'
import type { Answer, Context } from '../../../platform/routes.ts'
import { LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { errorFor } from '../../../ui/fields/typed-form.ts'
import { GovukInsetText, GovukRadios, html } from '../../../ui/govuk/index.ts'
import { FileList, FormPage, UploadField } from '../../../ui/parts/index.ts'
import type { MyChild } from '../my-child/index.ts'
import { TOLD_HOW, type Whose, WORDS_LIMIT } from './form.ts'
import type { View } from './views.ts'

export const viewsAddress = (childId: string, whose?: Whose): string =>
  `/family/children/${childId}/views${whose ? `/${whose}` : ''}`

/** Words as they were typed, line by line, whichever way they are read. */
export const AsTyped = ({ words }: { readonly words: string }): JSX.Element => (
  <div dir="auto" class="app-as-typed govuk-body">
    {words}
  </div>
)

const titleOf = (child: MyChild, whose: Whose): string =>
  whose === 'mine'
    ? 'What do you think?'
    : child.isSelf
      ? 'What do you want to say?'
      : `What does ${child.givenName} want to say?`

export function viewsPage(child: MyChild, sent: readonly View[], files: readonly StoredFile[]): Answer {
  return {
    page: {
      title: `Give your views: ${child.name}`,
      backLink: { href: '/family', text: 'Back to where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Give your views</h1>
            <p class="govuk-body">
              Say it your way: write, or send a photo, a drawing, a recording or a film. Somebody may write it
              for you. The people who give advice will read it.
            </p>
            <ul class="govuk-list">
              {!child.isSelf && (
                <li>
                  <a class="govuk-link govuk-!-font-size-24" href={viewsAddress(child.id, 'mine')}>
                    What you think
                  </a>
                </li>
              )}
              <li>
                <a class="govuk-link govuk-!-font-size-24" href={viewsAddress(child.id, 'theirs')}>
                  {child.isSelf ? 'What you want to say' : `What ${child.givenName} wants to say`}
                </a>
              </li>
            </ul>
            <h2 class="govuk-heading-m">What you have sent</h2>
            {sent.length === 0 && files.length === 0 && (
              <p class="govuk-body">
                Nothing from this page yet. Anything you told us by post, by email or in person is kept too.
                It is not shown here.
              </p>
            )}
            {sent.map((view) => (
              <OneView key={view.id} view={view} childName={child.givenName} />
            ))}
            {files.length > 0 && (
              <>
                <h3 class="govuk-heading-s">Your files</h3>
                <FileList label="Your files" files={files} sizeInWords={sizeInWords} inPage />
              </>
            )}
          </div>
        </div>
      ),
    },
  }
}

/** One person's views as anybody who may see them sees them. */
export function OneView({
  view,
  childName,
}: {
  readonly view: View
  readonly childName: string
}): JSX.Element {
  return (
    <section class="govuk-!-margin-bottom-6">
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">
        {view.whose === 'child' ? `${childName}’s own views` : `${view.contactName ?? 'A parent'}’s views`},
        sent {shortDate(date(view.sentOn!))}
      </h3>
      {view.onBehalfOf && (
        <p class="govuk-hint">
          Told to the council {TOLD_HOW[view.toldHow!].toLowerCase()} by {view.onBehalfOf}, and written down
          for them.
        </p>
      )}
      {view.writtenBy === 'somebody-else' && (
        <p class="govuk-hint">
          Written down by <bdi>{view.writer}</bdi>. Checked with them: <bdi>{view.howChecked}</bdi>
        </p>
      )}
      {view.words ? <AsTyped words={view.words} /> : <p class="govuk-body">No words: see the files.</p>}
    </section>
  )
}

export function viewPage(props: {
  readonly context: Context
  readonly child: MyChild
  readonly whose: Whose
  readonly form: TypedForm
  readonly files: readonly StoredFile[]
  readonly version: number
  readonly otherTab?: string | undefined
}): Answer {
  const { context, child, whose, form } = props
  const title = titleOf(child, whose)
  return {
    page: {
      title,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: viewsAddress(child.id), text: 'Back' },
      main: (
        <FormPage
          title={title}
          caption={child.name}
          errors={form.errors}
          action={viewsAddress(child.id, whose)}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ version: String(props.version) }}
          hasFiles
          button="Send"
          secondButton={{ text: 'Save for later', name: 'go', value: 'save' }}
          before={
            props.otherTab !== undefined && (
              <GovukInsetText>
                <p class="govuk-body">This was also saved in another tab. What was saved there:</p>
                <AsTyped words={props.otherTab} />
                <p class="govuk-body">
                  Your words from this tab are below. Save again to keep them in its place.
                </p>
              </GovukInsetText>
            )
          }
        >
          <LongTextField
            form={form}
            name="words"
            label="In words (optional)"
            hint={
              whose === 'mine'
                ? 'What goes well, what is hard, what helps, what you hope for'
                : child.isSelf
                  ? 'What you like, what is hard, what helps, what you want'
                  : 'What they like, what is hard, what helps, what they want. Use their own words'
            }
            max={WORDS_LIMIT}
            rows={10}
          />
          <UploadField
            label="Photos, drawings, sound or film (optional)"
            errors={form.errors}
            accept={ACCEPTED_ENDINGS}
            limits={limitsInWords(context.files)}
          >
            {props.files.length > 0 && (
              <FileList label="Files you have sent" files={props.files} sizeInWords={sizeInWords} inPage />
            )}
          </UploadField>
          <WhoWrote form={form} whose={whose} child={child} />
        </FormPage>
      ),
    },
  }
}

function WhoWrote({
  form,
  whose,
  child,
}: {
  readonly form: TypedForm
  readonly whose: Whose
  readonly child: MyChild
}): JSX.Element {
  const isChilds = whose === 'theirs' && !child.isSelf
  const error = errorFor(form, 'writtenBy')
  return (
    <GovukRadios
      name="writtenBy"
      fieldset={{ legend: { text: 'Who wrote or made this?', classes: 'govuk-fieldset__legend--s' } }}
      value={form.value('writtenBy')}
      {...(error ? { errorMessage: error } : {})}
      items={[
        { value: 'me', text: isChilds ? `${child.givenName}, or me with them` : 'Me' },
        {
          value: 'somebody-else',
          text: 'Somebody wrote it down for us',
          conditional: {
            html: html(
              <>
                <TextField form={form} name="writer" label="Who wrote it down?" hint="Their name and job" />
                <TextField
                  form={form}
                  name="howChecked"
                  label="How did they check it was right?"
                  hint="For example, they read it back"
                />
              </>,
            ),
          },
        },
      ]}
    />
  )
}
