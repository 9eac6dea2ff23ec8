import { ATTRIBUTES, date, parseDate, shortDate } from '../../../law/index.ts'

/** What a line of history says beyond its kind and day, as short sentences. Identifiers of people are left out. */
export function payloadWords(payload: unknown, settings: ReadonlyMap<string, string>): string[] {
  const lines: string[] = []
  for (const [name, value] of Object.entries((payload ?? {}) as Readonly<Record<string, unknown>>)) {
    if (name === 'to' || name === 'from' || name === 'account') {
      if (typeof value !== 'string' || /^[0-9a-f-]{36}$/.test(value)) continue
    }
    const said =
      name === 'setting' && typeof value === 'string' ? (settings.get(value) ?? value) : inWords(value)
    if (said === '') continue
    lines.push(name === 'note' || name === 'detail' || name === 'reason' ? said : `${title(name)}: ${said}`)
  }
  return lines
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.map(inWords).filter(Boolean).join(', ')
  if (typeof value === 'object') return ''
  const text = String(value)
  if (parseDate(text) !== null) return shortDate(date(text))
  return /^[a-z]+(-[a-z0-9]+)+$/.test(text) ? text.replaceAll('-', ' ') : text
}

const TITLES: Readonly<Record<string, string>> = {
  toName: 'Given to',
  fromName: 'From',
  by: 'By',
  adviser: 'Adviser',
  head: 'Head of advice',
  nothingToReport: 'Nothing to report',
  how: 'How',
}

function title(name: string): string {
  const known = TITLES[name]
  if (known) return known
  const meaning = Object.hasOwn(ATTRIBUTES, name)
    ? ATTRIBUTES[name as keyof typeof ATTRIBUTES].meaning
    : undefined
  if (meaning && meaning.length < 40 && !meaning.includes('('))
    return meaning.charAt(0).toUpperCase() + meaning.slice(1)
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
