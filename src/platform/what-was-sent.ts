/** What a request must look like before any feature reads it: the little that is never honest input. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KEY = /^[\w-]{1,100}$/
type Values = Readonly<Record<string, unknown>>

/** Is an address one that could exist? An id that is no id finds nothing, whoever asks. */
export const isPossibleAddress = (params: Readonly<Record<string, string>>): boolean =>
  Object.entries(params).every(([name, value]) => !(/^id$|Id$|^person$/.test(name) && !UUID.test(value)))

const hasNul = (value: unknown): boolean =>
  typeof value === 'string' ? value.includes('\0') : Array.isArray(value) && value.some(hasNul)

/** Can the database hold what was sent? A NUL never comes from a keyboard, and half a surrogate pair is no character. */
export const isStorable = (...sent: readonly Values[]): boolean =>
  sent.every((values) =>
    Object.entries(values).every(([name, value]) => !hasNul(name) && !hasNul(value) && isWellFormed(value)),
  )

const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string' ? value.isWellFormed() : Array.isArray(value) ? value.every(isWellFormed) : true

/**
 * A posted form with each NUL made another hidden character, which the database can hold and every field of words refuses
 * in words: what was typed is shown again, and nothing fails that was not looked at.
 */
export function storableForm(
  form: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> {
  const mend = (text: string): string => text.replaceAll('\0', '\u0001').toWellFormed()
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      mend(name),
      Array.isArray(value) ? value.map(mend) : mend(value),
    ]),
  )
}

/** A form's own key, as our pages make them. */
export const isIdempotencyKey = (key: string): boolean => KEY.test(key)

/** Only a path of this site may be gone on to. Browsers drop tabs and line ends inside an address, so none may be in it. */
export const pathOfThisSite = (next: string | undefined): string | undefined => {
  if (next === undefined || !/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(next)) return undefined
  return URL.canParse(next, 'http://here') && new URL(next, 'http://here').host === 'here' ? next : undefined
}
