/** Send the final amended plan: it takes the place of the one in force from that day (reg 22(3); reg 42, 44 and 45 without a notice). */
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import {
  amendmentPeriod,
  HOW_SENT,
  previewRecipients,
  sendLetters,
  WhoWillBeTold,
} from '../../../documents/letters/index.ts'
import { date, iso, longDate } from '../../../law/index.ts'
import { choice, optionalDate, optionalText, plainDate } from '../../../platform/forms.ts'
import { type FieldError, viewerOf } from '../../../platform/routes.ts'
import { differenceBetween, type PlacementContent } from '../../../record/plan/index.ts'
import { ChoiceField, DateField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText, html } from '../../../ui/govuk/index.ts'
import { HOW } from '../../assessment/send-the-draft/index.tsx'
import {
  type CaseFile,
  caseStep,
  datesThatFollow,
  lateWords,
  recordOnCase,
  type StepFact,
  type StepRun,
  WhatFollows,
  withFacts,
} from '../../assessment/the-case/index.ts'
import { placementFromFinal } from '../../placement/keep-placements/index.tsx'
import { sectionIFor } from '../../placement/name-the-setting/index.tsx'
import { promiseLines } from '../../provision/prove-provision/index.ts'
import {
  freezeFinal,
  problemsOf,
  problemWithTheWords,
  refusal,
  secondFinal,
  sectionI,
  sectionIInWords,
} from '../send-the-plan/index.ts'
import { changePart, loadParts, savePart } from '../the-plan/index.ts'
import { GROUND_IDS, GROUNDS, type GroundId, isGround } from './grounds.ts'
import { WhatChanges } from './show-changes.tsx'
import {
  changesInWords,
  NOT_HELD,
  openNotice,
  planToAmend,
  problemWithTheWait,
  type ToAmend,
  unchanged,
} from './standing.ts'

const form = z
  .object({
    sentOn: plainDate('the date the amended plan was sent'),
    how: choice(HOW, 'Choose how it was sent'),
    ground: choice(['notice', 'other'], 'Say what lets you amend the plan'),
    other: z.string().optional(),
    groundOn: optionalDate('the date of the order or agreement'),
    groundNote: optionalText({ max: 200 }),
    of: z.string().optional(),
  })
  .superRefine((answer, context) => {
    if (answer.ground === 'notice') return
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (!isGround(answer.other)) problem('other', 'Choose the order or the agreement')
    if (answer.groundOn === null) problem('groundOn', 'Enter the date of the order or agreement')
    else if (answer.groundOn > answer.sentOn)
      problem('groundOn', 'The order or agreement must be of the day the plan was sent, or before')
    if (answer.groundNote === null)
      problem('groundNote', 'Enter the number of the appeal, or what the paper is called')
  })
type Amended = z.output<typeof form>

/** Section I as the amended plan will say it: what was decided on this case since the last final, or else what stands. */
async function placementOf(
  trx: Trx,
  file: CaseFile,
  { held, final }: ToAmend,
): Promise<{ readonly content: PlacementContent | undefined; readonly isChanged: boolean }> {
  const now = sectionI(held)
  const found = await sectionIFor(trx, file.process.id)
  const decided = found && found.decision.decidedOn >= final.sentOn ? found.content : undefined
  return decided && (!now || !isSame(now, decided))
    ? { content: decided, isChanged: true }
    : { content: now, isChanged: false }
}

const isSame = (a: PlacementContent, b: PlacementContent): boolean =>
  a.form === b.form &&
  (a.form === 'named' ? a.settingUrn === b.settingUrn : a.type.trim() === b.type.trim()) &&
  a.conditions.trim() === b.conditions.trim()

const RULES: ReadonlySet<string> = new Set(['amendment-final-plan', 'amendment-without-review'])

