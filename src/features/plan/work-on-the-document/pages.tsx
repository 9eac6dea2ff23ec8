import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import type { PlanSection } from '../../../record/plan/index.ts'
import type { Party } from '../../../record/plan/working-key.ts'
import { wishedText } from '../../../record/plan/working-wish.ts'
import { ChoiceField, freshForm, LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields, Tag } from '../../../ui/parts/index.ts'
import type { WorkingDocument, WorkingText } from './load.ts'
import { ChangeInWords, Key, Running } from './parts.tsx'

/** Whose pages these are: the office's, or the family's own. */
export interface WorkingPlace {
  readonly base: string
  readonly party: Party
  readonly isStaff: boolean
  readonly mayAct: boolean
  readonly csrfToken: string
  readonly today: string
}

export const SIDES = {
  staff: { family: 'The family asks', authority: 'The council asks' },
  family: { family: 'You asked', authority: 'The council asks' },
} as const
const sides = (place: WorkingPlace) => SIDES[place.isStaff ? 'staff' : 'family']

export const ENDED: Readonly<Record<string, string>> = {
  ordered: 'The tribunal made its order',
  'consent-order': 'The tribunal made an order both sides asked for',
  withdrawn: 'The appeal was withdrawn',
  conceded: 'The council does not oppose the appeal',
}

/** The whole running text, section by section. */
export function WorkingPage(props: {
  readonly working: WorkingDocument
  readonly place: WorkingPlace
  readonly headings: (section: PlanSection) => string
  readonly onlyChanged: boolean
  readonly title: string
  readonly intro: ComponentChildren
  readonly after?: ComponentChildren
}): JSX.Element {
  const { working, place, headings } = props
  const sections = [...Map.groupBy(working.paragraphs, (one) => one.section)]
  const waiting = working.paragraphs.flatMap((one) =>
    one.changes.filter((change) => change.state === 'open' && change.by !== place.party),
  ).length
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l app-break">
          {working.childName}
          {place.isStaff ? `, born ${dayInWords(working.childBornOn)}` : ''}
          {working.appealNumber ? ` · appeal ${working.appealNumber}` : ''}
        </span>
        <h1 class="govuk-heading-l">{props.title}</h1>
        {props.intro}
        {working.endedOn ? (
          <GovukInsetText
            text={`This was closed on ${dayInWords(working.endedOn)}. ${ENDED[working.endedWhy ?? ''] ?? ''}.`}
          />
        ) : null}
        {waiting > 0 && !working.endedOn ? (
          <p class="govuk-body">
            <Tag colour="orange">{`${waiting} to answer`}</Tag>
          </p>
        ) : null}
        <GovukDetails summaryText="The key: what each type means">
          <Key today={place.today} />
        </GovukDetails>
        {props.after}
        <p class="govuk-body">
          {props.onlyChanged ? (
            <a class="govuk-link" href={place.base}>
              Show every paragraph
            </a>
          ) : (
            <a class="govuk-link" href={`${place.base}?show=changed`}>
              Show only what is changed
            </a>
          )}
        </p>
        {sections.map(([section, paragraphs]) => {
          const shown = paragraphs.filter((one) => !props.onlyChanged || isChanged(one))
          return shown.length === 0 ? null : (
            <section aria-labelledby={`section-${section}`}>
              <h2 class="govuk-heading-m govuk-!-margin-top-6" id={`section-${section}`}>
                {headings(section)}
              </h2>
              {shown.map((one) => (
                <OneParagraph paragraph={one} place={place} closed={working.endedOn !== null} />
              ))}
            </section>
          )
        })}
      </div>
    </div>
  )
}

const isChanged = (paragraph: WorkingText): boolean =>
  paragraph.changes.some((change) => change.state !== 'withdrawn')

function OneParagraph({
  paragraph,
  place,
  closed,
}: {
  readonly paragraph: WorkingText
  readonly place: WorkingPlace
  readonly closed: boolean
}): JSX.Element {
  const open = paragraph.changes.filter((change) => change.state === 'open').length
  const isNew = paragraph.partId === null && paragraph.words === ''
  return (
    <div class="app-advice__paragraph" id={`paragraph-${paragraph.number}`}>
      <span class="app-advice__number">
        <span class="govuk-visually-hidden">Paragraph </span>
        {paragraph.number}
      </span>
      <div>
        {paragraph.label && !isNew ? <p class="govuk-body-s app-quiet">{paragraph.label}</p> : null}
        {isNew && !isChanged(paragraph) ? null : <Running paragraph={paragraph} today={place.today} />}
        <p class="govuk-body-s">
          <a class="govuk-link" href={`${place.base}/paragraphs/${paragraph.number}`}>
            {!place.mayAct || closed
              ? 'See the changes'
              : isNew
                ? 'Ask for something new here'
                : open > 0
                  ? 'Answer, or ask for a change'
                  : 'Ask for a change'}
            <span class="govuk-visually-hidden"> (paragraph {paragraph.number})</span>
          </a>
          {open > 0 ? (
            <>
              {' '}
              <Tag colour="blue">{`${open} proposed`}</Tag>
            </>
          ) : null}
        </p>
      </div>
    </div>
  )
}

