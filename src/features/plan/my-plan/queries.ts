import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { VERSION_KINDS, type VersionKind } from '../../../record/plan/index.ts'
import {
  forEachPart,
  isMyPlanPicture,
  type MyPlanContent,
  type MyPlanPage,
} from '../../../record/plan/my-plan.ts'

/** A saved page, with its place in the order of saves. */
export interface KeptMyPlan {
  readonly id: string
  readonly number: number
  readonly versionId: string
  readonly page: MyPlanPage
  readonly savedBy: string | null
}

export interface Shared {
  readonly id: string
  readonly myPlanId: string
  readonly number: number
  readonly on: string
  readonly how: How
  readonly who: string
  readonly said: string
  readonly by: string | null
}

export const HOW = {
  'in-person': 'In person',
  'at-school': 'At school, by somebody there',
  video: 'By video',
  phone: 'By phone',
  'by-family': 'The family went through it together',
} as const
export type How = keyof typeof HOW

/** What a row holds, read with care: a part that is not there is empty. */
export function asContent(content: unknown): MyPlanContent {
  const held = (content as { parts?: Record<string, { sentences?: unknown; picture?: unknown }> }).parts ?? {}
  return {
    parts: forEachPart((part) => {
      const { sentences, picture } = held[part] ?? {}
      return {
        sentences: Array.isArray(sentences) ? sentences.filter((one) => typeof one === 'string') : [],
        picture: isMyPlanPicture(picture) ? picture : null,
      }
    }),
  }
}

/** The newest page of a child that the viewer may read: to the family, the newest that was shared. */
export async function findMyPlan(trx: Trx, childId: string): Promise<KeptMyPlan | undefined> {
  const row = await trx
    .selectFrom('my_plan as m')
    .innerJoin('plan_version as v', 'v.id', 'm.version_id')
    .innerJoin('child as c', 'c.id', 'm.child_id')
    .leftJoin('account as a', 'a.id', 'm.saved_by')
    .select([
      'm.id',
      'm.number',
      'm.version_id',
      'm.language',
      'm.content',
      'm.saved_on',
      'v.kind',
      'v.sent_on',
    ])
    .select(['v.frozen_on', 'a.name', 'c.given_name', 'c.known_as'])
    .where('m.child_id', '=', childId)
    .orderBy('m.saved_at', 'desc')
    .orderBy('m.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      number: row.number,
      versionId: row.version_id,
      savedBy: row.name,
      page: {
        ...asContent(row.content),
        childName: row.known_as ?? row.given_name,
        language: row.language,
        savedOn: row.saved_on,
        madeFrom: { kind: VERSION_KINDS[row.kind as VersionKind], sentOn: row.sent_on ?? row.frozen_on },
      },
    }
  )
}

/** Each time somebody went through a page with the child, the newest first. What they said is read by the office and the child alone. */
export async function findShared(trx: Trx, childId: string): Promise<readonly Shared[]> {
  const rows = await trx
    .selectFrom('my_plan_shared as s')
    .innerJoin('my_plan as m', 'm.id', 's.my_plan_id')
    .leftJoin('account as a', 'a.id', 's.recorded_by')
    .select(['s.id', 's.my_plan_id', 'm.number', 's.shared_on', 's.how', 's.who', 'a.name'])
    .where('s.child_id', '=', childId)
    .orderBy('s.shared_on', 'desc')
    .orderBy('m.number', 'desc')
    .execute()
  const { rows: words } = await sql<{
    id: string
    said: string
  }>`select id, said from my_plan_said(${childId})`.execute(trx)
  const said = new Map(words.map((one) => [one.id, one.said]))
  return rows.map((row) => ({
    id: row.id,
    myPlanId: row.my_plan_id,
    number: row.number,
    on: row.shared_on,
    how: row.how as How,
    who: row.who,
    said: said.get(row.id) ?? '',
    by: row.name,
  }))
}
