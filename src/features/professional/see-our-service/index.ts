/** For a head of service and the health lead: all of theirs, due and late, and what can be finished week by week. */
export { routes } from './routes.tsx'
