import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A browser before anybody has signed in on it: one secret in a cookie, which ties together the steps of signing in. */
export interface Visit {
  /** Made when first asked for; the cookie goes out with the answer. */
  readonly secret: () => string
  /** A new secret: after a proof, so that whoever knew the old one holds nothing. */
  readonly renew: () => string
  /** Goes back to a secret held before: the step did not succeed. */
  readonly keep: (secret: string) => void
  readonly forget: () => void
}

export const visitCookie = (secure: boolean): string => (secure ? '__Host-clearway-visit' : 'clearway-visit')

const SECRET = /^[\w-]{43}$/

/** The visit's secret, if the browser has one of our making. */
export function visitSecretOf(request: FastifyRequest, secure: boolean): string | undefined {
  const held = request.cookies?.[visitCookie(secure)]
  return held && SECRET.test(held) ? held : undefined
}

/** What a form made for this visit carries: another site's page can send our cookie and cannot know this. */
export const visitCsrfToken = (secret: string): string =>
  createHash('sha256').update(`a form of the visit ${secret}`).digest('base64url')

export function visitOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Visit {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  let held = visitSecretOf(request, secure)
  const keep = (secret: string): void => {
    held = secret
    reply.setCookie(visitCookie(secure), secret, options)
  }
  const renew = (): string => {
    const made = randomBytes(32).toString('base64url')
    keep(made)
    return made
  }
  return {
    secret: () => held ?? renew(),
    renew,
    keep,
    forget: () => {
      held = undefined
      reply.clearCookie(visitCookie(secure), options)
    },
  }
}
