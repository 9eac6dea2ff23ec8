/** The caches of deadlines, computed again from the facts for the whole record. */
export {
  checkDeadlines,
  type Difference,
  type RebuildOptions,
  type RebuildReport,
  rebuildDeadlines,
} from './rebuild-deadlines.ts'
