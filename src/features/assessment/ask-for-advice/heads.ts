import { ADVICE_HEADS, type AdviceHead, date } from '../../../law/index.ts'
import { nationalCurriculumYear } from '../../../record/school-age.ts'

/** Each head of regulation 6(1), in the order of the law, as the page asks for it. */
export const HEADS = {
  parent: { ref: '6(1)(a)', title: 'The parent or young person', who: 'Views and evidence of the family' },
  educational: {
    ref: '6(1)(b)',
    title: 'Education',
    who: 'Head teacher or principal of the setting attended; if there is none, someone who knows what such children need',
  },
  'armed-forces': {
    ref: '6(1)(b)',
    title: 'Secretary of State for Defence',
    who: 'Only if a parent is serving in the armed forces',
  },
  medical: {
    ref: '6(1)(c)',
    title: 'Health',
    who: 'A health care professional chosen by the health commissioning body',
  },
  psychological: { ref: '6(1)(d)', title: 'Psychology', who: 'An educational psychologist' },
  'social-care': {
    ref: '6(1)(e)',
    title: 'Social care',
    who: 'Social care, even if the child is not known to them',
  },
  other: {
    ref: '6(1)(f)',
    title: 'Anybody else you think appropriate',
    who: 'A therapist, a youth offending team…',
  },
  'preparing-for-adulthood': {
    ref: '6(1)(g)',
    title: 'Preparing for adulthood and independent living',
    who: 'From year 9 on',
  },
  'requested-by-family': {
    ref: '6(1)(h)',
    title: 'Anybody the family reasonably asks for',
    who: 'Ask the family first, and record whom they name',
  },
} as const satisfies Record<AdviceHead, { ref: string; title: string; who: string }>

/** Heads the law requires in every assessment. */
export const ALWAYS: readonly AdviceHead[] = [
  'parent',
  'educational',
  'medical',
  'psychological',
  'social-care',
]

/** From year 9 on, advice on preparing for adulthood is required (reg 6(1)(g)). */
export const isYearNineOrAbove = (dateOfBirth: string, today: string): boolean =>
  nationalCurriculumYear(date(dateOfBirth), date(today)) >= 9

export const allHeads = ADVICE_HEADS
