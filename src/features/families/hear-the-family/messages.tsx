import { createHash, randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import { lockChildren } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { filesOf, type StoredFile, sizeInWords } from '../../../platform/files/index.ts'
import { choice, optionalDate, parseForm, text } from '../../../platform/forms.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import {
  ChoiceField,
  DateField,
  freshForm,
  LongTextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { EmptyState, FileList, FormPage, SortableTable } from '../../../ui/parts/index.ts'
import { type CaseContact, loadContacts, typedForm } from '../../assessment/the-case/index.ts'
import { relationshipWords } from '../../children/the-child/index.ts'
import {
  findMessages,
  findThread,
  findWaitingThreads,
  MESSAGE_LIMIT,
  type Message,
  Messages,
  type Thread,
} from '../../family/write-to-us/index.ts'

const LIST = '/staff/messages'
const MISSING: Answer = { missing: true }

const standing = (thread: Thread, today: string): string => {
  if (thread.replyBy === null) return 'Answered'
  const by = shortDate(date(thread.replyBy))
  if (thread.replyBy === today) return 'Due today'
  const days = Math.abs(date(thread.replyBy) - date(today))
  return thread.replyBy < today
    ? `${days} ${days === 1 ? 'day' : 'days'} late: promised by ${by}`
    : `Due by ${by}`
}

function listPage(threads: readonly Thread[], whose: 'mine' | 'everyone', today: string): Answer {
  return {
    page: {
      title: 'Messages from families',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Messages from families</h1>
          <p class="govuk-body">
            Each was promised an answer by a day. The one promised soonest comes first. Show:{' '}
            {whose === 'mine' ? (
              <strong>Mine</strong>
            ) : (
              <a class="govuk-link" href={LIST}>
                Mine
              </a>
            )}
            {' \u00a0 '}
            {whose === 'everyone' ? (
              <strong>Everyone’s</strong>
            ) : (
              <a class="govuk-link" href={`${LIST}?whose=everyone`}>
                Everyone’s
              </a>
            )}
          </p>
          {threads.length === 0 ? (
            <EmptyState title="No message is waiting">
              A message appears here as soon as a family sends it, and stays until it is answered. You also
              see those of people you stand in for.
            </EmptyState>
          ) : (
            <SortableTable<Thread>
              id="messages"
              caption={`${threads.length} waiting for an answer`}
              onPhone="cards"
              rows={threads}
              columns={[
                {
                  key: 'about',
                  heading: 'About',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`${LIST}/${row.id}`} dir="auto">
                      {row.subject}
                    </a>
                  ),
                },
                { key: 'child', heading: 'Child', cell: (row) => row.childName },
                {
                  key: 'coordinator',
                  heading: 'Coordinator',
                  cell: (row) => row.coordinator ?? 'Nobody yet',
                },
                { key: 'since', heading: 'Waiting since', cell: (row) => shortDate(date(row.waitingSince!)) },
                { key: 'due', heading: 'Answer', cell: (row) => <strong>{standing(row, today)}</strong> },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

/** Somebody in the conversation, and whether they can read it today. */
interface Reader {
  readonly contact: CaseContact
  readonly isIn: boolean
}
interface Found {
  readonly thread: Thread
  readonly messages: readonly Message[]
  readonly files: readonly StoredFile[]
  readonly readers: readonly Reader[]
}

async function load(trx: Trx, id: string): Promise<Found | undefined> {
  const thread = await findThread(trx, id)
  if (!thread) return undefined
  const people = await trx
    .selectFrom('family_thread_person')
    .select('contact_id')
    .where('thread_id', '=', id)
    .execute()
  const inIt = new Set(people.map((person) => person.contact_id))
  return {
    thread,
    messages: await findMessages(trx, id),
    files: await filesOf(trx, { childId: thread.childId, about: 'message', aboutId: id }),
    readers: (await loadContacts(trx, thread.childId)).map((contact) => ({
      contact,
      isIn: inIt.has(contact.id),
    })),
  }
}

const willRead = (readers: readonly Reader[]): readonly CaseContact[] =>
  readers.filter(({ isIn, contact }) => isIn && !contact.restricted).map(({ contact }) => contact)
/** Names who would read an answer, so that a page shown before somebody was added or barred is refused. */
const readersState = (readers: readonly Reader[]): string =>
  createHash('sha256')
    .update(
      willRead(readers)
        .map((contact) => contact.id)
        .toSorted()
        .join(),
    )
    .digest('base64url')
    .slice(0, 22)

const described = (contact: CaseContact): string =>
  `${contact.name} (${relationshipWords(contact.relationship)})`

function WhoReads({ readers }: { readonly readers: readonly Reader[] }): JSX.Element {
  const reading = willRead(readers)
  const not = readers.filter(({ isIn, contact }) => !isIn || contact.restricted)
  return (
    <GovukInsetText>
      <p class="govuk-body">
        <strong>Who reads this:</strong>{' '}
        {reading.length === 0 ? 'nobody in the family today' : reading.map(described).join(', ')}.
      </p>
      {not.length > 0 && (
        <p class="govuk-body">
          Who does not:{' '}
          {not
            .map(
              ({ contact }) =>
                `${described(contact)}${contact.restricted ? ', barred: nothing may be sent to them' : ''}`,
            )
            .join('; ')}
          .
        </p>
      )}
    </GovukInsetText>
  )
}

function threadPage(context: Context, found: Found, form: TypedForm): Answer {
  const { thread, readers } = found
  const mayAct = caseworkers.includes(viewerOf(context).role)
  const others = readers.filter(({ isIn, contact }) => !isIn && !contact.restricted)
  const caseHref = thread.processId
    ? `/staff/cases/${thread.processId}/family`
    : `/staff/children/${thread.childId}`
  const head = (
    <>
      <p class="govuk-body">
        <a class="govuk-link" href={caseHref}>
          {thread.childName}: what the family has said
        </a>
        . {standing(thread, context.today)}.
      </p>
      <Messages messages={found.messages} reader={viewerOf(context).accountId} />
      {found.files.length > 0 && (
        <FileList
          label="Files sent with these messages"
          files={found.files}
          sizeInWords={sizeInWords}
          inPage
        />
      )}
    </>
  )
  return {
    page: {
      title: thread.subject,
      backLink: { href: LIST, text: 'Back to messages' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: mayAct ? (
        <FormPage
          title={thread.subject}
          caption={thread.childName}
          errors={form.errors}
          errorTargets={{ longerUntil: 'longerUntil-day' }}
          action={`${LIST}/${thread.id}`}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ readers: readersState(readers), last: found.messages.at(-1)?.id ?? '' }}
          button="Send"
          before={head}
        >
          <WhoReads readers={readers} />
          <ChoiceField
            form={form}
            name="kind"
            label="What is this?"
            options={[
              { value: 'answer', text: 'The answer' },
              {
                value: 'longer',
                text: 'We need longer',
                more: html(<DateField form={form} name="longerUntil" label="We answer by" />),
              },
            ]}
          />
          <LongTextField form={form} name="words" label="Your words" max={MESSAGE_LIMIT} rows={6} />
          {others.length > 0 && (
            <TickField
              form={form}
              name="add"
              label="Let somebody else read the whole conversation (only if whoever wrote agrees)"
              options={others.map(({ contact }) => ({ value: contact.id, text: described(contact) }))}
            />
          )}
        </FormPage>
      ) : (
        <>
          <h1 class="govuk-heading-l" dir="auto">
            {thread.subject}
          </h1>
          {head}
        </>
      ),
    },
  }
}

const form = z
  .object({
    kind: choice(['answer', 'longer'], 'Choose whether this is the answer, or you need longer'),
    longerUntil: optionalDate('the day you will answer by'),
    words: text('Write your answer, or why you need longer', { max: MESSAGE_LIMIT }),
    add: z
      .array(z.string())
      .optional()
      .transform((ids) => ids ?? []),
  })
  .superRefine((given, context) => {
    if (given.kind === 'longer' && !given.longerUntil)
      context.addIssue({ code: 'custom', path: ['longerUntil'], message: 'Enter the day you will answer by' })
  })

const refuse = (field: string, words: string): CommandResult => ({
  ok: false,
  errors: [{ field, text: words }],
})

async function carryOut(
  context: Context,
  trx: Trx,
  given: z.output<typeof form>,
  changed: (id: string) => void,
): Promise<CommandResult> {
  const id = context.params['thread'] ?? ''
  const first = await findThread(trx, id)
  if (!first) return { ok: false, errors: [] }
  await lockChildren(trx, [first.childId])
  const { thread, messages, readers } = (await load(trx, id))!
  const { accountId } = viewerOf(context)
  if (readersState(readers) !== context.form['readers'])
    return refuse(
      '',
      'Who reads this has changed since you opened the page. Look at it again below, then send',
    )
  if ((messages.at(-1)?.id ?? '') !== context.form['last'])
    return refuse('', 'Something was said since you opened the page. Read it below, then send')
  if (given.kind === 'longer' && (!thread.replyBy || given.longerUntil! <= context.today))
    return refuse(
      'longerUntil',
      thread.replyBy
        ? 'The day you will answer by must be after today'
        : 'Nothing is waiting, so no day is needed',
    )
  const added = readers.filter(
    ({ isIn, contact }) => !isIn && !contact.restricted && given.add.includes(contact.id),
  )
  for (const { contact } of added)
    await trx
      .insertInto('family_thread_person')
      .values({
        thread_id: id,
        child_id: thread.childId,
        contact_id: contact.id,
        added_by: accountId,
        added_on: context.today,
      })
      .execute()
  const messageId = randomUUID()
  await trx
    .insertInto('family_message')
    .values({
      id: messageId,
      thread_id: id,
      child_id: thread.childId,
      side: 'council',
      kind: given.kind,
      from_account: accountId,
      words: given.words,
      sent_on: context.today,
      promised_on: given.kind === 'longer' ? given.longerUntil : null,
    })
    .execute()
  // Asking for longer is no answer: it is said on their page, and no message calls it one.
  const told = given.kind === 'answer' ? [...willRead(readers), ...added.map((one) => one.contact)] : []
  for (const contact of told)
    await queueMessage(trx, {
      event: `family-message:${messageId}`,
      template: 'message-answered',
      childId: thread.childId,
      to: { contactId: contact.id },
      values: { sentOn: thread.waitingSince ?? context.today },
      linkPath: `/family/children/${thread.childId}/messages/${id}`,
    })
  changed(thread.childId)
  const late =
    given.kind === 'answer' && thread.promisedFirst && thread.promisedFirst < context.today
      ? ` It was promised by ${shortDate(date(thread.promisedFirst))}, and the record shows that it is late.`
      : ''
  return { ok: true, redirect: `${LIST}/${id}`, notice: `Sent.${late}` }
}

const read = (context: Context) =>
  context.read('a conversation with a family', async (trx, saw) => {
    const found = await load(trx, context.params['thread'] ?? '')
    if (found) saw(found.thread.childId)
    return found
  })

export const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: LIST,
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const whose = context.query['whose'] === 'everyone' ? 'everyone' : 'mine'
      const threads = await context.read('messages from families', async (trx, saw) => {
        const found = await findWaitingThreads(trx, whose)
        saw(found.map((thread) => thread.childId))
        return found
      })
      return listPage(threads, whose, context.today)
    },
  },
  {
    method: 'GET',
    url: `${LIST}/:thread`,
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await read(context)
      return found
        ? threadPage(context, found, freshForm({ kind: found.thread.replyBy ? '' : 'answer' }))
        : MISSING
    },
  },
  {
    method: 'POST',
    url: `${LIST}/:thread`,
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: async (context) => {
      const parsed = parseForm(form, context.form, { add: context.formAll('add') })
      const result = parsed.ok
        ? await context.command('answered a family', (trx, changed) =>
            carryOut(context, trx, parsed.value, changed),
          )
        : { ok: false as const, errors: parsed.errors }
      if (result.ok) return result
      const found = await read(context)
      return found ? threadPage(context, found, typedForm(context, result.errors)) : MISSING
    },
  },
]
