/**
 * A backup is one gzip file of JSON lines: a header, then for each table a line naming it and its rows, each row an array
 * of the columns' own text (or null), and last a trailer with counts and digests. It does not depend on the engine, on
 * its version, or on the numbering of transactions (decision 0022).
 */
export const BACKUP_FORMAT = 'clearway-backup'
export const BACKUP_VERSION = 1

/** Left out, with the reason: everything else in the schema is in the file. */
export const NOT_BACKED_UP: Readonly<Record<string, string>> = {
  migration: 'made again by the migrations the header names',
  fact_by_door: 'put in by the migrations, and no record of anybody',
  session: 'a restored session would bring back a sign-in that had been ended; people sign in again',
  sign_in_ask: 'a link or a code lives for minutes; one brought back could be used twice',
  sign_in_proof: 'a sign-in half done is begun again',
  sign_in_openid: 'a sign-in half done is begun again',
  passkey_challenge: 'a challenge is used once, within minutes',
  sign_in_count: 'how often somebody tried in the last minutes',
}

/** Emptied by a restore although no backup holds them: what is there belongs to the record that was replaced. */
export const EMPTIED_ON_RESTORE: readonly string[] = Object.keys(NOT_BACKED_UP).filter(
  (table) => table !== 'migration' && table !== 'fact_by_door',
)

/**
 * Rows that come with the product in tables that are backed up: an empty database has them, and a restore puts the backup's own in
 * their place. By table, the condition that finds them.
 */
export const COMES_WITH_THE_PRODUCT: Readonly<Record<string, string>> = {
  plan_template: 'made_by is null',
}

export interface BackupHeader {
  readonly format: typeof BACKUP_FORMAT
  readonly version: number
  readonly takenAt: string
  readonly authority: {
    readonly code: string
    readonly name: string
    readonly mode: 'training' | 'live'
  } | null
  readonly server: string
  readonly migrations: readonly { readonly id: number; readonly name: string; readonly sha256: string }[]
}

/** Begins a table; its rows follow. */
export interface TableLine {
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

export type RowLine = readonly (string | null)[]

export interface TableTotal {
  readonly table: string
  readonly rows: number
  /** SHA-256 of its rows' lines. */
  readonly sha256: string
}

export interface SequenceValue {
  readonly name: string
  /** The number it gives next. */
  readonly next: number
}

export interface BackupTrailer {
  readonly end: true
  readonly tables: readonly TableTotal[]
  readonly sequences: readonly SequenceValue[]
  /** What `clearway verify` found while the backup was taken: the same after a restore, or it is not the same record. */
  readonly anchor: {
    readonly children: number
    readonly rows: number
    readonly heads: string
    readonly seals: number
    readonly lastSeal: string | null
  }
  /** SHA-256 of every line above this one. */
  readonly sha256: string
}

/** The file is no backup, or not as it was written. Nothing has been changed. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup'
}
