/** Words that bind: the checker of vague provision. See docs/words-that-bind.md. */
export { AUTHORITIES } from './authorities.ts'
export { checkWords, reasonOf } from './check-words.ts'
export {
  type Authority,
  type Mark,
  type Overruling,
  overrule,
  PLACES,
  type WhereItStands,
  type WordsContext,
} from './marks.ts'
export type { Rule as WordRule } from './rule.ts'
export { WORD_RULES } from './rules/index.ts'
