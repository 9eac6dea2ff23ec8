// Generated from the migrations by `npm run db:types`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** JSON columns are written as text and read as values. */
export type Json = ColumnType<unknown, string, string>

export interface AccessLog {
  id: GeneratedAlways<number>
  at: Generated<string>
  account_id: string
  child_ids: Generated<string[]>
  what: string
  relationship: string
  outcome: Generated<string>
}

export interface AccessSeal {
  seq: number
  rows: number
  sealed_at: Generated<string>
  previous_hash: Uint8Array
  hash: Uint8Array
  ids: string
}

export interface Account {
  id: Generated<string>
  name: string
  email: string
  door: string
  role: string
  job_title: Generated<string>
  remit: string
  team_id: string | null
  locality_id: string | null
  active_from: Generated<string>
  active_to: string | null
  person_id: Generated<string>
  shared_mailbox: Generated<boolean>
}

export interface AccountSetting {
  account_id: string
  setting_urn: string
  manages_people: Generated<boolean>
  from_on: string
  to_on: string | null
  confirmed_on: string | null
  confirmed_by: string | null
}

export interface AdviceRequest {
  id: Generated<string>
  process_id: string
  child_id: string
  head: string
  adviser: string
  adviser_account: string | null
  setting_urn: string | null
  asked_on: string
  received_on: string | null
  nothing_to_report: Generated<boolean>
  last_chased_on: string | null
  chases: Generated<number>
  withdrawn_on: string | null
}

export interface AdviceWriter {
  advice_request_id: string
  child_id: string
  account_id: string
  part: string
  from_on: string
  to_on: string | null
}

export interface Authority {
  only_row: Generated<boolean>
  code: string
  name: string
  ons_code: string
  region: string
  mode: string
  training_today: string | null
  training_seed: string | null
}

export interface AuthoritySetting {
  id: GeneratedAlways<number>
  key: string
  value: Json
  valid_from: string
  valid_to: string | null
  set_by: string | null
  set_at: Generated<string>
  why: string
}

export interface CapacityNote {
  id: Generated<string>
  child_id: string
  has_capacity: boolean
  assessed_on: string
  assessed_by: string
  note: string
  from_on: string
  to_on: string | null
  recorded_by: string
}

export interface CaseEvent {
  id: Generated<string>
  child_id: string
  process_id: string | null
  seq: number
  kind: string
  happened_on: string
  recorded_on: string
  recorded_at: Generated<string>
  recorded_by: string
  on_behalf_of: string | null
  payload: ColumnType<unknown, string | undefined, string>
  supersedes: string | null
  why: string | null
  command_key: string | null
  previous_hash: Uint8Array
  hash: Uint8Array
}

export interface CaseGrant {
  id: Generated<string>
  account_id: string
  child_id: string
  kind: string
  reason: string
  from_at: Generated<string>
  until_at: string
  granted_by: string
  seen_by: string | null
  seen_at: string | null
}

export interface Child {
  id: Generated<string>
  reference: string
  given_name: string
  family_name: string
  known_as: string | null
  name_key: string
  date_of_birth: string
  sex: string
  ethnicity: string | null
  first_language: Generated<string>
  interpreter: string | null
  upn: string | null
  nhs_number: string | null
  address_line: string | null
  town: string | null
  postcode: string | null
  locality_id: string | null
  setting_urn: string | null
  primary_need: string | null
  version: Generated<number>
  registered_on: string
}

export interface ChildChain {
  child_id: string
  seq: number
  hash: Uint8Array
}

export interface ChildContact {
  id: Generated<string>
  child_id: string
  contact_id: string
  relationship: string
  parental_responsibility: boolean
  lives_with: Generated<boolean>
  restricted: Generated<boolean>
  restriction_note: string | null
  from_on: string
  to_on: string | null
  consent_on: string | null
  consent_by: string | null
}

export interface Command {
  key: string
  account_id: string
  name: string
  fingerprint: string
  result: Json
  at: Generated<string>
}

export interface Contact {
  id: Generated<string>
  name: string
  email: string | null
  phone: string | null
  address_line: string | null
  town: string | null
  postcode: string | null
  prefers: Generated<string>
  account_id: string | null
}

export interface Deadline {
  process_id: string
  child_id: string
  rule: string
  occurrence: number
  rule_version: string | null
  about: string | null
  display: string
  actor: string
  started_on: string | null
  due_on: string | null
  done_on: string | null
  state: string
  lifted: Generated<boolean>
  start_event: string | null
  done_event: string | null
}

export interface Delegation {
  id: Generated<string>
  from_account: string
  to_account: string
  from_on: string
  to_on: string
  why: string
  made_by: string
}

export interface Document {
  id: Generated<string>
  child_id: string
  process_id: string | null
  event_id: string | null
  kind: string
  title: string
  recipient_name: string | null
  recipient_contact: string | null
  recipient_address: string | null
  sent_on: string | null
  sent_how: string | null
  body: string | null
  sha256: string | null
  made_at: Generated<string>
  made_by: string
}

