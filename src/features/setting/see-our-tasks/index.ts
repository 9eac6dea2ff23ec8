/** The first page behind the setting's door: what is asked of it, soonest first; and the letters it was sent. */
export { routes } from './routes.tsx'
