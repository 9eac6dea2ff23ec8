/** The exceptions, each built once and cited by each rule that has it. An exception lifts a limit
 *  (the authority "need not comply ... if it is impractical to do so because"); it never moves a date. */
import type { ReadingCondition, RuleException } from './rule.ts'

/** SI 2020/471: in force 1 May 2020, ceased to have effect on 25 September 2020 (reg 2(2); U-11). */
export const CORONAVIRUS_PERIOD = { from: '2020-05-01', to: '2020-09-25' } as const

type Build = (citation: string, reading?: ReadingCondition) => RuleException

function exception(id: string, legs: RuleException['legs'], summary: string): Build {
  return (citation, reading) => ({ id, citation, summary, legs, ...(reading ? { reading } : {}) })
}

/** E1: reg 5(4)(a), 10(4)(a), 27(3)(a). */
export const schoolClosed = exception(
  'school-closed-4-weeks',
  'impractical',
  'advice was requested from the head or principal of a school or post-16 institution in the window that opens one week before a closure of at least 4 continuous weeks begins and shuts one week before re-opening',
)
/** E2: reg 5(4)(b), 10(4)(b), 27(3)(b). */
export const earlyYearsClosed = exception(
  'early-years-closed-4-weeks',
  'impractical',
  'same window, where advice was requested from the SEN lead or other person responsible at a provider of relevant early years education',
)
/** E3: exceptional personal circumstances. */
export const personalCircumstances = exception(
  'exceptional-personal-circumstances',
  'impractical',
  'exceptional personal circumstances affect the child, the parent or the young person during the period',
)
/** E4: away from the area for 4 continuous weeks or more. */
export const absentFourWeeks = exception(
  'absent-4-weeks',
  'impractical',
  'the child, the parent or the young person is away from the authority’s area for at least 4 continuous weeks during the period',
)
/** E5: reg 8(2)(a) only; not limited to personal circumstances. */
export const exceptionalCircumstances = exception(
  'exceptional-circumstances',
  'impractical',
  'exceptional circumstances affect the child, parent or young person during the 6 weeks',
)
/** E6: reg 8(2)(c). */
export const missedAppointment = exception(
  'missed-appointment',
  'impractical',
  'the child or young person missed an examination or test appointment made by the body during the 6 weeks',
)
/** E7: reg 44(3)(b), 45(7)(b): two weeks, not four. */
export const absentTwoWeeks = exception(
  'absent-2-weeks',
  'impractical',
  'the child, parent or young person is away from the area for a continuous 2 weeks or more during the period',
)
/** E8: any reg 10(4) reason, through reg 13(3). */
export const carriedOver = exception(
  'assessment-exceptions-carried-over',
  'impractical',
  'any of the reg 10(4) reasons',
)
/** SI 2015/62 reg 5(4)(a)-(c). */
export const parallelToReg5 = exception(
  'see-reg-5-4',
  'impractical',
  'school closed 4 weeks, exceptional personal circumstances, or away 4 weeks',
)
/** E9. */
export const tribunalDirection = exception(
  'tribunal-direction',
  'condition',
  'a direction of the First-tier Tribunal displaces the standard period',
)
/** E11: SI 2017/1306 reg 6(4), 7(2). */
export const tribunalDirectsDifferent = exception(
  'tribunal-directs-different',
  'condition',
  'the tribunal directs a different time limit',
)
/** E10: reg 42(5). */
export const agreedInWriting = exception(
  'agreed-in-writing',
  'condition',
  'the parties agree in writing to a different timescale',
)
export const familyConsents = exception(
  'family-consents',
  'condition',
  'the family agrees to a shorter notice',
)
export const placementOnlyAppeal = exception(
  'placement-only-appeal',
  'condition',
  'no certificate is needed for an appeal only about the setting named, the type named, or no setting being named',
)
export const extensionOfTime = exception(
  'extension-of-time',
  'condition',
  'the tribunal may admit a late appeal on a reasoned request (rule numbers from memory)',
)
export const suitableAlternative = exception(
  'suitable-alternative-arrangements',
  'condition',
  'the parent or young person has made suitable alternative arrangements',
)
export const yearElevenExams = exception(
  'year-11-exams-done',
  'condition',
  'Year 11 pupil with all public examinations taken or missed',
)
export const extensionTen = exception('extension-10', 'condition', 'up to 10 more working days with reasons')
export const extensionTwenty = exception(
  'extension-20',
  'condition',
  'up to 20 more working days with reasons',
)
export const goodReason = exception(
  'good-reason',
  'condition',
  'the Ombudsman may accept late complaints for good reason (subsection from memory)',
)

/** C1: impractical for a reason relating to the incidence or transmission of coronavirus. */
export function coronavirusImpractical(citation: string): RuleException {
  return {
    id: 'coronavirus-2020-impractical',
    citation,
    summary: 'a reason relating to the incidence or transmission of coronavirus',
    legs: 'impractical',
    inForce: CORONAVIRUS_PERIOD,
  }
}

/** C2: the period is read as "as soon as reasonably practicable" while it is not reasonably practicable
 *  to meet it for a reason relating to the incidence or transmission of coronavirus (reg 2A). */
export function coronavirusAsSoonAs(citation: string): RuleException {
  return {
    id: 'coronavirus-2020-asrp',
    citation,
    summary:
      'a reason relating to the incidence or transmission of coronavirus made it not reasonably practicable to meet the period, which is then read as "as soon as reasonably practicable"',
    legs: 'impractical',
    inForce: CORONAVIRUS_PERIOD,
  }
}

/** Secretary of State notices under the Coronavirus Act 2020: reasonable endeavours, to 31 July 2020. */
export function coronavirusSection42(citation: string): RuleException {
  return {
    id: 'coronavirus-2020-section-42',
    citation,
    summary: 'the duty was treated as met by reasonable endeavours',
    legs: 'impractical',
    inForce: { from: '2020-05-01', to: '2020-07-31' },
  }
}
