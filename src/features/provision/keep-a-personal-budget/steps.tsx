import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { FactKind } from '../../../law/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalDate, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Context, Route } from '../../../platform/routes.ts'
import { pounds } from '../../../record/money/index.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  TextField,
  TickField,
} from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  type CaseFile,
  caseStep,
  recordOnCase,
  type StepResult,
  type StepRun,
} from '../../assessment/the-case/index.ts'
import { findLines, MONEY_STAGES, moneyField, nameOfLine } from '../the-money/index.ts'
import {
  BUDGET_STATES,
  BUDGET_WAYS,
  type BudgetState,
  type BudgetWay,
  findBudget,
  REVIEW_OUTCOMES,
  type ReviewOutcome,
  SEN2_DIRECT_PAYMENT,
  type Sen2DirectPayment,
} from './queries.ts'

const kinds = ['assessment', 'plan'] as const
const keysOf = <K extends string>(names: Readonly<Record<K, string>>) => Object.keys(names) as [K, ...K[]]
const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ value, text: name }))
const money = (file: CaseFile): string => `/staff/cases/${file.process.id}/money`

const linesFor = (file: CaseFile, context: Context) =>
  context.read('personal budget: lines of the plan', async (trx, saw) => {
    saw(file.child.id)
    return findLines(trx, file.child.id)
  })

const tell = (run: StepRun, on: string, payload: Record<string, unknown>) =>
  recordEvent(run.trx, {
    childId: run.file.child.id,
    processId: run.file.process.id,
    kind: 'personal_budget_recorded',
    on,
    today: run.today,
    by: run.by,
    payload,
  })
const about = (run: StepRun, eventId: string | null) => ({
  child_id: run.file.child.id,
  process_id: run.file.process.id,
  recorded_by: run.by,
  recorded_on: run.today,
  event_id: eventId,
})
const refuse = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })

const budgetForm = z
  .object({
    state: choice(keysOf<BudgetState>(BUDGET_STATES), 'Choose how it stands'),
    pence: z.string().optional(),
    how: z.array(choice(keysOf<BudgetWay>(BUDGET_WAYS), 'Choose how it is held')),
    lines: z.array(z.string()),
    words: optionalText({ max: 4000 }),
    from: plainDate('the day it stands from'),
  })
  .transform((answer, context) => {
    const typed = answer.pence?.trim() ?? ''
    const read = typed === '' ? null : moneyField('the sum for a year').safeParse(typed)
    if (read && !read.success)
      context.addIssue({ code: 'custom', path: ['pence'], message: read.error.issues[0]!.message })
    if (answer.state === 'taken-up' && typed === '')
      context.addIssue({ code: 'custom', path: ['pence'], message: 'Enter the sum for a year' })
    if (answer.state === 'taken-up' && answer.how.length === 0)
      context.addIssue({ code: 'custom', path: ['how'], message: 'Choose how it is held' })
    return { ...answer, yearlyPence: read?.success ? read.data : null }
  })

const budgetStep = caseStep<z.output<typeof budgetForm>>({
  slug: 'record-a-personal-budget',
  title: () => 'Record a personal budget',
  kinds,
  stages: MONEY_STAGES,
  schema: budgetForm,
  lists: ['how', 'lines'],
  dates: ['from'],
  start: (_file, today) => dateParts('from', today),
  questions: async (form, file, context) => (
    <>
      <ChoiceField form={form} name="state" label="How does it stand?" options={optionsOf(BUDGET_STATES)} />
      <TextField form={form} name="pence" label="Sum for a year, in pounds" width={10} />
      <TickField form={form} name="how" label="How is it held?" options={optionsOf(BUDGET_WAYS)} />
      <TickField
        form={form}
        name="lines"
        label="For which lines of the plan?"
        options={(await linesFor(file, context)).map((line) => ({ value: line.id, text: nameOfLine(line) }))}
      />
      <LongTextField form={form} name="words" label="What was agreed (optional)" max={4000} rows={3} />
      <DateField form={form} name="from" label="From" />
    </>
  ),
  button: 'Record it',
  carryOut: async (run, answer) => {
    const held = new Set((await findLines(run.trx, run.file.child.id)).map((line) => line.id))
    if (answer.lines.some((one) => !held.has(one))) return refuse('lines', 'Choose lines of this plan')
    const eventId = await tell(run, run.today, {
      state: BUDGET_STATES[answer.state],
      amount: answer.yearlyPence === null ? null : `${pounds(answer.yearlyPence)} a year`,
      from: answer.from,
    })
    await run.trx
      .insertInto('personal_budget')
      .values({
        ...about(run, eventId),
        state: answer.state,
        yearly_pence: answer.yearlyPence,
        how: [...answer.how],
        lines: [...answer.lines],
        words: answer.words ?? '',
        from_on: answer.from,
      })
      .execute()
    return { ok: true, notice: 'The personal budget is recorded.', redirect: money(run.file) }
  },
})

