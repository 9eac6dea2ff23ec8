/** What the words checker says, and where the words stand. */

/**
 * Where the words stand: a section of the plan, advice, an outcome, or provision wherever it is.
 * F, advice and provision are judged alike; E and outcome are the same place.
 */
export type WhereItStands =
  | 'B'
  | 'C'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H1'
  | 'H2'
  | 'advice'
  | 'outcome'
  | 'provision'

/** The places, for those who read one from outside. */
export const PLACES: readonly WhereItStands[] = [
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H1',
  'H2',
  'advice',
  'outcome',
  'provision',
]

export interface WordsContext {
  /** Without it the words are taken as provision. */
  readonly section?: WhereItStands | undefined
}

/** One source in law or guidance for a rule. */
export interface Authority {
  readonly cite: string
  readonly says: string
  /**
   * `text`: the words were read in published text while this was written, at first or at second hand.
   * `memory`: known to the trade and not read again; confirm before relying on it.
   */
  readonly known: 'text' | 'memory'
}

/** A stretch of the text that a rule has something to say about. A prompt for a person, never a finding. */
export interface Mark {
  readonly rule: string
  /** UTF-16 units in the text as given: first included, last excluded. */
  readonly start: number
  readonly end: number
  /** The stretch as given. */
  readonly words: string
  /** Why, in law. */
  readonly reason: string
  readonly better: string
}

/**
 * A person's reason for leaving a marked stretch as it is. The words are kept with it: once they change, the
 * overruling no longer speaks for them. Storing it, and showing it to the audit, is its holder's work.
 */
export interface Overruling {
  readonly rule: string
  readonly words: string
  readonly because: string
}

/** The marks nobody has overruled, and those somebody has, each with its reason. A blank reason overrules nothing. */
export function overrule(
  marks: readonly Mark[],
  overrulings: readonly Overruling[],
): {
  readonly open: readonly Mark[]
  readonly overruled: readonly { readonly mark: Mark; readonly because: string }[]
} {
  const open: Mark[] = []
  const overruled: { mark: Mark; because: string }[] = []
  for (const mark of marks) {
    const found = overrulings.find(
      ({ rule, words, because }) => rule === mark.rule && words === mark.words && because.trim() !== '',
    )
    if (found === undefined) open.push(mark)
    else overruled.push({ mark, because: found.because })
  }
  return { open, overruled }
}
