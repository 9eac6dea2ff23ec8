import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { isLoopback, type OpenIdSettings } from './openid-settings.ts'

/** What must be kept, out of the browser's reach, until the person comes back from the provider. */
export interface Authorisation {
  readonly url: URL
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who the provider says the person is. */
export interface ProvedIdentity {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email: string | undefined
  readonly isEmailProved: boolean
  readonly claims: Readonly<Record<string, unknown>>
  readonly idToken: string
}

export interface OpenIdProvider {
  readonly origin: string
  begin(redirectUri: string, isAgain: boolean): Promise<Authorisation>
  /** @throws when anything the provider or the browser sent is not as it must be */
  finish(
    cameBackTo: URL,
    kept: { readonly state: string; readonly nonce: string; readonly verifier: string },
  ): Promise<ProvedIdentity>
  /** Where to sign out of the provider too, or undefined if it has no such place. */
  signOutUrl(idToken: string | undefined, backTo: string): Promise<URL | undefined>
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined

/** Marks the nonce of somebody asked to sign in again: the provider must then say that they just did. */
const AGAIN = 'again.'
const AGAIN_WITHIN_SECONDS = 300

/** Finds the provider when it is first needed, and again after a failure: a provider that is away keeps nobody's site from starting. */
export function openIdProvider(settings: OpenIdSettings): OpenIdProvider {
  const issuer = new URL(settings.issuer)
  let found: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      // In seconds, for each request to it.
      timeout: 5,
      execute: [
        // The signature of an ID token is checked even when it comes straight from the provider.
        enableNonRepudiationChecks,
        // Plain HTTP only on this machine, for trials and tests.
        ...(issuer.protocol === 'http:' && isLoopback(issuer) ? [allowInsecureRequests] : []),
      ],
    }).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    origin: issuer.origin,
    async begin(redirectUri, isAgain) {
      const [state, verifier] = [randomState(), randomPKCECodeVerifier()]
      const nonce = isAgain ? AGAIN + randomNonce() : randomNonce()
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isAgain ? { prompt: 'login', max_age: String(AGAIN_WITHIN_SECONDS) } : {}),
      })
      return { url, state, nonce, verifier }
    },
    async finish(cameBackTo, kept) {
      const tokens = await authorizationCodeGrant(await configuration(), cameBackTo, {
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        pkceCodeVerifier: kept.verifier,
        idTokenExpected: true,
        ...(kept.nonce.startsWith(AGAIN) ? { maxAge: AGAIN_WITHIN_SECONDS } : {}),
      })
      const claims = tokens.claims()
      if (!claims || !tokens.id_token) throw new Error('the provider gave no ID token')
      const email = text(claims['email']) ?? text(claims['preferred_username'])
      return {
        issuer: claims.iss,
        subject: claims.sub,
        name: text(claims['name']) ?? email ?? 'Somebody with no name',
        email: email?.includes('@') ? email.toLowerCase() : undefined,
        isEmailProved:
          settings.trustsEmail || (claims['email_verified'] === true && email === claims['email']),
        claims: claims as Readonly<Record<string, unknown>>,
        idToken: tokens.id_token,
      }
    },
    async signOutUrl(idToken, backTo) {
      const config = await configuration()
      if (!config.serverMetadata().end_session_endpoint) return undefined
      return buildEndSessionUrl(config, {
        post_logout_redirect_uri: backTo,
        ...(idToken ? { id_token_hint: idToken } : {}),
      })
    },
  }
}
