/** What is due next, said shortly as something to do. A rule not named here is called by the law's own title. */
export const NEXT_THINGS: Readonly<Record<string, string>> = {
  'decision-to-assess': 'Decide whether to assess',
  'detained-decision-to-assess': 'Decide whether to assess',
  'consult-family-on-request': 'Consult the family',
  'notify-considering-assessment': 'Tell family an assessment is considered',
  'advice-requested': 'Ask for advice',
  'advice-response': 'Advice to come',
  'draft-plan-comment-period': 'Family’s time to comment',
  'setting-consultation-response': 'Setting to reply',
  'final-plan': 'Send the final plan',
  'detained-final-plan': 'Send the final plan',
  'order-assess-notify': 'Tell family: assessment ordered',
  'order-assess-final-plan': 'Send the plan the tribunal led to',
  'order-make-plan-draft': 'Send the draft ordered',
  'order-make-plan-final': 'Send the final plan ordered',
  'annual-review-first': 'First annual review',
  'annual-review-next': 'Annual review',
  'early-years-review': 'Review for a child under 5',
  'review-meeting-notice': 'Give notice of the review meeting',
  'review-papers-circulated': 'Send review papers round',
  'review-report': 'Review report',
  'review-decision': 'Decide after the review',
  'review-amendment-notice': 'Send the amendment notice',
  'amendment-final-plan': 'Send the final amended plan',
  'amendment-outer-limit': 'Finish review and amendment',
  'phase-transfer-secondary-to-post16': 'Name the post-16 placement',
  'phase-transfer-other': 'Name the next school',
  'secure-provision': 'Put the provision in place',
  'exclusion-day-six-authority': 'Education after the exclusion',
  'exclusion-day-six-school': 'Education during the suspension (school)',
  'health-absence-15-days': 'Education while too ill for school',
  'local-advice-chase': 'Chase advice',
  'local-draft-plan': 'Send the draft (local target)',
  'local-provision-gap-answer': 'Answer: help not happening',
  'local-review-notice-to-professionals': 'Tell professionals of the review',
}

export const nextThing = (rule: string): string => {
  const known = NEXT_THINGS[rule]
  if (known) return known
  const words = rule.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Who must act, as staff say it. */
export function whoActs(actor: string | null): string {
  if (!actor) return ''
  if (/^(local|home|new|old) authority|^authority now|^person arranging|^whoever arranges/.test(actor))
    return 'The council'
  if (actor.startsWith('health body, other authority') || actor === 's.31 body') return 'The adviser asked'
  if (actor.startsWith('parent or young person') || actor.startsWith('child or young person'))
    return 'The family'
  if (actor.startsWith('nursery, school, college')) return 'The setting'
  return actor.charAt(0).toUpperCase() + actor.slice(1)
}

/** Rules that a case's next line can carry, for the filter. */
export const FILTER_RULES = [
  'decision-to-assess',
  'advice-response',
  'final-plan',
  'order-make-plan-final',
  'annual-review-first',
  'annual-review-next',
  'review-decision',
  'amendment-final-plan',
  'phase-transfer-secondary-to-post16',
  'phase-transfer-other',
  'local-provision-gap-answer',
] as const
