/**
 * The sections of a plan, in order (SEND Regulations 2014, reg 12(1)). Each must be separately identified: a council styles
 * them, and can neither drop nor merge one.
 */
export const PLAN_SECTIONS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'I', 'J', 'K'] as const
export type PlanSection = (typeof PLAN_SECTIONS)[number]

export interface SectionRule {
  /** Its plain name: what every template must let the reader recognise. */
  readonly title: string
  /** What the regulation says it must set out. */
  readonly mustSetOut: string
  readonly law: string
}

export const SECTION_RULES: Readonly<Record<PlanSection, SectionRule>> = {
  A: {
    title: 'Views, interests and aspirations',
    mustSetOut: 'the views, interests and aspirations of the child and their parents, or of the young person',
    law: 'SEND Regulations 2014, reg 12(1)(a)',
  },
  B: {
    title: 'Special educational needs',
    mustSetOut: 'all of the child’s or young person’s special educational needs',
    law: 'SEND Regulations 2014, reg 12(1)(b)',
  },
  C: {
    title: 'Health needs',
    mustSetOut: 'health care needs which relate to their special educational needs',
    law: 'SEND Regulations 2014, reg 12(1)(c)',
  },
  D: {
    title: 'Social care needs',
    mustSetOut: 'social care needs which relate to their special educational needs or to a disability',
    law: 'SEND Regulations 2014, reg 12(1)(d)',
  },
  E: {
    title: 'Outcomes',
    mustSetOut: 'the outcomes sought',
    law: 'SEND Regulations 2014, reg 12(1)(e)',
  },
  F: {
    title: 'Special educational provision',
    mustSetOut: 'the special educational provision required',
    law: 'SEND Regulations 2014, reg 12(1)(f)',
  },
  G: {
    title: 'Health provision',
    mustSetOut:
      'health care provision reasonably required by the learning difficulties or disabilities which result in special educational needs',
    law: 'SEND Regulations 2014, reg 12(1)(g)',
  },
  H1: {
    title: 'Social care provision under the 1970 Act',
    mustSetOut:
      'social care provision which must be made for a person under 18 under section 2 of the Chronically Sick and Disabled Persons Act 1970',
    law: 'SEND Regulations 2014, reg 12(1)(h)(i)',
  },
  H2: {
    title: 'Other social care provision',
    mustSetOut:
      'any other social care provision reasonably required by the learning difficulties or disabilities which result in special educational needs',
    law: 'SEND Regulations 2014, reg 12(1)(h)(ii)',
  },
  I: {
    title: 'Placement',
    mustSetOut: 'the name and type of the setting, or the type where none is named; empty in a draft',
    law: 'SEND Regulations 2014, reg 12(1)(i); Children and Families Act 2014, s.38(5)',
  },
  J: {
    title: 'Personal budget',
    mustSetOut: 'where provision is secured by a direct payment, the needs and outcomes it meets',
    law: 'SEND Regulations 2014, reg 12(1)(j)',
  },
  K: {
    title: 'Advice and information',
    mustSetOut: 'the advice and information gathered in the assessment, as appendices',
    law: 'SEND Regulations 2014, reg 12(1)(k)',
  },
}

export const isPlanSection = (text: string): text is PlanSection =>
  (PLAN_SECTIONS as readonly string[]).includes(text)

/** Sections that say what is provided, line by line. */
export const PROVISION_SECTIONS = ['F', 'G', 'H1', 'H2'] as const
export type ProvisionSection = (typeof PROVISION_SECTIONS)[number]

/** Sections that say what is needed. */
export const NEED_SECTIONS = ['B', 'C', 'D'] as const
export type NeedSection = (typeof NEED_SECTIONS)[number]
