/** Send the draft plan: from the day it is served the family has 15 days, that day counted. */
import { z } from 'zod'
import {
  commentPeriod,
  HOW_SENT,
  previewRecipients,
  sendLetters,
  WhoWillBeTold,
} from '../../../documents/letters/index.ts'
import { longDate } from '../../../law/index.ts'
import { choice, optionalDate } from '../../../platform/forms.ts'
import { ChoiceField, DateField, TickField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'
import { caseStep, recordOnCase, type StepRun, WhatFollows, withFacts } from '../the-case/index.ts'
import { HOW, type How, problemWithService, serviceDay } from './service.ts'

/** Sections of a plan (regulation 12). I is there, and empty, in a draft. */
const SECTIONS = {
  A: 'Views, interests and aspirations',
  B: 'Special educational needs',
  C: 'Health needs',
  D: 'Social care needs',
  E: 'Outcomes',
  F: 'Special educational provision',
  G: 'Health provision',
  H1: 'Social care provision under the 1970 Act',
  H2: 'Other social care provision',
  I: 'Placement (left empty in a draft)',
  J: 'Personal budget',
  K: 'Advice (appendices)',
} as const
type SectionId = keyof typeof SECTIONS
const SECTION_IDS = Object.keys(SECTIONS) as readonly SectionId[]

const list = z
  .array(z.string())
  .optional()
  .transform((values) => values ?? [])
const form = z
  .object({
    sentOn: optionalDate('the date the draft was sent'),
    how: choice(HOW, 'Choose how it was sent'),
    servedOn: optionalDate('the date it reached them'),
    noSetting: list,
    sections: list,
    appendices: list,
  })
  .superRefine((answer, context) => {
    if (!answer.sentOn && !answer.servedOn)
      context.addIssue({ code: 'custom', path: ['sentOn'], message: 'Enter the date the draft was sent' })
    if (!answer.noSetting.includes('yes'))
      context.addIssue({
        code: 'custom',
        path: ['noSetting'],
        message:
          'Confirm that the draft names no setting and no type of setting. The law forbids it (section 38(5)): if it does, take it out before it is sent',
      })
    const missing = SECTION_IDS.filter((id) => !answer.sections.includes(id))
    if (missing.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['sections'],
        message: `Tick each section that is in the draft. Not ticked: ${missing.join(', ')}. Every section must be there, even to say that nothing is needed`,
      })
  })
type Draft = z.output<typeof form>

