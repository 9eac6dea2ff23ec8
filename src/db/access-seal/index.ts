/** Seals over the access log: made each minute by the server, checked by `clearway verify`. */
export { sealAccessLog } from './seal-access-log.ts'
export { type SealBreak, type SealReport, verifySeals } from './verify-seals.ts'
