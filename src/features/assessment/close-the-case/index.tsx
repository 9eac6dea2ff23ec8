/** End an assessment without a decision, and open it again. The history stays. */
import { z } from 'zod'
import { HOW_SENT, previewRecipients, sendLetters, WhoWillBeTold } from '../../../documents/letters/index.ts'
import { iso, longDate } from '../../../law/index.ts'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { ChoiceField, DateField, LongTextField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText, html } from '../../../ui/govuk/index.ts'
import {
  caseStep,
  otherOpenAssessment,
  recordOnCase,
  requestOf,
  type StepFact,
  WhatFollows,
  withFacts,
} from '../the-case/index.ts'

const OPEN: readonly AssessmentStage[] = [
  'deciding-whether-to-assess',
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
]
const HOW = ['post', 'email', 'by-hand', 'portal'] as const

const WHY = {
  withdrawn: 'The request was withdrawn by who made it',
  'moved-away': 'The family moved to another authority’s area',
  died: 'The child or young person has died',
  'opened-in-error': 'The case was opened by mistake',
} as const
const WHYS = ['withdrawn', 'moved-away', 'died', 'opened-in-error'] as const

const form = z
  .object({
    why: choice(WHYS, 'Choose why the case is closing'),
    on: plainDate('the date'),
    withdrawnBy: optionalText({ max: 200 }),
    detail: optionalText({ max: 2000 }),
    how: z
      .string()
      .optional()
      .transform((value) => HOW.find((one) => one === value) ?? 'post'),
  })
  .superRefine((answer, context) => {
    if (answer.why === 'withdrawn' && answer.withdrawnBy === null)
      context.addIssue({ code: 'custom', path: ['withdrawnBy'], message: 'Enter who withdrew the request' })
    if (answer.why === 'opened-in-error' && answer.detail === null)
      context.addIssue({ code: 'custom', path: ['detail'], message: 'Enter how the mistake came about' })
  })

const close = caseStep<z.output<typeof form>>({
  slug: 'close-the-case',
  title: () => 'Close the case without a decision',
  stages: OPEN,
  schema: form,
  dates: ['on'],
  start: () => ({ how: 'post' }),
  button: 'Close the case',
  questions: async (typed, file, context) => {
    const recipients = await context.read('who will be told that the request was withdrawn', (trx) =>
      previewRecipients(trx, {
        childId: file.child.id,
        kind: 'request-withdrawn',
        on: context.today,
        today: context.today,
        how: 'post',
      }),
    )
    return (
      <>
        <GovukInsetText text="To refuse an assessment or a plan, do not close the case: record the decision, so that the family has its reasons and its right of appeal." />
        <ChoiceField
          form={typed}
          name="why"
          label="Why is it closing?"
          options={[
            {
              value: 'withdrawn',
              text: WHY.withdrawn,
              hint: 'Only who asked can withdraw. The authority may still have to assess if it thinks it may be necessary (section 36).',
              more: html(
                <>
                  <TextField form={typed} name="withdrawnBy" label="Who withdrew it?" width={30} />
                  <ChoiceField
                    form={typed}
                    name="how"
                    label="How will the letter be sent?"
                    inline
                    options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
                  />
                  <WhoWillBeTold recipients={recipients} childName={file.child.name} />
                </>,
              ),
            },
            {
              value: 'moved-away',
              text: WHY['moved-away'],
              hint: 'The new authority must be told, and decides afresh.',
            },
            {
              value: 'died',
              text: WHY.died,
              hint: 'No letter is sent. Every open date and reminder stops today. Speak to your manager about how the family is to be supported.',
            },
            {
              value: 'opened-in-error',
              text: WHY['opened-in-error'],
              hint: 'For example, recorded on the wrong child. Say how it came about.',
            },
          ]}
        />
        <DateField
          form={typed}
          name="on"
          label="Date"
          hint="The day it was withdrawn, the family moved, or the child died."
        />
        <LongTextField form={typed} name="detail" label="Anything to add (optional)" max={2000} />
        <WhatFollows
          facts={withFacts(file, [{ kind: 'assessment_closed', on: context.today, field: '' }])}
          today={context.today}
          title="Dates still running if it is closed today"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx } = run
    const withdrawn = answer.why === 'withdrawn'
    const fact: StepFact = withdrawn
      ? {
          kind: 'request_withdrawn',
          on: answer.on,
          field: 'on',
          onBehalfOf: answer.withdrawnBy,
          payload: { reason: answer.detail ?? WHY.withdrawn, withdrawnBy: answer.withdrawnBy },
        }
      : {
          kind: 'assessment_closed',
          on: answer.on,
          field: 'on',
          payload: { reason: answer.why, note: answer.detail },
        }
    const recorded = await recordOnCase(run, [fact])
    if (!recorded.ok) return recorded
    if (!withdrawn)
      return {
        ok: true,
        notice:
          answer.why === 'died' ? 'The case is closed. No letter has been sent.' : 'The case is closed.',
      }
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'request-withdrawn',
      on: answer.on,
      how: answer.how,
      by: run.by,
      today: run.today,
      file,
      details: { withdrawnBy: answer.withdrawnBy ?? 'the person who made it' },
    })
    return { ok: true, notice: `Withdrawal recorded, and ${letters} letters kept as sent.` }
  },
})

const reopenForm = z.object({
  on: plainDate('the date it was opened again'),
  reason: text('Enter why the case is opened again', { max: 2000 }),
})

const reopen = caseStep<z.output<typeof reopenForm>>({
  slug: 'reopen-the-case',
  title: () => 'Open the case again',
  stages: ['withdrawn', 'closed'],
  schema: reopenForm,
  dates: ['on'],
  button: 'Open the case again',
  questions: (typed, file, context) => {
    const request = requestOf(file)
    return (
      <>
        <GovukInsetText>
          It goes back to where it was, <strong>on its original clock</strong>
          {request ? ` from ${longDate(request.on)}` : ''}: the dates do not start again. If the family has
          made a new request, record a new request instead.
        </GovukInsetText>
        <DateField form={typed} name="on" label="Date it was opened again" />
        <LongTextField form={typed} name="reason" label="Why?" max={2000} />
        <WhatFollows
          facts={withFacts(file, [{ kind: 'assessment_reopened', on: context.today, field: '' }])}
          today={context.today}
          title="Dates if it is opened again today"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const other = await otherOpenAssessment(run.trx, run.file)
    if (other)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: `Another assessment of ${run.file.child.name} is open (${other}). Only one can be open at a time.`,
          },
        ],
      }
    const ended = run.file.ownFacts
      .filter((fact) => fact.kind === 'request_withdrawn' || fact.kind === 'assessment_closed')
      .toSorted((a, b) => b.on - a.on)[0]
    if (ended && answer.on < iso(ended.on))
      return {
        ok: false,
        errors: [
          { field: 'on', text: `The date must be on or after ${longDate(ended.on)}, when it was closed` },
        ],
      }
    const recorded = await recordOnCase(run, [
      { kind: 'assessment_reopened', on: answer.on, field: 'on', payload: { reason: answer.reason } },
    ])
    if (!recorded.ok) return recorded
    return { ok: true, notice: 'The case is open again, on its original clock.' }
  },
})

export const routes: readonly Route[] = [...close, ...reopen]
