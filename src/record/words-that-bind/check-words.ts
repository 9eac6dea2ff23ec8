/** Marks words that do not bind: fixed rules, each with its reason in law and a better form. */
import { AUTHORITIES } from './authorities.ts'
import type { Mark, WhereItStands, WordsContext } from './marks.ts'
import { type Reading, read, readProvision } from './reading.ts'
import type { Rule } from './rule.ts'
import { WORD_RULES } from './rules/index.ts'
import { type Statement, statements } from './statements.ts'

const RULES_AT = new Map<WhereItStands, readonly Rule[]>()

function rulesAt(place: WhereItStands): readonly Rule[] {
  let rules = RULES_AT.get(place)
  if (rules === undefined) {
    rules = WORD_RULES.filter(({ places }) => places.includes(place))
    RULES_AT.set(place, rules)
  }
  return rules
}

/**
 * Marks the words of a text that do not bind where they stand. Places are UTF-16 units in the text as given, in
 * order, last excluded. Takes any text whole (smart quotes, null bytes, pasted tables); the time grows with its
 * length. A mark is a prompt for a person: it never says that a plan is lawful or unlawful.
 */
export function checkWords(text: string, context: WordsContext = {}): Mark[] {
  const place = context.section ?? 'provision'
  const rules = rulesAt(place)
  const marks: Mark[] = []
  const all = statements(text)
  const readings = readTogether(text, all)
  for (const [index, statement] of all.entries()) {
    const reading = readings[index]!
    for (const rule of rules) {
      for (const [from, to] of rule.find(statement.plain, reading, place)) {
        const start = statement.start + from
        const end = statement.start + to
        marks.push({
          rule: rule.id,
          start,
          end,
          words: text.slice(start, end),
          reason: REASONS.get(rule) ?? '',
          better: rule.better,
        })
      }
    }
  }
  return marks.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Why, with the law it stands on. */
export function reasonOf(rule: Rule): string {
  return `${rule.why} (${rule.law.map((name) => AUTHORITIES[name].cite).join('; ')})`
}

const REASONS = new Map(WORD_RULES.map((rule) => [rule, reasonOf(rule)]))

/** Begins by pointing back: what it fixes, it fixes for the sentence before. */
const POINTS_BACK =
  /^(?:(?:the|these|this|each|those|all) (?:programme|sessions?|group|therapy|intervention|block|teaching|support|visits?|training|work|amount|will\b)|sessions will|this will|these will|it will|they will be|each will|both\b|all of (?:this|these|which))/i
/** A part of a form: what it holds belongs to the line before it. */
const LABEL =
  /^(?:who|when|where|how (?:often|long|much)|by whom|frequency|duration|length|delivered by|provided by|provider|staff|staffing|group size|reviewed?)\s?:/i
const NAMES_IT = /\b(?:the|this|these) (?:programme|sessions?|group|intervention|block)\b/i

/** A promise longer than this many sentences is read in parts. */
const LONGEST_PROMISE = 4

/**
 * The reading of each statement together with those beside it that point back to it. "Sam will have speech
 * therapy. The sessions will be 30 minutes each week, with a qualified therapist." is one promise.
 */
function readTogether(text: string, all: readonly Statement[]): Reading[] {
  const readings: Reading[] = []
  for (let from = 0; from < all.length; ) {
    let to = from + 1
    while (to < all.length && to < from + LONGEST_PROMISE && isLinked(text, all, to)) to++
    const group = all.slice(from, to).map(({ plain }) => plain)
    const own = group.map(read)
    const together =
      group.length > 1 && !own.every(({ isSpecific }) => isSpecific) ? readProvision(group.join(' ')) : null
    for (const reading of own) {
      readings.push(together === null || reading.isSpecific || !reading.isProvision ? reading : together)
    }
    from = to
  }
  return readings
}

function isLinked(text: string, all: readonly Statement[], at: number): boolean {
  const one = all[at]!
  if (LABEL.test(one.plain)) return true
  const gap = text.slice(all[at - 1]!.end, one.start)
  return !/[\n\r\u2028\u2029•]/.test(gap) && (POINTS_BACK.test(one.plain) || NAMES_IT.test(one.plain))
}
