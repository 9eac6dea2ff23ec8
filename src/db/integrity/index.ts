/** Proof that nobody changed the past: the chain of case history, the seals of the access log, and the anchor outside. */
export { type AnchorReport, type AnchorSummary, BadAnchor, readAnchor, writeAnchor } from './anchor.ts'
export { NotTheOwner, requireApplicationLogin, requireOwner, UnsafeLogin } from './owner-only.ts'
export type { Head, HistoryBreak, HistoryReport } from './verify-history.ts'
export { type RecordReport, type Verified, verifyRecord, verifyWithin } from './verify-record.ts'
