import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { CHANNEL_WORDS, MessageWords } from '../../../platform/messages/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import {
  type Column,
  EmptyState,
  HiddenFields,
  SortableTable,
  SummaryCard,
  SummaryRows,
  Tag,
} from '../../../ui/parts/index.ts'
import type { BatchRow, JobRow, OutboxRow } from './queries.ts'
import { HELD_FOR, momentInWords, REFUSED_AT_LAST, STATES, titleOf } from './words.ts'

export const PATH = '/staff/outbox'

export interface OutboxView {
  readonly rows: readonly OutboxRow[]
  readonly batches: readonly BatchRow[]
  readonly jobs: readonly JobRow[]
  readonly viewerId: string
  readonly mayApprove: boolean
  readonly isAdministrator: boolean
  readonly isTraining: boolean
  readonly state: string | undefined
  readonly batch: string | undefined
  readonly page: number
  readonly hasMore: boolean
  readonly csrfToken: string
}

/** What has left, what waits and why, and what could not be delivered. */
export function OutboxPage(view: OutboxView): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">Messages out</h1>
      <p class="govuk-body">
        {view.isAdministrator
          ? 'How far each message of the authority has got. Who it went to and what it said is for the staff of the child.'
          : 'Emails, texts and letters about the children you work with, newest first.'}
      </p>
      {view.isTraining ? (
        <GovukInsetText text="This is a training site. Unless a mail server has been set up for it, nothing leaves: messages stay here as “Waiting to go”, and you can read what each would have said." />
      ) : null}
      {view.batches.map((batch) => (
        <BatchCard key={batch.id} batch={batch} view={view} />
      ))}
      <States current={view.state} isAdministrator={view.isAdministrator} />
      {view.rows.length === 0 ? (
        <EmptyState title="No messages">Nothing has been queued that matches.</EmptyState>
      ) : (
        <SortableTable
          id="outbox"
          caption="Messages, newest first"
          captionHidden
          columns={view.isAdministrator ? stateColumns : columns}
          rows={view.rows}
          onPhone="cards"
        />
      )}
      <Pages view={view} />
      <JobsPart jobs={view.jobs} />
    </>
  )
}

function States({
  current,
  isAdministrator,
}: {
  readonly current: string | undefined
  readonly isAdministrator: boolean
}): JSX.Element | null {
  if (isAdministrator) return null
  const link = (state: string | undefined, words: string): JSX.Element => (
    <li>
      {state === current ? (
        <strong>{words}</strong>
      ) : (
        <a class="govuk-link" href={state ? `${PATH}?state=${state}` : PATH}>
          {words}
        </a>
      )}
    </li>
  )
  return (
    <nav aria-label="Show messages that are" class="govuk-!-margin-bottom-4">
      <ul class="govuk-list app-inline-list">
        {link(undefined, 'All')}
        {['held', 'bounced', 'failed-retrying', 'queued', 'sent', 'read'].map((state) =>
          link(state, STATES[state]!.words),
        )}
      </ul>
    </nav>
  )
}

const stateCell = (row: OutboxRow): JSX.Element => (
  <>
    <Tag colour={STATES[row.state]?.colour ?? 'grey'}>{STATES[row.state]?.words ?? row.state}</Tag>
    {row.held_for ? <span> {HELD_FOR[row.held_for]}</span> : null}
    {row.problem ? <div>{sentence(REFUSED_AT_LAST[row.problem] ?? row.problem)}</div> : null}
  </>
)
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const columns: readonly Column<OutboxRow>[] = [
  {
    key: 'what',
    heading: 'Message',
    namesRow: true,
    cell: (row) => (
      <a class="govuk-link" href={`${PATH}/${row.id}`}>
        {titleOf(row.template)}
      </a>
    ),
  },
  { key: 'child', heading: 'Child', cell: (row) => row.child ?? '' },
  { key: 'to', heading: 'To', cell: (row) => row.recipient_name ?? '' },
  { key: 'by', heading: 'By', cell: (row) => CHANNEL_WORDS[row.channel] },
  { key: 'when', heading: 'Queued', cell: (row) => momentInWords(row.queued_at) },
  { key: 'state', heading: 'How far', cell: stateCell },
]

const stateColumns: readonly Column<OutboxRow>[] = [
  { key: 'what', heading: 'Message', namesRow: true, cell: (row) => titleOf(row.template) },
  { key: 'by', heading: 'By', cell: (row) => CHANNEL_WORDS[row.channel] },
  { key: 'when', heading: 'Queued', cell: (row) => momentInWords(row.queued_at) },
  { key: 'state', heading: 'How far', cell: stateCell },
  { key: 'tries', heading: 'Tries', numeric: true, cell: (row) => String(row.attempts) },
  {
    key: 'words',
    heading: 'Words (training only)',
    cell: (row) =>
      row.body ? (
        <details>
          <summary>To {row.address}</summary>
          {row.subject ? (
            <p class="govuk-body">
              <strong>{row.subject}</strong>
            </p>
          ) : null}
          <MessageWords body={row.body} />
        </details>
      ) : (
        'Not shown'
      ),
  },
]

