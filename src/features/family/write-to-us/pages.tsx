import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date, longDate, shortDate } from '../../../law/index.ts'
import {
  ACCEPTED_ENDINGS,
  limitsInWords,
  type StoredFile,
  sizeInWords,
} from '../../../platform/files/index.ts'
import type { Answer, Context } from '../../../platform/routes.ts'
import { LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { FileList, FormPage, UploadField } from '../../../ui/parts/index.ts'
import { AsTyped, TOLD_HOW } from '../give-views/index.ts'
import type { MyChild } from '../my-child/index.ts'
import type { Message, Thread } from './threads.ts'

export const messagesAddress = (childId: string, more = ''): string =>
  `/family/children/${childId}/messages${more}`
export const MESSAGE_LIMIT = 8000

/** Whose turn it is, and by when, honestly. */
export function standingOf(thread: Thread, today: string): string {
  if (thread.replyBy === null) return 'Nothing is waiting for us'
  const by = longDate(date(thread.replyBy))
  if (thread.replyBy < today) return `We promised to answer by ${by} and have not. We are sorry`
  if (thread.promisedFirst && thread.promisedFirst < thread.replyBy)
    return `We asked for longer: we answer by ${by}`
  return thread.replyBy === today ? 'We answer today' : `We answer by ${by}`
}

export function threadsPage(child: MyChild, threads: readonly Thread[], today: string): Answer {
  return {
    page: {
      title: `Messages: ${child.name}`,
      backLink: { href: '/family', text: 'Back to where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Messages</h1>
            <p class="govuk-body">
              Ask us anything. We tell you the day we will answer. Only you and the council read your
              messages, unless you ask us to share them.
            </p>
            <GovukButton text="Write a message" href={messagesAddress(child.id, '/new')} />
            {threads.length === 0 && <p class="govuk-body">You have no messages yet.</p>}
            <ul class="govuk-list">
              {threads.map((thread) => (
                <li key={thread.id} class="govuk-!-margin-bottom-3">
                  <a class="govuk-link" href={messagesAddress(child.id, `/${thread.id}`)} dir="auto">
                    {thread.subject}
                  </a>
                  <br />
                  {standingOf(thread, today)}.
                </li>
              ))}
            </ul>
          </div>
        </div>
      ),
    },
  }
}

interface Writing {
  readonly context: Context
  readonly child: MyChild
  readonly form: TypedForm
  readonly promised: string
  readonly files: readonly StoredFile[]
}

const Words = ({ form, context, files }: Writing): JSX.Element => (
  <>
    <LongTextField form={form} name="words" label="Your message" max={MESSAGE_LIMIT} rows={6} />
    <UploadField
      label="Photos or documents (optional)"
      errors={form.errors}
      accept={ACCEPTED_ENDINGS}
      limits={limitsInWords(context.files)}
    >
      {files.length > 0 && (
        <FileList label="Files sent with these messages" files={files} sizeInWords={sizeInWords} />
      )}
    </UploadField>
  </>
)

const page = (title: string, form: TypedForm, back: string, main: JSX.Element): Answer => ({
  page: {
    title,
    main,
    backLink: { href: back, text: 'Back to messages' },
    hasErrors: form.errors.length > 0,
    status: form.errors.length > 0 ? 422 : 200,
  },
})

export const newMessagePage = (writing: Writing & { readonly threadId: string }): Answer =>
  page(
    'Write a message',
    writing.form,
    messagesAddress(writing.child.id),
    <FormPage
      title="Write a message"
      caption={writing.child.name}
      errors={writing.form.errors}
      action={messagesAddress(writing.child.id, '/new')}
      csrfToken={writing.context.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ thread: writing.threadId }}
      hasFiles
      button="Send"
      before={
        <p class="govuk-body">
          If you send it today we promise to answer by <strong>{longDate(date(writing.promised))}</strong>.
        </p>
      }
    >
      <TextField form={writing.form} name="subject" label="What is it about?" hint="A few words" />
      <Words {...writing} />
    </FormPage>,
  )

/** A conversation as either side reads it. */
export function Messages(props: {
  readonly messages: readonly Message[]
  /** The reader's account: their own are "You". */
  readonly reader: string
}): JSX.Element {
  return (
    <ol class="govuk-list">
      {props.messages.map((message) => (
        <li key={message.id} class={`app-said app-said--${message.side}`}>
          <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
            {message.onBehalfOf
              ? `${message.onBehalfOf}, told to us ${TOLD_HOW[message.toldHow!].toLowerCase()} and written down by ${message.from}`
              : message.fromAccount === props.reader
                ? 'You'
                : message.side === 'council'
                  ? `${message.from}, for the council`
                  : message.from}
            , {shortDate(date(message.sentOn))}
          </p>
          <AsTyped words={message.words} />
          {message.promisedOn && (
            <p class="govuk-hint govuk-!-margin-bottom-0">
              {message.kind === 'longer' ? 'New promise: an answer by ' : 'Answer promised by '}
              {shortDate(date(message.promisedOn))}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

export const threadPage = (
  writing: Writing & { readonly thread: Thread; readonly messages: readonly Message[] },
): Answer =>
  page(
    writing.thread.subject,
    writing.form,
    messagesAddress(writing.child.id),
    <FormPage
      title={writing.thread.subject}
      caption={writing.child.name}
      errors={writing.form.errors}
      action={messagesAddress(writing.child.id, `/${writing.thread.id}`)}
      csrfToken={writing.context.csrfToken}
      idempotencyKey={randomUUID()}
      hasFiles
      button="Send"
      before={
        <>
          <GovukInsetText>{standingOf(writing.thread, writing.context.today)}.</GovukInsetText>
          <Messages messages={writing.messages} reader={writing.context.viewer?.accountId ?? ''} />
          <h2 class="govuk-heading-m">Write back</h2>
        </>
      }
    >
      <Words {...writing} />
    </FormPage>,
  )
