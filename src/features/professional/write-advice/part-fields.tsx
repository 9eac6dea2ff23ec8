import type { JSX } from 'preact'
import {
  ChoiceField,
  LongTextField,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import {
  ARRANGED_BY,
  EVERY,
  MODES,
  NEED_TYPES,
  type Part,
  type PartKind,
  partsOf,
  SECTIONS,
  type Section,
} from './contents.ts'

const options = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([value, text]) => ({ value, text }))
const short = (words: string): string => (words.length > 120 ? `${words.slice(0, 119)}…` : words)

/** What a page of the advice is called. */
export const titleOf = (kind: PartKind, section: Section | null, isNew: boolean): string => {
  if (kind === 'about') return 'Whose advice, and from what'
  if (kind === 'text') return SECTIONS[section ?? 'other'].title
  const name = { need: 'need', outcome: 'outcome', provision: 'line of provision' }[kind]
  return isNew ? `Add ${kind === 'outcome' ? 'an' : 'a'} ${name}` : `Change this ${name}`
}

/** The questions of one part. */
export function PartFields({
  form,
  kind,
  section,
  parts,
}: {
  readonly form: TypedForm
  readonly kind: PartKind
  readonly section: Section | null
  readonly parts: readonly Part[]
}): JSX.Element {
  switch (kind) {
    case 'about':
      return (
        <>
          <TextField form={form} name="author" label="Author" />
          <TextField form={form} name="role" label="Role" />
          <TextField
            form={form}
            name="qualification"
            label="Qualification and registration"
            hint="For example: Doctorate in Educational Psychology; HCPC registration number."
          />
          <LongTextField
            form={form}
            name="seen"
            label="When you saw the child, where and for how long"
            hint="One line for each time. If you did not see the child, say why."
            max={5000}
            rows={3}
          />
          <LongTextField
            form={form}
            name="sources"
            label="Sources"
            hint="Who you spoke to, what you read, and when."
            max={20_000}
            rows={5}
          />
        </>
      )
    case 'text':
      return (
        <LongTextField
          form={form}
          name="words"
          label={SECTIONS[section ?? 'other'].title}
          hint={`${SECTIONS[section ?? 'other'].hint} Leave an empty line between paragraphs: each is numbered when the advice is released.`}
          max={250_000}
          rows={18}
        />
      )
    case 'need':
      return (
        <>
          <SelectField
            form={form}
            name="type"
            label="Type of need"
            empty="Choose"
            options={options(NEED_TYPES)}
          />
          <LongTextField form={form} name="words" label="The need, for this child" max={20_000} rows={6} />
          <LongTextField
            form={form}
            name="source"
            label="How you know"
            hint="Observation, assessment and score, what somebody told you."
            max={5000}
            rows={3}
          />
        </>
      )
    case 'outcome':
      return (
        <>
          <LongTextField
            form={form}
            name="words"
            label="The outcome"
            hint="What the child will be able to do. Not a service they will get."
            max={5000}
            rows={3}
          />
          <TextField
            form={form}
            name="byWhen"
            label="By when"
            hint="For example: by the end of year 6, July 2027."
          />
          <TextField form={form} name="measure" label="How people will know it is met" />
          <TickField
            form={form}
            name="needs"
            label="Which need is it for?"
            {...(partsOf(parts, 'need').length === 0
              ? { hint: 'No need is written yet. You can say so later.' }
              : {})}
            options={partsOf(parts, 'need').map((one) => ({
              value: one.partId,
              text: `${NEED_TYPES[one.content.type]}: ${short(one.content.words)}`,
            }))}
          />
        </>
      )
    case 'provision':
      return (
        <>
          <LongTextField form={form} name="words" label="What is to be provided" max={5000} rows={3} />
          <TextField
            form={form}
            name="who"
            label="Delivered by"
            hint="A role, such as specialist teacher or teaching assistant."
          />
          <TextField form={form} name="qualification" label="Qualified or trained in" />
          <ChoiceField form={form} name="mode" label="How" options={options(MODES)} />
          <TextField
            form={form}
            name="groupSize"
            label="If in a group, how many children"
            hint="For example: 3, or 2 to 4."
            width={10}
          />
          <TextField
            form={form}
            name="length"
            label="How long each time"
            hint="For example: 30 minutes, or 1½ hours."
            width={20}
          />
          <TextField form={form} name="times" label="How many times" width={5} />
          <SelectField form={form} name="every" label="In what" empty="Choose" options={options(EVERY)} />
          <TextField
            form={form}
            name="forHowLong"
            label="For how long, or until when it is reviewed"
            hint="For example: 2 terms, or until the first review."
          />
          <TextField form={form} name="where" label="Where" />
          <TextField form={form} name="from" label="From" width={20} />
          <TextField form={form} name="until" label="Until" width={20} />
          <ChoiceField form={form} name="arrangedBy" label="Arranged by" options={options(ARRANGED_BY)} />
          <TickField
            form={form}
            name="outcomes"
            label="Which outcome is it for?"
            {...(partsOf(parts, 'outcome').length === 0
              ? { hint: 'No outcome is written yet. You can say so later.' }
              : {})}
            options={partsOf(parts, 'outcome').map((one) => ({
              value: one.partId,
              text: short(one.content.words),
            }))}
          />
        </>
      )
  }
}

/** What a part holds, as the form's starting values. */
export const startOf = (part: Part | undefined): Readonly<Record<string, string | readonly string[]>> =>
  part === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(part.content as Readonly<Record<string, unknown>>).flatMap(
          ([name, value]): [string, string | readonly string[]][] =>
            typeof value === 'string' || Array.isArray(value) ? [[name, value]] : [],
        ),
      )
