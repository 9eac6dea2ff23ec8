/** Open a record that is not yours, for a reason and a while, and be looked into for it. */
export { countGlassUnseen } from './queries.ts'
export { routes } from './routes.tsx'