/** One paragraph: how it runs, what is asked, and the boxes to ask and to answer. */
export function ParagraphPage(props: {
  readonly working: WorkingDocument
  readonly paragraph: WorkingText
  readonly place: WorkingPlace
  readonly form: TypedForm
  /** The state of the paragraph when this page was opened. */
  readonly was: string
}): JSX.Element {
  const { working, paragraph, place, form } = props
  const mayAct = place.mayAct && working.endedOn === null
  const answerable = paragraph.changes.filter((change) => change.state !== 'withdrawn')
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <span class="govuk-caption-l app-break">{working.childName}</span>
        <h1 class="govuk-heading-l">Paragraph {paragraph.number}</h1>
        {paragraph.label ? <p class="govuk-body">{paragraph.label}</p> : null}
        <Running paragraph={paragraph} today={place.today} />
        {answerable.length > 0 ? <h2 class="govuk-heading-m">What is asked</h2> : null}
        {answerable.map((change) => (
          <div class="app-advice__item">
            <ChangeInWords change={change} paragraph={paragraph} own={sides(place)} />
            {mayAct && change.by !== place.party ? (
              <form method="post" novalidate>
                <HiddenFields
                  csrfToken={place.csrfToken}
                  idempotencyKey={randomUUID()}
                  hidden={{ do: 'answer', change: change.id, was: props.was }}
                />
                <GovukButton
                  text={change.state === 'agreed' ? 'Take the agreement back' : 'Agree'}
                  name="answer"
                  value={change.state === 'agreed' ? 'not-agreed' : 'agreed'}
                  classes="govuk-button--secondary govuk-!-margin-right-2"
                />
                {change.state === 'open' ? (
                  <GovukButton
                    text="Do not agree"
                    name="answer"
                    value="not-agreed"
                    classes="govuk-button--secondary"
                  />
                ) : null}
              </form>
            ) : null}
            {mayAct && place.isStaff && change.by === 'authority' && change.state !== 'agreed' ? (
              <form method="post" novalidate>
                <HiddenFields
                  csrfToken={place.csrfToken}
                  idempotencyKey={randomUUID()}
                  hidden={{ do: 'answer', change: change.id, was: props.was, for: 'family' }}
                />
                <GovukButton
                  text="The family agrees, in writing"
                  name="answer"
                  value="agreed"
                  classes="govuk-button--secondary"
                />
              </form>
            ) : null}
          </div>
        ))}
        {mayAct ? <WishForm {...props} /> : null}
      </div>
    </div>
  )
}

function WishForm({
  paragraph,
  place,
  form,
  was,
}: {
  readonly paragraph: WorkingText
  readonly place: WorkingPlace
  readonly form: TypedForm
  readonly was: string
}): JSX.Element {
  const typed =
    form.value('wanted') === '' && form.errors.length === 0
      ? freshForm({ wanted: wishedText(paragraph.words, paragraph.changes, place.party), for: place.party })
      : form
  return (
    <>
      <h2 class="govuk-heading-m">{place.isStaff ? 'Propose a change' : 'Ask for a change'}</h2>
      <form method="post" novalidate>
        <HiddenFields
          csrfToken={place.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ do: 'wish', was }}
        />
        {place.isStaff ? (
          <ChoiceField
            form={typed}
            name="for"
            label="Who asks?"
            options={[
              { value: 'authority', text: 'The council' },
              {
                value: 'family',
                text: 'The parents or the young person, on paper or by email',
                hint: 'Write the paragraph as they would have it, from the plan’s words',
              },
            ]}
          />
        ) : null}
        <LongTextField
          form={typed}
          name="wanted"
          label={place.isStaff ? 'The paragraph as it should read' : 'Write it as it should be'}
          hint={
            place.isStaff
              ? 'Change the words. What differs from the plan is shown in the type of the key.'
              : 'Change the words here. We show what you put in, and what you take out.'
          }
          max={20000}
          rows={8}
        />
        <TextField
          form={typed}
          name="evidence"
          label={
            place.isStaff ? 'Evidence: page and paragraph of the bundle' : 'Which page of the papers says so?'
          }
          hint="For example: Vale, EP, 3 March 2026, p.12, para. 4"
        />
        <GovukButton text={place.isStaff ? 'Propose it' : 'Save what I ask for'} preventDoubleClick />
      </form>
    </>
  )
}
