import type { PrintedDocument } from '../blocks.ts'
import { layOut } from '../lay-out.ts'
import { Composer } from './composer.ts'
import layout from './layout.typ'

/** Tagged PDF and Word, composed in a thread of their own. */
export { NotComposed } from './composer.ts'

/** The one composer of this process; its thread starts with the first document, or when it is warmed. */
const composer = new Composer()

/**
 * A tagged PDF.
 * @throws NotComposed when it cannot be made
 */
export const composePdf = async (document: PrintedDocument): Promise<Uint8Array> =>
  composer.pdf(layout, layOut([document]))

/** Hundreds of letters are made in a job, and nobody waits at a page. */
const JOB_PATIENCE_MS = 60_000

/** One PDF of many documents to be printed in one go, each from a new page numbered 1. Throws NotComposed. */
export const composePdfOfMany = async (
  documents: readonly PrintedDocument[],
  title: string,
): Promise<Uint8Array> => composer.pdf(layout, layOut(documents, title), JOB_PATIENCE_MS)

/** A Word file that keeps its headings. Throws NotComposed. */
export const composeWord = async (document: PrintedDocument): Promise<Uint8Array> =>
  composer.word(layOut([document]))

/** Starts the thread in the background, so that the first person to print does not wait for it. */
export const warmComposer = (): void => composer.warm()
export const stopComposer = (): Promise<void> => composer.stop()
