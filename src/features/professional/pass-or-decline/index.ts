/** Advice passed to a colleague or declined with a reason; who writes it and who signs it off. */
export { handOver } from './hand-over.ts'
export { type Colleague, findColleagues, findHandovers, type Handover } from './queries.ts'
export { routes } from './routes.tsx'
