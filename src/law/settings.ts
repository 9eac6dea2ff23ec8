/** What an authority may choose, and how: which reading of an uncertain point it follows, its local
 *  targets, and how long before a date it wants to be warned. */
import type { TermCalendar } from './calendar/school-days.ts'

/** A: the first reading; B: the second; both: the page's default draws on each. */
export type Choice = 'A' | 'B' | 'both'

export interface UncertainReading {
  readonly title: string
  readonly A: string
  readonly B: string
  readonly default: Choice
  /** What the default does, in words. */
  readonly defaultWords: string
  /** Choices the engine can follow. One only: the other reading has no effect on a date, or no fact. */
  readonly choices: readonly Choice[]
}

/** Points on which the law is silent or unclear, both readings, and the default taken. */
export const UNCERTAIN_READINGS = {
  'U-1': {
    title: '“Working day” in SI 2014/1530, which does not define it',
    A: 'Monday to Friday less bank holidays, Good Friday and Christmas Day',
    B: 'Tribunal meaning: also without August and 25 December to 1 January',
    default: 'A',
    defaultWords: 'A; B belongs to tribunal proceedings only',
    choices: ['A', 'B'],
  },
  'U-2': {
    title: 'A weekly or daily limit ending on a day offices are shut',
    A: 'The date stands: the Regulations are silent',
    B: 'Common-law relief lets the act be done on the next open day (those cases concern court offices)',
    default: 'A',
    defaultWords: 'A',
    choices: ['A', 'B'],
  },
  'U-3': {
    title: 'Is “notify within” met on sending or on arrival?',
    A: 'Sending: the Regulations elsewhere say “send”, and family clocks run from “was sent”',
    B: 'Arrival, by deemed delivery in the ordinary post (Interpretation Act 1978 s.7)',
    default: 'A',
    defaultWords: 'judge on sending, and warn if it arrived after the limit',
    choices: ['A', 'B'],
  },
  'U-4': {
    title: '“Before 15 February” and “before 31 March”',
    A: 'Literally: done by 14 February or 30 March',
    B: 'By 15 February or 31 March, as guides and councils say',
    default: 'A',
    defaultWords: 'A is the legal date; B is shown as “commonly quoted”',
    choices: ['A', 'B'],
  },
  'U-5': {
    title: 'When a plan is “last reviewed” (CFA 2014 s.44(1))',
    A: 'When the decision is notified after the meeting (Code of Practice 9.169)',
    B: 'The date of the meeting',
    default: 'A',
    defaultWords: 'A, with an earlier warning 12 months from the meeting',
    choices: ['A', 'B'],
  },
  'U-6': {
    title: '“First made”: the date on the final plan or the date it was sent',
    A: 'The date on the plan',
    B: 'The date sent',
    default: 'both',
    defaultWords: 'the earlier of the two',
    choices: ['both', 'A', 'B'],
  },
  'U-7': {
    title: 'When a request is “received” (weekend, out of hours)',
    A: 'The calendar day it arrives',
    B: 'The next working day',
    default: 'A',
    defaultWords: 'A; the law is silent',
    choices: ['A', 'B'],
  },
  'U-8': {
    title: '“At least two weeks’ notice” of a meeting',
    A: '14 days back',
    B: '14 clear days: 15 back',
    default: 'both',
    defaultWords: 'A decides a breach; B is given for planning',
    choices: ['both', 'A', 'B'],
  },
  'U-9': {
    title: 'The 8 weeks when the amendment notice goes early or late',
    A: '8 weeks from sending always',
    B: 'Never later than 12 weeks from the meeting',
    default: 'both',
    defaultWords: 'two rules; the earlier governs',
    choices: ['both', 'A'],
  },
  'U-10': {
    title: 'Do reg 45(7) exceptions reach the 10 and 14 weeks of reg 45(3A)?',
    A: 'No: (7) names only (3) and (6)',
    B: 'Yes: the 2015 note says limits and exceptions were meant to match reg 44',
    default: 'A',
    defaultWords: 'A, flagged',
    choices: ['A', 'B'],
  },
  'U-11': {
    title: 'Last day of SI 2020/471, and cases that straddle it',
    A: '25 September 2020 included',
    B: 'Ceased at the start of 25 September 2020',
    default: 'A',
    defaultWords: 'A; a limit already missed before 1 May 2020 gets no cover',
    choices: ['A', 'B'],
  },
  'U-12': {
    title: 'The limit for deciding NOT to amend after re-assessment',
    A: 'None in reg 27',
    B: 'Implied 14 weeks',
    default: 'A',
    defaultWords: 'A: no limit, with a warning at 14 weeks',
    choices: ['A', 'B'],
  },
  'U-13': {
    title: 'Do reg 5(4) exceptions help a reg 4(1) refusal?',
    A: 'No: they are attached to reg 5(1)',
    B: 'Yes: the same decision in substance',
    default: 'B',
    defaultWords: 'B, flagged',
    choices: ['A', 'B'],
  },
  'U-14': {
    title:
      '“Within the first three months of direct payments being made”: does the first payment’s day count?',
    A: 'Not counted',
    B: 'Counted',
    default: 'B',
    defaultWords: 'B, the earlier',
    choices: ['A', 'B'],
  },
  'U-15': {
    title: 'Did the Children’s Wellbeing and Schools Act 2026 change EHC plans?',
    A: 'No: several sources put the change in a future Bill',
    B: 'One law-firm page says the Act brings the tiers',
    default: 'A',
    defaultWords: 'A; that page appears to mix the Act with the white paper',
    choices: ['A'],
  },
  'U-16': {
    title: 'Tribunal order clocks: date of the order or date it was sent',
    A: '“Order being made” (reg 44)',
    B: 'The tribunal’s leaflet: the day it is sent out',
    default: 'both',
    defaultWords: 'the earlier date',
    choices: ['both', 'A', 'B'],
  },
  'U-17': {
    title: 'Making a plan under an order',
    A: 'Draft in 5 weeks, final in 11 (reg 44(2)(c))',
    B: 'The leaflet and some council pages say “5 weeks”; others 4 weeks to start an assessment',
    default: 'A',
    defaultWords: 'A; the regulation governs',
    choices: ['A'],
  },
  'U-18': {
    title: 'A further exception in the leaflet: the family wants to comment on the plan',
    A: 'Not in reg 44(3)',
    B: 'Left over from older law',
    default: 'A',
    defaultWords: 'ignored',
    choices: ['A'],
  },
  'U-19': {
    title: 'Whose knowledge starts the 15 working days on a move',
    A: 'The old authority’s (text of reg 15(2))',
    B: 'The new authority’s (an older guide)',
    default: 'A',
    defaultWords: 'A',
    choices: ['A'],
  },
  'U-20': {
    title: 'Day 1 when awareness falls on a day that is not a working day',
    A: 'The first working day after',
    B: 'No other reading found',
    default: 'A',
    defaultWords: 'A; the law is silent',
    choices: ['A'],
  },
  'U-21': {
    title: 'Two requests for the same child while one is open',
    A: 'The earliest starts the clock',
    B: 'Each has its own',
    default: 'A',
    defaultWords: 'A; the law is silent',
    choices: ['A', 'B'],
  },
  'U-22': {
    title: 'Does Devon apply to reg 21 reviews?',
    A: 'Yes by parity; no 4-week step for reg 28 amendments',
    B: 'Limited to reg 20',
    default: 'A',
    defaultWords: 'A',
    choices: ['A', 'B'],
  },
  'U-23': {
    title: 'Which text is current',
    A: 'A consolidated snapshot of 3 April 2018 plus later notes; no later effect on the clocks found',
    B: 'A later amendment not seen',
    default: 'A',
    defaultWords: 're-checked on each release',
    choices: ['A'],
  },
  'U-24': {
    title: 'Does a phase-transfer or early review re-set the 12 months?',
    A: 'Yes: it is a review under s.44',
    B: 'No: only the annual one',
    default: 'A',
    defaultWords: 'A',
    choices: ['A', 'B'],
  },
} as const satisfies Record<string, UncertainReading>