export const sendTheAmendedPlan = caseStep<Amended>({
  slug: 'send-an-amended-plan',
  title: () => 'Send the amended plan',
  kinds: ['plan'],
  stages: [],
  schema: form,
  dates: ['sentOn', 'groundOn'],
  start: (file) => ({ how: 'post', ground: openNotice(file) ? 'notice' : '' }),
  button: 'Record the amended plan and keep the letters',
  questions: async (typed, file, context) => {
    const { amending, placement, problems, recipients } = await context.read(
      'the amended plan, what stands in its way and who will have it',
      async (trx) => {
        const found = await planToAmend(trx, file)
        const place = found && (await placementOf(trx, file, found))
        return {
          amending: found,
          placement: place,
          problems:
            found &&
            (await problemsOf(trx, found.held.plan, {
              sending: 'final',
              by: viewerOf(context).accountId,
              today: context.today,
            })),
          recipients: await previewRecipients(trx, {
            childId: file.child.id,
            kind: 'amended-final-plan',
            on: context.today,
            today: context.today,
            how: 'post',
            settingUrn: place?.content?.settingUrn ?? null,
          }),
        }
      },
    )
    const notice = openNotice(file)
    const period = notice && amendmentPeriod(notice.servedOn)
    const due = datesThatFollow(file.ownFacts, context.today).find((one) => RULES.has(one.rule))
    return (
      <>
        {due?.dueOn ? (
          <GovukInsetText>
            The final amended plan is due as soon as practicable and at the latest by{' '}
            <strong>{longDate(due.dueOn)}</strong> (8 weeks from the notice, regulation 22(3) and (5)).
            {due.status === 'overdue'
              ? ' That day has passed: it will be recorded as late, with its true date.'
              : ''}
          </GovukInsetText>
        ) : null}
        {period && period.last >= date(context.today) ? (
          <GovukWarningText
            text={`The family’s 15 days run until ${longDate(period.last)}. They must not be cut short (regulation 22(2)(c)).`}
            iconFallbackText="Warning"
          />
        ) : null}
        <WhatChanges amending={amending} problems={problems} />
        {placement?.content ? (
          <p class="govuk-body">
            Section I {placement.isChanged ? 'changes, as decided on this case: it ' : 'stays as it is: it '}
            {sectionIInWords(placement.content)}.{' '}
            <a class="govuk-link" href={`/staff/cases/${file.process.id}/name-the-setting`}>
              Decide what section I says
            </a>
          </p>
        ) : null}
        <ChoiceField
          form={typed}
          name="ground"
          label="What lets you amend the plan?"
          options={[
            {
              value: 'notice',
              text: notice
                ? `The amendment notice sent on ${longDate(notice.fact.on)}, and its 15 days`
                : 'An amendment notice, and its 15 days (none waits for an answer)',
            },
            {
              value: 'other',
              text: 'An order of the tribunal, or an agreement: no notice is needed',
              more: html(
                <>
                  <SelectField
                    form={typed}
                    name="other"
                    label="Which"
                    empty="Choose"
                    options={GROUND_IDS.map((value) => ({ value, text: GROUNDS[value].text }))}
                  />
                  <DateField form={typed} name="groundOn" label="Its date" />
                  <TextField
                    form={typed}
                    name="groundNote"
                    label="Number of the appeal, or what the paper is called"
                    width={20}
                  />
                </>,
              ),
            },
          ]}
        />
        <DateField
          form={typed}
          name="sentOn"
          label="Date the amended plan was sent"
          hint="It is the date on the plan. What it promises holds from this day."
        />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        <WhoWillBeTold recipients={recipients} childName={file.child.name} />
        <WhatFollows
          facts={withFacts(file, [{ kind: 'amended_final_issued', on: context.today, field: '' }])}
          today={context.today}
          title="If it is sent today, what happens next"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx, today } = run
    const { sentOn, how } = answer
    const amending = await planToAmend(trx, file, { forUpdate: true })
    if (!amending) return { ok: false, errors: NOT_HELD }
    const { plan } = amending.held
    const placement = await placementOf(trx, file, amending)
    const stopped = await whatStops(run, amending, placement, answer)
    if (stopped.length > 0) return { ok: false, errors: stopped }
    const content = placement.content!
    const urn = content.settingUrn ?? null
    const ground = answer.ground === 'other' ? (answer.other as GroundId) : null
    const fact: StepFact = {
      kind: 'amended_final_issued',
      on: sentOn,
      field: 'sentOn',
      payload: {
        setting: urn,
        settingName: urn === null ? null : content.name,
        planDated: sentOn,
        ground,
      },
    }
    const recorded = await recordOnCase(run, [...groundFact(file, answer), fact])
    if (!recorded.ok) return recorded
    const eventId = recorded.ids.at(-1)!
    const by = { accountId: run.by, today }
    if (placement.isChanged) await writePlacement(trx, amending, content, by)
    const version = await freezeFinal(
      trx,
      plan,
      'amended-final',
      { on: sentOn, eventId },
      file.process.id,
      by,
    )
    if (placement.isChanged && urn !== null)
      await placementFromFinal(trx, {
        childId: file.child.id,
        processId: file.process.id,
        planProcessId: file.process.id,
        settingUrn: urn,
        versionId: version.id,
        sentOn,
        today,
        by: run.by,
      })
    // Changed lines are promised anew from this day, and those that are gone end.
    const lines = await promiseLines(trx, version, by)
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId,
      kind: 'amended-final-plan',
      on: sentOn,
      how,
      by: run.by,
      today,
      file,
      details: {
        placement: sectionIInWords(content),
        planDate: sentOn,
        settingUrn: urn,
        ground: ground === null ? null : GROUNDS[ground].letter(longDate(date(answer.groundOn!))),
        changes: changesInWords({
          held: { plan, parts: await loadParts(trx, plan.id) },
          difference: differenceBetween(amending.final.parts, version.parts),
        }),
      },
    })
    const rule = openNotice(file)?.fact.withoutReview ? 'amendment-without-review' : 'amendment-final-plan'
    return {
      ok: true,
      notice: `Amended plan recorded as version ${version.number}, and ${letters} ${letters === 1 ? 'letter' : 'letters'} kept as sent. Lines of provision: ${lines.changed} changed, ${lines.begun} new, ${lines.ended} ended.${lateWords(file, [fact], rule, today)}`,
    }
  },
})

