/** Everybody who may see a child today, by what they are to the child, since when, until when and why. */
export { findWhoMaySee, type Onlooker } from './queries.ts'
export { routes } from './routes.tsx'
