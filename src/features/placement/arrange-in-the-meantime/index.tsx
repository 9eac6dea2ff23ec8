/** Education while a child has no place or cannot attend (Education Act 1996, s.19): arranged, looked at again, and ended. */
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { optionalText, plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import { INTERIM_KINDS, type InterimKind } from '../../../record/placement/index.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  TextField,
} from '../../../ui/fields/index.ts'
import { GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { caseStep } from '../../assessment/the-case/index.ts'

export interface Interim {
  readonly id: string
  readonly from_on: string
  readonly to_on: string | null
  readonly kind: string
  readonly hours_a_week: number
  readonly provider: string
  readonly why_needed: string
  readonly full_time: boolean
  readonly why_less: string | null
  readonly review_on: string
  readonly ended_why: string | null
}

/** What was arranged for a child in the meantime, the newest first. */
export async function findInterim(trx: Trx, childId: string): Promise<readonly Interim[]> {
  const rows = await trx
    .selectFrom('interim_provision')
    .select([
      'id',
      'from_on',
      'to_on',
      'kind',
      'hours_a_week',
      'provider',
      'why_needed',
      'full_time',
      'why_less',
      'review_on',
      'ended_why',
    ])
    .where('child_id', '=', childId)
    .orderBy('from_on', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, hours_a_week: Number(row.hours_a_week) }))
}

const STAGES: readonly AssessmentStage[] = [
  'deciding-whether-to-assess',
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
  'plan-issued',
]
const no = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })

const hours = z
  .string()
  .optional()
  .transform((typed, context): number => {
    const bare = (typed ?? '').trim()
    const value = /^\d{1,2}(\.5|\.25|\.75|\.0)?$/.test(bare) ? Math.round(Number(bare) * 10) / 10 : Number.NaN
    if (value > 0 && value <= 50) return value
    context.addIssue({
      code: 'custom',
      message: 'Enter the hours a week as a number from 0.5 to 50, like 10 or 12.5',
    })
    return z.NEVER
  })

const form = z
  .object({
    fromOn: plainDate('the first day'),
    kind: z.enum(Object.keys(INTERIM_KINDS) as [InterimKind, ...InterimKind[]], {
      error: 'Choose what it is',
    }),
    hours,
    provider: text('Enter who gives it'),
    whyNeeded: text('Say why it is needed', { max: 4000 }),
    fullTime: yesOrNo('Say whether it is full-time'),
    whyLess: optionalText({ max: 4000 }),
    reviewOn: plainDate('the day it is looked at again'),
  })
  .superRefine((given, context) => {
    if (!given.fullTime && (given.whyLess?.length ?? 0) < 3)
      context.addIssue({
        code: 'custom',
        path: ['whyLess'],
        message:
          'Say why it is less than full-time: only where the child’s physical or mental health makes full-time against their interests (section 19(3AA))',
      })
    if (given.fromOn && given.reviewOn && given.reviewOn < given.fromOn)
      context.addIssue({
        code: 'custom',
        path: ['reviewOn'],
        message: 'The review must not be before the first day',
      })
  })

