/** Find a child, and the child's page. */
export { routes } from './routes.tsx'
