import { z } from 'zod'
import {
  choice,
  optionalDate,
  optionalText,
  plainDate,
  readTypedDate,
  text,
} from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { NEED_TYPES, NEXT_STEPS, type NextStep, type Outcome, type Provision, RESULTS } from './schema.ts'

type Form = Readonly<Record<string, string>>

export const startForm = z.object({
  setting: text('Choose the setting', { max: 10 }),
  givenName: text('Enter the pupil’s given name', { max: 100 }),
  familyName: text('Enter the pupil’s family name', { max: 100 }),
  bornOn: plainDate('the pupil’s date of birth'),
  parentName: optionalText({ max: 200 }),
  parentContact: optionalText({ max: 200 }),
  supportFrom: plainDate('the day SEN support began'),
  told: choice(['yes'], 'Confirm that the parents were told: the law requires it (section 68)'),
})

export const detailsForm = z.object({
  parentName: optionalText({ max: 200 }),
  parentContact: optionalText({ max: 200 }),
  leftOn: optionalDate('the day the pupil left'),
})

export const meetingForm = z.object({
  metOn: plainDate('the day you met'),
  who: text('Enter who was there', { max: 300 }),
  said: text('Enter what was said and agreed', { max: 4000 }),
})

export const MOST_OUTCOMES = 10
export const MOST_LINES = 15
const LEAST_ROWS = 2

/** How many rows of each kind are on the page: what was asked, one more when the button was pressed. */
export function rowsOn(form: Form): { readonly outcomes: number; readonly lines: number } {
  const count = (name: string, most: number, adding: string): number => {
    const asked = Number(form[name] ?? LEAST_ROWS)
    const known = Number.isInteger(asked) ? Math.max(asked, LEAST_ROWS) : LEAST_ROWS
    return Math.min(known + (form['doing'] === adding ? 1 : 0), most)
  }
  return {
    outcomes: count('outcomesAsked', MOST_OUTCOMES, 'add-outcome'),
    lines: count('linesAsked', MOST_LINES, 'add-line'),
  }
}

const LINE = 400
const tooLong = (form: Form, field: string): FieldError[] =>
  (form[field] ?? '').trim().length > LINE ? [{ field, text: `Use ${LINE} characters or fewer` }] : []
const typed = (form: Form, field: string): string => (form[field] ?? '').trim()

/** The outcomes hoped for, as typed; a row left empty is no row. */
function readOutcomeRows(form: Form, count: number): { rows: Outcome[]; errors: FieldError[] } {
  const rows: Outcome[] = []
  const errors: FieldError[] = []
  for (let at = 1; at <= count; at++) {
    const row = {
      outcome: typed(form, `outcome${at}`),
      measure: typed(form, `measure${at}`),
      start: typed(form, `start${at}`),
      result: '' as const,
    }
    if (!row.outcome && !row.measure && !row.start) continue
    for (const name of ['outcome', 'measure', 'start']) errors.push(...tooLong(form, `${name}${at}`))
    if (!row.outcome) errors.push({ field: `outcome${at}`, text: `Outcome ${at}: enter what is hoped for` })
    if (!row.measure)
      errors.push({
        field: `measure${at}`,
        text: `Outcome ${at}: enter how you would know that it was reached`,
      })
    rows.push(row)
  }
  return { rows, errors }
}

/** A day of a row: empty, or read. */
function rowDay(form: Form, field: string, what: string, errors: FieldError[]): string {
  const boxes = {
    day: form[`${field}-day`] ?? '',
    month: form[`${field}-month`] ?? '',
    year: form[`${field}-year`] ?? '',
  }
  if (Object.values(boxes).every((box) => box.trim() === '')) return ''
  const read = readTypedDate(boxes, what)
  if ('iso' in read) return read.iso
  errors.push({ field, text: read.problem })
  return ''
}

function readProvisionRows(form: Form, count: number): { rows: Provision[]; errors: FieldError[] } {
  const rows: Provision[] = []
  const errors: FieldError[] = []
  for (let at = 1; at <= count; at++) {
    const row = {
      what: typed(form, `what${at}`),
      who: typed(form, `who${at}`),
      often: typed(form, `often${at}`),
      long: typed(form, `long${at}`),
      from: rowDay(form, `from${at}`, `support ${at}: the day it starts`, errors),
      to: rowDay(form, `to${at}`, `support ${at}: the day it ends`, errors),
      effect: '',
    }
    if (Object.values(row).every((value) => value === '')) continue
    for (const name of ['what', 'who', 'often', 'long']) errors.push(...tooLong(form, `${name}${at}`))
    if (!row.what) errors.push({ field: `what${at}`, text: `Support ${at}: enter what is done` })
    if (!row.who) errors.push({ field: `who${at}`, text: `Support ${at}: enter who does it` })
    if (!row.often) errors.push({ field: `often${at}`, text: `Support ${at}: enter how often` })
    if (row.from && row.to && row.to < row.from)
      errors.push({ field: `to${at}`, text: `Support ${at}: it cannot end before it starts` })
    rows.push(row)
  }
  return { rows, errors }
}

