/** An assessment as casework pages see it, and the shape every casework step shares. */
export { type CaseStep, caseStep, type StepResult, type StepRun, typedForm } from './case-step.tsx'
export { type CaseContact, type CaseFile, loadCase, loadContacts } from './load-case.ts'
export {
  impossibleOf,
  lateWords,
  linesOf,
  otherOpenAssessment,
  recordOnCase,
  requestOf,
  type StepFact,
  withFacts,
} from './record-on-case.ts'
export { datesThatFollow, LawHint, WhatFollows } from './what-follows.tsx'
