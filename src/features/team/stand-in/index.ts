/** Away, and who stands in: their cases reach the stand-in until the day. */
export {
  type Away,
  findDeputy,
  findStandingInFor,
  findUncovered,
  listAway,
  listStandIns,
  type StandIn,
  type Uncovered,
} from './queries.ts'
export { routes } from './routes.tsx'
