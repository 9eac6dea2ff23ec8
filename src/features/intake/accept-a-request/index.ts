/** Take in requests made online: the clock of each runs from the day it came, opened or not. */
export { countWaiting } from './queries.ts'
export { routes } from './routes.tsx'
