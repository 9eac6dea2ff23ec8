import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  MY_PLAN_ORDER,
  MY_PLAN_PARTS,
  MY_PLAN_PICTURES,
  wordsOfMyPlan,
} from '../../../record/plan/my-plan.ts'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, errorFor, FormPage, Timeline } from '../../../ui/parts/index.ts'
import { hardestSentences, readingOf, sentencesOf, withoutFixedTerms } from '../../../ui/reading-age/index.ts'
import type { Plan } from '../the-plan/index.ts'
import { keepName, LANGUAGES, ROWS, wordsName } from './form.ts'
import { HOW, type KeptMyPlan, type Shared } from './queries.ts'
import { MyPlanPaperLinks, ShowMyPlan } from './show-my-plan.tsx'

export const myPlanAddress = (planId: string, more = ''): string => `/staff/plans/${planId}/my-plan${more}`

/** The oldest somebody should need to be. */
const AIM = 9

/** How old a child must be to read it: of English words only, for which there is a measure. */
function ReadingAge({ kept }: { readonly kept: KeptMyPlan }): JSX.Element | null {
  const { page } = kept
  if (page.language !== 'en')
    return (
      <p class="govuk-body">
        There is no measure of reading age for {LANGUAGES[page.language as 'cy'] ?? 'this language'} here.
      </p>
    )
  const sentences = sentencesOf(withoutFixedTerms(wordsOfMyPlan(page), [page.childName]))
  const reading = readingOf(sentences)
  if (!reading) return null
  const age = Math.max(5, Math.round(reading.age))
  return (
    <>
      <p class="govuk-body">
        <strong>Reading age: about {age}.</strong>{' '}
        {age <= AIM ? 'A child of 8 or 9 can read it.' : 'Aim for 8 to 9: use shorter words and sentences.'}
      </p>
      {age > AIM ? (
        <>
          <p class="govuk-body">The hardest to read:</p>
          <ul class="govuk-list govuk-list--bullet">
            {hardestSentences(sentences, 3).map((one) => (
              <li>{one.text}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

/** The page as it stands, how easy it is, and whom it was explained to. */
export function MyPlanStaffPage(props: {
  readonly plan: Plan
  readonly kept: KeptMyPlan | undefined
  readonly shared: readonly Shared[]
  readonly newest: { readonly id: string } | undefined
  readonly mayAct: boolean
}): JSX.Element {
  const { plan, kept, shared, newest, mayAct } = props
  return (
    <>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <span class="govuk-caption-l app-break">
            {plan.child.name}, {plan.reference}
          </span>
          <h1 class="govuk-heading-l">My plan</h1>
          <p class="govuk-body">
            One page for {plan.child.givenName}, in easy words. Children should know that they have a plan and
            what is in it. Somebody goes through it with them, and that is written down here.
          </p>
          {newest === undefined ? (
            <GovukInsetText text="It is made from a plan that was sent. When the first draft has gone, it can be written." />
          ) : null}
          {kept && newest && newest.id !== kept.versionId ? (
            <GovukInsetText text="A newer plan was sent since this page was made. Read it again, and share it again." />
          ) : null}
          {mayAct && newest ? (
            <div class="govuk-button-group">
              <GovukButton
                href={myPlanAddress(plan.id, '/write')}
                text={kept ? 'Change the page' : 'Write the page'}
              />
              {kept ? (
                <GovukButton
                  href={myPlanAddress(plan.id, '/share')}
                  text="Somebody went through it with the child"
                  classes="govuk-button--secondary"
                />
              ) : null}
            </div>
          ) : null}
          {kept ? <ReadingAge kept={kept} /> : null}
        </div>
      </div>
      {kept ? (
        <>
          <h2 class="govuk-heading-m">The page</h2>
          <MyPlanPaperLinks base={`/staff/children/${plan.child.id}`} />
          <ShowMyPlan page={kept.page} headingLevel={3} />
        </>
      ) : null}
      <h2 class="govuk-heading-m">Who went through it with the child</h2>
      {shared.length === 0 ? (
        <p class="govuk-body">Nobody yet. The family does not see the page until somebody has.</p>
      ) : (
        <Timeline
          entries={shared.map((one) => ({
            id: one.id,
            title: `${one.who}: ${HOW[one.how].charAt(0).toLowerCase()}${HOW[one.how].slice(1)}`,
            on: one.on,
            ...(one.by ? { by: one.by } : {}),
            body: one.said ? (
              <p class="govuk-body app-advice__words" dir="auto">
                They said: {one.said}
              </p>
            ) : undefined,
          }))}
        />
      )}
    </>
  )
}

/** Writes the page: each sentence read, made easy, and kept by somebody. */
export function WriteMyPlanPage(props: {
  readonly plan: Plan
  readonly isFirst: boolean
  readonly form: TypedForm
  readonly from: number
  readonly versionId: string
  readonly csrfToken: string
}): JSX.Element {
  const { plan, form } = props
  return (
    <FormPage
      caption={plan.child.name}
      title="Write the child’s own page"
      errors={form.errors}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ from: String(props.from), versionId: props.versionId }}
      button="Save the page"
      cancel={{ text: 'Cancel', href: myPlanAddress(plan.id) }}
      before={
        <>
          {props.isFirst ? (
            <GovukInsetText text="These sentences are taken from the plan by fixed rules, as they stand. Read each one, make it easy, and tick “Keep”. What is not ticked is not on the page." />
          ) : null}
          <p class="govuk-body">
            Write as the child would say it: “I like”, “My teacher helps me”. Short sentences, short words. It
            must fit on one page.
          </p>
        </>
      }
    >
      <SelectField
        form={form}
        name="language"
        label="Which language is it written in?"
        options={Object.entries(LANGUAGES).map(([value, text]) => ({ value, text }))}
      />
      {MY_PLAN_ORDER.map((part) => (
        <fieldset class="govuk-fieldset govuk-!-margin-bottom-6">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
            <h2 class="govuk-fieldset__heading">{MY_PLAN_PARTS[part]}</h2>
          </legend>
          {ROWS.map((at) => (
            <SentenceRow
              form={form}
              words={wordsName(part, at)}
              keep={keepName(part, at)}
              what={`${MY_PLAN_PARTS[part]}, sentence ${at + 1}`}
            />
          ))}
          <SelectField
            form={form}
            name={`picture-${part}`}
            label={`Picture for “${MY_PLAN_PARTS[part]}”`}
            empty="No picture"
            options={Object.entries(MY_PLAN_PICTURES).map(([value, text]) => ({ value, text }))}
          />
        </fieldset>
      ))}
    </FormPage>
  )
}

function SentenceRow(props: {
  readonly form: TypedForm
  readonly words: string
  readonly keep: string
  readonly what: string
}): JSX.Element {
  const { form, words, keep, what } = props
  const error = errorFor(form.errors, words) ?? errorFor(form.errors, keep)
  return (
    <div class={`govuk-form-group app-my-plan__row${error ? ' govuk-form-group--error' : ''}`}>
      {error ? (
        <p class="govuk-error-message" id={`${words}-error`}>
          <span class="govuk-visually-hidden">Error:</span> {error.text}
        </p>
      ) : null}
      <label class="govuk-visually-hidden" for={words}>
        {what}
      </label>
      <textarea
        class={`govuk-textarea app-my-plan__words${error ? ' govuk-textarea--error' : ''}`}
        id={words}
        name={words}
        dir="auto"
        rows={form.value(words).length > 50 ? 2 : 1}
        {...(error ? { 'aria-describedby': `${words}-error` } : {})}
      >
        {form.value(words)}
      </textarea>
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            id={keep}
            name={keep}
            type="checkbox"
            value="yes"
            checked={form.value(keep) === 'yes'}
          />
          <label class="govuk-label govuk-checkboxes__label" for={keep}>
            Keep<span class="govuk-visually-hidden">: {what}</span>
          </label>
        </div>
      </div>
    </div>
  )
}

/** Who went through it with the child, when and how. */
export function SharePage(props: {
  readonly plan: Plan
  readonly kept: KeptMyPlan
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { plan, form } = props
  return (
    <FormPage
      caption={plan.child.name}
      title="Somebody went through the page with the child"
      errors={form.errors}
      errorTargets={{ sharedOn: 'sharedOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ number: String(props.kept.number) }}
      button="Record it"
      cancel={{ text: 'Cancel', href: myPlanAddress(plan.id) }}
      before={
        <p class="govuk-body">
          This is the page of {dayInWords(props.kept.page.savedOn)}. Once this is recorded, the family can
          read it too.
        </p>
      }
    >
      <DateField form={form} name="sharedOn" label="On which day?" />
      <TextField
        form={form}
        name="who"
        label="Who explained it?"
        hint="Their name and what they are to the child, such as: Sue Hart, teaching assistant"
      />
      <ChoiceField
        form={form}
        name="how"
        label="How?"
        options={Object.entries(HOW).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField form={form} name="said" label="What did the child say? (optional)" max={4000} rows={3} />
    </FormPage>
  )
}
