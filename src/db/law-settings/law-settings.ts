import { sql } from 'kysely'
import {
  type Choice,
  DEFAULT_SETTINGS,
  type LawSettings,
  LOCAL_TARGETS,
  type LocalTarget,
  type PlainDate,
  type ReadingRef,
  UNCERTAIN_READINGS,
} from '../../law/index.ts'
import { readTerms } from '../../record/provision/index.ts'
import type { Trx } from '../viewer.ts'

/** A row of authority_setting, as far as the law asks. */
export interface SettingRow {
  readonly key: string
  readonly value: unknown
}

/** The keys the law reads. `reading.U-2` holds "A", "B" or "both"; `target.<id>` its days, or 0 when not in use; `due-soon-days` a number of days; `term-dates` the terms. */
export const SETTING_KEYS = {
  reading: 'reading.',
  target: 'target.',
  dueSoon: 'due-soon-days',
  terms: 'term-dates',
} as const

const ofTheLaw = sql<boolean>`(starts_with(key, ${SETTING_KEYS.reading}) or starts_with(key, ${SETTING_KEYS.target}) or key in (${SETTING_KEYS.dueSoon}, ${SETTING_KEYS.terms}))`

/** Has the authority ever chosen for itself, whether or not it holds today? Without, no date of a closed case can have moved. */
export async function isLawEverSet(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{
    ever: boolean
  }>`select exists (select from authority_setting where ${ofTheLaw}) as ever`.execute(trx)
  return rows[0]!.ever
}

/**
 * How the authority reads the law on a day: of the rows valid on it, the one set last for each key. The same values give
 * the same object, which is what the engine knows a compiled law by; no rows give the defaults.
 */
export async function loadLawSettings(trx: Trx, onDay: string): Promise<LawSettings> {
  const { rows } = await sql<SettingRow>`
    select distinct on (key) key, value from authority_setting
    where ${ofTheLaw}
      and valid_from <= ${onDay}::date and (valid_to is null or valid_to > ${onDay}::date)
    order by key, id desc`.execute(trx)
  return lawSettingsFrom(rows)
}

const KEPT = 32
const kept = new Map<string, LawSettings>()

/** The settings that rows give, one row to a key. A row the law cannot follow is an error, never a thing to skip: dates would be wrong in silence. */
export function lawSettingsFrom(rows: readonly SettingRow[]): LawSettings {
  const sorted = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const settings = sorted.length === 0 ? DEFAULT_SETTINGS : read(sorted)
  if (settings === DEFAULT_SETTINGS) return settings
  const content = JSON.stringify(settings)
  const same = kept.get(content)
  if (same) return same
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
  kept.set(content, settings)
  return settings
}

function read(rows: readonly SettingRow[]): LawSettings {
  const readings: Partial<Record<ReadingRef, Choice>> = {}
  const targets = new Set<LocalTarget>(DEFAULT_SETTINGS.localTargets)
  let { dueSoonDays } = DEFAULT_SETTINGS
  let terms: LawSettings['terms']
  for (const { key, value } of rows) {
    if (key.startsWith(SETTING_KEYS.reading)) {
      const ref = key.slice(SETTING_KEYS.reading.length)
      if (!isReading(ref)) throw new Error(`The setting ${key} names no uncertain reading: U-1 to U-24`)
      const choices: readonly Choice[] = UNCERTAIN_READINGS[ref].choices
      const chosen = choices.find((choice) => choice === value)
      if (!chosen)
        throw new Error(
          `The setting ${key} is ${JSON.stringify(value)}; it may be ${choices.map((choice) => `"${choice}"`).join(' or ')}`,
        )
      if (chosen !== UNCERTAIN_READINGS[ref].default) readings[ref] = chosen
    } else if (key.startsWith(SETTING_KEYS.target)) {
      const id = key.slice(SETTING_KEYS.target.length)
      if (!isTarget(id)) throw new Error(`The setting ${key} names no local target`)
      const { days, unit }: { days: number; unit?: string } = LOCAL_TARGETS[id]
      if (value !== 0 && value !== days)
        throw new Error(
          `The setting ${key} is ${JSON.stringify(value)}; this version of Clearway counts ${days} ${(unit ?? 'days').replace('-', ' ')} for it, or 0 for not in use`,
        )
      if (value === 0) targets.delete(id)
      else targets.add(id)
    } else if (key === SETTING_KEYS.terms) terms = schoolDaysIn(value)
    else {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 90)
        throw new Error(`The setting ${key} is ${JSON.stringify(value)}; it must be 1 to 90 days`)
      dueSoonDays = value
    }
  }
  const localTargets = (Object.keys(LOCAL_TARGETS) as LocalTarget[]).filter((id) => targets.has(id))
  const settings = { readings, localTargets, dueSoonDays, ...(terms ? { terms } : {}) }
  return JSON.stringify(settings) === AS_DEFAULT ? DEFAULT_SETTINGS : settings
}

/** The terms as the law counts school days: what lies on each side of a half-term break. None given, no school day is counted. */
function schoolDaysIn(value: unknown): LawSettings['terms'] {
  const terms = readTerms(value).given.flatMap(({ from, to, halfTerm }) =>
    halfTerm
      ? [
          { from, to: (halfTerm.from - 1) as PlainDate },
          { from: (halfTerm.to + 1) as PlainDate, to },
        ]
      : [{ from, to }],
  )
  return terms.length === 0 ? undefined : { terms }
}

/** What rows that only repeat the defaults give. */
const AS_DEFAULT = JSON.stringify({
  readings: {},
  localTargets: (Object.keys(LOCAL_TARGETS) as LocalTarget[]).filter((id) =>
    DEFAULT_SETTINGS.localTargets.includes(id),
  ),
  dueSoonDays: DEFAULT_SETTINGS.dueSoonDays,
})

const isReading = (ref: string): ref is ReadingRef => Object.hasOwn(UNCERTAIN_READINGS, ref)
const isTarget = (id: string): id is LocalTarget => Object.hasOwn(LOCAL_TARGETS, id)
