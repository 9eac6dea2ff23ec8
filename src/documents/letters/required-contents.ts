import type { Addressee, LetterKind, PartId } from './kinds.ts'

/** A part the law (or, where it says so, guidance) requires a letter to contain. */
export interface Part {
  readonly id: PartId
  readonly law: string
  /** First day on which the letter must have it; always, when left out. */
  readonly from?: string
}

const part = (id: PartId, law: string, from?: string): Part =>
  from === undefined ? { id, law } : { id, law, from }

/** Regulation 32's facts about mediation, one part each, so that none can be dropped. */
const mediation = (law: string): readonly Part[] => [
  part('mediation-right', `${law}; reg 32`),
  part('mediation-certificate', `${law}; reg 32`),
  part('mediation-adviser', `${law}; reg 32`),
  part('mediation-timescales', `${law}; reg 32`),
  part('mediation-tell-us', `${law}; reg 32`),
  part('mediation-our-contact', `${law}; reg 32`),
]

/** The tribunal's power to make recommendations on health and social care: letters from 3 April 2018 (SI 2017/1306). */
const RECOMMENDATIONS_FROM = '2018-04-03'

/**
 * What each letter to its main reader (the family; for advice and consultations, the body asked) must contain.
 * Statutory-timetable page, section 5. A refusal to assess has no recommendations part: reg 5(3) does not list it.
 */
export const REQUIRED_CONTENTS: Readonly<Record<LetterKind, readonly Part[]>> = {
  'considering-assessment': [
    part('considering', 'CFA 2014 s.36(7); SEND Regs 2014 reg 4(2)'),
    part('right-to-views', 'CFA 2014 s.36(7)'),
  ],
  'decided-to-assess': [part('decision', 'SEND Regs 2014 reg 5(1)')],
  'refused-to-assess': [
    part('decision', 'CFA 2014 s.36(5), (9)(a); SEND Regs 2014 reg 5(1)'),
    part('reasons', 'CFA 2014 s.36(5), s.36(9)'),
    part('right-of-appeal', 'SEND Regs 2014 reg 5(3)(a); CFA 2014 s.51(2)(a)'),
    part('appeal-time-limits', 'SEND Regs 2014 reg 5(3)(b); HESC Rules 2008 rules 12 and 20'),
    ...mediation('SEND Regs 2014 reg 5(3)(c)'),
    part('disagreement-resolution', 'SEND Regs 2014 reg 5(3)(d); CFA 2014 s.57'),
    part('information-and-advice', 'SEND Regs 2014 reg 5(3)(d); CFA 2014 s.32'),
  ],
  'advice-request': [
    part('advice-wanted', 'SEND Regs 2014 reg 6(1)'),
    part('reply-by', 'SEND Regs 2014 reg 8(1)'),
  ],
  'advice-chase': [
    part('advice-overdue', 'SEND Regs 2014 reg 6(1)'),
    part('reply-by', 'SEND Regs 2014 reg 8(1)'),
  ],
  'decided-not-to-issue': [
    part('decision', 'CFA 2014 s.36(9); SEND Regs 2014 reg 10(1)'),
    part('reasons', 'CFA 2014 s.36(9)'),
    part('right-of-appeal', 'SEND Regs 2014 reg 10(3)(a); CFA 2014 s.51(2)(b)'),
    part('appeal-time-limits', 'SEND Regs 2014 reg 10(3)(b); HESC Rules 2008 rules 12 and 20'),
    ...mediation('SEND Regs 2014 reg 10(3)(c)'),
    part('disagreement-resolution', 'SEND Regs 2014 reg 10(3)(d); CFA 2014 s.57'),
    part('information-and-advice', 'SEND Regs 2014 reg 10(3)(d); CFA 2014 s.32'),
    part('tribunal-recommendations', 'SEND Regs 2014 reg 10(3)(e); SI 2017/1306', RECOMMENDATIONS_FROM),
  ],
  'draft-plan': [
    part('right-to-comment', 'CFA 2014 s.38(2); SEND Regs 2014 reg 13(1)(a)'),
    part('right-to-ask-for-a-setting', 'CFA 2014 s.38(2), s.38(3)'),
    part('comment-period', 'CFA 2014 s.38(4); SEND Regs 2014 reg 13(1)(a)'),
    part('meeting', 'SEND Regs 2014 reg 13(1)'),
    part('where-information-is', 'SEND Regs 2014 reg 13(1)'),
  ],
  'final-plan': [
    part('decision', 'SEND Regs 2014 reg 13(2)'),
    part('right-of-appeal', 'SEND Regs 2014 reg 14(2)(a); CFA 2014 s.51(2)(c)'),
    part('appeal-time-limits', 'SEND Regs 2014 reg 14(2)(b); HESC Rules 2008 rules 12 and 20'),
    ...mediation('SEND Regs 2014 reg 14(2)(c)'),
    part('disagreement-resolution', 'SEND Regs 2014 reg 14(2)(d); CFA 2014 s.57'),
    part('information-and-advice', 'SEND Regs 2014 reg 14(2)(d); CFA 2014 s.32'),
    part('tribunal-recommendations', 'SEND Regs 2014 reg 14(2)(e); SI 2017/1306', RECOMMENDATIONS_FROM),
  ],
  // Reg 28 asks for the same of an amendment that follows no review.
  'amendment-notice': [
    part('copy-of-the-plan', 'SEND Regs 2014 reg 22(2)(a)'),
    part('proposed-changes', 'SEND Regs 2014 reg 22(2)(a)'),
    part('evidence', 'SEND Regs 2014 reg 22(2)(a)'),
    part('right-to-comment', 'SEND Regs 2014 reg 22(2)(c)'),
    part('right-to-ask-for-a-setting', 'SEND Regs 2014 reg 22(2)'),
    part('comment-period', 'SEND Regs 2014 reg 22(2)(c)'),
    part('meeting', 'SEND Regs 2014 reg 22(2)'),
    part('where-information-is', 'SEND Regs 2014 reg 22(2)'),
  ],
  'amended-final-plan': [
    part('decision', 'SEND Regs 2014 reg 22(3)'),
    part('right-of-appeal', 'SEND Regs 2014 reg 22(5); CFA 2014 s.51(2)(c)'),
    part('appeal-time-limits', 'SEND Regs 2014 reg 22(5); HESC Rules 2008 rules 12 and 20'),
    ...mediation('SEND Regs 2014 reg 22(5)'),
    part('disagreement-resolution', 'SEND Regs 2014 reg 22(5); CFA 2014 s.57'),
    part('information-and-advice', 'SEND Regs 2014 reg 22(5); CFA 2014 s.32'),
    part('tribunal-recommendations', 'SEND Regs 2014 reg 22(5); SI 2017/1306', RECOMMENDATIONS_FROM),
  ],
  'amendment-declined': [
    part('decision', 'SEND Regs 2014 reg 22(4)'),
    part('reasons', 'SEND Regs 2014 reg 22(4)'),
    part('right-of-appeal', 'SEND Regs 2014 reg 22(5); CFA 2014 s.51(2)(e)'),
    part('appeal-time-limits', 'SEND Regs 2014 reg 22(5); HESC Rules 2008 rules 12 and 20'),
    ...mediation('SEND Regs 2014 reg 22(5)'),
    part('disagreement-resolution', 'SEND Regs 2014 reg 22(5); CFA 2014 s.57'),
    part('information-and-advice', 'SEND Regs 2014 reg 22(5); CFA 2014 s.32'),
    part('tribunal-recommendations', 'SEND Regs 2014 reg 22(5); SI 2017/1306', RECOMMENDATIONS_FROM),
  ],
  'request-withdrawn': [part('withdrawn', 'Good practice')],
  'setting-consultation': [
    part('consultation', 'CFA 2014 s.39(2), s.40(3)'),
    part('consultation-reply', 'SEND Code of Practice 2015 para 9.83 (guidance)'),
  ],
}

