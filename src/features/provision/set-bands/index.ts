/** Bands and top-ups: their yearly rates by date, set by managers. */
export { routes } from './routes.tsx'
