/**
 * The rows of the second wall's test for plans: what is put in for the child called A, and who sees it. The test of the walls
 * brings the people.
 */
import { REHEARSED_PLAN as P } from './rehearsed-plan.ts'

interface People {
  readonly child: string
  readonly process: string
  /** A fact of the child, to hang what was sent on. */
  readonly event: string
  /** A release of advice of theirs. */
  readonly release: string
  readonly staff: string
  readonly healthLead: string
  readonly therapist: string
  readonly parent: string
  readonly psychologist: string
  readonly senco: string
  /** The check of the release that stands, with the family's copy. */
  readonly check: string
}

/** The statements that give A a plan: written, sent as a draft and as a final, placed, and its lines promised. */
export const planRows = (a: People): readonly string[] => [
  `insert into plan (id, child_id, process_id, template_id, begun_by, begun_on, changed_by) select '${P.plan}', '${a.child}', '${a.process}', id, '${a.staff}', '2026-05-01', '${a.staff}' from plan_template limit 1`,
  `insert into plan_part (part_id, version, plan_id, child_id, section, kind, content, saved_by) values ('${P.line}', 0, '${P.plan}', '${a.child}', 'F', 'provision', '{}', '${a.staff}'), ('${P.healthLine}', 0, '${P.plan}', '${a.child}', 'G', 'provision', '{}', '${a.staff}')`,
  `insert into plan_writer (plan_id, child_id, account_id, sections, from_on, given_by) values ('${P.plan}', '${a.child}', '${a.healthLead}', '{C,G}', '2026-05-01', '${a.staff}')`,
  ...(['working', 'draft', 'final'] as const).flatMap((kind, index) => [
    `insert into plan_version (id, plan_id, child_id, process_id, number, kind, template_id, child_name, child_born_on, sha256, frozen_on, frozen_by, sent_on, event_id)
      select '${P.versions[kind]}', '${P.plan}', '${a.child}', '${a.process}', ${index + 1}, '${kind}', id, 'G F', '2016-01-01', 'x', '2026-06-01', '${a.staff}', ${kind === 'working' ? 'null, null' : `'2026-06-01', '${a.event}'`} from plan_template limit 1`,
    // The line came of the psychologist's advice; the health line is the council's own.
    `insert into plan_version_part (version_id, child_id, part_id, section, kind, position, number, content) values
      ('${P.versions[kind]}', '${a.child}', '${P.line}', 'F', 'provision', 1, 1, '{"sources": [{"releaseId": "${a.release}"}]}'),
      ('${P.versions[kind]}', '${a.child}', '${P.healthLine}', 'G', 'provision', 1, 2, '{"sources": []}')`,
  ]),
  `insert into plan_left_out (plan_id, child_id, release_id, advice_part_id, reason, words, decided_by, decided_on) values ('${P.plan}', '${a.child}', '${a.release}', gen_random_uuid(), 'not-needed', 'already met', '${a.staff}', '2026-06-01')`,
  `insert into plan_overruled (plan_id, child_id, part_id, rule, span, reason, overruled_by, overruled_on) values ('${P.plan}', '${a.child}', '${P.line}', 'vague', 'regular', 'quoted', '${a.staff}', '2026-06-01')`,
  `insert into plan_sign_off (plan_id, child_id, kind, sha256, signed_by, signed_on) values ('${P.plan}', '${a.child}', 'manager', 'x', '${a.staff}', '2026-06-01')`,
  `insert into plan_meeting (plan_id, child_id, held_on, how, present, recorded_by, recorded_on) values ('${P.plan}', '${a.child}', '2026-06-01', 'video', 'x', '${a.staff}', '2026-06-01')`,
  `insert into placement (child_id, setting_urn, place_name, from_on, to_on, ended_why, recorded_by, recorded_on) values ('${a.child}', '900004', 'before', '2026-01-01', '2026-07-01', 'moved', '${a.staff}', '2026-01-01')`,
  `insert into placement (child_id, setting_urn, place_name, from_on, recorded_by, recorded_on) values ('${a.child}', '900006', 'to-come', '2026-09-01', '${a.staff}', '2026-06-01')`,
  `insert into provision_line (line_id, child_id, plan_id, section, state_since) values ('${P.line}', '${a.child}', '${P.plan}', 'F', '2026-06-01'), ('${P.healthLine}', '${a.child}', '${P.plan}', 'G', '2026-06-01')`,
  `insert into provision_term (line_id, child_id, version_id, from_on, content) select line_id, child_id, '${P.versions.final}', '2026-06-01', '{}' from provision_line where child_id = '${a.child}'`,
  `insert into provision_deliverer (line_id, child_id, account_id, from_on, given_by) values ('${P.line}', '${a.child}', '${a.therapist}', '2026-06-01', '${a.staff}')`,
  // Settings, places and education in the meantime.
  `insert into setting_detail (setting_urn, from_on, said_by, recorded_by, recorded_on) values ('900006', '2026-01-01', 'the head', '${a.staff}', '2026-01-01')`,
  `insert into setting_succession (old_urn, new_urn, changed_on, why, recorded_by, recorded_on) values ('900004', '900006', '2026-01-01', 'merged', '${a.staff}', '2026-01-01')`,
  `insert into shortlisted (child_id, process_id, setting_urn, asked_by, reason, added_by, added_on, event_id) values ('${a.child}', '${a.process}', '900005', 'family', 'asked for', '${a.staff}', '2026-05-01', '${a.event}')`,
  `insert into consultation_paper (child_id, consulted_event, setting_urn, version_id) values ('${a.child}', '${a.event}', '900005', '${P.versions.draft}')`,
  `insert into consultation_paper (child_id, consulted_event, setting_urn, check_id) values ('${a.child}', '${a.event}', '900005', '${a.check}')`,
  `insert into naming_decision (child_id, process_id, form, place_type, asked_as, reasons, decided_by, decided_on) values ('${a.child}', '${a.process}', 'type-only', 'special school', 'none', 'no place yet', '${a.staff}', '2026-06-01')`,
  `insert into place_needed (child_id, process_id, needed_on, why, out_of_school, recorded_by, recorded_on, event_id) values ('${a.child}', '${a.process}', '2026-06-01', 'moving', false, '${a.staff}', '2026-06-01', '${a.event}')`,
  `insert into interim_provision (child_id, process_id, from_on, kind, hours_a_week, provider, why_needed, full_time, review_on, recorded_by, recorded_on, event_id) values ('${a.child}', '${a.process}', '2026-06-01', 'online', 25, 'x', 'no place', true, '2026-07-01', '${a.staff}', '2026-06-01', '${a.event}')`,
  `insert into cohort_consultation (id, name, made_by, made_on) values ('${P.cohort}', 'year six', '${a.staff}', '2026-06-01')`,
  `insert into cohort_child (cohort_id, child_id, process_id, setting_urn) values ('${P.cohort}', '${a.child}', '${a.process}', '900005')`,
  // Proof of provision.
  `insert into provision_record (line_id, child_id, about, kind, on_day, minutes, recorded_by, recorded_on) values ('${P.line}', '${a.child}', 'session', 'given', '2026-06-02', 30, '${a.therapist}', '2026-06-02'), ('${P.healthLine}', '${a.child}', 'confirmation', 'in-place', '2026-06-02', null, '${a.senco}', '2026-06-02')`,
  `insert into provision_report (id, line_id, child_id, process_id, since_on, words, reported_by, reported_on, event_id) values ('${P.report}', '${P.line}', '${a.child}', '${a.process}', '2026-06-03', 'it has stopped', '${a.parent}', '2026-06-04', '${a.event}')`,
  `insert into provision_answer (report_id, child_id, kind, words, answered_by, answered_on, event_id) values ('${P.report}', '${a.child}', 'made-up', 'in July', '${a.staff}', '2026-06-05', '${a.event}')`,
  // Journeys and money.
  `insert into journey (child_id, process_id, place_name, from_on, ground, mode, legs, days, recorded_by, recorded_on) values ('${a.child}', '${a.process}', 'x', '2026-06-01', 'none', 'walk', 2, 190, '${a.staff}', '2026-06-01')`,
  `insert into plan_cost (child_id, process_id, what, payee, pence, per, from_on, recorded_by, recorded_on) values ('${a.child}', '${a.process}', 'therapy', 'xx', 100, 'week', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into child_band (child_id, process_id, band, payee, from_on, recorded_by, recorded_on) values ('${a.child}', '${a.process}', 'one', 'xx', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into funding_share (child_id, process_id, from_on, education, health, social_care, agreed_by, agreed_on, recorded_by, recorded_on) values ('${a.child}', '${a.process}', '2026-06-01', 50, 50, 0, 'both', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into ring_fenced_sum (id, child_id, process_id, pence, what_for, why, keeper, set_aside_on, recorded_by, recorded_on) values ('${P.sum}', '${a.child}', '${a.process}', 100, 'lost therapy', 'ombudsman', 'finance', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into ring_fenced_spend (sum_id, child_id, pence, spent_on, what, recorded_by, recorded_on) values ('${P.sum}', '${a.child}', 50, '2026-06-02', 'sessions', '${a.staff}', '2026-06-02')`,
  `insert into personal_budget (child_id, process_id, state, from_on, recorded_by, recorded_on) values ('${a.child}', '${a.process}', 'prepared', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into direct_payment (id, child_id, process_id, sen2_code, payee, lines, pence, per, agreed_on, from_on, recorded_by, recorded_on) values ('${P.payment}', '${a.child}', '${a.process}', 'E', 'xx', '{${P.line}}', 100, 'week', '2026-06-01', '2026-06-01', '${a.staff}', '2026-06-01')`,
  `insert into direct_payment_review (direct_payment_id, child_id, reviewed_on, outcome, words, recorded_by, recorded_on) values ('${P.payment}', '${a.child}', '2026-06-05', 'goes-on', 'well kept', '${a.staff}', '2026-06-05')`,
  // Comments of the psychologist and of the consulted setting, and the child's own page.
  `insert into draft_adviser_comment (id, child_id, process_id, version_id, part_id, account_id, stance, words, sent_on, last_day, event_id) values ('${P.comment}', '${a.child}', '${a.process}', '${P.versions.draft}', '${P.line}', '${a.psychologist}', 'change', 'mine', '2026-06-02', '2026-06-15', '${a.event}')`,
  `insert into draft_adviser_comment (child_id, process_id, version_id, account_id, setting_urn, stance, words, sent_on, last_day, event_id) values ('${a.child}', '${a.process}', '${P.versions.draft}', '${a.senco}', '900005', 'change', 'setting', '2026-06-02', '2026-06-15', '${a.event}')`,
  `insert into draft_adviser_answer (comment_id, child_id, words, answered_by, answered_on) values ('${P.comment}', '${a.child}', 'changed', '${a.staff}', '2026-06-03')`,
  ...['shared', 'not-shared'].map(
    (words, index) =>
      `insert into my_plan (id, plan_id, child_id, version_id, number, content, saved_by, saved_on) values ('${P.pages[index]}', '${P.plan}', '${a.child}', '${P.versions.final}', ${index + 1}, '{"words": "${words}"}', '${a.staff}', '2026-06-04')`,
  ),
  `insert into my_plan_shared (my_plan_id, child_id, shared_on, how, who, said, recorded_by, recorded_on, event_id) values ('${P.pages[0]}', '${a.child}', '2026-06-05', 'at-school', 'x', 'not before mum', '${a.staff}', '2026-06-05', '${a.event}')`,
  // The working document of an appeal, as both sides write on it.
  `insert into working_document (id, child_id, plan_id, process_id, version_id, begun_by, begun_on) values ('${P.working}', '${a.child}', '${P.plan}', '${a.process}', '${P.versions.final}', '${a.staff}', '2026-06-10')`,
  `insert into working_paragraph (id, document_id, child_id, number, part_id, section, field, words) values ('${P.paragraph}', '${P.working}', '${a.child}', 1, '${P.line}', 'F', 'words', 'Reading regularly')`,
  `insert into working_change (id, document_id, child_id, paragraph_id, party, from_at, to_at, words, proposed_by, proposed_on) values ('${P.change}', '${P.working}', '${a.child}', '${P.paragraph}', 'family', 8, 17, 'each week', '${a.parent}', '2026-06-11')`,
  `insert into working_answer (document_id, child_id, change_id, party, answer, answered_by, answered_on) values ('${P.working}', '${a.child}', '${P.change}', 'authority', 'agreed', '${a.staff}', '2026-06-12')`,
  `insert into working_version (document_id, child_id, number, changes_to, answers_to, made_by, made_on) values ('${P.working}', '${a.child}', 1, 1, 1, '${a.staff}', '2026-06-12')`,
  `insert into working_return (document_id, child_id, of_version, party, file_name, sha256, found, received_by, received_on) values ('${P.working}', '${a.child}', 1, 'family', 'a.docx', 'x', '{}', '${a.staff}', '2026-06-13')`,
  // A letter about the child, in a run to be printed.
  `insert into letter_run (id, key, letters, made_by, made_on) values ('${P.run}', 'to-post', 1, '${a.staff}', '2026-06-13')`,
  `insert into document (id, child_id, kind, title, made_by) values ('${P.letter}', '${a.child}', 'letter', 'A-within', '${a.staff}')`,
  `insert into letter_in_run (run_id, document_id, child_id, position) values ('${P.run}', '${P.letter}', '${a.child}', 1)`,
]

