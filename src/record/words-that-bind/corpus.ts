/** The hand-labelled sentences, and how well the checker does on them. For tests and the docs, not for serving. */
import { checkWords } from './check-words.ts'
import { PLACES, type WhereItStands } from './marks.ts'
import { WORD_RULES } from './rules/index.ts'

export interface LabelledSentence {
  readonly ref: string
  readonly section?: WhereItStands
  readonly text: string
  /** A fair reader would mark it where it stands. */
  readonly vague: boolean
  /** The chief rules that should mark it: none where it binds. */
  readonly rules: readonly string[]
  readonly why: string
}

export interface Figures {
  readonly sentences: number
  readonly vague: number
  readonly rightlyMarked: number
  readonly wronglyMarked: number
  readonly missed: number
  /** Of the sentences marked, the share that are vague. */
  readonly precision: number
  /** Of the vague sentences, the share that are marked. */
  readonly recall: number
  /** Of the labelled reasons on vague sentences, the share given by the very rule named. */
  readonly rightRule: number
}

/** Reads a file of labelled sentences. Throws on a line that is not whole: the corpus is part of the program. */
export function readCorpus(jsonLines: string): LabelledSentence[] {
  const ids = new Set(WORD_RULES.map(({ id }) => id))
  return jsonLines
    .trim()
    .split('\n')
    .map((line) => {
      const one = JSON.parse(line) as LabelledSentence
      const isWhole =
        one.text.length > 0 &&
        one.why.length > 0 &&
        one.vague === one.rules.length > 0 &&
        one.rules.every((rule) => ids.has(rule)) &&
        (one.section === undefined || PLACES.includes(one.section))
      if (!isWhole) throw new Error(`corpus: ${one.ref} is not whole`)
      return one
    })
}

/** Measures the checker against the labels, a sentence at a time. */
export function measure(corpus: readonly LabelledSentence[]): Figures {
  let rightlyMarked = 0
  let wronglyMarked = 0
  let missed = 0
  let named = 0
  let given = 0
  for (const { text, section, vague, rules } of corpus) {
    const marked = new Set(checkWords(text, { section }).map(({ rule }) => rule))
    if (vague && marked.size > 0) rightlyMarked++
    else if (vague) missed++
    else if (marked.size > 0) wronglyMarked++
    named += rules.length
    given += rules.filter((rule) => marked.has(rule)).length
  }
  return {
    sentences: corpus.length,
    vague: rightlyMarked + missed,
    rightlyMarked,
    wronglyMarked,
    missed,
    precision: rightlyMarked / (rightlyMarked + wronglyMarked),
    recall: rightlyMarked / (rightlyMarked + missed),
    rightRule: given / named,
  }
}

export interface RuleErrors {
  readonly rule: string
  /** Sentences labelled with this rule. */
  readonly labelled: number
  /** Of those, not marked by it (another rule may have marked them). */
  readonly notGiven: number
  /** Sentences that bind and that this rule marks. */
  readonly wronglyMarked: number
}

/** Errors by rule. For the open part only: looking at them on the held-back part would spend it. */
export function errorsByRule(corpus: readonly LabelledSentence[]): RuleErrors[] {
  const marked = corpus.map(
    ({ text, section }) => new Set(checkWords(text, { section }).map(({ rule }) => rule)),
  )
  return WORD_RULES.map(({ id }) => ({
    rule: id,
    labelled: corpus.filter(({ rules }) => rules.includes(id)).length,
    notGiven: corpus.filter(({ rules }, at) => rules.includes(id) && !marked[at]!.has(id)).length,
    wronglyMarked: corpus.filter(({ vague }, at) => !vague && marked[at]!.has(id)).length,
  }))
}
