/** Every look at a child's record, for managers and the data officer, and as a spreadsheet. */
export { routes } from './routes.tsx'
