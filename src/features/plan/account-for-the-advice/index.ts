/** What the advice recommends, and how the plan answers: used, left out with a reason, or waiting. */
export { type AdviceThatCame, loadAdviceThatCame, notAppended } from './appendices.ts'
export { forSection, offerAppendices } from './offer.tsx'
export {
  type ChangedAdvice,
  findChangedAdvice,
  type LeftOut,
  loadLeftOut,
  loadNewestReleases,
  loadRecommendations,
  REASONS as LEFT_OUT_REASONS,
  type Recommendation,
  usedParts,
} from './queries.ts'
export { routes } from './routes.tsx'
export { loadSchoolLines, offerSchoolLines } from './school-lines.tsx'
export { sectionsFor } from './use-advice.ts'
