/** A health body tells of a young child (Children and Families Act 2014, s.23), and the locality team follows it up. */
export { routes } from './routes.tsx'
