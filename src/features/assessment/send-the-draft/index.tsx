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
import { choice, plainDate } from '../../../platform/forms.ts'
import { ChoiceField, DateField, TickField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'
import { caseStep, recordOnCase, WhatFollows, withFacts } from '../the-case/index.ts'

const HOW = ['post', 'email', 'by-hand', 'portal'] as const

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
    servedOn: plainDate('the date the draft was served'),
    how: choice(HOW, 'Choose how it was served'),
    noSetting: list,
    sections: list,
    appendices: list,
  })
  .superRefine((answer, context) => {
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
  dates: ['servedOn'],
  start: (file) => ({
    how: 'post',
    appendices: file.ownFacts.filter((fact) => fact.kind === 'advice_received').map((fact) => fact.id ?? ''),
  }),
  button: 'Record the draft and keep the letters',
  questions: async (typed, file, context) => {
    const period = commentPeriod(context.today)
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
          If it is served today, the first day is <strong>{longDate(period.first)}</strong> and the last is{' '}
          <strong>{longDate(period.last)}</strong>. The plan may be made final from{' '}
          {longDate(period.earliestFinal)}: the whole 15 days are theirs, even if they answer sooner.
        </GovukInsetText>
        <DateField
          form={typed}
          name="servedOn"
          label="Date the draft was served"
          hint="By post: the day the ordinary post would bring it (Interpretation Act 1978, section 7). Use the day it reached them if you know it. The letter is dated that day."
        />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it served?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
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
          title="If it is served today, what happens next"
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
    const left = file.ownFacts.filter((fact) => fact.kind === 'advice_received').length - appended.length
    const recorded = await recordOnCase(run, [
      {
        kind: 'draft_issued',
        on: answer.servedOn,
        field: 'servedOn',
        payload: { how: answer.how, appendices: appended.map((fact) => fact.id) },
      },
    ])
    if (!recorded.ok) return recorded
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'draft-plan',
      on: answer.servedOn,
      how: answer.how,
      by: run.by,
      today: run.today,
      file,
      details: {
        again,
        appendices: appended.map(
          (fact) => `${HEADS[fact.head ?? 'other'].title}: ${fact.adviser ?? 'adviser not recorded'}`,
        ),
      },
    })
    const period = commentPeriod(answer.servedOn)
    return {
      ok: true,
      notice: `Draft recorded, and ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent. The family’s 15 days end on ${longDate(period.last)}.${left > 0 ? ` ${left} pieces of advice were not appended.` : ''}`,
    }
  },
})
