/** Send the draft plan: from the day it is served the family has 15 days, that day counted. */
import type { JSX } from 'preact'
import { z } from 'zod'
import {
  commentPeriod,
  HOW_SENT,
  previewRecipients,
  sendLetters,
  WhoWillBeTold,
} from '../../../documents/letters/index.ts'
import { type Fact, longDate } from '../../../law/index.ts'
import { choice, optionalDate } from '../../../platform/forms.ts'
import { type FieldError, viewerOf } from '../../../platform/routes.ts'
import { type PlanProblems, planPartsOf, SECTION_RULES } from '../../../record/plan/index.ts'
import { ChoiceField, DateField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  freezeDraft,
  type Held,
  ProblemsBeforeSending,
  planHeld,
  problemsOf,
  problemWithTheWords,
  refusal,
} from '../../plan/send-the-plan/index.ts'
import { planHash } from '../../plan/the-plan/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'
import { caseStep, recordOnCase, type StepRun, WhatFollows, withFacts } from '../the-case/index.ts'
import { HOW, type How, problemWithService, serviceDay } from './service.ts'

export { HOW, problemWithService }

/** Sections of a plan (regulation 12), as the officer ticks them on paper. I is there, and empty, in a draft. */
const SECTIONS = {
  ...(Object.fromEntries(Object.entries(SECTION_RULES).map(([id, rule]) => [id, rule.title])) as Readonly<
    Record<keyof typeof SECTION_RULES, string>
  >),
  I: 'Placement (left empty in a draft)',
  K: 'Advice (appendices)',
}
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
    /** The fingerprint of the plan that was on the page, where it is held here. */
    of: z.string().optional(),
  })
  .superRefine((answer, context) => {
    if (!answer.sentOn && !answer.servedOn)
      context.addIssue({ code: 'custom', path: ['sentOn'], message: 'Enter the date the draft was sent' })
    // A plan that is held here is checked itself; one on paper is checked by whoever has it in hand.
    if (answer.of !== undefined) return
    for (const { field, text } of problemsOnPaper(answer))
      context.addIssue({ code: 'custom', path: [field], message: text })
  })

function problemsOnPaper(answer: {
  readonly noSetting: readonly string[]
  readonly sections: readonly string[]
}): readonly FieldError[] {
  const missing = SECTION_IDS.filter((id) => !answer.sections.includes(id))
  return [
    ...(answer.noSetting.includes('yes')
      ? []
      : [
          {
            field: 'noSetting',
            text: 'Confirm that the draft names no setting and no type of setting. The law forbids it (section 38(5)): if it does, take it out before it is sent',
          },
        ]),
    ...(missing.length === 0
      ? []
      : [
          {
            field: 'sections',
            text: `Tick each section that is in the draft. Not ticked: ${missing.join(', ')}. Every section must be there, even to say that nothing is needed`,
          },
        ]),
  ]
}
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
    const { recipients, held, problems } = await context.read(
      'who will have the draft, and what stands in its way',
      async (trx) => {
        const found = await planHeld(trx, file.child.id, file.process.id)
        return {
          recipients: await previewRecipients(trx, {
            childId: file.child.id,
            kind: 'draft-plan',
            on: context.today,
            today: context.today,
            how: 'post',
          }),
          held: found,
          problems: found
            ? await problemsOf(trx, found.plan, {
                sending: 'draft',
                by: viewerOf(context).accountId,
                today: context.today,
              })
            : undefined,
        }
      },
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
        {held && problems ? (
          <HeldHere held={held} problems={problems} />
        ) : (
          <OnPaper typed={typed} advice={advice} />
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
    const held = await planHeld(trx, file.child.id, file.process.id, { forUpdate: true })
    const stopped = await whatStops(run, held, answer, sentOn)
    if (stopped.length > 0) return { ok: false, errors: stopped }
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
    const version = held
      ? await freezeDraft(
          trx,
          held,
          { on: sentOn, eventId: recorded.ids[0]! },
          { accountId: run.by, today: run.today },
        )
      : undefined
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
        appendices: held
          ? appendicesOf(held)
          : appended.map(
              (fact) => `${HEADS[fact.head ?? 'other'].title}: ${fact.adviser ?? 'adviser not recorded'}`,
            ),
      },
    })
    const period = commentPeriod(servedOn)
    return {
      ok: true,
      notice: `Draft recorded, and ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent. It ${servedOn > run.today ? 'is taken to be served' : 'was served'} on ${longDate(period.first)}, so the family’s 15 days end on ${longDate(period.last)}.${version ? ` It is kept as version ${version.number}, and the family can comment on each of its ${version.parts.length} paragraphs.` : left > 0 ? ` ${left} pieces of advice were not appended.` : ''}`,
    }
  },
})

/** What stops this draft going out: its checks where it is held here, the ticks where it is on paper. */
async function whatStops(
  { trx, today, by }: StepRun,
  held: Held | undefined,
  answer: Draft,
  sentOn: string,
): Promise<readonly FieldError[]> {
  if (!held)
    return answer.of === undefined
      ? []
      : [{ field: '', text: 'The plan is no longer written on this case. Open the page again' }]
  const changed = await problemWithTheWords(trx, held, answer.of ?? '', sentOn, today)
  if (changed.length > 0) return changed
  const problems = await problemsOf(trx, held.plan, { sending: 'draft', by, today })
  return problems.must.length > 0 ? [{ field: '', text: refusal(problems) }] : []
}

/** What section K lists, as the letter names it. */
const appendicesOf = ({ parts }: Held): readonly string[] =>
  planPartsOf(parts, 'appendix').map(({ content }) =>
    [content.title, content.author].filter(Boolean).join(': '),
  )

/** The day by which everybody it went to has it: one whom the record cannot reach by email is sent it by post. */
export async function takenToBeServed(
  { trx, file, today }: StepRun,
  how: How,
  sentOn: string,
  kind: 'draft-plan' | 'amendment-notice' = 'draft-plan',
): Promise<string> {
  const { to } = await previewRecipients(trx, {
    childId: file.child.id,
    kind,
    on: sentOn,
    today,
    how,
  })
  return [how, ...to.flatMap((one) => one.how ?? [])]
    .map((one) => serviceDay(one, sentOn))
    .toSorted()
    .at(-1)!
}

/** A plan that is held here: its checks, and the fingerprint of the words that were checked. */
function HeldHere({ held, problems }: { readonly held: Held; readonly problems: PlanProblems }): JSX.Element {
  return (
    <>
      <ProblemsBeforeSending planId={held.plan.id} problems={problems} />
      <input type="hidden" name="of" value={planHash(held.parts)} />
    </>
  )
}

/** A plan on paper: whoever has it in hand says what is in it. */
function OnPaper({
  typed,
  advice,
}: {
  readonly typed: TypedForm
  readonly advice: readonly Fact[]
}): JSX.Element {
  return (
    <>
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
    </>
  )
}
