/** Ask for an assessment online, before or after having an account. */
export { formatsInWords, Lines, rowsOf } from './check.tsx'
export type { Answers } from './drafts.ts'
export { decisionAfter } from './due.ts'
export { forgetHolder } from './holder.ts'
export { routes } from './routes.tsx'
