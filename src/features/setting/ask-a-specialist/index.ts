/** Questions of settings to the specialists of a locality team, and their answers. */
export { QuestionsOfPupil } from './page.tsx'
export { findQuestions, type Question } from './queries.ts'
export { routes } from './routes.tsx'
export { specialistWords } from './words.ts'
