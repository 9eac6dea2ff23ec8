/** The public face of the law: dates, facts, rules, deadlines and their reasons. */
export * from './calendar/plain-date.ts'
export * from './deadline.ts'
export * from './facts.ts'
export type { Reason } from './reasons.ts'
