import { sql } from 'kysely'
import type { Database } from '../../db/connection.ts'
import type { Trx } from '../../db/viewer.ts'

export interface SignInMessage {
  /** Names this one asking, so that a form posted twice sends one message. */
  readonly event: string
  readonly channel: 'email' | 'text'
  readonly address: string
  /** The account it opens, when there is one. */
  readonly accountId?: string | undefined
  /** The whole address of the page that takes the link. */
  readonly link?: string | undefined
  readonly code?: string | undefined
  readonly minutes: number
  readonly authorityName: string
}

/** The words of a sign-in message. The council does not edit them: people learn to trust one form. */
export function signInWords(message: Omit<SignInMessage, 'event' | 'address' | 'accountId'>): {
  readonly subject: string
  readonly body: string
} {
  const { link, code, minutes, authorityName } = message
  if (message.channel === 'text')
    return {
      subject: '',
      body: [
        code && `${code} is your code to sign in to ${authorityName} SEND.`,
        link && `${code ? 'Or use' : `To sign in to ${authorityName} SEND use`} ${link}`,
        `It works once, for ${minutes} minutes. Never give it to anybody.`,
      ]
        .filter(Boolean)
        .join(' '),
    }
  return {
    subject: `Sign in to ${authorityName} SEND`,
    body: [
      link && `Use this link to sign in: ${link}`,
      code && `${link ? 'Or type this code' : 'Type this code'} on the page where you asked for it: ${code}`,
      `It works once, for ${minutes} minutes.`,
      'We will never ask you for it. If you did not ask to sign in, you can leave this message: nobody can sign in without it.',
      `${authorityName}, special educational needs and disability (SEND) team`,
    ]
      .filter(Boolean)
      .join('\n\n'),
  }
}

/**
 * Queues a link or code to sign in with. It goes at once, at any hour, and its words are erased when it has gone or is out
 * of date. Give the transaction that stores the code, so that neither is there without the other.
 * @returns false when this event had sent its message before
 */
export async function sendSignInMessage(
  trx: Trx | Database,
  message: SignInMessage,
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<boolean> {
  const { subject, body } = signInWords(message)
  const asked = {
    event: message.event,
    channel: message.channel,
    address: message.address.trim(),
    account: message.accountId ?? null,
    subject,
    body,
    send_after: now.toString(),
    erase_after: now.add({ minutes: message.minutes }).toString(),
  }
  const { rows } = await sql<{
    id: string | null
  }>`select queue_sign_in_message(${JSON.stringify(asked)}::jsonb) as id`.execute(trx)
  return rows[0]!.id !== null
}
