/** A child as a record: what identifies them, who is the same child, and when their rights become their own. */

export * from './barred.ts'
export { type Identity, type Judgement, judgeDuplicate, type Likeness } from './duplicates.ts'
export { type Candidate, findDuplicates } from './find-duplicates.ts'
export * from './identifiers.ts'
export { type ChildRecord, loadChild, type Person } from './load-child.ts'
export { type FoundSetting, findSetting, findSettings, MOST_SETTINGS } from './settings.ts'
export * from './words.ts'
export { ageOn, birthday, isYoungPerson, schoolYearOn, youngPersonFrom } from './young-person.ts'
