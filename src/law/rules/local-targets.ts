import { LOCAL_TARGETS, type LocalTarget } from '../settings.ts'
import type { Length, Rule } from './rule.ts'
import { OVERTAKEN_OR_FINISHED, REQUESTS } from './turning-points.ts'

type Wiring = Pick<Rule, 'process' | 'startsWhen' | 'stopsWhen' | 'starts' | 'stops' | 'lapses'> &
  Partial<Pick<Rule, 'match' | 'withinAssessment' | 'displaceable' | 'notes'>>

function target(id: LocalTarget, direction: 'before' | 'after', wiring: Wiring): Rule {
  const { title, days, unit } = { unit: 'calendar-days' as const, ...LOCAL_TARGETS[id] }
  const counted = { n: days, unit } as const
  const length: Length = direction === 'before' ? { ...counted, bound: 'at-least', direction } : counted
  return {
    id,
    title,
    actor: 'local authority',
    nature: 'local',
    verified: 'V',
    verifiedSource: 'the authority’s own target',
    readings: [],
    versions: [
      {
        from: '2014-09-01',
        to: null,
        length,
        triggerDayCounts: false,
        citation: 'local target, not law',
        exceptions: [],
      },
    ],
    notes: '',
    ...wiring,
  }
}

/** Targets an authority sets itself: shown apart from law and guidance, in use only when chosen. */
export const localTargetRules: readonly Rule[] = [
  target('local-review-notice-to-professionals', 'before', {
    process: 'annual-review-in-setting',
    startsWhen: 'date of the review meeting',
    stopsWhen: 'invitations sent',
    starts: [{ kind: 'review_meeting' }],
    stops: [{ kind: 'review_invitations_sent' }],
    lapses: [],
    match: 'meetingOn',
  }),
  target('local-advice-chase', 'after', {
    process: 'advice-gathering',
    startsWhen: 'advice was asked for',
    stopsWhen: 'advice received, or chased',
    starts: [{ kind: 'advice_requested' }],
    stops: [{ kind: 'advice_received' }, { kind: 'advice_chased' }],
    lapses: OVERTAKEN_OR_FINISHED,
    match: 'adviser',
    withinAssessment: true,
  }),
  target('local-draft-plan', 'after', {
    process: 'draft-plan',
    startsWhen: 'request received',
    stopsWhen: 'draft plan sent',
    starts: REQUESTS,
    stops: [{ kind: 'draft_issued' }],
    lapses: OVERTAKEN_OR_FINISHED,
    withinAssessment: true,
    displaceable: 'assess-or-issue',
  }),
  target('local-provision-gap-answer', 'after', {
    process: 'final-plan',
    startsWhen: 'the family said that a line of provision is not happening',
    stopsWhen: 'the family was answered',
    starts: [{ kind: 'provision_gap_reported' }],
    stops: [{ kind: 'provision_gap_answered' }],
    lapses: [{ kind: 'plan_ceased', words: 'the plan ceased' }],
    match: 'report',
    notes:
      'A target for the answer only. The duty to secure the provision itself has no days of grace: it runs from the day of the plan (Children and Families Act 2014, s.42(2)).',
  }),
]
