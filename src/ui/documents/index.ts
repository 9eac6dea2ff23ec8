/** Links to documents for printing, and what is said when one cannot be made. */
export { DocumentLinks } from './links.tsx'
export { NotAsSent, NotMade } from './not-made.tsx'