const LINE = `case %s when '${P.line}' then 'line' when '${P.healthLine}' then 'health' else 'other' end`
const line = (column: string): string => LINE.replace('%s', column)

/** Who sees of A's plan what, by the doors they come in by. */
export interface WhoSees {
  readonly label: string
  /** What staff who reach A see; a family of A; a setting where A is on roll, is to be placed, or is consulted about A. */
  readonly staff?: string
  readonly family?: string
  readonly onRoll?: string
  readonly placed?: string
  readonly consulted?: string
  /** A professional let in to write; one who gives the line; those whose advice the line came of. */
  readonly writer?: string
  readonly deliverer?: string
  readonly adviser?: string
  /** The one adviser who wrote it, where it is theirs alone. */
  readonly itsWriter?: string
  /** The one parent who said it, where it is theirs alone. */
  readonly itsParent?: string
  /** Every member of staff, whoever they reach: it is about no child. */
  readonly everyStaff?: string
}

export const PLAN_TABLES: Readonly<Record<string, WhoSees>> = {
  plan: { label: "'A'", staff: 'A', writer: 'A' },
  plan_part: { label: line('part_id'), staff: 'health line', writer: 'health line' },
  plan_writer: { label: "'A'", staff: 'A', writer: 'A' },
  plan_version: {
    label: 'kind',
    staff: 'draft final working',
    family: 'draft final',
    onRoll: 'final',
    placed: 'final',
    // What was sent with the consultation, and no other version.
    consulted: 'draft',
    writer: 'draft final working',
    deliverer: 'draft final',
    adviser: 'draft final',
  },
  plan_version_part: {
    label: line('part_id'),
    staff: 'health line',
    family: 'health line',
    onRoll: 'health line',
    placed: 'health line',
    consulted: 'health line',
    writer: 'health line',
    deliverer: 'line',
    adviser: 'line',
  },
  plan_left_out: { label: "'A'", staff: 'A', family: 'A' },
  plan_overruled: { label: "'A'", staff: 'A', writer: 'A' },
  plan_sign_off: { label: "'A'", staff: 'A', writer: 'A' },
  plan_meeting: { label: "'A'", staff: 'A', family: 'A' },
  placement: { label: 'place_name', staff: 'before to-come', family: 'before to-come', placed: 'to-come' },
  provision_line: {
    label: line('line_id'),
    staff: 'health line',
    family: 'health line',
    onRoll: 'health line',
    placed: 'health line',
    deliverer: 'line',
  },
  provision_term: {
    label: line('line_id'),
    staff: 'health line',
    family: 'health line',
    onRoll: 'health line',
    placed: 'health line',
    deliverer: 'line',
  },
  provision_deliverer: { label: "'A'", staff: 'A', deliverer: 'A' },
  setting_detail: { label: 'said_by', everyStaff: 'the head' },
  setting_succession: { label: 'why', everyStaff: 'merged' },
  shortlisted: { label: "'A'", staff: 'A' },
  consultation_paper: {
    label: "case when version_id is null then 'advice' else 'draft' end",
    staff: 'advice draft',
    consulted: 'advice draft',
  },
  naming_decision: { label: "'A'", staff: 'A' },
  place_needed: { label: "'A'", staff: 'A', family: 'A' },
  interim_provision: { label: "'A'", staff: 'A', family: 'A' },
  cohort_consultation: { label: 'name', everyStaff: 'year six' },
  cohort_child: { label: "'A'", staff: 'A' },
  provision_record: {
    label: line('line_id'),
    staff: 'health line',
    family: 'health line',
    onRoll: 'health line',
    placed: 'health line',
    deliverer: 'line',
  },
  provision_report: { label: "'A'", staff: 'A', itsParent: 'A' },
  provision_answer: { label: "'A'", staff: 'A', itsParent: 'A' },
  journey: { label: "'A'", staff: 'A' },
  plan_cost: { label: "'A'", staff: 'A' },
  child_band: { label: "'A'", staff: 'A' },
  funding_share: { label: "'A'", staff: 'A' },
  ring_fenced_sum: { label: "'A'", staff: 'A' },
  ring_fenced_spend: { label: "'A'", staff: 'A' },
  personal_budget: { label: "'A'", staff: 'A', family: 'A' },
  direct_payment: { label: "'A'", staff: 'A', family: 'A' },
  direct_payment_review: { label: "'A'", staff: 'A' },
  draft_adviser_comment: { label: 'words', staff: 'mine setting', itsWriter: 'mine', consulted: 'setting' },
  draft_adviser_answer: { label: 'words', staff: 'changed', itsWriter: 'changed' },
  my_plan: { label: "content->>'words'", staff: 'not-shared shared', family: 'shared' },
  my_plan_shared: { label: "'A'", staff: 'A', family: 'A' },
  working_document: { label: "'A'", staff: 'A', family: 'A' },
  working_paragraph: { label: 'section', staff: 'F', family: 'F' },
  working_change: { label: "'A'", staff: 'A', family: 'A' },
  working_answer: { label: 'answer', staff: 'agreed', family: 'agreed' },
  working_version: { label: "'A'", staff: 'A', family: 'A' },
  working_return: { label: "'A'", staff: 'A' },
  letter_run: { label: 'key', staff: 'to-post' },
  letter_in_run: { label: "'A'", staff: 'A' },
}
