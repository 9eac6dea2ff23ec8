/** Sent with every response, errors and downloads included. */
export function securityHeaders(hsts: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(hsts ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/**
 * Our own scripts and styles only, each script carrying the page's nonce; nothing inline, nothing framed.
 * @param formsMayReach the provider of the staff: signing out is a form of ours that goes on to it
 */
export const contentSecurityPolicy = (nonce: string, formsMayReach = ''): string =>
  `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'${formsMayReach ? ` ${formsMayReach}` : ''}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; manifest-src 'self'`
