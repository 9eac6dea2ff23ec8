/**
 * Messages out: email, text and letter. `queueMessage` in a command's own transaction; the rest happens by itself.
 * docs/how-to/send-messages.md shows how.
 */
export { type Batch, queueBatch, RECALL_MINUTES, SECOND_PERSON_FROM } from './batch.ts'
export type { Carrier, Fate, Outcome, Outgoing } from './carriers/carrier.ts'
export { notifyCarrier } from './carriers/notify.ts'
export { smtpCarrier } from './carriers/smtp.ts'
export { compose, gapsIn, problemsOf } from './compose.ts'
export {
  askAfterSent,
  type Delivery,
  deliverDue,
  eraseOutOfDate,
  keepDelivering,
  MOST_ATTEMPTS,
} from './deliver.ts'
export {
  type MessageToQueue,
  type Queued,
  queueMessage,
  REFUSAL_WORDS,
  type Recipient,
  type Refusal,
} from './queue-message.ts'
export { firstMoment, QUIET_FOR_FAMILIES, type QuietHours } from './quiet-hours.ts'
export { type SignInMessage, sendSignInMessage, signInWords } from './sign-in-message.ts'
export * from './templates.ts'
export {
  CHANNEL_WORDS,
  type MessagePreview,
  MessageWords,
  previewMessage,
  WhoReceivesWhat,
} from './who-receives-what.tsx'
