import type { JSX } from 'preact'
import type { Trx } from '../../db/viewer.ts'
import { GovukNotificationBanner } from '../../ui/govuk/index.ts'
import { countWaitingMessages } from '../family/write-to-us/index.ts'
import { countWaiting } from '../intake/accept-a-request/index.ts'

interface Waits {
  readonly waiting: number
  readonly late: number
}
export interface WhatWaits {
  readonly requests: Waits
  readonly messages: Waits
}

/** What waits for an answer and is on no case's row: requests made online, and messages from families. */
export const whatWaits = async (trx: Trx, today: string): Promise<WhatWaits> => ({
  requests: await countWaiting(trx, today),
  messages: await countWaitingMessages(trx, today),
})

/** A line over the worklist, so that nothing a family sent sits unseen; nothing when nothing waits. */
export function whatWaitsLine({ requests, messages }: WhatWaits): JSX.Element | undefined {
  if (requests.waiting === 0 && messages.waiting === 0) return undefined
  return (
    <GovukNotificationBanner titleText="Waiting for you">
      <ul class="govuk-list govuk-!-margin-bottom-0">
        {requests.waiting > 0 && (
          <li>
            <a class="govuk-notification-banner__link" href="/staff/requests/online">
              {requests.waiting} {requests.waiting === 1 ? 'request' : 'requests'} made online
            </a>
            {late(requests)}
          </li>
        )}
        {messages.waiting > 0 && (
          <li>
            <a class="govuk-notification-banner__link" href="/staff/messages">
              {messages.waiting} {messages.waiting === 1 ? 'message' : 'messages'} from families
            </a>
            {late(messages)}
          </li>
        )}
      </ul>
    </GovukNotificationBanner>
  )
}

const late = ({ late }: Waits): JSX.Element | null => (late > 0 ? <strong>, {late} late</strong> : null)
