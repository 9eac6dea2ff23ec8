/** The plan as everybody who works on it shares it: finding it, its parts as they stand, saving one, freezing a version, reading one. */
export { freezeVersion, planHash, sectionsHash } from './freeze.ts'
export {
  currentTemplate,
  findPlan,
  findPlanOfChild,
  loadParts,
  loadSaves,
  loadTemplate,
  loadVersion,
  loadVersions,
  type Plan,
  type PlanTemplate,
  type PlanVersion,
  type SavedPart,
  type VersionHead,
} from './queries.ts'
export { beginPlan, changePart, type PartSaved, type PlanSaver, removePart, savePart } from './save.ts'
