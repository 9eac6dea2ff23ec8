/** Correct a fact: the right date or details, or that it was recorded by mistake. The old line stays, struck through. */
import { createHash } from 'node:crypto'
import type { JSX } from 'preact'
import { type CaseEventRow, recordEvent } from '../../../db/case-history/index.ts'
import {
  ATTRIBUTES,
  type AttributeName,
  computeDeadlines,
  type Deadline,
  date,
  FACT_SPECIFICATIONS,
  type Fact,
  type FactKind,
  isFactKind,
  longDate,
  parseFact,
  shortDate,
} from '../../../law/index.ts'
import { parseForm } from '../../../platform/forms.ts'
import type { Context, FieldError } from '../../../platform/routes.ts'
import { eventLabel } from '../../../record/casework-events.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'
import {
  ChoiceField,
  type ChoiceOption,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText, html } from '../../../ui/govuk/index.ts'
import {
  type CaseFile,
  caseStep,
  impossibleOf,
  recordOnCase,
  type StepFact,
  type StepResult,
  type StepRun,
  withFacts,
} from '../the-case/index.ts'
import { type Correction, correctable, correctionForm, fieldOf } from './form.ts'
import { keepTablesTrue } from './tables.ts'

const GONE =
  'This line is not on this case, or has already been corrected. Go back to the case and choose it again.'

interface Standing {
  readonly row: CaseEventRow
  readonly fact: Fact
  readonly kind: FactKind
}

/** A note or another line no clock turns on: it can only be struck out. */
const findOther = (file: CaseFile, eventId: string | undefined): CaseEventRow | undefined => {
  const row = file.history.find((one) => one.id === eventId && one.process_id === file.process.id)
  return row &&
    (row.kind === 'note_added' || row.kind === 'panel_date_set') &&
    !file.history.some((one) => one.supersedes === row.id)
    ? row
    : undefined
}

/** The line to be corrected, if it still stands and belongs to this case. */
function findStanding(file: CaseFile, eventId: string | undefined): Standing | undefined {
  const row = file.history.find((one) => one.id === eventId && one.process_id === file.process.id)
  const fact = file.ownFacts.find((one) => one.id === eventId)
  return row && fact && isFactKind(row.kind) ? { row, fact, kind: row.kind } : undefined
}

/** The fact as it would be after a correction of its date or details. */
function correctedFact({ row, kind }: Standing, answer: Extract<Correction, { what: 'change' }>): StepFact {
  const payload: Record<string, unknown> = { ...(row.payload as Record<string, unknown>) }
  for (const [name, value] of Object.entries(answer.details)) payload[name] = value
  // A claim that has changed has not been approved as it now is.
  if (kind === 'exception_claimed') payload['approvedBy'] = null
  return { kind, on: answer.on ?? row.happened_on, field: 'on', payload, supersedes: row.id, why: answer.why }
}

const sealOf = (answer: Correction): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...answer, confirmed: '' }))
    .digest('hex')
    .slice(0, 32)

/** Facts after the correction. */
function factsAfter(file: CaseFile, standing: Standing, answer: Correction): readonly Fact[] {
  return answer.what === 'mistake'
    ? file.ownFacts.filter((fact) => fact.id !== standing.row.id)
    : withFacts(file, [correctedFact(standing, answer)])
}

function problemsOf(
  file: CaseFile,
  standing: Standing,
  answer: Correction,
  today: string,
): readonly FieldError[] {
  if (answer.what === 'mistake') {
    if (standing.kind === 'final_issued')
      return [
        {
          field: 'what',
          text: 'The final plan began the life of a plan, so it cannot be taken back here. Correct its date, or ask your data officer',
        },
      ]
    return impossibleOf(file, [], today, [standing.row.id]).map((error) => ({
      field: 'what',
      text: `It cannot be taken back while later facts rest on it: ${error.text}. Correct those first`,
    }))
  }
  const fact = correctedFact(standing, answer)
  const cleaned = Object.fromEntries(
    Object.entries(fact.payload ?? {}).filter(([, value]) => value !== null && value !== ''),
  )
  const parsed = parseFact({ ...cleaned, kind: fact.kind, on: fact.on })
  if (!parsed.ok)
    return [{ field: parsed.field === 'on' ? 'on' : `detail-${parsed.field}`, text: parsed.reason }]
  if (
    fact.on === standing.row.happened_on &&
    JSON.stringify(cleaned) === JSON.stringify(standing.row.payload)
  )
    return [{ field: 'on', text: 'Nothing would change: enter the right date or details' }]
  return impossibleOf(file, [fact], today).map((error) => ({ field: 'on', text: error.text }))
}

