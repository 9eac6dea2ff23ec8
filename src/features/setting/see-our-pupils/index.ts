/** The roll of a setting today: where each pupil is, and one pupil's page. */
export { routes } from './routes.tsx'
