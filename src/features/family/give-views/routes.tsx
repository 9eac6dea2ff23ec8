import {
  filesOf,
  isUploadOnly,
  receiveUploads,
  uploadAnswer,
  uploadErrors,
} from '../../../platform/files/index.ts'
import { parseForm } from '../../../platform/forms.ts'
import { type Answer, type Context, type FieldError, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { family, loadMyChild, type MyChild } from '../my-child/index.ts'
import { type ViewGiven, viewForm, WHOSE, type Whose } from './form.ts'
import { viewPage, viewsAddress, viewsPage } from './page.tsx'
import { findDraftView, findViews, keepView, sendView, type View } from './views.ts'

const MISSING: Answer = { missing: true }
const FILES = { maxFiles: 40, maxBytes: 1_000_000_000 } as const

const whoseOf = (context: Context, child: MyChild): Whose | undefined => {
  const asked = context.params['whose']
  if (asked === 'theirs') return asked
  return asked === 'mine' && !child.isSelf ? asked : undefined
}
const filesAbout = (whose: Whose): string => `views-${WHOSE[whose]}`

interface Found {
  readonly child: MyChild
  readonly whose: Whose
  readonly draft: View | undefined
}

const find = (context: Context): Promise<Found | undefined> =>
  context.read('giving views', async (trx, saw) => {
    const viewer = viewerOf(context)
    const child = await loadMyChild(trx, context.params['child'] ?? '', viewer.accountId)
    const whose = child && whoseOf(context, child)
    if (!child || !whose) return undefined
    saw(child.id)
    const mine = { childId: child.id, accountId: viewer.accountId, whose: WHOSE[whose] }
    return { child, whose, draft: await findDraftView(trx, mine) }
  })

const show = async (
  context: Context,
  { child, whose }: Found,
  form: TypedForm,
  version: number,
  otherTab?: string,
): Promise<Answer> =>
  viewPage({
    context,
    child,
    whose,
    form,
    version,
    otherTab,
    files: await context.read('files given with views', (trx, saw) => {
      saw(child.id)
      return filesOf(trx, {
        childId: child.id,
        about: filesAbout(whose),
        uploadedBy: viewerOf(context).accountId,
      })
    }),
  })

async function ask(context: Context): Promise<Answer> {
  const found = await find(context)
  if (!found) return MISSING
  const { draft } = found
  return show(
    context,
    found,
    freshForm({
      words: draft?.words ?? '',
      writtenBy: draft?.writtenBy ?? 'me',
      writer: draft?.writer ?? '',
      howChecked: draft?.howChecked ?? '',
    }),
    draft?.version ?? 0,
  )
}

async function answer(context: Context): Promise<Answer> {
  const found = await find(context)
  if (!found) return MISSING
  const { child, whose } = found
  const outcomes = await receiveUploads(context, {
    childId: child.id,
    processId: child.processId,
    about: filesAbout(whose),
  })
  if (isUploadOnly(context)) return uploadAnswer(outcomes)
  const isSending = !context.formAll('go').includes('save')
  const parsed = parseForm(viewForm, context.form)
  const errors: FieldError[] = [
    ...(parsed.ok
      ? isSending
        ? await problemsWithSending(context, found, parsed.value)
        : []
      : parsed.errors),
    ...uploadErrors(outcomes, 'files'),
  ]
  const again = (messages: readonly FieldError[], version: number, otherTab?: string) =>
    show(context, found, { ...freshForm({ ...context.form }), errors: messages }, version, otherTab)
  const version = Number(context.form['version'] ?? 0)
  if (!parsed.ok || errors.length > 0) return again(errors, version)
  const result = await keep(context, found, parsed.value, isSending)
  if (result.ok) return result
  const latest = (await find(context))?.draft
  const isStale = latest !== undefined && latest.version !== version
  return again(result.errors, latest?.version ?? version, isStale ? latest.words : undefined)
}

/** What is needed to send that is not needed to save. */
async function problemsWithSending(context: Context, found: Found, given: ViewGiven): Promise<FieldError[]> {
  const errors: FieldError[] = []
  if (given.words === null) {
    const files = await context.read('files given with views', (trx, saw) => {
      saw(found.child.id)
      return filesOf(trx, {
        childId: found.child.id,
        about: filesAbout(found.whose),
        uploadedBy: viewerOf(context).accountId,
      })
    })
    if (files.length === 0)
      errors.push({ field: 'words', text: 'Write something, or add a photo, a recording or a film' })
  }
  if (given.writtenBy === 'somebody-else') {
    if (given.writer === null) errors.push({ field: 'writer', text: 'Enter who wrote it down' })
    if (given.howChecked === null)
      errors.push({ field: 'howChecked', text: 'Enter how they checked it was right' })
  }
  return errors
}

const OTHER_TAB = {
  ok: false,
  errors: [{ field: '', text: 'This was saved in another tab. Look at both, then save again' }],
} as const

async function keep(context: Context, found: Found, given: ViewGiven, isSending: boolean) {
  const viewer = viewerOf(context)
  const { child, whose } = found
  const mine = { childId: child.id, accountId: viewer.accountId, whose: WHOSE[whose] }
  try {
    return await context.command(isSending ? 'gave views' : 'kept views for later', async (trx, changed) => {
      const draft = await findDraftView(trx, mine, { forUpdate: true })
      if (
        (draft?.version ?? 0) !== Number(context.form['version'] ?? 0) &&
        draft?.words !== (given.words ?? '')
      )
        return OTHER_TAB
      const view = { ...mine, processId: child.processId, contactId: child.contactId, given }
      const id = await keepView(trx, view, draft)
      if (isSending) await sendView(trx, { ...view, id, today: context.today })
      changed(child.id)
      return {
        ok: true,
        redirect: viewsAddress(child.id),
        notice: isSending
          ? 'Thank you. We have what you sent.'
          : 'Saved. Only you can see it until you send it.',
      }
    })
  } catch (error) {
    // Two tabs began at once: the second is told of the first.
    if ((error as { code?: unknown }).code === '23505') return OTHER_TAB
    throw error
  }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/family/children/:child/views',
    access: family,
    touches: 'children',
    handle: async (context) => {
      const found = await context.read('views given', async (trx, saw) => {
        const { accountId } = viewerOf(context)
        const child = await loadMyChild(trx, context.params['child'] ?? '', accountId)
        if (!child) return undefined
        saw(child.id)
        const about = [filesAbout('mine'), filesAbout('theirs')]
        return {
          child,
          sent: await findViews(trx, child.id),
          files: await filesOf(trx, { childId: child.id, about, uploadedBy: accountId }),
        }
      })
      return found ? viewsPage(found.child, found.sent, found.files) : MISSING
    },
  },
  {
    method: 'GET',
    url: '/family/children/:child/views/:whose',
    access: family,
    touches: 'children',
    handle: ask,
  },
  {
    method: 'POST',
    url: '/family/children/:child/views/:whose',
    access: family,
    touches: 'children',
    uploads: FILES,
    handle: answer,
  },
]
