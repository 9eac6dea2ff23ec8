/** Give a case, or many, to a coordinator, with a handover note. */
export { type Assigned, asResult, assignCases } from './command.ts'
export { assignForm, readChosen } from './form.ts'
export { type AssignCase, findCasesToAssign, findHolders } from './queries.ts'
export { AssignQuestions, type Holder } from './questions.tsx'
export { routes } from './routes.tsx'