/** Facts from which the law's clocks run. */
const TELLS = {
  personal_budget_requested: 'The family asked for a personal budget',
  direct_payment_refused: 'We decided not to make direct payments',
  direct_payment_review_requested: 'The family asked us to look again at a refusal',
  direct_payment_reasons_given: 'We gave our decision in writing, with reasons',
  direct_payment_reduction_decided: 'We decided to reduce direct payments',
  direct_payment_reduction_notified: 'We told the family of a reduction, with notice and reasons',
} as const satisfies Partial<Record<FactKind, string>>
type Told = keyof typeof TELLS

const toldForm = z
  .object({
    kind: choice(keysOf<Told>(TELLS), 'Choose what happened'),
    on: plainDate('the day it happened'),
    reasons: optionalText({ max: 4000 }),
    says: z.string().optional(),
  })
  .superRefine((answer, context) => {
    const needs = [
      'direct_payment_refused',
      'direct_payment_reasons_given',
      'direct_payment_reduction_notified',
    ]
    if (needs.includes(answer.kind) && !answer.reasons)
      context.addIssue({
        code: 'custom',
        path: ['reasons'],
        message: 'Enter the reasons, as they were given in writing',
      })
    if (answer.kind === 'direct_payment_reasons_given' && !answer.says)
      context.addIssue({
        code: 'custom',
        path: ['says'],
        message:
          'A refusal must say that the family may ask for a review (SI 2014/1652, reg 7): send it again with that, then record it',
      })
  })

const toldStep = caseStep<z.output<typeof toldForm>>({
  slug: 'tell-of-a-personal-budget',
  title: () => 'Record what happened about a personal budget',
  kinds,
  stages: MONEY_STAGES,
  schema: toldForm,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  questions: (form) => (
    <>
      <GovukInsetText text="A family may ask while a draft is being prepared, or the plan is reviewed (Children and Families Act 2014, s.49). A refusal of direct payments is in writing, with reasons and the right to ask for a review (SI 2014/1652, reg 7)." />
      <ChoiceField form={form} name="kind" label="What happened?" options={optionsOf(TELLS)} />
      <DateField form={form} name="on" label="On" />
      <LongTextField
        form={form}
        name="reasons"
        label="Reasons (optional where none are due)"
        max={4000}
        rows={4}
      />
      <TickField
        form={form}
        name="says"
        label="For reasons given in writing"
        options={[
          {
            value: 'yes',
            text: 'It says that the family may ask us to look again, or is the outcome of that',
          },
        ]}
      />
    </>
  ),
  button: 'Record it',
  carryOut: async (run, answer): Promise<StepResult> => {
    const recorded = await recordOnCase(run, [
      { kind: answer.kind, on: answer.on, field: 'on', why: answer.reasons },
    ])
    return recorded.ok
      ? { ok: true, notice: `Recorded: ${TELLS[answer.kind]}.`, redirect: money(run.file) }
      : recorded
  },
})

const paymentForm = z
  .object({
    code: choice(keysOf<Sen2DirectPayment>(SEN2_DIRECT_PAYMENT), 'Choose what it is for'),
    lines: z.array(z.string()).min(1, 'Choose the lines it pays for'),
    payee: text('Enter who is paid', { max: 200 }),
    pence: moneyField('the amount'),
    per: choice(['once', 'week', 'month', 'year'], 'Choose how often'),
    agreedOn: plainDate('the day it was agreed in writing'),
    from: plainDate('the day of the first payment'),
    checks: z.array(z.string()),
  })
  .superRefine((answer, context) => {
    if (answer.checks.length < CHECKS.length)
      context.addIssue({
        code: 'custom',
        path: ['checks'],
        message: 'Each of these must hold before a direct payment is made: tick them all',
      })
    if (answer.agreedOn > answer.from)
      context.addIssue({
        code: 'custom',
        path: ['agreedOn'],
        message: 'It must be agreed in writing before it is paid',
      })
  })

