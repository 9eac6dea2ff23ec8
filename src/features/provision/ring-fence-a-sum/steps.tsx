import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalDate, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import { pounds } from '../../../record/money/index.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  TextField,
} from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { caseStep, type StepRun } from '../../assessment/the-case/index.ts'
import { MONEY_STAGES, moneyField } from '../the-money/index.ts'
import { findRingFenced, RING_FENCED_WHY, type RingFencedWhy } from './queries.ts'

const kinds = ['assessment', 'plan'] as const
const tell = (run: StepRun, on: string, payload: Record<string, unknown>) =>
  recordEvent(run.trx, {
    childId: run.file.child.id,
    processId: run.file.process.id,
    kind: 'ring_fenced_sum',
    on,
    today: run.today,
    by: run.by,
    payload,
  })

const keepForm = z
  .object({
    pence: moneyField('the sum'),
    whatFor: text('Enter what it is for', { max: 2000 }),
    why: choice(Object.keys(RING_FENCED_WHY) as [RingFencedWhy, ...RingFencedWhy[]], 'Choose why it is kept'),
    reference: optionalText({ max: 100 }),
    keeper: text('Enter who keeps it', { max: 200 }),
    on: plainDate('the day it was set aside'),
    spendBy: optionalDate('the day to spend it by'),
  })
  .superRefine((answer, context) => {
    if (answer.why === 'ombudsman' && !answer.reference)
      context.addIssue({
        code: 'custom',
        path: ['reference'],
        message: 'Enter the Ombudsman’s reference, like 18-016-599',
      })
    if (answer.spendBy && answer.spendBy < answer.on)
      context.addIssue({
        code: 'custom',
        path: ['spendBy'],
        message: 'The day to spend it by must be after it was set aside',
      })
  })

const keep = caseStep<z.output<typeof keepForm>>({
  slug: 'ring-fence-a-sum',
  title: () => 'Ring-fence a sum',
  kinds,
  stages: MONEY_STAGES,
  schema: keepForm,
  dates: ['on', 'spendBy'],
  start: (_file, today) => dateParts('on', today),
  questions: (form) => (
    <>
      <GovukInsetText text="It is kept for this child and this purpose only. Nothing can be spent of it that is not there." />
      <TextField form={form} name="pence" label="Sum in pounds" width={10} />
      <LongTextField
        form={form}
        name="whatFor"
        label="What is it for?"
        hint="In the words of whoever ordered or agreed it"
        max={2000}
        rows={3}
      />
      <ChoiceField
        form={form}
        name="why"
        label="Why is it kept?"
        options={Object.entries(RING_FENCED_WHY).map(([value, name]) => ({ value, text: name }))}
      />
      <TextField form={form} name="reference" label="Reference of the decision (optional)" width={20} />
      <TextField
        form={form}
        name="keeper"
        label="Who keeps it"
        hint="A person or a post who answers for it"
        width={30}
      />
      <DateField form={form} name="on" label="Set aside on" />
      <DateField form={form} name="spendBy" label="To be spent by (optional)" />
    </>
  ),
  button: 'Ring-fence the sum',
  carryOut: async (run, answer) => {
    if (answer.on > run.today)
      return { ok: false, errors: [{ field: 'on', text: 'The day it was set aside cannot be after today' }] }
    const eventId = await tell(run, answer.on, {
      amount: pounds(answer.pence),
      why: RING_FENCED_WHY[answer.why],
      reference: answer.reference,
    })
    await run.trx
      .insertInto('ring_fenced_sum')
      .values({
        child_id: run.file.child.id,
        process_id: run.file.process.id,
        pence: answer.pence,
        what_for: answer.whatFor,
        why: answer.why,
        reference: answer.reference,
        keeper: answer.keeper,
        set_aside_on: answer.on,
        spend_by: answer.spendBy,
        recorded_by: run.by,
        recorded_on: run.today,
        event_id: eventId,
      })
      .execute()
    return {
      ok: true,
      notice: `${pounds(answer.pence)} is ring-fenced.`,
      redirect: `/staff/cases/${run.file.process.id}/money`,
    }
  },
})

const spendForm = z.object({
  sum: z.string({ error: 'Choose the sum' }).min(1, 'Choose the sum'),
  way: choice(['spent', 'repaid'], 'Choose whether it was spent or repaid'),
  pence: moneyField('the amount'),
  on: plainDate('the day'),
  what: text('Enter what it was spent on', { max: 1000 }),
  evidence: optionalText({ max: 500 }),
})

const spend = caseStep<z.output<typeof spendForm>>({
  slug: 'spend-a-ring-fenced-sum',
  title: () => 'Record a spend of a ring-fenced sum',
  kinds,
  stages: MONEY_STAGES,
  schema: spendForm,
  dates: ['on'],
  start: (_file, today) => ({ ...dateParts('on', today), way: 'spent' }),
  questions: async (form, file, context) => {
    const sums = await context.read('ring-fenced sums', async (trx, saw) => {
      saw(file.child.id)
      return findRingFenced(trx, file.child.id)
    })
    return (
      <>
        <SelectField
          form={form}
          name="sum"
          label="Which sum?"
          empty="Choose"
          options={sums.map((one) => ({
            value: one.id,
            text: `${one.whatFor.slice(0, 60)}: ${pounds(one.left)} left of ${pounds(one.pence)}`,
          }))}
        />
        <ChoiceField
          form={form}
          name="way"
          label="What happened?"
          inline
          options={[
            { value: 'spent', text: 'Spent' },
            { value: 'repaid', text: 'Paid back into it' },
          ]}
        />
        <TextField form={form} name="pence" label="Amount in pounds" width={10} />
        <DateField form={form} name="on" label="On" />
        <TextField form={form} name="what" label="On what" width={30} />
        <TextField
          form={form}
          name="evidence"
          label="Evidence (optional)"
          hint="Invoice or order number"
          width={20}
        />
      </>
    )
  },
  button: 'Record it',
  carryOut: async (run, answer) => {
    const sum = (await findRingFenced(run.trx, run.file.child.id)).find((one) => one.id === answer.sum)
    if (!sum) return { ok: false, errors: [{ field: 'sum', text: 'Choose a sum of this child' }] }
    const refuse = (field: string, words: string) => ({
      ok: false as const,
      errors: [{ field, text: words }],
    })
    if (answer.on > run.today) return refuse('on', 'The day cannot be after today')
    if (answer.on < sum.setAsideOn)
      return refuse(
        'on',
        `It was set aside on ${shortDate(date(sum.setAsideOn))}: nothing was spent of it before`,
      )
    const spent = answer.way === 'spent' ? answer.pence : -answer.pence
    if (spent > sum.left)
      return refuse('pence', `There is ${pounds(sum.left)} left: a ring-fenced sum is never overspent`)
    if (sum.left - spent > sum.pence)
      return refuse(
        'pence',
        `Only ${pounds(sum.pence - sum.left)} was spent: no more than that can be paid back`,
      )
    const eventId = await tell(run, answer.on, { spent: pounds(spent), what: answer.what })
    await run.trx
      .insertInto('ring_fenced_spend')
      .values({
        sum_id: sum.id,
        child_id: run.file.child.id,
        pence: spent,
        spent_on: answer.on,
        what: answer.what,
        evidence: answer.evidence ?? '',
        recorded_by: run.by,
        recorded_on: run.today,
        event_id: eventId,
      })
      .execute()
    return {
      ok: true,
      notice: `${pounds(sum.left - spent)} is left of the sum.`,
      redirect: `/staff/cases/${run.file.process.id}/money`,
    }
  },
})

export const routes: readonly Route[] = [...keep, ...spend]
