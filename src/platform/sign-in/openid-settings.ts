/** The provider of the council's staff, as configured. */
export interface OpenIdSettings {
  /** The issuer exactly: of one tenant, never one shared by many organisations. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  /** The council runs the provider and gives out its addresses itself, so an address is taken as proved without `email_verified`. */
  readonly trustsEmail: boolean
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname)