const CHECKS = [
  {
    value: 'consent',
    text: 'The person who receives it agreed in writing to receive it, and how it is used',
  },
  { value: 'account', text: 'It goes to an account kept for it alone, with records' },
  {
    value: 'setting',
    text: 'Where it is used on a school’s or college’s premises, the school or college agreed',
  },
  {
    value: 'place',
    text: 'It pays for provision only, never for a place at a school or post-16 institution (reg 6(2))',
  },
] as const

/** Sections of the plan whose lines each kind of direct payment may secure. */
const MAY_PAY_FOR: Readonly<Record<Sen2DirectPayment, readonly string[]>> = {
  E: ['F'],
  H: ['G'],
  S: ['H1', 'H2'],
  I: ['F', 'G', 'H1', 'H2'],
}

const paymentStep = caseStep<z.output<typeof paymentForm>>({
  slug: 'begin-a-direct-payment',
  title: () => 'Begin a direct payment',
  kinds,
  stages: MONEY_STAGES,
  schema: paymentForm,
  lists: ['lines', 'checks'],
  dates: ['agreedOn', 'from'],
  start: (_file, today) => ({
    ...dateParts('from', today),
    ...dateParts('agreedOn', today),
    code: 'E',
    per: 'month',
  }),
  questions: async (form, file, context) => (
    <>
      <GovukInsetText text="It is reviewed for the first time within 3 months of the first payment, and at each review of the plan (SI 2014/1652, reg 11(2))." />
      <ChoiceField
        form={form}
        name="code"
        label="What is it for?"
        hint="Education pays for lines of section F only. Health and social care are made under their own regulations."
        options={optionsOf(SEN2_DIRECT_PAYMENT)}
      />
      <TickField
        form={form}
        name="lines"
        label="Which lines does it pay for?"
        options={(await linesFor(file, context)).map((line) => ({ value: line.id, text: nameOfLine(line) }))}
      />
      <TextField form={form} name="payee" label="Who is paid" width={30} />
      <TextField form={form} name="pence" label="Amount in pounds" width={10} />
      <SelectField
        form={form}
        name="per"
        label="How often"
        options={[
          { value: 'once', text: 'Once' },
          { value: 'week', text: 'Each week' },
          { value: 'month', text: 'Each month' },
          { value: 'year', text: 'Each year' },
        ]}
      />
      <DateField form={form} name="agreedOn" label="Agreed in writing on" />
      <DateField form={form} name="from" label="First payment on" />
      <TickField form={form} name="checks" label="Before it is made" options={CHECKS} />
    </>
  ),
  button: 'Begin the direct payment',
  carryOut: async (run, answer): Promise<StepResult> => {
    const held = new Map((await findLines(run.trx, run.file.child.id)).map((line) => [line.id, line]))
    const wrong = answer.lines.find((id) => !MAY_PAY_FOR[answer.code].includes(held.get(id)?.section ?? ''))
    if (wrong !== undefined) {
      const line = held.get(wrong)
      return refuse(
        'lines',
        line
          ? `A direct payment for ${SEN2_DIRECT_PAYMENT[answer.code].toLowerCase()} pays for section ${MAY_PAY_FOR[answer.code].join(' or ')} only, and this is a line of section ${line.section}`
          : 'Choose lines of this plan',
      )
    }
    if (answer.from > run.today)
      return refuse('from', 'Record it on the day of the first payment or after: the 3 months run from it')
    const recorded = await recordOnCase(run, [
      { kind: 'direct_payment_started', on: answer.from, field: 'from' },
    ])
    if (!recorded.ok) return recorded
    await run.trx
      .insertInto('direct_payment')
      .values({
        ...about(run, recorded.ids[0]!),
        sen2_code: answer.code,
        payee: answer.payee,
        lines: [...answer.lines],
        pence: answer.pence,
        per: answer.per,
        agreed_on: answer.agreedOn,
        from_on: answer.from,
      })
      .execute()
    return {
      ok: true,
      notice: `${pounds(answer.pence)} is recorded. The first review is due within 3 months.`,
      redirect: money(run.file),
    }
  },
})

