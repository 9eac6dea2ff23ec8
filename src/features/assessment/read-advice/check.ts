import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { tellEachOfTheFamily } from '../../family/tell-the-family/index.ts'
import type { Outcome, Provision } from '../../professional/write-advice/index.ts'
import type { AdviceFile, Release, ReleasedParagraph } from './queries.ts'

/** Why a paragraph is kept from the family. */
export const REASONS = {
  'about-somebody-else': 'It is about somebody else, or somebody else said it in confidence',
  'serious-harm': 'Reading it could cause serious harm',
  safeguarding: 'Safeguarding: sharing it could put the child or others at risk',
  other: 'Another reason, explained in the note',
} as const
export type Reason = keyof typeof REASONS
export const isReason = (value: string | undefined): value is Reason =>
  value !== undefined && Object.hasOwn(REASONS, value)

/** What is written before a release is shown to the family. */
export interface Checking {
  readonly withheld: ReadonlyMap<string, Reason>
  readonly shared: boolean
  readonly note: string | null
}

/** A paragraph as the family has it: its links lead to nothing that is kept back. */
function forFamily(one: ReleasedParagraph, shown: ReadonlySet<string>): unknown {
  if (one.kind === 'outcome') {
    const outcome = one.content as Outcome
    return { ...outcome, needs: outcome.needs.filter((id) => shown.has(id)) }
  }
  if (one.kind === 'provision') {
    const line = one.content as Provision
    return { ...line, outcomes: line.outcomes.filter((id) => shown.has(id)) }
  }
  return one.content
}

/** Makes the family's copy of a release without what is kept back, which never reaches the table the family reads. */
export async function passForFamily(
  trx: Trx,
  file: AdviceFile,
  release: Release,
  checking: Checking,
  by: { readonly accountId: string; readonly today: string },
): Promise<void> {
  const shown = release.paragraphs.filter((one) => !checking.withheld.has(one.id))
  const parts = new Set(shown.map((one) => one.partId))
  const { id } = await trx
    .insertInto('advice_check')
    .values({
      release_id: release.id,
      child_id: file.childId,
      checked_by: by.accountId,
      checked_on: by.today,
      shared_with_advisers: checking.shared,
      note: checking.note,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (checking.withheld.size > 0)
    await trx
      .insertInto('advice_withheld')
      .values(
        [...checking.withheld].map(([paragraph, reason]) => ({
          check_id: id,
          paragraph_id: paragraph,
          child_id: file.childId,
          reason,
        })),
      )
      .execute()
  await trx
    .insertInto('advice_family_copy')
    .values({
      check_id: id,
      release_id: release.id,
      advice_request_id: file.id,
      child_id: file.childId,
      process_id: file.processId,
      number: release.number,
      head: file.head,
      answer: release.answer,
      author_name: release.authorName,
      released_on: release.releasedOn,
      checked_on: by.today,
    })
    .execute()
  for (let from = 0; from < shown.length; from += 500)
    await trx
      .insertInto('advice_family_paragraph')
      .values(
        shown.slice(from, from + 500).map((one, index) => ({
          check_id: id,
          child_id: file.childId,
          part_id: one.partId,
          number: one.number,
          position: from + index,
          kind: one.kind,
          section: one.section,
          content: JSON.stringify(forFamily(one, parts)),
        })),
      )
      .execute()
  const eventId = await recordEvent(trx, {
    childId: file.childId,
    processId: file.processId,
    kind: 'advice_checked',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: {
      head: file.head,
      adviser: file.adviser,
      number: release.number,
      kept: checking.withheld.size,
    },
  })
  // What they sent themselves is no news to them.
  if (file.head !== 'parent')
    await tellEachOfTheFamily(trx, {
      childId: file.childId,
      processId: file.processId,
      eventId,
      today: by.today,
      template: 'advice-released',
      values: { from: WHOSE_ADVICE[file.head] ?? 'somebody we asked' },
      linkPath: '/family/advice',
    })
}

/** Whose advice it is, by their work: a message names nobody. */
const WHOSE_ADVICE: Readonly<Record<string, string>> = {
  educational: 'the school or college',
  'armed-forces': 'the armed forces',
  medical: 'a health professional',
  psychological: 'an educational psychologist',
  'social-care': 'social care',
  'preparing-for-adulthood': 'somebody who helps young people get ready for adult life',
  'requested-by-family': 'somebody you asked us to ask',
}

/** Takes the family's copy back at once; what they had already read, they have read. */
export async function takeBack(
  trx: Trx,
  file: AdviceFile,
  release: Release,
  why: string,
  by: { readonly accountId: string; readonly today: string },
): Promise<void> {
  await trx
    .updateTable('advice_check')
    .set({ taken_back_on: by.today, taken_back_by: by.accountId, taken_back_why: why })
    .where('release_id', '=', release.id)
    .where('taken_back_on', 'is', null)
    .execute()
  await recordEvent(trx, {
    childId: file.childId,
    processId: file.processId,
    kind: 'advice_taken_back',
    on: by.today,
    today: by.today,
    by: by.accountId,
    payload: { head: file.head, adviser: file.adviser, number: release.number },
    why,
  })
}
