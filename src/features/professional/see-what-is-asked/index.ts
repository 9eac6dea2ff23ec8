/** What is asked of an adviser, by date, with what is already known; and what they have released. */
export { DueCell, howLongLeft } from './due.tsx'
export { findServiceQueue, type QueueRow } from './queries.ts'
export { headTitle, routes } from './routes.tsx'
