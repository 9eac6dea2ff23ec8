/** The ids of the plan that tests of the walls try. */
const id = (n: number): string => `00000000-0000-4000-8000-0000000006${String(n).padStart(2, '0')}`

export const REHEARSED_PLAN = {
  plan: id(1),
  line: id(2),
  healthLine: id(3),
  cohort: id(21),
  report: id(22),
  sum: id(23),
  payment: id(24),
  comment: id(25),
  pages: [id(26), id(27)],
  working: id(28),
  paragraph: id(29),
  change: id(30),
  run: id(31),
  letter: id(32),
  versions: { working: id(11), draft: id(12), final: id(13) },
} as const
