import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso, type PlainDate } from '../../../law/index.ts'
import type { PlanSection, ProvisionContent } from '../../../record/plan/index.ts'
import {
  CONFIRM_WEEKS_UNLESS_SET,
  confirmationsAsked,
  confirmationWaiting,
  type LineLedger,
  type LineRecord,
  lineLedger,
  measureOf,
  readTerms,
  type SchoolYears,
  type Term,
} from '../../../record/provision/index.ts'

export const LINE_STATES = {
  'to-arrange': 'To arrange',
  'in-place': 'In place',
  paused: 'Paused',
  'not-happening': 'Not happening',
  ended: 'Ended',
} as const
export type LineState = keyof typeof LINE_STATES

/** Why a session did not happen as due. Whose reason it is decides nothing: the duty is the authority's (s.42(2)). */
export const REASONS = {
  'child-ill': 'The child was ill',
  'child-away': 'The child was away',
  'child-refused': 'The child did not want it',
  'therapist-ill': 'The person who gives it was ill',
  'therapist-away': 'The person who gives it was away',
  'no-therapist': 'There is nobody to give it',
  'setting-cancelled': 'The school or college cancelled it',
  'setting-closed': 'The school or college was closed',
  other: 'Another reason',
} as const
export type Reason = keyof typeof REASONS

/** One record of a line, as it stands. */
export interface StandingRecord {
  readonly id: string
  readonly about: 'session' | 'confirmation' | 'pause'
  readonly kind: string
  readonly onDay: string
  readonly toDay: string | null
  readonly nth: number
  readonly version: number
  readonly minutes: number | null
  readonly groupSize: number | null
  readonly reason: Reason | null
  readonly words: string
  readonly givenBy: string
  readonly recordedOn: string
}

/** A family's report, with the answer when there is one. */
export interface Report {
  readonly id: string
  readonly lineId: string
  readonly childId: string
  readonly processId: string
  readonly sinceOn: string
  readonly words: string
  /** Said by another member of the family: the viewer reads that it was said and how it stands, and nobody's words. */
  readonly isAnothers: boolean
  readonly againOf: string | null
  readonly onBehalfOf: string | null
  readonly reportedOn: string
  readonly answer: {
    readonly kind: AnswerKind
    readonly rightFrom: string | null
    readonly words: string
    readonly answeredOn: string
  } | null
}

export const ANSWER_KINDS = {
  'put-right': 'It has been put right',
  'is-happening': 'It is happening',
  'made-up': 'What was missed will be made up',
  'lawfully-changed': 'It has been lawfully changed',
} as const
export type AnswerKind = keyof typeof ANSWER_KINDS

/** A line of provision of a final plan, with everything recorded of it that the viewer may read. */
export interface Line {
  readonly id: string
  readonly childId: string
  readonly childName: string
  readonly localityId: string | null
  readonly section: PlanSection
  readonly state: LineState
  readonly stateSince: string
  readonly settingUrn: string | null
  readonly settingName: string | null
  readonly terms: readonly (Term & { readonly whole: ProvisionContent; readonly versionId: string })[]
  readonly records: readonly StandingRecord[]
  readonly reports: readonly Report[]
  /** What the plan says of it now, or said last. */
  readonly content: ProvisionContent
}

export const isUuid = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')

const EMPTY: ProvisionContent = {
  words: '',
  who: '',
  qualification: '',
  mode: null,
  groupSize: '',
  length: '',
  minutes: null,
  times: '',
  count: null,
  every: null,
  forHowLong: '',
  where: '',
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
}

interface Which {
  readonly childId?: string
  readonly lineId?: string
  readonly settingUrns?: readonly string[]
  readonly localityId?: string
  readonly ended?: boolean
}

