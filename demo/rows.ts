import type { AccountRow, TeamRow } from './staff.ts'

/** Rows as the database holds them, every date as text. */
export interface ChildRow {
  readonly id: string
  readonly reference: string
  readonly given_name: string
  readonly family_name: string
  readonly known_as: string | null
  readonly name_key: string
  readonly date_of_birth: string
  readonly sex: 'F' | 'M'
  readonly ethnicity: string
  readonly first_language: string
  readonly interpreter: string | null
  readonly upn: string | null
  readonly nhs_number: string | null
  readonly address_line: string
  readonly town: string
  readonly postcode: string
  readonly locality_id: string
  readonly setting_urn: string | null
  readonly primary_need: string
  readonly registered_on: string
}

export interface ContactRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly address_line: string | null
  readonly town: string | null
  readonly postcode: string | null
  readonly prefers: string
  readonly account_id: string | null
}

export interface ChildContactRow {
  readonly id: string
  readonly child_id: string
  readonly contact_id: string
  readonly relationship: string
  readonly parental_responsibility: boolean
  readonly lives_with: boolean
  readonly restricted: boolean
  readonly restriction_note: string | null
  readonly from_on: string
}

export interface ProcessRow {
  readonly id: string
  readonly reference: string
  readonly child_id: string
  readonly kind: 'assessment' | 'plan'
  readonly opened_on: string
  readonly source: string | null
  readonly assigned_to: string | null
  readonly locality_id: string
  readonly setting_urn: string | null
}

export interface EventRow {
  readonly id: string
  readonly child_id: string
  readonly process_id: string | null
  readonly kind: string
  readonly happened_on: string
  readonly recorded_on: string
  readonly recorded_at: string
  readonly recorded_by: string
  readonly on_behalf_of: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly supersedes: string | null
  readonly why: string | null
}

export interface AdviceRow {
  readonly id: string
  readonly process_id: string
  readonly child_id: string
  readonly head: string
  readonly adviser: string
  readonly adviser_account: string | null
  readonly setting_urn: string | null
  readonly asked_on: string
  readonly received_on: string | null
  readonly nothing_to_report: boolean
  readonly last_chased_on: string | null
  readonly chases: number
}

export interface ExceptionRow {
  readonly id: string
  readonly process_id: string
  readonly child_id: string
  readonly event_id: string
  readonly ground: string
  readonly impractical_because: string
  readonly evidence: string
  readonly limits: readonly string[]
  readonly claimed_on: string
  readonly claimed_by: string
  readonly state: 'claimed' | 'approved' | 'refused' | 'ended'
  readonly decided_by: string | null
  readonly decided_on: string | null
}

/** A child with everything recorded about them, oldest line of history first. */
export interface ChildRecord {
  readonly child: ChildRow
  readonly contacts: readonly ContactRow[]
  readonly childContacts: readonly ChildContactRow[]
  readonly processes: readonly ProcessRow[]
  readonly events: readonly EventRow[]
  readonly advice: readonly AdviceRow[]
  readonly exceptions: readonly ExceptionRow[]
}

export interface SettingRow {
  readonly urn: string
  readonly la_code: string
  readonly laestab: string | null
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
  readonly opened_on: string | null
  readonly section_41_from: string | null
  readonly section_41_to: string | null
  readonly pupils_on_roll: number | null
  readonly pupils_with_plan: number | null
  readonly source: string
}

/** A dated setting of the authority. */
export interface SettingOfAuthorityRow {
  readonly key: string
  readonly value: Readonly<Record<string, string>>
  readonly valid_from: string
  readonly why: string
}

export interface FixedRows {
  readonly contactPoints: readonly SettingOfAuthorityRow[]
  readonly localities: readonly { readonly id: string; readonly name: string }[]
  readonly teams: readonly TeamRow[]
  readonly accounts: readonly AccountRow[]
  readonly settings: readonly SettingRow[]
}
