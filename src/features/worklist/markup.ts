import type { JSX } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'

/** Markup made by the tag below, and by nothing else. */
class Made {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
export type Markup = Made

const dangerous = /[&<>"']/
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string =>
  dangerous.test(text) ? text.replaceAll(/[&<>"']/g, (character) => entities[character]!) : text

/**
 * Rows of long lists, written as markup because fifty rows of elements cost more than their query (`quality-bars.md`).
 * Every value put in is escaped, unless it was itself made by this tag.
 */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Made | readonly Made[])[]
): Made {
  let text = parts[0]!
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (value instanceof Made) text += value.text
    else if (typeof value === 'object') for (const each of value) text += each.text
    else text += escaped(String(value))
    text += parts[index + 1]!
  }
  return new Made(text)
}

export const nothing: Made = new Made('')

/** Ready markup among elements, with no element round it. */
export const asElement = (made: Made): JSX.Element => jsxTemplate([made.text]) as JSX.Element
