/** What sending a plan that is held as data takes: its checks, freezing it as sent, and its section I. */
export { planHeld, problemsOf } from './check.ts'
export { ProblemsBeforeSending, refusal } from './problems.tsx'
export {
  draftKind,
  freezeDraft,
  freezeFinal,
  freezeNotice,
  type Held,
  problemWithTheWords,
  secondFinal,
  sectionI,
  sectionIInWords,
  writeSectionI,
} from './send.ts'