export type ReadingRef = keyof typeof UNCERTAIN_READINGS

/** Local targets are neither law nor guidance, and are always shown apart. */
export const LOCAL_TARGETS = {
  'local-review-notice-to-professionals': {
    title: 'Tell professionals of the review meeting 8 weeks before',
    days: 56,
  },
  'local-advice-chase': { title: 'Chase advice that has not come', days: 28 },
  'local-draft-plan': { title: 'Send the draft plan by week 14', days: 98 },
  'local-provision-gap-answer': {
    title: 'Answer a report that provision is not happening',
    days: 5,
    unit: 'working-days',
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly days: number; readonly unit?: 'working-days' }
>

export type LocalTarget = keyof typeof LOCAL_TARGETS

export interface LawSettings {
  /** Readings that differ from the defaults. */
  readonly readings?: Partial<Record<ReadingRef, Choice>>
  /** Local targets in use. */
  readonly localTargets?: readonly LocalTarget[]
  /** Open deadlines this many days or fewer from their last day are due soon. */
  readonly dueSoonDays?: number
  /** School terms, for the few limits counted in school days. */
  readonly terms?: TermCalendar
}

export const DEFAULT_SETTINGS: Required<Pick<LawSettings, 'localTargets' | 'dueSoonDays'>> = {
  localTargets: ['local-review-notice-to-professionals', 'local-advice-chase', 'local-provision-gap-answer'],
  dueSoonDays: 14,
}

/** The reading in force under these settings. */
export function readingOf(settings: LawSettings | undefined, ref: ReadingRef): Choice {
  return settings?.readings?.[ref] ?? UNCERTAIN_READINGS[ref].default
}
