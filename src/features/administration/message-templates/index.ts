/** How the council words its messages: dated, with the legal parts locked. */
export { routes } from './routes.tsx'
