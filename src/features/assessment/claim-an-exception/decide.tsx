import { sql } from 'kysely'
import { z } from 'zod'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { dayInWords } from '../../../documents/letters/index.ts'
import { date, type Fact } from '../../../law/index.ts'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { Context } from '../../../platform/routes.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { ChoiceField, DateField, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukSummaryList, GovukWarningText } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, linesOf, recordOnCase } from '../the-case/index.ts'
import {
  GROUNDS,
  isGround,
  isLimit,
  LIMITS,
  missingFromApproved,
  missingFromClaim,
  namesNoException,
} from './grounds.ts'

const STAGES: readonly AssessmentStage[] = [
  'deciding-whether-to-assess',
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
  'plan-issued',
  'not-assessed',
  'no-plan',
  'withdrawn',
  'closed',
]

/** A claim with the line it stands on, who made it, and who wrote any of it (those who only approved it did not). */
async function findClaim(trx: Trx, file: CaseFile, id: string | undefined) {
  if (!id || !/^[0-9a-f-]{36}$/.test(id)) return undefined
  const claim = await trx
    .selectFrom('exception_claim')
    .selectAll()
    .where('id', '=', id)
    .where('process_id', '=', file.process.id)
    .executeTakeFirst()
  if (!claim) return undefined
  const lines = linesOf(file.history, claim.event_id)
  const [line, first] = [lines[0], lines.at(-1)]
  if (!line || !first) throw new Error(`claim ${claim.id} has no line in the history`)
  const claimant = claim.claimed_by ?? first.recorded_by
  const { name } = await trx
    .selectFrom('account')
    .select('name')
    .where('id', '=', claimant)
    .executeTakeFirstOrThrow()
  const writers = lines.filter((one) => !(one.payload as { approvedBy?: string }).approvedBy)
  return {
    ...claim,
    line,
    /** The claim's own identifier: its first line, however often it was corrected. */
    claim: first.id,
    claimant,
    claimantName: name,
    writers: new Set([claimant, ...writers.map((one) => one.recorded_by)]),
  }
}
type FoundClaim = NonNullable<Awaited<ReturnType<typeof findClaim>>>

const titleOf = (ground: string): string => (isGround(ground) ? GROUNDS[ground].title : ground)
const isApprovable = (fact: Fact): boolean =>
  fact.kind === 'exception_claimed' && fact.approvedBy === undefined

const SAID: readonly (readonly [string, string])[] = [
  ['circumstances', 'What the circumstances are'],
  ['circumstancesFrom', 'Circumstances from'],
  ['circumstancesTo', 'Circumstances to'],
  ['closedFrom', 'Closed from'],
  ['reopens', 'Re-opens'],
  ['absentFrom', 'Away from'],
  ['absentTo', 'Away to'],
  ['appointmentOn', 'Appointment missed on'],
  ['adviser', 'Adviser'],
]

/** The listed fact as it was claimed, word for word: what the decision turns on. */
const whatWasSaid = (payload: Readonly<Record<string, unknown>>) =>
  SAID.flatMap(([name, label]) => {
    const value = payload[name]
    if (typeof value !== 'string' || value === '') return []
    return [
      { key: { text: label }, value: { text: /^\d{4}-\d\d-\d\d$/.test(value) ? dayInWords(value) : value } },
    ]
  })

