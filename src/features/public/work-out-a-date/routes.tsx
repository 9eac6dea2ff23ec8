import {
  computeDeadlines,
  type Deadline,
  date,
  explain,
  explainDuty,
  type Fact,
  findRule,
  longDate,
  type PlainDate,
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
      deadlines: answerFor(parsed.fact, date(context.today)),
    })
  },
}

/** Another limit for the same answer on the same day: one line is enough for a family. */
const SAID_BY_ANOTHER: ReadonlySet<string> = new Set(['refusal-at-determination'])

/**
 * The dates that follow from one fact, as they stood the day it happened: whoever asks has told us nothing that came
 * after, so nothing may be called late. Those with a day first, soonest first; then duties with no number of days.
 */
function answerFor(fact: Fact, today: PlainDate): readonly Deadline[] {
  return computeDeadlines([fact], { asAt: fact.on < today ? fact.on : today })
    .filter(
      (deadline) =>
        deadline.startFact !== null &&
        !['not_started', 'lapsed', 'met'].includes(deadline.status) &&
        deadline.display !== 'local' &&
        !SAID_BY_ANOTHER.has(deadline.rule),
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
        {result.happening.words}: <strong>{longDate(result.fact.on)}</strong>. These are the dates that follow
        from that, if nothing else changes them.
      </GovukInsetText>
      {dated.length === 0 && <p class="govuk-body">No date follows from this alone.</p>}
      {dated.map((deadline) => (
        <OneDate deadline={deadline} today={date(today)} />
      ))}
      {undated.length > 0 && <h2 class="govuk-heading-m">Also needed, with no number of days in the law</h2>}
      {undated.map((deadline) => (
        <OneDate deadline={deadline} today={date(today)} />
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

function OneDate({ deadline, today }: { readonly deadline: Deadline; readonly today: PlainDate }) {
  const isPast = deadline.dueOn !== null && deadline.dueOn < today
  const isDuty = !explainDuty(deadline).includes(' can ')
  return (
    <section class="govuk-!-margin-bottom-6">
      {deadline.dueOn !== null && (
        <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
          {isDuty ? 'By' : 'Until'} {longDate(deadline.dueOn)}
          <span class="govuk-visually-hidden">: {deadline.title}</span>
        </h2>
      )}
      <p class="govuk-body govuk-!-margin-bottom-2">{explainDuty(deadline)}</p>
      {isPast && (
        <p class="govuk-body govuk-!-margin-bottom-2">
          <strong>This day has passed.</strong>
          {isDuty && ` If it has not been done, it is ${lateness(today - deadline.dueOn!)} late.`}
        </p>
      )}
      {fellInThePandemic(deadline) && (
        <p class="govuk-body govuk-!-margin-bottom-2">
          From 1 May to 25 September 2020 this limit did not bind the council if coronavirus made it
          impractical. The council must be able to show that it did (SI 2020/471).
        </p>
      )}
      {/* The first sentence says where it stands, which we were not told. */}
      {explain(deadline, 'family')
        .slice(1)
        .map((sentence) => (
          <p class="govuk-body govuk-!-margin-bottom-2">{sentence}</p>
        ))}
      <GovukDetails summaryText="The law, in the words council staff see">
        <p class="govuk-body">
          {KIND_WORDS[deadline.display]}: {deadline.citation}
        </p>
        <ul class="govuk-list govuk-list--bullet">
          {explain(deadline, 'staff')
            .slice(1)
            .map((sentence) => (
              <li>{sentence}</li>
            ))}
        </ul>
      </GovukDetails>
    </section>
  )
}

/** Did the limit fall in the time of the coronavirus rules, and did they reach it? */
function fellInThePandemic({ rule, dueOn }: Deadline): boolean {
  if (dueOn === null || dueOn < date('2020-05-01') || dueOn > date('2020-09-25')) return false
  return (
    findRule(rule)?.versions.some((version) =>
      version.exceptions.some((exception) => exception.id.startsWith('coronavirus')),
    ) ?? false
  )
}

const lateness = (days: number): string => {
  const weeks = Math.floor(days / 7)
  if (weeks === 0) return days === 1 ? '1 day' : `${days} days`
  return `${weeks === 1 ? '1 week' : `${weeks} weeks`}${days % 7 === 0 ? '' : ` and ${days % 7 === 1 ? '1 day' : `${days % 7} days`}`}`
}

export const routes: readonly Route[] = [workOut]
