import type { ComponentChildren, JSX } from 'preact'
import { assetUrl } from '../assets.ts'
import { errorFor, type FormError } from './form-page.tsx'
import { Tag, type TagColour } from './status-tag.tsx'

export interface UploadFieldProps {
  /** The field's name, and its id. */
  readonly name?: string
  readonly label: string
  /** Said first; what may be sent and how big follows by itself. */
  readonly hint?: string
  readonly errors?: readonly FormError[]
  /** For the `accept` of the box: `ACCEPTED_ENDINGS`, or fewer for a page that wants only photos. */
  readonly accept: string
  /** What may be sent, in words. */
  readonly limits: string
  /** No file may be bigger than this many bytes: told at once, where scripts run, and not after sending. */
  readonly largest?: { readonly bytes: number; readonly words: string }
  /** What is kept already: `<FileList>`. */
  readonly children?: ComponentChildren
}

/**
 * A box for files. Plain without scripts: choose several, and the form sends them. With scripts each goes by itself, with its
 * progress, and again if the connection is lost. The form needs `hasFiles`, and its address must answer `isUploadOnly`.
 */
export function UploadField(props: UploadFieldProps): JSX.Element {
  const name = props.name ?? 'files'
  const error = errorFor(props.errors, name)
  const all = props.errors?.filter((one) => one.field === name) ?? []
  return (
    <div
      data-upload
      {...(props.largest
        ? { 'data-largest': String(props.largest.bytes), 'data-largest-words': props.largest.words }
        : {})}
    >
      <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
        <label class="govuk-label govuk-label--m" for={name}>
          {props.label}
        </label>
        <div id={`${name}-hint`} class="govuk-hint">
          {props.hint ? `${props.hint} ` : ''}
          {props.limits}
        </div>
        {all.length > 0 ? (
          <div id={`${name}-error`} class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span>
            {all.map((one) => (
              <div key={one.text}>{one.text}</div>
            ))}
          </div>
        ) : null}
        <input
          class={`govuk-file-upload${error ? ' govuk-file-upload--error' : ''}`}
          id={name}
          name={name}
          type="file"
          multiple
          accept={props.accept}
          aria-describedby={`${name}-hint${all.length > 0 ? ` ${name}-error` : ''}`}
        />
        <p class="govuk-body govuk-!-margin-top-2" role="status" />
        <ul class="app-upload__list" data-upload-list aria-label="Files being sent" />
      </div>
      {props.children}
      <script type="module" src={assetUrl('upload.js')} />
    </div>
  )
}

/** A file as a list shows it; `StoredFile` of the platform has all of it. */
export interface ListedFile {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly sort: 'document' | 'picture' | 'sound' | 'video'
  readonly kindWords: string
  readonly state: 'quarantined' | 'clean' | 'not-scanned' | 'infected' | 'refused' | 'removed'
  readonly canOpen: boolean
}

export interface FileListProps {
  readonly files: readonly ListedFile[]
  /** Over the list; for those who hear the page. */
  readonly label: string
  readonly sizeInWords: (bytes: number) => string
  /** What stands under a file: when and by whom it was sent, to whom it is released, a button to take it back. */
  readonly under?: (file: ListedFile) => ComponentChildren
  /** Shows pictures, and plays sound and video, in the page. */
  readonly inPage?: boolean
  readonly whenEmpty?: string
}

const TAGS = {
  quarantined: ['yellow', 'Waiting for virus check'],
  clean: ['green', 'Virus checked'],
  'not-scanned': ['grey', 'Not virus checked'],
  infected: ['red', 'Held a virus: not kept'],
  refused: ['orange', 'Not kept'],
  removed: ['grey', 'Taken back'],
} as const satisfies Record<ListedFile['state'], readonly [TagColour, string]>

/** Files with their names apart from the words around (a name may run right to left), each with what the checks found. */
export function FileList(props: FileListProps): JSX.Element {
  if (props.files.length === 0) return <p class="govuk-body">{props.whenEmpty ?? 'No files yet.'}</p>
  return (
    <ul class="govuk-list app-files" aria-label={props.label}>
      {props.files.map((file) => (
        <li key={file.id} class="app-files__file">
          <p class="govuk-body app-files__name">
            {file.canOpen ? (
              <a class="govuk-link" href={`/files/${file.id}`}>
                <bdi>{file.name}</bdi>
              </a>
            ) : (
              <bdi>{file.name}</bdi>
            )}{' '}
            <Tag colour={TAGS[file.state][0]}>{TAGS[file.state][1]}</Tag>
          </p>
          <p class="govuk-hint app-files__about">
            {capital(file.kindWords)}, {props.sizeInWords(file.size)}
          </p>
          {props.inPage && file.canOpen ? <InPage file={file} /> : null}
          {props.under?.(file)}
        </li>
      ))}
    </ul>
  )
}

/** Browsers show these by themselves; a HEIC photo most cannot, so it is only opened. */
function InPage({ file }: { readonly file: ListedFile }): JSX.Element | null {
  const address = `/files/${file.id}?inline=1`
  if (file.sort === 'sound')
    return (
      // biome-ignore lint/a11y/useMediaCaption: a family's own recording has no captions; its words are asked for beside it
      <audio controls preload="none" src={address} aria-label={file.name} />
    )
  if (file.sort === 'video')
    return (
      // biome-ignore lint/a11y/useMediaCaption: a family's own recording has no captions; its words are asked for beside it
      <video class="app-files__shown" controls preload="none" src={address} aria-label={file.name} />
    )
  if (file.sort === 'picture' && !/\.hei[cf]$/i.test(file.name))
    return <img class="app-files__shown" src={address} alt={file.name} loading="lazy" />
  return null
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
