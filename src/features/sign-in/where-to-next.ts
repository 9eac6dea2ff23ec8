import type {} from '@fastify/cookie'
import type { Context } from '../../platform/routes.ts'
import { pathOfThisSite } from '../../platform/what-was-sent.ts'
import { cookieOptions, type SignInParts } from './parts.ts'

/** A little longer than a link works. */
const KEPT_SECONDS = 15 * 60
const nameOf = (secure: boolean): string => (secure ? '__Host-clearway-next' : 'clearway-next')

/**
 * Where somebody was going when they asked for a link, kept in the browser that asked: a link goes through a mailbox, and
 * must not carry it. Opened elsewhere the link leads to the person's first page.
 */
export function keepNext(parts: SignInParts, context: Context, next: string | undefined): void {
  const options = cookieOptions(parts.secureCookies)
  if (next) context.reply.setCookie(nameOf(parts.secureCookies), next, { ...options, maxAge: KEPT_SECONDS })
  else context.reply.clearCookie(nameOf(parts.secureCookies), options)
}

/** Gives it once. */
export function takeNext(parts: SignInParts, context: Context): string | undefined {
  const next = pathOfThisSite(context.request.cookies[nameOf(parts.secureCookies)])
  if (next) keepNext(parts, context, undefined)
  return next
}
