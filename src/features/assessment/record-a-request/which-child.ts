import type { FieldError } from '../../../platform/routes.ts'
import type { Candidate } from '../../children/the-child/index.ts'

/** Which child it is, as the officer answered. */
export interface ChildChoice {
  /** An existing child's id, or "different" when there were candidates and none is this child; empty when none were shown. */
  readonly sameAs: string
  readonly differentBecause: string | null
  /** Candidates the officer was shown. */
  readonly considered: readonly string[]
}

/** The field of a refusal that sends the officer to the page of candidates. */
export const ASK_WHICH_CHILD = 'sameAs'

export function readChoice(form: Readonly<Record<string, string>>): ChildChoice {
  return {
    sameAs: form['sameAs'] ?? '',
    differentBecause: form['differentBecause']?.trim() || null,
    considered: (form['considered'] ?? '').split(',').filter((id) => /^[0-9a-f-]{36}$/.test(id)),
  }
}

export const isExisting = (choice: ChildChoice): boolean =>
  choice.sameAs !== '' && choice.sameAs !== 'different'

const BECAUSE_LIMIT = 500

/** What is still to be answered about which child it is; undefined when nothing is. */
export function childProblem(candidates: readonly Candidate[], choice: ChildChoice): FieldError | undefined {
  const ask = (text: string): FieldError => ({ field: ASK_WHICH_CHILD, text })
  const alike = candidates.filter((candidate) => candidate.likeness !== 'sibling')
  const strong = alike.filter((candidate) => candidate.likeness === 'strong')
  if (isExisting(choice))
    return alike.some((candidate) => candidate.id === choice.sameAs)
      ? undefined
      : ask('What you typed no longer matches the child you chose. Choose again')
  if (choice.sameAs === '') return alike.length > 0 ? ask('Choose whether it is the same child') : undefined
  const holder = alike.find((candidate) => candidate.sameNumber)
  if (holder) return ask(sameNumberWords(holder.name))
  if (strong.some((candidate) => !choice.considered.includes(candidate.id)))
    return ask('Another child very like this one is on record. Choose whether it is the same child')
  if (strong.length > 0 && choice.differentBecause === null)
    return { field: 'differentBecause', text: 'Enter how you know it is a different child' }
  if ((choice.differentBecause?.length ?? 0) > BECAUSE_LIMIT)
    return { field: 'differentBecause', text: `Use ${BECAUSE_LIMIT} characters or fewer` }
  return undefined
}

/** Two records may never hold one number. */
export const sameNumberWords = (name: string): string =>
  `The UPN or NHS number you typed belongs to ${name}’s record. Either this is the same child, or the number is wrong: go back and correct it, or leave it empty`
