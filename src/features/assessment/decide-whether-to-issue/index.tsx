/** Decide whether to make an EHC plan, and tell the family if not; or reverse an earlier refusal. */
import { z } from 'zod'
import { HOW_SENT, previewRecipients, sendLetters, WhoWillBeTold } from '../../../documents/letters/index.ts'
import { FACT_SPECIFICATIONS, iso, longDate } from '../../../law/index.ts'
import { choice, optionalText, plainDate } from '../../../platform/forms.ts'
import { ChoiceField, DateField, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { ALWAYS, HEADS } from '../ask-for-advice/index.tsx'
import {
  REVERSAL_DATES,
  REVERSALS,
  ReversalQuestion,
  reversalDates,
  reversalFact,
} from '../decide-whether-to-assess/index.tsx'
import {
  type CaseFile,
  caseStep,
  datesThatFollow,
  lateWords,
  otherOpenAssessment,
  recordOnCase,
  type StepFact,
  WhatFollows,
  withFacts,
} from '../the-case/index.ts'

const HOW = ['post', 'email', 'by-hand', 'portal'] as const

const form = z
  .object({
    outcome: choice(['issue', 'refuse'], 'Choose what was decided'),
    decidedOn: plainDate('the date of the decision'),
    reasons: optionalText({ max: 8000 }),
    goOnBecause: optionalText({ max: 2000 }),
    how: choice(HOW, 'Choose how the family was told'),
    following: z
      .string()
      .optional()
      .transform((value) => REVERSALS.find((one) => one === value) ?? null),
    ...reversalDates,
  })
  .superRefine((answer, context) => {
    if (answer.outcome === 'refuse' && answer.reasons === null)
      context.addIssue({
        code: 'custom',
        path: ['reasons'],
        message: 'Enter the reasons for not making a plan. The law requires them, and they go in the letter',
      })
  })
type Decision = z.output<typeof form>

const wasRefused = (file: CaseFile): boolean => file.process.state === 'no-plan'

/** Advice asked for and not yet answered, and heads the law always requires that nobody was asked for. */
export function outstandingAdvice(file: CaseFile): readonly string[] {
  const asked = file.ownFacts.filter((fact) => fact.kind === 'advice_requested')
  const waiting = asked.filter(
    (one) =>
      !file.ownFacts.some(
        (fact) => fact.kind === 'advice_received' && fact.head === one.head && fact.adviser === one.adviser,
      ),
  )
  const covered = file.history
    .filter((row) => row.kind === 'note_added' && row.process_id === file.process.id)
    .map((row) => (row.payload as { head?: string }).head)
  const never = ALWAYS.filter((head) => !asked.some((one) => one.head === head) && !covered.includes(head))
  return [
    ...waiting.map((one) => `${one.adviser ?? one.head} (asked on ${longDate(one.on)})`),
    ...never.map((head) => `${HEADS[head].title} (nobody has been asked)`),
  ]
}

export const routes = caseStep<Decision>({
  slug: 'decide-whether-to-issue',
  title: (file) =>
    wasRefused(file) ? 'Agree to make a plan after a refusal' : 'Decide whether to make a plan',
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'no-plan'],
  schema: form,
  dates: [...REVERSAL_DATES, 'decidedOn'],
  start: () => ({ how: 'post' }),
  button: 'Record the decision',
  questions: async (typed, file, context) => {
    const missing = outstandingAdvice(file)
    const recipients = await context.read('who will be told of the decision', (trx) =>
      previewRecipients(trx, {
        childId: file.child.id,
        kind: 'decided-not-to-issue',
        on: context.today,
        today: context.today,
        how: 'post',
      }),
    )
    const due = datesThatFollow(file.ownFacts, context.today).find(
      (one) => one.rule === 'decision-not-to-issue',
    )
    return (
      <>
        <p class="govuk-body">
          The authority must make a plan if, in the light of the assessment, it is <strong>necessary</strong>{' '}
          for special educational provision to be made in accordance with one (Children and Families Act 2014,
          section 37(1)).
        </p>
        {due?.dueOn ? (
          <GovukInsetText>
            If no plan will be made, the family must be told with reasons by{' '}
            <strong>{longDate(due.dueOn)}</strong> (16 weeks, regulation 10(1)). A decision to make a plan has
            no date of its own: the final plan is due at 20 weeks.
          </GovukInsetText>
        ) : null}
        {missing.length > 0 && !wasRefused(file) ? (
          <>
            <GovukWarningText
              text={`Advice is outstanding: ${missing.join('; ')}.`}
              iconFallbackText="Warning"
            />
            <LongTextField
              form={typed}
              name="goOnBecause"
              label="Why are you going on without it?"
              max={2000}
              hint="Required while advice is outstanding. Waiting for advice does not lengthen the 20 weeks; deciding without advice that is needed may make the plan inadequate."
            />
          </>
        ) : null}
        {wasRefused(file) ? (
          <>
            <input type="hidden" name="outcome" value="issue" />
            <ReversalQuestion
              form={typed}
              file={file}
              will="make-plan"
              label="What does the agreement to make a plan follow?"
            />
          </>
        ) : (
          <>
            <ChoiceField
              form={typed}
              name="outcome"
              label="What was decided?"
              options={[
                { value: 'issue', text: 'Make a plan', hint: 'The next step is the draft.' },
                {
                  value: 'refuse',
                  text: 'Do not make a plan',
                  hint: 'The family has a right of appeal. The letter must give your reasons.',
                },
              ]}
            />
            <LongTextField
              form={typed}
              name="reasons"
              label="Reasons"
              max={8000}
              rows={7}
              hint="Required if no plan will be made. This goes in the letter, word for word. Give the family the advice as well."
            />
          </>
        )}
        <DateField
          form={typed}
          name="decidedOn"
          label="Date of the decision"
          hint="For a refusal: the date the notice was sent. It may be late: use the true date."
        />
        <ChoiceField
          form={typed}
          name="how"
          label="How was the family told?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        {wasRefused(file) ? null : <WhoWillBeTold recipients={recipients} childName={file.child.name} />}
        <WhatFollows
          facts={withFacts(file, [{ kind: 'decided_to_issue', on: context.today, field: '' }])}
          today={context.today}
          title="If you decide today to make a plan, what happens next"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx, today } = run
    const reversing = wasRefused(file)
    if (reversing) {
      if (answer.following === null)
        return {
          ok: false,
          errors: [{ field: 'following', text: 'Choose what the agreement to make a plan follows' }],
        }
      const refusal = file.ownFacts
        .filter((fact) => fact.kind === 'decided_not_to_issue')
        .toSorted((a, b) => b.on - a.on)[0]
      if (refusal && answer.decidedOn < iso(refusal.on))
        return {
          ok: false,
          errors: [
            {
              field: 'decidedOn',
              text: `The date must be on or after ${longDate(refusal.on)}, the day of “${FACT_SPECIFICATIONS[refusal.kind].label}”`,
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
    const missing = outstandingAdvice(file)
    if (!reversing && missing.length > 0 && answer.goOnBecause === null)
      return {
        ok: false,
        errors: [
          {
            field: 'goOnBecause',
            text: `Enter why you are going on while advice is outstanding: ${missing.join('; ')}`,
          },
        ],
      }
    const payload = {
      goOnBecause: answer.goOnBecause,
      adviceOutstanding: missing.length > 0 ? missing : null,
    }
    const issue = reversing || answer.outcome === 'issue'
    const fact: StepFact = issue
      ? {
          kind: 'decided_to_issue',
          on: answer.decidedOn,
          field: 'decidedOn',
          payload: { ...payload, following: answer.following, reason: answer.reasons },
        }
      : {
          kind: 'decided_not_to_issue',
          on: answer.decidedOn,
          field: 'decidedOn',
          payload: { ...payload, reason: answer.reasons },
        }
    const reversal = reversing
      ? reversalFact(file, answer, 'make-plan', answer.decidedOn)
      : ({ ok: true, facts: [] } as const)
    if (!reversal.ok) return reversal
    const recorded = await recordOnCase(run, [...reversal.facts, fact])
    if (!recorded.ok) return recorded
    if (issue)
      return { ok: true, notice: 'Decision to make a plan recorded. The next step is to send the draft.' }
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids.at(-1)!,
      kind: 'decided-not-to-issue',
      on: answer.decidedOn,
      how: answer.how,
      by: run.by,
      today,
      file,
      details: { reasons: answer.reasons ?? '' },
    })
    return {
      ok: true,
      notice: `Decision not to make a plan recorded, and ${letters} letters kept as sent.${lateWords(file, [fact], 'decision-not-to-issue', today)}`,
    }
  },
})
