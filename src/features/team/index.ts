/** The manager's page: caseload of each officer, what will miss its date and why, what to allocate and to whom. */
export { routes } from './routes.tsx'
