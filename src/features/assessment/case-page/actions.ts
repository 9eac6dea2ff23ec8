import type { AssessmentStage } from '../../../record/stage.ts'
import type { AdviceRow, ClaimRow } from './queries.ts'

export interface Action {
  readonly text: string
  readonly href: string
}
export interface Actions {
  readonly main: Action | null
  readonly others: readonly Action[]
}

/** What can be done at each stage: the thing that moves the case on, then the rest in the order they are needed. */
const STEPS: Readonly<Record<AssessmentStage, readonly [text: string, slug: string][]>> = {
  'deciding-whether-to-assess': [
    ['Decide whether to assess', 'decide-whether-to-assess'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  'gathering-advice': [
    ['Ask for advice', 'ask-for-advice'],
    ['Decide whether to issue a plan', 'decide-whether-to-issue'],
    ['Write the plan', 'write-the-plan'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  'deciding-whether-to-issue': [
    ['Decide whether to issue a plan', 'decide-whether-to-issue'],
    ['Write the plan', 'write-the-plan'],
    ['Ask for more advice', 'ask-for-advice'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  drafting: [
    ['Write the plan', 'write-the-plan'],
    ['Send the draft plan', 'send-the-draft'],
    ['Ask for more advice', 'ask-for-advice'],
    ['Consult settings', 'consult-settings'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  'with-family': [
    ['Record the family’s comments', 'record-representations'],
    ['Write the plan', 'write-the-plan'],
    ['Consult settings', 'consult-settings'],
    ['Send the final plan', 'send-the-final-plan'],
    ['Send another draft', 'send-the-draft'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  finalising: [
    ['Send the final plan', 'send-the-final-plan'],
    ['Write the plan', 'write-the-plan'],
    ['Consult settings', 'consult-settings'],
    ['Record more comments', 'record-representations'],
    ['Claim an exception', 'claim-an-exception'],
    ['Close the case', 'close-the-case'],
  ],
  'plan-issued': [],
  'not-assessed': [['Assess after all', 'decide-whether-to-assess']],
  'no-plan': [['Issue a plan after all', 'decide-whether-to-issue']],
  withdrawn: [['Reopen the case', 'reopen-the-case']],
  closed: [['Reopen the case', 'reopen-the-case']],
}

export function actionsFor(
  id: string,
  stage: AssessmentStage,
  advice: readonly AdviceRow[],
  claims: readonly ClaimRow[],
  mayAct: boolean,
): Actions {
  if (!mayAct) return { main: null, others: [] }
  const base = `/staff/cases/${id}`
  const steps: Action[] = STEPS[stage].map(([text, slug]) => ({ text, href: `${base}/${slug}` }))
  // Once everyone has been asked, the next move is to record or chase their answers.
  if (stage === 'gathering-advice' && advice.length > 0)
    steps.unshift({ text: 'Record or chase advice', href: `${base}/advice` })
  for (const claim of claims)
    if (claim.state === 'claimed')
      steps.splice(1, 0, {
        text: 'Decide the exception claimed',
        href: `${base}/decide-exception/${claim.id}`,
      })
  const [main, ...rest] = steps
  return {
    main: main ?? null,
    others: [
      ...rest,
      ...(stage === 'plan-issued' ? [{ text: 'Does the provision happen?', href: `${base}/provision` }] : []),
      { text: 'Settings and places', href: `${base}/settings` },
      { text: 'What the family has said', href: `${base}/family` },
      { text: 'Journeys', href: `${base}/journeys` },
      { text: 'Money of the plan', href: `${base}/money` },
      { text: 'Write a note', href: `${base}/write-a-note` },
      { text: 'Give the case to someone else', href: `${base}/assign` },
    ],
  }
}
