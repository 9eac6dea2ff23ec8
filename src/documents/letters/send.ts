import { createHash } from 'node:crypto'
import type { Trx } from '../../db/viewer.ts'
import { composeLetter } from './compose.ts'
import { CONTACT_POINTS, type ContactPoints, loadContactPoints } from './contact-points.ts'
import type { ComposeDetails, DetailsOf, Frame, HowSent, LetterKind, NamedRecipient } from './kinds.ts'
import { contactsOnRecord, findRecipients, type Recipient, type Recipients } from './recipients.ts'
import { renderLetter } from './render.tsx'
import { requiredParts } from './required-contents.ts'

/** A letter that may not be sent, in words for the officer. A casework step shows them and records nothing. */
export class LetterRefused extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'LetterRefused'
  }
}

/** What is read of a case to head a letter; a CaseFile fits as it is. */
export interface LetterCase {
  readonly process: { readonly reference: string }
  readonly child: { readonly name: string; readonly givenName: string }
}

interface SendOf<K extends LetterKind> {
  readonly childId: string
  readonly processId: string | null
  /** The line of the history it tells of. */
  readonly eventId: string
  readonly kind: K
  /** The day it is sent, ISO. */
  readonly on: string
  /** The way chosen; a person the record cannot reach that way is sent it another way. */
  readonly how: HowSent
  readonly by: string
  readonly today: string
  readonly details: DetailsOf[K]
  readonly file: LetterCase
}
export type SendLetters = { readonly [K in LetterKind]: SendOf<K> }[LetterKind]

const recipientOf = (details: object): NamedRecipient | 'family' | undefined =>
  'to' in details ? (details.to as NamedRecipient | 'family') : undefined
const settingOf = (details: object): string | null =>
  'settingUrn' in details ? ((details.settingUrn as string | null | undefined) ?? null) : null

/** Who would have a letter, for a page to show before it is sent. */
export async function previewRecipients(
  trx: Trx,
  letter: {
    readonly childId: string
    readonly kind: LetterKind
    readonly on: string
    readonly today: string
    readonly how: HowSent
    readonly settingUrn?: string | null
  },
): Promise<Recipients> {
  return findRecipients(trx, letter, await loadContactPoints(trx, letter.on))
}

/**
 * Writes and keeps one letter for each person and body who has a right to it, each with only their own name and address.
 * Never to a restricted contact.
 * @returns how many letters were sent; one with nowhere to go is kept as not sent
 * @throws LetterRefused (words for the officer) when the law requires a letter and nobody may or can be sent it, when a live
 *   authority has not entered contact points the law requires, or when typed words hold somebody else's address
 */
export async function sendLetters(trx: Trx, send: SendLetters): Promise<number> {
  const points = await loadContactPoints(trx, send.on)
  const child = await trx
    .selectFrom('child')
    .leftJoin('setting', 'setting.urn', 'child.setting_urn')
    .select(['date_of_birth', 'setting.name as setting_name'])
    .where('child.id', '=', send.childId)
    .executeTakeFirstOrThrow()
  const recipients = await findRecipients(
    trx,
    {
      kind: send.kind,
      childId: send.childId,
      on: send.on,
      today: send.today,
      how: send.how,
      ...(recipientOf(send.details) === undefined ? {} : { to: recipientOf(send.details)! }),
      settingUrn: settingOf(send.details),
    },
    points,
  )
  if (recipients.problem) throw new LetterRefused(recipients.problem)
  await refuseOthersAddresses(trx, send, recipients)
  for (const recipient of recipients.to) {
    refuseMissingPoints(send.kind, recipient, send.on, points)
    const frame: Frame = {
      addressee: recipient.addressee,
      sentOn: send.on,
      reference: send.file.process.reference,
      child: {
        name: send.file.child.name,
        givenName: send.file.child.givenName,
        bornOn: child.date_of_birth,
        setting: child.setting_name,
      },
      authorityName: points.authorityName,
      sendOffice: points['send-office-address'],
      mediationAdviser: points['mediation-adviser'],
      informationService: points['information-advice-service'],
    }
    const letter = composeLetter(send.kind, { ...send.details, frame } as ComposeDetails<LetterKind>)
    const body = renderLetter(letter)
    await trx
      .insertInto('document')
      .values({
        child_id: send.childId,
        process_id: send.processId,
        event_id: send.eventId,
        kind: send.kind,
        title: letter.title,
        recipient_name: recipient.addressee.name,
        recipient_contact: recipient.contactId,
        recipient_address: recipient.to,
        sent_on: recipient.how === null ? null : send.on,
        sent_how: recipient.how,
        body,
        sha256: createHash('sha256').update(body).digest('hex'),
        made_by: send.by,
      })
      .execute()
  }
  return recipients.to.filter((recipient) => recipient.how !== null).length
}

/** In a live authority the mediation adviser's and the information service's details are law, not decoration. */
function refuseMissingPoints(
  kind: LetterKind,
  recipient: Recipient,
  on: string,
  points: ContactPoints,
): void {
  const parts = requiredParts(kind, recipient.addressee.role, on).map((part) => part.id)
  const needed = [
    ...(parts.includes('mediation-adviser') ? (['mediation-adviser', 'send-office-address'] as const) : []),
    ...(parts.includes('information-and-advice') ? (['information-advice-service'] as const) : []),
  ].filter((point) => points.missing.includes(point))
  if (needed.length > 0)
    throw new LetterRefused(
      `This letter must by law give contact details that have not been entered: ${needed.map((point) => CONTACT_POINTS[point]).join(', ')}. An administrator must enter them under Settings first.`,
    )
}

const folded = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9@]/g, '')

/** Words typed by an officer go to every parent: they may not carry another person's address, email or telephone number. */
async function refuseOthersAddresses(trx: Trx, send: SendLetters, recipients: Recipients): Promise<void> {
  const typed = folded(
    Object.entries(send.details)
      .flatMap(([name, value]) =>
        name === 'to'
          ? []
          : typeof value === 'string'
            ? [value]
            : Array.isArray(value)
              ? value.map(String)
              : [],
      )
      .join(' '),
  )
  if (typed === '') return
  const contacts = await contactsOnRecord(trx, send.childId, send.today)
  const family = recipients.to.filter((one) => one.contactId !== null)
  for (const contact of contacts) {
    if (family.length === 1 && family[0]!.contactId === contact.id) continue
    for (const [what, value] of [
      ['postcode', contact.postcode],
      ['address', contact.address_line],
      ['email address', contact.email],
      ['telephone number', contact.phone],
    ] as const) {
      const held = folded(value ?? '')
      if (held.length >= 5 && typed.includes(held))
        throw new LetterRefused(
          `What you typed would be sent to others and contains the ${what} of ${contact.name}. Take it out, then record this again.`,
        )
    }
  }
}
