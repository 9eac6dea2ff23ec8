/** What a fact may say beyond its kind and its day. One name always has one meaning and one type,
 *  whatever kind carries it, so that a fact is one flat record. */

export const REQUESTERS = [
  'parent',
  'young-person',
  'school',
  'post-16',
  'early-years',
  'health',
  'social-care',
  'youth-justice',
  'authority',
  'other',
] as const

/** SEND Regulations 2014 (SI 2014/1530), reg 6(1)(a) to (h). `armed-forces` is the Secretary of State
 *  for Defence limb of (b). */
export const ADVICE_HEADS = [
  'parent',
  'educational',
  'armed-forces',
  'medical',
  'psychological',
  'social-care',
  'other',
  'preparing-for-adulthood',
  'requested-by-family',
] as const

export const FOLLOWING = ['mediation', 'tribunal-order', 'concession', 'reconsideration'] as const

export const EXCEPTION_GROUNDS = [
  'school-closed-4-weeks',
  'early-years-closed-4-weeks',
  'exceptional-personal-circumstances',
  'absent-4-weeks',
  'absent-2-weeks',
  'exceptional-circumstances',
  'missed-appointment',
  'coronavirus-2020',
  'coronavirus-2020-impractical',
  'coronavirus-2020-asrp',
  'coronavirus-2020-section-42',
  'assessment-exceptions-carried-over',
  'tribunal-direction',
  'tribunal-directs-different',
  'agreed-in-writing',
  'family-consents',
  'placement-only-appeal',
  'extension-of-time',
  'suitable-alternative-arrangements',
  'year-11-exams-done',
  'extension-10',
  'extension-20',
  'good-reason',
  'see-reg-5-4',
] as const

export const ORDERS = [
  'dismissed-cease',
  'assess',
  'reassess',
  'make-plan',
  'reconsider',
  'amend-provision',
  'amend-placement',
  'amend-provision-and-placement',
  'continue',
  'continue-and-amend',
  'dismissed',
  'other',
] as const

export const UNOPPOSED = [
  'assess',
  'reassess',
  'make-plan',
  'contents',
  'refusal-to-amend',
  'placement',
  'placement-with-contents',
  'cease',
] as const

export const REVIEW_OUTCOMES = ['maintain', 'amend', 'cease'] as const
export const REVIEW_TYPES = [
  'annual',
  'phase-transfer',
  'early',
  'early-years',
  'transfer',
  'release',
] as const
export const PHASES = [
  'early-years',
  'infant',
  'junior',
  'primary',
  'middle',
  'secondary',
  'post-16',
  'school',
] as const
export const AGREED = ['assess', 'reassess', 'make-plan', 'amend', 'continue', 'other'] as const

export type Requester = (typeof REQUESTERS)[number]
export type AdviceHead = (typeof ADVICE_HEADS)[number]
export type Following = (typeof FOLLOWING)[number]
export type ExceptionGround = (typeof EXCEPTION_GROUNDS)[number]
export type TribunalOrderKind = (typeof ORDERS)[number]
export type UnopposedAbout = (typeof UNOPPOSED)[number]
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number]
export type ReviewType = (typeof REVIEW_TYPES)[number]
export type Phase = (typeof PHASES)[number]
export type MediationAgreed = (typeof AGREED)[number]

/** How an attribute is written in a record: free text, a date, yes or no, a whole number, one of a
 *  closed list, or several texts. */
export type AttributeType =
  | { readonly type: 'text' }
  | { readonly type: 'date' }
  | { readonly type: 'yes-no' }
  | { readonly type: 'number' }
  | { readonly type: 'list' }
  | { readonly type: 'one-of'; readonly values: readonly string[] }

const text = { type: 'text' } as const
const day = { type: 'date' } as const
const yesNo = { type: 'yes-no' } as const

