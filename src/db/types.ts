// Generated from the migrations by `npm run db:types`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** JSON columns are written as text and read as values. */
export type Json = ColumnType<unknown, string, string>

export interface Absence {
  id: Generated<string>
  account_id: string
  from_on: string
  to_on: string
  recorded_by: string
}

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
  mobile: string | null
}

export interface AccountIdentity {
  issuer: string
  subject: string
  account_id: string
  first_at: Generated<string>
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

export interface Advice {
  advice_request_id: string
  child_id: string
  by_office: Generated<boolean>
  state: Generated<string>
  note: string | null
  begun_by: string
  begun_on: string
  changed_by: string
}

export interface AdviceCapacity {
  account_id: string
  from_on: string
  pieces_a_week: number
  why: string | null
  set_by: string
  set_at: Generated<string>
}

export interface AdviceCheck {
  id: Generated<string>
  release_id: string
  child_id: string
  checked_by: string
  checked_on: string
  shared_with_advisers: Generated<boolean>
  note: string | null
  taken_back_on: string | null
  taken_back_by: string | null
  taken_back_why: string | null
}

export interface AdviceFamilyCopy {
  check_id: string
  release_id: string
  advice_request_id: string
  child_id: string
  process_id: string
  number: number
  head: string
  answer: string
  author_name: string
  released_on: string
  checked_on: string
}

export interface AdviceFamilyParagraph {
  check_id: string
  child_id: string
  part_id: string
  number: string
  position: number
  kind: string
  section: string | null
  content: Json
}

export interface AdviceHandover {
  id: Generated<string>
  advice_request_id: string
  child_id: string
  from_account: string | null
  to_account: string | null
  declined: boolean
  reason: string
  made_by: string
  made_on: string
  made_at: Generated<string>
}

export interface AdviceParagraph {
  id: Generated<string>
  release_id: string
  child_id: string
  part_id: string
  ordinal: Generated<number>
  number: string
  position: number
  kind: string
  section: string | null
  content: Json
}

export interface AdvicePart {
  part_id: Generated<string>
  version: number
  advice_request_id: string
  child_id: string
  kind: string
  section: string | null
  position: Generated<number>
  content: Json
  removed: Generated<boolean>
  saved_by: string
  saved_at: Generated<string>
}

export interface AdviceRelease {
  id: Generated<string>
  advice_request_id: string
  child_id: string
  process_id: string
  number: number
  head: string
  answer: string
  child_name: string
  child_born_on: string
  author_name: string
  qualification: string | null
  adviser_account: string | null
  written_by: string[]
  released_on: string
  released_at: Generated<string>
  released_by: string
  by_office: Generated<boolean>
  signed_off_by: string | null
  why: string | null
  event_id: string | null
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

export interface AdviceWithheld {
  check_id: string
  paragraph_id: string
  child_id: string
  reason: string
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

export interface AuthorityChange {
  id: GeneratedAlways<number>
  at: Generated<string>
  on_day: string
  changed_by: string
  what: string
  about: string
  account_id: string | null
  details: Json
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

export interface ChildBand {
  id: Generated<string>
  child_id: string
  process_id: string
  band: string
  payee: string
  setting_urn: string | null
  from_on: string
  to_on: string | null
  ended_recorded_on: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
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

export interface CohortChild {
  cohort_id: string
  child_id: string
  process_id: string
  setting_urn: string
  state: Generated<string>
  said: string | null
  event_id: string | null
}

export interface CohortConsultation {
  id: Generated<string>
  name: string
  made_by: string
  made_on: string
  job_id: string | null
}

export interface Command {
  key: string
  account_id: string
  name: string
  fingerprint: string
  result: Json
  at: Generated<string>
}

export interface ConsultationAnswer {
  id: Generated<string>
  consulted_event: string
  process_id: string
  child_id: string
  setting_urn: string
  state: Generated<string>
  answer: string | null
  grounds: Generated<string[]>
  reasons: string | null
  steps: string | null
  conditions: string | null
  places: string | null
  cost_pence: number | null
  cost_words: string | null
  start_on: string | null
  signed_as: string | null
  sent_by: string | null
  sent_on: string | null
  event_id: string | null
  version: Generated<number>
  updated_by: string
  updated_at: Generated<string>
}

export interface ConsultationPaper {
  id: Generated<string>
  child_id: string
  consulted_event: string
  setting_urn: string
  version_id: string | null
  check_id: string | null
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

export interface DirectPayment {
  id: Generated<string>
  child_id: string
  process_id: string
  sen2_code: string
  payee: string
  lines: string[]
  pence: number
  per: string
  agreed_on: string
  from_on: string
  to_on: string | null
  ended_why: string | null
  ended_recorded_on: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface DirectPaymentReview {
  id: Generated<string>
  direct_payment_id: string
  child_id: string
  reviewed_on: string
  outcome: string
  words: string
  recorded_by: string
  recorded_on: string
  event_id: string | null
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

export interface DraftAdviserAnswer {
  comment_id: string
  child_id: string
  words: string
  answered_by: string
  answered_on: string
}

export interface DraftAdviserComment {
  id: Generated<string>
  child_id: string
  process_id: string
  version_id: string
  part_id: string | null
  account_id: string
  setting_urn: string | null
  stance: string
  words: string
  sent_on: string
  last_day: string
  sent_at: Generated<string>
  event_id: string
}

export interface DraftComment {
  id: Generated<string>
  response_id: string
  child_id: string
  section: string
  paragraph_id: string | null
  stance: string
  words: Generated<string>
}

export interface DraftCommentAnswer {
  comment_id: string
  child_id: string
  words: string
  answered_by: string
  answered_on: string
  changed_part: string | null
}

export interface DraftParagraph {
  id: Generated<string>
  child_id: string
  process_id: string
  draft_event: string
  section: string
  number: number
  words: string
  part_id: string | null
  version_id: string | null
}

export interface DraftResponse {
  id: Generated<string>
  child_id: string
  process_id: string
  draft_event: string
  account_id: string
  contact_id: string | null
  general: Generated<string>
  wants_meeting: boolean | null
  meeting_note: string | null
  setting_answer: string | null
  setting_urn: string | null
  setting_name: string | null
  on_behalf_of: string | null
  told_how: string | null
  version: Generated<number>
  saved_at: Generated<string>
  state: Generated<string>
  sent_on: string | null
  sent_at: string | null
  last_day: string | null
  event_id: string | null
}

export interface EarlyNotice {
  id: Generated<string>
  body: string
  opinion: string
  given_name: string
  family_name: string
  date_of_birth: string
  address: string | null
  postcode: string | null
  locality_id: string
  parent_name: string
  parent_contact: string | null
  told_parent_on: string
  discussed: string
  discussed_on: string
  organisations: string | null
  no_organisation_because: string | null
  recorded_by: string
  recorded_on: string
  child_id: string | null
  followed_up: string | null
  followed_up_by: string | null
  followed_up_on: string | null
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

export interface FamilyMessage {
  id: Generated<string>
  thread_id: string
  child_id: string
  side: string
  kind: string
  from_account: string
  words: string
  sent_on: string
  sent_at: Generated<string>
  promised_on: string | null
  on_behalf_of: string | null
  told_how: string | null
}

export interface FamilyThread {
  id: Generated<string>
  child_id: string
  process_id: string | null
  subject: string
  opened_by: string
  opened_on: string
  waiting_since: string | null
  reply_by: string | null
  promised_first: string | null
}

export interface FamilyThreadPerson {
  thread_id: string
  child_id: string
  contact_id: string
  added_by: string
  added_on: string
}

export interface FamilyView {
  id: Generated<string>
  child_id: string
  process_id: string | null
  account_id: string
  contact_id: string | null
  whose: string
  words: Generated<string>
  written_by: Generated<string>
  writer: string | null
  how_checked: string | null
  on_behalf_of: string | null
  told_how: string | null
  version: Generated<number>
  saved_at: Generated<string>
  state: Generated<string>
  sent_on: string | null
  sent_at: string | null
  event_id: string | null
}

export interface FundingBand {
  id: Generated<string>
  name: string
  yearly_pence: number
  from_on: string
  why: string
  set_by: string
  set_on: string
}

export interface FundingShare {
  id: Generated<string>
  child_id: string
  process_id: string
  line_id: string | null
  from_on: string
  education: number
  health: number
  social_care: number
  agreed_by: string
  agreed_on: string
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface HomeTie {
  id: Generated<string>
  account_id: string
  child_id: string
  why: string
  from_on: string
  to_on: string | null
  recorded_by: string
}

export interface InterimProvision {
  id: Generated<string>
  child_id: string
  process_id: string | null
  from_on: string
  to_on: string | null
  kind: string
  hours_a_week: number
  provider: string
  why_needed: string
  full_time: boolean
  why_less: string | null
  review_on: string
  recorded_by: string
  recorded_on: string
  event_id: string
  ended_why: string | null
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
  cursor: string | null
  attempt: Generated<number>
  handed_at: string | null
  ended_at: string | null
}

export interface Journey {
  id: Generated<string>
  child_id: string
  process_id: string
  setting_urn: string | null
  place_name: string
  from_on: string
  to_on: string | null
  ended_why: string | null
  ended_recorded_on: string | null
  ground: string
  ground_words: Generated<string>
  straight_miles: number | null
  walk_miles: number | null
  walk_source: string | null
  walk_on: string | null
  road_miles: number | null
  road_source: string | null
  road_on: string | null
  mode: string
  fuel: Generated<string>
  children: Generated<number>
  assistant: Generated<boolean>
  residential: Generated<boolean>
  legs: number
  days: number
  empty_percent: Generated<number>
  minutes: number | null
  yearly_pence: number | null
  review_on: string | null
  training_goal: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface LetterInRun {
  run_id: string
  document_id: string
  child_id: string
  position: number
  laid_at: string | null
  problem: string | null
  taken_out: Generated<boolean>
}

export interface LetterRun {
  id: Generated<string>
  key: string
  letters: number
  made_by: string
  made_on: string
  made_at: Generated<string>
  approved_by: string | null
  approved_at: string | null
  may_print_from: string | null
  recalled_by: string | null
  recalled_at: string | null
  pdf: Uint8Array | null
  pdf_sha256: string | null
  made_pdf_at: string | null
  printed_by: string | null
  printed_at: string | null
}

export interface LineConflict {
  id: Generated<string>
  account_id: string
  about: string
  operational_manager: string
  operational_says: string
  professional_manager: string
  professional_says: string
  raised_by: string
  raised_on: string
  for_whom: string
  decided: string | null
  decision: string | null
  decided_by: string | null
  decided_on: string | null
}

export interface Locality {
  id: string
  name: string
  head_title: Generated<string>
  ended_on: string | null
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

export interface MyPlan {
  id: Generated<string>
  plan_id: string
  child_id: string
  version_id: string
  number: number
  language: Generated<string>
  content: Json
  saved_by: string
  saved_on: string
  saved_at: Generated<string>
}

export interface MyPlanShared {
  id: Generated<string>
  my_plan_id: string
  child_id: string
  shared_on: string
  how: string
  who: string
  said: Generated<string>
  recorded_by: string
  recorded_on: string
  event_id: string
}

export interface NamingDecision {
  id: Generated<string>
  child_id: string
  process_id: string
  form: string
  setting_urn: string | null
  place_type: string
  conditions: Generated<string>
  asked_urn: string | null
  asked_name: string | null
  asked_as: string
  grounds: Generated<string[]>
  evidence: Generated<string>
  reasons: string
  start_on: string | null
  needed_on: string | null
  boarding: Generated<string>
  decided_by: string
  decided_on: string
  decided_at: Generated<string>
  version_id: string | null
}

export interface OnlineRequest {
  id: Generated<string>
  reference: string
  received_at: Generated<string>
  received_on: string
  asked_by: string
  asker_name: string
  account_id: string | null
  setting_urn: string | null
  answers: Json
  locality_id: string | null
  child_id: string | null
  process_id: string | null
  event_id: string | null
  state: Generated<string>
  decided_by: string | null
  decided_on: string | null
  decided_at: string | null
  decided_why: string | null
  linked_contact: string | null
}

export interface Passkey {
  credential_id: string
  account_id: string
  public_key: Uint8Array
  counter: number
  transports: Generated<string[]>
  name: string
  made_at: Generated<string>
  used_at: string | null
}

export interface PasskeyChallenge {
  browser_hash: Uint8Array
  challenge: string
  begun_at: Generated<string>
}

export interface PersonalBudget {
  id: Generated<string>
  child_id: string
  process_id: string
  state: string
  requested_on: string | null
  yearly_pence: number | null
  how: Generated<string[]>
  lines: Generated<string[]>
  words: Generated<string>
  from_on: string
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface PlaceNeeded {
  id: Generated<string>
  child_id: string
  process_id: string
  needed_on: string
  why: string
  out_of_school: boolean
  out_because: string | null
  recorded_by: string
  recorded_on: string
  event_id: string
  secured_on: string | null
  ended_why: string | null
}

export interface Placement {
  id: Generated<string>
  child_id: string
  process_id: string | null
  setting_urn: string | null
  sen2_code: string | null
  place_name: string
  rank: Generated<number>
  kind: Generated<string>
  boarding: Generated<string>
  from_on: string
  to_on: string | null
  needed_on: string | null
  ended_why: string | null
  version_id: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface Plan {
  id: Generated<string>
  child_id: string
  process_id: string
  template_id: string
  begun_by: string
  begun_on: string
  changed_by: string
  changed_at: Generated<string>
  ended_on: string | null
}

export interface PlanCost {
  id: Generated<string>
  child_id: string
  process_id: string
  line_id: string | null
  what: string
  payee: string
  setting_urn: string | null
  pence: number
  per: string
  times_a_year: number | null
  from_on: string
  to_on: string | null
  ended_why: string | null
  ended_recorded_on: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface PlanLeftOut {
  id: Generated<string>
  plan_id: string
  child_id: string
  release_id: string
  advice_part_id: string
  reason: string
  words: string
  decided_by: string
  decided_on: string
  taken_back_on: string | null
}

export interface PlanMeeting {
  id: Generated<string>
  plan_id: string
  child_id: string
  held_on: string
  how: string
  present: string
  notes: Generated<string>
  agreed: Generated<string>
  not_agreed: Generated<string>
  part_ids: Generated<string[]>
  recorded_by: string
  recorded_on: string
}

export interface PlanOverruled {
  id: Generated<string>
  plan_id: string
  child_id: string
  part_id: string
  rule: string
  span: string
  reason: string
  overruled_by: string
  overruled_on: string
  taken_back_on: string | null
}

export interface PlanPart {
  part_id: Generated<string>
  version: number
  plan_id: string
  child_id: string
  section: string
  kind: string
  slot: string | null
  position: Generated<number>
  content: Json
  removed: Generated<boolean>
  why: string | null
  saved_by: string
  saved_at: Generated<string>
}

export interface PlanSignOff {
  id: Generated<string>
  plan_id: string
  child_id: string
  kind: string
  sha256: string
  signed_by: string
  signed_on: string
  signed_at: Generated<string>
  words: Generated<string>
  given_by: string | null
  given_on: string | null
}

export interface PlanTemplate {
  id: Generated<string>
  name: string
  version: Generated<number>
  age_band: Generated<string>
  state: Generated<string>
  live_from: string | null
  live_to: string | null
  content: Json
  made_by: string | null
  made_on: string
}

export interface PlanTemplateChange {
  id: Generated<string>
  template_id: string
  asked_by: string
  why: string
  event: string | null
  decision: string
  made_by: string
  made_on: string
}

export interface PlanVersion {
  id: Generated<string>
  plan_id: string
  child_id: string
  process_id: string
  number: number
  kind: string
  template_id: string
  child_name: string
  child_born_on: string
  sha256: string
  frozen_on: string
  frozen_at: Generated<string>
  frozen_by: string
  sent_on: string | null
  event_id: string | null
  note: string | null
}

export interface PlanVersionPart {
  version_id: string
  child_id: string
  part_id: string
  section: string
  kind: string
  slot: string | null
  position: number
  number: number
  content: Json
}

export interface PlanWriter {
  id: Generated<string>
  plan_id: string
  child_id: string
  account_id: string
  sections: string[]
  from_on: string
  to_on: string | null
  given_by: string
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

export interface ProvisionAnswer {
  report_id: string
  child_id: string
  kind: string
  right_from: string | null
  words: string
  answered_by: string
  answered_on: string
  event_id: string
}

export interface ProvisionDeliverer {
  id: Generated<string>
  line_id: string
  child_id: string
  account_id: string
  from_on: string
  to_on: string | null
  given_by: string
}

export interface ProvisionLine {
  line_id: string
  child_id: string
  plan_id: string
  section: string
  state: Generated<string>
  state_since: string
  setting_urn: string | null
}

export interface ProvisionRecord {
  id: Generated<string>
  line_id: string
  child_id: string
  about: string
  kind: string
  on_day: string
  to_day: string | null
  nth: Generated<number>
  version: Generated<number>
  minutes: number | null
  group_size: number | null
  reason: string | null
  words: Generated<string>
  given_by: Generated<string>
  file_id: string | null
  recorded_by: string
  recorded_on: string
  recorded_at: Generated<string>
  event_id: string | null
}

export interface ProvisionReport {
  id: string
  line_id: string
  child_id: string
  process_id: string
  since_on: string
  words: string
  again_of: string | null
  on_behalf_of: string | null
  reported_by: string
  reported_on: string
  event_id: string
}

export interface ProvisionTerm {
  id: Generated<string>
  line_id: string
  child_id: string
  version_id: string
  from_on: string
  to_on: string | null
  content: Json
}

export interface Pupil {
  id: Generated<string>
  setting_urn: string
  child_id: string | null
  given_name: string
  family_name: string
  date_of_birth: string
  parent_name: string | null
  parent_contact: string | null
  support_from: string
  support_to: string | null
  left_on: string | null
  version: Generated<number>
  recorded_by: string
  recorded_on: string
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

export interface RequestDraft {
  id: Generated<string>
  holder_hash: Uint8Array | null
  account_id: string | null
  child_id: string | null
  answers: ColumnType<unknown, string | undefined, string>
  started_at: Generated<string>
  saved_at: Generated<string>
  sent_as: string | null
}

export interface RingFencedSpend {
  id: Generated<string>
  sum_id: string
  child_id: string
  pence: number
  spent_on: string
  what: string
  evidence: Generated<string>
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface RingFencedSum {
  id: Generated<string>
  child_id: string
  process_id: string
  pence: number
  what_for: string
  why: string
  reference: string | null
  keeper: string
  set_aside_on: string
  spend_by: string | null
  recorded_by: string
  recorded_on: string
  event_id: string | null
}

export interface SavedFilter {
  id: Generated<string>
  account_id: string
  name: string
  query: string
}

export interface SchoolAdvice {
  id: Generated<string>
  advice_request_id: string
  child_id: string
  setting_urn: string
  state: Generated<string>
  sections: ColumnType<unknown, string | undefined, string>
  provision: ColumnType<unknown, string | undefined, string>
  released_by: string | null
  released_as: string | null
  released_on: string | null
  event_id: string | null
  version: Generated<number>
  updated_by: string
  updated_at: Generated<string>
}

export interface Session {
  token_hash: Uint8Array
  account_id: string
  csrf_secret: string
  created_at: Generated<string>
  last_seen_at: Generated<string>
  ended_at: string | null
  id: Generated<string>
  way: Generated<string>
  device: Generated<string>
  signed_in_at: Generated<string>
  sign_out_hint: string | null
  notice: string | null
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

export interface SettingDetail {
  id: Generated<string>
  setting_urn: string
  from_on: string
  to_on: string | null
  needs: Generated<string[]>
  age_from: number | null
  age_to: number | null
  commissioned_places: number | null
  unit: string | null
  notes: string | null
  said_by: string
  recorded_by: string
  recorded_on: string
}

export interface SettingSuccession {
  old_urn: string
  new_urn: string | null
  changed_on: string
  why: string
  recorded_by: string
  recorded_on: string
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

export interface Shortlisted {
  id: Generated<string>
  child_id: string
  process_id: string
  setting_urn: string
  asked_by: string
  reason: string
  added_by: string
  added_on: string
  event_id: string
  ended_on: string | null
  ended_why: string | null
}

export interface SignInAsk {
  id: Generated<string>
  channel: string
  address: string
  link_hash: Uint8Array
  browser_hash: Uint8Array
  code_hash: Uint8Array
  code_tries: Generated<number>
  asked_at: Generated<string>
  used_at: string | null
}

export interface SignInCount {
  key: Uint8Array
  at: Generated<string>
}

export interface SignInLog {
  id: GeneratedAlways<number>
  at: Generated<string>
  what: string
  outcome: string
  account_id: string | null
  from_ip: string
}

export interface SignInOpenid {
  state_hash: Uint8Array
  browser_hash: Uint8Array
  nonce: string
  verifier: string
  go_to: string | null
  begun_at: Generated<string>
}

export interface SignInProof {
  browser_hash: Uint8Array
  way: string
  email: string | null
  account_ids: string[]
  sign_out_hint: string | null
  expires_at: Generated<string>
}

export interface SpecialistAnswer {
  question_id: string
  answer: string
  answered_for: string
  answered_by: string
  answered_on: string
}

export interface SpecialistQuestion {
  id: Generated<string>
  pupil_id: string
  child_id: string | null
  setting_urn: string
  locality_id: string
  specialist: string
  child_name: string
  date_of_birth: string
  question: string
  tried: string | null
  parent_agreed_on: string
  asked_by: string
  asked_on: string
  reply_by: string
  seen_on: string | null
}

export interface StoredFile {
  id: Generated<string>
  sha256: string | null
  size_bytes: number
  name: string
  type: string | null
  state: string
  state_why: string | null
  checked_at: string | null
  uploaded_by: string
  uploaded_on: string
  uploaded_at: Generated<string>
  on_behalf_of: string | null
  child_id: string | null
  process_id: string | null
  about: string
  about_id: string | null
  retention: Generated<string>
  released_on: string | null
  released_by: string | null
  released_to: Generated<string[]>
}

export interface SupportCycle {
  id: Generated<string>
  pupil_id: string
  number: number
  started_on: string
  need_types: Generated<string[]>
  needs: string | null
  child_views: string | null
  parent_views: string | null
  outcomes: ColumnType<unknown, string | undefined, string>
  provision: ColumnType<unknown, string | undefined, string>
  review_on: string | null
  reviewed_on: string | null
  effect: string | null
  views_after: string | null
  next_step: string | null
  version: Generated<number>
  updated_by: string
  updated_at: Generated<string>
}

export interface SupportMeeting {
  id: Generated<string>
  pupil_id: string
  met_on: string
  who: string
  said: string
  recorded_by: string
}

export interface Team {
  id: string
  name: string
  kind: string
  locality_id: string | null
  ended_on: string | null
}

export interface WorkingAnswer {
  id: Generated<string>
  seq: GeneratedAlways<number>
  document_id: string
  child_id: string
  change_id: string
  party: string
  answer: string
  words: Generated<string>
  answered_by: string
  answered_on: string
}

export interface WorkingChange {
  id: Generated<string>
  seq: GeneratedAlways<number>
  document_id: string
  child_id: string
  paragraph_id: string
  party: string
  from_at: number
  to_at: number
  words: Generated<string>
  evidence: Generated<string>
  how: Generated<string>
  proposed_by: string
  proposed_on: string
}

export interface WorkingDocument {
  id: Generated<string>
  child_id: string
  plan_id: string
  process_id: string
  version_id: string
  appeal_number: Generated<string>
  begun_by: string
  begun_on: string
  ended_on: string | null
  ended_why: string | null
}

export interface WorkingParagraph {
  id: Generated<string>
  document_id: string
  child_id: string
  number: number
  part_id: string | null
  section: string
  field: string
  label: Generated<string>
  words: string
}

export interface WorkingReturn {
  id: Generated<string>
  document_id: string
  child_id: string
  of_version: number
  party: string
  file_name: string
  sha256: string
  found: Json
  received_by: string
  received_on: string
  done_by: string | null
  done_on: string | null
}

export interface WorkingVersion {
  id: Generated<string>
  document_id: string
  child_id: string
  number: number
  changes_to: number
  answers_to: number
  made_by: string
  made_on: string
}

export interface DB {
  absence: Absence
  access_log: AccessLog
  access_seal: AccessSeal
  account: Account
  account_identity: AccountIdentity
  account_setting: AccountSetting
  advice: Advice
  advice_capacity: AdviceCapacity
  advice_check: AdviceCheck
  advice_family_copy: AdviceFamilyCopy
  advice_family_paragraph: AdviceFamilyParagraph
  advice_handover: AdviceHandover
  advice_paragraph: AdviceParagraph
  advice_part: AdvicePart
  advice_release: AdviceRelease
  advice_request: AdviceRequest
  advice_withheld: AdviceWithheld
  advice_writer: AdviceWriter
  authority: Authority
  authority_change: AuthorityChange
  authority_setting: AuthoritySetting
  capacity_note: CapacityNote
  case_event: CaseEvent
  case_grant: CaseGrant
  child: Child
  child_band: ChildBand
  child_chain: ChildChain
  child_contact: ChildContact
  cohort_child: CohortChild
  cohort_consultation: CohortConsultation
  command: Command
  consultation_answer: ConsultationAnswer
  consultation_paper: ConsultationPaper
  contact: Contact
  deadline: Deadline
  delegation: Delegation
  direct_payment: DirectPayment
  direct_payment_review: DirectPaymentReview
  document: Document
  draft_adviser_answer: DraftAdviserAnswer
  draft_adviser_comment: DraftAdviserComment
  draft_comment: DraftComment
  draft_comment_answer: DraftCommentAnswer
  draft_paragraph: DraftParagraph
  draft_response: DraftResponse
  early_notice: EarlyNotice
  enrolment: Enrolment
  exception_claim: ExceptionClaim
  fact_by_door: FactByDoor
  family_message: FamilyMessage
  family_thread: FamilyThread
  family_thread_person: FamilyThreadPerson
  family_view: FamilyView
  funding_band: FundingBand
  funding_share: FundingShare
  home_tie: HomeTie
  interim_provision: InterimProvision
  job_progress: JobProgress
  journey: Journey
  letter_in_run: LetterInRun
  letter_run: LetterRun
  line_conflict: LineConflict
  locality: Locality
  message: Message
  message_batch: MessageBatch
  message_preference: MessagePreference
  message_wording: MessageWording
  my_plan: MyPlan
  my_plan_shared: MyPlanShared
  naming_decision: NamingDecision
  online_request: OnlineRequest
  passkey: Passkey
  passkey_challenge: PasskeyChallenge
  personal_budget: PersonalBudget
  place_needed: PlaceNeeded
  placement: Placement
  plan: Plan
  plan_cost: PlanCost
  plan_left_out: PlanLeftOut
  plan_meeting: PlanMeeting
  plan_overruled: PlanOverruled
  plan_part: PlanPart
  plan_sign_off: PlanSignOff
  plan_template: PlanTemplate
  plan_template_change: PlanTemplateChange
  plan_version: PlanVersion
  plan_version_part: PlanVersionPart
  plan_writer: PlanWriter
  process: Process
  provision_answer: ProvisionAnswer
  provision_deliverer: ProvisionDeliverer
  provision_line: ProvisionLine
  provision_record: ProvisionRecord
  provision_report: ProvisionReport
  provision_term: ProvisionTerm
  pupil: Pupil
  reporting_line: ReportingLine
  request_draft: RequestDraft
  ring_fenced_spend: RingFencedSpend
  ring_fenced_sum: RingFencedSum
  saved_filter: SavedFilter
  school_advice: SchoolAdvice
  session: Session
  setting: Setting
  setting_detail: SettingDetail
  setting_succession: SettingSuccession
  sharing_consent: SharingConsent
  shortlisted: Shortlisted
  sign_in_ask: SignInAsk
  sign_in_count: SignInCount
  sign_in_log: SignInLog
  sign_in_openid: SignInOpenid
  sign_in_proof: SignInProof
  specialist_answer: SpecialistAnswer
  specialist_question: SpecialistQuestion
  stored_file: StoredFile
  support_cycle: SupportCycle
  support_meeting: SupportMeeting
  team: Team
  working_answer: WorkingAnswer
  working_change: WorkingChange
  working_document: WorkingDocument
  working_paragraph: WorkingParagraph
  working_return: WorkingReturn
  working_version: WorkingVersion
}
