import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  ChoiceField,
  DateField,
  dateParts,
  freshForm,
  LongTextField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, SummaryCard, type SummaryRow, Tag } from '../../../ui/parts/index.ts'
import { type SentPaper, SentPapers } from '../../placement/read-consultation-papers/index.tsx'
import { dueOn, EnterSaves, SetText, WhyThisDate } from '../the-setting/index.ts'
import type { AnswerRow, Consultation } from './queries.ts'
import { ANSWERS, answerWords, GROUNDS, groundWords, pounds } from './words.ts'

export const WHY_15_DAYS =
  'The Code of Practice, paragraph 9.83, asks a setting to answer within 15 days of receiving the consultation. It is guidance, not law: a late answer still counts and is marked late. Holidays do not lengthen it, and the council may decide without an answer, because the family’s 20 weeks go on.'

/** The form as it starts: the draft, or nothing but the name of the person. */
export const startOf = (draft: AnswerRow | undefined, signedAs: string): TypedForm =>
  freshForm({
    version: String(draft?.version ?? 0),
    answer: draft?.answer ?? '',
    grounds: draft?.grounds ?? [],
    reasons: draft?.reasons ?? '',
    steps: draft?.steps ?? '',
    conditions: draft?.conditions ?? '',
    places: draft?.places ?? '',
    cost: draft?.cost_pence == null ? '' : String(Number(draft.cost_pence) / 100),
    costWords: draft?.cost_words ?? '',
    ...dateParts('startOn', draft?.start_on),
    signedAs: draft?.signed_as ?? signedAs,
  })

