/** Staff and professionals at work on a day: who can be managed, manage, and stand in. */
export { type Colleague, colleagues, findColleague, mayBeManaged } from './queries.ts'
