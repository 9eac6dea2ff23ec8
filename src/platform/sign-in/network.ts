import { isIPv6 } from 'node:net'

/**
 * Where tries are counted as coming from: an IPv4 address, or the /64 of an IPv6 one, since that is what one home or one
 * rented server is given, and it holds more addresses than there are tries to make.
 */
export function networkOf(ip: string): string {
  const address = ip.replace(/%.*$/, '')
  const inside4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (inside4) return inside4[1]!
  if (!isIPv6(address)) return address
  // A URL writes each address in one way: lower case, no zeros in front, the longest run of zeros left out.
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const head = before.split(':').filter(Boolean)
  const tail = after?.split(':').filter(Boolean) ?? []
  const zeros = Array<string>(8 - head.length - tail.length).fill('0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}