export interface Enrolment {
  id: Generated<string>
  child_id: string
  setting_urn: string
  main: Generated<boolean>
  from_on: string
  to_on: string | null
}

export interface ExceptionClaim {
  id: Generated<string>
  process_id: string
  child_id: string
  event_id: string
  ground: string
  impractical_because: string
  evidence: string
  limits: string[]
  claimed_on: string
  state: string
  decided_by: string | null
  decided_on: string | null
  claimed_by: string | null
}

export interface FactByDoor {
  door: string
  kind: string
}

export interface JobProgress {
  id: Generated<string>
  kind: string
  about: Generated<string>
  key: string
  data: ColumnType<unknown, string | undefined, string>
  started_by: string
  asked_at: Generated<string>
  total: number | null
  done: Generated<number>
  failed: Generated<number>
  state: Generated<string>
  problem: string | null
  result: string | null
  ended_at: string | null
}

export interface Locality {
  id: string
  name: string
  head_title: Generated<string>
}

export interface Message {
  id: Generated<string>
  event: string
  template: string
  wording_id: number | null
  channel: string
  about_child: string | null
  process_id: string | null
  recipient: string
  recipient_contact: string | null
  recipient_account: string | null
  recipient_name: string
  address: string
  subject: string
  body: string | null
  link_path: string | null
  state: string
  held_for: string | null
  send_after: Generated<string>
  erase_after: string | null
  urgent: Generated<boolean>
  attempts: Generated<number>
  problem: string | null
  carrier: string | null
  carrier_reference: string | null
  batch_id: string | null
  queued_by: string | null
  queued_at: Generated<string>
  sending_at: string | null
  sent_at: string | null
  delivered_at: string | null
  read_at: string | null
  ended_at: string | null
}

export interface MessageBatch {
  id: Generated<string>
  key: string
  what: string
  made_by: string
  made_at: Generated<string>
  recipients: Generated<number>
  approved_by: string | null
  approved_at: string | null
  recalled_by: string | null
  recalled_at: string | null
  recalled_why: string | null
}

export interface MessagePreference {
  id: Generated<string>
  contact_id: string | null
  account_id: string | null
  channel: string
  quiet_from: string | null
  quiet_to: string | null
  language: Generated<string>
  interpreter: string | null
  formats: Generated<string[]>
  other_needs: string | null
  updated_at: Generated<string>
  updated_by: string
}

export interface MessageWording {
  id: GeneratedAlways<number>
  template: string
  channel: string
  subject: Generated<string>
  body: string
  valid_from: string
  set_by: string
  set_at: Generated<string>
  why: string
}

export interface Process {
  id: Generated<string>
  reference: string
  child_id: string
  kind: string
  state: string
  opened_on: string
  closed_on: string | null
  source: string | null
  assigned_to: string | null
  locality_id: string | null
  setting_urn: string | null
  version: Generated<number>
  next_rule: string | null
  next_about: string | null
  next_due_on: string | null
  next_actor: string | null
  work_left_days: Generated<number>
  risk_on: string | null
  overdue_since: string | null
  has_exception: Generated<boolean>
}

export interface ReportingLine {
  id: Generated<string>
  account_id: string
  manager_id: string
  kind: string
  share_of_time: number | null
  from_on: string
  to_on: string | null
}

export interface SavedFilter {
  id: Generated<string>
  account_id: string
  name: string
  query: string
}

export interface Session {
  token_hash: Uint8Array
  account_id: string
  csrf_secret: string
  created_at: Generated<string>
  last_seen_at: Generated<string>
  ended_at: string | null
}

export interface Setting {
  urn: string
  la_code: string
  laestab: string | null
  name: string
  type: string
  town: string | null
  postcode: string | null
  easting: number | null
  northing: number | null
  opened_on: string | null
  closed_on: string | null
  section_41_from: string | null
  section_41_to: string | null
  pupils_on_roll: number | null
  pupils_with_plan: number | null
  source: string
}

export interface SharingConsent {
  id: Generated<string>
  child_id: string
  contact_id: string
  from_on: string
  to_on: string | null
  given_how: string
  recorded_by: string
}

export interface Team {
  id: string
  name: string
  kind: string
  locality_id: string | null
}

export interface DB {
  access_log: AccessLog
  access_seal: AccessSeal
  account: Account
  account_setting: AccountSetting
  advice_request: AdviceRequest
  advice_writer: AdviceWriter
  authority: Authority
  authority_setting: AuthoritySetting
  capacity_note: CapacityNote
  case_event: CaseEvent
  case_grant: CaseGrant
  child: Child
  child_chain: ChildChain
  child_contact: ChildContact
  command: Command
  contact: Contact
  deadline: Deadline
  delegation: Delegation
  document: Document
  enrolment: Enrolment
  exception_claim: ExceptionClaim
  fact_by_door: FactByDoor
  job_progress: JobProgress
  locality: Locality
  message: Message
  message_batch: MessageBatch
  message_preference: MessagePreference
  message_wording: MessageWording
  process: Process
  reporting_line: ReportingLine
  saved_filter: SavedFilter
  session: Session
  setting: Setting
  sharing_consent: SharingConsent
  team: Team
}
