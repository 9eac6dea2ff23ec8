/** The money of a plan: pence, dated sums, the months they are paid in, and who bears them. */
export * from './pence.ts'
