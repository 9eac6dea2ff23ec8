/** The whole record in one file, and back, on either engine. */
export { BadBackup, NOT_BACKED_UP } from './format.ts'
export { checkBackup } from './read-backup.ts'
export { CannotRestore, type RestoreReport, restoreBackup } from './restore-backup.ts'
export { type BackupReport, takeBackup } from './take-backup.ts'
