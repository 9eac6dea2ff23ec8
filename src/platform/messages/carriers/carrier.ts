import type { Channel } from '../templates.ts'

/** One message as a carrier takes it. There is no place for an attachment. */
export interface Outgoing {
  readonly id: string
  readonly channel: Channel
  readonly address: string
  readonly subject: string
  readonly body: string
}

/** What became of one try. */
export type Outcome =
  | { readonly is: 'sent'; readonly reference: string }
  /** The address or the message will never be taken. */
  | { readonly is: 'refused'; readonly why: string }
  /** Nothing went; later it may. */
  | { readonly is: 'later'; readonly why: string }
  /** The line was cut at a point where it may have gone. */
  | { readonly is: 'unknown'; readonly why: string }

/** What a carrier says of a message it took. */
export type Fate = 'under-way' | 'delivered' | 'failed-for-good' | 'failed-try-again'

/** Who takes messages away: a mail server, or GOV.UK Notify. */
export interface Carrier {
  readonly name: string
  readonly channels: readonly Channel[]
  send(outgoing: Outgoing): Promise<Outcome>
  /** What it says of a message it took. */
  fateOf?(reference: string): Promise<Fate>
  /** Its own reference for a message of ours, when it has it: asked after a crash, before anything is sent again. */
  find?(id: string, channel: Channel): Promise<string | undefined>
  close(): void
}
