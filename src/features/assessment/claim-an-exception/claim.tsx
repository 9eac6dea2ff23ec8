import { dayInWords } from '../../../documents/letters/index.ts'
import { addDays, date, parseFact, shortDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import {
  ChoiceField,
  type ChoiceOption,
  DateField,
  dateParts,
  LongTextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukDetails, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import {
  type CaseFile,
  caseStep,
  recordOnCase,
  type StepFact,
  type StepResult,
  type StepRun,
  WhatFollows,
} from '../the-case/index.ts'
import { type Claim, claimForm, datesOfClaim } from './form.ts'
import { GROUND_IDS, GROUNDS, type Ground, isListed, LIMIT_IDS, LIMITS, missingFromClaim } from './grounds.ts'

/** Claims may be made after the limit has passed, and after the case has ended: what matters is when the fact was. */
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
]

const more = (form: TypedForm, ground: Ground): ChoiceOption['more'] => {
  const closure = (from: string, to: string) =>
    html(
      <>
        <DateField form={form} name={from} label="First day it was closed" />
        <DateField
          form={form}
          name={to}
          label="Day it re-opens"
          hint="At least 28 days after it closed. Christmas, Easter and half-term are too short."
        />
        <p class="govuk-body">
          The request for advice to the head must have been made in the window that begins one week before it
          closed and ends one week before it re-opens. This is checked against the requests on the case.
        </p>
      </>,
    )
  switch (ground) {
    case 'school-closed-4-weeks':
      return closure('closedFrom', 'reopens')
    case 'early-years-closed-4-weeks':
      return closure('earlyYearsClosedFrom', 'earlyYearsReopens')
    case 'absent-4-weeks':
      return html(
        <>
          <DateField form={form} name="absentFrom" label="First day away" />
          <DateField
            form={form}
            name="absentTo"
            label="Last day away"
            hint="At least 28 days in a row must fall in the period."
          />
        </>,
      )
    case 'exceptional-personal-circumstances':
      return html(
        <>
          <LongTextField
            form={form}
            name="personal"
            label="What are the personal circumstances, and whose?"
            max={2000}
          />
          <DateField form={form} name="circumstancesFrom" label="Day they began (if known)" />
          <DateField form={form} name="circumstancesTo" label="Day they ended (if they have)" />
        </>,
      )
    case 'exceptional-circumstances':
      return html(
        <LongTextField form={form} name="circumstances" label="What are the circumstances?" max={2000} />,
      )
    case 'missed-appointment':
      return html(<DateField form={form} name="appointmentOn" label="Date of the missed appointment" />)
    case 'coronavirus-2020-impractical':
      return undefined
  }
}

const limitsOf = (ground: Ground): string =>
  LIMIT_IDS.filter((limit) => isListed(ground, limit))
    .map(
      (limit) =>
        ({
          'decision-to-assess': '6-week decision',
          'decision-not-to-issue': '16 weeks',
          'final-plan': '20 weeks',
          'advice-response': 'advice',
        })[limit],
    )
    .join(', ')

export const claimRoutes = caseStep<Claim>({
  slug: 'claim-an-exception',
  title: () => 'Claim an exception',
  stages: STAGES,
  schema: claimForm,
  lists: ['limits'],
  dates: [
    'closedFrom',
    'reopens',
    'earlyYearsClosedFrom',
    'earlyYearsReopens',
    'absentFrom',
    'absentTo',
    'circumstancesFrom',
    'circumstancesTo',
    'appointmentOn',
    'claimedOn',
  ],
  start: (_file, today) => dateParts('claimedOn', today),
  button: 'Claim the exception',
  questions: (form, file, context) => (
    <>
      <GovukInsetText>
        An exception lifts a time limit. <strong>It never moves a date.</strong> The date stays where it is,
        the family is still told the truth about it, and the duty to act as soon as practicable stays. It
        counts only when a manager has approved it.
      </GovukInsetText>
      <GovukDetails summaryText="What is not an exception">
        <p class="govuk-body">
          Shortage of staff, waits for an educational psychologist, late advice, panel dates, funding and
          ordinary school holidays of under 4 weeks are not exceptions anywhere in the Regulations.
        </p>
      </GovukDetails>
      <TickField
        form={form}
        name="limits"
        label="Which time limits is it claimed for?"
        options={LIMIT_IDS.map((value) => ({ value, text: LIMITS[value] }))}
      />
      <ChoiceField
        form={form}
        name="ground"
        label="First leg: which listed fact is relied on?"
        options={GROUND_IDS.filter((ground) => isOffered(ground, file)).map((value) => {
          const further = more(form, value)
          return {
            value,
            text: GROUNDS[value].title,
            hint: `${GROUNDS[value].hint} Listed for: ${limitsOf(value)}.`,
            ...(further ? { more: further } : {}),
          }
        })}
      />
      <LongTextField
        form={form}
        name="impracticalBecause"
        label="Second leg: why did that make it impractical to meet the limit?"
        max={2000}
        hint="Not merely harder. Say what could not be done, and why nothing else would serve."
      />
      <LongTextField
        form={form}
        name="evidence"
        label="Evidence: what it is, and where it is kept"
        max={2000}
      />
      <DateField form={form} name="claimedOn" label="Date of the claim" />
      <WhatFollows facts={file.ownFacts} today={context.today} title="The dates, which stay as they are" />
    </>
  ),
  carryOut,
})

/** The coronavirus exception is shown only where the case reaches back to 2020. */
const isOffered = (ground: Ground, file: CaseFile): boolean =>
  ground !== 'coronavirus-2020-impractical' ||
  (file.process.openedOn >= '2019-12-01' && file.process.openedOn <= '2020-09-25')

async function carryOut(run: StepRun, claim: Claim): Promise<StepResult> {
  const { file, trx, today } = run
  const open = await trx
    .selectFrom('exception_claim')
    .select('claimed_on')
    .where('process_id', '=', file.process.id)
    .where('ground', '=', claim.ground)
    .where('state', 'in', ['claimed', 'approved'])
    .executeTakeFirst()
  if (open)
    return {
      ok: false,
      errors: [
        {
          field: 'ground',
          text: `This exception was already claimed on ${dayInWords(open.claimed_on)}. Decide or correct that claim instead`,
        },
      ],
    }
  const problems = closureProblems(claim)
  if (problems.length > 0) return { ok: false, errors: problems }
  const payload = {
    ground: claim.ground,
    limits: claim.limits,
    ...datesOfClaim(claim),
    impracticalBecause: claim.impracticalBecause,
    evidence: claim.evidence,
    circumstances:
      claim.ground === 'exceptional-personal-circumstances'
        ? claim.personal
        : claim.ground === 'exceptional-circumstances'
          ? claim.circumstances
          : null,
  }
  const fact: StepFact = { kind: 'exception_claimed', on: claim.claimedOn, field: 'claimedOn', payload }
  const cleaned = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null))
  const parsed = parseFact({
    ...cleaned,
    kind: 'exception_claimed',
    on: claim.claimedOn,
    process: file.process.id,
  })
  if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.reason}`)
  if (claim.claimedOn <= today) {
    const missing = missingFromClaim(file.ownFacts, parsed.fact, claim.limits, today)
    if (missing.length > 0)
      return {
        ok: false,
        errors: missing
          .map((one) => ({
            field: 'ground',
            text: `${LIMITS[one.limit]}: the test is not met. ${one.missing.charAt(0).toUpperCase()}${one.missing.slice(1)}`,
          }))
          .slice(0, 1),
      }
  }
  const recorded = await recordOnCase(run, [fact])
  if (!recorded.ok) return recorded
  await trx
    .insertInto('exception_claim')
    .values({
      process_id: file.process.id,
      child_id: file.child.id,
      event_id: recorded.ids[0]!,
      claimed_by: run.by,
      ground: claim.ground,
      impractical_because: claim.impracticalBecause,
      evidence: claim.evidence,
      limits: [...claim.limits],
      claimed_on: claim.claimedOn,
      state: 'claimed',
    })
    .execute()
  return {
    ok: true,
    notice:
      'Exception claimed. It lifts nothing until a manager, who is not you, approves it. No date has moved.',
  }
}

function closureProblems(claim: Claim): readonly FieldError[] {
  const names =
    claim.ground === 'school-closed-4-weeks'
      ? (['closedFrom', 'reopens'] as const)
      : claim.ground === 'early-years-closed-4-weeks'
        ? (['earlyYearsClosedFrom', 'earlyYearsReopens'] as const)
        : undefined
  if (names) {
    const [from, to] = [claim[names[0]], claim[names[1]]]
    if (!from || !to) return []
    const days = date(to) - date(from)
    if (days < 28)
      return [
        {
          field: names[1],
          text: `It was closed for ${Math.max(0, days)} days. The law needs a closure of at least 4 weeks (28 days): from ${shortDate(date(from))} that is until ${shortDate(addDays(date(from), 28))} or later`,
        },
      ]
  }
  if (claim.ground === 'absent-4-weeks' && claim.absentFrom && claim.absentTo) {
    const days = date(claim.absentTo) - date(claim.absentFrom) + 1
    if (days < 28)
      return [
        {
          field: 'absentTo',
          text: `They were away for ${Math.max(0, days)} days. The law needs at least 4 weeks (28 days) in a row`,
        },
      ]
  }
  return []
}
