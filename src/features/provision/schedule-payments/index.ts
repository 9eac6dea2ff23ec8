/** Who is paid what in each month, back payments and overpayments shown, and as a table for the finance system. */
export { routes } from './routes.tsx'
