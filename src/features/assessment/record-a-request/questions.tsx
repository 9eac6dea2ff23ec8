import type { JSX } from 'preact'
import { longDate, date as plain } from '../../../law/index.ts'
import {
  ChoiceField,
  type ChoiceOption,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { errorFor } from '../../../ui/fields/typed-form.ts'
import { GovukButton, GovukCheckboxes, html } from '../../../ui/govuk/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { ETHNICITIES, type FoundSetting, MOST_SETTINGS, SEXES } from '../../children/the-child/index.ts'
import { isLongAgo, MAY_ASK, MAY_TELL, peopleAsked, REASON_LIMIT, typedDay, WAYS } from './form.ts'
import { People, YoungPerson } from './people-questions.tsx'
import type { Option } from './queries.ts'
import { options, type QuestionsView, Section } from './question-parts.tsx'

const optionsOf = (list: readonly Option[]): readonly ChoiceOption[] =>
  list.map(({ id, name }) => ({ value: id, text: name }))

const DATES = ['receivedOn', 'bornOn']

/** Where an error's link goes when it is not the field's own name. */
const targets: Readonly<Record<string, string>> = Object.fromEntries(
  DATES.map((name) => [name, `${name}-day`]),
)

export function Questions(view: QuestionsView): JSX.Element {
  const { form, typed, today } = view
  return (
    <FormPage
      title="Record a request for an EHC needs assessment"
      errors={form.errors}
      errorTargets={targets}
      action={view.action}
      csrfToken={view.csrfToken}
      idempotencyKey={view.idempotencyKey}
      hidden={{ peopleAsked: String(peopleAsked(typed)), ...answersAboutTheChild(typed) }}
      button="Continue"
      cancel={{ text: 'Cancel', href: '/staff/worklist' }}
      before={
        view.before ?? (
          <p class="govuk-body">
            However it came. No form is required by law: a letter, an email or a telephone call is a request.
            You will check everything before it is recorded.
          </p>
        )
      }
    >
      <DefaultButton />
      <Section title="The request">
        {view.fixed['arrivedBy'] ? null : (
          <ChoiceField form={form} name="arrivedBy" label="How did it arrive?" options={options(WAYS)} />
        )}
        <WhoAsked form={form} />
        <TextField
          form={form}
          name="askerName"
          label="Name and job of the person who wrote or called (optional)"
          hint="When it was not a parent or the young person. For example, Ms J Lowe, SENCO"
        />
        {view.fixed['receivedOn-day'] ? null : (
          <DateField
            form={form}
            name="receivedOn"
            label="When was it received?"
            hint={`The day it reached the council, weekends and holidays included, however long ago. Today is ${longDate(plain(today))}, and the record will show that it was keyed today.`}
          />
        )}
        <LongAgo view={view} />
      </Section>
      <Section title="The child or young person">
        <TextField form={form} name="givenName" label="Given name" hint="First and any middle names" />
        <TextField form={form} name="familyName" label="Family name" />
        <TextField form={form} name="knownAs" label="Known as (optional)" />
        <DateField form={form} name="bornOn" label="Date of birth" hint="For example, 27 3 2014" />
        <ChoiceField form={form} name="sex" label="Sex" options={options(SEXES)} inline />
        <TextField
          form={form}
          name="upn"
          label="Unique pupil number (UPN) (optional)"
          hint="13 characters, like H801200001001. A temporary one ends in a letter"
          width={20}
        />
        <TextField
          form={form}
          name="formerUpn"
          label="Former UPN (optional)"
          hint="A number they had before, such as a temporary one"
          width={20}
        />
        <TextField
          form={form}
          name="nhsNumber"
          label="NHS number (optional)"
          hint="10 numbers, like 999 000 0018"
          width={20}
        />
        <SelectField
          form={form}
          name="ethnicity"
          label="Ethnicity (optional)"
          options={options(ETHNICITIES)}
          empty="Not recorded"
        />
        <TextField form={form} name="firstLanguage" label="First language" width={20} />
        <TextField
          form={form}
          name="interpreter"
          label="Interpreter needed (optional)"
          hint="The language, or British Sign Language. Leave empty if none is needed"
          width={20}
        />
      </Section>
      <Section title="Where they live">
        <TextField form={form} name="addressLine" label="Address (optional)" />
        <TextField form={form} name="town" label="Town or city (optional)" width={20} />
        <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
      </Section>
      <Section title="School, college or nursery">
        <SettingQuestion view={view} />
      </Section>
      <YoungPerson view={view} />
      <People view={view} />
      <Section title="What they said">
        <LongTextField
          form={form}
          name="theySaid"
          label="Why they are asking (optional)"
          hint="In their words if you can"
          max={REASON_LIMIT}
          rows={6}
        />
      </Section>
      <Section title="Who will deal with it">
        <SelectField
          form={form}
          name="localityId"
          label="Locality"
          options={optionsOf(view.localities)}
          empty="Work it out from the postcode or school"
        />
        <SelectField
          form={form}
          name="assignedTo"
          label="Plan coordinator"
          options={optionsOf(view.caseworkers)}
          empty="Nobody yet"
        />
        <ChoiceField
          form={form}
          name="tellThem"
          label="Write to the family and partners that an assessment is being considered?"
          hint="Letters go to each parent who may be written to (or the young person), health, social care and the school. Children and Families Act 2014, section 36(7)"
          options={[
            { value: 'now', text: 'Yes, today' },
            { value: 'later', text: 'Later' },
          ]}
        />
      </Section>
    </FormPage>
  )
}

/** Pressing Enter in a box presses the first button of a form: this one, which nobody sees. */
const DefaultButton = (): JSX.Element => (
  <button
    type="submit"
    name="go"
    value="continue"
    class="govuk-visually-hidden"
    tabIndex={-1}
    aria-hidden="true"
  >
    Continue
  </button>
)

/** Those who may ask, then those who may only tell the council of a child: the page says what the difference is. */
function WhoAsked({ form }: { readonly form: TypedForm }): JSX.Element {
  return (
    <ChoiceField
      form={form}
      name="askedBy"
      label="Who asked?"
      hint="Early years, health, social care, youth justice and anybody else cannot make a request. They bring the child to the council’s attention (section 24), and the same 6 weeks start"
      options={[...options(MAY_ASK), ...options(MAY_TELL)]}
    />
  )
}

function LongAgo({ view }: { readonly view: QuestionsView }): JSX.Element | null {
  const receivedOn = typedDay(view.typed, 'receivedOn')
  if (receivedOn === undefined || receivedOn > view.today || !isLongAgo(receivedOn, view.today)) return null
  const error = errorFor(view.form, 'receivedLongAgo')
  return (
    <GovukCheckboxes
      name="receivedLongAgo"
      values={view.form.values('receivedLongAgo')}
      items={[
        {
          value: 'yes',
          text: `It really was received on ${longDate(plain(receivedOn))}, more than a year ago`,
        },
      ]}
      {...(error ? { errorMessage: error } : {})}
    />
  )
}

const settingText = (setting: FoundSetting): string =>
  [setting.name, setting.place].filter(Boolean).join(', ')

function SettingQuestion({ view }: { readonly view: QuestionsView }): JSX.Element {
  const { form, settings } = view
  const shown = settings.found.slice(0, MOST_SETTINGS)
  const chosen = settings.chosen
  const list =
    chosen !== undefined && !shown.some((setting) => setting.urn === chosen.urn) ? [chosen, ...shown] : shown
  const search = html(
    <>
      <TextField
        form={form}
        name="settingSearch"
        label="Find it by name, URN or postcode"
        hint="Part of the name is enough. Schools outside the county are here too"
      />
      <GovukButton text="Find" classes="govuk-button--secondary" name="go" value="find-setting" />
      {settings.searchedFor !== '' && list.length === 0 && (
        <p class="govuk-body" role="status">
          Nothing was found for “{settings.searchedFor}”. Try fewer words, or the postcode.
        </p>
      )}
      {list.length > 0 && (
        <ChoiceField
          form={form}
          name="settingUrn"
          label="Which one?"
          {...(settings.found.length > MOST_SETTINGS
            ? { hint: `These are the first ${MOST_SETTINGS}. Type more of the name to see others.` }
            : {})}
          options={list.map((setting) => ({
            value: setting.urn,
            text: settingText(setting),
            hint: [setting.type, `URN ${setting.urn}`, setting.closedOn ? `closed ${setting.closedOn}` : '']
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
    </>,
  )
  return (
    <ChoiceField
      form={form}
      name="settingKind"
      label="Where do they learn now?"
      options={[
        { value: 'in-setting', text: 'At a school, college or nursery', more: search },
        {
          value: 'not-in-setting',
          text: 'Not in a setting',
          hint: 'Under school age, educated at home, or out of school',
        },
        { value: 'not-known', text: 'Not known yet' },
      ]}
    />
  )
}

/** What was answered about which child it is stays answered while something else is changed. */
const answersAboutTheChild = (typed: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    ['sameAs', 'differentBecause', 'considered'].flatMap((name) =>
      typed[name] ? [[name, typed[name]]] : [],
    ),
  )

/** Everything typed, carried to the next page: nothing is kept anywhere else, and nothing is lost. */
export const carried = (
  typed: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).filter(([name]) => !['_csrf', 'idempotencyKey', 'go', ...without].includes(name)),
  )
