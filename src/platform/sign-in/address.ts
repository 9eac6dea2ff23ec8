/** Where a link can be sent. */
export interface SignInAddress {
  readonly channel: 'email' | 'text'
  readonly address: string
}

const EMAIL = /^[^\s@"<>(),:;[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250})\.[a-z]{2,}$/

/** Reads what a person typed as an email address or a mobile number, in one form for each; undefined if it is neither. */
export function readAddress(typed: string): SignInAddress | undefined {
  const text = typed.trim()
  if (text.includes('@')) {
    const address = text.toLowerCase()
    return address.length <= 254 && EMAIL.test(address) && !address.includes('..')
      ? { channel: 'email', address }
      : undefined
  }
  const digits = text.replaceAll(/[\s().-]/g, '')
  const number = digits.replace(/^(?:00|\+)?44\(?0?/, '0')
  if (/^07\d{9}$/.test(number)) return { channel: 'text', address: `+44${number.slice(1)}` }
  return undefined
}
