/** The administrator's first page: how far the authority is set up, and what is missing. */
export { routes } from './routes.tsx'
