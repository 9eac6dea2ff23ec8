/** Decide whether to carry out an EHC needs assessment, and tell the family; or reverse an earlier refusal. */
import type { JSX } from 'preact'
import { recordEvent } from '../../../db/case-history/index.ts'
import { HOW_SENT, previewRecipients, sendLetters, WhoWillBeTold } from '../../../documents/letters/index.ts'
import { type Fact, iso, longDate } from '../../../law/index.ts'
import type { Context } from '../../../platform/routes.ts'
import { ChoiceField, DateField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukDetails, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import {
  type CaseFile,
  caseStep,
  datesThatFollow,
  lateWords,
  otherOpenAssessment,
  recordOnCase,
  requestOf,
  type StepFact,
  type StepResult,
  type StepRun,
  WhatFollows,
  withFacts,
} from '../the-case/index.ts'
import { type Decision, decisionForm, HOW } from './form.ts'
import { REVERSAL_DATES, ReversalQuestion, reversalFact, standingRefusal } from './reversal.tsx'

/** Refused, and no notice that it will assess: also when an order or an agreement to assess has opened the case again. */
const wasRefused = (file: CaseFile): boolean =>
  file.process.state === 'not-assessed' ||
  (file.process.state === 'gathering-advice' && standingRefusal(file, 'assess') !== undefined)

const FOLLOWING_WORDS = {
  mediation: 'mediation',
  'tribunal-order': 'an order of the tribunal',
  concession: 'our decision not to oppose your appeal',
  reconsideration: 'our looking at the decision again',
} as const

const isDecided = (file: CaseFile): boolean => file.process.state === 'gathering-advice' && !wasRefused(file)
const DECIDED_ALREADY = 'The decision to assess is on the case already. Open the case to see it.'

async function questions(form: TypedForm, file: CaseFile, context: Context): Promise<JSX.Element> {
  const request = requestOf(file)
  const reversing = wasRefused(file)
  if (isDecided(file)) return <GovukInsetText text={DECIDED_ALREADY} />
  const recipients = await context.read('who will be told of the decision', (trx) =>
    previewRecipients(trx, {
      childId: file.child.id,
      kind: 'decided-to-assess',
      on: context.today,
      today: context.today,
      how: 'post',
    }),
  )
  const due = datesThatFollow(file.ownFacts, context.today).find((one) => one.rule === 'decision-to-assess')
  const assessed: Fact[] = [...withFacts(file, [{ kind: 'decided_to_assess', on: context.today, field: '' }])]
  return (
    <>
      {request ? (
        <GovukInsetText>
          Request received on <strong>{longDate(request.on)}</strong>.
          {due?.dueOn ? (
            <>
              {' '}
              The family must be told as soon as practicable and at the latest by{' '}
              <strong>{longDate(due.dueOn)}</strong> (regulation 5(1)).
              {due.status === 'overdue'
                ? ' That day has passed: the decision will be recorded as late, with its true date.'
                : ''}
            </>
          ) : null}
        </GovukInsetText>
      ) : null}
      {reversing ? <Reversal form={form} file={file} /> : <LegalTest />}
      {reversing ? (
        <input type="hidden" name="outcome" value="agree" />
      ) : (
        <>
          <DateField
            form={form}
            name="panelOn"
            label="Date of the panel (if there was one)"
            hint="A panel may advise. The decision is the authority’s, and waiting for a panel does not lengthen the 6 weeks."
          />
          <LongTextField
            form={form}
            name="evidence"
            label="Evidence considered (optional)"
            max={4000}
            hint="What you read and heard: the family’s views, the setting’s evidence, professionals."
          />
          <ChoiceField
            form={form}
            name="outcome"
            label="What was decided?"
            options={[
              { value: 'agree', text: 'Carry out an assessment' },
              {
                value: 'refuse',
                text: 'Do not carry out an assessment',
                hint: 'The family has a right of appeal. The letter must give your reasons.',
              },
            ]}
          />
          <LongTextField
            form={form}
            name="reasons"
            label="Reasons"
            max={8000}
            rows={7}
            hint="Required for a refusal: write to the family, about this child, against both parts of the test. This goes in the letter, word for word."
          />
        </>
      )}
      <DateField
        form={form}
        name="toldOn"
        label="Date the family was told"
        hint="The day the notice was sent. It may be late: use the true date."
      />
      <ChoiceField
        form={form}
        name="how"
        label="How was it sent?"
        options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        inline
      />
      <WhoWillBeTold recipients={recipients} childName={file.child.name} />
      <WhatFollows
        facts={assessed}
        today={context.today}
        title="If you agree to assess today, what happens next"
      />
    </>
  )
}

function LegalTest(): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">The test in law</h2>
      <p class="govuk-body">
        The authority must carry out an assessment if, having had regard to the family’s views and the
        evidence, it is of the opinion that (Children and Families Act 2014, section 36(8)):
      </p>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          (a) the child or young person has, or <strong>may</strong> have, special educational needs,{' '}
          <strong>and</strong>
        </li>
        <li>
          (b) it <strong>may</strong> be necessary for special educational provision to be made in accordance
          with an EHC plan.
        </li>
      </ul>
      <p class="govuk-body">
        “May” is a low bar. A local rule (a number of years behind, a sum spent, a number of cycles of
        support) cannot take its place.
      </p>
      <GovukDetails summaryText="What the Code of Practice says to consider (guidance, 9.14)">
        <ul class="govuk-list govuk-list--bullet">
          <li>
            evidence of attainment, or developmental milestones in younger children, and rate of progress
          </li>
          <li>the nature, extent and context of the special educational needs</li>
          <li>what the setting has already done to meet them</li>
          <li>whether any progress came only from much additional help, over and above what is usual</li>
          <li>
            physical, emotional and social development and health needs, and what has been done to meet them
          </li>
          <li>
            for a young person over 18: whether they need more time to complete their education or training
          </li>
        </ul>
      </GovukDetails>
    </>
  )
}

