/** A setting answers a consultation: can meet the needs, can on conditions, or says it cannot and why in law. */

export { WHY_15_DAYS } from './page.tsx'
export { SettingAnswers } from './panel.tsx'
export { type Consultation, findConsultations, findSentAnswers, type SentAnswer } from './queries.ts'
export { routes } from './routes.tsx'
