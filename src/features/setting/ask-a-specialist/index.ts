/** Questions of settings to the specialists of a locality team, and their answers. */
export { QuestionsOfPupil } from './page.tsx'
export { ANSWER_DAYS_UNLESS_SET, ANSWER_PROMISE } from './promise.ts'
export { findQuestions, type Question } from './queries.ts'
export { routes } from './routes.tsx'
export { specialistWords } from './words.ts'
