/** The authority's own dated settings of the law: readings of uncertain points, local targets, and the days of warning. */
export {
  isLawEverSet,
  lawSettingsFrom,
  loadLawSettings,
  SETTING_KEYS,
  type SettingRow,
} from './law-settings.ts'
