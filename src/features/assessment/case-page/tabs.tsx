import type { JSX } from 'preact'
import { FACT_SPECIFICATIONS, isFactKind } from '../../../law/index.ts'
import { eventLabel, isCaseworkEvent } from '../../../record/casework-events.ts'
import {
  dayInWords,
  EmptyState,
  SortableTable,
  StatusTag,
  SummaryCard,
  Tag,
  Timeline,
  type TimelineEntry,
} from '../../../ui/parts/index.ts'
import { relationshipWords } from '../../children/the-child/index.ts'
import { HEADS } from '../ask-for-advice/index.tsx'
import { payloadWords } from './payload-words.ts'
import type { AdviceRow } from './queries.ts'
import { type DateRow, dateRows, type Prepared, whyHref } from './view.ts'

/** Every date of the case, each with its reason. */
export function Dates({ prepared }: { readonly prepared: Prepared }): JSX.Element {
  const groups = dateRows(prepared)
  if (groups.length === 0)
    return (
      <EmptyState title="No clock has started">
        A date appears here as soon as a fact that starts one is recorded.
      </EmptyState>
    )
  return (
    <>
      {groups.map((group, index) => (
        <SortableTable<DateRow>
          key={group.heading}
          id={`dates-${index}`}
          caption={group.heading}
          rows={group.rows}
          columns={[
            {
              key: 'what',
              heading: 'What',
              namesRow: true,
              cell: (row) => (
                <>
                  {row.title}
                  <br />
                  <span class="govuk-!-font-weight-regular app-how-long">{row.kind}</span>
                </>
              ),
            },
            {
              key: 'due',
              heading: 'Due',
              cell: (row) => (
                <>
                  {row.due}
                  <br />
                  <a class="govuk-link" href={row.whyHref} aria-label={`Why this date? ${row.title}`}>
                    Why this date?
                  </a>
                </>
              ),
            },
            {
              key: 'stands',
              heading: 'Where it stands',
              cell: (row) => (
                <>
                  <StatusTag status={row.status} />
                  <br />
                  <span class="app-how-long">
                    {row.howLong}
                    {row.done ? ` (${row.done})` : ''}
                  </span>
                </>
              ),
            },
            { key: 'who', heading: 'Who must act', cell: (row) => row.who },
          ]}
        />
      ))}
    </>
  )
}

const headTitle = (head: string): string =>
  Object.hasOwn(HEADS, head) ? HEADS[head as keyof typeof HEADS].title : head

