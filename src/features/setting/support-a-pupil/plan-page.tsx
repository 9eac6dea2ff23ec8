import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  DateField,
  dateParts,
  freshForm,
  LongTextField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { EnterSaves } from '../the-setting/index.ts'
import { MOST_LINES, MOST_OUTCOMES, rowsOn } from './form.ts'
import type { PupilRecord } from './queries.ts'
import { NEED_TYPES } from './schema.ts'

/** The form of a round: the open one as it stands, or a new one that starts from what the last one learnt. */
export function startOf(
  record: PupilRecord,
  today: string,
): { readonly form: TypedForm; readonly number: number } {
  const last = record.cycles[0]
  const open = last && last.reviewedOn === null ? last : undefined
  const from = open ?? last
  const number = open?.number ?? (last?.number ?? 0) + 1
  const outcomes = open?.outcomes ?? last?.outcomes.filter((one) => one.result !== 'met') ?? []
  const lines = open?.provision ?? []
  return {
    number,
    form: freshForm({
      number: String(number),
      version: String(open?.version ?? 0),
      ...dateParts('startedOn', open?.startedOn ?? today),
      needTypes: from?.needTypes ?? [],
      needs: from?.needs ?? '',
      childViews: open?.childViews ?? '',
      parentViews: open?.parentViews ?? '',
      ...dateParts('reviewOn', open?.reviewOn),
      outcomesAsked: String(Math.max(outcomes.length, 2)),
      linesAsked: String(Math.max(lines.length, 2)),
      ...Object.fromEntries(
        outcomes.flatMap((one, at) => [
          [`outcome${at + 1}`, one.outcome],
          [`measure${at + 1}`, one.measure],
          [`start${at + 1}`, open ? one.start : ''],
        ]),
      ),
      ...Object.fromEntries(
        lines.flatMap((one, at) => [
          [`what${at + 1}`, one.what],
          [`who${at + 1}`, one.who],
          [`often${at + 1}`, one.often],
          [`long${at + 1}`, one.long],
          ...Object.entries(dateParts(`from${at + 1}`, one.from)),
          ...Object.entries(dateParts(`to${at + 1}`, one.to)),
        ]),
      ),
    }),
  }
}

const one = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)

/** Assess and plan on one page, saved as often as wanted until the review. */
export function PlanPage(props: {
  readonly record: PupilRecord
  readonly form: TypedForm
  readonly typed: Readonly<Record<string, string>>
  readonly csrfToken: string
}): JSX.Element {
  const { record, form } = props
  const counts = rowsOn(props.typed)
  const dates = ['startedOn', 'reviewOn', ...one(counts.lines).flatMap((at) => [`from${at}`, `to${at}`])]
  return (
    <FormPage
      caption={record.pupil.name}
      title={`SEN support, round ${form.value('number')}: assess and plan`}
      errors={form.errors}
      errorTargets={Object.fromEntries(dates.map((name) => [name, `${name}-day`]))}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{
        number: form.value('number'),
        version: form.value('version'),
        outcomesAsked: String(counts.outcomes),
        linesAsked: String(counts.lines),
      }}
      button="Save this round"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${record.pupil.id}` }}
      before={
        <p class="govuk-body">
          The four steps of the Code of Practice (6.44 to 6.56). Write it with the pupil and their parents;
          save it as often as you like until it is reviewed.
        </p>
      }
    >
      <EnterSaves />
      {Number(form.value('version')) > 0 ? (
        (['day', 'month', 'year'] as const).map((part) => (
          <input type="hidden" name={`startedOn-${part}`} value={form.value(`startedOn-${part}`)} />
        ))
      ) : (
        <DateField form={form} name="startedOn" label="When did this round begin?" />
      )}
      <h2 class="govuk-heading-m">Assess</h2>
      <TickField
        form={form}
        name="needTypes"
        label="Kinds of need, as in the school census"
        options={Object.entries(NEED_TYPES).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField
        form={form}
        name="needs"
        label="What the pupil finds hard, and what they do well"
        hint="What shows it: progress, attainment, attendance, behaviour, what teachers see"
        max={6000}
      />
      <LongTextField form={form} name="childViews" label="What the pupil says" max={4000} rows={3} />
      <LongTextField form={form} name="parentViews" label="What the parents say" max={4000} rows={3} />
      <h2 class="govuk-heading-m">Plan: what is hoped for</h2>
      {one(counts.outcomes).map((at) => (
        <fieldset class="govuk-fieldset govuk-!-margin-bottom-4" key={`outcome-${at}`}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Outcome {at}</legend>
          <TextField form={form} name={`outcome${at}`} label="The pupil will" />
          <TextField form={form} name={`measure${at}`} label="How you will know" />
          <TextField form={form} name={`start${at}`} label="Where they are now" />
        </fieldset>
      ))}
      {counts.outcomes < MOST_OUTCOMES ? (
        <GovukButton
          text="Add an outcome"
          name="doing"
          value="add-outcome"
          classes="govuk-button--secondary"
        />
      ) : null}
      <h2 class="govuk-heading-m">Plan and do: the support</h2>
      {one(counts.lines).map((at) => (
        <fieldset class="govuk-fieldset govuk-!-margin-bottom-4" key={`line-${at}`}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Support {at}</legend>
          <TextField form={form} name={`what${at}`} label="What is done" />
          <TextField
            form={form}
            name={`who${at}`}
            label="Who does it"
            hint="Their job, and what they are trained in"
          />
          <TextField form={form} name={`often${at}`} label="How often" hint="For example: 3 times a week" />
          <TextField
            form={form}
            name={`long${at}`}
            label="How long each time"
            hint="For example: 20 minutes"
          />
          <DateField form={form} name={`from${at}`} label="From (optional)" />
          <DateField form={form} name={`to${at}`} label="To (optional)" />
        </fieldset>
      ))}
      {counts.lines < MOST_LINES ? (
        <GovukButton text="Add support" name="doing" value="add-line" classes="govuk-button--secondary" />
      ) : null}
      <h2 class="govuk-heading-m">Review</h2>
      <DateField
        form={form}
        name="reviewOn"
        label="When will you review it with the parents?"
        hint="The Code of Practice asks you to meet them at least three times a year (6.65). It goes on your tasks."
      />
    </FormPage>
  )
}
