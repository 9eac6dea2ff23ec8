import type { Carrier } from './carriers/carrier.ts'
import { type NotifySettings, notifyCarrier } from './carriers/notify.ts'
import { type SmtpSettings, smtpCarrier } from './carriers/smtp.ts'

/** Who takes messages away. With neither, nothing is sent: the outbox keeps what would have gone. */
export interface MessageSettings {
  readonly smtp: SmtpSettings | undefined
  readonly notify: NotifySettings | undefined
}

/**
 * Reads CLEARWAY_SMTP_URL, CLEARWAY_MAIL_FROM and CLEARWAY_NOTIFY_*.
 * @param refuse throws, with words for the person who starts the server
 */
export function readMessageSettings(
  env: Readonly<Record<string, string | undefined>>,
  refuse: (why: string) => never,
): MessageSettings {
  return { smtp: readSmtp(env, refuse), notify: readNotify(env, refuse) }
}

function readSmtp(
  env: Readonly<Record<string, string | undefined>>,
  refuse: (why: string) => never,
): SmtpSettings | undefined {
  const given = env['CLEARWAY_SMTP_URL']
  if (!given) return undefined
  const from = env['CLEARWAY_MAIL_FROM']
  const url = URL.canParse(given) ? new URL(given) : undefined
  // Never repeated in the message: the address holds a password.
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname)
    return refuse('CLEARWAY_SMTP_URL must be like smtps://user:password@mail.example.gov.uk.')
  if (!from || !/^([^<>@\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/.test(from))
    return refuse(
      'With CLEARWAY_SMTP_URL, set CLEARWAY_MAIL_FROM, such as "Story County SEND <send@example.gov.uk>".',
    )
  // Mail to this machine's own server does not leave it; any other must be met with TLS.
  return { url: given, from, allowPlain: ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) }
}

function readNotify(
  env: Readonly<Record<string, string | undefined>>,
  refuse: (why: string) => never,
): NotifySettings | undefined {
  const apiKey = env['CLEARWAY_NOTIFY_KEY']
  if (!apiKey) return undefined
  if (!/[0-9a-f-]{36}-[0-9a-f-]{36}$/.test(apiKey))
    return refuse('CLEARWAY_NOTIFY_KEY must be the whole key as GOV.UK Notify shows it, name and all.')
  const templates = Object.fromEntries(
    (['email', 'text', 'letter'] as const).flatMap((channel) => {
      const id = env[`CLEARWAY_NOTIFY_${channel.toUpperCase()}_TEMPLATE`]
      return id ? [[channel, id]] : []
    }),
  )
  if (Object.keys(templates).length === 0)
    return refuse(
      'With CLEARWAY_NOTIFY_KEY, set at least one of CLEARWAY_NOTIFY_EMAIL_TEMPLATE, _TEXT_TEMPLATE and _LETTER_TEMPLATE.',
    )
  return { apiKey, templates, url: env['CLEARWAY_NOTIFY_URL'] }
}

/** The carriers in the order they are asked: Notify first where it takes a way, the mail server for email otherwise. */
export function carriersFrom(settings: MessageSettings): readonly Carrier[] {
  return [
    ...(settings.notify ? [notifyCarrier(settings.notify)] : []),
    ...(settings.smtp ? [smtpCarrier(settings.smtp)] : []),
  ]
}
