import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { amendmentPeriod, commentPeriod } from '../../../documents/letters/index.ts'
import { type Fact, iso } from '../../../law/index.ts'
import type { ToldHow } from '../give-views/index.ts'
import type { Section, Stance } from './form.ts'

export interface Paragraph {
  readonly id: string
  readonly section: Section
  readonly number: number
  readonly words: string
}

/** The last draft served in a child's assessment, or the changes proposed to their plan, and the time to say something about it. */
export interface ServedDraft {
  readonly event: string
  readonly processId: string
  readonly servedOn: string
  /** The last of the 15 days, the day of service counted. */
  readonly lastDay: string
  /** The plan may still be changed. */
  readonly isOpen: boolean
  readonly paragraphs: readonly Paragraph[]
}

export async function findServedDraft(trx: Trx, childId: string): Promise<ServedDraft | undefined> {
  const facts = standingFacts(await loadHistory(trx, childId))
  const issued = facts
    .filter(
      (fact) =>
        (fact.kind === 'draft_issued' || fact.kind === 'amendment_notice') &&
        fact.id !== undefined &&
        fact.process !== undefined,
    )
    .toSorted((a, b) => (b.arrivedOn ?? b.on) - (a.arrivedOn ?? a.on))[0]
  if (!issued?.id || !issued.process) return undefined
  const process = await trx
    .selectFrom('process')
    .select(['id', 'state', 'kind'])
    .where('id', '=', issued.process)
    .executeTakeFirst()
  const isNotice = issued.kind === 'amendment_notice'
  if (process?.kind !== (isNotice ? 'plan' : 'assessment')) return undefined
  const servedOn = iso(issued.arrivedOn ?? issued.on)
  return {
    event: issued.id,
    processId: process.id,
    servedOn,
    lastDay: iso((isNotice ? amendmentPeriod : commentPeriod)(servedOn).last),
    isOpen: isNotice ? isNoticeOpen(facts, issued) : ['with-family', 'finalising'].includes(process.state),
    paragraphs: await findParagraphs(trx, issued.id),
  }
}

/** Is a notice still to be answered by a final amended plan, or by a decision against it? */
const isNoticeOpen = (facts: readonly Fact[], notice: Fact): boolean =>
  !facts.some(
    (fact) =>
      fact.process === notice.process &&
      ['amended_final_issued', 'amendment_declined', 'plan_ceased'].includes(fact.kind) &&
      fact.on >= notice.on,
  )

export const findParagraphs = async (trx: Trx, draftEvent: string): Promise<readonly Paragraph[]> =>
  (
    await trx
      .selectFrom('draft_paragraph')
      .select(['id', 'section', 'number', 'words'])
      .where('draft_event', '=', draftEvent)
      .orderBy('number')
      .execute()
  ).map((row) => ({ ...row, section: row.section as Section }))

export interface Comment {
  readonly id: string
  readonly section: Section
  readonly paragraphId: string | null
  readonly stance: Stance
  readonly words: string
  readonly answer: {
    readonly words: string
    readonly on: string
    readonly by: string
    /** The part of the plan that was changed because of the comment. */
    readonly changedPart: string | null
  } | null
}

export interface Response {
  readonly id: string
  readonly draftEvent: string
  readonly accountId: string
  readonly contactName: string | null
  /** Told to the council, and written down for them by staff. */
  readonly onBehalfOf: string | null
  readonly toldHow: ToldHow | null
  readonly general: string
  readonly wantsMeeting: boolean | null
  readonly meetingNote: string | null
  readonly settingAnswer: 'listed' | 'not-listed' | 'none' | null
  readonly settingUrn: string | null
  readonly settingName: string | null
  readonly sentOn: string | null
  readonly lastDay: string | null
  readonly comments: readonly Comment[]
}

/** What people said about the drafts of a child, in the order it was sent; to a family member their own alone. */
export async function findResponses(
  trx: Trx,
  about: {
    readonly childId: string
    readonly state: 'draft' | 'sent'
    readonly accountId?: string
    readonly contactId?: string | null
  },
): Promise<readonly Response[]> {
  let query = trx
    .selectFrom('draft_response')
    .leftJoin('contact', 'contact.id', 'draft_response.contact_id')
    .selectAll('draft_response')
    .select('contact.name as contact_name')
    .where('child_id', '=', about.childId)
    .where('state', '=', about.state)
    .orderBy('sent_at')
  const { accountId, contactId } = about
  // What staff wrote down for somebody is theirs as what they wrote themselves.
  if (accountId)
    query = query.where((where) =>
      where.or([
        where('draft_response.account_id', '=', accountId),
        ...(contactId
          ? [
              where.and([
                where('draft_response.contact_id', '=', contactId),
                where('on_behalf_of', 'is not', null),
              ]),
            ]
          : []),
      ]),
    )
  const responses = await query.execute()
  if (responses.length === 0) return []
  const comments = await trx
    .selectFrom('draft_comment')
    .leftJoin('draft_paragraph', 'draft_paragraph.id', 'draft_comment.paragraph_id')
    .leftJoin('draft_comment_answer', 'draft_comment_answer.comment_id', 'draft_comment.id')
    .leftJoin('account', 'account.id', 'draft_comment_answer.answered_by')
    .select([
      'draft_comment.id',
      'response_id',
      'draft_comment.section',
      'paragraph_id',
      'stance',
      'draft_comment.words',
      'draft_comment_answer.words as answer',
      'answered_on',
      'account.name as answered_by_name',
      'changed_part',
    ])
    .where(
      'response_id',
      'in',
      responses.map((response) => response.id),
    )
    .orderBy('draft_comment.section')
    .orderBy(sql`coalesce(draft_paragraph.number, 0)`)
    .execute()
  return responses.map((row) => ({
    id: row.id,
    draftEvent: row.draft_event,
    accountId: row.account_id,
    contactName: row.contact_name,
    onBehalfOf: row.on_behalf_of,
    toldHow: row.told_how as ToldHow | null,
    general: row.general,
    wantsMeeting: row.wants_meeting,
    meetingNote: row.meeting_note,
    settingAnswer: row.setting_answer as Response['settingAnswer'],
    settingUrn: row.setting_urn,
    settingName: row.setting_name,
    sentOn: row.sent_on,
    lastDay: row.last_day,
    comments: comments
      .filter((comment) => comment.response_id === row.id)
      .map((comment) => ({
        id: comment.id,
        section: comment.section as Section,
        paragraphId: comment.paragraph_id,
        stance: comment.stance as Stance,
        words: comment.words,
        answer:
          comment.answer === null
            ? null
            : {
                words: comment.answer,
                on: comment.answered_on!,
                by: comment.answered_by_name ?? 'The council',
                changedPart: comment.changed_part,
              },
      })),
  }))
}

/** Tells one state of what was said from another, so that a second tab never writes over the first unseen. */
export const stateOf = (said: unknown): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)

/** What is said of one section, as its page holds it. */
export const saidOf = (response: Response | undefined, section: Section) =>
  (response?.comments ?? [])
    .filter((comment) => comment.section === section)
    .map((comment) => [comment.paragraphId, comment.stance, comment.words])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))

export const saidBeside = (response: Response | undefined) => [
  response?.general ?? '',
  response?.wantsMeeting ?? null,
  response?.meetingNote ?? null,
]
export const saidOfSchool = (response: Response | undefined) => [
  response?.settingAnswer ?? null,
  response?.settingUrn ?? null,
  response?.settingName ?? null,
]
