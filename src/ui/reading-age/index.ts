/** How old somebody must be to read a page: a published measure, for the tests that hold every family page to 11 years. */
export { textOfPage } from './page-text.ts'
export {
  hardestSentences,
  type Reading,
  readingOf,
  type Sentence,
  sentencesOf,
  syllablesOf,
  withoutFixedTerms,
} from './reading-age.ts'
