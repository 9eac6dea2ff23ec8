import { NotifyClient } from 'notifications-node-client'
import type { Channel } from '../templates.ts'
import type { Carrier, Fate, Outcome, Outgoing } from './carrier.ts'

export interface NotifySettings {
  /** name-serviceid-secret, as Notify gives it. */
  readonly apiKey: string
  /** One template for each way, which only passes our words through: email `((subject))` and `((body))`, text `((body))`, letter `((subject))` and `((body))`. */
  readonly templates: Readonly<Partial<Record<Channel, string>>>
  /** Another address than Notify's own, for tests. */
  readonly url?: string | undefined
}

/** GOV.UK Notify: email, texts and letters. The message's own number goes as the reference, so that it can be found again. */
export function notifyCarrier(settings: NotifySettings): Carrier {
  const client = settings.url
    ? new NotifyClient(settings.url, settings.apiKey)
    : new NotifyClient(settings.apiKey)
  const ask = async (outgoing: Outgoing, template: string): Promise<string> => {
    const { id: reference, subject, body, address } = outgoing
    switch (outgoing.channel) {
      case 'email':
        return (await client.sendEmail(template, address, { reference, personalisation: { subject, body } }))
          .data.id
      case 'text':
        return (await client.sendSms(template, address, { reference, personalisation: { body } })).data.id
      case 'letter':
        return (
          await client.sendLetter(template, {
            reference,
            personalisation: { subject, body, ...addressLines(address) },
          })
        ).data.id
    }
  }
  return {
    name: 'notify',
    channels: (Object.keys(settings.templates) as Channel[]).filter((channel) => settings.templates[channel]),
    send: async (outgoing): Promise<Outcome> => {
      try {
        return { is: 'sent', reference: await ask(outgoing, settings.templates[outgoing.channel]!) }
      } catch (error) {
        return outcomeOf(error as NotifyError)
      }
    },
    fateOf: async (reference): Promise<Fate> =>
      fates[(await client.getNotificationById(reference)).data.status] ?? 'under-way',
    find: async (id, channel) => {
      const type = channel === 'text' ? 'sms' : channel
      const { data } = await client.getNotifications(
        type,
        undefined as unknown as string,
        id,
        undefined as unknown as string,
      )
      return data.notifications[0]?.id
    },
    close: () => {},
  }
}

/** Notify's words for how far a message got: https://docs.notifications.service.gov.uk/node.html#status-descriptions */
const fates: Readonly<Record<string, Fate>> = {
  delivered: 'delivered',
  received: 'delivered',
  'permanent-failure': 'failed-for-good',
  'validation-failed': 'failed-for-good',
  'virus-scan-failed': 'failed-for-good',
  cancelled: 'failed-for-good',
  'temporary-failure': 'failed-try-again',
  'technical-failure': 'failed-try-again',
}

/** The last line must be the postcode; three lines at the least, seven at the most. */
function addressLines(address: string): Record<string, string> {
  const lines = address
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const fitted =
    lines.length > 7 ? [...lines.slice(0, 5), lines.slice(5, -1).join(', '), lines.at(-1)!] : lines
  return Object.fromEntries(fitted.map((line, at) => [`address_line_${at + 1}`, line]))
}

interface NotifyError extends Error {
  readonly code?: string
  readonly response?: {
    readonly status: number
    readonly data?: { readonly errors?: readonly { readonly error?: string }[] }
  }
}

/** 400 is about this message; 403 and 429 are about us, and pass. With no answer at all it may have gone, unless nobody was there. */
function outcomeOf(error: NotifyError): Outcome {
  const status = error.response?.status
  const why = error.response?.data?.errors?.[0]?.error ?? error.code ?? error.name
  if (status === 400) return { is: 'refused', why: `Notify refused it (${why})` }
  if (status !== undefined) return { is: 'later', why: `Notify put it off (${status} ${why})` }
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? ''))
    return { is: 'later', why: `Notify could not be reached (${why})` }
  return { is: 'unknown', why: `Notify gave no answer (${why})` }
}
