import type { JSX } from 'preact'
import type { CaseEventRow } from '../../../db/case-history/index.ts'
import {
  ATTRIBUTES,
  type AttributeName,
  computeDeadlines,
  type Deadline,
  date,
  FACT_SPECIFICATIONS,
  type Fact,
  type FactKind,
  longDate,
  shortDate,
} from '../../../law/index.ts'
import { parseForm } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import { eventLabel } from '../../../record/casework-events.ts'
import {
  ChoiceField,
  type ChoiceOption,
  DateField,
  LongTextField,
  SelectField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText, html } from '../../../ui/govuk/index.ts'
import type { CaseFile } from '../the-case/index.ts'
import { factsAfter, findOther, findStanding, GONE, type Standing, sealOf } from './correction.ts'
import { type Correction, correctable, correctionForm, fieldOf } from './form.ts'

export function questions(form: TypedForm, file: CaseFile, context: Context): JSX.Element {
  const other = findOther(file, context.params['eventId'])
  if (other) return <StrikeOut form={form} row={other} />
  const standing = findStanding(file, context.params['eventId'])
  if (!standing) return <GovukInsetText text={GONE} />
  const parsed = form.value('what') === '' ? undefined : parseForm(correctionForm, context.form)
  const answer = parsed?.ok && form.errors.length === 0 ? parsed.value : undefined
  return (
    <>
      <GovukInsetText>
        <strong>{FACT_SPECIFICATIONS[standing.kind].label}</strong>, {longDate(standing.fact.on)}, recorded on{' '}
        {shortDate(date(standing.row.recorded_on))}. {FACT_SPECIFICATIONS[standing.kind].meaning}
      </GovukInsetText>
      <p class="govuk-body">
        The line as first recorded is kept, struck through, with your name and your reason. Letters that were
        sent stay as they were sent: write again if one was wrong.
      </p>
      <ChoiceField
        form={form}
        name="what"
        label="What is wrong?"
        options={[
          {
            value: 'change',
            text: 'The date, or a detail',
            more: html(<Details form={form} kind={standing.kind} />),
          },
          { value: 'mistake', text: 'It was recorded by mistake: it did not happen' },
        ]}
      />
      <LongTextField
        form={form}
        name="why"
        label="Why is it being corrected?"
        max={2000}
        hint="What showed it to be wrong, and where the evidence is."
      />
      {answer ? (
        <BeforeAndAfter file={file} standing={standing} answer={answer} today={context.today} />
      ) : null}
    </>
  )
}

function StrikeOut({ form, row }: { readonly form: TypedForm; readonly row: CaseEventRow }): JSX.Element {
  return (
    <>
      <GovukInsetText>
        <strong>{eventLabel(row.kind)}</strong>, {longDate(date(row.happened_on))}.{' '}
        {(row.payload as { note?: string }).note ?? ''}
      </GovukInsetText>
      <p class="govuk-body">
        A note is never rewritten. It can be struck out: it stays, with your name and your reason. Write
        another note to say what is right.
      </p>
      <input type="hidden" name="what" value="mistake" />
      <LongTextField form={form} name="why" label="Why is it being struck out?" max={2000} />
    </>
  )
}

function Details({ form, kind }: { readonly form: TypedForm; readonly kind: FactKind }): JSX.Element {
  return (
    <>
      <DateField form={form} name="on" label="The right date" />
      {correctable(kind).map((name) => (
        <Detail form={form} name={name} />
      ))}
    </>
  )
}

const WORDS: Partial<Record<AttributeName, string>> = {
  by: 'Who asked, or told us',
  reason: 'Reasons',
  following: 'What it followed',
  receivedOn: 'Date they received it',
  arrivedOn: 'Date the family received it, if known',
  planDated: 'Date on the plan',
  nothingToReport: 'Nothing to report?',
}

function Detail({
  form,
  name,
}: {
  readonly form: TypedForm
  readonly name: AttributeName
}): JSX.Element | null {
  const attribute = ATTRIBUTES[name]
  const label = WORDS[name] ?? `${attribute.meaning.charAt(0).toUpperCase()}${attribute.meaning.slice(1)}`
  const words = (value: string): ChoiceOption => ({
    value,
    text: `${value.charAt(0).toUpperCase()}${value.slice(1).replaceAll('-', ' ')}`,
  })
  switch (attribute.type) {
    case 'date':
      return <DateField form={form} name={fieldOf(name)} label={label} />
    case 'yes-no':
      return (
        <SelectField
          form={form}
          name={fieldOf(name)}
          label={label}
          empty="Not said"
          options={[words('yes'), words('no')]}
        />
      )
    case 'one-of':
      return (
        <SelectField
          form={form}
          name={fieldOf(name)}
          label={label}
          empty="Not said"
          options={attribute.values.map(words)}
        />
      )
    case 'text':
      return <LongTextField form={form} name={fieldOf(name)} label={label} max={8000} rows={3} />
    default:
      return null
  }
}

const shown = (deadline: Deadline | undefined): string => {
  if (!deadline) return 'Not running'
  if (deadline.status === 'lapsed' || deadline.status === 'not_started') return 'Not running'
  const due = deadline.dueOn === null ? 'No fixed date' : shortDate(deadline.dueOn)
  const late = deadline.daysLate ? `, ${deadline.daysLate} days late` : ''
  return deadline.doneOn === null ? `${due}${late}` : `${due}: done on ${shortDate(deadline.doneOn)}${late}`
}

/** The dates as they are and as they would be: only those that differ. */
function BeforeAndAfter({
  file,
  standing,
  answer,
  today,
}: {
  readonly file: CaseFile
  readonly standing: Standing
  readonly answer: Correction
  readonly today: string
}): JSX.Element {
  // A plan's dates rest on its assessment's facts too.
  const others =
    file.process.kind === 'plan' ? file.facts.filter((fact) => fact.process !== file.process.id) : []
  const dated = (facts: readonly Fact[]): ReadonlyMap<string, Deadline> =>
    new Map(
      computeDeadlines([...others, ...facts], { asAt: date(today) }).map((one) => [
        `${one.rule}|${one.about ?? ''}`,
        one,
      ]),
    )
  const before = dated(file.ownFacts)
  const after = dated(factsAfter(file, standing, answer))
  const rows = [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({
      title: (after.get(key) ?? before.get(key))!.title,
      about: (after.get(key) ?? before.get(key))!.about,
      was: shown(before.get(key)),
      will: shown(after.get(key)),
    }))
    .filter((row) => row.was !== row.will)
  return (
    <>
      <GovukWarningText
        text="Nothing is recorded yet. Check what this does to the dates, then press “Correct it” again."
        iconFallbackText="Warning"
      />
      <input type="hidden" name="confirmed" value={sealOf(answer)} />
      {rows.length === 0 ? (
        <p class="govuk-body">No date changes.</p>
      ) : (
        <table class="govuk-table">
          <caption class="govuk-table__caption govuk-table__caption--m">Dates before and after</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                What
              </th>
              <th scope="col" class="govuk-table__header">
                Before
              </th>
              <th scope="col" class="govuk-table__header">
                After
              </th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {rows.map((row) => (
              <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">
                  {row.title}
                  {row.about ? ` (${row.about})` : ''}
                </th>
                <td class="govuk-table__cell">{row.was}</td>
                <td class="govuk-table__cell">{row.will}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
