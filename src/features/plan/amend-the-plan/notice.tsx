/** Send an amendment notice: the plan with the changes proposed, and the family's 15 days to answer (reg 22(2); reg 28 without a review). */
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import {
  amendmentPeriod,
  HOW_SENT,
  previewRecipients,
  sendLetters,
  WhoWillBeTold,
} from '../../../documents/letters/index.ts'
import { longDate } from '../../../law/index.ts'
import { choice, optionalDate, optionalText, plainDate, text } from '../../../platform/forms.ts'
import { type FieldError, viewerOf } from '../../../platform/routes.ts'
import type { PlanProblems } from '../../../record/plan/index.ts'
import { ChoiceField, DateField, LongTextField } from '../../../ui/fields/index.ts'
import { HOW, problemWithService, takenToBeServed } from '../../assessment/send-the-draft/index.tsx'
import {
  caseStep,
  recordOnCase,
  type StepRun,
  WhatFollows,
  withFacts,
} from '../../assessment/the-case/index.ts'
import { freezeNotice, type Held, problemsOf, problemWithTheWords, refusal } from '../send-the-plan/index.ts'
import { WhatChanges } from './show-changes.tsx'
import { changesInWords, NOT_HELD, openNotice, planToAmend, type ToAmend, unchanged } from './standing.ts'

const form = z.object({
  sentOn: plainDate('the date the notice was sent'),
  how: choice(HOW, 'Choose how it was sent'),
  servedOn: optionalDate('the date it reached them'),
  after: choice(['review', 'other'], 'Say whether this follows a review'),
  reasons: text('Say why these changes are proposed', { max: 4000 }),
  evidence: optionalText({ max: 4000 }),
  of: z.string().optional(),
})
type Notice = z.output<typeof form>

/** The checks of a notice: section I stands in it as it stands in the plan, which is no draft under section 38. */
async function checks(trx: Trx, held: Held, by: string, today: string): Promise<PlanProblems> {
  const found = await problemsOf(trx, held.plan, { sending: 'draft', by, today })
  return { ...found, must: found.must.filter((one) => one.rule !== 'setting-named-in-draft') }
}

export const sendANotice = caseStep<Notice>({
  slug: 'send-an-amendment-notice',
  title: (file) => (openNotice(file) ? 'Send a further amendment notice' : 'Send an amendment notice'),
  kinds: ['plan'],
  stages: [],
  schema: form,
  dates: ['sentOn', 'servedOn'],
  start: (file) => ({
    how: 'post',
    after: file.ownFacts.some((fact) => fact.kind === 'review_decision' && fact.outcome === 'amend')
      ? 'review'
      : '',
  }),
  button: 'Record the notice and keep the letters',
  questions: async (typed, file, context) => {
    const { amending, problems, recipients } = await context.read(
      'the changes proposed to a plan, and who will have them',
      async (trx) => {
        const found = await planToAmend(trx, file)
        return {
          amending: found,
          problems: found && (await checks(trx, found.held, viewerOf(context).accountId, context.today)),
          recipients: await previewRecipients(trx, {
            childId: file.child.id,
            kind: 'amendment-notice',
            on: context.today,
            today: context.today,
            how: 'post',
          }),
        }
      },
    )
    return (
      <>
        <p class="govuk-body">
          The family is sent the plan as it is, the changes you propose and the evidence for them, and has at
          least 15 days to answer, <strong>counting the day of service as the first</strong> (regulation
          22(2)(c)). The final amended plan, or the decision not to amend, follows as soon as practicable and
          within 8 weeks of sending the notice (regulation 22(3) to (5)).
        </p>
        <WhatChanges amending={amending} problems={problems} />
        <ChoiceField
          form={typed}
          name="after"
          label="Why now?"
          options={[
            { value: 'review', text: 'A review decided that the plan should be amended (regulation 22)' },
            { value: 'other', text: 'At any other time (regulation 28)' },
          ]}
        />
        <LongTextField
          form={typed}
          name="reasons"
          label="Why are these changes proposed?"
          hint="In plain words, to the family. The changes themselves are listed in the letter for you."
          max={4000}
        />
        <LongTextField
          form={typed}
          name="evidence"
          label="Evidence sent with it (optional)"
          hint="One paper on each line. Left empty, the letter says that there is none beside the plan."
          max={4000}
          rows={4}
        />
        <DateField form={typed} name="sentOn" label="Date the notice was sent" />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        <DateField
          form={typed}
          name="servedOn"
          label="Date it reached them, if you know (optional)"
          hint="Left empty, it is worked out: by post, the second working day after."
        />
        <WhoWillBeTold recipients={recipients} childName={file.child.name} />
        <WhatFollows
          facts={withFacts(file, [
            {
              kind: 'amendment_notice',
              on: context.today,
              field: '',
              payload: { withoutReview: typed.value('after') === 'other' ? true : null },
            },
          ])}
          today={context.today}
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx, today } = run
    const { sentOn, how } = answer
    const amending = await planToAmend(trx, file, { forUpdate: true })
    if (!amending) return { ok: false, errors: NOT_HELD }
    const stopped = await whatStops(run, amending, answer)
    if (stopped.length > 0) return { ok: false, errors: stopped }
    const servedOn = answer.servedOn ?? (await takenToBeServed(run, how, sentOn, 'amendment-notice'))
    const problem = problemWithService(how, sentOn, servedOn, today)
    if (answer.servedOn !== null && problem !== null)
      return { ok: false, errors: [{ field: 'servedOn', text: problem }] }
    const recorded = await recordOnCase(run, [
      {
        kind: 'amendment_notice',
        on: sentOn,
        field: 'sentOn',
        payload: {
          how,
          withoutReview: answer.after === 'other' ? true : null,
          // The 15 days run from here; the 8 weeks from the sending.
          arrivedOn: servedOn === sentOn ? null : servedOn,
        },
      },
    ])
    if (!recorded.ok) return recorded
    const eventId = recorded.ids[0]!
    const version = await freezeNotice(
      trx,
      amending.held.plan,
      { on: sentOn, eventId },
      { accountId: run.by, today },
    )
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId,
      kind: 'amendment-notice',
      on: sentOn,
      how,
      by: run.by,
      today,
      file,
      details: {
        reasons: answer.reasons,
        changes: changesInWords(amending),
        evidence: (answer.evidence ?? '').split(/\r?\n/).flatMap((line) => line.trim() || []),
        afterReview: answer.after === 'review',
        servedOn,
      },
    })
    const period = amendmentPeriod(servedOn)
    return {
      ok: true,
      notice: `Amendment notice recorded as version ${version.number}, and ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent. The family’s 15 days end on ${longDate(period.last)}.`,
    }
  },
})

async function whatStops(
  { trx, today, by }: StepRun,
  amending: ToAmend,
  { sentOn, of }: Notice,
): Promise<readonly FieldError[]> {
  if (sentOn < amending.final.sentOn)
    return [{ field: 'sentOn', text: 'The notice cannot have been sent before the final plan it changes' }]
  const before = [
    ...unchanged(amending),
    ...(await problemWithTheWords(trx, amending.held, of ?? '', sentOn, today)),
  ]
  if (before.length > 0) return before
  const problems = await checks(trx, amending.held, by, today)
  return problems.must.length > 0 ? [{ field: '', text: refusal(problems) }] : []
}
