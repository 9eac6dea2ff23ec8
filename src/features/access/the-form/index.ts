/** A page with one form that is about no single child's record: shown, posted, shown again with what was typed. */
export { type AskPage, askPage, isId, refused } from './ask-page.tsx'