function ClaimShown({
  claim,
  file,
  today,
}: {
  readonly claim: FoundClaim
  readonly file: CaseFile
  readonly today: string
}) {
  const fact = file.ownFacts.find((one) => one.id === claim.event_id)
  const missing =
    fact && isApprovable(fact) && isGround(claim.ground)
      ? missingFromClaim(
          file.ownFacts.filter((one) => one !== fact),
          fact,
          claim.limits.filter(isLimit),
          today,
        )
      : []
  return (
    <>
      <GovukSummaryList
        rows={[
          {
            key: { text: 'Claimed' },
            value: { text: `${dayInWords(claim.claimed_on)}, by ${claim.claimantName}` },
          },
          {
            key: { text: 'Time limits' },
            value: { text: claim.limits.map((limit) => (isLimit(limit) ? LIMITS[limit] : limit)).join('; ') },
          },
          { key: { text: 'Listed fact' }, value: { text: titleOf(claim.ground) } },
          ...whatWasSaid(claim.line.payload as Readonly<Record<string, unknown>>),
          { key: { text: 'Why it was impractical' }, value: { text: claim.impractical_because } },
          { key: { text: 'Evidence' }, value: { text: claim.evidence } },
          {
            key: { text: 'The test in law' },
            value: {
              text:
                missing.length === 0
                  ? 'Every part that can be checked from the record is met. Whether it was impractical is for you to judge.'
                  : missing.map((one) => `${LIMITS[one.limit]}: ${one.missing}`).join('. '),
            },
          },
        ]}
      />
      {namesNoException(claim.line.payload) ? (
        <GovukWarningText
          text="The claim speaks of staff, panels, holidays or late advice. None of these is an exception anywhere in the Regulations: look for a listed fact beside them."
          iconFallbackText="Warning"
        />
      ) : null}
      <GovukInsetText>
        Approving lifts these limits. <strong>It never moves a date</strong>, and the duty to act as soon as
        practicable stays.
      </GovukInsetText>
    </>
  )
}

/** Two people, always: nobody decides a claim they made or changed. */
const whyNotTheirs = (claim: FoundClaim, account: string): string | null =>
  claim.claimant === account
    ? 'You made this claim, so another manager must decide it'
    : claim.writers.has(account)
      ? 'You corrected this claim, so another manager must decide it'
      : null

const NOT_HERE = 'This claim is not on this case. Go back to the case and choose it again.'
const claimOf = (context: Context, file: CaseFile) =>
  context.read('exception claim', (trx) => findClaim(trx, file, context.params['claimId']))

const decisionForm = z
  .object({
    decision: choice(['approve', 'refuse'], 'Choose whether to approve the claim'),
    reason: optionalText({ max: 2000 }),
  })
  .superRefine((answer, context) => {
    if (answer.decision === 'refuse' && answer.reason === null)
      context.addIssue({ code: 'custom', path: ['reason'], message: 'Enter why the claim is refused' })
  })

export const decideRoutes = caseStep<z.output<typeof decisionForm>>({
  slug: 'decide-exception/:claimId',
  title: () => 'Decide a claimed exception',
  roles: ['locality-head', 'send-manager'],
  stages: STAGES,
  schema: decisionForm,
  button: 'Record the decision',
  questions: async (form, file, context) => {
    const claim = await claimOf(context, file)
    if (!claim) return <GovukInsetText text={NOT_HERE} />
    return (
      <>
        <ClaimShown claim={claim} file={file} today={context.today} />
        {context.viewer && whyNotTheirs(claim, context.viewer.accountId) ? (
          <p class="govuk-body govuk-!-font-weight-bold">{whyNotTheirs(claim, context.viewer.accountId)}.</p>
        ) : null}
        <ChoiceField
          form={form}
          name="decision"
          label="Is the claim approved?"
          options={[
            { value: 'approve', text: 'Approve: both legs are met and evidenced' },
            { value: 'refuse', text: 'Refuse' },
          ]}
        />
        <LongTextField form={form} name="reason" label="Reason" max={2000} hint="Required for a refusal." />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx, today } = run
    const claim = await findClaim(trx, file, run.context.params['claimId'])
    if (!claim) return { ok: false, errors: [{ field: '', text: NOT_HERE }] }
    if (claim.state !== 'claimed')
      return {
        ok: false,
        errors: [{ field: '', text: `This claim has already been decided: it is ${claim.state}.` }],
      }
    const notTheirs = whyNotTheirs(claim, run.by)
    if (notTheirs) return { ok: false, errors: [{ field: 'decision', text: notTheirs }] }
    const { line } = claim
    if (answer.decision === 'approve') {
      const fact = file.ownFacts.find((one) => one.id === claim.event_id)
      const missing =
        fact && isGround(claim.ground)
          ? missingFromClaim(
              file.ownFacts.filter((one) => one !== fact),
              fact,
              claim.limits.filter(isLimit),
              today,
            )
          : []
      if (missing.length > 0)
        return {
          ok: false,
          errors: [{ field: 'decision', text: `It cannot be approved: ${missing[0]!.missing}` }],
        }
      const recorded = await recordOnCase(run, [
        {
          kind: 'exception_claimed',
          on: line.happened_on,
          field: 'decision',
          supersedes: line.id,
          why: `Approved by ${run.byName}${answer.reason ? `: ${answer.reason}` : ''}`,
          payload: {
            ...(line.payload as Record<string, unknown>),
            approvedBy: run.byName,
            claim: claim.claim,
          },
        },
      ])
      if (!recorded.ok) return recorded
      const stillMissing = missingFromApproved(
        standingFacts(await loadHistory(trx, file.child.id)).filter((one) => one.process === file.process.id),
        recorded.ids[0]!,
        claim.limits.filter(isLimit),
        today,
      )
      if (stillMissing[0])
        return {
          ok: false,
          errors: [
            {
              field: 'decision',
              text: `It would not lift ${LIMITS[stillMissing[0].limit].toLowerCase()}, so nothing was recorded: ${stillMissing[0].missing}`,
            },
          ],
        }
      await trx
        .updateTable('exception_claim')
        .set({ state: 'approved', decided_by: run.by, decided_on: today, event_id: recorded.ids[0]! })
        .where('id', '=', claim.id)
        .execute()
      return {
        ok: true,
        notice:
          'Exception approved: the limit is lifted. No date has moved, and the work is still due as soon as practicable.',
      }
    }
    const recorded = await recordOnCase(run, [
      {
        kind: 'exception_refused',
        on: today,
        field: 'decision',
        payload: { ground: claim.ground, claim: line.id, reason: answer.reason },
      },
    ])
    if (!recorded.ok) return recorded
    await trx
      .updateTable('exception_claim')
      .set({ state: 'refused', decided_by: run.by, decided_on: today })
      .where('id', '=', claim.id)
      .execute()
    return { ok: true, notice: 'Exception refused: the limit stands.' }
  },
})

