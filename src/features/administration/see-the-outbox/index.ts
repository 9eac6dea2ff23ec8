/** Messages out: what went, what waits and why; approving and calling back a sending to many; work in the background. */
export { JobsPart } from './page.tsx'
export { findJobs } from './queries.ts'
export { routes } from './routes.tsx'
