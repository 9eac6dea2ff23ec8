import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import { addMonths, date, iso } from '../../../law/index.ts'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, FormPage, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { dueOn, type OurSetting, SetText, WhyThisDate } from '../the-setting/index.ts'
import type { Cycle, PupilRecord } from './queries.ts'
import { NEXT_STEPS, needWords, nextStepWords, RESULTS } from './schema.ts'

export const WHY_THE_REVIEW =
  'The day your setting set for the review of this round. The Code of Practice asks for a date when SEN support is planned (6.49 and 6.53), and for meeting the parents at least three times a year (6.65).'

const TIMES_A_YEAR = 3

/** A pupil on SEN support: where the round is, what came before, meetings and questions. */
export function PupilPage(props: {
  readonly record: PupilRecord
  readonly questions: ComponentChildren
  readonly maySpeak: boolean
  readonly today: string
}): JSX.Element {
  const { record, today, maySpeak } = props
  const { pupil, cycles, meetings } = record
  const open = cycles[0]?.reviewedOn === null ? cycles[0] : undefined
  const yearAgo = iso(addMonths(date(today), -12))
  const lately = meetings.filter((one) => one.metOn > yearAgo).length
  const at = `/setting/support/${pupil.id}`
  return (
    <>
      <span class="govuk-caption-l">SEN support, {pupil.settingName}</span>
      <h1 class="govuk-heading-l">{pupil.name}</h1>
      <p class="govuk-body">
        Born {dayInWords(pupil.dateOfBirth)}. On SEN support from {dayInWords(pupil.supportFrom)}
        {pupil.supportTo ? ` to ${dayInWords(pupil.supportTo)}` : ''}.{' '}
        {pupil.childId ? (
          <a class="govuk-link" href={`/setting/pupils/${pupil.childId}`}>
            What the council holds
          </a>
        ) : (
          'The council has no record of this pupil. What you write here is your setting’s own: the council does not see it.'
        )}
      </p>
      <nav aria-label="What can be done now">
        {pupil.supportTo === null ? (
          <GovukButton
            text={
              open
                ? 'Change this round'
                : cycles.length === 0
                  ? 'Write the first round'
                  : 'Plan the next round'
            }
            href={`${at}/plan`}
            classes="govuk-!-margin-bottom-2"
          />
        ) : null}
        <ul class="govuk-list app-case__actions govuk-!-font-size-16">
          {open && maySpeak ? <Action href={`${at}/review`} text="Review this round" /> : null}
          <Action href={`${at}/meeting`} text="Record a meeting with parents" />
          {maySpeak ? <Action href={`${at}/ask`} text="Ask a specialist" /> : null}
          {maySpeak ? <Action href={`${at}/request`} text="Ask for an EHC needs assessment" /> : null}
          {maySpeak ? <Action href={`${at}/details`} text="Parents’ details, or the pupil has left" /> : null}
        </ul>
      </nav>
      {open ? (
        <>
          <h2 class="govuk-heading-m">Now: round {open.number}</h2>
          <ReviewDay cycle={open} today={today} />
          <CycleCard cycle={open} />
        </>
      ) : pupil.supportTo === null ? (
        <EmptyState
          title={cycles.length === 0 ? 'No round has been written yet' : 'The last round has been reviewed'}
        >
          Assess and plan the next with the pupil and their parents.
        </EmptyState>
      ) : null}
      <h2 class="govuk-heading-m">Meetings with the parents</h2>
      <p class="govuk-body">
        {lately} in the last 12 months.{' '}
        {lately < TIMES_A_YEAR ? (
          <>
            <Tag colour="yellow">Fewer than 3</Tag> The Code of Practice asks for at least three a year
            (6.65).
          </>
        ) : (
          'The Code of Practice asks for at least three a year (6.65).'
        )}
      </p>
      {meetings.map((one) => (
        <SummaryCard
          key={one.id}
          headingLevel={3}
          title={dayInWords(one.metOn)}
          rows={[
            { key: 'Who was there', value: one.who },
            { key: 'Said and agreed', value: <SetText text={one.said} /> },
          ]}
        />
      ))}
      {props.questions}
      {cycles.some((one) => one.reviewedOn !== null) ? <h2 class="govuk-heading-m">Rounds before</h2> : null}
      {cycles
        .filter((one) => one.reviewedOn !== null)
        .map((one) => (
          <CycleCard key={one.id} cycle={one} />
        ))}
    </>
  )
}

