import type { JSX } from 'preact'
import {
  GovukCharacterCount,
  GovukCheckboxes,
  GovukDateInput,
  GovukErrorSummary,
  GovukInput,
  GovukRadios,
  GovukSelect,
  type Html,
} from '../govuk/index.ts'
import { errorFor, type TypedForm } from './typed-form.ts'

interface FieldProps {
  readonly form: TypedForm
  readonly name: string
  readonly label: string
  readonly hint?: string
}

export interface ChoiceOption {
  readonly value: string
  readonly text: string
  readonly hint?: string
  /** Further questions asked when this is chosen. */
  readonly more?: Html
}

const hintOf = (hint: string | undefined) => (hint ? { hint: { text: hint } } : {})
const errorOf = (form: TypedForm, name: string) => {
  const error = errorFor(form, name)
  return error ? { errorMessage: error } : {}
}

/** One line of words. `width` is in characters. */
export function TextField({
  form,
  name,
  label,
  hint,
  width,
  type,
  autocomplete,
}: FieldProps & {
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30
  readonly type?: 'text' | 'email' | 'tel'
  readonly autocomplete?: string
}): JSX.Element {
  return (
    <GovukInput
      name={name}
      label={{ text: label }}
      value={form.value(name)}
      {...hintOf(hint)}
      {...errorOf(form, name)}
      {...(width ? { classes: `govuk-input--width-${width}` } : {})}
      {...(type ? { type } : {})}
      {...(autocomplete ? { autocomplete } : {})}
      spellcheck={false}
    />
  )
}

/** Several lines of words, with a count of what is left. */
export function LongTextField({
  form,
  name,
  label,
  hint,
  max,
  rows,
}: FieldProps & { readonly max: number; readonly rows?: number }): JSX.Element {
  return (
    <GovukCharacterCount
      name={name}
      label={{ text: label }}
      value={form.value(name)}
      maxlength={max}
      threshold={75}
      rows={rows ?? 5}
      {...hintOf(hint)}
      {...errorOf(form, name)}
    />
  )
}

/** A date in three boxes. */
export function DateField({ form, name, label, hint }: FieldProps): JSX.Element {
  const error = errorFor(form, name)
  const box = (part: 'day' | 'month' | 'year', width: 2 | 4) => ({
    name: part,
    value: form.value(`${name}-${part}`),
    classes: `govuk-input--width-${width}${error ? ' govuk-input--error' : ''}`,
  })
  return (
    <GovukDateInput
      id={name}
      namePrefix={name}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      items={[box('day', 2), box('month', 2), box('year', 4)]}
      {...hintOf(hint)}
      {...errorOf(form, name)}
    />
  )
}

/** One answer of several. */
export function ChoiceField({
  form,
  name,
  label,
  hint,
  options,
  inline,
}: FieldProps & { readonly options: readonly ChoiceOption[]; readonly inline?: boolean }): JSX.Element {
  return (
    <GovukRadios
      name={name}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      value={form.value(name)}
      {...(inline ? { classes: 'govuk-radios--inline' } : {})}
      {...hintOf(hint)}
      {...errorOf(form, name)}
      items={options.map((option) => ({
        value: option.value,
        text: option.text,
        ...hintOf(option.hint),
        ...(option.more ? { conditional: { html: option.more } } : {}),
      }))}
    />
  )
}

/** Any number of answers. */
export function TickField({
  form,
  name,
  label,
  hint,
  options,
}: FieldProps & { readonly options: readonly ChoiceOption[] }): JSX.Element {
  return (
    <GovukCheckboxes
      name={name}
      fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
      values={form.values(name)}
      {...hintOf(hint)}
      {...errorOf(form, name)}
      items={options.map((option) => ({
        value: option.value,
        text: option.text,
        ...hintOf(option.hint),
        ...(option.more ? { conditional: { html: option.more } } : {}),
      }))}
    />
  )
}

/** One of a long list. */
export function SelectField({
  form,
  name,
  label,
  hint,
  options,
  empty,
}: FieldProps & { readonly options: readonly ChoiceOption[]; readonly empty?: string }): JSX.Element {
  return (
    <GovukSelect
      name={name}
      label={{ text: label }}
      value={form.value(name)}
      {...hintOf(hint)}
      {...errorOf(form, name)}
      items={[
        ...(empty === undefined ? [] : [{ value: '', text: empty }]),
        ...options.map((option) => ({ value: option.value, text: option.text })),
      ]}
    />
  )
}

/** What is wrong, at the top, each line a link to its field. A date's link goes to its first box. */
export function FormErrors({
  form,
  dates,
}: {
  readonly form: TypedForm
  readonly dates?: readonly string[]
}): JSX.Element | null {
  if (form.errors.length === 0) return null
  return (
    <GovukErrorSummary
      titleText="There is a problem"
      errorList={form.errors.map((error) => ({
        text: error.text,
        ...(error.field
          ? { href: `#${dates?.includes(error.field) ? `${error.field}-day` : error.field}` }
          : {}),
      }))}
    />
  )
}
