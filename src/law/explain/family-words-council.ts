import type { FamilyWords } from './family-words.ts'

/** What the council must do, told to a family. */
export const councilDuties: readonly (readonly [string, FamilyWords])[] = [
  [
    'consult-family-on-request',
    {
      who: 'The council',
      must: 'talk to you before it decides if a plan may be needed',
      did: 'talked to you',
      counts: 'the council got the request',
    },
  ],
  [
    'notify-considering-assessment',
    {
      who: 'The council',
      must: 'tell you that it is thinking about an assessment',
      did: 'told you',
      counts: 'it decided a plan may be needed',
    },
  ],
  [
    'refusal-at-determination',
    {
      who: 'The council',
      must: 'tell you, if it thinks there is no need even to look further',
      did: 'told you',
      counts: 'the council got the request',
    },
  ],
  [
    'decision-to-assess',
    {
      who: 'The council',
      must: 'tell you if there will be an assessment',
      did: 'told you its decision',
      counts: 'the council got the request',
    },
  ],
  [
    'assessment-six-month-bar',
    {
      who: 'The council',
      must: 'look at a new request, unless your child was assessed in the last 6 months',
      did: 'looked at it',
      counts: 'the last assessment ended',
    },
  ],
  [
    'advice-requested',
    {
      who: 'The council',
      must: 'ask everyone who needs to give advice about your child',
      did: 'asked everyone',
      counts: 'it agreed to an assessment',
    },
  ],
  [
    'decision-not-to-issue',
    {
      who: 'The council',
      must: 'decide if there will be a plan, and tell you if not,',
      did: 'told you there will be no plan',
      counts: 'the council got the request',
    },
  ],
  [
    'draft-plan-latest-derived',
    {
      who: 'The council',
      must: 'send you a draft plan in time for you to answer it',
      did: 'sent the draft plan',
      counts: 'the council got the request',
    },
  ],
  [
    'consult-settings',
    {
      who: 'The council',
      must: 'ask the school or college before naming it',
      did: 'asked the school or college',
      counts: 'the school or college was suggested',
    },
  ],
  [
    'final-plan',
    {
      who: 'The council',
      must: 'send you the final plan',
      did: 'sent the final plan',
      counts: 'the council got the request',
    },
  ],
  [
    'secure-provision',
    {
      who: 'The council',
      must: 'make sure the help in the plan is given',
      did: 'put the help in place',
      counts: 'the plan was sent',
    },
  ],
  [
    'annual-review-first',
    {
      who: 'The council',
      must: 'review the plan for the first time',
      did: 'finished the first review',
      counts: 'the plan was made',
    },
  ],
  [
    'annual-review-next',
    {
      who: 'The council',
      must: 'review the plan again',
      did: 'finished the review',
      counts: 'the last review ended',
    },
  ],
  [
    'review-decision',
    {
      who: 'The council',
      must: 'tell you if the plan will stay, change or end',
      did: 'told you its decision',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-amendment-notice',
    {
      who: 'The council',
      must: 'send you the changes it wants to make, if it wants to change the plan',
      did: 'sent you the changes',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-no-setting-meeting-notice',
    {
      who: 'The council',
      must: 'invite you to the review meeting',
      did: 'invited you',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-no-setting-papers',
    {
      who: 'The council',
      must: 'send you the papers for the review meeting',
      did: 'sent the papers',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-no-setting-report',
    {
      who: 'The council',
      must: 'send you the report of the review meeting',
      did: 'sent the report',
      counts: 'the review meeting is held',
    },
  ],
  [
    'review-no-setting-decision',
    {
      who: 'The council',
      must: 'tell you if the plan will stay, change or end',
      did: 'told you its decision',
      counts: 'the review meeting is held',
    },
  ],
  [
    'amendment-final-plan',
    {
      who: 'The council',
      must: 'send you the changed plan',
      did: 'sent the changed plan',
      counts: 'it sent you the changes it wants to make',
    },
  ],
  [
    'amendment-declined',
    {
      who: 'The council',
      must: 'tell you, if it decides not to change the plan after all',
      did: 'told you',
      counts: 'it sent you the changes it wants to make',
    },
  ],
  [
    'amendment-outer-limit',
    {
      who: 'The council',
      must: 'finish the review and send you the changed plan',
      did: 'sent the changed plan',
      counts: 'the review meeting is held',
    },
  ],
  [
    'amendment-without-review',
    {
      who: 'The council',
      must: 'send you the changed plan, or say why it will not change',
      did: 'answered',
      counts: 'it sent you the changes it wants to make',
    },
  ],
  [
    'phase-transfer-secondary-to-post16',
    {
      who: 'The council',
      must: 'send you a plan that names the next school or college',
      did: 'sent the plan',
      counts: 'your child is due to move',
    },
  ],
  [
    'phase-transfer-other',
    {
      who: 'The council',
      must: 'send you a plan that names the next school',
      did: 'sent the plan',
      counts: 'your child is due to move',
    },
  ],
  [
    'phase-transfer-post16-to-post16',
    {
      who: 'The council',
      must: 'send you a plan that names the next college',
      did: 'sent the plan',
      counts: 'the move is due',
    },
  ],
  [
    'phase-transfer-2015-post16',
    {
      who: 'The council',
      must: 'send you a plan that names the next college',
      did: 'sent the plan',
      counts: 'the move was due',
    },
  ],
  [
    'early-years-review',
    {
      who: 'The council',
      must: 'think about a review every 3 to 6 months while your child is under five',
      did: 'held a review',
      counts: 'the plan was last looked at',
    },
  ],
  [
    'review-on-release-from-detention',
    {
      who: 'The council',
      must: 'review the plan after release',
      did: 'held the review',
      counts: 'the day of release',
    },
  ],
  [
    'review-under-18-out-of-education',
    {
      who: 'The council',
      must: 'review the plan because there is no school or training',
      did: 'reviewed the plan',
      counts: 'school or training stopped',
    },
  ],
  [
    'review-18-plus-stopped-attending',
    {
      who: 'The council',
      must: 'hold a review before it can end the plan',
      did: 'held the review',
      counts: 'college or training stopped',
    },
  ],
  [
    'reassessment-decision',
    {
      who: 'The council',
      must: 'tell you if there will be a new assessment',
      did: 'told you its decision',
      counts: 'the council got the request',
    },
  ],
  [
    'reassessment-bar-six-months',
    {
      who: 'The council',
      must: 'say no to a new assessment, as the last one was less than 6 months ago',
      did: 'could refuse',
      counts: 'the last assessment ended',
      isRight: true,
    },
  ],
  [
    'reassessment-final-plan',
    {
      who: 'The council',
      must: 'send you the final plan after the new assessment',
      did: 'sent the final plan',
      counts: 'it agreed to a new assessment',
    },
  ],
  [
    'reassessment-next-review',
    {
      who: 'The council',
      must: 'review the new plan',
      did: 'finished the review',
      counts: 'the new plan was sent',
    },
  ],
  [
    'transfer-plan-known-in-time',
    {
      who: 'The old council',
      must: 'send the plan to the new council',
      did: 'sent the plan',
      counts: 'you move',
    },
  ],
  [
    'transfer-plan-known-late',
    {
      who: 'The old council',
      must: 'send the plan to the new council',
      did: 'sent the plan',
      counts: 'it knew of the move',
    },
  ],
  [
    'transfer-inform-family',
    {
      who: 'The new council',
      must: 'tell you it has the plan, if it will assess again, and when it will review',
      did: 'told you',
      counts: 'the plan moved',
    },
  ],
  [
    'transfer-review',
    { who: 'The new council', must: 'review the plan', did: 'finished the review', counts: 'the plan moved' },
  ],
  [
    'transfer-interim-placement',
    {
      who: 'The new council',
      must: 'find a place to learn until the plan can be changed',
      did: 'found a place',
      counts: 'the plan moved',
    },
  ],
  [
    'cease-consultation',
    {
      who: 'The council',
      must: 'ask you what you think before it ends the plan',
      did: 'asked you',
      counts: 'it began to think about ending the plan',
    },
  ],
  [
    'cease-notification',
    { who: 'The council', must: 'tell you that it will end the plan', did: 'told you', counts: 'it decided' },
  ],
  [
    'cease-not-before-appeal-window',
    {
      who: 'The council',
      must: 'keep the plan going until the time to appeal is over, or the appeal ends',
      did: 'ended the plan',
      counts: 'it told you',
    },
  ],
  [
    'cease-at-25',
    {
      who: 'The council',
      must: 'decide if the plan goes on to the end of the school year you turn 25',
      did: 'ended the plan',
      counts: 'your 25th birthday',
    },
  ],
  [
    'mediation-notify-health',
    {
      who: 'The council',
      must: 'tell the health service what you want to talk about',
      did: 'told the health service',
      counts: 'you asked for mediation',
    },
  ],
  [
    'mediation-arrange-mixed',
    {
      who: 'The council',
      must: 'set up mediation',
      did: 'set up mediation',
      counts: 'you asked for mediation',
    },
  ],
  [
    'mediation-arrange',
    {
      who: 'The council',
      must: 'set up mediation',
      did: 'set up mediation',
      counts: 'you asked for mediation',
    },
  ],
  [
    'mediation-date-notice',
    {
      who: 'The council',
      must: 'tell you the date and place of mediation',
      did: 'told you',
      counts: 'mediation is held',
    },
  ],
  [
    'mediation-unable-notice',
    {
      who: 'The council',
      must: 'tell the mediation adviser it cannot set up mediation in time',
      did: 'told the adviser',
      counts: 'it knew',
    },
  ],
  [
    'mediation-agreement-appealable',
    {
      who: 'The council',
      must: 'do what was agreed at mediation',
      did: 'did what was agreed',
      counts: 'you made the agreement',
    },
  ],
  [
    'mediation-agreement-other',
    {
      who: 'The council',
      must: 'do what was agreed at mediation',
      did: 'did what was agreed',
      counts: 'you made the agreement',
    },
  ],
  [
    'appeal-authority-response',
    {
      who: 'The council',
      must: 'answer your appeal',
      did: 'answered the appeal',
      counts: 'it got the appeal papers',
    },
  ],
  [
    'order-appeal-dismissed-cease',
    {
      who: 'The council',
      must: 'end the plan, as your appeal did not succeed',
      did: 'ended the plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-assess-notify',
    {
      who: 'The council',
      must: 'tell you that there will be an assessment',
      did: 'told you',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-assess-no-plan',
    {
      who: 'The council',
      must: 'decide if there will be a plan, and tell you if not,',
      did: 'told you there will be no plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-assess-final-plan',
    {
      who: 'The council',
      must: 'send you the final plan',
      did: 'sent the final plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-make-plan-draft',
    {
      who: 'The council',
      must: 'send you a draft plan',
      did: 'sent the draft plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-make-plan-final',
    {
      who: 'The council',
      must: 'send you the final plan',
      did: 'sent the final plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-reconsider',
    {
      who: 'The council',
      must: 'think again, and send you a draft plan or say no',
      did: 'answered',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-amend-provision',
    {
      who: 'The council',
      must: 'change the help in the plan',
      did: 'sent the changed plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-amend-placement',
    {
      who: 'The council',
      must: 'change the school or college in the plan',
      did: 'sent the changed plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-continue-plan',
    {
      who: 'The council',
      must: 'keep the plan going',
      did: 'kept the plan going',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'order-continue-and-amend',
    {
      who: 'The council',
      must: 'keep the plan going and change it',
      did: 'sent the changed plan',
      counts: 'the tribunal made its order, or you made an agreement at mediation',
    },
  ],
  [
    'unopposed-assess-notify',
    {
      who: 'The council',
      must: 'tell you that there will be an assessment',
      did: 'told you',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-assess-no-plan',
    {
      who: 'The council',
      must: 'decide if there will be a plan, and tell you if not,',
      did: 'told you there will be no plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-assess-final-plan',
    {
      who: 'The council',
      must: 'send you the final plan',
      did: 'sent the final plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-contents',
    {
      who: 'The council',
      must: 'send you the changed plan',
      did: 'sent the changed plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-placement',
    {
      who: 'The council',
      must: 'send you the changed plan',
      did: 'sent the changed plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-placement-with-contents',
    {
      who: 'The council',
      must: 'send you the changed plan',
      did: 'sent the changed plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-make-plan-draft',
    {
      who: 'The council',
      must: 'send you a draft plan',
      did: 'sent the draft plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-make-plan-final',
    {
      who: 'The council',
      must: 'send you the final plan',
      did: 'sent the final plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-cease-continue',
    {
      who: 'The council',
      must: 'keep the plan going',
      did: 'kept the plan going',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'unopposed-cease-amend',
    {
      who: 'The council',
      must: 'change the plan as it agreed',
      did: 'sent the changed plan',
      counts: 'the council told the tribunal it would not oppose the appeal',
    },
  ],
  [
    'recommendation-health-copy',
    {
      who: 'The council',
      must: 'send the health answer to the government',
      did: 'sent it',
      counts: 'it got the health answer',
    },
  ],
  [
    'recommendation-social-care-response',
    {
      who: 'The council',
      must: 'answer what the tribunal said about social care',
      did: 'answered',
      counts: 'the tribunal said it',
    },
  ],
  [
    'recommendation-social-care-copy',
    { who: 'The council', must: 'send its answer to the government', did: 'sent it', counts: 'it answered' },
  ],
  [
    'direct-payment-refusal',
    {
      who: 'The council',
      must: 'give you its reasons for saying no to direct payments',
      did: 'gave its reasons',
      counts: 'it said no, or you asked it to think again',
    },
  ],
  [
    'direct-payment-first-review',
    {
      who: 'The council',
      must: 'check how direct payments are going',
      did: 'checked',
      counts: 'payments began',
    },
  ],
  [
    'direct-payment-review-with-plan',
    {
      who: 'The council',
      must: 'check how direct payments are going',
      did: 'checked',
      counts: 'the review or new assessment',
    },
  ],
  [
    'direct-payment-reduction-notice',
    { who: 'The council', must: 'warn you before it pays you less', did: 'warned you', counts: 'it decided' },
  ],
  [
    'disclose-to-higher-education',
    {
      who: 'The council',
      must: 'send the plan to the university and the people who decide on money for students',
      did: 'sent the plan',
      counts: 'you asked',
    },
  ],
  [
    'exclusion-day-six-authority',
    {
      who: 'The council',
      must: 'find your child full-time education',
      did: 'found education',
      counts: 'your child was excluded for good',
    },
  ],
  [
    'health-absence-15-days',
    {
      who: 'The council',
      must: 'find your child education while they are ill',
      did: 'found education',
      counts: 'your child was first away',
    },
  ],
  [
    'complaint-acknowledge',
    {
      who: 'The council',
      must: 'say that it has your complaint',
      did: 'said it had your complaint',
      counts: 'it got your complaint',
    },
  ],
  [
    'complaint-stage-1',
    {
      who: 'The council',
      must: 'answer your complaint',
      did: 'answered',
      counts: 'it said it had your complaint',
    },
  ],
  [
    'complaint-stage-2-acknowledge',
    {
      who: 'The council',
      must: 'say that it will look at your complaint again',
      did: 'said so',
      counts: 'you asked it to look again',
    },
  ],
  [
    'complaint-stage-2',
    {
      who: 'The council',
      must: 'give its last answer to your complaint',
      did: 'answered',
      counts: 'it said it would look again',
    },
  ],
  [
    'detained-decision-to-assess',
    {
      who: 'The council',
      must: 'say if there will be an assessment',
      did: 'said its decision',
      counts: 'the council got the request',
    },
  ],
  [
    'detained-decision-not-to-issue',
    {
      who: 'The council',
      must: 'say, if there will be no plan',
      did: 'said there will be no plan',
      counts: 'the council got the request',
    },
  ],
  [
    'detained-final-plan',
    {
      who: 'The council',
      must: 'send the final plan',
      did: 'sent the final plan',
      counts: 'the council got the request',
    },
  ],
  [
    'detained-share-plan',
    {
      who: 'The council',
      must: 'send the plan to the place of custody',
      did: 'sent the plan',
      counts: 'it knew of the custody',
    },
  ],
  [
    'release-plan-to-new-authority',
    {
      who: 'The council',
      must: 'send the plan to the new council',
      did: 'sent the plan',
      counts: 'it knew of the release',
    },
  ],
  [
    'release-plan-to-commissioner',
    {
      who: 'The new council',
      must: 'send the plan to the health service',
      did: 'sent the plan',
      counts: 'it got the plan',
    },
  ],
  [
    'local-review-notice-to-professionals',
    {
      who: 'The council',
      must: 'tell everyone who helps your child about the meeting early',
      did: 'told them',
      counts: 'the review meeting is held',
    },
  ],
  [
    'local-advice-chase',
    {
      who: 'The council',
      must: 'chase advice that has not come',
      did: 'chased it',
      counts: 'it asked for the advice',
    },
  ],
  [
    'local-draft-plan',
    {
      who: 'The council',
      must: 'send you a draft plan',
      did: 'sent the draft plan',
      counts: 'the council got the request',
    },
  ],
  [
    'local-provision-gap-answer',
    {
      who: 'The council',
      must: 'answer you about help that is not happening',
      did: 'answered you',
      counts: 'you told us that help in the plan is not happening',
      more: [
        'This date is for our answer only. The law says the council must make sure the help happens from the day of the plan.',
      ],
    },
  ],
]
