/** Settings as everything about placement shares them: one by its number, who succeeded it, how far it is, and the case it is for. */
export { homeOf } from './home-of.ts'
export { findSetting, isClosedOn, type SettingFacts, settingNames, successorOf } from './queries.ts'
export { PlacementLists } from './tabs.tsx'
