import { sql } from 'kysely'
import type { JSX } from 'preact'
import type { Trx } from '../../db/viewer.ts'
import { Tag } from '../../ui/parts/index.ts'
import {
  composeFor,
  findRecipient,
  type MessageToQueue,
  REFUSAL_WORDS,
  type Refusal,
} from './queue-message.ts'
import type { Channel, TemplateKey } from './templates.ts'

export const CHANNEL_WORDS = { email: 'Email', text: 'Text', letter: 'Letter' } as const satisfies Record<
  Channel,
  string
>

/** One message as its sender sees it before it goes. */
export interface MessagePreview {
  readonly child: string
  readonly recipient: string
  readonly relationship: string
  readonly channel: Channel | undefined
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly refused: Refusal | undefined
}

/** Exactly who would receive what, from the record as it is now. Nothing is stored; show it before the button that sends. */
export async function previewMessage<K extends TemplateKey>(
  trx: Trx,
  message: MessageToQueue<K>,
): Promise<MessagePreview> {
  const child = message.childId
    ? await trx
        .selectFrom('child')
        .select(['given_name', 'family_name', 'reference'])
        .where('id', '=', message.childId)
        .executeTakeFirst()
    : undefined
  const recipient = await findRecipient(trx, message.childId, message.to)
  const made = recipient && !recipient.refused ? await composeFor(trx, message, recipient) : undefined
  const [contact, account] =
    'contactId' in message.to ? [message.to.contactId, null] : [null, message.to.accountId]
  const address = made
    ? (
        await sql<{
          address: string | null
        }>`select message_preview_address(${message.childId}::uuid, ${contact}::uuid, ${account}::uuid, ${made.channel}) as address`.execute(
          trx,
        )
      ).rows[0]?.address
    : undefined
  return {
    child: child ? `${child.given_name} ${child.family_name} (${child.reference})` : 'About no child',
    recipient: recipient?.name ?? 'Nobody on this record',
    relationship: recipient?.relationship ?? '',
    channel: made?.channel,
    address: address ?? '',
    subject: made?.composed.subject ?? '',
    body: made?.composed.body ?? '',
    refused: recipient
      ? ((recipient.refused as Refusal | null) ?? (made ? undefined : 'no-address'))
      : 'no-relationship',
  }
}

/** Before anything leaves: the child, the person, the way and the address, and the words, for each one. */
export function WhoReceivesWhat({ previews }: { readonly previews: readonly MessagePreview[] }): JSX.Element {
  return (
    <section aria-label="Who receives what">
      {previews.map((one) => (
        <div class="govuk-summary-card">
          <div class="govuk-summary-card__title-wrapper">
            <h2 class="govuk-summary-card__title">{one.recipient}</h2>
          </div>
          <div class="govuk-summary-card__content">
            <dl class="govuk-summary-list">
              <Row name="Child">{one.child}</Row>
              {one.relationship ? <Row name="Relationship">{one.relationship}</Row> : null}
              {one.refused ? (
                <Row name="Not sent">
                  <Tag colour="red">Stopped</Tag> {REFUSAL_WORDS[one.refused]}.
                </Row>
              ) : (
                <>
                  <Row name="Sent by">{one.channel ? CHANNEL_WORDS[one.channel] : ''}</Row>
                  <Row name="To">
                    <span class="app-as-typed">{one.address || 'The address on their account'}</span>
                  </Row>
                  {one.subject ? <Row name="Subject">{one.subject}</Row> : null}
                  <Row name="Words">
                    <MessageWords body={one.body} />
                  </Row>
                </>
              )}
            </dl>
          </div>
        </div>
      ))}
    </section>
  )
}

function Row({
  name,
  children,
}: {
  readonly name: string
  readonly children: JSX.Element | string | (JSX.Element | string)[]
}): JSX.Element {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{name}</dt>
      <dd class="govuk-summary-list__value">{children}</dd>
    </div>
  )
}

/** A message's words in paragraphs, with the link said in words. */
export function MessageWords({ body }: { readonly body: string }): JSX.Element {
  return (
    <>
      {body.split('\n\n').map((paragraph) => (
        <p class="govuk-body">{paragraph.replaceAll('((link))', '[the link to sign in]')}</p>
      ))}
    </>
  )
}