export const routes = caseStep<Draft>({
  slug: 'send-the-draft',
  title: (file) =>
    file.ownFacts.some((fact) => fact.kind === 'draft_issued')
      ? 'Send a further draft plan'
      : 'Send the draft plan',
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'drafting', 'with-family', 'finalising'],
  schema: form,
  lists: ['noSetting', 'sections', 'appendices'],
  dates: ['sentOn', 'servedOn'],
  start: (file) => ({
    how: 'post',
    appendices: file.ownFacts.filter((fact) => fact.kind === 'advice_received').map((fact) => fact.id ?? ''),
  }),
  button: 'Record the draft and keep the letters',
  questions: async (typed, file, context) => {
    const byHand = commentPeriod(context.today)
    const posted = commentPeriod(serviceDay('post', context.today))
    const recipients = await context.read('who will have the draft', (trx) =>
      previewRecipients(trx, {
        childId: file.child.id,
        kind: 'draft-plan',
        on: context.today,
        today: context.today,
        how: 'post',
      }),
    )
    const advice = file.ownFacts.filter((fact) => fact.kind === 'advice_received')
    return (
      <>
        <p class="govuk-body">
          The family has at least 15 days to comment, to ask for a meeting and to ask for a particular
          setting, <strong>counting the day of service as the first</strong> (regulation 13(1)(a)). They are
          calendar days.
        </p>
        <GovukInsetText>
          Sent today <strong>by email, by hand or in their account</strong>, it is served today and the last
          day is <strong>{longDate(byHand.last)}</strong>. Sent today <strong>by post</strong>, it is taken to
          be served on {longDate(posted.first)}, the second working day after (Interpretation Act 1978,
          section 7), and the last day is <strong>{longDate(posted.last)}</strong>. The plan may be made final
          from the day after: the whole 15 days are theirs, even if they answer sooner.
        </GovukInsetText>
        <DateField
          form={typed}
          name="sentOn"
          label="Date the draft was sent"
          hint="The letter is dated this day. It may be late: use the true date."
        />
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
          hint="Left empty, it is worked out from the two answers above. By post it may lie up to 7 days ahead."
        />
        <TickField
          form={typed}
          name="noSetting"
          label="A draft must not name a setting or a type (section 38(5))"
          options={[
            {
              value: 'yes',
              text: 'I have checked that the draft names no school, college or other setting, and no type',
            },
          ]}
        />
        <TickField
          form={typed}
          name="sections"
          label="Which sections are in the draft? (regulation 12: all of them, each separately identified)"
          options={SECTION_IDS.map((id) => ({ value: id, text: `${id}: ${SECTIONS[id]}` }))}
        />
        {advice.length > 0 ? (
          <TickField
            form={typed}
            name="appendices"
            label="Advice sent with it as appendices (section K)"
            hint="All the advice gathered must be appended."
            options={advice.map((fact) => ({
              value: fact.id ?? '',
              text: `${HEADS[fact.head ?? 'other'].title}: ${fact.adviser ?? 'adviser not recorded'}, received ${longDate(fact.on)}`,
            }))}
          />
        ) : (
          <p class="govuk-body">No advice has been recorded as received, so section K would be empty.</p>
        )}
        <WhoWillBeTold recipients={recipients} childName={file.child.name} />
        <WhatFollows
          facts={withFacts(file, [{ kind: 'draft_issued', on: context.today, field: '' }])}
          today={context.today}
          title="If it reaches them today, what happens next"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx } = run
    const again = file.ownFacts.some((fact) => fact.kind === 'draft_issued')
    const appended = file.ownFacts.filter(
      (fact) =>
        fact.kind === 'advice_received' && fact.id !== undefined && answer.appendices.includes(fact.id),
    )
    const sentOn = answer.sentOn ?? answer.servedOn ?? run.today
    if (sentOn > run.today && answer.sentOn !== null)
      return {
        ok: false,
        errors: [{ field: 'sentOn', text: 'The date the draft was sent must be today or in the past' }],
      }
    const servedOn = answer.servedOn ?? (await takenToBeServed(run, answer.how, sentOn))
    const problem = problemWithService(answer.how, answer.sentOn, servedOn, run.today)
    if (answer.servedOn !== null && problem !== null)
      return { ok: false, errors: [{ field: 'servedOn', text: problem }] }
    const left = file.ownFacts.filter((fact) => fact.kind === 'advice_received').length - appended.length
    const recorded = await recordOnCase(run, [
      {
        kind: 'draft_issued',
        on: sentOn,
        field: answer.sentOn === null ? 'servedOn' : 'sentOn',
        payload: {
          how: answer.how,
          // The 15 days run from here.
          arrivedOn: servedOn === sentOn ? null : servedOn,
          appendices: appended.map((fact) => fact.id),
        },
      },
    ])
    if (!recorded.ok) return recorded
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'draft-plan',
      on: sentOn,
      how: answer.how,
      by: run.by,
      today: run.today,
      file,
      details: {
        again,
        servedOn,
        appendices: appended.map(
          (fact) => `${HEADS[fact.head ?? 'other'].title}: ${fact.adviser ?? 'adviser not recorded'}`,
        ),
      },
    })
    const period = commentPeriod(servedOn)
    return {
      ok: true,
      notice: `Draft recorded, and ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent. It ${servedOn > run.today ? 'is taken to be served' : 'was served'} on ${longDate(period.first)}, so the family’s 15 days end on ${longDate(period.last)}.${left > 0 ? ` ${left} pieces of advice were not appended.` : ''}`,
    }
  },
})

/** The day by which everybody it went to has it: one whom the record cannot reach by email is sent it by post. */
async function takenToBeServed({ trx, file, today }: StepRun, how: How, sentOn: string): Promise<string> {
  const { to } = await previewRecipients(trx, {
    childId: file.child.id,
    kind: 'draft-plan',
    on: sentOn,
    today,
    how,
  })
  return [how, ...to.flatMap((one) => one.how ?? [])]
    .map((one) => serviceDay(one, sentOn))
    .toSorted()
    .at(-1)!
}
