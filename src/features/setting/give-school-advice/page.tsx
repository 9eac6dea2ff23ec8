import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { ACCEPTED_ENDINGS, type StoredFile, sizeInWords } from '../../../platform/files/index.ts'
import { freshForm, LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  FileList,
  FormPage,
  SummaryCard,
  type SummaryRow,
  Tag,
  UploadField,
} from '../../../ui/parts/index.ts'
import { HEADS } from '../../assessment/ask-for-advice/index.tsx'
import { evidenceOf, evidenceText, type PupilRecord } from '../support-a-pupil/index.ts'
import { dueOn, EnterSaves, SetText, WhyThisDate } from '../the-setting/index.ts'
import type { AdviceAsked, SchoolAdvice } from './queries.ts'
import {
  linesOn,
  MOST_LINES,
  readLines,
  readSections,
  SECTION_LIMIT,
  SECTION_NAMES,
  SECTIONS,
} from './schema.ts'

export const WHY_6_WEEKS =
  'The council asks the head or principal for advice under regulation 6(1)(b) of the SEND Regulations 2014. The Code of Practice (9.49 to 9.52) asks everybody for it within six weeks. For a school that is guidance, but the council’s own dates in law wait on it.'

export const adviceWords = (head: string): string =>
  Object.hasOwn(HEADS, head) ? HEADS[head as keyof typeof HEADS].title.toLowerCase() : head

/** The form as it starts: the draft; or, for a pupil on SEN support, what the rounds already say. */
export function startOf(
  draft: SchoolAdvice | undefined,
  support: PupilRecord | undefined,
  signedAs: string,
): TypedForm {
  const sections = draft ? readSections(draft.sections) : fromSupport(support)
  const lines = draft ? readLines(draft.provision) : linesFrom(support)
  return freshForm({
    version: String(draft?.state === 'draft' ? draft.version : 0),
    ...sections,
    linesAsked: String(Math.max(3, lines.length)),
    signedAs: draft?.released_as ?? signedAs,
    ...Object.fromEntries(
      lines.flatMap((line, at) => [
        [`what${at + 1}`, line.what],
        [`who${at + 1}`, line.who],
        [`hours${at + 1}`, line.hoursAWeek === null ? '' : String(line.hoursAWeek)],
        [`cost${at + 1}`, line.poundsAYear === null ? '' : String(line.poundsAYear)],
      ]),
    ),
  })
}

function fromSupport(support: PupilRecord | undefined): Readonly<Record<string, string>> {
  const last = support?.cycles[0]
  if (!support || !last) return {}
  return {
    tried: evidenceText(evidenceOf(support)).slice(0, SECTION_LIMIT),
    learning: last.needs ?? '',
    childViews: last.childViews ?? '',
    parentViews: last.parentViews ?? '',
  }
}

const linesFrom = (support: PupilRecord | undefined) =>
  (support?.cycles[0]?.provision ?? []).slice(0, MOST_LINES).map((line) => ({
    what: [line.what, line.often, line.long].filter(Boolean).join(', '),
    who: line.who,
    hoursAWeek: null,
    poundsAYear: null,
  }))

export function AdvicePage(props: {
  readonly asked: AdviceAsked
  readonly advice: SchoolAdvice | undefined
  readonly files: readonly StoredFile[]
  readonly limits: string
  readonly form: TypedForm
  readonly typed: Readonly<Record<string, string>>
  readonly fromSupport: boolean
  readonly maySend: boolean
  readonly today: string
  readonly csrfToken: string
}): JSX.Element {
  const { asked, advice, form, maySend } = props
  const name = `${asked.given_name} ${asked.family_name}`
  const about = <About asked={asked} name={name} today={props.today} />
  if (asked.received_on !== null && form.errors.length === 0)
    return (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <span class="govuk-caption-l">{name}</span>
          <h1 class="govuk-heading-l">Your advice: given</h1>
          {about}
          {advice?.state === 'released' ? (
            <>
              <SummaryCard title="As released" rows={adviceRows(advice)} />
              <FileList label="Files you sent" files={props.files} sizeInWords={sizeInWords} />
            </>
          ) : (
            <GovukInsetText text="The council recorded your advice from a letter or an email." />
          )}
        </div>
      </div>
    )
  const count = linesOn(props.typed)
  return (
    <FormPage
      caption={name}
      title="Advice and information from the school"
      errors={form.errors}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ version: form.value('version'), linesAsked: String(count) }}
      button={maySend ? 'Release to the council' : 'Save the draft'}
      {...(maySend ? { secondButton: { text: 'Save and finish later', name: 'doing', value: 'save' } } : {})}
      hasFiles
      cancel={{ text: 'Back to our tasks', href: '/setting' }}
      before={
        <>
          {about}
          {props.fromSupport ? (
            <GovukInsetText text="Your SEN support record has been copied into this form. Check every part: nothing is sent until it is released." />
          ) : null}
          <p class="govuk-body">
            The parents, and the young person, will read this. Write about what the child does and needs. Do
            not name other children.
          </p>
        </>
      }
    >
      <EnterSaves />
      {SECTION_NAMES.map((section) => (
        <LongTextField
          key={section}
          form={form}
          name={section}
          label={SECTIONS[section].label}
          hint={SECTIONS[section].hint}
          max={SECTION_LIMIT}
          rows={section === 'tried' ? 10 : 4}
        />
      ))}
      <h2 class="govuk-heading-m">Support the child has now</h2>
      {Array.from({ length: count }, (_, index) => index + 1).map((at) => (
        <fieldset class="govuk-fieldset govuk-!-margin-bottom-4" key={at}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Support {at}</legend>
          <TextField form={form} name={`what${at}`} label="What" />
          <TextField form={form} name={`who${at}`} label="Who gives it" />
          <TextField form={form} name={`hours${at}`} label="Hours a week" width={4} />
          <TextField form={form} name={`cost${at}`} label="Cost in pounds a year" width={10} />
        </fieldset>
      ))}
      {count < MOST_LINES ? (
        <GovukButton text="Add support" name="doing" value="add-line" classes="govuk-button--secondary" />
      ) : null}
      <UploadField
        label="Reports and samples of work (optional)"
        hint="The council can open each file as soon as it is sent, before you release the rest. Colleagues here do not see it."
        errors={form.errors}
        accept={ACCEPTED_ENDINGS}
        limits={props.limits}
      >
        <FileList label="Files you have sent" files={props.files} sizeInWords={sizeInWords} inPage />
      </UploadField>
      <TextField
        form={form}
        name="signedAs"
        label="Signed by: full name and position"
        hint="The head or principal, or the SENCO for them"
      />
    </FormPage>
  )
}

