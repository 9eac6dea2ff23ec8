/** A plan as paper: what its PDF and its Word file say. */
export { evidenceList, type PlanToPrint, planDocument, planTitle } from './plan-document.ts'
