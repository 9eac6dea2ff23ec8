/** How far a child travels, on what right, and what it costs the climate. */
export * from './carbon.ts'
export * from './doubts.ts'
export * from './factors.ts'
export * from './figures.ts'
export * from './straight-line.ts'
export * from './walking.ts'
