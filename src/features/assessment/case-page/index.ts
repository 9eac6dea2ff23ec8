/** The case: who, where, next, whose move, late, promised; then every date, adviser, fact, letter and person. */
export { judge, type Judged, type Numbered } from './judge.ts'
export { findCase } from './queries.ts'
export { asAtOf, routes } from './routes.tsx'
export { headView, prepare } from './view.ts'
