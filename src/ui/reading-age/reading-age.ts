/**
 * The age at which a text can be read: the Flesch–Kincaid grade (J. P. Kincaid and others, "Derivation of new readability
 * formulas for Navy enlisted personnel", 1975) and five years. docs/decisions/0015 says why this one, and what is left out.
 */
export interface Reading {
  /** Years. */
  readonly age: number
  readonly sentences: number
  readonly words: number
  readonly syllables: number
}

export interface Sentence {
  readonly text: string
  readonly age: number
  readonly words: number
}

/** Names and terms a page cannot choose: each counts as one short word. */
const FIXED = 'Sam'
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)'
const DAY = '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?'
const LEFT_OUT: readonly RegExp[] = [
  // Dates, times, references, addresses and numbers of telephones.
  new RegExp(`${DAY}\\d{1,2} ${MONTH}(?: \\d{4})?`, 'g'),
  new RegExp(`${MONTH} \\d{4}`, 'g'),
  /\b\d{1,2}:\d{2}\b/g,
  /\b[A-Z]-?\d{4}-\d+\b/g,
  /\S+@\S+/g,
  /https?:\/\/\S+/g,
  /\b0\d[\d ]{7,}\b/g,
  // Acts, regulations and where in them.
  /\b(?:[A-Z]\w+,? (?:and )?)*(?:Act|Regulations) \d{4}(?:,? (?:s|ss|reg|regs|section|sections|regulation|regulations|Schedule)\.? ?\d+[A-Z]*(?:\(\w+\))*)?/g,
  /\b(?:reg|regs|regulation|section|paragraph)s? \d+(?:\(\w+\))*/gi,
  // What the law calls things, and bodies by their names. A page says once in plain words what each is.
  /Local Government and Social Care Ombudsman/g,
  /(?:First-tier Tribunal(?: \([^)]*\))?|SEND Tribunal)/g,
  /education, health and care(?: \(EHC\))?(?: plans?| needs assessments?)?/gi,
  /EHC (?:plans?|needs assessments?)/g,
  /special educational needs and disabilities/gi,
  /information, advice and support service/gi,
  /educational psychologists?/gi,
]

/** A text with what it cannot choose replaced by one short word. */
export function withoutFixedTerms(text: string, names: readonly string[] = []): string {
  let left = text
  for (const name of names.toSorted((a, b) => b.length - a.length))
    if (name.trim().length > 1) left = left.replaceAll(name, FIXED)
  for (const pattern of LEFT_OUT) left = left.replaceAll(pattern, FIXED)
  return left
}

export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.?!])["”’)]*\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 0)

const wordsOf = (text: string): readonly string[] =>
  text.match(/[A-Za-zÀ-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*|\d+/g) ?? []

/** Words the rule below counts wrong, among those our pages use. */
const KNOWN: Readonly<Record<string, number>> = {
  area: 3,
  being: 2,
  ideas: 3,
  people: 2,
  really: 2,
  science: 2,
  someone: 2,
  something: 2,
  sometimes: 2,
  create: 2,
  doing: 2,
  going: 2,
  seeing: 2,
  video: 3,
  audio: 3,
  diary: 3,
  quiet: 2,
  used: 1,
  asked: 1,
  agreed: 2,
  decided: 3,
  needed: 2,
  wanted: 2,
}

/** Syllables of an English word, by its groups of vowels: within a few in a hundred of a dictionary's count over a page. */
export function syllablesOf(word: string): number {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  if (plain === '') return 1
  const known = KNOWN[plain]
  if (known !== undefined) return known
  let rest = plain
  let count = 0
  for (const compound of ['some', 'there', 'here', 'where', 'every'])
    if (rest.startsWith(compound) && rest.length > compound.length) {
      count += compound === 'every' ? 2 : 1
      rest = rest.slice(compound.length)
      break
    }
  // Endings that are written and not said.
  const said = rest
    .replace(/(?<=[^aeiouydt])ed$/, '')
    .replace(/(?<=[aeiouy].*[^aeioulsxzcg])es$/, '')
    .replace(/(?<=[aeiouy].*[^l])e$/, '')
    .replace(/(?<=[aeiouy].*[aeiouy]l)e$/, '')
    .replace(/(?<=[aeiouy].*)e(?=(?:ly|ful|ment|less)$)/, '')
  count += said.match(/[aeiouy]+/g)?.length ?? 0
  // Vowels side by side that are said apart.
  count += said.match(/i[ao](?!u)(?<!ti[ao]|ci[ao]|si[ao])|[aeiou]ing$|eo(?=[a-z])(?<!peo)|uou/g)?.length ?? 0
  return Math.max(1, count)
}

/** How a text reads as a whole; undefined when there is nothing to read. */
export function readingOf(sentences: readonly string[]): Reading | undefined {
  let words = 0
  let syllables = 0
  for (const sentence of sentences)
    for (const word of wordsOf(sentence)) {
      words++
      syllables += syllablesOf(word)
    }
  if (words === 0) return undefined
  const grade = 0.39 * (words / sentences.length) + 11.8 * (syllables / words) - 15.59
  return { age: Math.round((grade + 5) * 10) / 10, sentences: sentences.length, words, syllables }
}

/** The hardest sentences first, each measured alone. */
export function hardestSentences(sentences: readonly string[], count: number): readonly Sentence[] {
  return sentences
    .map((text) => {
      const reading = readingOf([text])!
      return { text, age: reading.age, words: reading.words }
    })
    .toSorted((a, b) => b.age - a.age)
    .slice(0, count)
}
