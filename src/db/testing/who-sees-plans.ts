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
    consulted: 'draft final',
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
}
