import { describe, expect, test } from 'vitest'
import { readConfig, requireWhatServingNeeds } from '../config.ts'
import { readAddress } from './address.ts'
import { deviceInWords } from './device.ts'
import { networkOf } from './network.ts'

describe('An address to send a link to', () => {
  test.each([
    [' Paula.Marsh@Home.Test ', { channel: 'email', address: 'paula.marsh@home.test' }],
    ['o’neil@home.test', { channel: 'email', address: 'o’neil@home.test' }],
    ['07700 900982', { channel: 'text', address: '+447700900982' }],
    ['+44 7700 900 982', { channel: 'text', address: '+447700900982' }],
    ['+44 (0)7700 900-982', { channel: 'text', address: '+447700900982' }],
    ['0044 7700 900982', { channel: 'text', address: '+447700900982' }],
  ])('%s is read', (typed, address) => {
    expect(readAddress(typed)).toEqual(address)
  })
  test.each([
    '',
    'paula',
    'paula@',
    '@home.test',
    'a b@home.test',
    'a@b',
    'a@home..test',
    'a@home.test, b@home.test',
    'a@home.test\nbcc: b@home.test',
    '<a@home.test>',
    '01305 221000',
    '0909 8790123',
    '+1 212 555 0100',
    `${'a'.repeat(65)}@home.test`,
    `a@${'b'.repeat(260)}.test`,
  ])('%j is none', (typed) => {
    expect(readAddress(typed)).toBeUndefined()
  })
})

describe('A device in words', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0',
      'Edge on a Windows computer',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
      'Chrome on an Android phone',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1',
      'Safari on an iPad',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0',
      'Firefox on a Mac',
    ],
    ['curl/8.0 <script>', 'A device we do not know'],
    [undefined, 'A device we do not know'],
  ])('%s', (agent, words) => {
    expect(deviceInWords(agent)).toBe(words)
  })
})

describe('What a live authority must be given', () => {
  const live = { DATABASE_URL: 'postgres://db/x', CLEARWAY_ORIGIN: 'https://send.example.gov.uk' }
  const provider = {
    CLEARWAY_OIDC_ISSUER: 'https://login.example/tenant/v2.0',
    CLEARWAY_OIDC_CLIENT_ID: 'c',
    CLEARWAY_OIDC_CLIENT_SECRET: 's',
  }
  test('its own address, by HTTPS; and a provider of one tenant, whole', () => {
    const config = readConfig({ ...live, ...provider })
    expect(config.origin).toBe('https://send.example.gov.uk')
    expect(config.secureCookies).toBe(true)
    expect(config.openId).toEqual({
      issuer: 'https://login.example/tenant/v2.0',
      clientId: 'c',
      clientSecret: 's',
      scope: 'openid profile email',
      trustsEmail: false,
    })
  })
  test.each([
    [{ ...live, CLEARWAY_ORIGIN: undefined }, 'CLEARWAY_ORIGIN'],
    [{ ...live, CLEARWAY_ORIGIN: 'http://send.example.gov.uk' }, 'https://'],
    [{ ...live, CLEARWAY_ORIGIN: 'https://send.example.gov.uk/path' }, 'nothing after'],
    [{ ...live, CLEARWAY_ORIGIN: 'send.example.gov.uk' }, 'nothing after'],
    [{ ...live, ...provider, CLEARWAY_OIDC_CLIENT_SECRET: undefined }, 'CLEARWAY_OIDC_CLIENT_SECRET'],
    [{ ...live, ...provider, CLEARWAY_OIDC_ISSUER: 'http://login.example/tenant' }, 'https://'],
    [
      { ...live, ...provider, CLEARWAY_OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' },
      'shared by many',
    ],
  ])('%j is refused in words', (env, words) => {
    expect(() => requireWhatServingNeeds(readConfig(env))).toThrow(words)
  })
})

describe('Where tries are counted as coming from', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::99', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})
