import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date } from '../../../law/index.ts'
import { DateField, LongTextField, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  DueInRow,
  dayInWords,
  EmptyState,
  FormPage,
  SortableTable,
  SummaryCard,
  Tag,
} from '../../../ui/parts/index.ts'
import { dueOn, SetText, WhyThisDate } from '../the-setting/index.ts'
import type { Question } from './queries.ts'
import { SPECIALISTS, specialistWords } from './words.ts'

const whyOf = ({ asked_on, reply_by }: Question): string =>
  `The service promised an answer within ${date(reply_by) - date(asked_on)} days of being asked. It is a promise, not a limit in law.`

export function AskPage(props: {
  readonly pupil: { readonly id: string; readonly name: string }
  readonly localities: readonly { readonly id: string; readonly name: string }[]
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { pupil, form } = props
  return (
    <FormPage
      caption={pupil.name}
      title="Ask a specialist"
      errors={form.errors}
      errorTargets={{ agreedOn: 'agreedOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      button="Send the question"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${pupil.id}` }}
      before={
        <GovukInsetText
          text={`The locality team will see ${pupil.name}’s name and date of birth, your setting, and what you write here. It does not see the rest of your record.`}
        />
      }
    >
      <SelectField
        form={form}
        name="specialist"
        label="Who do you want to ask?"
        empty="Choose"
        options={Object.entries(SPECIALISTS).map(([value, text]) => ({ value, text }))}
      />
      <SelectField
        form={form}
        name="locality"
        label="Which locality team?"
        hint="Usually the one your setting is in"
        empty="Choose"
        options={props.localities.map((one) => ({ value: one.id, text: one.name }))}
      />
      <LongTextField form={form} name="question" label="Your question" max={3000} />
      <LongTextField
        form={form}
        name="tried"
        label="What you have tried, and what it did (optional)"
        max={3000}
        rows={4}
      />
      <DateField
        form={form}
        name="agreedOn"
        label="When did the parents, or the young person, agree to your asking?"
        hint="Do not send this until they have"
      />
    </FormPage>
  )
}

/** The questions of one pupil, on the pupil's page. */
export function QuestionsOfPupil({
  questions,
}: {
  readonly questions: readonly Question[]
}): JSX.Element | null {
  if (questions.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Questions to specialists</h2>
      <ul class="govuk-list">
        {questions.map((one) => (
          <li key={one.id}>
            <a class="govuk-link" href={`/setting/questions/${one.id}`}>
              {specialistWords(one.specialist)}, asked on {dayInWords(one.asked_on)}
            </a>{' '}
            {one.answered_on ? (
              <Tag colour="green">Answered</Tag>
            ) : (
              `answer promised by ${dayInWords(one.reply_by)}`
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

export function QuestionPage(props: {
  readonly question: Question
  readonly today: string
  readonly forStaff?: { readonly form: TypedForm; readonly csrfToken: string; readonly mayAnswer: boolean }
}): JSX.Element {
  const { question, forStaff } = props
  const when = dueOn(question.reply_by, props.today)
  const card = (
    <>
      <SummaryCard
        title="The question"
        rows={[
          { key: 'Child', value: `${question.child_name}, born ${dayInWords(question.date_of_birth)}` },
          { key: 'From', value: [question.setting_name, question.asked_by].filter(Boolean).join(': ') },
          { key: 'To', value: `${specialistWords(question.specialist)}, ${question.locality_name}` },
          { key: 'Asked', value: dayInWords(question.asked_on) },
          { key: 'The parents agreed', value: dayInWords(question.parent_agreed_on) },
          { key: 'Question', value: <SetText text={question.question} /> },
          ...(question.tried ? [{ key: 'Tried so far', value: <SetText text={question.tried} /> }] : []),
          ...(question.answer === null
            ? [
                {
                  key: 'Answer promised by',
                  value: `${dayInWords(question.reply_by)}: ${when.words.toLowerCase()}`,
                },
              ]
            : []),
        ]}
      />
      {question.answer === null ? (
        <WhyThisDate about="for this answer">{whyOf(question)}</WhyThisDate>
      ) : (
        <SummaryCard
          title="The answer"
          rows={[
            { key: 'From', value: question.answered_for ?? '' },
            { key: 'Answered', value: dayInWords(question.answered_on ?? question.asked_on) },
            { key: 'Answer', value: <SetText text={question.answer} /> },
          ]}
        />
      )}
    </>
  )
  if (forStaff && (question.answer === null || forStaff.form.errors.length > 0) && forStaff.mayAnswer)
    return (
      <FormPage
        caption={question.setting_name}
        title="Answer the question"
        errors={forStaff.form.errors}
        csrfToken={forStaff.csrfToken}
        idempotencyKey={randomUUID()}
        button="Send the answer"
        cancel={{ text: 'Questions from settings', href: '/staff/questions' }}
        before={card}
      >
        <LongTextField
          form={forStaff.form}
          name="answer"
          label="The answer"
          hint="Something the setting can do on Monday. It may become evidence of a request."
          max={6000}
        />
        <TextField form={forStaff.form} name="answeredFor" label="Whose answer is it? Name and job" />
        <p class="govuk-body">
          {question.asked_by ?? 'Whoever asked'} then gets a message that the answer is there. It names no
          child.
        </p>
      </FormPage>
    )
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">Question to {specialistWords(question.specialist).toLowerCase()}</h1>
        {card}
      </div>
    </div>
  )
}

/** For staff: what settings asked their locality, unanswered and soonest first. */
export function QuestionsPage(props: {
  readonly questions: readonly Question[]
  readonly today: string
}): JSX.Element {
  const { questions, today } = props
  const waiting = questions.filter((one) => one.answer === null)
  return (
    <>
      <h1 class="govuk-heading-l">Questions from settings</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/staff/questions/people">
          People whose place at a setting is not confirmed
        </a>
      </p>
      {questions.length === 0 ? (
        <EmptyState title="No setting has asked anything">
          When a school, college or nursery asks the specialists of your locality about a pupil on SEN
          support, it appears here.
        </EmptyState>
      ) : (
        <SortableTable<Question>
          id="questions"
          caption={`${waiting.length} waiting for an answer`}
          rows={questions}
          onPhone="cards"
          columns={[
            {
              key: 'to',
              heading: 'To',
              namesRow: true,
              cell: (row) => (
                <a class="govuk-link" href={`/staff/questions/${row.id}`}>
                  {specialistWords(row.specialist)}
                  <span class="govuk-visually-hidden">: {row.child_name}</span>
                </a>
              ),
            },
            { key: 'child', heading: 'Child', cell: (row) => row.child_name },
            { key: 'from', heading: 'From', cell: (row) => row.setting_name },
            { key: 'where', heading: 'Locality', cell: (row) => row.locality_name },
            { key: 'asked', heading: 'Asked', cell: (row) => dayInWords(row.asked_on) },
            {
              key: 'due',
              heading: 'Answer',
              cell: (row) =>
                row.answered_on ? (
                  `Answered ${dayInWords(row.answered_on)}`
                ) : (
                  <DueInRow deadline={dueOn(row.reply_by, today).deadline} />
                ),
            },
          ]}
        />
      )}
    </>
  )
}
