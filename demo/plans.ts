import { sql } from 'kysely'
import { refreshChild } from '../src/db/case-history/index.ts'
import type { Trx } from '../src/db/viewer.ts'
import { currentTemplate, findPlan, loadParts, planHash } from '../src/features/plan/the-plan/index.ts'
import {
  inSection,
  type PlanContentOf,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
  type PlanSource,
  partInWords,
  type VersionKind,
} from '../src/record/plan/index.ts'
import { firstPlan, type PlanWords, planInPlace } from './plan-words.ts'
import { chanceFor, idFor } from './random.ts'
import type { AccountRow } from './staff.ts'

/** A case a plan is written for, and the fact that sent it. */
interface Case {
  readonly child_id: string
  readonly process_id: string
  readonly event_id: string
  readonly sent_on: string
  readonly given_name: string
  readonly child_name: string
  readonly date_of_birth: string
  readonly setting_urn: string | null
  readonly setting_name: string | null
  readonly setting_type: string | null
  readonly officer: string
  readonly contact_id: string
  readonly contact_name: string
}

interface Making {
  readonly trx: Trx
  readonly seed: string
  readonly asAt: string
  readonly accounts: readonly AccountRow[]
}

const CASE = sql`c.id as child_id, p.id as process_id, e.id as event_id, e.happened_on as sent_on, c.given_name,
  c.given_name || ' ' || c.family_name as child_name, c.date_of_birth, c.setting_urn, s.name as setting_name, s.type as setting_type,
  coalesce(p.assigned_to, e.recorded_by) as officer, k.id as contact_id, k.name as contact_name
  from process p join child c on c.id = p.child_id left join setting s on s.urn = c.setting_urn
    join case_event e on e.child_id = c.id join child_contact cc on cc.child_id = c.id join contact k on k.id = cc.contact_id`

/**
 * Plans as data for a few of the people who can be chosen: a draft with the family, with what it left out; plans in place, one of
 * them a young person's own; and a draft a school was asked about. A therapist, a SENCO and a health lead each have something to
 * do in them. No figure of the authority turns on it.
 * @returns how many rows were written
 */
export async function writePlans(
  trx: Trx,
  accounts: readonly AccountRow[],
  seed: string,
  asAt: string,
): Promise<number> {
  const making = { trx, seed, asAt, accounts }
  const of = async (which: ReturnType<typeof sql>): Promise<Case | undefined> =>
    (await sql<Case>`select ${CASE} ${which} limit 1`.execute(trx)).rows[0]
  const drafted = await of(sql`join account a on a.id = k.account_id
    where a.job_title = 'Parent, draft plan to answer' and p.closed_on is null and e.process_id = p.id and e.kind = 'draft_issued'
    order by e.happened_on desc, p.reference`)
  const inPlace = await of(sql`join account a on a.id = k.account_id
    where a.job_title = 'Parent with an interpreter, plan in place' and p.kind = 'plan' and p.state = 'in-force'
      and e.kind in ('final_issued', 'amended_final_issued') order by e.happened_on desc, p.reference`)
  const youngPerson =
    await of(sql`where p.kind = 'plan' and p.state = 'in-force' and cc.relationship = 'self' and k.account_id is null
      and e.kind = 'final_issued' and e.happened_on >= ${asAt}::date - 90 and c.setting_urn is not null
      and is_over_compulsory_school_age(c.date_of_birth, ${asAt}::date) and c.date_of_birth > ${asAt}::date - interval '18 years'
    order by coalesce(e.payload->>'setting' = c.setting_urn, false) desc, (c.setting_urn like 'college%') desc, e.happened_on desc, p.reference`)
  const asked = await of(sql`join case_event q on q.process_id = p.id and q.kind = 'setting_consulted'
      join account_setting at on at.setting_urn = q.payload->>'setting'
    where p.closed_on is null and e.process_id = p.id and e.kind = 'draft_issued'
      and not exists (select from case_event r where r.process_id = p.id and r.kind = 'setting_replied' and r.payload->>'setting' = q.payload->>'setting')
    order by q.happened_on desc, p.reference, k.id`)
  let rows = 0
  if (drafted) rows += await writeDraft(making, drafted)
  if (inPlace) rows += await writeInPlace(making, inPlace)
  if (youngPerson) rows += await writeYoungPersons(making, youngPerson)
  if (asked && asked.child_id !== drafted?.child_id) rows += await writeAskedAbout(making, asked)
  return rows
}

