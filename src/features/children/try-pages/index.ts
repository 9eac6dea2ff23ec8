/** For tests: pages of a small invented authority, read and filled in by their labels as a person would. */
export { openPages, type Pages, type Visitor } from './pages.ts'
export { ReadPage } from './read-page.ts'
