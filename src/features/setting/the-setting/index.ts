/** What every page behind the setting's door shares: where the person works, when things are due, and forms sent twice. */
export { type OurSetting, ourSettings, speaksForSetting } from './our-settings.ts'
export { askedBy, isUuid, refusedFor, STALE, settingAccess, speakerAccess } from './pages.ts'
export { EnterSaves, Expander, SetText, WhyThisDate } from './parts.tsx'
export { dueOn, type When } from './when.ts'
