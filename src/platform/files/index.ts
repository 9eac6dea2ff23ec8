/** Files people send: taken, checked, kept and shown again. See docs/how-to/files-and-scanning.md. */
export { contentDisposition } from './file-names.ts'
export {
  BadFilesConfig,
  type FileService,
  type FilesConfig,
  openFiles,
  readFilesConfig,
} from './file-service.ts'
export { limitsInWords } from './keep-file.ts'
export { ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS, sizeInWords } from './kinds.ts'
export type { SentFile, Uploading } from './receive-form.ts'
export {
  type FileState,
  type FilesOf,
  filesOf,
  findFile,
  type ReleasedTo,
  releaseFile,
  removeFile,
  STATES,
  type StoredFile,
  tieFiles,
} from './stored-file.ts'
export {
  isUploadOnly,
  type Outcome,
  receiveUploads,
  type UploadAbout,
  uploadAnswer,
  uploadErrors,
} from './uploads.ts'
