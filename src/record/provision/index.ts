/** Provision as it was promised and as it happened: what falls due of a line, and the ledger of what became of it. */
export * from './confirmations.ts'
export * from './ledger.ts'
export * from './promise.ts'
export * from './school-year.ts'
