/** The child somebody knows at home and must not see at work; and who here has more than one capacity. */
export { routes } from './routes.tsx'
