/** A plan as paper: what its PDF and its Word file say. */
export { myPlanDocument } from './my-plan-document.ts'
export { evidenceList, type PlanToPrint, planDocument, planTitle } from './plan-document.ts'
export { translationSheet } from './translation-sheet.ts'
