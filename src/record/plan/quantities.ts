const FRACTIONS: Readonly<Record<string, number>> = { '¼': 0.25, '½': 0.5, '¾': 0.75, '⅓': 1 / 3, '⅔': 2 / 3 }

/** Reads "1½", "1 1/2", "0.5", "half" or "two" as a number; null when it cannot be read as one. */
export function readNumber(typed: string): number | null {
  const words = typed.trim().toLowerCase().replace(',', '.')
  if (words === '') return null
  const named = NAMED[words]
  if (named !== undefined) return named
  if (/^\d{1,4}(\.\d{1,3})?$/.test(words)) return Number(words)
  const sign = /^(\d{1,4})?\s*([¼½¾⅓⅔])$/u.exec(words)
  if (sign) return Number(sign[1] ?? 0) + FRACTIONS[sign[2]!]!
  const part = /^(?:(\d{1,4})\s+)?(\d)\/([1-9])$/.exec(words)
  return part ? Number(part[1] ?? 0) + Number(part[2]) / Number(part[3]) : null
}

const NAMED: Readonly<Record<string, number>> = {
  half: 0.5,
  'a half': 0.5,
  an: 1,
  a: 1,
  once: 1,
  one: 1,
  twice: 2,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
}

/**
 * Reads a length of time as people write it ("45 minutes", "1½ hours", "1 hour 15 minutes", "half an hour") in whole minutes.
 * Null when there is no amount in it: such words are kept as typed, and pointed out.
 */
export function readMinutes(typed: string): number | null {
  const words = typed
    .trim()
    .toLowerCase()
    .replace(/^half an hour$/, '0.5 hours')
    .replace(/^an hour and a half$/, '1.5 hours')
  const found = /^(?:(.+?)\s*(?:hours?|hrs?|h))?\s*(?:and\s+)?(?:(.+?)\s*(?:minutes?|mins?|m))?$/.exec(words)
  if (!found || (found[1] === undefined && found[2] === undefined)) return null
  const hours = found[1] === undefined ? 0 : readNumber(found[1])
  const minutes = found[2] === undefined ? 0 : readNumber(found[2])
  if (hours === null || minutes === null) return null
  const total = Math.round(hours * 60 + minutes)
  return total > 0 && total <= 60 * 24 * 7 ? total : null
}

/** Minutes in words: "45 minutes", "1 hour 30 minutes". */
export function minutesInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [
    hours > 0 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : '',
    rest > 0 ? `${rest} ${rest === 1 ? 'minute' : 'minutes'}` : '',
  ]
    .filter(Boolean)
    .join(' ')
}
