import type { CountedLength, RuleVersion } from '../rules/rule.ts'

const UNITS = {
  weeks: ['week', 'weeks'],
  'calendar-days': ['calendar day', 'calendar days'],
  'working-days': ['working day', 'working days'],
  'school-days': ['school day', 'school days'],
  months: ['month', 'months'],
} as const

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The limit in words: "20 weeks", "at least 15 calendar days, the first day included". */
export function lengthInWords({ length, triggerDayCounts }: RuleVersion): string {
  if ('n' in length) return counted(length, triggerDayCounts)
  if ('fixed' in length) {
    const { month, day, bound, yearOf, year } = length.fixed
    const which = year === undefined ? (yearOf === undefined ? '' : ' in the year of transfer') : ` ${year}`
    return `${bound} ${day} ${MONTHS[month - 1]}${which}`
  }
  if ('laterOf' in length) {
    return `the later of ${length.laterOf.map(({ n, from }) => `${n} ${n === 1 ? 'month' : 'months'} from ${from}`).join(' and ')}`
  }
  if ('immediate' in length) return 'immediately'
  if ('asSoonAs' in length) return `as soon as ${length.asSoonAs.replace('-', ' ')}`
  if ('until' in length) return `until ${length.until}`
  if ('during' in length) return `during ${length.during}`
  if ('with' in length) return `with each ${length.with}`
  if ('sameAs' in length) return `the same as the ${length.sameAs}`
  if ('reasonableNotice' in length) return 'reasonable notice'
  return 'it must be done, and no time is set'
}

function counted(length: CountedLength, triggerDayCounts: boolean | null): string {
  const { n, unit, bound, direction, kind, upTo } = length
  if (n === 0) return 'the same day'
  const amount = `${n}${upTo === undefined ? '' : ` to ${upTo}`} ${UNITS[unit][n === 1 && upTo === undefined ? 0 : 1]}`
  const least = bound === 'at-least' ? 'at least ' : ''
  const before = direction === 'before' ? ' before' : ''
  const first =
    kind === 'period-starting-with'
      ? ', starting with the day itself'
      : triggerDayCounts === true
        ? ', the first day included'
        : ''
  return `${least}${amount}${before}${first}`
}
