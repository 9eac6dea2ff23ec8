/** A plan: its sections, its parts, and amounts as people write them. */
export { amountInWords } from './amount.ts'
export { ARRANGED_BY, EVERY, MODES, NEED_TYPES, type NeedType } from './code-sets.ts'
export { marksOfPart, marksOfPlan, type PartMark } from './part-marks.ts'
export * from './parts.ts'
export * from './problems.ts'
export { minutesInWords, readMinutes, readNumber } from './quantities.ts'
export * from './sections.ts'