/** The lines the viewer may read, in the order of their plan, each with its record. */
export async function findLines(trx: Trx, which: Which = {}): Promise<readonly Line[]> {
  let query = trx
    .selectFrom('provision_line as l')
    .innerJoin('child as c', 'c.id', 'l.child_id')
    .leftJoin('setting as s', 's.urn', 'l.setting_urn')
    .select([
      'l.line_id',
      'l.child_id',
      'l.section',
      'l.state',
      'l.state_since',
      'l.setting_urn',
      's.name as setting_name',
      'c.given_name',
      'c.family_name',
      'c.locality_id',
    ])
    .orderBy('c.family_name')
    .orderBy('c.given_name')
    .orderBy('l.child_id')
    .orderBy(sql`array_position(array['F', 'G', 'H1', 'H2'], l.section)`)
  // One child's as the plan has them: a version keeps the number of each line.
  if (which.childId !== undefined)
    query = query.where('l.child_id', '=', which.childId).orderBy(
      sql`(select p.number from provision_term t join plan_version_part p on p.version_id = t.version_id and p.part_id = t.line_id
          where t.line_id = l.line_id order by t.from_on desc limit 1)`,
    )
  query = query.orderBy('l.line_id')
  if (which.lineId !== undefined) query = query.where('l.line_id', '=', which.lineId)
  if (which.settingUrns !== undefined)
    query = query.where('l.setting_urn', 'in', which.settingUrns.length > 0 ? [...which.settingUrns] : [''])
  if (which.localityId !== undefined) query = query.where('c.locality_id', '=', which.localityId)
  if (which.ended === false) query = query.where('l.state', '<>', 'ended')
  const rows = await query.execute()
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.line_id)
  const terms = await trx
    .selectFrom('provision_term')
    .select(['line_id', 'version_id', 'from_on', 'to_on', 'content'])
    .where(amongLines('line_id', ids))
    .orderBy('from_on')
    .orderBy(sql`to_on nulls last`)
    .execute()
  const records = await findRecords(trx, ids)
  const reports = await findReports(trx, ids)
  const [byTerm, byRecord, byReport] = [
    Map.groupBy(terms, (one) => one.line_id),
    Map.groupBy(records, (one) => one.lineId),
    Map.groupBy(reports, (one) => one.lineId),
  ]
  return rows.map((row) => {
    const section = row.section as PlanSection
    const own = (byTerm.get(row.line_id) ?? []).map((term) => {
      const whole = { ...EMPTY, ...(term.content as Partial<ProvisionContent>) }
      return {
        from: date(term.from_on),
        to: term.to_on === null ? null : date(term.to_on),
        content: whole,
        whole,
        section,
        versionId: term.version_id,
      }
    })
    return {
      id: row.line_id,
      childId: row.child_id,
      childName: `${row.given_name} ${row.family_name}`,
      localityId: row.locality_id,
      section,
      state: row.state as LineState,
      stateSince: row.state_since,
      settingUrn: row.setting_urn,
      settingName: row.setting_name,
      terms: own,
      records: byRecord.get(row.line_id) ?? [],
      reports: byReport.get(row.line_id) ?? [],
      content: own.at(-1)?.whole ?? EMPTY,
    }
  })
}

