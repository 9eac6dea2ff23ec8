/** The contact points that letters must carry by law: what is in force, and entering one from a day. */
export { POINTS_PATH, routes } from './routes.tsx'
