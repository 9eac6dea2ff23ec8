/** Who agreed the plan: a manager the whole, health and social care their sections; each agreement stands while the words do. */
export { agreementsWanted, type Sending } from './before-sending.ts'
export { agreeAddress, Standing } from './pages.tsx'
export {
  type Agreement,
  loadSignOffs,
  MANAGER_AGREES,
  type ManagerAgrees,
  type SignOff,
  standing,
} from './queries.ts'
export { routes } from './routes.tsx'
