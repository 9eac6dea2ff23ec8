import { createHash, randomBytes } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { Context } from '../../../platform/routes.ts'

/** 28 days: as long as a request that was begun is kept. */
const KEPT_SECONDS = 28 * 24 * 60 * 60
const SECRET = /^[\w-]{43}$/

const nameOf = (secure: boolean): string => (secure ? '__Host-clearway-request' : 'clearway-request')
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** The browser that began a request, by the secret in its cookie: the hash is what the database knows it by. */
export function holderOf(context: Context, secure: boolean): Buffer | null {
  const held = context.request.cookies[nameOf(secure)]
  return held && SECRET.test(held) ? hashOf(held) : null
}

/** The browser's holder; a new secret is given to a browser that has none. */
export function holderOrNew(context: Context, secure: boolean): Buffer {
  const held = holderOf(context, secure)
  if (held) return held
  const secret = randomBytes(32).toString('base64url')
  context.reply.setCookie(nameOf(secure), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: KEPT_SECONDS,
  })
  return hashOf(secret)
}

/** The browser forgets what was written on it: for a computer that others use. */
export const forgetHolder = (context: Context, secure: boolean): void => {
  context.reply.clearCookie(nameOf(secure), { path: '/', secure })
}