function BatchCard({ batch, view }: { readonly batch: BatchRow; readonly view: OutboxView }): JSX.Element {
  const isOwn = batch.made_by === view.viewerId
  return (
    <div class="govuk-!-margin-bottom-6">
      <SummaryCard
        title={batch.what}
        rows={[
          {
            key: 'Recipients',
            value: `${batch.recipients}, one message each`,
            action: { text: 'Look at each', href: `${PATH}?batch=${batch.id}`, about: batch.what },
          },
          { key: 'Made by', value: batch.maker ?? 'Somebody whose account you may not see' },
          {
            key: 'Waits for',
            value:
              batch.waits_for === 'approval'
                ? 'A second person to look'
                : `${momentInWords(batch.goes_at)}, when it goes`,
          },
        ]}
      />
      <div class="govuk-button-group">
        {batch.waits_for === 'approval' && view.mayApprove && !isOwn ? (
          <ActButton
            action={`${PATH}/batches/${batch.id}/approve`}
            csrfToken={view.csrfToken}
            text="Approve this sending"
          />
        ) : null}
        <ActButton
          action={`${PATH}/batches/${batch.id}/recall`}
          csrfToken={view.csrfToken}
          text="Call it back"
          isWarning
        />
      </div>
      {batch.waits_for === 'approval' && isOwn ? (
        <p class="govuk-body">You made this sending, so somebody else must approve it.</p>
      ) : null}
    </div>
  )
}

function ActButton(props: {
  readonly action: string
  readonly csrfToken: string
  readonly text: string
  readonly isWarning?: boolean
  readonly hidden?: Readonly<Record<string, string>>
}): JSX.Element {
  return (
    <form method="post" action={props.action} novalidate>
      <HiddenFields csrfToken={props.csrfToken} idempotencyKey={randomUUID()} hidden={props.hidden ?? {}} />
      <button
        type="submit"
        class={`govuk-button ${props.isWarning ? 'govuk-button--warning' : ''}`}
        data-module="govuk-button"
        data-prevent-double-click="true"
      >
        {props.text}
      </button>
    </form>
  )
}

function Pages({ view }: { readonly view: OutboxView }): JSX.Element | null {
  if (view.page === 1 && !view.hasMore) return null
  const href = (page: number): string =>
    `${PATH}?${new URLSearchParams({ ...(view.state ? { state: view.state } : {}), ...(view.batch ? { batch: view.batch } : {}), page: String(page) })}`
  return (
    <nav aria-label="Pages" class="govuk-body">
      {view.page > 1 ? (
        <a class="govuk-link govuk-!-margin-right-4" href={href(view.page - 1)}>
          Newer
        </a>
      ) : null}
      {view.hasMore ? (
        <a class="govuk-link" href={href(view.page + 1)}>
          Older
        </a>
      ) : null}
    </nav>
  )
}

const JOB_STATES = {
  waiting: 'Waiting',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
} as const

/** Work in the background, as its starter sees it. */
export function JobsPart({ jobs }: { readonly jobs: readonly JobRow[] }): JSX.Element | null {
  if (jobs.length === 0) return null
  return (
    <SortableTable
      id="jobs"
      caption="Work in the background"
      onPhone="cards"
      rows={jobs}
      columns={[
        { key: 'what', heading: 'What', namesRow: true, cell: (job: JobRow) => job.about },
        { key: 'when', heading: 'Asked for', cell: (job) => momentInWords(job.asked_at) },
        {
          key: 'state',
          heading: 'State',
          cell: (job) => JOB_STATES[job.state as keyof typeof JOB_STATES] ?? job.state,
        },
        {
          key: 'far',
          heading: 'How far',
          cell: (job) =>
            [
              job.total === null ? '' : `${job.done} of ${job.total}`,
              job.failed > 0 ? `${job.failed} failed` : '',
              job.result ?? job.problem ?? '',
            ]
              .filter(Boolean)
              .join('. ') || 'Not begun',
        },
      ]}
    />
  )
}

/** One message: exactly who receives what, how far it got, and what can still be done. */
export function MessagePage({
  message,
  csrfToken,
}: {
  readonly message: OutboxRow
  readonly csrfToken: string
}): JSX.Element {
  const act = (what: string): string => `${PATH}/${message.id}/${what}`
  const mayStop = ['queued', 'held', 'failed-retrying'].includes(message.state)
  const moments: readonly (readonly [string, string | null])[] = [
    ['Queued', message.queued_at],
    ['Sent', message.sent_at],
    ['Delivered', message.delivered_at],
    ['Opened', message.read_at],
  ]
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{message.child}</span>
        <h1 class="govuk-heading-l">{titleOf(message.template)}</h1>
        {message.held_for === 'check' ? (
          <GovukWarningText
            text={
              message.problem?.startsWith('nothing is set up')
                ? 'Nothing here can send this. Print it and post it, or tell the person another way, and then say that it went.'
                : 'This message may or may not have gone. Ask the person, or the carrier, before you say: sent again, they may get it twice.'
            }
            iconFallbackText="Warning"
          />
        ) : null}
        <SummaryRows
          rows={[
            { key: 'How far', value: stateCell(message) },
            { key: 'To', value: message.recipient_name ?? '' },
            {
              key: CHANNEL_WORDS[message.channel],
              value: <span class="app-as-typed">{message.address}</span>,
            },
            ...moments.flatMap(([key, at]) => (at ? [{ key, value: momentInWords(at) }] : [])),
            ...(mayStop && message.held_for !== 'approval' && message.held_for !== 'check'
              ? [{ key: 'Goes from', value: momentInWords(message.send_after) }]
              : []),
            ...(message.subject ? [{ key: 'Subject', value: message.subject }] : []),
            { key: 'Words', value: <MessageWords body={message.body ?? ''} /> },
          ]}
        />
        <div class="govuk-button-group">
          {message.held_for === 'check' ? (
            <>
              <ActButton
                action={act('settle')}
                csrfToken={csrfToken}
                text="It went"
                hidden={{ didGo: 'yes' }}
              />
              <ActButton
                action={act('settle')}
                csrfToken={csrfToken}
                text="It did not go: send it"
                hidden={{ didGo: 'no' }}
              />
            </>
          ) : null}
          {mayStop ? (
            <ActButton action={act('stop')} csrfToken={csrfToken} text="Stop this message" isWarning />
          ) : null}
        </div>
      </div>
    </div>
  )
}