const standingPayments = (file: CaseFile, context: Context) =>
  context.read('direct payments', async (trx, saw) => {
    saw(file.child.id)
    return (await findBudget(trx, file.child.id, context.today)).payments.filter((one) => one.to === null)
  })
const paymentOptions = (payments: Awaited<ReturnType<typeof standingPayments>>) =>
  payments.map((one) => ({
    value: one.id,
    text: `${pounds(one.pence)} ${one.per === 'once' ? 'once' : `each ${one.per}`} to ${one.payee}, from ${shortDate(date(one.from))}`,
  }))

const reviewForm = z
  .object({
    payment: z.string({ error: 'Choose the direct payment' }).min(1, 'Choose the direct payment'),
    on: plainDate('the day it was reviewed'),
    outcome: choice(keysOf<ReviewOutcome>(REVIEW_OUTCOMES), 'Choose the outcome'),
    words: text('Enter what was found', { max: 4000 }),
    stopsOn: optionalDate('the first day it is not paid'),
  })
  .superRefine((answer, context) => {
    if (answer.outcome === 'stopped' && !answer.stopsOn)
      context.addIssue({ code: 'custom', path: ['stopsOn'], message: 'Enter the first day it is not paid' })
    if (answer.stopsOn && answer.stopsOn < answer.on)
      context.addIssue({
        code: 'custom',
        path: ['stopsOn'],
        message: 'It cannot stop before it was reviewed',
      })
  })

const reviewStep = caseStep<z.output<typeof reviewForm>>({
  slug: 'review-a-direct-payment',
  title: () => 'Review a direct payment',
  kinds,
  stages: MONEY_STAGES,
  schema: reviewForm,
  dates: ['on', 'stopsOn'],
  start: (_file, today) => dateParts('on', today),
  questions: async (form, file, context) => (
    <>
      <ChoiceField
        form={form}
        name="payment"
        label="Which direct payment?"
        options={paymentOptions(await standingPayments(file, context))}
      />
      <DateField form={form} name="on" label="Reviewed on" />
      <ChoiceField form={form} name="outcome" label="Outcome" options={optionsOf(REVIEW_OUTCOMES)} />
      <LongTextField
        form={form}
        name="words"
        label="What was found"
        hint="Is it used as agreed, is it enough, are the records in order, does it still meet the outcomes?"
        max={4000}
        rows={4}
      />
      <DateField
        form={form}
        name="stopsOn"
        label="First day it is not paid"
        hint="Only where it is to stop"
      />
    </>
  ),
  button: 'Record the review',
  carryOut: async (run, answer): Promise<StepResult> => {
    const payment = (await findBudget(run.trx, run.file.child.id, run.today)).payments.find(
      (one) => one.id === answer.payment && one.to === null,
    )
    if (!payment) return refuse('payment', 'Choose a direct payment that has not ended')
    if (answer.on < payment.from) return refuse('on', 'It was reviewed before it began: check the day')
    const recorded = await recordOnCase(run, [
      { kind: 'direct_payment_reviewed', on: answer.on, field: 'on' },
    ])
    if (!recorded.ok) return recorded
    await run.trx
      .insertInto('direct_payment_review')
      .values({
        direct_payment_id: payment.id,
        child_id: run.file.child.id,
        reviewed_on: answer.on,
        outcome: answer.outcome,
        words: answer.words,
        recorded_by: run.by,
        recorded_on: run.today,
        event_id: recorded.ids[0]!,
      })
      .execute()
    if (answer.outcome === 'stopped' && answer.stopsOn)
      await run.trx
        .updateTable('direct_payment')
        .set({ to_on: answer.stopsOn, ended_why: answer.words.slice(0, 300), ended_recorded_on: run.today })
        .where('id', '=', payment.id)
        .execute()
    return { ok: true, notice: 'The review is recorded.', redirect: money(run.file) }
  },
})

export const routes: readonly Route[] = [...budgetStep, ...toldStep, ...paymentStep, ...reviewStep]
