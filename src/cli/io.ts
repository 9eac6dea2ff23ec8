/** Where a command reads and writes; tests pass their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: { write(text: string): boolean; once?(event: 'drain', listener: () => void): unknown }
  readonly stderr: { write(text: string): boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** The day in London, ISO: for commands that judge "as at today" unless told otherwise. */
  readonly today: string
}

/** Exit codes every command keeps: 0 done, 1 could not be done or wrong use, 2 done in part (bad lines named). */
export const EXIT = { done: 0, failed: 1, partly: 2 } as const
