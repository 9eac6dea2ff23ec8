import {
  computeDeadlines,
  type Deadline,
  date,
  explain,
  type Fact,
  longDate,
  parseFact,
} from '../../../law/index.ts'
import { readTypedDate } from '../../../platform/forms.ts'
import type { Answer, Context, FieldError, Route } from '../../../platform/routes.ts'
import { DateField, FormErrors, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukDetails, GovukInsetText, GovukRadios } from '../../../ui/govuk/index.ts'
import { findHappening, HAPPENINGS, type Happening } from './happenings.ts'

/** Any parent can work out a date. The answer's address holds a day and a kind of event, never a person, so it can be shared. */
const workOut: Route = {
  method: 'GET',
  url: '/work-out-a-date',
  access: { who: 'anyone' },
  touches: 'nothing',
  handle: async (context) => {
    const asked = context.query['happened'] !== undefined || context.query['on-day'] !== undefined
    if (!asked) return page(context, typed(context, []), undefined)
    const happening = findHappening(context.query['happened'])
    const read = readTypedDate(
      {
        day: context.query['on-day'] ?? '',
        month: context.query['on-month'] ?? '',
        year: context.query['on-year'] ?? '',
      },
      'the day it happened',
    )
    const errors: FieldError[] = []
    if (!happening) errors.push({ field: 'happened', text: 'Choose what happened' })
    if ('problem' in read) errors.push({ field: 'on', text: read.problem })
    else if (read.iso > context.today && happening && !happening.mayBeAhead)
      errors.push({ field: 'on', text: 'The day it happened must be today or in the past' })
    else if (read.iso < '2014-09-01')
      errors.push({
        field: 'on',
        text: 'The day it happened must be on or after 1 September 2014, when this law began',
      })
    if (errors.length > 0 || !happening || !('iso' in read))
      return page(context, typed(context, errors), undefined)
    const parsed = parseFact({ kind: happening.kind, on: read.iso, ...happening.says })
    if (!parsed.ok) return page(context, typed(context, [{ field: 'on', text: parsed.reason }]), undefined)
    return page(context, typed(context, []), {
      happening,
      fact: parsed.fact,
      deadlines: answerFor(parsed.fact, context.today),
    })
  },
}

/** The dates that follow from one fact: those with a day first, soonest first; then duties with no number of days. */
function answerFor(fact: Fact, today: string): readonly Deadline[] {
  return computeDeadlines([fact], { asAt: date(today) })
    .filter(
      (deadline) =>
        deadline.status !== 'not_started' && deadline.status !== 'lapsed' && deadline.display !== 'local',
    )
    .toSorted((a, b) => (a.dueOn ?? Number.MAX_SAFE_INTEGER) - (b.dueOn ?? Number.MAX_SAFE_INTEGER))
}

const typed = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.query[name] ?? '',
  values: (name) => context.queryAll(name),
  errors,
})

interface Result {
  readonly happening: Happening
  readonly fact: Fact
  readonly deadlines: readonly Deadline[]
}

function page(context: Context, form: TypedForm, result: Result | undefined): Answer {
  const error = form.errors.find((one) => one.field === 'happened')
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} dates={['on']} />
        {result ? (
          <Dates result={result} today={context.today} />
        ) : (
          <>
            <h1 class="govuk-heading-xl">Work out a date</h1>
            <p class="govuk-body-l">
              Tell us one thing that happened, and the day. We will show what must happen next, by when, and
              the law that says so.
            </p>
          </>
        )}
        {result && (
          <h2 class="govuk-heading-l" id="again">
            Work out another date
          </h2>
        )}
        <form method="get" action="/work-out-a-date" novalidate>
          <GovukRadios
            name="happened"
            idPrefix="happened"
            value={form.value('happened')}
            classes="govuk-radios--small"
            fieldset={{ legend: { text: 'What happened?', classes: 'govuk-fieldset__legend--m' } }}
            {...(error ? { errorMessage: { text: error.text } } : {})}
            items={HAPPENINGS.flatMap((group, index) => [
              ...(index === 0 ? [] : [{ divider: 'or' }]),
              ...group.happenings.map((one) => ({
                value: one.id,
                text: one.words,
                ...(one.hint ? { hint: { text: one.hint } } : {}),
              })),
            ])}
          />
          <DateField
            form={form}
            name="on"
            label="What day was it?"
            hint="For example, 6 1 2025. For a letter, use the date it was sent."
          />
          <GovukButton text="Work it out" />
        </form>
        <p class="govuk-body-s">
          Nothing you type here is kept. This page explains the law; it is not legal advice. Free advice: ask
          your council for its information, advice and support service (SENDIASS).
        </p>
      </div>
    </div>
  )
  return {
    page: {
      title: result ? 'Dates worked out' : 'Work out a date',
      main,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
    },
  }
}

function Dates({ result, today }: { readonly result: Result; readonly today: string }) {
  const dated = result.deadlines.filter((deadline) => deadline.dueOn !== null)
  const undated = result.deadlines.filter((deadline) => deadline.dueOn === null)
  return (
    <>
      <h1 class="govuk-heading-xl">What happens next</h1>
      <GovukInsetText>
        {result.happening.words}: <strong>{longDate(result.fact.on)}</strong>. Worked out on{' '}
        {longDate(date(today))}.
      </GovukInsetText>
      {dated.length === 0 && <p class="govuk-body">No date follows from this alone.</p>}
      {dated.map((deadline) => (
        <OneDate deadline={deadline} />
      ))}
      {undated.length > 0 && <h2 class="govuk-heading-m">Also, with no number of days in the law</h2>}
      {undated.map((deadline) => (
        <OneDate deadline={deadline} />
      ))}
    </>
  )
}

const KIND_WORDS = {
  statutory: 'The law',
  practice: 'Guidance: what should happen',
  derived: 'Worked out from the law',
  local: 'Local target',
} as const

function OneDate({ deadline }: { readonly deadline: Deadline }) {
  const [first, ...rest] = explain(deadline, 'family')
  return (
    <section class="govuk-!-margin-bottom-6">
      <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
        {deadline.dueOn === null ? (
          deadline.title
        ) : (
          <>
            {longDate(deadline.dueOn)}
            <span class="govuk-visually-hidden">: </span>
          </>
        )}
      </h2>
      {deadline.dueOn !== null && (
        <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{deadline.title}</p>
      )}
      <p class="govuk-body">{first}</p>
      <GovukDetails summaryText={`Why this date? ${deadline.title}`}>
        {rest.map((sentence) => (
          <p class="govuk-body">{sentence}</p>
        ))}
        <p class="govuk-body">
          {KIND_WORDS[deadline.display]}: {deadline.citation}
        </p>
        <p class="govuk-body">In the words staff see:</p>
        <ul class="govuk-list govuk-list--bullet">
          {explain(deadline, 'staff').map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </GovukDetails>
    </section>
  )
}

export const routes: readonly Route[] = [workOut]
