import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date, longDate } from '../../../law/index.ts'
import { PLAN_SECTIONS, VERSION_KINDS } from '../../../record/plan/index.ts'
import { ChoiceField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import type { PlanTemplate } from '../the-plan/index.ts'
import { quoteOf } from './line.ts'
import { type AdviserComment, type DraftToComment, STANCES } from './queries.ts'
import { ShowComment, saidBy } from './show-comment.tsx'

/** The longest a comment may be. */
export const MOST = 4000
export const ALL = 'all'

/** The lines of a draft that are the reader's, each with room for what they think of it, and what was said and answered before. */
export function CommentPage(props: {
  readonly draft: DraftToComment
  readonly template: PlanTemplate
  readonly said: readonly AdviserComment[]
  readonly form: TypedForm
  readonly today: string
  readonly csrfToken: string
  readonly maySay: boolean
}): JSX.Element {
  const { draft, said, form, today } = props
  const { version } = draft
  const isLate = today > draft.lastDay
  const batches = [...Map.groupBy(said, (comment) => saidBy(comment)).entries()]
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <span class="govuk-caption-l app-break">
          {version.childName}, born {dayInWords(version.childBornOn)}
        </span>
        <h1 class="govuk-heading-l">Comment on the {VERSION_KINDS[version.kind].toLowerCase()}</h1>
        <p class="govuk-body">
          Sent on {dayInWords(version.sentOn)}. Comments are asked for by{' '}
          <strong>{longDate(date(draft.lastDay))}</strong>.
        </p>
        {draft.linesOnly ? (
          <GovukInsetText text="You are shown the lines that came of your advice, or that you give. They have the numbers of the whole plan." />
        ) : null}
        {batches.length > 0 ? <h2 class="govuk-heading-m">What was said, and our answers</h2> : null}
        {batches.map(([who, comments]) => (
          <section>
            <h3 class="govuk-heading-s">{who}</h3>
            {comments.map((comment) => (
              <ShowComment
                comment={comment}
                unanswered={<p class="govuk-hint">Not answered yet. The answer will be here.</p>}
              />
            ))}
          </section>
        ))}
        {!draft.isOpen ? (
          <p class="govuk-body">
            This draft can no longer be commented on: a later one was sent, or the case is closed.
          </p>
        ) : !props.maySay ? (
          <p class="govuk-body">The head or the SENCO comments for your setting.</p>
        ) : (
          <form method="post" novalidate>
            <HiddenFields csrfToken={props.csrfToken} idempotencyKey={randomUUID()} />
            <h2 class="govuk-heading-m">What do you think of it?</h2>
            {isLate ? (
              <GovukInsetText
                text={`The time ended on ${longDate(date(draft.lastDay))}. We take what you say, and mark it as late.`}
              />
            ) : null}
            <p class="govuk-body">
              Leave a line as it is if you have nothing to say of it. The council answers each comment here.
            </p>
            {PLAN_SECTIONS.map((section) => {
              const parts = version.parts.filter((part) => part.section === section)
              if (parts.length === 0) return null
              return (
                <section>
                  <h3 class="govuk-heading-m">
                    {props.template.sections.find((one) => one.id === section)?.heading ??
                      `Section ${section}`}
                  </h3>
                  {parts.map((part) => (
                    <div class="app-advice__item">
                      <p class="govuk-body govuk-!-margin-bottom-1">
                        <strong>Paragraph {part.number}</strong>
                      </p>
                      <blockquote class="app-quoted" dir="auto">
                        {quoteOf(part)}
                      </blockquote>
                      <Fields form={form} place={part.partId} what={`paragraph ${part.number}`} />
                    </div>
                  ))}
                </section>
              )
            })}
            <h3 class="govuk-heading-m">Anything else</h3>
            <Fields form={form} place={ALL} what="all of it" />
            <button
              type="submit"
              class="govuk-button"
              data-module="govuk-button"
              data-prevent-double-click="true"
            >
              Send your comments
            </button>
          </form>
        )}
      </div>
    </div>
  )
}

const Fields = (props: {
  readonly form: TypedForm
  readonly place: string
  readonly what: string
}): JSX.Element => (
  <>
    <ChoiceField
      form={props.form}
      name={`stance-${props.place}`}
      label={`What do you say of ${props.what}?`}
      inline
      options={[
        { value: '', text: 'Nothing' },
        ...Object.entries(STANCES).map(([value, text]) => ({ value, text })),
      ]}
    />
    <LongTextField
      form={props.form}
      name={`words-${props.place}`}
      label={`Your words about ${props.what}`}
      max={MOST}
      rows={2}
    />
  </>
)
