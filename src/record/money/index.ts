/** The money of a plan: pence, dated sums, the months they are paid in, and who bears them. */
export * from './dated-sum.ts'
export * from './pence.ts'
export * from './schedule.ts'
export * from './shares.ts'