/** What the other bodies named by the law must be told of the same decision: the decision, and nothing about the family's rights or reasons. */
const NOTICE_CONTENTS: Partial<Readonly<Record<LetterKind, readonly Part[]>>> = {
  'considering-assessment': [part('considering', 'SEND Regs 2014 reg 4(2)')],
  'decided-to-assess': [part('decision', 'SEND Regs 2014 reg 5(2)')],
  'refused-to-assess': [part('decision', 'SEND Regs 2014 reg 5(2)')],
  'decided-not-to-issue': [part('decision', 'SEND Regs 2014 reg 10(2)')],
  'final-plan': [part('decision', 'SEND Regs 2014 reg 13(2)')],
  'amended-final-plan': [part('decision', 'SEND Regs 2014 reg 22(3)')],
  'request-withdrawn': [part('withdrawn', 'Good practice')],
}

/** The parts a letter must have, for who it is to and the day it is sent. */
export function requiredParts(kind: LetterKind, role: Addressee['role'], sentOn: string): readonly Part[] {
  const asksABody = kind === 'advice-request' || kind === 'advice-chase' || kind === 'setting-consultation'
  const parts = role === 'organisation' && !asksABody ? NOTICE_CONTENTS[kind] : REQUIRED_CONTENTS[kind]
  if (!parts) throw new Error(`a ${kind} letter is never sent to an organisation`)
  return parts.filter((one) => one.from === undefined || one.from <= sentOn)
}
