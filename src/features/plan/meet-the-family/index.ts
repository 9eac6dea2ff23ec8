/** Notes of meetings with the family about a draft: who was there, what was agreed and what was not, and the parts it changes. */
export { routes } from './routes.tsx'
