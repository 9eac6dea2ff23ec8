const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
}
const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39|#x27);/g, (entity) => ENTITIES[entity] ?? entity)
const wordsOf = (markup: string): string =>
  unescaped(
    markup
      .replaceAll(/<(?:br|\/?(?:p|div|d[dt]|li|h\d|t[dhr]|title|a|button))\b[^>]*>/g, ' ')
      .replaceAll(/<[^>]+>/g, ''),
  )
    .replaceAll(/\s+/g, ' ')
    .trim()

interface Control {
  readonly name: string
  readonly id: string
  readonly type: string
  readonly value: string
  readonly isChecked: boolean
  readonly at: number
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? unescaped(found[1] ?? '') : undefined
}

/** A page as a person meets it: words, labels, and controls that can be filled in and sent. */
export class ReadPage {
  readonly status: number
  readonly html: string
  readonly location: string
  readonly text: string
  readonly #controls: readonly Control[]
  readonly #labels: ReadonlyMap<string, string>
  readonly #typed = new Map<string, string>()

  constructor(status: number, html: string, location = '') {
    this.status = status
    this.html = html
    this.location = location
    this.text = wordsOf(html)
    this.#controls = readControls(html)
    this.#labels = new Map(
      [...html.matchAll(/<label[^>]*\sfor="([^"]+)"[^>]*>([\s\S]*?)<\/label>/g)].map((found) => [
        found[1]!,
        wordsOf(found[2]!),
      ]),
    )
  }

  /** The messages of the error summary, each as "field: message". */
  get errors(): string[] {
    const summary = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(this.html)?.[1] ?? ''
    return [...summary.matchAll(/<li>([\s\S]*?)<\/li>/g)].map((found) => {
      const href = /href="#([^"]*)"/.exec(found[1]!)?.[1] ?? ''
      return `${href.replace(/-day$/, '')}: ${wordsOf(found[1]!)}`
    })
  }

  /** What is in a control now, by its name. */
  value(name: string): string {
    return this.#fields().get(name) ?? ''
  }

  /** Fills in by label; a date as "1 4 2014"; a choice by its words; "#name" for a name where labels repeat. */
  fill(answers: Readonly<Record<string, string>>): this {
    for (const [label, answer] of Object.entries(answers)) this.#fillOne(label, answer)
    return this
  }

  #fillOne(label: string, answer: string): void {
    if (label.startsWith('#')) {
      this.#typed.set(label.slice(1), answer)
      return
    }
    const tick = this.#labelled(label, ['checkbox'])
    if (tick) {
      this.#typed.set(tick.name, answer === '' ? '' : tick.value)
      return
    }
    const control = this.#labelled(label, ['text', 'email', 'tel', 'search', 'textarea', 'select'])
    if (control) {
      this.#typed.set(control.name, answer)
      return
    }
    this.#fillGroup(label, answer)
  }

  #fillGroup(label: string, answer: string): void {
    for (const legend of this.html.matchAll(/<legend[^>]*>([\s\S]*?)<\/legend>/g)) {
      if (wordsOf(legend[1]!) !== label) continue
      const first = this.#controls.find(
        (control) => control.at > legend.index && control.type !== 'hidden' && control.type !== 'submit',
      )
      if (first?.name.endsWith('-day')) {
        const [day, month, year] = answer.split(' ')
        const name = first.name.slice(0, -'-day'.length)
        this.#typed
          .set(`${name}-day`, day ?? '')
          .set(`${name}-month`, month ?? '')
          .set(`${name}-year`, year ?? '')
        return
      }
      const chosen = this.#controls.find(
        (control) => control.name === first?.name && this.#labels.get(control.id) === answer,
      )
      if (!chosen) throw new Error(`“${label}” has no answer “${answer}”`)
      this.#typed.set(chosen.name, chosen.value)
      return
    }
    throw new Error(`The page has no field “${label}”`)
  }

  #labelled(label: string, types: readonly string[]): Control | undefined {
    return this.#controls.find(
      (control) => types.includes(control.type) && this.#labels.get(control.id) === label,
    )
  }

  #fields(): Map<string, string> {
    const fields = new Map<string, string>()
    for (const control of this.#controls) {
      if (control.type === 'submit' || control.name === '') continue
      if ((control.type === 'radio' || control.type === 'checkbox') && !control.isChecked) continue
      fields.set(control.name, control.value)
    }
    for (const [name, value] of this.#typed) {
      if (value === '' && !fields.has(name)) continue
      fields.set(name, value)
    }
    return fields
  }

  #button(words: string): Control & { readonly tag: string } {
    for (const found of this.html.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)) {
      if (wordsOf(found[2]!) !== words || found[1]!.includes('govuk-visually-hidden')) continue
      const tag = `<button${found[1]} >`
      return {
        name: attribute(tag, 'name') ?? '',
        value: attribute(tag, 'value') ?? '',
        id: '',
        type: 'submit',
        isChecked: false,
        at: found.index,
        tag,
      }
    }
    throw new Error(`The page has no button “${words}”: ${this.text.slice(0, 300)}`)
  }

  /** Where the form of a button posts to. */
  actionOf(words: string): string {
    const at = this.#button(words).at
    const form = [...this.html.matchAll(/<form[^>]*>/g)].filter((found) => found.index < at).at(-1)
    return attribute(`${form?.[0].slice(0, -1)} >`, 'action') ?? ''
  }

  /** What a browser would post on pressing a button. */
  pressing(words: string): URLSearchParams {
    const posted = new URLSearchParams([...this.#fields()])
    const button = this.#button(words)
    if (button.name !== '') posted.append(button.name, button.value)
    return posted
  }
}

function readControls(html: string): Control[] {
  const controls: Control[] = []
  for (const found of html.matchAll(/<input[^>]*>/g)) {
    const tag = `${found[0].slice(0, -1)} >`
    controls.push({
      name: attribute(tag, 'name') ?? '',
      id: attribute(tag, 'id') ?? '',
      type: attribute(tag, 'type') ?? 'text',
      value: attribute(tag, 'value') ?? '',
      isChecked: attribute(tag, 'checked') !== undefined,
      at: found.index,
    })
  }
  for (const found of html.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const tag = `<textarea${found[1]} >`
    controls.push({
      name: attribute(tag, 'name') ?? '',
      id: attribute(tag, 'id') ?? '',
      type: 'textarea',
      value: unescaped(found[2]!),
      isChecked: false,
      at: found.index,
    })
  }
  for (const found of html.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const tag = `<select${found[1]} >`
    const chosen = [...found[2]!.matchAll(/<option[^>]*>/g)].find(
      (option) => attribute(`${option[0].slice(0, -1)} >`, 'selected') !== undefined,
    )
    controls.push({
      name: attribute(tag, 'name') ?? '',
      id: attribute(tag, 'id') ?? '',
      type: 'select',
      value: chosen ? (attribute(`${chosen[0].slice(0, -1)} >`, 'value') ?? '') : '',
      isChecked: false,
      at: found.index,
    })
  }
  return controls.toSorted((a, b) => a.at - b.at)
}
