import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalDate, plainDate, text } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import { pounds } from '../../../record/money/index.ts'
import { ChoiceField, DateField, dateParts, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, type StepRun } from '../../assessment/the-case/index.ts'
import {
  COST_PER,
  type CostPer,
  findBandNames,
  findChildBands,
  findCosts,
  findLines,
  MONEY_STAGES,
  type MoneyLine,
  moneyField,
  nameOfLine,
} from '../the-money/index.ts'

const WHOLE = 'whole'
const kinds = ['assessment', 'plan'] as const
const money = (file: CaseFile): string => `/staff/cases/${file.process.id}/money`

const linesFor = (file: CaseFile, context: Context) =>
  context.read('money: lines of the plan', async (trx, saw) => {
    saw(file.child.id)
    return findLines(trx, file.child.id)
  })
const lineOptions = (lines: readonly MoneyLine[]) => [
  { value: WHOLE, text: 'The whole plan, or no one line' },
  ...lines.map((line) => ({ value: line.id, text: nameOfLine(line) })),
]

/** A line that is in the child's plan, null for the whole plan; undefined when it is neither. */
async function lineOf(run: StepRun, typed: string): Promise<MoneyLine | null | undefined> {
  if (typed === WHOLE) return null
  return (await findLines(run.trx, run.file.child.id)).find((line) => line.id === typed)
}
const NO_LINE = { ok: false, errors: [{ field: 'line', text: 'Choose a line of this plan' }] } as const

const tell = (run: StepRun, kind: 'cost_recorded' | 'funding_recorded', payload: Record<string, unknown>) =>
  recordEvent(run.trx, {
    childId: run.file.child.id,
    processId: run.file.process.id,
    kind,
    on: run.today,
    today: run.today,
    by: run.by,
    payload,
  })
const about = (run: StepRun, eventId: string) => ({
  child_id: run.file.child.id,
  process_id: run.file.process.id,
  recorded_by: run.by,
  recorded_on: run.today,
  event_id: eventId,
})

const costForm = z
  .object({
    line: z.string({ error: 'Choose what it is for' }).min(1, 'Choose what it is for'),
    what: text('Enter what is paid for', { max: 300 }),
    payee: text('Enter who is paid', { max: 200 }),
    pence: moneyField('the amount'),
    per: choice(Object.keys(COST_PER) as [CostPer, ...CostPer[]], 'Choose what the amount is for'),
    times: z.string().optional(),
    from: plainDate('the day it starts'),
    to: optionalDate('the day it ends'),
  })
  .transform((answer, context) => {
    const counted = answer.per === 'session' || answer.per === 'term'
    const times = /^\d{1,4}$/.test(answer.times?.trim() ?? '') ? Number(answer.times) : 0
    if (counted && (times < 1 || times > 1000))
      context.addIssue({
        code: 'custom',
        path: ['times'],
        message:
          'Enter how many in a year, from 1 to 1,000: a price for each says nothing of the whole without it',
      })
    if (counted && answer.pence * times > 100_000_000)
      context.addIssue({
        code: 'custom',
        path: ['pence'],
        message: 'That is over £1,000,000 a year: check it',
      })
    if (answer.to && answer.to <= answer.from)
      context.addIssue({ code: 'custom', path: ['to'], message: 'The end must be after the start' })
    return { ...answer, timesAYear: counted ? times : null }
  })

const costStep = caseStep<z.output<typeof costForm>>({
  slug: 'record-a-cost',
  title: () => 'Record a cost',
  kinds,
  stages: MONEY_STAGES,
  schema: costForm,
  dates: ['from', 'to'],
  start: (_file, today) => ({ line: WHOLE, ...dateParts('from', today) }),
  questions: async (form, file, context) => (
    <>
      <SelectField
        form={form}
        name="line"
        label="What is it for?"
        options={lineOptions(await linesFor(file, context))}
      />
      <TextField
        form={form}
        name="what"
        label="What is paid for"
        hint="Such as: teaching assistant, therapist’s visits, fee of the place"
        width={30}
      />
      <TextField form={form} name="payee" label="Who is paid" width={30} />
      <TextField form={form} name="pence" label="Amount in pounds" width={10} />
      <ChoiceField
        form={form}
        name="per"
        label="For each"
        options={Object.entries(COST_PER).map(([value, name]) => ({ value, text: name }))}
      />
      <TextField
        form={form}
        name="times"
        label="How many sessions or terms in a year"
        hint="Only where the amount is for a session or a term"
        width={4}
      />
      <DateField form={form} name="from" label="From" />
      <DateField form={form} name="to" label="Until (optional)" hint="The first day it is no longer paid" />
    </>
  ),
  button: 'Record the cost',
  carryOut: async (run, answer) => {
    const line = await lineOf(run, answer.line)
    if (line === undefined) return NO_LINE
    const eventId = await tell(run, 'cost_recorded', {
      what: answer.what,
      amount: `${pounds(answer.pence)} ${COST_PER[answer.per]}`,
      from: answer.from,
      until: answer.to,
    })
    await run.trx
      .insertInto('plan_cost')
      .values({
        ...about(run, eventId),
        line_id: line?.id ?? null,
        what: answer.what,
        payee: answer.payee,
        pence: answer.pence,
        per: answer.per,
        times_a_year: answer.timesAYear,
        from_on: answer.from,
        to_on: answer.to,
        ended_recorded_on: answer.to === null ? null : run.today,
      })
      .execute()
    return {
      ok: true,
      notice: `${pounds(answer.pence)} ${COST_PER[answer.per]} is recorded.`,
      redirect: money(run.file),
    }
  },
})

