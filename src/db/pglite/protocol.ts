import type { ErrorFields } from './frames.ts'

/** What the main thread asks of the thread that holds the embedded database, and what comes back. */
export type ToWorker =
  | { readonly id: number; readonly ask: 'open'; readonly folder: string }
  | {
      readonly id: number
      readonly ask: 'query'
      readonly sql: string
      readonly parameters: readonly unknown[]
    }
  | { readonly id: number; readonly ask: 'script'; readonly sql: string }
  | { readonly id: number; readonly ask: 'dump' }
  | { readonly id: number; readonly ask: 'close' }

export type FromWorker =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly affected: number | undefined }
  | { readonly id: number; readonly error: ErrorFields }
