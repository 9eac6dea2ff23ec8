import {
  contentDisposition,
  type FileService,
  findFile,
  STATES,
  type StoredFile,
} from '../../../platform/files/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  familyRoles,
  professionalRoles,
  type Route,
  settingRoles,
} from '../../../platform/routes.ts'
import { readRange } from './range.ts'

/** Kinds a browser may show by itself inside our pages: pictures, sound and video that hold no code. */
const SHOWN_IN_PAGES = /^(image\/(jpeg|png|webp|gif)|audio\/(mpeg|mp4|wav|ogg)|video\/(mp4|quicktime|webm))$/

async function openFile(context: Context): Promise<Answer> {
  const held = await context.read('file', async (trx, saw) => {
    const found = await findFile(trx, context.params['id'] ?? '')
    if (found?.file.childId) saw(found.file.childId)
    return found
  })
  if (!held) return { missing: true }
  if (!held.file.canOpen) return notYet(held.file)
  return content(context, held.file, held.sha256)
}

/** Said to whoever may see that there is such a file, while its content is shut away. */
const notYet = (file: StoredFile): Answer => ({
  page: {
    title: 'You cannot open this file yet',
    status: 409,
    main: (
      <>
        <h1 class="govuk-heading-l">You cannot open this file</h1>
        <p class="govuk-body">
          <bdi>{file.name}</bdi>: {STATES[file.state].toLowerCase()}.
        </p>
        {file.state === 'quarantined' ? (
          <p class="govuk-body">
            Nothing is lost. It opens as soon as it has been checked. Try again in a few minutes.
          </p>
        ) : null}
      </>
    ),
  },
})

async function content(context: Context, file: StoredFile, sha256: string): Promise<Answer> {
  const { store }: FileService = context.files
  const size = await store.sizeOf(sha256)
  if (size === undefined || size !== file.size) throw new Error('the content of a file is not in the store')
  const isShown = context.query['inline'] === '1' && SHOWN_IN_PAGES.test(file.type)
  const headers = {
    'content-type':
      file.type === 'text/plain' || file.type === 'text/csv' ? `${file.type}; charset=utf-8` : file.type,
    'content-disposition': contentDisposition(isShown ? 'inline' : 'attachment', nameWithEnding(file)),
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  }
  const range = readRange(context.request.headers.range, size)
  if (range === 'none-such')
    return { stream: { status: 416, headers: { 'content-range': `bytes */${size}` }, body: '' } }
  const body = await store.read(sha256, range)
  return {
    stream: range
      ? {
          body,
          status: 206,
          headers: {
            ...headers,
            'content-length': String(range.end - range.start + 1),
            'content-range': `bytes ${range.start}-${range.end}/${size}`,
          },
        }
      : { body, status: 200, headers: { ...headers, 'content-length': String(size) } },
  }
}

/** A file that came without an ending gets the one of its kind, so that it opens. */
const nameWithEnding = (file: StoredFile): string =>
  /\.[^.\s]{1,10}\s*$/.test(file.name) ? file.name : `${file.name}.${file.ending}`

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/files/:id',
    access: { who: 'roles', roles: [...caseReaders, ...familyRoles, ...settingRoles, ...professionalRoles] },
    touches: 'children',
    handle: openFile,
  },
]