const endCostForm = z.object({
  cost: z.string({ error: 'Choose which cost ends' }).min(1, 'Choose which cost ends'),
  on: plainDate('the first day it is no longer paid'),
  why: text('Enter why', { max: 300 }),
})

const endCostStep = caseStep<z.output<typeof endCostForm>>({
  slug: 'end-a-cost',
  title: () => 'End a cost',
  kinds,
  stages: MONEY_STAGES,
  schema: endCostForm,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  questions: async (form, file, context) => {
    const costs = await context.read('money: costs that may end', async (trx, saw) => {
      saw(file.child.id)
      return (await findCosts(trx, file.child.id)).filter((one) => one.to === null)
    })
    return (
      <>
        <GovukInsetText text="To change an amount, end it here and record the new one from the same day. What was overpaid is taken back, or what was owed paid, in the next month of the schedule." />
        <ChoiceField
          form={form}
          name="cost"
          label="Which?"
          options={costs.map((one) => ({
            value: one.id,
            text: `${one.what}, ${pounds(one.pence)} ${COST_PER[one.per]} to ${one.payee}`,
          }))}
        />
        <DateField form={form} name="on" label="First day it is no longer paid" />
        <TextField form={form} name="why" label="Why" width={30} />
      </>
    )
  },
  button: 'End the cost',
  carryOut: async (run, answer) => {
    const cost = (await findCosts(run.trx, run.file.child.id)).find(
      (one) => one.id === answer.cost && one.to === null,
    )
    if (!cost) return { ok: false, errors: [{ field: 'cost', text: 'Choose a cost that has not ended' }] }
    if (answer.on < cost.from)
      return {
        ok: false,
        errors: [{ field: 'on', text: `It began on ${shortDate(date(cost.from))}: it cannot end before` }],
      }
    await run.trx
      .updateTable('plan_cost')
      .set({ to_on: answer.on, ended_why: answer.why, ended_recorded_on: run.today })
      .where('id', '=', cost.id)
      .execute()
    await tell(run, 'cost_recorded', { what: cost.what, until: answer.on, why: answer.why })
    return { ok: true, notice: `${cost.what} is ended.`, redirect: money(run.file) }
  },
})

const bandForm = z
  .object({
    band: z.string({ error: 'Choose the band' }).min(1, 'Choose the band'),
    payee: z.string().optional(),
    from: plainDate('the day it starts'),
  })
  .transform((answer, context) => {
    const payee = answer.payee?.trim() ?? ''
    if (answer.band !== 'none' && payee.length < 2)
      context.addIssue({ code: 'custom', path: ['payee'], message: 'Enter who is paid' })
    return { ...answer, payee }
  })

