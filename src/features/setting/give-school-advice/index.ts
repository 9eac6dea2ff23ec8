/** A school's advice and information for an assessment (SEND Regulations 2014, reg 6(1)(b)): written as it goes, released once. */
export { adviceWords, SchoolAdvicePanel, WHY_6_WEEKS } from './page.tsx'
export { type AdviceAsked, findAdviceAsked, findReleasedSchoolAdvice } from './queries.ts'
export { routes } from './routes.tsx'
export { type AdviceLine, readLines } from './schema.ts'
