/** Record advice that has come, late or not. “Nothing to report” is an answer. */
import { z } from 'zod'
import { dayInWords } from '../../../documents/letters/index.ts'
import type { AdviceHead } from '../../../law/index.ts'
import { choice, optionalText, plainDate } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { ChoiceField, DateField, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { caseStep, lateWords, recordOnCase, type StepFact, WhatFollows } from '../the-case/index.ts'
import { findAdvice, readAdvice } from './queries.ts'

/** Advice may come at any time after it was asked for, even once the plan is sent. */
const STAGES: readonly AssessmentStage[] = [
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
  'plan-issued',
  'no-plan',
]

const form = z.object({
  receivedOn: plainDate('the date the advice was received'),
  answer: choice(['advice', 'nothing-to-report'], 'Choose what was received'),
  note: optionalText({ max: 2000 }),
})
type Received = z.output<typeof form>

export const routes = caseStep<Received>({
  slug: 'record-advice/:adviceId',
  title: () => 'Record advice received',
  stages: STAGES,
  schema: form,
  dates: ['receivedOn'],
  button: 'Record the advice',
  questions: async (typed, file, context: Context) => {
    const advice = await readAdvice(context, file)
    return (
      <>
        {advice ? (
          <GovukInsetText>
            {advice.title}: <strong>{advice.adviser}</strong>, asked on {dayInWords(advice.asked_on)}.
            {advice.received_on ? ` Already recorded as received on ${dayInWords(advice.received_on)}.` : ''}
          </GovukInsetText>
        ) : (
          <GovukInsetText text="This advice request is not on this case. Go back to the case and choose it again." />
        )}
        <DateField
          form={typed}
          name="receivedOn"
          label="Date the advice was received"
          hint="Late advice is recorded with its true date. Late advice does not move any date and is not an exception."
        />
        <ChoiceField
          form={typed}
          name="answer"
          label="What was received?"
          options={[
            { value: 'advice', text: 'Advice and information' },
            {
              value: 'nothing-to-report',
              text: 'An answer that they have nothing to report',
              hint: 'This is an answer: the head of advice is complete.',
            },
          ]}
        />
        <LongTextField form={typed} name="note" label="Note (optional)" max={2000} />
        <WhatFollows facts={file.ownFacts} today={context.today} title="Dates running now" />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx } = run
    const advice = await findAdvice(trx, file, run.context.params['adviceId'])
    if (!advice)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: 'This advice request is not on this case. Go back to the case and choose it again.',
          },
        ],
      }
    if (advice.received_on)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: `This advice is already recorded as received on ${dayInWords(advice.received_on)}. If that is wrong, correct it from the case history.`,
          },
        ],
      }
    const fact: StepFact = {
      kind: 'advice_received',
      on: answer.receivedOn,
      field: 'receivedOn',
      payload: {
        head: advice.head as AdviceHead,
        adviser: advice.adviser,
        nothingToReport: answer.answer === 'nothing-to-report' ? true : null,
        note: answer.note,
      },
    }
    const recorded = await recordOnCase(run, [fact])
    if (!recorded.ok) return recorded
    await trx
      .updateTable('advice_request')
      .set({ received_on: answer.receivedOn, nothing_to_report: answer.answer === 'nothing-to-report' })
      .where('id', '=', advice.id)
      .execute()
    return {
      ok: true,
      notice: `Advice from ${advice.adviser} recorded.${lateWords({ ...file, ownFacts: file.ownFacts.filter((one) => one.kind !== 'advice_requested' || one.adviser === advice.adviser) }, [fact], 'advice-response', run.today)}`,
    }
  },
})

/** One advice request of a case, for the step that chases it. */
export { findAdvice, readAdvice } from './queries.ts'