const bandStep = caseStep<z.output<typeof bandForm>>({
  slug: 'put-in-a-band',
  title: () => 'Put in a band',
  kinds,
  stages: MONEY_STAGES,
  schema: bandForm,
  dates: ['from'],
  start: (file, today) => ({ ...dateParts('from', today), payee: file.child.setting?.name ?? '' }),
  questions: async (form, file, context) => {
    const names = await context.read('money: bands', async (trx, saw) => {
      saw(file.child.id)
      return findBandNames(trx)
    })
    return (
      <>
        <p class="govuk-body">It ends the band the child is in, from the same day.</p>
        <SelectField
          form={form}
          name="band"
          label="Band or top-up"
          empty="Choose"
          options={[
            ...names.map((name) => ({ value: name, text: name })),
            { value: 'none', text: 'None from that day' },
          ]}
        />
        <TextField form={form} name="payee" label="Who is paid" width={30} />
        <DateField form={form} name="from" label="From" />
      </>
    )
  },
  button: 'Record the band',
  carryOut: async (run, answer) => {
    const { trx, file } = run
    if (answer.band !== 'none' && !(await findBandNames(trx)).includes(answer.band))
      return { ok: false, errors: [{ field: 'band', text: 'Choose a band that has a rate' }] }
    const standing = (await findChildBands(trx, file.child.id)).filter((one) => one.to === null)
    const after = standing.find((one) => one.from > answer.from)
    if (after)
      return {
        ok: false,
        errors: [
          {
            field: 'from',
            text: `${after.band} starts on ${shortDate(date(after.from))}: choose that day or a later one`,
          },
        ],
      }
    for (const one of standing)
      await trx
        .updateTable('child_band')
        .set({ to_on: answer.from, ended_recorded_on: run.today })
        .where('id', '=', one.id)
        .execute()
    const eventId = await tell(run, 'funding_recorded', { band: answer.band, from: answer.from })
    if (answer.band !== 'none')
      await trx
        .insertInto('child_band')
        .values({ ...about(run, eventId), band: answer.band, payee: answer.payee, from_on: answer.from })
        .execute()
    return { ok: true, notice: 'The band is recorded.', redirect: money(file) }
  },
})

const percent = (who: string) =>
  z.string({ error: `Enter the share of ${who}` }).transform((typed, context): number => {
    const read = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 101
    if (read <= 100) return read
    context.addIssue({ code: 'custom', message: `The share of ${who} must be a whole number from 0 to 100` })
    return z.NEVER
  })
const shareForm = z
  .object({
    line: z.string({ error: 'Choose what is shared' }).min(1, 'Choose what is shared'),
    education: percent('education'),
    health: percent('health'),
    socialCare: percent('social care'),
    from: plainDate('the day it starts'),
    agreedBy: text('Enter who agreed it', { max: 200 }),
    agreedOn: plainDate('the day it was agreed'),
  })
  .superRefine((answer, context) => {
    const total = answer.education + answer.health + answer.socialCare
    if (total !== 100)
      context.addIssue({
        code: 'custom',
        path: ['education'],
        message: `The shares must make 100: they make ${total}`,
      })
  })

const shareStep = caseStep<z.output<typeof shareForm>>({
  slug: 'share-the-cost',
  title: () => 'Share the cost',
  kinds,
  stages: MONEY_STAGES,
  schema: shareForm,
  dates: ['from', 'agreedOn'],
  start: (_file, today) => ({
    line: WHOLE,
    education: '100',
    health: '0',
    socialCare: '0',
    ...dateParts('from', today),
    ...dateParts('agreedOn', today),
  }),
  questions: async (form, file, context) => (
    <>
      <SelectField
        form={form}
        name="line"
        label="What is shared?"
        options={lineOptions(await linesFor(file, context))}
      />
      <TextField form={form} name="education" label="Education, per cent" width={3} />
      <TextField form={form} name="health" label="Health, per cent" width={3} />
      <TextField form={form} name="socialCare" label="Social care, per cent" width={3} />
      <DateField form={form} name="from" label="From" />
      <TextField
        form={form}
        name="agreedBy"
        label="Agreed by"
        hint="Such as the joint funding panel, and who spoke for each"
        width={30}
      />
      <DateField form={form} name="agreedOn" label="Agreed on" />
    </>
  ),
  button: 'Record the shares',
  carryOut: async (run, answer) => {
    const line = await lineOf(run, answer.line)
    if (line === undefined) return NO_LINE
    if (answer.agreedOn > run.today)
      return {
        ok: false,
        errors: [{ field: 'agreedOn', text: 'The day it was agreed cannot be after today' }],
      }
    const { education, health, socialCare } = answer
    const eventId = await tell(run, 'funding_recorded', { education, health, socialCare, from: answer.from })
    await run.trx
      .insertInto('funding_share')
      .values({
        ...about(run, eventId),
        line_id: line?.id ?? null,
        from_on: answer.from,
        education,
        health,
        social_care: socialCare,
        agreed_by: answer.agreedBy,
        agreed_on: answer.agreedOn,
      })
      .execute()
    return { ok: true, notice: 'The shares are recorded.', redirect: money(run.file) }
  },
})

export const steps = [...costStep, ...endCostStep, ...bandStep, ...shareStep]
