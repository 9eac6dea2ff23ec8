import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { dayInWords } from '../../../documents/letters/index.ts'
import { VERSION_KINDS, type VersionKind } from '../../../record/plan/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'

/**
 * A paper that may go with a consultation: the newest version of the plan that was sent to the family, or advice as it was
 * checked for them. What was kept back from the family is in neither.
 */
export interface Paper {
  /** `version:…` or `check:…`, as a form posts it. */
  readonly key: string
  readonly text: string
}

/** The papers of a case as it stands: nothing unsent, nothing unchecked, nothing taken back. */
export async function findPapers(trx: Trx, childId: string, processId: string): Promise<readonly Paper[]> {
  const { rows: versions } = await sql<{ id: string; kind: VersionKind; sent_on: string }>`
    select id, kind, sent_on from plan_version where child_id = ${childId} and sent_on is not null and kind <> 'working'
    order by frozen_at desc, number desc limit 1`.execute(trx)
  const { rows: copies } = await sql<{
    check_id: string
    head: string
    author_name: string
    released_on: string
  }>`
    select distinct on (f.advice_request_id) f.check_id, f.head, f.author_name, f.released_on
    from advice_family_copy f join advice_check k on k.id = f.check_id
    where f.child_id = ${childId} and f.process_id = ${processId} and k.taken_back_on is null
    order by f.advice_request_id, f.number desc`.execute(trx)
  return [
    ...versions.map((one) => ({
      key: `version:${one.id}`,
      text: `${VERSION_KINDS[one.kind]} sent ${dayInWords(one.sent_on)}`,
    })),
    ...copies.map((one) => ({
      key: `check:${one.check_id}`,
      text: `${Object.hasOwn(HEADS, one.head) ? HEADS[one.head as keyof typeof HEADS].title : one.head}: ${one.author_name}, ${dayInWords(one.released_on)}`,
    })),
  ]
}

/** Writes down which papers each setting was given; only papers of this case are. */
export async function sendPapers(
  trx: Trx,
  about: { readonly childId: string; readonly eventId: string; readonly settingUrn: string },
  papers: readonly Paper[],
): Promise<void> {
  if (papers.length === 0) return
  await trx
    .insertInto('consultation_paper')
    .values(
      papers.map(({ key }) => {
        const [kind, id] = key.split(':')
        return {
          child_id: about.childId,
          consulted_event: about.eventId,
          setting_urn: about.settingUrn,
          version_id: kind === 'version' ? id! : null,
          check_id: kind === 'check' ? id! : null,
        }
      }),
    )
    .execute()
}
