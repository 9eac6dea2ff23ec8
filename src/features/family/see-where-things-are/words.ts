import type { AdviceHead, Fact, FactKind } from '../../../law/index.ts'
import { FACT_SPECIFICATIONS } from '../../../law/index.ts'
import type { AssessmentStage, PlanState } from '../../../record/stage.ts'

/** Where an assessment is, in a family's words. */
export const STAGE_WORDS: Readonly<Record<AssessmentStage, string>> = {
  'deciding-whether-to-assess': 'We have the request. We are deciding if there will be an assessment.',
  'gathering-advice': 'We said yes to an assessment. Now we need advice from people who know your child.',
  'deciding-whether-to-issue': 'All the advice is in. We are deciding if there will be a plan.',
  drafting: 'There will be a plan. We are writing the draft.',
  'with-family': 'You have the draft plan. Tell us what you think of it.',
  finalising: 'We have what you said about the draft. We are finishing the plan.',
  'plan-issued': 'The final plan has been sent. This part is done.',
  'not-assessed': 'We decided not to assess. Your letter says why, and how to challenge it.',
  'no-plan': 'We decided not to make a plan. Your letter says why, and how to challenge it.',
  withdrawn: 'The request was taken back.',
  closed: 'The assessment was closed.',
}

export const PLAN_WORDS: Readonly<Record<PlanState, string>> = {
  'in-force': 'The plan is in place.',
  'being-reviewed': 'The plan is being looked at again. This is the review.',
  'being-amended': 'The plan is being changed.',
  'being-reassessed': 'There is a new assessment.',
  'being-ceased': 'We are thinking about ending the plan.',
  'being-handed-over': 'You have moved. The plan goes to your new council.',
  'moved-away': 'The plan is now with your new council.',
  ceased: 'The plan has ended.',
}

/** Whose advice it is, by their work. */
export const HEAD_WORDS: Readonly<Record<AdviceHead, string>> = {
  parent: 'your own views',
  educational: 'school or college',
  'armed-forces': 'the armed forces',
  medical: 'health',
  psychological: 'educational psychologist',
  'social-care': 'social care',
  other: 'someone else who can help',
  'preparing-for-adulthood': 'getting ready for adult life',
  'requested-by-family': 'someone you asked for',
}

/** Why the law lets a date pass, as far as a family should be told on a page: the ground, and never the evidence. */
export const GROUND_WORDS: Readonly<Record<string, string>> = {
  'school-closed-4-weeks': 'the school was shut for 4 weeks or more',
  'early-years-closed-4-weeks': 'the nursery was shut for 4 weeks or more',
  'exceptional-personal-circumstances': 'something hard happened in your family',
  'absent-4-weeks': 'your family was away for 4 weeks or more',
  'absent-2-weeks': 'your family was away for 2 weeks or more',
  'exceptional-circumstances': 'something hard happened',
  'missed-appointment': 'a visit or a test was missed',
}

/** What happened, as a family would tell it. Kinds not here are told by their usual name. */
const FACT_WORDS: Partial<Record<FactKind, string>> = {
  request_received: 'We got the request for an assessment.',
  needs_brought_to_attention: 'We were told that your child may need more help.',
  family_consulted: 'We talked with you.',
  considering_assessment_notified: 'We told you that we were thinking about an assessment.',
  decided_to_assess: 'We said yes to an assessment.',
  refused_to_assess: 'We said no to an assessment.',
  decided_to_issue: 'We decided that there will be a plan.',
  decided_not_to_issue: 'We decided that there will be no plan.',
  draft_issued: 'We sent you the draft plan.',
  representations_received: 'You told us what you think of the draft.',
  draft_meeting_requested: 'You asked to meet us about the draft.',
  draft_meeting_held: 'We met about the draft.',
  final_issued: 'We sent the final plan.',
  request_withdrawn: 'The request was taken back.',
  assessment_closed: 'The assessment was closed.',
  assessment_reopened: 'The assessment was opened again.',
  missed_appointment: 'A visit or a test was missed.',
  review_meeting: 'The review meeting was held.',
  review_report: 'The report of the review was sent.',
  review_decision: 'We told you what we decided after the review.',
  amendment_notice: 'We sent you the changes we want to make.',
  amended_final_issued: 'We sent the changed plan.',
  amendment_declined: 'We decided not to change the plan.',
  plan_ceased: 'The plan ended.',
  appeal_lodged: 'An appeal was made.',
  tribunal_order: 'The SEND Tribunal made its order.',
  complaint_made: 'We got your complaint.',
  complaint_response: 'We answered your complaint.',
}

/** One line of what happened; null for what is not a thing that happened to the family. */
export function happened(fact: Fact, settings: ReadonlyMap<string, string>): string | null {
  const setting = fact.setting ? (settings.get(fact.setting) ?? 'a school or college') : 'a school or college'
  const who = fact.adviser ?? 'somebody'
  switch (fact.kind) {
    case 'advice_requested':
      return fact.head === 'parent' ? 'We asked you for your views.' : `We asked ${who} for advice.`
    case 'advice_chased':
      return fact.head === 'parent' ? 'We asked you again for your views.' : `We asked ${who} again.`
    case 'advice_received':
      return fact.head === 'parent'
        ? 'We got your views.'
        : fact.nothingToReport
          ? `${who} told us that they have nothing to say.`
          : `We got advice from ${who}.`
    case 'setting_consulted':
      return `We asked ${setting} if they can take your child.`
    case 'setting_replied':
      return `${setting} gave us their answer.`
    case 'setting_preference_stated':
      return `You asked for ${setting}.`
    case 'plan_may_be_needed':
    case 'setting_closed':
    case 'absence':
      return null
    case 'exception_claimed':
      return `We wrote down a reason the law allows for being late${
        fact.ground && GROUND_WORDS[fact.ground] ? `: ${GROUND_WORDS[fact.ground]}` : ''
      }.`
    case 'exception_refused':
      return 'We looked at a reason for being late, and did not accept it.'
    case 'exception_ended':
      return 'The reason for being late came to an end.'
    default:
      return FACT_WORDS[fact.kind] ?? `${FACT_SPECIFICATIONS[fact.kind].label}.`
  }
}

/** A sentence about a child, told to the person it is about. */
export const toThemself = (text: string): string =>
  text
    .replaceAll(/\byour child’s\b/g, 'your')
    .replaceAll(/\byour child(?= (was|were))/g, 'you')
    .replaceAll(/\byou was\b/g, 'you were')
    .replaceAll(/\byour child has\b/g, 'you have')
    .replaceAll(/\byour child is\b/g, 'you are')
    .replaceAll(/\byour child\b/g, 'you')
    .replaceAll(/\bYour child must\b/g, 'You must')
    .replaceAll(/\bYour child\b/g, 'You')
