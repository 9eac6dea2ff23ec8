import type { JSX } from 'preact'
import { DateField, LongTextField, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { errorFor } from '../../../ui/fields/typed-form.ts'
import { GovukCheckboxes, GovukRadios } from '../../../ui/govuk/index.ts'
import { RELATIONSHIPS } from '../../children/the-child/index.ts'
import type { Answers } from './drafts.ts'
import { ASKING, FORMATS, LEARNS, WHY_LIMIT } from './form.ts'

interface QuestionProps {
  readonly form: TypedForm
  readonly answers: Answers
}
interface Question {
  readonly title: (answers: Answers) => string
  /** The question is the heading of the page itself. */
  readonly isHeading?: boolean
  readonly body: (props: QuestionProps) => JSX.Element
}

const isForMyself = (answers: Answers): boolean => answers['askedBy'] === 'young-person'
/** "Ada", or "they" before there is a name. */
export const calledOf = (answers: Answers): string => answers['givenName'] || 'the child'

const entries = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, text]) => ({ value, text }))

/** One question that is its page's heading. */
function Radios(props: {
  readonly form: TypedForm
  readonly name: string
  readonly title: string
  readonly hint?: string
  readonly items: readonly { value: string; text: string; hint?: { text: string } }[]
}): JSX.Element {
  const error = errorFor(props.form, props.name)
  return (
    <GovukRadios
      name={props.name}
      fieldset={{ legend: { text: props.title, isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
      value={props.form.value(props.name)}
      items={[...props.items]}
      {...(props.hint ? { hint: { text: props.hint } } : {})}
      {...(error ? { errorMessage: error } : {})}
    />
  )
}

/** The question on each page, in words for a reader of 11. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  who: {
    title: () => 'Who are you asking for?',
    isHeading: true,
    body: ({ form }) => (
      <Radios
        form={form}
        name="askedBy"
        title="Who are you asking for?"
        items={[
          {
            value: 'parent',
            text: ASKING.parent,
            hint: { text: 'You are their parent, or you look after them as a parent does' },
          },
          {
            value: 'young-person',
            text: ASKING['young-person'],
            hint: { text: 'You have left Year 11, and you are under 25' },
          },
          {
            value: 'other',
            text: ASKING.other,
            hint: { text: 'For example a grandparent, a foster carer, a neighbour or a doctor' },
          },
        ]}
      />
    ),
  },
  name: {
    title: (answers) => (isForMyself(answers) ? 'What is your name?' : 'What is the child’s name?'),
    body: ({ form }) => (
      <>
        <TextField form={form} name="givenName" label="First name" hint="And any middle names" />
        <TextField form={form} name="familyName" label="Family name" />
      </>
    ),
  },
  born: {
    title: (answers) =>
      isForMyself(answers) ? 'When were you born?' : `When was ${calledOf(answers)} born?`,
    body: ({ form }) => (
      <DateField form={form} name="bornOn" label="Date of birth" hint="For example, 27 3 2014" />
    ),
  },
  sex: {
    title: (answers) =>
      isForMyself(answers) ? 'Are you female or male?' : `Is ${calledOf(answers)} female or male?`,
    isHeading: true,
    body: ({ form, answers }) => (
      <Radios
        form={form}
        name="sex"
        title={isForMyself(answers) ? 'Are you female or male?' : `Is ${calledOf(answers)} female or male?`}
        hint="As it is written at school or at the doctor’s. It helps us find the right record"
        items={[
          { value: 'F', text: 'Female' },
          { value: 'M', text: 'Male' },
          { value: 'not-said', text: 'I would rather not say' },
        ]}
      />
    ),
  },
  where: {
    title: (answers) =>
      isForMyself(answers) ? 'Where do you live?' : `Where does ${calledOf(answers)} live?`,
    body: ({ form }) => (
      <>
        <TextField form={form} name="addressLine" label="Address (optional)" />
        <TextField form={form} name="town" label="Town or city (optional)" width={20} />
        <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
      </>
    ),
  },
  learning: {
    title: (answers) =>
      isForMyself(answers) ? 'Where do you learn now?' : `Where does ${calledOf(answers)} learn now?`,
    body: ({ form }) => (
      <>
        <GovukRadios
          name="learns"
          fieldset={{ legend: { text: 'Choose one', classes: 'govuk-fieldset__legend--s' } }}
          value={form.value('learns')}
          items={entries(LEARNS)}
          {...(errorFor(form, 'learns') ? { errorMessage: errorFor(form, 'learns')! } : {})}
        />
        <TextField form={form} name="school" label="Its name and town" hint="If there is one" />
      </>
    ),
  },
  why: {
    title: () => 'What would you like us to know?',
    body: ({ form, answers }) => (
      <>
        <p class="govuk-body">
          Tell us what is hard, what helps, and why you think more help is needed. A few lines are enough. You
          can leave this empty and tell us later.
        </p>
        <LongTextField
          form={form}
          name="why"
          label={isForMyself(answers) ? 'About you (optional)' : `About ${calledOf(answers)} (optional)`}
          max={WHY_LIMIT}
          rows={8}
        />
      </>
    ),
  },
  you: {
    title: () => 'Who are you?',
    body: ({ form }) => (
      <>
        <TextField form={form} name="yourName" label="Your full name" autocomplete="name" />
        <SelectField
          form={form}
          name="relationship"
          label="Who are you to the child?"
          empty="Choose"
          options={entries(RELATIONSHIPS).filter(
            ({ value }) => !['representative', 'deputy', 'attorney'].includes(value),
          )}
        />
      </>
    ),
  },
  'reach-you': {
    title: () => 'How can we reach you?',
    body: ({ form }) => (
      <>
        <p class="govuk-body">Give at least one. We use it to tell you what we decide.</p>
        <TextField form={form} name="email" label="Email" type="email" autocomplete="email" />
        <TextField form={form} name="phone" label="Phone" type="tel" autocomplete="tel" width={20} />
        <TextField form={form} name="yourAddress" label="Address, if it is not the one you gave" />
      </>
    ),
  },
  help: {
    title: () => 'Do you need anything to talk and read with us?',
    body: ({ form }) => (
      <>
        <p class="govuk-body">We ask once and remember it. Leave it empty if you need nothing.</p>
        <TextField
          form={form}
          name="interpreter"
          label="An interpreter (optional)"
          hint="Which language, or British Sign Language"
          width={20}
        />
        <GovukCheckboxes
          name="formats"
          fieldset={{ legend: { text: 'Ways of reading (optional)', classes: 'govuk-fieldset__legend--s' } }}
          values={form.values('formats')}
          items={entries(FORMATS)}
        />
        <TextField form={form} name="otherHelp" label="Anything else that helps (optional)" />
      </>
    ),
  },
}
