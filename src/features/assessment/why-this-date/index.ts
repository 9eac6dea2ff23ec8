/** Why this date: the fact, the rule, the arithmetic, the exceptions, the uncertain readings, and what the family is told. */
export { routes } from './routes.tsx'
