/** A personal budget asked for, prepared and taken up, and direct payments with their reviews (Children and Families Act 2014, s.49; SI 2014/1652). */
export { FamilyBudget } from './family.tsx'
export { BUDGET_STATES, findBudget, type PersonalBudget, SEN2_DIRECT_PAYMENT } from './queries.ts'
export { routes } from './steps.tsx'