const planFields = z.object({
  startedOn: plainDate('the day this round began'),
  needTypes: z
    .array(z.string())
    .optional()
    .transform((values) => [...new Set((values ?? []).filter((value) => Object.hasOwn(NEED_TYPES, value)))]),
  needs: optionalText({ max: 6000 }),
  childViews: optionalText({ max: 4000 }),
  parentViews: optionalText({ max: 4000 }),
  reviewOn: optionalDate('the day of the review'),
})

export interface PlanGiven extends z.output<typeof planFields> {
  readonly outcomes: readonly Outcome[]
  readonly provision: readonly Provision[]
}

/** Reads a round as typed: it may be saved half done; what is there must be readable. */
export function readPlan(
  form: Form,
  needTypes: readonly string[],
  today: string,
):
  | { readonly ok: true; readonly value: PlanGiven }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const fields = planFields.safeParse({
    ...form,
    needTypes,
    startedOn: boxesOf(form, 'startedOn'),
    reviewOn: boxesOf(form, 'reviewOn'),
  })
  const counts = rowsOn(form)
  const outcomes = readOutcomeRows(form, counts.outcomes)
  const provision = readProvisionRows(form, counts.lines)
  const errors: FieldError[] = fields.success
    ? []
    : fields.error.issues.map((issue) => ({ field: String(issue.path[0] ?? ''), text: issue.message }))
  if (fields.success) {
    const { startedOn, reviewOn } = fields.data
    if (startedOn > today)
      errors.push({ field: 'startedOn', text: 'The day this round began must be today or earlier' })
    if (reviewOn !== null && reviewOn < startedOn)
      errors.push({ field: 'reviewOn', text: 'The day of the review must be after the round began' })
  }
  errors.push(...outcomes.errors, ...provision.errors)
  if (errors.length > 0 || !fields.success) return { ok: false, errors }
  return { ok: true, value: { ...fields.data, outcomes: outcomes.rows, provision: provision.rows } }
}

const boxesOf = (form: Form, name: string) => ({
  day: form[`${name}-day`] ?? '',
  month: form[`${name}-month`] ?? '',
  year: form[`${name}-year`] ?? '',
})

export interface ReviewGiven {
  readonly reviewedOn: string
  readonly results: readonly string[]
  readonly effects: readonly string[]
  readonly effect: string
  readonly viewsAfter: string | null
  readonly nextStep: NextStep
}

const reviewFields = z.object({
  reviewedOn: plainDate('the day of the review'),
  effect: text('Enter what difference it made', { max: 4000 }),
  viewsAfter: optionalText({ max: 4000 }),
  nextStep: z.enum(Object.keys(NEXT_STEPS) as [NextStep, ...NextStep[]], {
    error: 'Choose what happens next',
  }),
})

export function readReview(
  form: Form,
  round: {
    readonly outcomes: readonly Outcome[]
    readonly provision: readonly Provision[]
    readonly startedOn: string
  },
  today: string,
):
  | { readonly ok: true; readonly value: ReviewGiven }
  | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = []
  const fields = reviewFields.safeParse({ ...form, reviewedOn: boxesOf(form, 'reviewedOn') })
  const results = round.outcomes.map((_, at) => {
    const given = form[`result${at + 1}`] ?? ''
    if (!Object.hasOwn(RESULTS, given))
      errors.push({ field: `result${at + 1}`, text: `Outcome ${at + 1}: say whether it was met` })
    return given
  })
  const effects = round.provision.map((_, at) => {
    errors.push(...tooLong(form, `effect${at + 1}`))
    return typed(form, `effect${at + 1}`)
  })
  if (!fields.success)
    errors.unshift(
      ...fields.error.issues.map((issue) => ({ field: String(issue.path[0] ?? ''), text: issue.message })),
    )
  else if (fields.data.reviewedOn > today)
    errors.unshift({ field: 'reviewedOn', text: 'The day of the review must be today or earlier' })
  else if (fields.data.reviewedOn < round.startedOn)
    errors.unshift({ field: 'reviewedOn', text: 'The day of the review must be after the round began' })
  if (errors.length > 0 || !fields.success) return { ok: false, errors }
  return { ok: true, value: { ...fields.data, results, effects } }
}