/** The order or agreement is a fact of its own, with its own clock: recorded once. */
function groundFact(file: CaseFile, answer: Amended): readonly StepFact[] {
  if (answer.ground === 'notice' || !isGround(answer.other) || answer.groundOn === null) return []
  const { fact, payload } = GROUNDS[answer.other]
  const isKnown = file.facts.some((one) => one.kind === fact && iso(one.on) === answer.groundOn)
  return isKnown
    ? []
    : [
        {
          kind: fact,
          on: answer.groundOn,
          field: 'groundOn',
          payload: { ...payload, reference: answer.groundNote },
        },
      ]
}

async function whatStops(
  { file, trx, today, by }: StepRun,
  amending: ToAmend,
  placement: { readonly content: PlacementContent | undefined; readonly isChanged: boolean },
  answer: Amended,
): Promise<readonly FieldError[]> {
  const { held, final } = amending
  const { sentOn } = answer
  const second = await secondFinal(trx, held.plan, sentOn)
  if (second.length > 0) return second
  if (sentOn < final.sentOn)
    return [
      { field: 'sentOn', text: 'The amended plan cannot have been sent before the final plan it changes' },
    ]
  const before = [
    ...(answer.ground === 'notice' ? problemWithTheWait(file, sentOn) : []),
    ...(placement.isChanged ? [] : unchanged(amending)),
    ...(await problemWithTheWords(trx, held, answer.of ?? '', sentOn, today)),
  ]
  if (before.length > 0) return before
  const problems = await problemsOf(trx, held.plan, { sending: 'final', by, today })
  if (problems.must.length > 0) return [{ field: '', text: refusal(problems) }]
  if (!placement.content)
    return [{ field: '', text: 'Section I of the plan is empty. Decide what it says on this case first' }]
  const { settingUrn } = placement.content
  const setting = settingUrn
    ? await trx.selectFrom('setting').select('closed_on').where('urn', '=', settingUrn).executeTakeFirst()
    : undefined
  return settingUrn && (!setting || (setting.closed_on !== null && setting.closed_on <= sentOn))
    ? [
        {
          field: '',
          text: `The plan names ${placement.content.name}, which has closed. Decide what section I says on this case first`,
        },
      ]
    : []
}

/** Section I as decided, in the place of what stood. */
async function writePlacement(
  trx: Trx,
  { held }: ToAmend,
  content: PlacementContent,
  by: { readonly accountId: string; readonly today: string },
): Promise<void> {
  const before = held.parts.find((part) => part.section === 'I' && part.kind === 'placement')
  const saved = before
    ? await changePart(trx, held.plan, before.partId, before.version, content, by)
    : await savePart(trx, held.plan, { section: 'I', kind: 'placement' }, content, by)
  if (!saved.saved) throw new Error('section I was changed while the plan was being sent')
}
