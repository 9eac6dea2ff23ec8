import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { LETTER_KINDS, LETTER_TITLES } from '../../../documents/letters/index.ts'
import { GovukErrorSummary, GovukInsetText, GovukSelect } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, HiddenFields, SortableTable, Tag } from '../../../ui/parts/index.ts'
import {
  DAYS,
  type LetterInRun,
  MOST_IN_A_RUN,
  type Run,
  SECOND_PERSON_FROM,
  type WaitingLetter,
  type Wanted,
} from './queries.ts'

export const WAITING = '/staff/letters-to-post'
export const RUNS = '/staff/letter-runs'

const many = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`

/** Where a run has got to, in words. */
const stageOf = (
  run: Run,
): { readonly words: string; readonly colour: 'grey' | 'blue' | 'yellow' | 'green' | 'red' } => {
  if (run.recalled_at) return { words: 'Called back', colour: 'grey' }
  if (run.printed_at) return { words: 'Printed', colour: 'green' }
  if (run.state === 'failed') return { words: 'Could not be made', colour: 'red' }
  if (!run.may_print_from) return { words: 'Waits for a second person', colour: 'yellow' }
  if (!run.made_pdf_at) return { words: `Being made: ${run.done ?? 0} of ${run.letters}`, colour: 'blue' }
  return run.is_open
    ? { words: 'Ready to print', colour: 'green' }
    : { words: 'Can be called back', colour: 'yellow' }
}

interface WaitingView {
  readonly letters: readonly WaitingLetter[]
  readonly runs: readonly Run[]
  readonly wanted: Wanted
  readonly seen: string
  readonly error: string | undefined
  readonly csrfToken: string
  readonly idempotencyKey: string
}

/** Every letter that would be printed, before anything is: who it is for and where it goes. */
export function WaitingPage(view: WaitingView): JSX.Element {
  const { letters, wanted } = view
  return (
    <>
      {view.error ? (
        <GovukErrorSummary
          titleText="There is a problem"
          errorList={[{ text: view.error, href: '#print' }]}
        />
      ) : null}
      <h1 class="govuk-heading-l">Letters to post</h1>
      <p class="govuk-body">
        Letters recorded as sent by post that nobody has printed together yet. Each letter can be in one run
        only.
      </p>
      <form method="get" action={WAITING} class="govuk-!-margin-bottom-6">
        <GovukSelect
          id="days"
          name="days"
          label={{ text: 'Sent in the last' }}
          items={DAYS.map((days) => ({
            value: String(days),
            text: days === 1 ? 'day' : `${days} days`,
            selected: days === wanted.days,
          }))}
        />
        <GovukSelect
          id="kind"
          name="kind"
          label={{ text: 'Kind of letter' }}
          items={[
            { value: '', text: 'Every kind', selected: wanted.kind === undefined },
            ...LETTER_KINDS.map((kind) => ({
              value: kind,
              text: LETTER_TITLES[kind],
              selected: kind === wanted.kind,
            })),
          ]}
        />
        <button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">
          Show these
        </button>
      </form>
      {letters.length === 0 ? (
        <EmptyState title="No letters wait" headingLevel={2}>
          Choose more days, or go to a case to write a letter.
        </EmptyState>
      ) : (
        <>
          <SortableTable
            id="waiting"
            caption={`${many(letters.length)}${letters.length === MOST_IN_A_RUN ? ', the most for one run: print these, then the next' : ''}`}
            columns={[
              {
                key: 'to',
                heading: 'To',
                namesRow: true,
                cell: (row: WaitingLetter) => row.recipient_name ?? 'Not recorded',
              },
              {
                key: 'at',
                heading: 'At',
                cell: (row: WaitingLetter) => row.recipient_address ?? 'Not recorded',
              },
              {
                key: 'letter',
                heading: 'Letter',
                cell: (row: WaitingLetter) => (
                  <a class="govuk-link" href={`/staff/letters/${row.id}`}>
                    {row.title}
                    <span class="govuk-visually-hidden"> to {row.recipient_name}</span>
                  </a>
                ),
              },
              { key: 'on', heading: 'Sent', cell: (row: WaitingLetter) => dayInWords(row.sent_on) },
            ]}
            rows={letters}
            onPhone="cards"
          />
          <form method="post" action={WAITING} id="print">
            <HiddenFields
              csrfToken={view.csrfToken}
              idempotencyKey={view.idempotencyKey}
              hidden={{ days: String(wanted.days), kind: wanted.kind ?? '', seen: view.seen }}
            />
            <p class="govuk-body">
              The file holds the letters alone. A draft or final plan that goes with one is printed from the
              versions of that plan.
            </p>
            <p class="govuk-body">
              {letters.length >= SECOND_PERSON_FROM
                ? 'Somebody else must approve this run. Then it can be called back for ten minutes, and printed after that.'
                : 'You can call the run back for ten minutes, and print it after that.'}
            </p>
            <button
              type="submit"
              class="govuk-button"
              data-module="govuk-button"
              data-prevent-double-click="true"
            >
              Put {letters.length === 1 ? 'this letter' : `these ${letters.length} letters`} in one file to
              print
            </button>
          </form>
        </>
      )}
      {view.runs.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Runs</h2>
          <ul class="govuk-list govuk-list--spaced">
            {view.runs.map((run) => (
              <li>
                <a class="govuk-link" href={`${RUNS}/${run.id}`}>
                  {many(run.letters)}, {dayInWords(run.made_on)}
                  <span class="govuk-visually-hidden">, by {run.made_by_name}</span>
                </a>{' '}
                <Tag colour={stageOf(run).colour}>{stageOf(run).words}</Tag>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

function ActButton(props: {
  readonly action: string
  readonly csrfToken: string
  readonly text: string
  readonly isWarning?: boolean
}): JSX.Element {
  return (
    <form method="post" action={props.action}>
      <HiddenFields csrfToken={props.csrfToken} idempotencyKey={randomUUID()} hidden={{}} />
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

interface RunView {
  readonly run: Run
  readonly letters: readonly LetterInRun[]
  readonly mayApprove: boolean
  readonly csrfToken: string
}

/** One run: how far it has got, what may be done with it, and every letter in it. */
export function RunPage({ run, letters, mayApprove, csrfToken }: RunView): JSX.Element {
  const stage = stageOf(run)
  const wrong = letters.filter((letter) => letter.problem !== null)
  const canRecall = !run.recalled_at && !run.printed_at
  return (
    <>
      <h1 class="govuk-heading-l">{many(run.letters)} to post</h1>
      <p class="govuk-body">
        <Tag colour={stage.colour}>{stage.words}</Tag>
      </p>
      <p class="govuk-body">
        Made by {run.made_by_name ?? 'somebody'} on {dayInWords(run.made_on)}.
        {run.approved_by_name ? ` Approved by ${run.approved_by_name}.` : ''}
      </p>
      {run.state === 'failed' ? (
        <p class="govuk-body">{run.problem ?? 'It failed'}. Call the run back and make it again.</p>
      ) : null}
      {!run.made_pdf_at && !run.recalled_at && run.state !== 'failed' ? (
        <GovukInsetText
          text={`The file is being made: ${run.done ?? 0} of ${run.letters} letters looked at. You can leave this page; open it again to see how far it is.`}
        />
      ) : null}
      {run.made_pdf_at && !run.recalled_at && run.may_print_from && !run.is_open ? (
        <GovukInsetText text="The file can be printed ten minutes after the run was made or approved. Until then you can still call it back. Open this page again then." />
      ) : null}
      {!run.may_print_from && !run.recalled_at && !mayApprove ? (
        <GovukInsetText text="A locality head or a SEND manager who did not make this run must approve it." />
      ) : null}
      {run.is_open && run.made_pdf_at && !run.recalled_at ? (
        <p class="govuk-body-l">
          <a class="govuk-link" href={`${RUNS}/${run.id}/letters.pdf`}>
            Open the letters to print (PDF)
          </a>
        </p>
      ) : null}
      {mayApprove && !run.may_print_from && !run.recalled_at ? (
        <ActButton action={`${RUNS}/${run.id}/approve`} csrfToken={csrfToken} text="Approve this run" />
      ) : null}
      {canRecall ? (
        <ActButton action={`${RUNS}/${run.id}/recall`} csrfToken={csrfToken} text="Call it back" isWarning />
      ) : null}
      {wrong.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Left out of the file</h2>
          <ul class="govuk-list govuk-list--bullet">
            {wrong.map((letter) => (
              <li>
                <a class="govuk-link" href={`/staff/letters/${letter.document_id}`}>
                  {letter.title}, to {letter.recipient_name}
                </a>
                : {letter.problem}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <SortableTable
        id="letters"
        caption="The letters, in the order they are printed"
        columns={[
          { key: 'no', heading: 'No.', cell: (row: LetterInRun) => String(row.position) },
          {
            key: 'to',
            heading: 'To',
            namesRow: true,
            cell: (row: LetterInRun) => row.recipient_name ?? 'Not recorded',
          },
          { key: 'at', heading: 'At', cell: (row: LetterInRun) => row.recipient_address ?? 'Not recorded' },
          { key: 'letter', heading: 'Letter', cell: (row: LetterInRun) => row.title },
        ]}
        rows={letters}
        onPhone="cards"
      />
    </>
  )
}
