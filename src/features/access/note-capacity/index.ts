/** Whose the rights are: the day they pass to the young person, consent on paper, and notes on capacity. */
export { countRightsPassing } from './queries.ts'
export { routes } from './routes.tsx'
