import { findTemplate } from '../../../platform/messages/index.ts'
import type { TagColour } from '../../../ui/parts/index.ts'

interface StateWords {
  readonly words: string
  readonly colour: TagColour
}

export const STATES: Readonly<Record<string, StateWords>> = {
  queued: { words: 'Waiting to go', colour: 'grey' },
  held: { words: 'Held', colour: 'yellow' },
  sending: { words: 'Being sent', colour: 'blue' },
  sent: { words: 'Sent', colour: 'turquoise' },
  delivered: { words: 'Delivered', colour: 'green' },
  'failed-retrying': { words: 'Trying again', colour: 'orange' },
  bounced: { words: 'Could not be delivered', colour: 'red' },
  read: { words: 'Opened', colour: 'green' },
  cancelled: { words: 'Stopped', colour: 'grey' },
}

export const HELD_FOR: Readonly<Record<string, string>> = {
  'quiet-hours': 'until the morning, or the hours they chose',
  approval: 'until a second person has looked',
  recall: 'for ten minutes, to be called back',
  check: 'for a person to say whether it went',
}

export const REFUSED_AT_LAST: Readonly<Record<string, string>> = {
  'not sent: restricted': 'not sent: contact with this person is now barred',
  'not sent: no-relationship': 'not sent: this person has no relationship to the child any more',
}

export const titleOf = (template: string): string =>
  template === 'sign-in' ? 'Sign-in link or code' : (findTemplate(template)?.title ?? template)

/** An instant as people here read it: "23 November 2026, 2:05pm". */
export function momentInWords(instant: string): string {
  const at = Temporal.Instant.from(
    instant.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'),
  ).toZonedDateTimeISO('Europe/London')
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12
  return `${at.toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}, ${hour}:${String(at.minute).padStart(2, '0')}${at.hour < 12 ? 'am' : 'pm'}`
}