const endForm = z.object({
  endedOn: plainDate('the date the cause ended'),
  why: text('Enter what ended', { max: 1000 }),
})

/** The cause has ended: it cannot lift a limit that falls later. */
export const endRoutes = caseStep<z.output<typeof endForm>>({
  slug: 'end-exception/:claimId',
  title: () => 'End an exception',
  stages: STAGES,
  schema: endForm,
  dates: ['endedOn'],
  button: 'Record that it ended',
  questions: async (form, file, context) => {
    const claim = await claimOf(context, file)
    if (!claim) return <GovukInsetText text={NOT_HERE} />
    return (
      <>
        <ClaimShown claim={claim} file={file} today={context.today} />
        <DateField
          form={form}
          name="endedOn"
          label="Date the cause ended"
          hint="A limit that falls after this day is not lifted."
        />
        <LongTextField form={form} name="why" label="What ended?" max={1000} />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const claim = await findClaim(run.trx, run.file, run.context.params['claimId'])
    if (!claim) return { ok: false, errors: [{ field: '', text: NOT_HERE }] }
    if (claim.state !== 'approved' && claim.state !== 'claimed')
      return {
        ok: false,
        errors: [{ field: '', text: `This claim is ${claim.state}, so there is nothing to end.` }],
      }
    if (date(answer.endedOn) < date(claim.claimed_on))
      return {
        ok: false,
        errors: [
          {
            field: 'endedOn',
            text: `The date must be on or after ${dayInWords(claim.claimed_on)}, the day of the claim`,
          },
        ],
      }
    const recorded = await recordOnCase(run, [
      {
        kind: 'exception_ended',
        on: answer.endedOn,
        field: 'endedOn',
        payload: { ground: claim.ground, claim: claim.claim },
        why: answer.why,
      },
    ])
    if (!recorded.ok) return recorded
    await run.trx
      .updateTable('exception_claim')
      .set({ state: 'ended', decided_on: sql`coalesce(decided_on, ${run.today}::date)` })
      .where('id', '=', claim.id)
      .execute()
    return { ok: true, notice: 'Recorded that the exception ended.' }
  },
})