function questions(form: TypedForm, file: CaseFile, context: Context): JSX.Element {
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
  const dated = (facts: readonly Fact[]): ReadonlyMap<string, Deadline> =>
    new Map(
      computeDeadlines(facts, { asAt: date(today) }).map((one) => [`${one.rule}|${one.about ?? ''}`, one]),
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

async function carryOut(run: StepRun, answer: Correction): Promise<StepResult> {
  const { file, trx, today } = run
  const other = findOther(file, run.context.params['eventId'])
  if (other) {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'fact_withdrawn',
      on: other.happened_on,
      today,
      by: run.by,
      supersedes: other.id,
      why: answer.why,
      payload: { kind: other.kind },
    })
    return { ok: true, notice: `“${eventLabel(other.kind)}” is struck out.` }
  }
  const standing = findStanding(file, run.context.params['eventId'])
  if (!standing) return { ok: false, errors: [{ field: '', text: GONE }] }
  const errors = problemsOf(file, standing, answer, today)
  if (errors.length > 0) return { ok: false, errors }
  // First the dates before and after are shown; what is confirmed must be what was shown.
  if (answer.confirmed !== sealOf(answer)) return { ok: false, errors: [] }
  if (answer.what === 'mistake') {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'fact_withdrawn',
      on: standing.row.happened_on,
      today,
      by: run.by,
      supersedes: standing.row.id,
      why: answer.why,
      payload: { kind: standing.kind },
    })
    await keepTablesTrue(trx, file, standing.fact, null, { id: null, today })
    return {
      ok: true,
      notice: `“${FACT_SPECIFICATIONS[standing.kind].label}” is struck out as recorded by mistake.`,
    }
  }
  const fact = correctedFact(standing, answer)
  const recorded = await recordOnCase(run, [fact])
  if (!recorded.ok) return recorded
  await keepTablesTrue(trx, file, standing.fact, fact, { id: recorded.ids[0]!, today })
  const wasApproved = standing.kind === 'exception_claimed' && standing.fact.approvedBy !== undefined
  return {
    ok: true,
    notice: `“${FACT_SPECIFICATIONS[standing.kind].label}” is corrected.${wasApproved ? ' The exception must be approved again.' : ''}`,
  }
}

function start(file: CaseFile, _today: string, context: Context): Readonly<Record<string, string>> {
  const standing = findStanding(file, context.params['eventId'])
  if (!standing) return {}
  const payload = standing.row.payload as Record<string, unknown>
  return {
    ...dateParts('on', standing.row.happened_on),
    ...(Object.assign(
      {},
      ...correctable(standing.kind).map((name): Record<string, string> => {
        const value = payload[name]
        const attribute = ATTRIBUTES[name]
        if (attribute.type === 'date')
          return dateParts(fieldOf(name), typeof value === 'string' ? value : null)
        if (typeof value === 'boolean') return { [fieldOf(name)]: value ? 'yes' : 'no' }
        return typeof value === 'string' ? { [fieldOf(name)]: value } : {}
      }),
    ) as Record<string, string>),
  }
}

export const routes = caseStep<Correction>({
  slug: 'correct-a-fact/:eventId',
  title: () => 'Correct what was recorded',
  stages: Object.keys(STAGE_LABELS) as AssessmentStage[],
  schema: correctionForm,
  dates: [
    'on',
    ...Object.entries(ATTRIBUTES)
      .filter(([, attribute]) => attribute.type === 'date')
      .map(([name]) => `detail-${name}`),
  ],
  start,
  questions,
  button: 'Correct it',
  carryOut,
})