function Reversal({ form, file }: { readonly form: TypedForm; readonly file: CaseFile }): JSX.Element {
  return (
    <>
      <GovukWarningText
        text="This case was refused. Use this page when the authority will now assess. The refusal stays in the history; the dates follow what reversed it."
        iconFallbackText="Warning"
      />
      <ReversalQuestion
        form={form}
        file={file}
        will="assess"
        label="What does the agreement to assess follow?"
      />
    </>
  )
}

/** Which limit the notice is late by. A second look has none of its own: the refusal met the six weeks, or did not. */
const NOTICE_RULES = {
  none: 'decision-to-assess',
  mediation: 'order-assess-notify',
  'tribunal-order': 'order-assess-notify',
  concession: 'unopposed-assess-notify',
  reconsideration: null,
} as const

async function carryOut(run: StepRun, answer: Decision): Promise<StepResult> {
  const { file, trx } = run
  const reversing = wasRefused(file)
  if (isDecided(file))
    return {
      ok: false,
      errors: [
        { field: '', text: 'The decision to assess is on the case already. Open the case to see it.' },
      ],
    }
  if (reversing && answer.following === null)
    return {
      ok: false,
      errors: [{ field: 'following', text: 'Choose what the agreement to assess follows' }],
    }
  if (reversing) {
    const refusal = file.ownFacts
      .filter((fact) => fact.kind === 'refused_to_assess')
      .toSorted((a, b) => b.on - a.on)[0]
    if (refusal && answer.toldOn < iso(refusal.on))
      return {
        ok: false,
        errors: [
          {
            field: 'toldOn',
            text: `The date must be on or after ${longDate(refusal.on)}, the day of the refusal`,
          },
        ],
      }
    const other = await otherOpenAssessment(trx, file)
    if (other)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: `Another assessment of ${file.child.name} is open (${other}). Only one can be open: record the agreement there, or close it first.`,
          },
        ],
      }
  }
  if (answer.panelOn && answer.panelOn > answer.toldOn)
    return {
      ok: false,
      errors: [{ field: 'panelOn', text: 'The panel must be on or before the day the family was told' }],
    }
  const agreed = reversing || answer.outcome === 'agree'
  const fact: StepFact = agreed
    ? {
        kind: 'decided_to_assess',
        on: answer.toldOn,
        field: 'toldOn',
        payload: {
          following: answer.following,
          reason: answer.reasons,
          evidenceConsidered: answer.evidence,
          panelOn: answer.panelOn,
        },
      }
    : {
        kind: 'refused_to_assess',
        on: answer.toldOn,
        field: 'toldOn',
        payload: {
          stage: 'decision',
          reason: answer.reasons,
          evidenceConsidered: answer.evidence,
          panelOn: answer.panelOn,
        },
      }
  const reversal = reversing
    ? reversalFact(file, answer, 'assess', answer.toldOn)
    : ({ ok: true, facts: [] } as const)
  if (!reversal.ok) return reversal
  const facts = [...reversal.facts, fact]
  const limit = NOTICE_RULES[reversing ? (answer.following ?? 'none') : 'none']
  const recorded = await recordOnCase(run, facts)
  if (!recorded.ok) return recorded
  if (answer.panelOn)
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'panel_date_set',
      on: answer.panelOn,
      today: run.today,
      by: run.by,
    })
  const request = requestOf(file)
  const common = {
    childId: file.child.id,
    processId: file.process.id,
    eventId: recorded.ids.at(-1)!,
    on: answer.toldOn,
    how: answer.how,
    by: run.by,
    today: run.today,
    file,
  }
  const letters = agreed
    ? await sendLetters(trx, {
        ...common,
        kind: 'decided-to-assess',
        details: {
          receivedOn: request ? iso(request.on) : null,
          following: answer.following === null ? null : FOLLOWING_WORDS[answer.following],
        },
      })
    : await sendLetters(trx, {
        ...common,
        kind: 'refused-to-assess',
        details: { reasons: answer.reasons ?? '', evidence: answer.evidence },
      })
  return {
    ok: true,
    notice: `${agreed ? 'Agreement to assess' : 'Refusal to assess'} recorded, and ${letters} letters kept as sent.${limit === null ? '' : lateWords(file, facts, limit, run.today)}`,
  }
}

export const routes = caseStep<Decision>({
  slug: 'decide-whether-to-assess',
  title: (file) => (wasRefused(file) ? 'Agree to assess after a refusal' : 'Decide whether to assess'),
  stages: ['deciding-whether-to-assess', 'not-assessed', 'gathering-advice'],
  schema: decisionForm,
  dates: ['panelOn', ...REVERSAL_DATES, 'toldOn'],
  start: () => ({ how: 'post' }),
  questions,
  button: 'Record the decision and keep the letters',
  carryOut,
})

export { REVERSAL_DATES, REVERSALS, ReversalQuestion, reversalDates, reversalFact } from './reversal.tsx'
