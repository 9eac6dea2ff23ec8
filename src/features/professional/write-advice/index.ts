/** Advice written as data, saved as it goes, and released: at the professional's door, or by the office from paper. */
export {
  ANSWERS,
  type AnswerKind,
  type ContentOf,
  NEED_TYPES,
  type Need,
  type Outcome,
  type Part,
  type PartKind,
  type Provision,
  quantityInWords,
  SECTIONS,
  type Section,
} from './contents.ts'
export { hintsFor, provisionHints } from './hints.ts'
export { momentInWords } from './pages.tsx'
export { type AskedAdvice, findAsked } from './queries.ts'
export { routes } from './routes.tsx'
export { ShowAdvice, type ShownParagraph } from './show.tsx'
