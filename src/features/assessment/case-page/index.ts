/** The case: who, where, next, whose move, late, promised; then every date, adviser, fact, letter and person. */
export { type Judged, judge, type Numbered } from './judge.ts'
export { findCase } from './queries.ts'
export { asAtOf, routes } from './routes.tsx'
export { headView, prepare } from './view.ts'
