/** Localities and teams: added, renamed, and ended on a day. Cases refer to them, so none is ever deleted. */
export { listPlaces, PLACES_PATH, type Place } from './queries.ts'
export { routes } from './routes.tsx'
