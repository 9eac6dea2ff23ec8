import type { FamilyWords } from './family-words.ts'

/** What others must do, and what the family may do. */
export const othersDuties: readonly (readonly [string, FamilyWords])[] = [
  [
    'advice-response',
    {
      who: 'The person asked for advice',
      must: 'give their advice',
      did: 'gave their advice',
      counts: 'they were asked',
    },
  ],
  [
    'reassessment-advice-response',
    {
      who: 'The person asked for advice',
      must: 'give their advice',
      did: 'gave their advice',
      counts: 'they were asked',
    },
  ],
  [
    'remain-in-special-setting-after-no-plan',
    {
      who: 'Your child',
      must: 'leave the special school, though not before 10 school days',
      did: 'left',
      counts: 'you were told there will be no plan',
    },
  ],
  [
    'draft-plan-comment-period',
    {
      who: 'You',
      must: 'say what you think of the draft plan, ask for a meeting and ask for a school or college',
      did: 'had time to say what you think',
      counts: 'you got the draft plan',
      isRight: true,
    },
  ],
  [
    'setting-consultation-response',
    { who: 'The school or college', must: 'answer the council', did: 'answered', counts: 'it was asked' },
  ],
  [
    'setting-must-admit',
    {
      who: 'The school or college',
      must: 'take your child',
      did: 'took your child',
      counts: 'the plan named it',
    },
  ],
  [
    'review-meeting-notice',
    {
      who: 'The school or the council',
      must: 'invite you to the review meeting',
      did: 'invited you',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-papers-circulated',
    {
      who: 'The school or the council',
      must: 'send you the papers for the review meeting',
      did: 'sent the papers',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-report',
    {
      who: 'The school or the council',
      must: 'send you the report of the review meeting',
      did: 'sent the report',
      counts: 'the review meeting was held',
    },
  ],
  [
    'amendment-comment-period',
    {
      who: 'You',
      must: 'say what you think of the changes',
      did: 'had time to say what you think',
      counts: 'you got the changes',
      isRight: true,
    },
  ],
  [
    'reassessment-comment-period',
    {
      who: 'You',
      must: 'say what you think of the new draft plan',
      did: 'had time to say what you think',
      counts: 'you got the draft',
      isRight: true,
    },
  ],
  [
    'detained-draft-comment-period',
    {
      who: 'You',
      must: 'say what you think of the draft plan',
      did: 'had time to say what you think',
      counts: 'you got the draft plan',
      isRight: true,
    },
  ],
  [
    'transfer-commissioner-notifies-known',
    {
      who: 'The health service',
      must: 'tell the new health service about the move',
      did: 'told them',
      counts: 'you move',
    },
  ],
  [
    'transfer-commissioner-notifies-late',
    {
      who: 'The health service',
      must: 'tell the new health service about the move',
      did: 'told them',
      counts: 'it knew of the move',
    },
  ],
  [
    'transfer-commissioner-requests-change',
    {
      who: 'The health service',
      must: 'say if it cannot give the health help in the plan',
      did: 'said so',
      counts: 'it knew of the move',
    },
  ],
  [
    'commissioner-change-notify',
    {
      who: 'The health service',
      must: 'tell the new health service',
      did: 'told them',
      counts: 'it knew of the change',
    },
  ],
  [
    'commissioner-change-request',
    {
      who: 'The health service',
      must: 'say if it cannot give the health help in the plan',
      did: 'said so',
      counts: 'it knew of the change',
    },
  ],
  [
    'release-commissioner-request',
    {
      who: 'The health service',
      must: 'say if it cannot give the health help in the plan',
      did: 'said so',
      counts: 'it got the plan',
    },
  ],
  [
    'mediation-contact-adviser',
    {
      who: 'You',
      must: 'call the mediation adviser, if you want to appeal',
      did: 'called the mediation adviser',
      counts: 'the letter was sent',
      isRight: true,
      more: [
        'You do not have to have mediation. But before you appeal you need a paper from the adviser, called a certificate. You do not need it if you only disagree with the school or college in the plan.',
      ],
    },
  ],
  [
    'mediation-certificate-declined',
    {
      who: 'The mediation adviser',
      must: 'send you a certificate',
      did: 'sent the certificate',
      counts: 'you said no to mediation',
    },
  ],
  [
    'mediation-certificate-after',
    {
      who: 'The mediation adviser',
      must: 'send you a certificate',
      did: 'sent the certificate',
      counts: 'mediation ended',
    },
  ],
  [
    'mediation-certificate-deemed',
    {
      who: 'The mediation adviser',
      must: 'send you a certificate',
      did: 'sent the certificate',
      counts: 'the council said it could not set up mediation',
    },
  ],
  [
    'mediation-arrange-health-only',
    {
      who: 'The health service',
      must: 'set up mediation',
      did: 'set up mediation',
      counts: 'it was told what you want to talk about',
    },
  ],
  [
    'mediation-agreement-tell-authority',
    {
      who: 'The health service',
      must: 'tell the council what was agreed',
      did: 'told the council',
      counts: 'the agreement was made',
    },
  ],
  [
    'appeal-lodge',
    {
      who: 'You',
      must: 'send your appeal to the tribunal, if you want to appeal',
      did: 'sent your appeal',
      counts: 'the letter was sent',
      isRight: true,
      more: [
        'If you have a mediation certificate, you have 1 month from the date on it, if that is later than this day.',
        'If you are late, you can still ask. The tribunal can take a late appeal if you give a good reason.',
      ],
    },
  ],
  [
    'appeal-permission-upper-tribunal',
    {
      who: 'You, or the council',
      must: 'ask to take the appeal further',
      did: 'asked',
      counts: 'the tribunal sent its reasons',
    },
  ],
  [
    'recommendation-health-response',
    {
      who: 'The health service',
      must: 'answer what the tribunal said about health',
      did: 'answered',
      counts: 'the tribunal said it',
    },
  ],
  [
    'personal-budget-request-window',
    {
      who: 'You',
      must: 'ask for a personal budget, if you want one',
      did: 'asked',
      counts: 'this step began',
    },
  ],
  [
    'exclusion-day-six-school',
    {
      who: 'The school',
      must: 'find your child full-time education',
      did: 'found education',
      counts: 'your child was suspended',
    },
  ],
  [
    'ombudsman-complaint',
    {
      who: 'You',
      must: 'complain to the Ombudsman, if you want to',
      did: 'complained',
      counts: 'you first knew what went wrong',
    },
  ],
]
