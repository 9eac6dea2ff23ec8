/** The quality lead lets an auditor into sampled plans for a while. */
export { routes } from './routes.tsx'