/** Every attribute a fact may carry, with its type and one line of meaning. */
export const ATTRIBUTES = {
  by: { type: 'one-of', values: REQUESTERS, meaning: 'who asked, or told us' },
  head: { type: 'one-of', values: ADVICE_HEADS, meaning: 'which head of advice, reg 6(1)' },
  adviser: { ...text, meaning: 'who was asked for advice (an identifier)' },
  for: {
    type: 'one-of',
    values: ['assessment', 'reassessment'],
    meaning: 'first assessment (when left out) or re-assessment',
  },
  receivedOn: { ...day, meaning: 'day the other body received what we sent' },
  arrivedOn: { ...day, meaning: 'day the family received it, or is taken to have (U-3)' },
  sentOn: { ...day, meaning: 'day it was sent out, where that differs' },
  planDated: { ...day, meaning: 'date printed on the plan, where it differs (U-6)' },
  nothingToReport: { ...yesNo, meaning: 'the adviser answered that they have nothing to say' },
  stage: { type: 'one-of', values: ['determination', 'decision'], meaning: 'at which step it was refused' },
  following: { type: 'one-of', values: FOLLOWING, meaning: 'what reversed an earlier refusal' },
  reason: { ...text, meaning: 'why' },
  detained: { ...yesNo, meaning: 'the person is detained (SI 2015/62)' },
  ground: { type: 'one-of', values: EXCEPTION_GROUNDS, meaning: 'which listed exception is relied on' },
  limits: { type: 'list', meaning: 'rule ids it is claimed for; all that list the ground when left out' },
  closedFrom: { ...day, meaning: 'first day the setting is closed' },
  reopens: { ...day, meaning: 'day the setting re-opens' },
  absentFrom: { ...day, meaning: 'first day away from the area' },
  absentTo: { ...day, meaning: 'last day away from the area' },
  circumstancesFrom: { ...day, meaning: 'day the circumstances began' },
  circumstancesTo: { ...day, meaning: 'day the circumstances ended' },
  appointmentOn: { ...day, meaning: 'day of the missed appointment' },
  directedBy: { ...day, meaning: 'date the tribunal directed, or the parties agreed, instead' },
  impracticalBecause: { ...text, meaning: 'how that made meeting the limit impractical' },
  evidence: { ...text, meaning: 'where the evidence is' },
  approvedBy: { ...text, meaning: 'who approved the claim' },
  claim: { ...text, meaning: 'which claim it is about (an identifier)' },
  setting: { ...text, meaning: 'which school, college or nursery (an identifier)' },
  outcome: { type: 'one-of', values: REVIEW_OUTCOMES, meaning: 'keep as it is, amend, or cease' },
  reviewType: {
    type: 'one-of',
    values: REVIEW_TYPES,
    meaning: 'annual (when left out), phase transfer, early…',
  },
  notInSetting: { ...yesNo, meaning: 'the child attends no setting, so reg 21 applies and not reg 20' },
  underFive: { ...yesNo, meaning: 'the child is under five' },
  meetingOn: { ...day, meaning: 'the meeting it is about' },
  withoutReview: { ...yesNo, meaning: 'amending at another time, reg 28' },
  namesNextPhase: {
    ...yesNo,
    meaning: 'the plan names the next setting or type (taken to, when left out; reg 18)',
  },
  from: { type: 'one-of', values: PHASES, meaning: 'phase left' },
  to: { type: 'one-of', values: PHASES, meaning: 'phase entered' },
  age: { type: 'one-of', values: ['under-18', '18-or-over'], meaning: 'age group' },
  order: { type: 'one-of', values: ORDERS, meaning: 'what the tribunal ordered' },
  agreed: { type: 'one-of', values: AGREED, meaning: 'what the mediation agreement says will be done' },
  matter: {
    type: 'one-of',
    values: ['appealable', 'other'],
    meaning: 'a matter that can be appealed, or another one',
  },
  authorityParty: { ...yesNo, meaning: 'the authority was a party to the agreement (yes when left out)' },
  issues: {
    type: 'one-of',
    values: ['no-health', 'health', 'mixed'],
    meaning: 'mediation without health issues (when left out), only health, or both',
  },
  about: { type: 'one-of', values: UNOPPOSED, meaning: 'what the appeal is about' },
  alsoAmend: { ...yesNo, meaning: 'the authority also agreed to amend the plan' },
  area: { type: 'one-of', values: ['health', 'social-care'], meaning: 'health or social care' },
  awareOn: { ...day, meaning: 'day the old body became aware' },
  planMadeOrReviewedOn: { ...day, meaning: 'day the plan was made or last reviewed' },
  attendanceImpractical: { ...yesNo, meaning: 'the named setting can no longer practicably be attended' },
  cause: {
    type: 'one-of',
    values: ['move', 'change'],
    meaning: 'a move between authorities, or a change of body',
  },
  complaintStage: { type: 'number', meaning: '1 (when left out) or 2' },
  report: { ...text, meaning: 'which report that provision is not happening (an identifier)' },
  detail: { ...text, meaning: 'what it is about' },
} as const satisfies Record<string, AttributeType & { readonly meaning: string }>

export type AttributeName = keyof typeof ATTRIBUTES
