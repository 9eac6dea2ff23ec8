import type { Trx } from '../../../db/viewer.ts'
import type { AskedFor } from '../../../record/placement/index.ts'
import type { CaseFile } from '../../assessment/the-case/index.ts'
import { findSetting, type SettingFacts } from '../the-settings/index.ts'

/** What a family asked for: a setting of the directory, or a name that is none of them yet. */
export interface FamilyWish extends AskedFor {
  readonly on: string
  readonly setting: SettingFacts | null
}

/** What the family asked for, newest first; by comment on the draft, or as it was told and written down. */
export async function wishesOf(trx: Trx, file: CaseFile, today: string): Promise<readonly FamilyWish[]> {
  const standing = new Set(file.ownFacts.flatMap((fact) => fact.id ?? []))
  const rows = file.history
    .filter((row) => row.kind === 'setting_preference_stated' && standing.has(row.id))
    .toSorted((a, b) =>
      a.happened_on === b.happened_on ? b.seq - a.seq : a.happened_on < b.happened_on ? 1 : -1,
    )
  const wishes: FamilyWish[] = []
  for (const row of rows) {
    const said = row.payload as { readonly setting?: string; readonly settingName?: string }
    const setting = await settingMeant(trx, said.setting ?? said.settingName ?? '', today)
    const name = setting?.name ?? said.settingName ?? said.setting ?? 'a setting not written down'
    if (wishes.some((one) => one.name === name)) continue
    wishes.push({
      on: row.happened_on,
      setting,
      urn: setting?.urn ?? null,
      name,
      // A name that is not in the directory: what it is in law is not known, so it is treated as requested.
      standing: setting?.standing ?? 'unsure',
    })
  }
  return wishes
}

/** A setting by its number, or by its whole name where only one open setting has it. */
async function settingMeant(trx: Trx, said: string, today: string): Promise<SettingFacts | null> {
  if (said === '') return null
  const byNumber = await findSetting(trx, said, today)
  if (byNumber) return byNumber
  const named = await trx
    .selectFrom('setting')
    .select('urn')
    .where('name', 'ilike', said.replaceAll(/[%_\\]/g, '\\$&'))
    .where('closed_on', 'is', null)
    .limit(2)
    .execute()
  return named.length === 1 ? ((await findSetting(trx, named[0]!.urn, today)) ?? null) : null
}

export interface Shortlisted {
  readonly id: string
  readonly urn: string
  readonly askedBy: 'family' | 'council'
  readonly reason: string
  readonly addedOn: string
  readonly addedBy: string
  readonly setting: SettingFacts
}

/** The shortlist of a case as it stands. */
export async function findShortlist(
  trx: Trx,
  processId: string,
  today: string,
): Promise<readonly Shortlisted[]> {
  const rows = await trx
    .selectFrom('shortlisted as l')
    .leftJoin('account as a', 'a.id', 'l.added_by')
    .select(['l.id', 'l.setting_urn', 'l.asked_by', 'l.reason', 'l.added_on', 'a.name'])
    .where('l.process_id', '=', processId)
    .where('l.ended_on', 'is', null)
    .orderBy('l.asked_by', 'desc')
    .orderBy('l.added_on')
    .execute()
  const list: Shortlisted[] = []
  for (const row of rows) {
    const setting = await findSetting(trx, row.setting_urn, today)
    if (setting)
      list.push({
        id: row.id,
        urn: row.setting_urn,
        askedBy: row.asked_by as 'family' | 'council',
        reason: row.reason,
        addedOn: row.added_on,
        addedBy: row.name ?? 'a colleague',
        setting,
      })
  }
  return list
}
