import type { ComponentChildren, JSX } from 'preact'
import {
  AGENCIES,
  EVERY,
  MODES,
  NEED_TYPES,
  PFA_STRANDS,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
  planPartsOf,
} from '../../../record/plan/index.ts'
import {
  ChoiceField,
  LongTextField,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { labelsOf } from './names.ts'
import { LONG, slotTitle } from './schemas.ts'

const options = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([value, text]) => ({ value, text }))
const short = (words: string): string => (words.length > 120 ? `${words.slice(0, 119)}…` : words)

interface FieldsProps {
  readonly form: TypedForm
  readonly section: PlanSection
  readonly slot: string | null
  readonly parts: readonly PlanPart[]
  readonly fromYear9: boolean
  /** The marks on the words, under the box they were typed in. */
  readonly marks: ComponentChildren
}

/** The questions of one part. */
export function PartFields(props: FieldsProps & { readonly kind: PlanPartKind }): JSX.Element {
  const Fields = FIELDS[props.kind]
  return (
    <>
      <Fields {...props} />
      {['text', 'need', 'outcome', 'provision'].includes(props.kind) && props.slot !== 'none' ? (
        <LongTextField
          form={props.form}
          name="typedSources"
          label="Other sources"
          hint="One to a line: the document; page; paragraph. For example: School report, 3 March 2026; page 4; paragraph 2. What came of the advice by “Use in the plan” is kept by itself."
          max={4000}
          rows={2}
        />
      ) : null}
    </>
  )
}

function TextFields({ form, section, slot, marks }: FieldsProps): JSX.Element {
  return (
    <>
      <LongTextField
        form={form}
        name="words"
        label={slotTitle(section, slot)}
        hint={
          slot === 'none'
            ? 'Say who looked, when, and that nothing was identified. For example: Dr Lane, community paediatrician, advised on 3 March 2026 that no health needs relate to the special educational needs.'
            : 'Leave an empty line between paragraphs.'
        }
        max={LONG}
        rows={slot === 'none' ? 4 : 16}
      />
      {marks}
      {section === 'A' && slot !== 'main' ? (
        <TextField
          form={form}
          name="gathered"
          label="How these views were gathered"
          hint="Who asked, when, and how: talking, pictures, signs, with whom."
        />
      ) : null}
    </>
  )
}

function NeedFields({ form, section, marks }: FieldsProps): JSX.Element {
  return (
    <>
      <LongTextField
        form={form}
        name="words"
        label="The need"
        hint="What is hard for this child and how it shows. What will be done about it goes in F, G or H."
        max={20_000}
        rows={6}
      />
      {marks}
      <LongTextField
        form={form}
        name="strengths"
        label="What the child or young person can do now"
        hint="With the date where there is one."
        max={20_000}
        rows={4}
      />
      {section === 'B' ? (
        <>
          <SelectField
            form={form}
            name="type"
            label="Type of need"
            empty="Choose"
            options={options(NEED_TYPES)}
          />
          <ChoiceField
            form={form}
            name="rank"
            label="For the yearly return, is it"
            options={[
              { value: '1', text: 'The primary need' },
              { value: '2', text: 'The secondary need' },
              { value: '', text: 'Neither' },
            ]}
          />
        </>
      ) : null}
    </>
  )
}

const tickParts = (parts: readonly PlanPart[], kind: 'need' | 'outcome' | 'provision') => {
  const labels = labelsOf(parts)
  return planPartsOf(parts, kind).map((one) => ({
    value: one.partId,
    text: `${labels.get(one.partId) ?? ''}: ${short(one.content.words)}`,
  }))
}

function Strand({ form, fromYear9 }: FieldsProps): JSX.Element {
  return (
    <SelectField
      form={form}
      name="pfa"
      label={fromYear9 ? 'Preparing for adulthood' : 'Preparing for adulthood (from year 9)'}
      empty="None"
      options={options(PFA_STRANDS)}
    />
  )
}

function OutcomeFields(props: FieldsProps): JSX.Element {
  const { form, parts } = props
  const needs = tickParts(parts, 'need')
  return (
    <>
      <LongTextField
        form={form}
        name="words"
        label="The outcome"
        hint="What the child or young person will be able to do. Not a service they will get."
        max={5000}
        rows={4}
      />
      {props.marks}
      <TextField
        form={form}
        name="byWhen"
        label="By when"
        hint="A day, or the end of a phase: the end of year 6."
      />
      <TextField form={form} name="measure" label="How people will know it is met" />
      <LongTextField form={form} name="steps" label="Shorter steps on the way" max={10_000} rows={3} />
      <TickField
        form={form}
        name="needs"
        label="Which need is it for?"
        {...(needs.length === 0 ? { hint: 'No need is written yet. You can say so later.' } : {})}
        options={needs}
      />
      <Strand {...props} />
    </>
  )
}

