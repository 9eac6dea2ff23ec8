import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { HOW_SENT, type HowSent } from '../../../documents/letters/index.ts'
import { CHANNEL_WORDS, type Channel, MessageWords } from '../../../platform/messages/index.ts'
import type { Answer, Context } from '../../../platform/routes.ts'
import { GovukButton, GovukDetails, GovukWarningText } from '../../../ui/govuk/index.ts'
import type { CaseFile } from './load-case.ts'

/** A letter as it would be kept, before anything is. */
export interface LetterToCheck {
  readonly title: string
  readonly recipient_name: string | null
  readonly recipient_address: string | null
  readonly sent_how: string | null
  readonly body: string | null
}

/** An email or a text as it would go. */
export interface MessageToCheck {
  readonly recipient_name: string
  readonly channel: string
  readonly address: string
  readonly subject: string
  readonly body: string | null
}

/** Everything that would leave. */
export interface Leaving {
  readonly letters: readonly LetterToCheck[]
  readonly messages: readonly MessageToCheck[]
}

/** What the transaction in hand would send about a child; another's of the same moment is not ours to see here. */
export async function whatLeavesIn(trx: Trx, childId: string): Promise<Leaving> {
  const letters = await trx
    .selectFrom('document')
    .select(['title', 'recipient_name', 'recipient_address', 'sent_how', 'body'])
    .where('child_id', '=', childId)
    .where('made_at', '=', sql<string>`transaction_timestamp()`)
    .orderBy('recipient_name')
    .orderBy('title')
    .orderBy('recipient_address')
    .execute()
  const messages = await trx
    .selectFrom('message')
    .select(['recipient_name', 'channel', 'address', 'subject', 'body'])
    .where('about_child', '=', childId)
    .where('queued_at', '=', sql<string>`transaction_timestamp()`)
    .orderBy('recipient_name')
    .orderBy('address')
    .orderBy('template')
    .orderBy('body')
    .execute()
  return { letters, messages }
}

/** What the officer was shown, in one word: when anybody or anything in it has changed since, it is another. */
export const whatWasShown = (leaving: Leaving): string =>
  createHash('sha256').update(JSON.stringify(leaving)).digest('base64url').slice(0, 22)

/** "This letter and these 2 messages are". */
function countOf(letters: number, messages: number): string {
  const some = (count: number, one: string): string =>
    count === 0 ? '' : count === 1 ? `this ${one}` : `these ${count} ${one}s`
  const both = [some(letters, 'letter'), some(messages, 'message')].filter(Boolean).join(' and ')
  return `${both.charAt(0).toUpperCase()}${both.slice(1)} ${letters + messages === 1 ? 'is' : 'are'}`
}

/** Each letter and message in full, to whom and where, before any of it is recorded. What was typed goes with both buttons. */
export function checkLettersPage(
  about: {
    readonly file: CaseFile
    readonly leaving: Leaving
    readonly csrfToken: string
    readonly title: string
    readonly hasChanged: boolean
  },
  context: Context,
): Answer {
  const { file, leaving, title } = about
  const { letters, messages } = leaving
  const typed = Object.keys(context.form).filter((name) => !['_csrf', '_checked', '_change'].includes(name))
  const going = letters.filter((letter) => letter.sent_how !== null).length
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">
          {file.child.name} · {file.process.reference} · {title}
        </span>
        <h1 class="govuk-heading-l">Check who will receive what</h1>
        {about.hasChanged ? (
          <GovukWarningText
            text="What would be sent has changed since you checked it: somebody changed the record. Check it again."
            iconFallbackText="Warning"
          />
        ) : null}
        <p class="govuk-body">
          Nothing is recorded yet. {countOf(letters.length, messages.length)} about {file.child.name} and
          nobody else.
          {messages.length > 0
            ? ' Emails and texts name no child: each says what changed and leads to a page behind sign-in. They go once you record this.'
            : ''}
        </p>
        <table class="govuk-table">
          <caption class="govuk-table__caption govuk-visually-hidden">Who will receive what</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                To
              </th>
              <th scope="col" class="govuk-table__header">
                Where
              </th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {letters.map((letter) => (
              <tr class="govuk-table__row">
                <td class="govuk-table__cell">{letter.recipient_name}</td>
                <td class="govuk-table__cell app-break">
                  {letter.recipient_address}
                  {letter.sent_how === null
                    ? '. Kept as not sent'
                    : ` (${HOW_SENT[letter.sent_how as HowSent].toLowerCase()})`}
                </td>
              </tr>
            ))}
            {messages.map((message) => (
              <tr class="govuk-table__row">
                <td class="govuk-table__cell">{message.recipient_name}</td>
                <td class="govuk-table__cell app-break">
                  <span class="app-as-typed">{message.address}</span> (
                  {CHANNEL_WORDS[message.channel as Channel].toLowerCase()})
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {letters.map((letter) => (
          <GovukDetails
            summaryText={`Read the letter to ${letter.recipient_name ?? 'nobody named'}: ${letter.title}`}
          >
            {/* Our own renderer wrote it, escaped; its heading is one of several here. */}
            <div
              dangerouslySetInnerHTML={{
                __html: (letter.body ?? '')
                  .replaceAll('<h2', '<h3')
                  .replaceAll('</h2>', '</h3>')
                  .replaceAll('<h1', '<h2')
                  .replaceAll('</h1>', '</h2>'),
              }}
            />
          </GovukDetails>
        ))}
        {messages.map((message) => (
          <GovukDetails
            summaryText={`Read the ${CHANNEL_WORDS[message.channel as Channel].toLowerCase()} to ${message.recipient_name}${message.subject ? `: ${message.subject}` : ''}`}
          >
            <MessageWords body={message.body ?? ''} />
          </GovukDetails>
        ))}
        <form method="post" novalidate>
          <input type="hidden" name="_csrf" value={about.csrfToken} />
          <input type="hidden" name="_checked" value={whatWasShown(leaving)} />
          {typed.flatMap((name) =>
            context.formAll(name).map((value) => <input type="hidden" name={name} value={value} />),
          )}
          <div class="govuk-button-group">
            <GovukButton
              text={
                going === 0
                  ? 'Record this'
                  : `Record this and keep ${going === 1 ? 'the letter' : `${going} letters`} as sent`
              }
              preventDoubleClick
            />
            <GovukButton
              text="Go back and change"
              name="_change"
              value="yes"
              classes="govuk-button--secondary"
            />
          </div>
        </form>
      </div>
    </div>
  )
  return { page: { title: 'Check who will receive what', main } }
}
