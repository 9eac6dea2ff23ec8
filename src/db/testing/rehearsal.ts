/** A database in use, as each migration would find it: shared by the rehearsal of the migrations and the test of the walls. */
const account = '00000000-0000-4000-8000-000000000101'
const child = '00000000-0000-4000-8000-000000000201'
const process = '00000000-0000-4000-8000-000000000301'

/** A line of provision, with everything the program writes of one. */
const line = JSON.stringify({
  words: 'Reading with a teaching assistant',
  who: 'A teaching assistant',
  qualification: '',
  mode: null,
  groupSize: '',
  length: '20 minutes',
  minutes: 20,
  times: '1',
  count: 1,
  every: 'day',
  forHowLong: '',
  where: 'School',
  from: '',
  until: '',
  review: '',
  arrangedBy: null,
  fundedBy: null,
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: false,
  sources: [],
})

/** The child and the people of the rehearsal, by id. */
export const REHEARSAL = { account, child, process } as const

/**
 * What a database in use at each migration may hold, as the program of that day wrote it. A new migration adds its level:
 * at least one row in each table it makes, and one for each thing it changes.
 */
export const FIXTURES: Readonly<Record<number, string>> = {
  1: `
    insert into authority (code, name, ons_code, region, mode, training_today) values ('999', 'Story County', 'E06999999', 'South West', 'training', '2026-07-06');
    insert into authority_setting (key, value, valid_from, why) values ('target', '{"days": 56}', '2026-01-01', 'agreed');
    insert into locality (id, name) values ('north', 'North');
    insert into team (id, name, kind, locality_id) values ('send-north', 'SEND North', 'send', 'north');
    insert into setting (urn, la_code, name, type, source) values ('900001', '999', 'Larkfield', 'primary', 'invented');
    insert into account (id, name, email, door, role, remit) values ('${account}', 'Cora', 'cora@story.invalid', 'staff', 'plan-coordinator', 'authority');
    insert into child (id, reference, given_name, family_name, name_key, date_of_birth, sex, registered_on) values ('${child}', 'C-1', 'Ada', 'Marsh', 'ada marsh', '2016-02-29', 'F', '2026-01-05');
    insert into contact (id, name) values ('00000000-0000-4000-8000-000000000401', 'Paula Marsh');
    insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values ('${child}', '00000000-0000-4000-8000-000000000401', 'mother', true, '2016-02-29');
    insert into process (id, reference, child_id, kind, state, opened_on) values ('${process}', 'A-1', '${child}', 'assessment', 'deciding-whether-to-assess', '2026-01-05');
    insert into case_event (child_id, process_id, kind, happened_on, recorded_on, recorded_by, payload, seq, previous_hash, hash)
      select '${child}', '${process}', 'note_added', date '2026-01-05' + n, '2026-02-01', '${account}', jsonb_build_object('n', n), 0, '', '' from generate_series(1, 5) n;
    insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, supersedes, why, seq, previous_hash, hash)
      select child_id, 'note_added', happened_on, recorded_on, recorded_by, id, 'wrong day', 0, '', '' from case_event where seq = 2;
    insert into deadline (process_id, child_id, rule, occurrence, display, actor, state) values ('${process}', '${child}', 'decision-to-assess', 1, 'statutory', 'authority', 'open');
    insert into advice_request (process_id, child_id, head, adviser, asked_on) values ('${process}', '${child}', 'medical', 'nhs', '2026-01-10');
    insert into exception_claim (process_id, child_id, event_id, ground, impractical_because, evidence, limits, claimed_on, state) values ('${process}', '${child}', gen_random_uuid(), 'absent-4-weeks', 'away', 'letter', '{final-plan}', '2026-01-10', 'claimed');
    insert into document (child_id, kind, title, made_by) values ('${child}', 'letter', 'Decision', '${account}');
    insert into access_log (account_id, child_ids, what, relationship) values ('${account}', '{${child}}', 'opened the case', 'plan-coordinator');
    insert into command (key, account_id, name, fingerprint, result) values ('k', '${account}', 'note', 'f', '{}');
    insert into session (token_hash, account_id, csrf_secret) values ('\\x01', '${account}', 's');
    insert into saved_filter (account_id, name, query) values ('${account}', 'mine', 'late=yes');
  `,
  2: `insert into case_event (child_id, kind, happened_on, recorded_on, recorded_by, on_behalf_of, seq, previous_hash, hash)
      values ('${child}', 'note_added', '2026-02-02', '2026-02-02', '${account}', 'the school', 0, '', '')`,
  3: `insert into access_seal (seq, rows, previous_hash, hash, ids)
      select 1, 1, '\\x00', access_seal_hash(row(1, 1, '2026-02-03', '\\x00', '', '{[1,2)}')::access_seal, sha256(access_log_hash(l))), '{[1,2)}' from access_log l where id = 1;
      alter table access_seal disable trigger append_only; update access_seal set sealed_at = '2026-02-03'; alter table access_seal enable trigger append_only`,
  4: 'select 1', // indexes only
  5: `insert into contact (id, name) values ('00000000-0000-4000-8000-000000000402', 'Ada Marsh');
    insert into child_contact (child_id, contact_id, relationship, parental_responsibility, from_on) values ('${child}', '00000000-0000-4000-8000-000000000402', 'self', false, '2032-06-25')`,
  6: `select start_training_session('${account}', '\\x02', 's'); select * from find_session('\\x02', '2026-07-06'); select end_session('\\x02')`,
  7: `update exception_claim set claimed_by = '${account}'; update advice_request set withdrawn_on = '2026-02-04'`,
  8: 'select 1', // an index only
  9: 'select 1', // what functions answer, no rows
  10: `update child set setting_urn = '900001' where id = '${child}';
    insert into account_setting (account_id, setting_urn, from_on) values ('${account}', '900001', '2026-01-01');
    insert into capacity_note (child_id, has_capacity, assessed_on, assessed_by, note, from_on, recorded_by) values ('${child}', false, '2032-07-01', 'A doctor', 'Assessed', '2032-07-01', '${account}');
    insert into sharing_consent (child_id, contact_id, from_on, given_how, recorded_by) values ('${child}', '00000000-0000-4000-8000-000000000401', '2032-07-01', 'said so', '${account}');
    insert into account (id, name, email, door, role, remit) values ('00000000-0000-4000-8000-000000000102', 'Maya', 'maya@story.invalid', 'staff', 'send-manager', 'authority');
    insert into reporting_line (account_id, manager_id, kind, from_on) values ('${account}', '00000000-0000-4000-8000-000000000102', 'operational', '2026-01-01');
    insert into delegation (from_account, to_account, from_on, to_on, why, made_by) values ('${account}', '00000000-0000-4000-8000-000000000102', '2026-01-01', '2026-02-01', 'leave', '${account}');
    insert into case_grant (account_id, child_id, kind, reason, until_at, granted_by) values ('${account}', '${child}', 'break-glass', 'an urgent call from the hospital', now() + interval '8 hours', '${account}');
    insert into advice_writer (advice_request_id, child_id, account_id, part, from_on) select id, child_id, '${account}', 'writer', '2026-01-10' from advice_request limit 1`,
  11: `insert into sign_in_ask (channel, address, link_hash, browser_hash, code_hash) values ('email', 'a@story.invalid', '\\x01', '\\x02', '\\x03');
    insert into sign_in_proof (browser_hash, way, account_ids) values ('\\x02', 'link', '{}');
    insert into sign_in_openid (state_hash, browser_hash, nonce, verifier) values ('\\x04', '\\x02', 'n', 'v');
    insert into account_identity (issuer, subject, account_id) values ('https://login.story.invalid', 's', '${account}');
    insert into passkey (credential_id, account_id, public_key, counter, name) values ('c', '${account}', '\\x05', 0, 'A phone');
    insert into passkey_challenge (browser_hash, challenge) values ('\\x02', 'c');
    insert into sign_in_count (key) values ('\\x06');
    insert into sign_in_log (what, outcome, from_ip) values ('link', 'proved', '203.0.113.7')`,
  12: `
    insert into message_wording (template, channel, body, valid_from, set_by, why) values ('draft-sent', 'text', 'By ((replyBy))', '2026-02-01', '${account}', 'agreed');
    insert into message_preference (account_id, channel, updated_by) values ('${account}', 'email', '${account}');
    insert into message_batch (key, what, made_by) values ('b', 'a letter to all', '${account}');
    insert into message (event, template, channel, about_child, recipient, recipient_account, recipient_name, address, subject, body, state) values ('e', 'due-soon', 'email', '${child}', 'account:${account}', '${account}', 'Cora', 'cora@story.invalid', 's', 'b', 'queued');
    insert into job_progress (kind, key, started_by) values ('k', 'k', '${account}')`,
  13: `insert into stored_file (sha256, size_bytes, name, type, state, uploaded_by, uploaded_on, child_id, process_id, about)
      values (repeat('a', 64), 3, 'a.txt', 'text/plain', 'clean', '${account}', '2026-02-05', '${child}', '${process}', 'request')`,
  14: `insert into online_request (id, reference, received_on, asked_by, asker_name, answers) values ('00000000-0000-4000-8000-000000000501', 'R-1', '2026-02-01', 'parent', 'Paula Marsh', '{}');
    insert into request_draft (holder_hash, sent_as) values ('\\x01', '00000000-0000-4000-8000-000000000501');
    insert into family_view (child_id, account_id, whose, words) values ('${child}', '${account}', 'parent', 'Reading is hard');
    insert into draft_paragraph (id, child_id, process_id, draft_event, section, number, words) values ('00000000-0000-4000-8000-000000000502', '${child}', '${process}', gen_random_uuid(), 'B', 1, 'Reading');
    insert into draft_response (id, child_id, process_id, draft_event, account_id) values ('00000000-0000-4000-8000-000000000503', '${child}', '${process}', gen_random_uuid(), '${account}');
    insert into draft_comment (id, response_id, child_id, section, paragraph_id, stance) values ('00000000-0000-4000-8000-000000000504', '00000000-0000-4000-8000-000000000503', '${child}', 'B', '00000000-0000-4000-8000-000000000502', 'agree');
    insert into draft_comment_answer (comment_id, child_id, words, answered_by, answered_on) values ('00000000-0000-4000-8000-000000000504', '${child}', 'Thank you', '${account}', '2026-02-02');
    insert into family_thread (id, child_id, subject, opened_by, opened_on) values ('00000000-0000-4000-8000-000000000505', '${child}', 'Transport', '${account}', '2026-02-02');
    insert into family_thread_person (thread_id, child_id, contact_id, added_by, added_on) values ('00000000-0000-4000-8000-000000000505', '${child}', '00000000-0000-4000-8000-000000000401', '${account}', '2026-02-02');
    insert into family_message (thread_id, child_id, side, kind, from_account, words, sent_on, promised_on) values ('00000000-0000-4000-8000-000000000505', '${child}', 'family', 'said', '${account}', 'Who takes her?', '2026-02-02', '2026-02-04')`,
  15: `
    insert into pupil (id, setting_urn, given_name, family_name, date_of_birth, support_from, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000501', '900001', 'Bo', 'Lund', '2017-05-01', '2026-01-10', '${account}', '2026-01-10');
    insert into support_cycle (pupil_id, number, started_on, updated_by) values ('00000000-0000-4000-8000-000000000501', 1, '2026-01-10', '${account}');
    insert into support_meeting (pupil_id, met_on, who, said, recorded_by) values ('00000000-0000-4000-8000-000000000501', '2026-01-12', 'mother', 'agreed', '${account}');
    insert into specialist_question (id, pupil_id, setting_urn, locality_id, specialist, child_name, date_of_birth, question, parent_agreed_on, asked_by, asked_on, reply_by) values ('00000000-0000-4000-8000-000000000502', '00000000-0000-4000-8000-000000000501', '900001', 'north', 'psychology', 'Bo Lund', '2017-05-01', 'How?', '2026-01-12', '${account}', '2026-01-13', '2026-01-27');
    insert into specialist_answer (question_id, answer, answered_for, answered_by, answered_on) values ('00000000-0000-4000-8000-000000000502', 'So', 'Cora', '${account}', '2026-01-20');
    insert into consultation_answer (consulted_event, process_id, child_id, setting_urn, updated_by) select id, '${process}', '${child}', '900001', '${account}' from case_event limit 1;
    insert into school_advice (advice_request_id, child_id, setting_urn, updated_by) select id, child_id, '900001', '${account}' from advice_request limit 1;
    insert into early_notice (body, opinion, given_name, family_name, date_of_birth, locality_id, parent_name, told_parent_on, discussed, discussed_on, organisations, recorded_by, recorded_on)
      values ('NHS', 'probably has needs', 'Cy', 'Ash', '2024-01-01', 'north', 'Di Ash', '2026-01-12', 'discussed', '2026-01-12', 'Portage', '${account}', '2026-01-13')`,
  16: `
    insert into advice (advice_request_id, child_id, begun_by, begun_on, changed_by) select id, child_id, '${account}', '2026-02-01', '${account}' from advice_request limit 1;
    insert into advice_part (part_id, version, advice_request_id, child_id, kind, content, saved_by) select '00000000-0000-4000-8000-000000000601', 1, id, child_id, 'need', '{"words": "x"}', '${account}' from advice_request limit 1;
    insert into advice_release (id, advice_request_id, child_id, process_id, number, head, answer, child_name, child_born_on, author_name, written_by, released_on, released_by)
      select '00000000-0000-4000-8000-000000000602', id, child_id, process_id, 1, head, 'advice', 'Ada Marsh', '2016-02-29', 'Cora', array['${account}']::uuid[], '2026-02-05', '${account}' from advice_request limit 1;
    insert into advice_paragraph (id, release_id, child_id, part_id, number, position, kind, content) values ('00000000-0000-4000-8000-000000000603', '00000000-0000-4000-8000-000000000602', '${child}', '00000000-0000-4000-8000-000000000601', 'N1', 0, 'need', '{"words": "x"}');
    insert into advice_check (id, release_id, child_id, checked_by, checked_on) values ('00000000-0000-4000-8000-000000000604', '00000000-0000-4000-8000-000000000602', '${child}', '${account}', '2026-02-06');
    insert into advice_withheld (check_id, paragraph_id, child_id, reason) values ('00000000-0000-4000-8000-000000000604', '00000000-0000-4000-8000-000000000603', '${child}', 'safeguarding');
    insert into advice_family_copy (check_id, release_id, advice_request_id, child_id, process_id, number, head, answer, author_name, released_on, checked_on)
      select '00000000-0000-4000-8000-000000000604', '00000000-0000-4000-8000-000000000602', id, child_id, process_id, 1, head, 'advice', 'Cora', '2026-02-05', '2026-02-06' from advice_request limit 1;
    insert into advice_family_paragraph (check_id, child_id, part_id, number, position, kind, content) values ('00000000-0000-4000-8000-000000000604', '${child}', gen_random_uuid(), '1', 0, 'text', '{"words": "y"}');
    insert into advice_handover (advice_request_id, child_id, from_account, declined, reason, made_by, made_on) select id, child_id, '${account}', true, 'away', '${account}', '2026-02-02' from advice_request limit 1;
    insert into advice_capacity (account_id, from_on, pieces_a_week, set_by) values ('${account}', '2026-02-01', 1.5, '${account}')`,
  17: `insert into absence (account_id, from_on, to_on, recorded_by) values ('${account}', '2026-03-01', '2026-03-08', '${account}');
    insert into line_conflict (account_id, about, operational_manager, operational_says, professional_manager, professional_says, raised_by, raised_on, for_whom)
      values ('${account}', 'visits', '${account}', 'this week', '00000000-0000-4000-8000-000000000102', 'next week', '${account}', '2026-03-01', '00000000-0000-4000-8000-000000000102');
    insert into home_tie (account_id, child_id, why, from_on, recorded_by) values ('00000000-0000-4000-8000-000000000102', '${child}', 'a neighbour', '2026-03-01', '${account}')`,
  18: 'select 1', // what functions answer, and who may add two kinds of fact
  19: 'select 1', // what functions answer
  20: `insert into authority_change (on_day, changed_by, what, about, details) values ('2026-03-01', '${account}', 'locality added', 'north', '{}')`,
  21: 'select 1', // how functions are written, not what they answer
  22: 'select 1', // who sees what is there already
  23: 'select 1', // who sees what is there already
  24: 'select 1', // ties what is there already
  25: 'select 1', // what functions answer, and what may be added
  26: `insert into plan (id, child_id, process_id, template_id, begun_by, begun_on, changed_by) select '00000000-0000-4000-8000-000000000701', '${child}', '${process}', t.id, '${account}', '2026-03-01', '${account}' from plan_template t where t.name = 'Standard';
    insert into plan_template_change (template_id, asked_by, why, decision, made_by, made_on) select id, 'Parent carer forum', 'plainer words', 'agreed', '${account}', '2026-03-01' from plan_template;
    insert into plan_part (part_id, version, plan_id, child_id, section, kind, content, saved_by) values ('00000000-0000-4000-8000-000000000702', 0, '00000000-0000-4000-8000-000000000701', '${child}', 'F', 'provision', '{"words": "Reading with a teaching assistant"}', '${account}');
    insert into plan_writer (plan_id, child_id, account_id, sections, from_on, given_by) values ('00000000-0000-4000-8000-000000000701', '${child}', '${account}', '{C,G}', '2026-03-01', '${account}');
    insert into plan_version (id, plan_id, child_id, process_id, number, kind, template_id, child_name, child_born_on, sha256, frozen_on, frozen_by) select '00000000-0000-4000-8000-000000000703', p.id, p.child_id, p.process_id, 1, 'working', p.template_id, 'Ada Marsh', '2016-02-29', 'x', '2026-03-02', '${account}' from plan p;
    insert into plan_version_part (version_id, child_id, part_id, section, kind, position, number, content) values ('00000000-0000-4000-8000-000000000703', '${child}', '00000000-0000-4000-8000-000000000702', 'F', 'provision', 1, 1, '{}');
    insert into plan_left_out (plan_id, child_id, release_id, advice_part_id, reason, words, decided_by, decided_on) select '00000000-0000-4000-8000-000000000701', '${child}', r.id, gen_random_uuid(), 'not-needed', 'already met', '${account}', '2026-03-02' from advice_release r limit 1;
    insert into plan_overruled (plan_id, child_id, part_id, rule, span, reason, overruled_by, overruled_on) values ('00000000-0000-4000-8000-000000000701', '${child}', '00000000-0000-4000-8000-000000000702', 'vague', 'regular', 'quoted from the child', '${account}', '2026-03-02');
    insert into plan_sign_off (plan_id, child_id, kind, sha256, signed_by, signed_on) values ('00000000-0000-4000-8000-000000000701', '${child}', 'manager', 'x', '${account}', '2026-03-02');
    insert into plan_meeting (plan_id, child_id, held_on, how, present, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000701', '${child}', '2026-03-02', 'video', 'Paula Marsh', '${account}', '2026-03-02');
    insert into placement (child_id, setting_urn, place_name, from_on, recorded_by, recorded_on) values ('${child}', '900001', 'Larkfield', '2026-04-01', '${account}', '2026-03-02');
    insert into provision_line (line_id, child_id, plan_id, section, state_since) values ('00000000-0000-4000-8000-000000000702', '${child}', '00000000-0000-4000-8000-000000000701', 'F', '2026-03-02');
    insert into provision_term (line_id, child_id, version_id, from_on, content) values ('00000000-0000-4000-8000-000000000702', '${child}', '00000000-0000-4000-8000-000000000703', '2026-03-02', '{}');
    insert into provision_deliverer (line_id, child_id, account_id, from_on, given_by) values ('00000000-0000-4000-8000-000000000702', '${child}', '${account}', '2026-03-02', '${account}')`,
  27: `insert into setting_detail (setting_urn, from_on, needs, said_by, recorded_by, recorded_on) values ('900001', '2026-03-01', '{ASD}', 'The head', '${account}', '2026-03-01');
    insert into setting_succession (old_urn, new_urn, changed_on, why, recorded_by, recorded_on) values ('900001', null, '2026-03-01', 'closed', '${account}', '2026-03-01');
    insert into shortlisted (child_id, process_id, setting_urn, asked_by, reason, added_by, added_on, event_id) select e.child_id, e.process_id, '900001', 'family', 'near home', '${account}', '2026-03-02', e.id from case_event e where e.process_id = '${process}' limit 1;
    insert into consultation_paper (child_id, consulted_event, setting_urn, check_id) select k.child_id, e.id, '900001', k.check_id from advice_family_copy k join case_event e on e.child_id = k.child_id limit 1;
    insert into naming_decision (child_id, process_id, form, setting_urn, place_type, asked_as, reasons, decided_by, decided_on) values ('${child}', '${process}', 'named', '900001', 'Maintained primary school', 'none', 'It can meet the needs', '${account}', '2026-03-02');
    insert into place_needed (child_id, process_id, needed_on, why, out_of_school, out_because, recorded_by, recorded_on, event_id) select e.child_id, e.process_id, '2026-03-01', 'moved here', true, 'no-place', '${account}', '2026-03-02', e.id from case_event e where e.process_id = '${process}' limit 1;
    insert into interim_provision (child_id, process_id, from_on, kind, hours_a_week, provider, why_needed, full_time, why_less, review_on, recorded_by, recorded_on, event_id) select e.child_id, e.process_id, '2026-03-02', 'home-tuition', 10, 'A tutor', 'no place', false, 'her health', '2026-03-30', '${account}', '2026-03-02', e.id from case_event e where e.process_id = '${process}' limit 1;
    insert into cohort_consultation (id, name, made_by, made_on) values ('00000000-0000-4000-8000-000000000720', 'Year 6 to 7', '${account}', '2026-03-02');
    insert into cohort_child (cohort_id, child_id, process_id, setting_urn) values ('00000000-0000-4000-8000-000000000720', '${child}', '${process}', '900001')`,
  28: `insert into provision_record (line_id, child_id, about, kind, on_day, minutes, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000702', '${child}', 'session', 'given', '2026-03-03', 30, '${account}', '2026-03-03');
    insert into provision_report (id, line_id, child_id, process_id, since_on, words, reported_by, reported_on, event_id) select '00000000-0000-4000-8000-000000000801', '00000000-0000-4000-8000-000000000702', '${child}', '${process}', '2026-03-04', 'It stopped', '${account}', '2026-03-05', id from case_event limit 1;
    insert into provision_answer (report_id, child_id, kind, right_from, words, answered_by, answered_on, event_id) select '00000000-0000-4000-8000-000000000801', '${child}', 'put-right', '2026-03-06', 'It starts again', '${account}', '2026-03-06', id from case_event limit 1`,
  29: `insert into journey (child_id, process_id, place_name, from_on, ground, mode, legs, days, road_miles, road_source, road_on, recorded_by, recorded_on) values ('${child}', '${process}', 'Larkfield', '2026-04-01', 'cannot-walk', 'taxi', 2, 190, 8.5, 'a map', '2026-03-02', '${account}', '2026-03-02');
    insert into plan_cost (child_id, process_id, line_id, what, payee, pence, per, from_on, recorded_by, recorded_on) values ('${child}', '${process}', '00000000-0000-4000-8000-000000000702', 'Reading', 'Larkfield', 120000, 'year', '2026-04-01', '${account}', '2026-03-02');
    insert into funding_band (name, yearly_pence, from_on, why, set_by, set_on) values ('Band 3', 600000, '2026-04-01', 'agreed', '${account}', '2026-03-02');
    insert into child_band (child_id, process_id, band, payee, from_on, recorded_by, recorded_on) values ('${child}', '${process}', 'Band 3', 'Larkfield', '2026-04-01', '${account}', '2026-03-02');
    insert into funding_share (child_id, process_id, from_on, education, health, social_care, agreed_by, agreed_on, recorded_by, recorded_on) values ('${child}', '${process}', '2026-04-01', 50, 30, 20, 'the panel', '2026-03-02', '${account}', '2026-03-02');
    insert into ring_fenced_sum (id, child_id, process_id, pence, what_for, why, keeper, set_aside_on, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000731', '${child}', '${process}', 100000, 'tuition', 'ombudsman', 'the SEND manager', '2026-03-02', '${account}', '2026-03-02');
    insert into ring_fenced_spend (sum_id, child_id, pence, spent_on, what, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000731', '${child}', 4000, '2026-03-03', 'a tutor', '${account}', '2026-03-03');
    insert into personal_budget (child_id, process_id, state, yearly_pence, from_on, recorded_by, recorded_on) values ('${child}', '${process}', 'prepared', 50000, '2026-03-02', '${account}', '2026-03-02');
    insert into direct_payment (id, child_id, process_id, sen2_code, payee, lines, pence, per, agreed_on, from_on, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000732', '${child}', '${process}', 'E', 'Paula Marsh', '{00000000-0000-4000-8000-000000000702}', 10000, 'month', '2026-03-02', '2026-04-01', '${account}', '2026-03-02');
    insert into direct_payment_review (direct_payment_id, child_id, reviewed_on, outcome, words, recorded_by, recorded_on) values ('00000000-0000-4000-8000-000000000732', '${child}', '2026-06-01', 'goes-on', 'works well', '${account}', '2026-06-01')`,
  30: `insert into working_document (id, child_id, plan_id, process_id, version_id, begun_by, begun_on) select '00000000-0000-4000-8000-000000000901', v.child_id, v.plan_id, v.process_id, v.id, '${account}', '2026-03-03' from plan_version v limit 1;
    insert into working_paragraph (id, document_id, child_id, number, section, field, words) values ('00000000-0000-4000-8000-000000000902', '00000000-0000-4000-8000-000000000901', '${child}', 1, 'F', 'words', 'Reading regularly');
    insert into working_change (id, document_id, child_id, paragraph_id, party, from_at, to_at, words, proposed_by, proposed_on) values ('00000000-0000-4000-8000-000000000903', '00000000-0000-4000-8000-000000000901', '${child}', '00000000-0000-4000-8000-000000000902', 'family', 8, 17, 'each week', '${account}', '2026-03-03');
    insert into working_answer (document_id, child_id, change_id, party, answer, answered_by, answered_on) values ('00000000-0000-4000-8000-000000000901', '${child}', '00000000-0000-4000-8000-000000000903', 'authority', 'agreed', '${account}', '2026-03-04');
    insert into working_version (document_id, child_id, number, changes_to, answers_to, made_by, made_on) values ('00000000-0000-4000-8000-000000000901', '${child}', 1, 1, 1, '${account}', '2026-03-04');
    insert into working_return (document_id, child_id, of_version, party, file_name, sha256, found, received_by, received_on) values ('00000000-0000-4000-8000-000000000901', '${child}', 1, 'family', 'a.docx', 'x', '{}', '${account}', '2026-03-05')`,
  31: `insert into letter_run (id, key, letters, made_by, made_on) values ('00000000-0000-4000-8000-000000000751', 'run', 1, '${account}', '2026-03-02');
    insert into letter_in_run (run_id, document_id, child_id, position) select '00000000-0000-4000-8000-000000000751', d.id, d.child_id, 1 from document d limit 1`,
  32: `insert into plan_sign_off (plan_id, child_id, kind, sha256, signed_by, signed_on, given_by, given_on) values ('00000000-0000-4000-8000-000000000701', '${child}', 'health', 'x', '${account}', '2026-03-02', 'Dr Abara, Story ICB', '2026-03-01');
    update draft_comment_answer set changed_part = '00000000-0000-4000-8000-000000000702'`,
  33: `insert into draft_adviser_comment (id, child_id, process_id, version_id, account_id, stance, words, sent_on, last_day, event_id) select '00000000-0000-4000-8000-000000000741', e.child_id, e.process_id, '00000000-0000-4000-8000-000000000703', '${account}', 'change', 'Twice a week', '2026-03-03', '2026-03-17', e.id from case_event e where e.process_id = '${process}' limit 1;
    insert into draft_adviser_answer (comment_id, child_id, words, answered_by, answered_on) values ('00000000-0000-4000-8000-000000000741', '${child}', 'Changed', '${account}', '2026-03-04');
    insert into my_plan (id, plan_id, child_id, version_id, number, content, saved_by, saved_on) values ('00000000-0000-4000-8000-000000000742', '00000000-0000-4000-8000-000000000701', '${child}', '00000000-0000-4000-8000-000000000703', 1, '{}', '${account}', '2026-03-04');
    insert into my_plan_shared (my_plan_id, child_id, shared_on, how, who, recorded_by, recorded_on, event_id) select '00000000-0000-4000-8000-000000000742', e.child_id, '2026-03-05', 'in-person', 'Cora', '${account}', '2026-03-05', e.id from case_event e where e.process_id = '${process}' limit 1`,
  // Closing the plan brings no table: a report nobody has answered yet, versions that were sent, and one sent to a setting.
  34: `insert into provision_report (id, line_id, child_id, process_id, since_on, words, reported_by, reported_on, event_id) select '00000000-0000-4000-8000-000000000802', '00000000-0000-4000-8000-000000000702', '${child}', '${process}', '2026-03-07', 'It stopped again', '${account}', '2026-03-08', id from case_event limit 1;
    insert into plan_version (id, plan_id, child_id, process_id, number, kind, template_id, child_name, child_born_on, sha256, frozen_on, frozen_by, sent_on, event_id) select v.id, p.id, p.child_id, p.process_id, v.number, v.kind, p.template_id, 'Ada Marsh', '2016-02-29', 'x', '2026-03-09', '${account}', '2026-03-09', e.id
      from plan p, (values ('00000000-0000-4000-8000-000000000761'::uuid, 2, 'draft'), ('00000000-0000-4000-8000-000000000762', 3, 'final')) v (id, number, kind), (select id from case_event limit 1) e;
    insert into plan_version_part (version_id, child_id, part_id, section, kind, position, number, content) select v.id, '${child}', '00000000-0000-4000-8000-000000000702', 'F', 'provision', 1, 1, '${line}' from plan_version v where v.number > 1;
    insert into plan_part (part_id, version, plan_id, child_id, section, kind, content, saved_by) values ('00000000-0000-4000-8000-000000000702', 1, '00000000-0000-4000-8000-000000000701', '${child}', 'F', 'provision', '${line}', '${account}');
    insert into consultation_paper (child_id, consulted_event, setting_urn, version_id) select '${child}', e.id, '900001', '00000000-0000-4000-8000-000000000761' from case_event e limit 1`,
  // No table: the saves of a part, one after another.
  35: `insert into plan_part (part_id, version, plan_id, child_id, section, kind, content, saved_by) select '00000000-0000-4000-8000-000000000771', v, p.id, p.child_id, 'F', 'provision', '${line}', '${account}' from plan p, generate_series(0, 1) v where p.id = '00000000-0000-4000-8000-000000000701'`,
}