/** In year 9 or above, about. */
const isTeenager = (about: Case, asAt: string): boolean =>
  about.date_of_birth < `${Number(asAt.slice(0, 4)) - 13}-09-01`

/** The plan and its parts as they stand: ids of needs, outcomes and lines in the order of the words. */
async function begin(
  { trx, seed, asAt }: Making,
  about: Case,
  words: PlanWords,
  sourcesOf: (kind: 'need' | 'provision', index: number) => readonly PlanSource[] = () => [],
): Promise<{ readonly planId: string; readonly lines: readonly string[]; readonly rows: number }> {
  const planId = idFor(seed, 'plan', about.child_id)
  const template = await currentTemplate(trx, about.sent_on, isTeenager(about, asAt))
  await trx
    .insertInto('plan')
    .values({
      id: planId,
      child_id: about.child_id,
      process_id: about.process_id,
      template_id: template.id,
      begun_by: about.officer,
      begun_on: about.sent_on,
      changed_by: about.officer,
      changed_at: `${about.sent_on}T10:00:00Z`,
    })
    .execute()
  const id = (kind: string, index: number): string => idFor(seed, 'plan part', about.child_id, kind, index)
  let at = 0
  const part = <K extends PlanPartKind>(
    section: PlanSection,
    kind: K,
    content: PlanContentOf[K],
    more: { readonly index?: number; readonly slot?: string } = {},
  ) => ({
    part_id: id(more.slot ? `${section} ${more.slot}` : kind, more.index ?? 0),
    version: 0,
    plan_id: planId,
    child_id: about.child_id,
    section,
    kind,
    slot: more.slot ?? null,
    position: ++at,
    content: JSON.stringify(content),
    saved_by: about.officer,
    saved_at: `${about.sent_on}T10:00:00Z`,
  })
  const parts = [
    ...words.texts.map(([section, slot, content]) => part(section, 'text', content, { slot })),
    ...words.needs.map(([section, need], index) =>
      part(section, 'need', { ...need, sources: sourcesOf('need', index) }, { index }),
    ),
    ...words.outcomes.map((outcome, index) =>
      part(
        'E',
        'outcome',
        {
          ...outcome,
          needs: outcome.needs.map((one) => id('need', one)),
          pfa: outcome.pfa ?? null,
          sources: [],
        },
        { index },
      ),
    ),
    ...words.lines.map(({ section, ...line }, index) =>
      part(
        section,
        'provision',
        {
          ...EMPTY_LINE,
          ...line,
          needs: line.needs.map((one) => id('need', one)),
          outcomes: line.outcomes.map((one) => id('outcome', one)),
          sources: sourcesOf('provision', index),
        },
        { index },
      ),
    ),
    ...words.appendices.map(([title, author], index) =>
      part('K', 'appendix', { title, author, dated: '', releaseId: null, fileId: null }, { index }),
    ),
    part('J', 'budget', { offered: 'not-asked', words: '', lines: [], yearlyPence: null, outcomes: [] }),
  ]
  await trx.insertInto('plan_part').values(parts).execute()
  return { planId, lines: words.lines.map((_, index) => id('provision', index)), rows: parts.length + 1 }
}