/** Each adviser asked: when it is due, whether it came, and what to do about it. */
export function Advice({ prepared }: { readonly prepared: Prepared }): JSX.Element {
  const { record, judged, mayAct } = prepared
  const id = record.file.process.id
  if (record.advice.length === 0)
    return (
      <EmptyState
        title="Nobody has been asked for advice yet"
        {...(mayAct ? { action: { text: 'Ask for advice', href: `/staff/cases/${id}/ask-for-advice` } } : {})}
      >
        Advice is asked for once the decision to assess has been recorded.
      </EmptyState>
    )
  const deadlineOf = (row: AdviceRow) =>
    judged.deadlines.find(
      ({ deadline }) =>
        deadline.rule === 'advice-response' &&
        (deadline.about === `${row.head}: ${row.adviser}` || deadline.about === row.adviser),
    ) ??
    judged.deadlines.find(
      ({ deadline }) => deadline.rule === 'advice-response' && deadline.about === row.head,
    )
  return (
    <>
      <SortableTable<AdviceRow>
        id="advice"
        caption="Advice asked for"
        rows={record.advice}
        columns={[
          {
            key: 'head',
            heading: 'Advice',
            namesRow: true,
            cell: (row) => (
              <>
                {headTitle(row.head)}
                <br />
                <span class="govuk-!-font-weight-regular">{row.adviser}</span>
              </>
            ),
          },
          { key: 'asked', heading: 'Asked', cell: (row) => dayInWords(row.asked_on) },
          {
            key: 'due',
            heading: 'Due',
            cell: (row) => {
              const found = deadlineOf(row)
              return found?.deadline.dueOn ? (
                <>
                  {dayInWords(found.deadline.dueOn)}
                  <br />
                  <a
                    class="govuk-link"
                    href={whyHref(id, found)}
                    aria-label={`Why this date? ${row.adviser}`}
                  >
                    Why this date?
                  </a>
                </>
              ) : (
                'No legal limit'
              )
            },
          },
          {
            key: 'came',
            heading: 'Came',
            cell: (row) => {
              const found = deadlineOf(row)
              if (row.received_on)
                return (
                  <>
                    {dayInWords(row.received_on)}
                    {row.nothing_to_report ? (
                      <>
                        <br />
                        Nothing to report
                      </>
                    ) : null}
                    <br />
                    <a
                      class="govuk-link"
                      href={`/staff/advice/${row.id}`}
                      aria-label={`Read it, from ${row.adviser}`}
                    >
                      Read it
                    </a>
                    {found?.deadline.daysLate ? (
                      <>
                        <br />
                        {found.deadline.daysLate} days late
                      </>
                    ) : null}
                  </>
                )
              return found ? (
                <StatusTag
                  status={found.deadline.status}
                  label={
                    found.deadline.daysLate
                      ? `${found.deadline.daysLate} days late`
                      : found.deadline.daysLeft === null
                        ? 'Waiting'
                        : `${found.deadline.daysLeft} days left`
                  }
                />
              ) : (
                <Tag colour="blue">Waiting</Tag>
              )
            },
          },
          {
            key: 'do',
            heading: 'Chased, and what to do',
            cell: (row) => (
              <>
                {row.chases > 0 ? (
                  <>
                    Chased {row.chases === 1 ? 'once' : `${row.chases} times`}
                    {row.last_chased_on ? `, last on ${dayInWords(row.last_chased_on)}` : ''}
                  </>
                ) : row.received_on ? null : (
                  'Not chased'
                )}
                {mayAct && !row.received_on ? (
                  <span class="app-case__actions">
                    <a
                      class="govuk-link"
                      href={`/staff/cases/${id}/record-advice/${row.id}`}
                      aria-label={`Record it, from ${row.adviser}`}
                    >
                      Record it
                    </a>
                    <a
                      class="govuk-link"
                      href={`/staff/cases/${id}/chase-advice/${row.id}`}
                      aria-label={`Chase ${row.adviser}`}
                    >
                      Chase
                    </a>
                    <a
                      class="govuk-link"
                      href={`/staff/advice/${row.id}`}
                      aria-label={`Enter it from paper, from ${row.adviser}`}
                    >
                      Enter it
                    </a>
                  </span>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {mayAct ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/staff/cases/${id}/ask-for-advice`}>
            Ask somebody else for advice
          </a>
        </p>
      ) : null}
    </>
  )
}

/** Every fact, newest first; what was corrected stays, struck through, with its reason. */
export function History({ prepared }: { readonly prepared: Prepared }): JSX.Element {
  const { record, judged, mayAct } = prepared
  const { process } = record.file
  const corrections = new Map(
    judged.history.flatMap((row) => (row.supersedes === null ? [] : [[row.supersedes, row] as const])),
  )
  const nameOf = (account: string): string => record.names.get(account) ?? 'Someone'
  const entries: TimelineEntry[] = judged.history
    .filter((row) => row.kind !== 'fact_withdrawn')
    .toSorted((a, b) =>
      a.happened_on === b.happened_on ? b.seq - a.seq : a.happened_on < b.happened_on ? 1 : -1,
    )
    .map((row) => {
      const correction = corrections.get(row.id)
      const words = payloadWords(row.payload, record.settings)
      const kind = isFactKind(row.kind)
        ? undefined
        : isCaseworkEvent(row.kind) && row.kind !== 'note_added'
          ? 'Casework'
          : undefined
      return {
        id: `event-${row.seq}`,
        title: isFactKind(row.kind) ? FACT_SPECIFICATIONS[row.kind].label : eventLabel(row.kind),
        on: row.happened_on,
        recordedOn: row.recorded_on,
        by: row.on_behalf_of ? `${nameOf(row.recorded_by)} for ${row.on_behalf_of}` : nameOf(row.recorded_by),
        ...(kind ? { kind } : {}),
        ...(words.length > 0 || (row.why && !row.supersedes) || row.supersedes
          ? {
              body: (
                <>
                  {words.map((line) => (
                    <p key={line} class="govuk-body-s govuk-!-margin-bottom-1">
                      {line}
                    </p>
                  ))}
                  {row.supersedes ? (
                    <p class="govuk-body-s">This replaces an earlier line. Reason: {row.why}</p>
                  ) : row.why ? (
                    <p class="govuk-body-s">Reason: {row.why}</p>
                  ) : null}
                </>
              ),
            }
          : {}),
        ...(correction
          ? {
              corrected: {
                on: correction.recorded_on,
                by: nameOf(correction.recorded_by),
                reason: correction.why ?? '',
              },
            }
          : {}),
        ...(mayAct && !correction && row.process_id === process.id && row.kind !== 'case_assigned'
          ? { links: [{ text: 'Correct this', href: `/staff/cases/${process.id}/correct-a-fact/${row.id}` }] }
          : {}),
      }
    })
  if (entries.length === 0) return <EmptyState title="Nothing had been recorded by this day" />
  return <Timeline entries={entries} headingLevel={2} />
}

const HOW: Readonly<Record<string, string>> = {
  post: 'By post',
  email: 'By email',
  'by-hand': 'By hand',
  portal: 'On the portal',
}

export function Letters({ prepared }: { readonly prepared: Prepared }): JSX.Element {
  const letters = prepared.asAt
    ? prepared.record.letters.filter((letter) => letter.sent_on !== null && letter.sent_on <= prepared.asAt!)
    : prepared.record.letters
  if (letters.length === 0)
    return (
      <EmptyState title="No letters yet">
        Letters are made and kept when a step of the case is recorded.
      </EmptyState>
    )
  return (
    <SortableTable
      id="letters"
      caption="Letters, as they were sent"
      rows={letters}
      columns={[
        {
          key: 'title',
          heading: 'Letter',
          namesRow: true,
          cell: (row) => (
            <a class="govuk-link" href={`/staff/letters/${row.id}`}>
              {row.title}
            </a>
          ),
        },
        { key: 'to', heading: 'To', cell: (row) => row.recipient_name ?? '' },
        { key: 'sent', heading: 'Sent', cell: (row) => (row.sent_on ? dayInWords(row.sent_on) : 'Not sent') },
        { key: 'how', heading: 'How', cell: (row) => HOW[row.sent_how ?? ''] ?? '' },
      ]}
    />
  )
}

export function People({ prepared }: { readonly prepared: Prepared }): JSX.Element {
  const { contacts, child } = prepared.record.file
  return (
    <>
      {contacts.length === 0 ? (
        <EmptyState
          title="No parent or carer is recorded"
          action={{ text: 'Open the child’s record', href: `/staff/children/${child.id}` }}
        >
          Letters cannot be sent until there is one.
        </EmptyState>
      ) : null}
      {contacts.map((contact) => (
        <SummaryCard
          key={contact.id}
          title={`${contact.name}, ${relationshipWords(contact.relationship).toLowerCase()}`}
          rows={[
            ...(contact.restricted
              ? [{ key: 'Do not contact', value: <strong>{contact.restrictionNote}</strong> }]
              : []),
            { key: 'Parental responsibility', value: contact.parentalResponsibility ? 'Yes' : 'No' },
            { key: 'Lives with the child', value: contact.livesWith ? 'Yes' : 'No' },
            // An address is kept out of sight where contact is barred: it must not be copied by mistake.
            ...(contact.restricted
              ? []
              : [
                  { key: 'Email', value: contact.email ?? 'None' },
                  { key: 'Phone', value: contact.phone ?? 'None' },
                  { key: 'Address', value: contact.address || 'None' },
                ]),
          ]}
        />
      ))}
      <SummaryCard
        title="The child"
        rows={[
          { key: 'Name', value: child.name },
          { key: 'Reference', value: child.reference },
          { key: 'UPN', value: child.upn ?? 'None' },
          { key: 'First language', value: child.firstLanguage },
          { key: 'Interpreter', value: child.interpreter ?? 'Not needed' },
          { key: 'Address', value: child.address || 'None' },
          { key: 'School or college', value: child.setting?.name ?? 'None recorded' },
        ]}
      />
    </>
  )
}
