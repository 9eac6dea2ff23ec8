import { readFileSync } from 'node:fs'

export interface OmbudsmanEvent {
  readonly date: string
  readonly precision: 'day' | 'month'
  readonly kind: string
  readonly by?: string
  readonly note?: string
}
export interface Stated {
  readonly rule: string
  readonly due: string | null
  readonly met: boolean | null
  readonly due_precision?: 'day' | 'month'
  readonly from?: string
  readonly gist: string
}
export interface OmbudsmanCase {
  readonly ref: string
  readonly council: string
  readonly decided: string | null
  readonly url: string
  readonly events: readonly OmbudsmanEvent[]
  readonly stated: readonly Stated[]
}

export const ombudsmanCases: readonly OmbudsmanCase[] = readFileSync('data/law/ombudsman-cases.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as OmbudsmanCase)

/** What the decision says in words and our facts hold as an attribute. */
export const READ_FROM_WORDS: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>> = {
  '25-012-582': { decided_to_assess: { following: 'mediation' } },
}

/** The Ombudsman’s names for limits, and ours; after mediation the reg 44 limits are meant. */
export function ruleOf({ ref }: OmbudsmanCase, { rule, from }: Stated): string | null {
  const reversed = from === 'decided_to_assess' && ref in READ_FROM_WORDS
  if (rule === 'final-plan') return reversed ? 'order-assess-final-plan' : 'final-plan'
  if (rule === 'no-plan-decision') return reversed ? 'order-assess-no-plan' : 'decision-not-to-issue'
  return null
}

/** Stated dates that the recorded facts cannot give, or do not agree with, each with its reason. A date
 *  that is neither here nor equal fails the test. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  '22-016-973 phase-transfer 2023-02-15':
    'No transfer date is in the text, so no clock starts. For a move on 1 September 2023 we answer 14 February 2023 as the legal last day ("before 15 February", U-4) and show 15 February as the date commonly quoted, which is the Ombudsman’s.',
  '24-005-201 phase-transfer 2024-02-15':
    'No transfer date is in the text. For a move on 1 September 2024: 14 February 2024, commonly quoted as 15 February 2024 (U-4).',
  '24-016-613 phase-transfer 2024-03-31':
    'No transfer date is in the text. For a move on 1 September 2024: 30 March 2024, commonly quoted as 31 March 2024 (U-4).',
  '25-004-399 phase-transfer 2025-03-31':
    'No transfer date is in the text. For a move on 1 September 2025: 30 March 2025, commonly quoted as 31 March 2025 (U-4).',
  '24-012-905 final-plan 2023-10-13':
    'The request date is not given, so there is nothing to count from. Twenty weeks before 13 October 2023 is 26 May 2023: with a request that day we answer 13 October 2023, and the plan of 19 July 2024 is 280 days late, the Ombudsman’s 40 weeks.',
}
