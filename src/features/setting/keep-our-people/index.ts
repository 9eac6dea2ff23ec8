/** A setting keeps its own people: added by name, confirmed each term, ended the day they leave. */
export { routes } from './routes.tsx'