function About(props: {
  readonly asked: AdviceAsked
  readonly name: string
  readonly today: string
}): JSX.Element {
  const { asked } = props
  const when = dueOn(asked.due_on, props.today)
  const isOpen = asked.received_on === null
  return (
    <>
      <SummaryCard
        title="What the council asks"
        rows={[
          { key: 'Child', value: `${props.name}, born ${dayInWords(asked.date_of_birth)}` },
          { key: 'Advice on', value: `${adviceWords(asked.head)} (${asked.setting_name})` },
          {
            key: 'Asked',
            value: `${dayInWords(asked.asked_on)}, by ${asked.coordinator ?? 'the SEND team'}`,
          },
          {
            key: 'Due',
            value: (
              <>
                {dayInWords(asked.due_on)}
                {isOpen ? `: ${when.words.toLowerCase()} ` : ' '}
                {isOpen && when.isLate ? <Tag colour="red">Late</Tag> : null}
              </>
            ),
          },
          ...(asked.received_on ? [{ key: 'You gave it', value: dayInWords(asked.received_on) }] : []),
          ...(asked.letter_id
            ? [
                {
                  key: 'Papers',
                  value: (
                    <a class="govuk-link" href={`/setting/letters/${asked.letter_id}`}>
                      The letter asking for it
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <WhyThisDate about="for this advice">{WHY_6_WEEKS}</WhyThisDate>
    </>
  )
}

/** Released advice as rows. */
export function adviceRows(advice: {
  readonly sections: unknown
  readonly provision: unknown
  readonly released_as: string | null
  readonly released_on: string | null
}): readonly SummaryRow[] {
  const sections = readSections(advice.sections)
  const lines = readLines(advice.provision)
  return [
    ...SECTION_NAMES.filter((name) => sections[name]).map((name) => ({
      key: SECTIONS[name].label,
      value: <SetText text={sections[name]} />,
    })),
    ...(lines.length > 0
      ? [
          {
            key: 'Support now',
            value: (
              <ul class="govuk-list govuk-list--bullet">
                {lines.map((line) => (
                  <li>
                    {[
                      line.what,
                      line.who,
                      line.hoursAWeek === null ? '' : `${line.hoursAWeek} hours a week`,
                      line.poundsAYear === null ? '' : `£${line.poundsAYear.toLocaleString('en-GB')} a year`,
                    ]
                      .filter(Boolean)
                      .join('; ')}
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    { key: 'Signed by', value: advice.released_as ?? '' },
    ...(advice.released_on ? [{ key: 'Released', value: dayInWords(advice.released_on) }] : []),
  ]
}

/** What schools advised on a case, for its staff. */
export function SchoolAdvicePanel(props: {
  readonly advice: readonly (Parameters<typeof adviceRows>[0] & {
    readonly id: string
    readonly setting_name: string
    readonly taken_back: boolean
  })[]
}): JSX.Element | null {
  if (props.advice.length === 0) return null
  return (
    <section aria-labelledby="school-advice">
      <h2 class="govuk-heading-m" id="school-advice">
        Advice given through the setting’s door
      </h2>
      {props.advice.map((one) => (
        <SummaryCard
          key={one.id}
          headingLevel={3}
          title={`${one.setting_name}${one.taken_back ? ' (taken back)' : ''}`}
          rows={adviceRows(one)}
        />
      ))}
    </section>
  )
}
