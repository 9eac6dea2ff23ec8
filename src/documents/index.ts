/** What a document says, before it is printed. */
export type { Block, Labelled, Print, PrintedDocument, TableCell } from './blocks.ts'
export { passagesOf, printable } from './blocks.ts'