const arrange = caseStep<z.output<typeof form>>({
  slug: 'arrange-in-the-meantime',
  title: () => 'Education in the meantime',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: form,
  dates: ['fromOn', 'reviewOn'],
  button: 'Record what is arranged',
  questions: (typed) => (
    <>
      <GovukInsetText>
        The council must arrange suitable education for a child of compulsory school age who would not
        otherwise have it (section 19, Education Act 1996): from the sixth school day of a permanent exclusion
        (SI 2007/1870), and as soon as it is clear that illness will keep them away 15 school days (guidance).
        What section F of a plan promises must be secured as well (section 42).
      </GovukInsetText>
      <DateField form={typed} name="fromOn" label="First day" />
      <SelectField
        form={typed}
        name="kind"
        label="What is it?"
        empty="Choose"
        options={Object.entries(INTERIM_KINDS).map(([value, words]) => ({ value, text: words }))}
      />
      <TextField form={typed} name="hours" label="Hours a week" width={4} />
      <TextField form={typed} name="provider" label="Who gives it?" />
      <LongTextField form={typed} name="whyNeeded" label="Why is it needed?" max={4000} rows={3} />
      <ChoiceField
        form={typed}
        name="fullTime"
        label="Is it full-time?"
        hint="One-to-one teaching may count for more than its hours"
        options={[
          { value: 'yes', text: 'Yes' },
          {
            value: 'no',
            text: 'No',
            more: html(<LongTextField form={typed} name="whyLess" label="Why less?" max={4000} rows={3} />),
          },
        ]}
      />
      <DateField form={typed} name="reviewOn" label="Looked at again by" />
    </>
  ),
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const base = { childId: file.child.id, on: answer.fromOn, today, by: run.by }
    const event = await recordEvent(trx, {
      ...base,
      processId: file.process.id,
      kind: 'interim_arranged',
      payload: { provision: answer.kind, hours: String(answer.hours), provider: answer.provider },
    })
    // The fact of law that stops the day-six and 15-day clocks, once it has come about: on the case where they started.
    const owed = file.facts
      .filter((fact) => ['permanently_excluded', 'suspended', 'health_absence'].includes(fact.kind))
      .toSorted((a, b) => b.on - a.on)[0]
    if (owed && answer.fromOn <= today)
      await recordEvent(trx, { ...base, processId: owed.process ?? null, kind: 'education_arranged' })
    await trx
      .insertInto('interim_provision')
      .values({
        child_id: file.child.id,
        process_id: file.process.id,
        from_on: answer.fromOn,
        kind: answer.kind,
        hours_a_week: answer.hours,
        provider: answer.provider,
        why_needed: answer.whyNeeded,
        full_time: answer.fullTime,
        why_less: answer.fullTime ? null : answer.whyLess,
        review_on: answer.reviewOn,
        recorded_by: run.by,
        recorded_on: today,
        event_id: event,
      })
      .execute()
    return {
      ok: true,
      redirect: `/staff/cases/${file.process.id}/settings`,
      notice: `Recorded: ${answer.hours} hours a week from ${dayInWords(answer.fromOn)}. The family can see it.`,
    }
  },
})

const endForm = z.object({
  which: z.string({ error: 'Choose which' }).min(1, 'Choose which'),
  on: plainDate('the day it ends'),
  why: text('Say why it ends', { max: 1000 }),
})
const end = caseStep<z.output<typeof endForm>>({
  slug: 'end-in-the-meantime',
  title: () => 'End education in the meantime',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: endForm,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  button: 'Record the end',
  questions: async (typed, file, context) => {
    const open = (
      await context.read('education in the meantime', (trx) => findInterim(trx, file.child.id))
    ).filter((one) => one.to_on === null)
    return (
      <>
        {open.length === 0 ? <GovukInsetText text="Nothing arranged is open." /> : null}
        <SelectField
          form={typed}
          name="which"
          label="Which?"
          empty="Choose"
          options={open.map((one) => ({
            value: one.id,
            text: `${INTERIM_KINDS[one.kind as InterimKind]}, ${one.provider}, from ${dayInWords(one.from_on)}`,
          }))}
        />
        <DateField form={typed} name="on" label="Day it ends" hint="The first day without it" />
        <LongTextField form={typed} name="why" label="Why?" max={1000} rows={3} />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const one = (await findInterim(trx, file.child.id)).find(
      (each) => each.id === answer.which && each.to_on === null,
    )
    if (!one) return no('which', 'Choose what is open')
    if (answer.on < one.from_on)
      return no('on', `It began on ${dayInWords(one.from_on)}: it cannot end before`)
    await trx
      .updateTable('interim_provision')
      .set({ to_on: answer.on, ended_why: answer.why })
      .where('id', '=', one.id)
      .execute()
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'interim_ended',
      on: answer.on,
      today,
      by: run.by,
      payload: { provision: one.kind, provider: one.provider },
      why: answer.why,
    })
    return { ok: true, redirect: `/staff/cases/${file.process.id}/settings`, notice: 'The end is recorded.' }
  },
})

export const routes: readonly Route[] = [...arrange, ...end]
