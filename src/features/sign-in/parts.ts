import type { Database } from '../../db/connection.ts'
import type { Authority } from '../../platform/authority.ts'
import type { Answer, Context, Role, SignedIn } from '../../platform/routes.ts'
import { sessionCookie } from '../../platform/server.ts'
import { endSession, logSignIn, newSession } from '../../platform/sessions.ts'
import { deviceInWords } from '../../platform/sign-in/device.ts'
import type { OpenIdProvider } from '../../platform/sign-in/openid.ts'
import { type Capacity, provedAccounts, startProvedSession } from '../../platform/sign-in/proofs.ts'

/** The first page of a person, which the portals know. */
export type HomeOf = (person: Pick<SignedIn, 'door' | 'role'>) => string

/** What is sent to somebody who asks to sign in. It names no child, and no account. */
export interface SignInMessage {
  readonly channel: 'email' | 'text'
  readonly to: string
  readonly link: string
  readonly code: string
  /** Nobody has this address yet: the words say so, and what the link would begin. */
  readonly isNew: boolean
}
export type SendSignInMessage = (message: SignInMessage) => Promise<void>

export interface SignInParts {
  readonly db: Database
  readonly authority: Authority
  readonly secureCookies: boolean
  readonly homeOf: HomeOf
  readonly sendSignInMessage: SendSignInMessage
  /** Where browsers find the site; left out only in training, where it is taken from the request. */
  readonly origin?: string | undefined
  readonly openId?: OpenIdProvider | undefined
  readonly onFailure?: ((line: string) => void) | undefined
}

export const cookieOptions = (secure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const

export const originOf = (parts: SignInParts, context: Context): string =>
  parts.origin ?? `http://${context.request.headers.host ?? 'localhost'}`

export const deviceOf = (context: Context): string => deviceInWords(context.request.headers['user-agent'])

/** A session left by signing in again or out can never be used after. Gives what its provider wants to hear. */
export async function endCurrent(parts: SignInParts, context: Context): Promise<string | undefined> {
  return context.sessionToken ? endSession(parts.db, context.sessionToken, context.today) : undefined
}

/** Writes a step down, so that what went wrong can be found out. */
export const note = (
  parts: SignInParts,
  context: Context,
  what: string,
  outcome: string,
  token?: string,
): Promise<void> => logSignIn(parts.db, context.today, { what, outcome, ip: context.request.ip, token })

/** Gives the browser the token of a session that has begun, and forgets all that led to it. */
export async function enter(parts: SignInParts, context: Context, token: string): Promise<void> {
  await endCurrent(parts, context)
  await note(parts, context, 'session', 'begun', token)
  context.reply.setCookie(sessionCookie(parts.secureCookies), token, cookieOptions(parts.secureCookies))
  context.visit.forget()
}

/** Where somebody goes who has proved who they are: in, or to say as whom, or to say who they are at all. */
export async function goOnFromProof(
  parts: SignInParts,
  context: Context,
  browser: string,
  next: string | undefined,
): Promise<Answer> {
  const proved = await provedAccounts(parts.db, context.today, browser)
  const more = next ? `?next=${encodeURIComponent(next)}` : ''
  if (!proved) return { redirect: '/sign-in' }
  const [only, ...others] = proved.accounts
  if (!only) return { redirect: `/sign-in/register${more}` }
  if (others.length > 0) return { redirect: `/sign-in/who${more}` }
  return beginAs(parts, context, browser, only, next)
}

/** Begins a session as one of the people a proof lets in. */
export async function beginAs(
  parts: SignInParts,
  context: Context,
  browser: string,
  person: Capacity,
  next: string | undefined,
): Promise<Answer> {
  const session = newSession()
  const isDone = await startProvedSession(parts.db, context.today, {
    browser,
    accountId: person.id,
    session,
    device: deviceOf(context),
  })
  if (!isDone) return { redirect: '/sign-in' }
  await enter(parts, context, session.token)
  return { redirect: next ?? homeOfPerson(parts, person) }
}

export const homeOfPerson = (parts: SignInParts, person: Pick<Capacity, 'door' | 'role'>): string =>
  parts.homeOf({ door: person.door as SignedIn['door'], role: person.role as Role })

/** Too many tries: when to come back, in the header and in words. */
export function tooManyTries(context: Context, waitSeconds: number): string {
  context.reply.header('retry-after', String(waitSeconds))
  const minutes = Math.ceil(waitSeconds / 60)
  return `Too many tries. Wait ${minutes} minute${minutes === 1 ? '' : 's'}, then try again. A link we have already sent still works.`
}
