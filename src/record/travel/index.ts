/** How far a child travels, on what right, and what it costs the climate. */
export * from './straight-line.ts'
