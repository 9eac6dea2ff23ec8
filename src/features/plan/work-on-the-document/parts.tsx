import type { JSX } from 'preact'
import { CHANGE_STATES, runsOf } from '../../../record/plan/working-document.ts'
import { type KeyLine, type TypedRun, tribunalKey } from '../../../record/plan/working-key.ts'
import { dayInWords, Tag } from '../../../ui/parts/index.ts'
import type { WorkingChange, WorkingText } from './load.ts'

/** The key, with each line in its own type. */
export function Key({ today }: { readonly today: string }): JSX.Element {
  return (
    <ul class="govuk-list">
      {tribunalKey(today).map((line) => (
        <li>
          <TypedWords run={{ ...line, text: line.type }} said="" />: {line.means}
        </li>
      ))}
    </ul>
  )
}

/** A paragraph's running text. The type is never alone: words say before each change whose it is, to those who do not see it. */
export function Running({
  paragraph,
  today,
}: {
  readonly paragraph: WorkingText
  readonly today: string
}): JSX.Element {
  const runs = runsOf(paragraph.words, paragraph.changes)
  const key = tribunalKey(today)
  if (runs.length === 0) return <p class="govuk-hint">Nothing is written here.</p>
  return (
    <p class="govuk-body app-advice__words" dir="auto" data-others-words="">
      {runs.map((run) => (
        <TypedWords run={run} said={saidOf(key, run)} />
      ))}
    </p>
  )
}
const saidOf = (key: readonly KeyLine[], run: TypedRun): string =>
  key.find((line) => line.mark === run.mark && line.struck === run.struck)?.said ?? ''

function TypedWords({ run, said }: { readonly run: TypedRun; readonly said: string }): JSX.Element {
  if (run.mark === 'plain' && !run.struck) return <>{run.text}</>
  const hidden = said ? <span class="govuk-visually-hidden"> ({said}: </span> : null
  const end = said ? <span class="govuk-visually-hidden">) </span> : null
  const words =
    run.mark === 'family' ? (
      <strong>{run.text}</strong>
    ) : run.mark === 'authority' ? (
      <em>{run.text}</em>
    ) : (
      <u>{run.text}</u>
    )
  return (
    <>
      {hidden}
      {/* Never <ins>: browsers underline it, and underlined means agreed. */}
      {run.struck ? <del>{words}</del> : words}
      {end}
    </>
  )
}

const COLOURS = { open: 'blue', agreed: 'green', 'not-agreed': 'red', withdrawn: 'grey' } as const

/** A change in words: what goes, what comes, and how it stands. */
export function ChangeInWords({
  change,
  paragraph,
  own,
}: {
  readonly change: WorkingChange
  readonly paragraph: WorkingText
  /** What each side is called to this reader. */
  readonly own: Readonly<Record<WorkingChange['by'], string>>
}): JSX.Element {
  const gone = paragraph.words.slice(change.from, change.to)
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <Tag colour={COLOURS[change.state]}>{CHANGE_STATES[change.state]}</Tag> {own[change.by]},{' '}
        {dayInWords(change.proposedOn)}
      </p>
      <dl class="govuk-summary-list govuk-summary-list--no-border app-advice__rows">
        {[
          ['Take out', gone.trim()],
          ['Put in', change.words.trim()],
          ['Evidence', change.evidence],
          ['Answer', change.answerWords],
        ]
          .filter(([, words]) => words !== '')
          .map(([key, words]) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{key}</dt>
              <dd class="govuk-summary-list__value app-advice__words" dir="auto" data-others-words="">
                {words}
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}