const Action = ({ href, text }: { readonly href: string; readonly text: string }): JSX.Element => (
  <li>
    <a class="govuk-link" href={href}>
      {text}
    </a>
  </li>
)

function ReviewDay({ cycle, today }: { readonly cycle: Cycle; readonly today: string }): JSX.Element {
  if (cycle.reviewOn === null)
    return <p class="govuk-body">No day is set for the review. Set one under “Change this round”.</p>
  const when = dueOn(cycle.reviewOn, today)
  return (
    <>
      <p class="govuk-body">
        Review by <strong>{dayInWords(cycle.reviewOn)}</strong>: {when.words.toLowerCase()}.{' '}
        {when.isLate ? <Tag colour="red">Late</Tag> : null}
      </p>
      <WhyThisDate about="for the review">{WHY_THE_REVIEW}</WhyThisDate>
    </>
  )
}

/** One round, whole. */
function CycleCard({ cycle }: { readonly cycle: Cycle }): JSX.Element {
  return (
    <SummaryCard
      headingLevel={3}
      title={`Round ${cycle.number}, from ${dayInWords(cycle.startedOn)}`}
      rows={[
        { key: 'Kinds of need', value: cycle.needTypes.map(needWords).join(', ') || 'Not said yet' },
        { key: 'Needs', value: <SetText text={cycle.needs} /> },
        { key: 'The pupil says', value: <SetText text={cycle.childViews} /> },
        { key: 'The parents say', value: <SetText text={cycle.parentViews} /> },
        {
          key: 'Outcomes',
          value: (
            <List
              lines={cycle.outcomes.map(
                (one) =>
                  `${one.outcome}. Known by: ${one.measure}${one.start ? `. At the start: ${one.start}` : ''}${one.result ? `. ${RESULTS[one.result]}` : ''}`,
              )}
            />
          ),
        },
        {
          key: 'Support',
          value: (
            <List
              lines={cycle.provision.map(
                (one) =>
                  `${one.what}: ${one.who}, ${one.often}${one.long ? `, ${one.long}` : ''}${one.from ? `, from ${dayInWords(one.from)}` : ''}${one.to ? ` to ${dayInWords(one.to)}` : ''}${one.effect ? `. Effect: ${one.effect}` : ''}`,
              )}
            />
          ),
        },
        ...(cycle.reviewedOn
          ? [
              { key: 'Reviewed', value: dayInWords(cycle.reviewedOn) },
              { key: 'Difference made', value: <SetText text={cycle.effect} /> },
              { key: 'They said then', value: <SetText text={cycle.viewsAfter} /> },
              { key: 'Next step', value: nextStepWords(cycle.nextStep) },
            ]
          : []),
      ]}
    />
  )
}

const List = ({ lines }: { readonly lines: readonly string[] }): JSX.Element =>
  lines.length === 0 ? (
    <span class="govuk-hint">Nothing written</span>
  ) : (
    <ul class="govuk-list govuk-list--bullet">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )

interface FormProps {
  readonly form: TypedForm
  readonly csrfToken: string
}