function ProvisionFields(props: FieldsProps): JSX.Element {
  const { form, parts, section } = props
  const outcomes = tickParts(parts, 'outcome')
  const needs = tickParts(parts, 'need')
  return (
    <>
      <LongTextField form={form} name="words" label="What is to be provided" max={20_000} rows={4} />
      {props.marks}
      <TextField form={form} name="who" label="Delivered by" hint="A post, such as specialist teacher." />
      <TextField form={form} name="qualification" label="Qualified or trained in" />
      <ChoiceField form={form} name="mode" label="How" options={options(MODES)} />
      <TextField form={form} name="groupSize" label="If in a group, how many children" width={10} />
      <TextField
        form={form}
        name="length"
        label="How long each time"
        hint="For example: 30 minutes, 1½ hours, 0.75 hours."
        width={20}
      />
      <TextField form={form} name="times" label="How many times" width={5} />
      <SelectField form={form} name="every" label="In what" empty="Choose" options={options(EVERY)} />
      <TextField
        form={form}
        name="forHowLong"
        label="For how long"
        hint="For example: 2 terms, or 39 weeks a year."
      />
      <TextField form={form} name="where" label="Where" />
      <TextField
        form={form}
        name="from"
        label="From"
        hint="A day, or empty: from the day of the final plan."
        width={20}
      />
      <TextField
        form={form}
        name="until"
        label="Until"
        hint="A day, or empty: until the plan is changed."
        width={20}
      />
      <TextField form={form} name="review" label="How and when it is reviewed" />
      <SelectField
        form={form}
        name="arrangedBy"
        label="Arranged by"
        empty="Choose"
        options={options(AGENCIES)}
      />
      <SelectField
        form={form}
        name="fundedBy"
        label="Paid for by"
        empty="Choose"
        options={options(AGENCIES)}
      />
      <TickField
        form={form}
        name="outcomes"
        label="Which outcome is it for?"
        {...(outcomes.length === 0 ? { hint: 'No outcome is written yet. You can say so later.' } : {})}
        options={outcomes}
      />
      <TickField
        form={form}
        name="needs"
        label="Which need does it meet?"
        {...(needs.length === 0 ? { hint: 'No need is written yet. You can say so later.' } : {})}
        options={needs}
      />
      <Strand {...props} />
      {section === 'F' ? null : (
        <TickField
          form={form}
          name="educatesOrTrains"
          label="Does it educate or train?"
          options={[
            {
              value: 'yes',
              text: 'Yes, it educates or trains the child or young person',
              hint: 'Then it belongs in section F, whoever gives it (Children and Families Act 2014, s.21(5)).',
            },
          ]}
        />
      )}
    </>
  )
}

function BudgetFields({ form, parts }: FieldsProps): JSX.Element {
  return (
    <>
      <ChoiceField
        form={form}
        name="offered"
        label="Was a personal budget asked for?"
        options={[
          { value: 'asked', text: 'Yes, and it is set out here' },
          { value: 'not-asked', text: 'No, nobody asked for one' },
          { value: 'refused', text: 'Yes, and it was refused' },
        ]}
      />
      <LongTextField
        form={form}
        name="words"
        label="What it is for and how it is used, or why it was refused"
        max={20_000}
        rows={5}
      />
      <TextField form={form} name="yearlyPence" label="Pounds a year by direct payment" width={10} />
      <TickField
        form={form}
        name="lines"
        label="Which lines does a direct payment secure?"
        options={tickParts(parts, 'provision')}
      />
      <TickField
        form={form}
        name="outcomes"
        label="Which outcomes is it for?"
        options={tickParts(parts, 'outcome')}
      />
    </>
  )
}

function AppendixFields({ form }: FieldsProps): JSX.Element {
  return (
    <>
      <TextField
        form={form}
        name="title"
        label="What it is"
        hint="For example: Educational psychology advice."
      />
      <TextField form={form} name="author" label="Whose it is" />
      <TextField form={form} name="dated" label="Dated" width={20} />
    </>
  )
}

const FIELDS: Readonly<Record<PlanPartKind, (props: FieldsProps) => JSX.Element>> = {
  text: TextFields,
  need: NeedFields,
  outcome: OutcomeFields,
  provision: ProvisionFields,
  placement: () => <p class="govuk-body">Section I is written when the final plan is made.</p>,
  budget: BudgetFields,
  appendix: AppendixFields,
}
