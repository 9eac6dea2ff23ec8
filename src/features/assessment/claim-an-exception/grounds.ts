import {
  computeDeadlines,
  date,
  type ExceptionGround,
  type Fact,
  findRule,
  shortDate,
} from '../../../law/index.ts'

/** The limits an exception may be claimed for in an assessment. */
export const LIMITS = {
  'decision-to-assess': 'The 6 weeks to decide whether to assess (regulation 5(1))',
  'decision-not-to-issue': 'The 16 weeks to say that no plan will be made (regulation 10(1))',
  'final-plan': 'The 20 weeks to send the final plan (regulation 13(2))',
  'advice-response': 'The 6 weeks for a partner body to give advice (regulation 8(1))',
} as const
export type Limit = keyof typeof LIMITS
export const LIMIT_IDS = Object.keys(LIMITS) as readonly Limit[]

/** What the officer must show for each ground: the first leg, in plain words. */
export const GROUNDS = {
  'school-closed-4-weeks': {
    title: 'The school or college was closed for 4 weeks or more',
    hint: 'And the authority asked its head or principal for advice in the window from one week before it closed to one week before it re-opened.',
  },
  'early-years-closed-4-weeks': {
    title: 'The early years provider was closed for 4 weeks or more',
    hint: 'And the authority asked it for advice in the same window.',
  },
  'exceptional-personal-circumstances': {
    title: 'Exceptional personal circumstances of the child, the parent or the young person',
    hint: 'Theirs, not the authority’s. During the period.',
  },
  'absent-4-weeks': {
    title: 'The child, the parent or the young person was away from the area for 4 weeks or more',
    hint: 'Continuously, during the period.',
  },
  'exceptional-circumstances': {
    title: 'Exceptional circumstances affected the child, the parent or the young person',
    hint: 'For advice only.',
  },
  'missed-appointment': {
    title: 'The child or young person missed an appointment for an examination or a test',
    hint: 'For advice only. Made by the body that gives the advice, during its 6 weeks.',
  },
  'coronavirus-2020-impractical': {
    title: 'A reason relating to coronavirus (1 May to 25 September 2020 only)',
    hint: 'A cause that has nothing to do with coronavirus gets nothing.',
  },
} as const satisfies Partial<Record<ExceptionGround, { title: string; hint: string }>>
export type Ground = keyof typeof GROUNDS
export const GROUND_IDS = Object.keys(GROUNDS) as readonly Ground[]

export const isGround = (text: string): text is Ground => Object.hasOwn(GROUNDS, text)
export const isLimit = (text: string): text is Limit => Object.hasOwn(LIMITS, text)

/** Does the law list the ground for the limit, in a version in force now or then? */
export const isListed = (ground: Ground, limit: Limit): boolean =>
  findRule(limit)?.versions.some((version) =>
    version.exceptions.some((exception) => exception.id === ground),
  ) ?? false

const inWords = (said: string): string => said.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => shortDate(date(day)))

/** What the law finds missing from a claim, if a manager were to approve it: one line for each limit; none when it would lift them all. */
export function missingFromClaim(
  facts: readonly Fact[],
  claim: Fact,
  limits: readonly Limit[],
  today: string,
): readonly { readonly limit: Limit; readonly missing: string }[] {
  const approved: Fact = { ...claim, approvedBy: 'a manager' }
  return testedFor([...facts, approved], (fact) => fact === approved, limits, today)
}

/** What the law finds missing from a claim as it was approved: one line for each limit it does not lift. */
export const missingFromApproved = (
  facts: readonly Fact[],
  eventId: string,
  limits: readonly Limit[],
  today: string,
): readonly { readonly limit: Limit; readonly missing: string }[] =>
  testedFor(facts, (fact) => fact.id === eventId, limits, today)

function testedFor(
  facts: readonly Fact[],
  isClaim: (fact: Fact) => boolean,
  limits: readonly Limit[],
  today: string,
): readonly { readonly limit: Limit; readonly missing: string }[] {
  const deadlines = computeDeadlines(facts, {
    asAt: date(today),
    rules: new Set<string>(limits),
  })
  return limits.flatMap((limit) => {
    const ofLimit = deadlines.filter((one) => one.rule === limit && one.startedOn !== null)
    if (ofLimit.length === 0) return [{ limit, missing: 'this clock has not started' }]
    const tested = ofLimit
      .flatMap((one) => one.because)
      .filter((reason) => reason.type === 'exception' && isClaim(reason.fact))
    if (tested.some((reason) => reason.type === 'exception' && reason.lifts)) return []
    const words = [
      ...new Set(tested.flatMap((reason) => (reason.type === 'exception' ? reason.missing : []))),
    ]
    return [{ limit, missing: inWords(words.join('; ')) || 'it is not a listed exception for this limit' }]
  })
}

/** Words of reasons that are often offered and are no exception (shortage of staff, late advice, panel dates, funding). */
const NEVER_AN_EXCEPTION =
  /\b(staff|shortage|capacity|workload|too busy|psychologist|EPs?|panels?|half[- ]term|holidays?|late advice|funding|backlog)\b/i

/** Does what a claim says speak of a reason that is an exception nowhere? A warning for whoever decides, never a refusal. */
export const namesNoException = (payload: unknown): boolean =>
  NEVER_AN_EXCEPTION.test(JSON.stringify(payload))