export function ReviewPage({
  record,
  form,
  csrfToken,
}: FormProps & { readonly record: PupilRecord }): JSX.Element {
  const open = record.cycles[0]!
  return (
    <FormPage
      caption={record.pupil.name}
      title={`Review round ${open.number}`}
      errors={form.errors}
      errorTargets={{ reviewedOn: 'reviewedOn-day' }}
      csrfToken={csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ version: form.value('version') || String(open.version) }}
      button="Save the review"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${record.pupil.id}` }}
      before={<GovukInsetText text="Once it is saved a review is not changed: it may become evidence." />}
    >
      <DateField form={form} name="reviewedOn" label="When did you review it?" />
      {open.outcomes.map((one, at) => (
        <ChoiceField
          form={form}
          name={`result${at + 1}`}
          label={`Outcome ${at + 1}: ${one.outcome}`}
          hint={`Known by: ${one.measure}`}
          inline
          options={Object.entries(RESULTS).map(([value, text]) => ({ value, text }))}
        />
      ))}
      {open.provision.map((one, at) => (
        <TextField form={form} name={`effect${at + 1}`} label={`What “${one.what}” did`} />
      ))}
      <LongTextField form={form} name="effect" label="What difference did it make?" max={4000} />
      <LongTextField
        form={form}
        name="viewsAfter"
        label="What the pupil and the parents say now"
        max={4000}
        rows={3}
      />
      <ChoiceField
        form={form}
        name="nextStep"
        label="What happens next?"
        options={Object.entries(NEXT_STEPS).map(([value, text]) => ({ value, text }))}
      />
    </FormPage>
  )
}

export function MeetingPage({
  record,
  form,
  csrfToken,
}: FormProps & { readonly record: PupilRecord }): JSX.Element {
  return (
    <FormPage
      caption={record.pupil.name}
      title="Record a meeting with parents"
      errors={form.errors}
      errorTargets={{ metOn: 'metOn-day' }}
      csrfToken={csrfToken}
      idempotencyKey={randomUUID()}
      button="Record the meeting"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${record.pupil.id}` }}
    >
      <DateField form={form} name="metOn" label="When did you meet?" />
      <TextField
        form={form}
        name="who"
        label="Who was there?"
        hint="The parents, the pupil, staff and anybody else"
      />
      <LongTextField form={form} name="said" label="What was said and agreed?" max={4000} />
    </FormPage>
  )
}

export function DetailsPage({
  record,
  form,
  csrfToken,
}: FormProps & { readonly record: PupilRecord }): JSX.Element {
  return (
    <FormPage
      caption={record.pupil.name}
      title="Parents’ details, or the pupil has left"
      errors={form.errors}
      errorTargets={{ leftOn: 'leftOn-day' }}
      csrfToken={csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ version: form.value('version') }}
      button="Save"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${record.pupil.id}` }}
    >
      <TextField form={form} name="parentName" label="Parents or carers" />
      <TextField form={form} name="parentContact" label="How to reach them" />
      <DateField
        form={form}
        name="leftOn"
        label="The day the pupil left (only if they have)"
        hint="From that day nobody at your setting sees this record here. Pass the papers on to the next school first."
      />
    </FormPage>
  )
}

export function StartPage(
  props: FormProps & {
    readonly settings: readonly OurSetting[]
    readonly known: boolean
  },
): JSX.Element {
  const { form, settings } = props
  return (
    <FormPage
      title="Put a pupil on SEN support"
      errors={form.errors}
      errorTargets={{ bornOn: 'bornOn-day', supportFrom: 'supportFrom-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ ...(settings.length === 1 ? { setting: settings[0]!.urn } : {}), child: form.value('child') }}
      button="Begin SEN support"
      cancel={{ text: 'Our pupils', href: '/setting/pupils' }}
      before={
        <GovukInsetText
          text={
            props.known
              ? 'The council knows this child. It still does not see what you write about SEN support, unless you send it: with a question or a request.'
              : 'This makes your setting’s own record. The council does not see it, unless you send it: with a question or a request.'
          }
        />
      }
    >
      {settings.length > 1 ? (
        <SelectField
          form={form}
          name="setting"
          label="Setting"
          empty="Choose"
          options={settings.map((one) => ({ value: one.urn, text: one.name }))}
        />
      ) : null}
      <TextField form={form} name="givenName" label="Given name" />
      <TextField form={form} name="familyName" label="Family name" />
      <DateField form={form} name="bornOn" label="Date of birth" />
      <TextField form={form} name="parentName" label="Parents or carers (optional)" />
      <TextField form={form} name="parentContact" label="How to reach them (optional)" />
      <DateField form={form} name="supportFrom" label="SEN support began on" />
      <TickField
        form={form}
        name="told"
        label="Have the parents been told?"
        options={[
          {
            value: 'yes',
            text: 'The parents were told that special educational provision is made (Children and Families Act 2014, section 68)',
          },
        ]}
      />
    </FormPage>
  )
}
