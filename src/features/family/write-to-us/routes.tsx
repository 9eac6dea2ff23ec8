import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { date, longDate } from '../../../law/index.ts'
import {
  filesOf,
  isUploadOnly,
  receiveUploads,
  uploadAnswer,
  uploadErrors,
} from '../../../platform/files/index.ts'
import { parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { family, loadMyChild, type MyChild } from '../my-child/index.ts'
import { MESSAGE_LIMIT, messagesAddress, newMessagePage, threadPage, threadsPage } from './pages.tsx'
import { findMessages, findThread, findThreads, openThread, promiseFor, sayToCouncil } from './threads.ts'

const MISSING: Answer = { missing: true }
const FILES = { maxFiles: 20, maxBytes: 1_000_000_000 } as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const words = text('Write your message', { max: MESSAGE_LIMIT })
const newForm = z.object({
  subject: text('Enter what it is about, in a few words', { max: 120 }),
  words,
})
const replyForm = z.object({ words })

/** The child of a page; undefined when the viewer does not reach them, or is nobody on their record who could be written back to. */
const readChild = (context: Context): Promise<(MyChild & { readonly contactId: string }) | undefined> =>
  context.read('messages', async (trx, saw) => {
    const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
    if (!child?.contactId) return undefined
    saw(child.id)
    return { ...child, contactId: child.contactId }
  })

const askNew = async (context: Context): Promise<Answer> => {
  const child = await readChild(context)
  return child ? showNew(context, child, freshForm(), randomUUID()) : MISSING
}

const writing = (context: Context, child: MyChild, threadId: string) =>
  context.read('writing a message', async (trx, saw) => {
    saw(child.id)
    return {
      promised: await promiseFor(trx, context.today),
      files: await filesOf(trx, { childId: child.id, about: 'message', aboutId: threadId }),
    }
  })

const showNew = async (
  context: Context,
  child: MyChild,
  form: TypedForm,
  threadId: string,
): Promise<Answer> =>
  newMessagePage({ context, child, form, threadId, ...(await writing(context, child, threadId)) })

const receive = (context: Context, child: MyChild, threadId: string) =>
  receiveUploads(context, {
    childId: child.id,
    processId: child.processId,
    about: 'message',
    aboutId: threadId,
  })

async function sendNew(context: Context): Promise<Answer> {
  const child = await readChild(context)
  const threadId = context.form['thread'] ?? ''
  if (!child || !UUID.test(threadId)) return MISSING
  const outcomes = await receive(context, child, threadId)
  if (isUploadOnly(context)) return uploadAnswer(outcomes)
  const parsed = parseForm(newForm, context.form)
  const errors: FieldError[] = [...(parsed.ok ? [] : parsed.errors), ...uploadErrors(outcomes, 'files')]
  if (!parsed.ok || errors.length > 0)
    return showNew(context, child, { ...freshForm(context.form), errors }, threadId)
  const result = await sendOnce(context, async (trx) => {
    const message = messageOf(context, child, threadId, parsed.value.words)
    await openThread(trx, message, parsed.value.subject)
    return sayToCouncil(trx, message)
  })(child, threadId)
  return result.ok
    ? result
    : showNew(context, child, { ...freshForm(context.form), errors: result.errors }, threadId)
}

const messageOf = (
  context: Context,
  child: MyChild & { readonly contactId: string },
  threadId: string,
  said: string,
) => ({
  threadId,
  childId: child.id,
  processId: child.processId,
  accountId: viewerOf(context).accountId,
  contactId: child.contactId,
  words: said,
  today: context.today,
})

/** Sends a message once, and says when the answer is promised. */
const sendOnce =
  (context: Context, write: (trx: Parameters<Parameters<Context['command']>[1]>[0]) => Promise<string>) =>
  async (child: MyChild, threadId: string): Promise<CommandResult> => {
    try {
      return await context.command('wrote to the council', async (trx, changed) => {
        const promised = await write(trx)
        changed(child.id)
        return {
          ok: true,
          redirect: messagesAddress(child.id, `/${threadId}`),
          notice: `Sent. We promise to answer by ${longDate(date(promised))}.`,
        }
      })
    } catch (error) {
      // The same page sent from two tabs: the first stands.
      if ((error as { code?: unknown }).code === '23505')
        return {
          ok: false,
          errors: [
            { field: '', text: 'This message was already sent from another tab. Look under Messages' },
          ],
        }
      throw error
    }
  }

const readThread = async (context: Context) => {
  const child = await readChild(context)
  if (!child) return undefined
  return context.read('a conversation', async (trx, saw) => {
    const thread = await findThread(trx, context.params['thread'] ?? '')
    if (thread?.childId !== child.id) return undefined
    saw(child.id)
    return { child, thread, messages: await findMessages(trx, thread.id) }
  })
}

const showThread = async (
  context: Context,
  found: NonNullable<Awaited<ReturnType<typeof readThread>>>,
  form: TypedForm,
): Promise<Answer> =>
  threadPage({ context, ...found, form, ...(await writing(context, found.child, found.thread.id)) })

async function reply(context: Context): Promise<Answer> {
  const found = await readThread(context)
  if (!found) return MISSING
  const { child, thread } = found
  const outcomes = await receive(context, child, thread.id)
  if (isUploadOnly(context)) return uploadAnswer(outcomes)
  const parsed = parseForm(replyForm, context.form)
  const errors: FieldError[] = [...(parsed.ok ? [] : parsed.errors), ...uploadErrors(outcomes, 'files')]
  if (!parsed.ok || errors.length > 0)
    return showThread(context, found, { ...freshForm(context.form), errors })
  const result = await sendOnce(context, (trx) =>
    sayToCouncil(trx, messageOf(context, child, thread.id, parsed.value.words)),
  )(child, thread.id)
  return result.ok
    ? result
    : showThread(context, found, { ...freshForm(context.form), errors: result.errors })
}

const BASE = '/family/children/:child/messages'
const route = (method: Route['method'], more: string, handle: Route['handle']): Route => ({
  method,
  url: `${BASE}${more}`,
  access: family,
  touches: 'children',
  ...(method === 'POST' ? { uploads: FILES } : {}),
  handle,
})

export const routes: readonly Route[] = [
  route('GET', '', async (context) => {
    const child = await readChild(context)
    if (!child) return MISSING
    const threads = await context.read('messages', (trx, saw) => {
      saw(child.id)
      return findThreads(trx, child.id)
    })
    return threadsPage(child, threads, context.today)
  }),
  route('GET', '/new', askNew),
  route('POST', '/new', sendNew),
  route('GET', '/:thread', async (context) => {
    const found = await readThread(context)
    return found ? showThread(context, found, freshForm()) : MISSING
  }),
  route('POST', '/:thread', reply),
]
