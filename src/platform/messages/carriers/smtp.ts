import nodemailer from 'nodemailer'
import type { Carrier, Outcome } from './carrier.ts'

export interface SmtpSettings {
  /** smtp://user:password@host:587, or smtps:// for TLS from the start. */
  readonly url: string
  /** From: "Story County SEND <send@story.gov.uk>". */
  readonly from: string
  /** A mail server on this machine may be spoken to without TLS; any other may not. */
  readonly allowPlain: boolean
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly command?: string
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Plain paragraphs with the link as a link: no pictures, no styles that fail in a reader, nothing that reports back. */
export function htmlOf(subject: string, body: string): string {
  const paragraphs = body.split('\n\n').map((paragraph) => {
    const linked = escaped(paragraph)
      .replaceAll(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}">${link}</a>`)
      .replaceAll('\n', '<br>')
    return `<p>${linked}</p>`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(subject)}</title></head><body style="font-family:Arial,sans-serif;font-size:19px;line-height:1.4;color:#0b0c0c">${paragraphs.join('')}</body></html>`
}

/**
 * Mail by SMTP. One message, one recipient, and the same Message-ID each time the same message is tried, so that a mail
 * system that took it before can know it. Bounces that come back later as mail to the sender's mailbox are not read.
 */
export function smtpCarrier(settings: SmtpSettings): Carrier {
  const domain = /@([^>\s]+)>?$/.exec(settings.from)?.[1] ?? 'localhost'
  const transport = nodemailer.createTransport(
    {
      url: settings.url,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      dnsTimeout: 5_000,
      requireTLS: !settings.allowPlain,
      ignoreTLS: settings.allowPlain,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: settings.from },
  )
  return {
    name: 'smtp',
    channels: ['email'],
    send: async ({ id, address, subject, body }): Promise<Outcome> => {
      const messageId = `<${id}@${domain}>`
      try {
        const info = await transport.sendMail({
          to: { name: '', address },
          subject,
          text: body,
          html: htmlOf(subject, body),
          messageId,
          textEncoding: 'quoted-printable',
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { is: 'sent', reference: info.messageId }
      } catch (error) {
        return outcomeOf(error as SmtpError)
      }
    },
    close: () => transport.close(),
  }
}

/** A refusal of this recipient or of this message is for good; of our own login or by a busy server, it is not. */
function outcomeOf(error: SmtpError): Outcome {
  const { responseCode, command, code } = error
  const isAboutThisMessage =
    code === 'EENVELOPE' ? command !== 'MAIL FROM' : command === 'DATA' || code === 'EMESSAGE'
  if (responseCode !== undefined && responseCode >= 500 && isAboutThisMessage)
    return { is: 'refused', why: `the mail server refused it (${responseCode})` }
  if (responseCode !== undefined) return { is: 'later', why: `the mail server put it off (${responseCode})` }
  if (command === 'DATA') return { is: 'unknown', why: 'the line was cut while it was being handed over' }
  return { is: 'later', why: `the mail server could not be reached (${code ?? error.name})` }
}
