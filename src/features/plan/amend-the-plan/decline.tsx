/** Decide after all not to amend: reasons, and the right of appeal (reg 22(4) and (5)). The plan stays as it is. */
import { z } from 'zod'
import { HOW_SENT, previewRecipients, sendLetters, WhoWillBeTold } from '../../../documents/letters/index.ts'
import { iso, longDate } from '../../../law/index.ts'
import { choice, plainDate, text } from '../../../platform/forms.ts'
import { ChoiceField, DateField, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { HOW } from '../../assessment/send-the-draft/index.tsx'
import { caseStep, lateWords, recordOnCase, type StepFact } from '../../assessment/the-case/index.ts'
import { openNotice } from './standing.ts'

const form = z.object({
  sentOn: plainDate('the date the decision was sent'),
  how: choice(HOW, 'Choose how it was sent'),
  reasons: text('Enter the reasons', { max: 8000 }),
})

export const declineToAmend = caseStep<z.output<typeof form>>({
  slug: 'decline-to-amend',
  title: () => 'Decide not to amend the plan',
  kinds: ['plan'],
  stages: [],
  schema: form,
  dates: ['sentOn'],
  start: () => ({ how: 'post' }),
  button: 'Record the decision and keep the letters',
  questions: async (typed, file, context) => {
    const notice = openNotice(file)
    const recipients = await context.read('who will be told that the plan is not amended', (trx) =>
      previewRecipients(trx, {
        childId: file.child.id,
        kind: 'amendment-declined',
        on: context.today,
        today: context.today,
        how: 'post',
      }),
    )
    return (
      <>
        <GovukInsetText
          text={
            notice
              ? `The amendment notice was sent on ${longDate(notice.fact.on)}. The family must be told the decision, with reasons and its right of appeal, within 8 weeks of that (regulation 22(4) and (5)).`
              : 'No amendment notice waits for an answer, so there is nothing to decide.'
          }
        />
        <p class="govuk-body">
          The plan in force stays as it was sent. The words that were proposed stay in the plan as it is
          written here until somebody puts them back.
        </p>
        <DateField form={typed} name="sentOn" label="Date the decision was sent" />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        <LongTextField
          form={typed}
          name="reasons"
          label="Reasons"
          hint="They go to the family as you write them."
          max={8000}
        />
        <WhoWillBeTold recipients={recipients} childName={file.child.name} />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx, today } = run
    const notice = openNotice(file)
    if (!notice)
      return {
        ok: false,
        errors: [
          { field: '', text: 'No amendment notice waits for an answer, so there is nothing to decide' },
        ],
      }
    if (answer.sentOn < iso(notice.fact.on))
      return {
        ok: false,
        errors: [
          { field: 'sentOn', text: 'The decision cannot have been sent before the notice it answers' },
        ],
      }
    const fact: StepFact = { kind: 'amendment_declined', on: answer.sentOn, field: 'sentOn' }
    const recorded = await recordOnCase(run, [fact])
    if (!recorded.ok) return recorded
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'amendment-declined',
      on: answer.sentOn,
      how: answer.how,
      by: run.by,
      today,
      file,
      details: { reasons: answer.reasons, noticeOn: iso(notice.fact.on) },
    })
    const rule = notice.fact.withoutReview ? 'amendment-without-review' : 'amendment-declined'
    return {
      ok: true,
      notice: `Recorded: the plan stays as it is. ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent.${lateWords(file, [fact], rule, today)}`,
    }
  },
})
