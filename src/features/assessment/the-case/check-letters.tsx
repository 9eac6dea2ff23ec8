import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { HOW_SENT, type HowSent } from '../../../documents/letters/index.ts'
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

/** The letters that the transaction in hand has written about a child; another's of the same moment are not ours to see here. */
export function lettersOfThisTransaction(trx: Trx, childId: string): Promise<LetterToCheck[]> {
  return trx
    .selectFrom('document')
    .select(['title', 'recipient_name', 'recipient_address', 'sent_how', 'body'])
    .where('child_id', '=', childId)
    .where('made_at', '=', sql<string>`transaction_timestamp()`)
    .orderBy('recipient_name')
    .orderBy('title')
    .orderBy('recipient_address')
    .execute()
}

/** What the officer was shown, in one word: when anybody or anything in the letters has changed since, it is another. */
export const whatWasShown = (letters: readonly LetterToCheck[]): string =>
  createHash('sha256').update(JSON.stringify(letters)).digest('base64url').slice(0, 22)

/** Each letter in full, to whom and where, before any of it is recorded. What was typed goes with both buttons. */
export function checkLettersPage(
  about: {
    readonly file: CaseFile
    readonly letters: readonly LetterToCheck[]
    readonly csrfToken: string
    readonly title: string
    readonly hasChanged: boolean
  },
  context: Context,
): Answer {
  const { file, letters, title } = about
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
            text="The letters have changed since you checked them: somebody changed the record. Check them again."
            iconFallbackText="Warning"
          />
        ) : null}
        <p class="govuk-body">
          Nothing is recorded yet.{' '}
          {letters.length === 1 ? 'This letter is' : `These ${letters.length} letters are`} about{' '}
          {file.child.name} and nobody else.
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
                <td class="govuk-table__cell">
                  {letter.recipient_address}
                  {letter.sent_how === null
                    ? '. Kept as not sent'
                    : ` (${HOW_SENT[letter.sent_how as HowSent].toLowerCase()})`}
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
        <form method="post" novalidate>
          <input type="hidden" name="_csrf" value={about.csrfToken} />
          <input type="hidden" name="_checked" value={whatWasShown(letters)} />
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