/** One array, not a parameter for each: a county has more lines than a statement may have parameters. */
const amongLines = (column: 'line_id' | 'r.line_id', lineIds: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any (${lineIds as string[]}::uuid[])`

async function findRecords(
  trx: Trx,
  lineIds: readonly string[],
): Promise<readonly (StandingRecord & { lineId: string })[]> {
  const { rows } = await sql<{
    id: string
    line_id: string
    about: StandingRecord['about']
    kind: string
    on_day: string
    to_day: string | null
    nth: number
    version: number
    minutes: number | null
    group_size: number | null
    reason: Reason | null
    words: string
    given_by: string
    recorded_on: string
  }>`select * from (
      select distinct on (line_id, about, on_day, nth) id, line_id, about, kind, on_day, to_day, nth, version, minutes, group_size,
        reason, words, given_by, recorded_on, recorded_at
      from provision_record where line_id = any (${lineIds as string[]}::uuid[]) order by line_id, about, on_day, nth, version desc
    ) newest where kind <> 'withdrawn' order by recorded_at, on_day, nth`.execute(trx)
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_id,
    about: row.about,
    kind: row.kind,
    onDay: row.on_day,
    toDay: row.to_day,
    nth: row.nth,
    version: row.version,
    minutes: row.minutes,
    groupSize: row.group_size,
    reason: row.reason,
    words: row.words,
    givenBy: row.given_by,
    recordedOn: row.recorded_on,
  }))
}

/** Reports the viewer may know of, oldest first: to a member of the family, their own whole and another's without its words. */
export async function findReports(trx: Trx, lineIds: readonly string[]): Promise<readonly Report[]> {
  const rows = await trx
    .selectFrom('provision_report as r')
    .leftJoin('provision_answer as a', 'a.report_id', 'r.id')
    .select([
      'r.id',
      'r.line_id',
      'r.child_id',
      'r.process_id',
      'r.since_on',
      'r.words',
      'r.again_of',
      'r.on_behalf_of',
      'r.reported_on',
      'a.kind',
      'a.right_from',
      'a.words as answer_words',
      'a.answered_on',
    ])
    .where(amongLines('r.line_id', lineIds))
    .execute()
  const own = new Set(rows.map(({ id }) => id))
  const told = await sql<(typeof rows)[number]>`
    select r.id, r.line_id, r.child_id, r.process_id, r.since_on, '' as words, null as again_of, null as on_behalf_of, r.reported_on,
      r.kind, r.right_from, null as answer_words, r.answered_on
    from provision_reports_told() r where ${amongLines('r.line_id', lineIds)}`.execute(trx)
  return [...rows, ...told.rows.filter(({ id }) => !own.has(id))]
    .map(
      (row): Report => ({
        id: row.id,
        lineId: row.line_id,
        childId: row.child_id,
        processId: row.process_id,
        sinceOn: row.since_on,
        words: row.words,
        isAnothers: !own.has(row.id),
        againOf: row.again_of,
        onBehalfOf: row.on_behalf_of,
        reportedOn: row.reported_on,
        answer:
          row.kind === null
            ? null
            : {
                kind: row.kind as AnswerKind,
                rightFrom: row.right_from,
                words: row.answer_words ?? '',
                answeredOn: row.answered_on ?? '',
              },
      }),
    )
    .sort((one, other) => `${one.reportedOn} ${one.id}`.localeCompare(`${other.reportedOn} ${other.id}`))
}

/** The dated settings provision is counted by. */
export interface Reckoning {
  readonly years: SchoolYears
  readonly confirmWeeks: number
}

/** Reads `term-dates` and `provision.confirm-weeks` as they stand on a day. */
export async function loadReckoning(trx: Trx, today: string): Promise<Reckoning> {
  const { rows } = await sql<{ key: string; value: unknown }>`
    select distinct on (key) key, value from authority_setting where key in ('term-dates', 'provision.confirm-weeks')
      and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    order by key, valid_from desc, id desc`.execute(trx)
  const values = new Map(rows.map((row) => [row.key, row.value]))
  const weeks = values.get('provision.confirm-weeks') ?? CONFIRM_WEEKS_UNLESS_SET
  if (typeof weeks !== 'number' || !Number.isInteger(weeks) || weeks < 1 || weeks > 26)
    throw new Error(
      `The setting provision.confirm-weeks is ${JSON.stringify(weeks)}; it must be 1 to 26 weeks`,
    )
  const given = values.get('term-dates')
  return { years: given === undefined ? { given: [] } : readTerms(given), confirmWeeks: weeks }
}

/** A report counts against the record until it is answered that it was wrong, or from when it was put right. */
const gapsOf = (line: Line): LineRecord['gaps'] =>
  line.reports.flatMap(({ sinceOn, answer }): LineRecord['gaps'] => {
    const from = date(sinceOn)
    if (answer?.kind === 'is-happening' || answer?.kind === 'lawfully-changed') return []
    if (answer?.rightFrom) {
      const to = (date(answer.rightFrom) - 1) as PlainDate
      return to < from ? [] : [{ from, to }]
    }
    return [{ from, to: null }]
  })

/** The record of a line as the ledger reads it. */
export function lineRecord(line: Line): LineRecord {
  const records = (about: StandingRecord['about']) => line.records.filter((one) => one.about === about)
  return {
    terms: line.terms,
    sessions: records('session').map((one) => ({
      on: date(one.onDay),
      kind: one.kind as 'given' | 'absent' | 'missed',
      minutes: one.minutes,
    })),
    words: records('confirmation').map((one) => ({
      from: date(one.onDay),
      to: date(one.toDay ?? one.recordedOn),
      happening: one.kind === 'in-place',
    })),
    pauses: records('pause').map((one) => ({
      from: date(one.onDay),
      to: one.toDay === null ? null : date(one.toDay),
      basis: one.kind as 'agreement' | 'alternative',
    })),
    gaps: gapsOf(line),
  }
}

export const ledgerOf = (line: Line, { years }: Reckoning, asAt: string): LineLedger =>
  lineLedger(lineRecord(line), years, date(asAt))

/** By when the setting is asked to say that a line is in place, when it has not; ISO. */
export function confirmationDue(
  line: Line,
  { years, confirmWeeks }: Reckoning,
  today: string,
): string | null {
  const first = line.terms[0]
  if (!first || line.state === 'ended' || line.state === 'paused') return null
  const said = line.records.filter((one) => one.about === 'confirmation').map((one) => date(one.recordedOn))
  const waiting = confirmationWaiting(confirmationsAsked(first.from, years, confirmWeeks, date(today)), said)
  return waiting && iso(waiting.due)
}

/** The report that waits for the council, if there is one. */
export const openReport = (line: Line): Report | undefined =>
  line.reports.findLast((report) => report.answer === null)

/** Why a line cannot be counted today; null when it can be. */
export function notCountable(line: Line): string | null {
  const now = line.terms.at(-1)
  const measure = now && measureOf(now)
  return measure && !measure.countable ? measure.why : null
}
