import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { AdviceHead } from '../../../law/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { type PlanPart, type RecommendedPart, sourcesOf } from '../../../record/plan/index.ts'
import { HEADS } from '../../assessment/ask-for-advice/index.tsx'
import type { Need, Outcome, Provision } from '../../professional/write-advice/index.ts'

/** A need, an outcome or a line of provision as advice recommends it. */
export type Recommendation = RecommendedPart & {
  readonly adviceRequestId: string
  readonly head: string
  readonly number: string
  /** How the whole piece of advice is cited. */
  readonly adviceCite: string
} & (
    | { readonly kind: 'need'; readonly content: Need }
    | { readonly kind: 'outcome'; readonly content: Outcome }
    | { readonly kind: 'provision'; readonly content: Provision }
  )

/** A release of advice, the newest there is of its request. */
export interface NewestRelease {
  readonly releaseId: string
  readonly adviceRequestId: string
  readonly head: string
  readonly title: string
  readonly author: string
  readonly releasedOn: string
  readonly answer: string
  readonly number: number
}

/** Heads whose title does not read as the name of a piece of advice. */
const CALLED: Readonly<Record<string, string>> = {
  parent: 'Views and evidence of the family',
  other: 'Other advice',
  'requested-by-family': 'Advice the family asked for',
}

/** What a piece of advice is called in the plan: "Psychology advice". */
export const adviceTitle = (head: string): string =>
  CALLED[head] ?? `${Object.hasOwn(HEADS, head) ? HEADS[head as AdviceHead].title : head} advice`

/** The newest release of each piece of advice for the child that the viewer may read. */
export async function loadNewestReleases(trx: Trx, childId: string): Promise<readonly NewestRelease[]> {
  const { rows } = await sql<{
    id: string
    advice_request_id: string
    head: string
    author_name: string
    released_on: string
    answer: string
    number: number
  }>`select * from (
      select distinct on (r.advice_request_id) r.id, r.advice_request_id, r.head, r.author_name, r.released_on, r.answer, r.number
      from advice_release r join advice_request ar on ar.id = r.advice_request_id and ar.withdrawn_on is null
      where r.child_id = ${childId} order by r.advice_request_id, r.number desc
    ) newest order by released_on, head, id`.execute(trx)
  return rows.map((row) => ({
    releaseId: row.id,
    adviceRequestId: row.advice_request_id,
    head: row.head,
    title: `${adviceTitle(row.head)}, ${row.author_name}, ${shortDate(date(row.released_on))}`,
    author: row.author_name,
    releasedOn: row.released_on,
    answer: row.answer,
    number: row.number,
  }))
}

/** What the newest releases recommend, in reading order: needs, outcomes and lines of provision. */
export async function loadRecommendations(
  trx: Trx,
  releases: readonly NewestRelease[],
): Promise<readonly Recommendation[]> {
  if (releases.length === 0) return []
  const rows = await trx
    .selectFrom('advice_paragraph')
    .select(['release_id', 'part_id', 'number', 'kind', 'content'])
    .where(
      'release_id',
      'in',
      releases.map((one) => one.releaseId),
    )
    .where('kind', 'in', ['need', 'outcome', 'provision'])
    .orderBy('position')
    .execute()
  return releases.flatMap((release) =>
    rows
      .filter((row) => row.release_id === release.releaseId)
      .map(
        (row) =>
          ({
            advicePartId: row.part_id,
            releaseId: release.releaseId,
            adviceRequestId: release.adviceRequestId,
            head: release.head,
            number: row.number,
            kind: row.kind,
            content: row.content,
            adviceCite: release.title,
            cite: `${release.title}, ${row.number}`,
          }) as Recommendation,
      ),
  )
}

/** Something of the advice that was left out, with the reason. */
export interface LeftOut {
  readonly id: string
  readonly advicePartId: string
  readonly releaseId: string
  readonly reason: Reason
  readonly words: string
  readonly by: string
  readonly on: string
}

export const REASONS = {
  'in-another-line': 'Another line of the plan gives it',
  'already-happens': 'It is what every child there is given, and already happens',
  'not-needed': 'It is not needed for the needs in section B',
  'better-met-otherwise': 'The need is better met another way',
  'not-for-this-plan': 'It is not for an education, health and care plan',
  'not-agreed': 'Those who would provide it do not agree',
  other: 'Another reason',
} as const
export type Reason = keyof typeof REASONS

/** What stands left out of a plan. The family may read it beside a draft they were sent. */
export async function loadLeftOut(trx: Trx, planId: string): Promise<readonly LeftOut[]> {
  const rows = await trx
    .selectFrom('plan_left_out as l')
    .leftJoin('account as a', 'a.id', 'l.decided_by')
    .select(['l.id', 'l.advice_part_id', 'l.release_id', 'l.reason', 'l.words', 'a.name', 'l.decided_on'])
    .where('l.plan_id', '=', planId)
    .where('l.taken_back_on', 'is', null)
    .orderBy('l.decided_on')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    advicePartId: row.advice_part_id,
    releaseId: row.release_id,
    reason: row.reason as Reason,
    words: row.words,
    by: row.name ?? 'the council',
    on: row.decided_on,
  }))
}

/** A part of the plan whose advice has a newer version that says something else, or nothing any more. */
export interface ChangedAdvice<P extends PlanPart = PlanPart> {
  readonly part: P
  readonly advicePartId: string
  readonly usedReleaseId: string
  readonly before: Recommendation['content'] | null
  /** Null where the newer version no longer says it. */
  readonly now: Recommendation | null
  readonly newest: NewestRelease
}

/** Finds the parts of a plan that came of advice which was since put right. */
export async function findChangedAdvice<P extends PlanPart>(
  trx: Trx,
  parts: readonly P[],
  releases: readonly NewestRelease[],
  recommended: readonly Recommendation[],
): Promise<readonly ChangedAdvice<P>[]> {
  const used = parts.flatMap((part) =>
    sourcesOf(part).flatMap((source) =>
      source.releaseId && source.advicePartId && !releases.some((one) => one.releaseId === source.releaseId)
        ? [{ part, releaseId: source.releaseId, advicePartId: source.advicePartId }]
        : [],
    ),
  )
  if (used.length === 0) return []
  const old = await trx
    .selectFrom('advice_paragraph as p')
    .innerJoin('advice_release as r', 'r.id', 'p.release_id')
    .select(['p.release_id', 'p.part_id', 'p.content', 'r.advice_request_id'])
    .where('p.release_id', 'in', [...new Set(used.map((one) => one.releaseId))])
    .execute()
  return used.flatMap(({ part, releaseId, advicePartId }) => {
    const was = old.find((row) => row.release_id === releaseId && row.part_id === advicePartId)
    const newest = releases.find((one) => one.adviceRequestId === was?.advice_request_id)
    if (!was || !newest) return []
    const now =
      recommended.find((one) => one.releaseId === newest.releaseId && one.advicePartId === advicePartId) ??
      null
    if (now && isDeepStrictEqual(now.content, was.content)) return []
    return [
      {
        part,
        advicePartId,
        usedReleaseId: releaseId,
        before: was.content as Recommendation['content'],
        now,
        newest,
      },
    ]
  })
}

/** The ids of parts of the advice that a plan names as a source. */
export const usedParts = (parts: readonly PlanPart[]): ReadonlyMap<string, readonly PlanPart[]> => {
  const used = new Map<string, PlanPart[]>()
  for (const part of parts)
    for (const { advicePartId } of sourcesOf(part))
      if (advicePartId) used.set(advicePartId, [...(used.get(advicePartId) ?? []), part])
  return used
}
