import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openIdProvider } from './openid.ts'

/** A provider that says whatever it is told to: what no honest one would. */
let server: Server
let issuer: string
const honest = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let told: { claims?: Record<string, unknown>; key?: KeyObject; header?: object; metadata?: object } = {}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
function idToken(): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    sub: 's-1',
    aud: 'clearway',
    iat: now,
    exp: now + 300,
    nonce: 'n',
    name: 'Nell',
    ...told.claims,
  }
  const body = `${part(told.header ?? { alg: 'ES256', kid: 'k' })}.${part(claims)}`
  const key = told.key ?? honest.privateKey
  return `${body}.${sign('sha256', Buffer.from(body), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = request.url?.includes('.well-known')
      ? {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          ...told.metadata,
        }
      : request.url?.includes('jwks')
        ? { keys: [{ ...honest.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] }
        : { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken() }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
})

const finish = (kept: { nonce?: string } = {}) =>
  openIdProvider({
    issuer,
    clientId: 'clearway',
    clientSecret: 's',
    scope: 'openid',
    trustsEmail: false,
  }).finish(new URL('https://send.story.test/sign-in/work-account/back?code=c&state=s'), {
    state: 's',
    nonce: kept.nonce ?? 'n',
    verifier: 'v'.repeat(43),
  })
const old = Math.floor(Date.now() / 1000) - 3600

describe('What a provider says', () => {
  test('is taken when it is whole', async () => {
    told = {}
    expect(await finish()).toMatchObject({ issuer, subject: 's-1', name: 'Nell', isEmailProved: false })
  })
  test.each([
    ['signed with another key', { key: forger.privateKey }],
    ['not signed', { header: { alg: 'none' } }],
    ['made for another site', { claims: { aud: 'another' } }],
    ['made by another issuer', { claims: { iss: 'https://evil.test' } }],
    ['out of date', { claims: { iat: old, exp: old + 300 } }],
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['with no nonce', { claims: { nonce: undefined } }],
    ['about nobody', { claims: { sub: undefined } }],
    ['by metadata of another issuer', { metadata: { issuer: 'https://evil.test' } }],
  ])('is refused %s', async (_, lie) => {
    told = lie
    await expect(finish()).rejects.toThrow()
  })
  test('of somebody asked to sign in again must say that they just did', async () => {
    const nonce = 'again.n'
    told = { claims: { nonce, auth_time: Math.floor(Date.now() / 1000) - 20 } }
    expect((await finish({ nonce })).subject).toBe('s-1')
    for (const auth_time of [old, undefined]) {
      told = { claims: { nonce, auth_time } }
      await expect(finish({ nonce })).rejects.toThrow()
    }
  })
  test('of an address is believed only when checked, or when the council gives addresses out itself', async () => {
    told = { claims: { email: 'Nell@council.test', email_verified: true } }
    expect(await finish()).toMatchObject({ email: 'nell@council.test', isEmailProved: true })
    told = { claims: { email: 'nell@council.test', email_verified: 'true' } }
    expect((await finish()).isEmailProved).toBe(false)
    told = { claims: { preferred_username: 'nell@council.test', email_verified: true } }
    expect(await finish()).toMatchObject({ email: 'nell@council.test', isEmailProved: false })
  })
})
