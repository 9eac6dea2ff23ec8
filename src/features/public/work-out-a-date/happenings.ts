import type { FactKind } from '../../../law/index.ts'

/** Something a family knows the day of, in their words, and the fact of the law it is. */
export interface Happening {
  readonly id: string
  readonly words: string
  readonly hint?: string
  readonly kind: FactKind
  /** What more the fact says. */
  readonly says?: Readonly<Record<string, string | boolean>>
  /** May be a day still to come: a meeting, a move. */
  readonly mayBeAhead?: boolean
}

export const HAPPENINGS: readonly { readonly group: string; readonly happenings: readonly Happening[] }[] = [
  {
    group: 'Asking for a plan',
    happenings: [
      {
        id: 'asked',
        words: 'The council got a request for an assessment',
        hint: 'From you, a school or a college. Use the day the council got it.',
        kind: 'request_received',
      },
      {
        id: 'agreed',
        words: 'The council said yes to an assessment after first saying no, because of mediation',
        kind: 'decided_to_assess',
        says: { following: 'mediation' },
      },
      {
        id: 'refused',
        words: 'The council sent a letter saying it will not assess',
        kind: 'refused_to_assess',
      },
      {
        id: 'no-plan',
        words: 'The council sent a letter saying it will not make a plan',
        kind: 'decided_not_to_issue',
      },
      { id: 'draft', words: 'We were given a draft plan', kind: 'draft_issued' },
      { id: 'final', words: 'The council sent the final plan', kind: 'final_issued' },
    ],
  },
  {
    group: 'When there is a plan',
    happenings: [
      {
        id: 'review',
        words: 'An annual review meeting was held, or is arranged',
        kind: 'review_meeting',
        mayBeAhead: true,
      },
      {
        id: 'amendment',
        words: 'The council sent a notice of the changes it wants to make to the plan',
        kind: 'amendment_notice',
      },
      { id: 'amended', words: 'The council sent the final changed plan', kind: 'amended_final_issued' },
      {
        id: 'primary-move',
        words: 'My child will start, or move to, a primary, junior, middle or secondary school',
        hint: 'Use the first day at the new school',
        kind: 'phase_transfer',
        says: { from: 'primary', to: 'secondary' },
        mayBeAhead: true,
      },
      {
        id: 'post16-move',
        words: 'My child will move from secondary school to college or sixth form',
        hint: 'Use the first day there',
        kind: 'phase_transfer',
        says: { from: 'secondary', to: 'post-16' },
        mayBeAhead: true,
      },
    ],
  },
]

export const findHappening = (id: string | undefined): Happening | undefined =>
  HAPPENINGS.flatMap((group) => group.happenings).find((happening) => happening.id === id)
