/** How the authority reads the law where it is unclear, and its local targets: what is in force, and setting one from a day. */
export { setAReadingRoutes } from './routes.tsx'
