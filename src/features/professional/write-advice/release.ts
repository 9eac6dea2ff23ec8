import { recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { type AnswerKind, type Part, partsOf } from './contents.ts'
import type { AskedAdvice } from './queries.ts'
import type { Saver } from './save.ts'

/** A paragraph as it is released: what people cite by number. */
export interface Paragraph {
  readonly partId: string
  readonly ordinal: number
  readonly number: string
  readonly kind: Part['kind']
  readonly section: string | null
  readonly content: unknown
}

/**
 * Cuts advice into the paragraphs it is cited by: free text at its blank lines, numbered 1, 2, 3 on; needs N1 on, outcomes O1
 * on, lines of provision P1 on. Empty sections are left out.
 */
export function paragraphsOf(parts: readonly Part[]): readonly Paragraph[] {
  const told: Paragraph[] = partsOf(parts, 'about').map((part) => ({
    partId: part.partId,
    ordinal: 0,
    number: 'A',
    kind: 'about',
    section: null,
    content: part.content,
  }))
  let number = 0
  for (const part of partsOf(parts, 'text'))
    for (const [ordinal, words] of part.content.words
      .split(/\n\s*\n/)
      .map((one) => one.trim())
      .filter(Boolean)
      .entries())
      told.push({
        partId: part.partId,
        ordinal,
        number: String(++number),
        kind: 'text',
        section: part.section,
        content: { words },
      })
  for (const [kind, letter] of [
    ['need', 'N'],
    ['outcome', 'O'],
    ['provision', 'P'],
  ] as const)
    for (const [index, part] of partsOf(parts, kind).entries())
      told.push({
        partId: part.partId,
        ordinal: 0,
        number: `${letter}${index + 1}`,
        kind,
        section: null,
        content: part.content,
      })
  return told
}

export interface Releasing {
  readonly answer: AnswerKind
  /** Why there is another version; null for the first. */
  readonly why: string | null
  /** The day it came: the day of release, or for what the office types the day it arrived. */
  readonly on: string
}

/**
 * Freezes the advice as a numbered version in the adviser's name, and records that it came, unless that is already recorded:
 * advice told by paper and by this door is one fact.
 * @returns the release
 */
export async function release(
  trx: Trx,
  asked: AskedAdvice,
  parts: readonly Part[],
  releasing: Releasing,
  by: Saver,
): Promise<string> {
  const about = partsOf(parts, 'about')[0]?.content
  const number = (asked.releases[0]?.number ?? 0) + 1
  const savers = await trx
    .selectFrom('advice_part')
    .select('saved_by')
    .distinct()
    .where('advice_request_id', '=', asked.id)
    .execute()
  const supervisor = asked.people.find((one) => one.part === 'supervisor')
  const byAnother = asked.adviserAccount !== by.accountId
  const isFirst = asked.receivedOn === null
  const eventId = isFirst
    ? await recordEvent(trx, {
        childId: asked.child.id,
        processId: asked.processId,
        kind: 'advice_received',
        on: releasing.on,
        today: by.today,
        by: by.accountId,
        onBehalfOf: byAnother ? (asked.adviserName ?? asked.adviser) : null,
        payload: {
          head: asked.head,
          adviser: asked.adviser,
          nothingToReport: releasing.answer === 'advice' ? null : true,
        },
      })
    : null
  const { id } = await trx
    .insertInto('advice_release')
    .values({
      advice_request_id: asked.id,
      child_id: asked.child.id,
      process_id: asked.processId,
      number,
      head: asked.head,
      answer: releasing.answer,
      child_name: asked.child.name,
      child_born_on: asked.child.bornOn,
      author_name: about?.author || asked.adviserName || asked.adviser,
      qualification: [about?.role, about?.qualification].filter(Boolean).join('. ') || null,
      adviser_account: asked.adviserAccount,
      written_by: [
        ...new Set([
          by.accountId,
          ...savers.map((one) => one.saved_by),
          ...(asked.adviserAccount ? [asked.adviserAccount] : []),
          ...asked.people.map((one) => one.accountId),
        ]),
      ],
      released_on: by.today,
      released_by: by.accountId,
      by_office: by.isStaff,
      signed_off_by: supervisor ? by.accountId : null,
      why: releasing.why,
      event_id: eventId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const paragraphs =
    releasing.answer === 'advice'
      ? paragraphsOf(parts)
      : paragraphsOf(parts.filter((part) => part.kind === 'about'))
  for (let from = 0; from < paragraphs.length; from += 500)
    await trx
      .insertInto('advice_paragraph')
      .values(
        paragraphs.slice(from, from + 500).map((one, index) => ({
          release_id: id,
          child_id: asked.child.id,
          part_id: one.partId,
          ordinal: one.ordinal,
          number: one.number,
          position: from + index,
          kind: one.kind,
          section: one.section,
          content: JSON.stringify(one.content),
        })),
      )
      .execute()
  await trx
    .updateTable('advice')
    .set({ state: 'released', note: null, changed_by: by.accountId })
    .where('advice_request_id', '=', asked.id)
    .execute()
  if (isFirst) {
    await trx
      .updateTable('advice_request')
      .set({ received_on: releasing.on, nothing_to_report: releasing.answer !== 'advice' })
      .where('id', '=', asked.id)
      .execute()
    await refreshChild(trx, asked.child.id, by.today)
  }
  return id
}