const EMPTY_LINE: PlanContentOf['provision'] = {
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

/** The version as the fact sent it: hashed as any other. */
async function freeze(
  { trx, seed }: Making,
  about: Case,
  planId: string,
  kind: VersionKind,
): Promise<{ readonly id: string; readonly parts: readonly PlanPart[]; readonly rows: number }> {
  const plan = await findPlan(trx, planId)
  if (!plan) throw new Error('the plan that was begun cannot be read')
  const parts = await loadParts(trx, planId)
  const id = idFor(seed, 'plan version', about.child_id)
  await trx
    .insertInto('plan_version')
    .values({
      id,
      plan_id: planId,
      child_id: about.child_id,
      process_id: about.process_id,
      number: 1,
      kind,
      template_id: plan.templateId,
      child_name: about.child_name,
      child_born_on: about.date_of_birth,
      sha256: planHash(parts),
      frozen_on: about.sent_on,
      frozen_at: `${about.sent_on}T15:00:00Z`,
      frozen_by: about.officer,
      sent_on: about.sent_on,
      event_id: about.event_id,
    })
    .execute()
  await trx
    .insertInto('plan_version_part')
    .values(
      parts.map((part, index) => ({
        version_id: id,
        child_id: about.child_id,
        part_id: part.partId,
        section: part.section,
        kind: part.kind,
        slot: part.slot,
        position: part.position,
        number: index + 1,
        content: JSON.stringify(part.content),
      })),
    )
    .execute()
  return { id, parts, rows: parts.length + 1 }
}

/** A draft as its family answers it: each part a numbered paragraph. */
async function asDraft(making: Making, about: Case, planId: string): Promise<{ id: string; rows: number }> {
  const version = await freeze(making, about, planId, 'draft')
  await making.trx.deleteFrom('draft_paragraph').where('draft_event', '=', about.event_id).execute()
  await making.trx
    .insertInto('draft_paragraph')
    .values(
      version.parts.map((part, index) => ({
        id: idFor(making.seed, 'draft paragraph', part.partId),
        child_id: about.child_id,
        process_id: about.process_id,
        draft_event: about.event_id,
        section: part.section,
        number: index + 1,
        words: partInWords(part, version.parts),
        part_id: part.partId,
        version_id: version.id,
      })),
    )
    .execute()
  return { id: version.id, rows: version.rows + version.parts.length }
}

async function fact(
  { trx, seed }: Making,
  about: Case,
  kind: string,
  on: string,
  by: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<string> {
  const id = idFor(seed, 'plan fact', about.child_id, kind, on, JSON.stringify(payload))
  await trx
    .insertInto('case_event')
    .values({
      id,
      child_id: about.child_id,
      process_id: about.process_id,
      kind,
      happened_on: on,
      recorded_on: on,
      recorded_at: `${on}T16:00:00Z`,
      recorded_by: by,
      payload: JSON.stringify(payload),
      seq: 0,
      previous_hash: new Uint8Array(),
      hash: new Uint8Array(),
    })
    .execute()
  return id
}

/** A draft begun from the psychologist's advice, with the family; health has yet to agree its sections. */
async function writeDraft(making: Making, about: Case): Promise<number> {
  const { trx, seed, accounts } = making
  const words = firstPlan(about.given_name)
  const advice = await releaseAdvice(making, about, words)
  const begun = await begin(making, about, words, (kind, index) => {
    const part = advice?.parts.find((one) => one.kind === kind && one.index === index)
    return advice && part
      ? [
          {
            releaseId: advice.id,
            advicePartId: part.id,
            cite: `${advice.cite}, ${part.number}`,
            paragraph: part.number,
          },
        ]
      : []
  })
  const version = await asDraft(making, about, begun.planId)
  const health = accounts.find((one) => one.role === 'health-lead')
  if (health)
    await trx
      .insertInto('plan_writer')
      .values({
        id: idFor(seed, 'plan writer', about.child_id),
        plan_id: begun.planId,
        child_id: about.child_id,
        account_id: health.id,
        sections: ['C', 'G'],
        from_on: about.sent_on,
        given_by: about.officer,
      })
      .execute()
  if (advice)
    await trx
      .insertInto('plan_left_out')
      .values({
        id: idFor(seed, 'left out', about.child_id),
        plan_id: begun.planId,
        child_id: about.child_id,
        release_id: advice.id,
        advice_part_id: advice.leftOut,
        reason: 'better-met-otherwise',
        words:
          'The psychologist and the school agreed that a group at lunch would be one more loud room. The picture timetable helps with lunch instead.',
        decided_by: about.officer,
        decided_on: about.sent_on,
      })
      .execute()
  return begun.rows + version.rows + (advice?.rows ?? 0) + 2
}

/** The psychologist's advice as released and passed to the family: what the plan's lines came of, and one it left out. */
async function releaseAdvice(making: Making, about: Case, words: PlanWords) {
  const { trx, seed } = making
  const { rows: found } = await sql<{ id: string; received_on: string; account: string; name: string }>`
    select ar.id, ar.received_on, a.id as account, a.name from advice_request ar join account a on a.id = ar.adviser_account
    where ar.process_id = ${about.process_id} and ar.head = 'psychological' and ar.received_on is not null limit 1`.execute(
    trx,
  )
  const [asked] = found
  if (!asked) return null
  const chance = chanceFor(seed, 'released advice', asked.id)
  const [release, check] = [chance.uuid(), chance.uuid()]
  await trx
    .insertInto('advice')
    .values({
      advice_request_id: asked.id,
      child_id: about.child_id,
      state: 'released',
      begun_by: asked.account,
      begun_on: asked.received_on,
      changed_by: asked.account,
    })
    .execute()
  const about_ = {
    author: asked.name,
    role: 'Educational psychologist',
    qualification: 'Doctorate in Educational Psychology; registered with the HCPC',
    seen: 'Twice, at school.',
    sources: 'Class teacher; parent; the school’s record of support.',
  }
  const part = (kind: 'need' | 'provision', index: number, number: string, content: object) => ({
    id: chance.uuid(),
    kind,
    index,
    number,
    content,
  })
  const line = (one: object) => ({
    ...EMPTY_LINE,
    ...one,
    arrangedBy: 'education',
    outcomes: [],
  })
  const parts = [
    ...words.needs.flatMap(([section, need], index) =>
      section === 'B'
        ? [
            part('need', index, `N${index + 1}`, {
              type: need.type,
              words: need.words,
              source: 'Seen in class',
            }),
          ]
        : [],
    ),
    ...words.lines.flatMap(({ section, ...one }, index) =>
      section === 'F' ? [part('provision', index, `P${index + 1}`, line(one))] : [],
    ),
    part(
      'provision',
      -1,
      'P9',
      line({
        words: 'A lunchtime club for talking, in a group of six',
        who: 'Teaching assistant',
        mode: 'small-group',
        groupSize: '6',
        length: '30 minutes',
        minutes: 30,
        times: '2',
        count: 2,
        every: 'week',
        where: 'At school',
      }),
    ),
  ]
  const head = {
    author_name: asked.name,
    head: 'psychological',
    answer: 'advice',
    released_on: asked.received_on,
  }
  await trx
    .insertInto('advice_release')
    .values({
      id: release,
      advice_request_id: asked.id,
      child_id: about.child_id,
      process_id: about.process_id,
      number: 1,
      ...head,
      child_name: about.child_name,
      child_born_on: about.date_of_birth,
      qualification: `${about_.role}. ${about_.qualification}`,
      adviser_account: asked.account,
      written_by: [asked.account],
      released_by: asked.account,
      released_at: `${asked.received_on}T12:00:00Z`,
    })
    .execute()
  const paragraphs = [
    { id: chance.uuid(), kind: 'about', number: 'A', content: about_ as object },
    ...parts,
  ].map(({ id, kind, number, content }, position) => ({
    child_id: about.child_id,
    part_id: id,
    number,
    position,
    kind,
    section: null,
    content: JSON.stringify(content),
  }))
  await trx
    .insertInto('advice_paragraph')
    .values(paragraphs.map((one) => ({ id: chance.uuid(), release_id: release, ...one })))
    .execute()
  await trx
    .insertInto('advice_check')
    .values({
      id: check,
      release_id: release,
      child_id: about.child_id,
      checked_by: about.officer,
      checked_on: asked.received_on,
    })
    .execute()
  await trx
    .insertInto('advice_family_copy')
    .values({
      check_id: check,
      release_id: release,
      advice_request_id: asked.id,
      child_id: about.child_id,
      process_id: about.process_id,
      number: 1,
      ...head,
      checked_on: asked.received_on,
    })
    .execute()
  await trx
    .insertInto('advice_family_paragraph')
    .values(paragraphs.map((one) => ({ check_id: check, ...one })))
    .execute()
  return {
    id: release,
    parts,
    leftOut: parts.at(-1)!.id,
    cite: `Psychological advice, ${asked.name}`,
    rows: paragraphs.length * 2 + 4,
  }
}

/** Lines promised from a day, where the child is placed. */
async function promise(
  { trx, seed }: Making,
  about: Case,
  plan: { readonly planId: string; readonly versionId: string; readonly parts: readonly PlanPart[] },
  from: string,
): Promise<number> {
  if (about.setting_urn !== null)
    await trx
      .insertInto('placement')
      .values({
        id: idFor(seed, 'placement', about.child_id),
        child_id: about.child_id,
        process_id: about.process_id,
        setting_urn: about.setting_urn,
        place_name: about.setting_name ?? '',
        from_on: about.sent_on,
        version_id: plan.versionId,
        recorded_by: about.officer,
        recorded_on: about.sent_on,
      })
      .execute()
  const lines = inSection(plan.parts, 'F').filter((part) => part.kind === 'provision')
  for (const part of lines) {
    await trx
      .insertInto('provision_line')
      .values({
        line_id: part.partId,
        child_id: about.child_id,
        plan_id: plan.planId,
        section: part.section,
        state_since: from,
        setting_urn: about.setting_urn,
      })
      .execute()
    await trx
      .insertInto('provision_term')
      .values({
        id: idFor(seed, 'provision term', part.partId),
        line_id: part.partId,
        child_id: about.child_id,
        version_id: plan.versionId,
        from_on: from,
        content: JSON.stringify(part.content),
      })
      .execute()
  }
  return lines.length * 2 + 1
}

/** The final plan: section I names where the child goes. */
async function asFinal(making: Making, about: Case, planId: string, kind: VersionKind) {
  await making.trx
    .insertInto('plan_part')
    .values({
      part_id: idFor(making.seed, 'plan part', about.child_id, 'placement'),
      version: 0,
      plan_id: planId,
      child_id: about.child_id,
      section: 'I',
      kind: 'placement',
      content: JSON.stringify({
        form: 'named',
        settingUrn: about.setting_urn,
        name: about.setting_name ?? '',
        type: about.setting_type ?? '',
        conditions: '',
      } satisfies PlanContentOf['placement']),
      saved_by: about.officer,
      saved_at: `${about.sent_on}T10:00:00Z`,
    })
    .execute()
  return freeze(making, about, planId, kind)
}

/** A school's word that a line is in place. */
async function confirm(
  making: Making,
  about: Case,
  line: string,
  days: { readonly since: string; readonly on: string },
  by: { readonly id: string; readonly name: string },
): Promise<number> {
  const event = await fact(making, about, 'provision_confirmed', days.on, by.id, {
    line,
    since: days.since,
    setting: about.setting_urn,
  })
  await making.trx
    .insertInto('provision_record')
    .values({
      id: idFor(making.seed, 'confirmation', line),
      line_id: line,
      child_id: about.child_id,
      about: 'confirmation',
      kind: 'in-place',
      on_day: days.since,
      to_day: days.on,
      given_by: `${by.name}, SENCO, ${about.setting_name}`,
      recorded_by: by.id,
      recorded_on: days.on,
      recorded_at: `${days.on}T16:00:00Z`,
      event_id: event,
    })
    .execute()
  return 2
}

/** The child's own page, and who went through it with them. */
async function shareMyPlan(
  { trx, seed, asAt, ...rest }: Making,
  about: Case,
  plan: { readonly planId: string; readonly versionId: string },
  on: string,
  settingName: string,
): Promise<number> {
  const page = idFor(seed, 'my plan', about.child_id)
  const said = (picture: string, ...sentences: string[]) => ({ sentences, picture })
  await trx
    .insertInto('my_plan')
    .values({
      id: page,
      plan_id: plan.planId,
      child_id: about.child_id,
      version_id: plan.versionId,
      number: 1,
      content: JSON.stringify({
        parts: {
          me: said(
            'face',
            `My name is ${about.given_name}.`,
            'I like football.',
            'I like to take things apart.',
          ),
          good: said('star', 'I am good at seeing how things work.', 'I type fast.'),
          hard: said('hill', 'Long writing is hard for me.', 'I lose words when I talk.'),
          hopes: said('sun', 'I want to work with engines.'),
          help: said(
            'people',
            'A therapist helps me find words, for half an hour each week.',
            'A helper in class sets out my work in steps.',
            'I will learn to type.',
          ),
          talk: said('talk', `I can talk to my tutor at ${settingName}.`),
        },
      }),
      saved_by: about.officer,
      saved_on: on,
      saved_at: `${on}T11:00:00Z`,
    })
    .execute()
  const event = await fact({ trx, seed, asAt, ...rest }, about, 'my_plan_shared', on, about.officer, {
    page: 1,
    how: 'at-school',
  })
  await trx
    .insertInto('my_plan_shared')
    .values({
      id: idFor(seed, 'my plan shared', about.child_id),
      my_plan_id: page,
      child_id: about.child_id,
      shared_on: on,
      how: 'at-school',
      who: 'The form tutor',
      said: 'The bit about engines is right.',
      recorded_by: about.officer,
      recorded_on: on,
      event_id: event,
    })
    .execute()
  return 3
}

/** A plan in place since years, its lines kept as data from the start of this school year. */
async function writeInPlace(making: Making, about: Case): Promise<number> {
  const { trx, seed, asAt } = making
  const from = '2020-09-07'
  const begun = await begin(making, about, planInPlace(about.given_name))
  const version = await asFinal(making, about, begun.planId, 'amended-final')
  const plan = { planId: begun.planId, versionId: version.id, parts: version.parts }
  let rows = begun.rows + version.rows + (await promise(making, about, plan, from))
  const [speech, inClass] = begun.lines
  if (!speech || !inClass || about.setting_urn === null) return rows
  const senco = await person(making, 'Nerys Pemberton', 'setting', 'senco', 'SENCO')
  await trx
    .insertInto('account_setting')
    .values({
      account_id: senco.id,
      setting_urn: about.setting_urn,
      manages_people: true,
      from_on: '2018-01-01',
    })
    .execute()
  const therapist = await person(
    making,
    'Imelda Farthing',
    'professional',
    'health-professional',
    'Speech and language therapist',
    'health',
  )
  rows += await confirm(making, about, speech, { since: '2020-09-14', on: '2020-10-05' }, senco)
  rows += await confirm(making, about, inClass, { since: from, on: '2020-10-05' }, senco)
  await trx
    .insertInto('provision_deliverer')
    .values({
      id: idFor(seed, 'deliverer', speech),
      line_id: speech,
      child_id: about.child_id,
      account_id: therapist.id,
      from_on: from,
      given_by: about.officer,
    })
    .execute()
  const days = ['2020-09-14', '2020-09-21', '2020-09-28', '2020-10-05', '2020-10-12', '2020-10-19']
  const sessions = await fact(making, about, 'sessions_recorded', '2020-10-23', therapist.id, {
    line: speech,
    month: '2020-10',
    sessions: days.length,
  })
  await trx
    .insertInto('provision_record')
    .values(
      days.map((day, index) => ({
        id: idFor(seed, 'session', speech, day),
        line_id: speech,
        child_id: about.child_id,
        about: 'session',
        kind: index === 2 ? 'missed' : 'given',
        reason: index === 2 ? 'therapist-ill' : null,
        on_day: day,
        minutes: index === 2 ? null : 30,
        given_by: `${therapist.name}, Speech and language therapist`,
        recorded_by: therapist.id,
        recorded_on: '2020-10-23',
        recorded_at: '2020-10-23T16:00:00Z',
        event_id: sessions,
      })),
    )
    .execute()
  rows += days.length + 6 + (await writeReport(making, about, inClass))
  rows += await shareMyPlan(making, about, plan, '2020-10-15', about.setting_name ?? 'school')
  await refreshChild(trx, about.child_id, asAt)
  return rows
}

/** The family said that help in class had stopped; it was put right a week after. */
async function writeReport(making: Making, about: Case, line: string): Promise<number> {
  const { trx, seed } = making
  const { rows } = await sql<{
    account_id: string
  }>`select account_id from contact where id = ${about.contact_id}`.execute(trx)
  const by = rows[0]!.account_id
  const report = idFor(seed, 'provision report', line)
  const reported = await fact(making, about, 'provision_gap_reported', '2020-10-12', by, { report, line })
  await trx
    .insertInto('provision_report')
    .values({
      id: report,
      line_id: line,
      child_id: about.child_id,
      process_id: about.process_id,
      since_on: '2020-10-05',
      words: 'Nobody has sat with him in lessons this week. He came home with nothing finished.',
      reported_by: by,
      reported_on: '2020-10-12',
      event_id: reported,
    })
    .execute()
  const answered = await fact(making, about, 'provision_gap_answered', '2020-10-16', about.officer, {
    report,
  })
  await trx
    .insertInto('provision_answer')
    .values({
      report_id: report,
      child_id: about.child_id,
      kind: 'put-right',
      right_from: '2020-10-14',
      words:
        'You were right, and we are sorry. The teaching assistant was off ill. The school has had somebody else in class each day since 14 October.',
      answered_by: about.officer,
      answered_on: '2020-10-16',
      event_id: answered,
    })
    .execute()
  return 4
}

/** A young person's own plan, new this term. */
async function writeYoungPersons(making: Making, about: Case): Promise<number> {
  const { trx, asAt } = making
  const account = await person(
    making,
    about.contact_name,
    'family',
    'young-person',
    'Young person, plan in place',
  )
  await trx
    .updateTable('contact')
    .set({ account_id: account.id })
    .where('id', '=', about.contact_id)
    .execute()
  const begun = await begin(making, about, planInPlace(about.given_name))
  const version = await asFinal(making, about, begun.planId, 'final')
  const plan = { planId: begun.planId, versionId: version.id, parts: version.parts }
  const promised = await promise(making, about, plan, about.sent_on)
  const shared = await shareMyPlan(
    making,
    about,
    plan,
    asAt.slice(0, 8).concat('02'),
    about.setting_name ?? 'college',
  )
  await refreshChild(trx, about.child_id, asAt)
  return begun.rows + version.rows + promised + shared + 1
}

/** A draft a school was sent, with the question whether it can meet the needs. */
async function writeAskedAbout(making: Making, about: Case): Promise<number> {
  const words = isTeenager(about, making.asAt) ? planInPlace : firstPlan
  const begun = await begin(making, about, words(about.given_name))
  const version = await asDraft(making, about, begun.planId)
  const { rows } = await sql<{
    id: string
    setting: string
  }>`select e.id, e.payload->>'setting' as setting from case_event e
    where e.process_id = ${about.process_id} and e.kind = 'setting_consulted' order by e.seq`.execute(
    making.trx,
  )
  if (rows.length > 0)
    await making.trx
      .insertInto('consultation_paper')
      .values(
        rows.map(({ id, setting }) => ({
          id: idFor(making.seed, 'consultation paper', id),
          child_id: about.child_id,
          consulted_event: id,
          setting_urn: setting,
          version_id: version.id,
        })),
      )
      .execute()
  return begun.rows + version.rows + rows.length
}

async function person(
  { trx, seed }: Making,
  name: string,
  door: string,
  role: string,
  jobTitle: string,
  team: string | null = null,
): Promise<{ readonly id: string; readonly name: string }> {
  const id = idFor(seed, 'account', role, name)
  await trx
    .insertInto('account')
    .values({
      id,
      name,
      email: `${id.slice(0, 8)}@training.example`,
      door,
      role,
      job_title: jobTitle,
      remit: 'relationships',
      team_id: team,
    })
    .execute()
  return { id, name }
}