export function ConsultationPage(props: {
  readonly consultation: Consultation
  readonly sent: AnswerRow | undefined
  readonly papers: readonly SentPaper[]
  readonly form: TypedForm
  readonly maySend: boolean
  readonly today: string
  readonly csrfToken: string
}): JSX.Element {
  const { consultation, sent, form, maySend } = props
  const name = `${consultation.given_name} ${consultation.family_name}`
  const about = <About {...props} name={name} />
  if (consultation.replied_on !== null && form.errors.length === 0)
    return (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <span class="govuk-caption-l">{name}</span>
          <h1 class="govuk-heading-l">Consultation: answered</h1>
          {about}
          {sent ? (
            <SummaryCard title="Your answer, as sent" rows={answerRows(sent)} />
          ) : (
            <GovukInsetText text="The council recorded your answer from a letter, an email or a call." />
          )}
          <p class="govuk-body">
            An answer is kept as it was sent. To correct it, ask the council: it takes the answer back with
            the reason, and you can answer again here.
          </p>
        </div>
      </div>
    )
  return (
    <FormPage
      caption={name}
      title="Answer the consultation"
      errors={form.errors}
      errorTargets={{ startOn: 'startOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ version: form.value('version') }}
      button={maySend ? 'Send the answer' : 'Save the draft'}
      {...(maySend ? { secondButton: { text: 'Save and finish later', name: 'doing', value: 'save' } } : {})}
      cancel={{ text: 'Back to our tasks', href: '/setting' }}
      before={about}
    >
      <EnterSaves />
      {maySend ? null : (
        <GovukInsetText text="You can write this. Your SENCO or head sends it and signs for the setting." />
      )}
      <ChoiceField
        form={form}
        name="answer"
        label="Can you meet this child’s needs?"
        options={[
          { value: 'yes', text: ANSWERS.yes },
          { value: 'conditions', text: ANSWERS.conditions, hint: 'Say below what would have to be in place' },
          {
            value: 'no',
            text: ANSWERS.no,
            hint: 'Being full is not a ground by itself. Say below which ground in law applies, and why',
          },
        ]}
      />
      <LongTextField
        form={form}
        name="conditions"
        label="Conditions, if any"
        hint="Staff, training, equipment, changes to the building, and how long each would take"
        max={6000}
        rows={4}
      />
      <TickField
        form={form}
        name="grounds"
        label="If you say you cannot, on which ground?"
        hint="Where the family asked for you, the law lets the council leave you out on these grounds only (Children and Families Act 2014, section 39(4)). The council decides, not the setting."
        options={Object.entries(GROUNDS).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField
        form={form}
        name="reasons"
        label="Your reasons, about this child"
        hint="What in the draft plan you can or cannot provide, and what follows for this child or for others"
        max={6000}
      />
      <LongTextField
        form={form}
        name="steps"
        label="Reasonable steps you considered"
        hint="What you, or the council with you, could do to take the difficulty away, and why it would or would not be enough"
        max={6000}
        rows={4}
      />
      <TextField
        form={form}
        name="places"
        label="Places"
        hint="For example: 1 place free in year 5; admission number 60, 61 on roll"
      />
      <TextField
        form={form}
        name="cost"
        label="Cost a year to the council, in pounds (optional)"
        hint="What is asked for above the funding you have. For example 12,500"
        width={10}
      />
      <LongTextField
        form={form}
        name="costWords"
        label="What that pays for (optional)"
        hint="Each support with its hours and price, so that it can be checked"
        max={2000}
        rows={3}
      />
      <DateField form={form} name="startOn" label="The day the child could start (optional)" />
      <GovukWarningText
        iconFallbackText="Warning"
        text="If the final plan names your school, college or nursery, you must admit the child (section 43), whatever you answered here. This does not bind a wholly independent school that the Secretary of State has not approved."
      />
      <TextField
        form={form}
        name="signedAs"
        label="Signed by: full name and position"
        hint="Each person signs with their own name, also from a shared mailbox"
      />
    </FormPage>
  )
}

function About(props: {
  readonly consultation: Consultation
  readonly papers: readonly SentPaper[]
  readonly today: string
  readonly name: string
}): JSX.Element {
  const { consultation, today } = props
  const when = dueOn(consultation.due_on, today)
  const isOpen = consultation.replied_on === null
  return (
    <>
      <SummaryCard
        title="What the council asks"
        rows={[
          { key: 'Child', value: `${props.name}, born ${dayInWords(consultation.date_of_birth)}` },
          { key: 'Setting asked', value: consultation.setting_name },
          { key: 'Sent', value: dayInWords(consultation.consulted_on) },
          ...(consultation.received_on
            ? [{ key: 'You received it', value: dayInWords(consultation.received_on) }]
            : []),
          { key: 'Asked by', value: consultation.coordinator ?? 'The SEND team' },
          {
            key: 'Answer by',
            value: (
              <>
                {dayInWords(consultation.due_on)}
                {isOpen ? `: ${when.words.toLowerCase()}` : null}
              </>
            ),
          },
          ...(consultation.replied_on
            ? [{ key: 'You answered', value: dayInWords(consultation.replied_on) }]
            : []),
          {
            key: 'Papers',
            value: (
              <>
                {consultation.letter_id ? (
                  <a class="govuk-link" href={`/setting/letters/${consultation.letter_id}`}>
                    The consultation letter
                  </a>
                ) : (
                  'The letter is not kept here: ask the council for it'
                )}
                <SentPapers papers={props.papers} />
              </>
            ),
          },
        ]}
      />
      {when.isLate && isOpen ? (
        <p class="govuk-body">
          <Tag colour="red">Late</Tag> Answer now: it still counts until the council decides.
        </p>
      ) : null}
      <WhyThisDate about="for this answer">{WHY_15_DAYS}</WhyThisDate>
    </>
  )
}

/** An answer as rows; used by the setting's own page and by the staff's. */
export function answerRows(sent: {
  readonly answer: string | null
  readonly grounds: readonly string[]
  readonly reasons: string | null
  readonly steps: string | null
  readonly conditions: string | null
  readonly places: string | null
  readonly cost_pence: unknown
  readonly cost_words: string | null
  readonly start_on: string | null
  readonly signed_as: string | null
  readonly sent_on: string | null
}): readonly SummaryRow[] {
  const long = (key: string, text: string | null): SummaryRow[] =>
    text === null ? [] : [{ key, value: <SetText text={text} /> }]
  const cost = pounds(sent.cost_pence === null ? null : Number(sent.cost_pence))
  return [
    { key: 'Answer', value: <strong>{answerWords(sent.answer)}</strong> },
    ...long('Conditions', sent.conditions),
    ...(sent.grounds.length > 0
      ? [
          {
            key: 'Grounds given',
            value: (
              <ul class="govuk-list govuk-list--bullet">
                {sent.grounds.map((ground) => (
                  <li>{groundWords(ground)}</li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    ...long('Reasons', sent.reasons),
    ...long('Steps considered', sent.steps),
    ...long('Places', sent.places),
    ...(cost ? [{ key: 'Cost a year', value: cost }] : []),
    ...long('What it pays for', sent.cost_words),
    ...(sent.start_on ? [{ key: 'Could start', value: dayInWords(sent.start_on) }] : []),
    { key: 'Signed by', value: sent.signed_as ?? '' },
    ...(sent.sent_on ? [{ key: 'Sent', value: dayInWords(sent.sent_on) }] : []),
  ]
}
