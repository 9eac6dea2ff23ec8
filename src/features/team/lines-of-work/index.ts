/** Whose manager is whose, by line, with dates; and where two managers say different things, who decides. */

export { countConflicts } from './queries.ts'
export { routes } from './routes.tsx'
