/** Where a child is educated: what kind of setting it is in law, the grounds for naming another, codes, and days without a place. */
export * from './grounds.ts'
export * from './kinds-of-setting.ts'
export * from './places.ts'
