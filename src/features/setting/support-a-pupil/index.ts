/** The graduated response: SEN support in rounds of assess, plan, do, review, with the pupil and the parents. */
export { type EvidencePart, evidenceOf, evidenceText } from './evidence.ts'
export { WHY_THE_REVIEW } from './pupil-page.tsx'
export { type Asking, findPupil, findReviewsDue, type Pupil, type PupilRecord } from './queries.ts'
export { routes } from './routes.tsx'
export { type Provision, provisionSchema } from './schema.ts'
