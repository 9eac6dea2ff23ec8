import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { commentPeriod } from '../../../documents/letters/index.ts'
import { iso } from '../../../law/index.ts'
import type { PlanPart, PlanSection } from '../../../record/plan/index.ts'
import { loadVersion, loadVersions, type PlanVersion } from '../the-plan/index.ts'

export const STANCES = {
  agree: 'It is right',
  change: 'It should be changed',
  question: 'A question',
} as const
export type Stance = keyof typeof STANCES

/** A draft as one who advised, or was consulted, may read it, and their time to say something of it. */
export interface DraftToComment {
  readonly version: PlanVersion & { readonly sentOn: string }
  /** The last of the 15 days from the day it was sent. */
  readonly lastDay: string
  /** No later version was sent, as far as the reader is told, and the case is not closed. */
  readonly isOpen: boolean
  /** The setting the reader speaks for, where they read it as one; null for a professional. */
  readonly settingUrn: string | null
  /** They read some lines of the draft only. */
  readonly linesOnly: boolean
}

/** Undefined where there is no such draft, or none of its lines is the reader's to read: the database decides. */
export async function findDraft(trx: Trx, versionId: string): Promise<DraftToComment | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(versionId)) return undefined
  const version = await loadVersion(trx, versionId)
  if (!version || version.sentOn === null || version.parts.length === 0) return undefined
  if (version.kind !== 'draft' && version.kind !== 'amended-draft') return undefined
  const { sentOn } = version
  const later = (await loadVersions(trx, version.childId)).some(
    (one) => one.planId === version.planId && one.sentOn !== null && one.number > version.number,
  )
  const { rows } = await sql<{ closed: boolean; setting: string | null }>`select
    not exists (select from process p where p.id = ${version.processId} and p.closed_on is null) as closed,
    (select e.payload->>'setting' from case_event e where e.child_id = ${version.childId} and e.kind = 'setting_consulted'
      and e.payload->>'setting' = any (viewer_settings()) order by e.seq desc limit 1) as setting`.execute(
    trx,
  )
  return {
    version: { ...version, sentOn },
    lastDay: iso(commentPeriod(sentOn).last),
    isOpen: !later && !rows[0]!.closed,
    settingUrn: rows[0]!.setting,
    linesOnly: version.parts.some((part, at) => part.number !== at + 1),
  }
}

/** A comment of a professional or a setting, with its answer. */
export interface AdviserComment {
  readonly id: string
  readonly versionId: string
  readonly accountId: string
  readonly by: string
  readonly jobTitle: string
  readonly settingName: string | null
  readonly stance: Stance
  readonly words: string
  readonly sentOn: string
  readonly lastDay: string
  /** The line it is of, where the reader may read it. */
  readonly line:
    | { readonly number: number; readonly section: PlanSection; readonly part: PlanPart }
    | undefined
  /** It is of all they were shown. */
  readonly isOfAll: boolean
  readonly answer: { readonly words: string; readonly on: string; readonly by: string } | null
}

/** What professionals and settings said of a child's drafts: to them what is theirs, to the office all of it. */
export async function findAdviserComments(
  trx: Trx,
  about: { readonly childId: string; readonly versionId?: string },
): Promise<readonly AdviserComment[]> {
  const { rows } = await sql<{
    id: string
    version_id: string
    account_id: string
    by: string | null
    job_title: string | null
    setting_name: string | null
    stance: Stance
    words: string
    sent_on: string
    last_day: string
    part_id: string | null
    number: number | null
    section: PlanSection | null
    kind: string
    slot: string | null
    position: number
    content: unknown
    answer: string | null
    answered_on: string | null
    answered_by: string | null
  }>`select c.id, c.version_id, c.account_id, a.name as by, a.job_title, s.name as setting_name, c.stance, c.words, c.sent_on, c.last_day,
      c.part_id, p.number, p.section, p.kind, p.slot, p.position, p.content, r.words as answer, r.answered_on, o.name as answered_by
    from draft_adviser_comment c
    left join account a on a.id = c.account_id
    left join setting s on s.urn = c.setting_urn
    left join plan_version_part p on p.version_id = c.version_id and p.part_id = c.part_id
    left join draft_adviser_answer r on r.comment_id = c.id
    left join account o on o.id = r.answered_by
    where c.child_id = ${about.childId} and (${about.versionId ?? null}::uuid is null or c.version_id = ${about.versionId ?? null}::uuid)
    order by c.sent_at, coalesce(p.number, 100000), c.id`.execute(trx)
  return rows.map((row) => ({
    id: row.id,
    versionId: row.version_id,
    accountId: row.account_id,
    by: row.by ?? 'Somebody who advised',
    jobTitle: row.job_title ?? '',
    settingName: row.setting_name,
    stance: row.stance,
    words: row.words,
    sentOn: row.sent_on,
    lastDay: row.last_day,
    line:
      row.part_id !== null && row.number !== null && row.section !== null
        ? {
            number: row.number,
            section: row.section,
            part: {
              partId: row.part_id,
              section: row.section,
              kind: row.kind,
              slot: row.slot,
              position: row.position,
              content: row.content,
            } as PlanPart,
          }
        : undefined,
    isOfAll: row.part_id === null,
    answer:
      row.answer === null
        ? null
        : { words: row.answer, on: row.answered_on!, by: row.answered_by ?? 'The council' },
  }))
}
