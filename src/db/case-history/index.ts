/** A child's history in the database: reading it, adding to it, and keeping the caches true to it. */
export { type CaseEventRow, loadHistory, standingFacts, toFact } from './events.ts'
export { type NewEvent, recordEvent } from './record-fact.ts'
export { deadlineColumns, lockChildren, refreshChild, summaryColumns } from './refresh.ts'
