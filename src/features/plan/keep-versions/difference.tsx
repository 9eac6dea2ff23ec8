import type { ComponentChildren, JSX } from 'preact'
import {
  type Difference,
  type FieldDifference,
  fieldInWords,
  isUnchanged,
  type PartDifference,
  type PlanSection,
  type WordRun,
} from '../../../record/plan/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { Tag } from '../../../ui/parts/index.ts'

interface PlanDifferenceProps {
  readonly difference: Difference
  /** What a section is called to this reader. */
  readonly heading: (section: PlanSection) => string
  /** The number people cite a part by, where it has one. */
  readonly number?: (partId: string) => number | undefined
  /** Said beside a part: where it comes from, a link to change it. */
  readonly beside?: (part: PartDifference) => ComponentChildren
}

/**
 * How one plan became another, for staff and families: only what is different, section by section. Colour is never alone: words
 * say what was put in and taken out, and a screen reader is told before each.
 */
export function PlanDifference(props: PlanDifferenceProps): JSX.Element {
  const { difference } = props
  if (isUnchanged(difference))
    return <GovukInsetText text="The two are the same, word for word and in the same order." />
  return (
    <div class="app-difference">
      <p class="govuk-body">{countsInWords(difference)}</p>
      <p class="govuk-body">
        <ins>Words like this were put in.</ins> <del>Words like this were taken out.</del>
      </p>
      {difference.sections.map(({ section, parts }) => {
        const changed = parts.filter((part) => part.how !== 'same')
        return changed.length === 0 ? null : (
          <section aria-labelledby={`changes-${section}`}>
            <h2 class="govuk-heading-m govuk-!-margin-top-6" id={`changes-${section}`}>
              {props.heading(section)}
            </h2>
            {changed.map((part) => (
              <OnePart part={part} {...props} />
            ))}
          </section>
        )
      })}
    </div>
  )
}

const COLOURS = { added: 'green', removed: 'red', changed: 'yellow', moved: 'blue', same: 'grey' } as const
const NAMES = {
  added: 'New',
  removed: 'Taken away',
  changed: 'Changed',
  moved: 'Moved',
  same: 'As it was',
} as const

function OnePart({
  part,
  heading,
  number,
  beside,
}: PlanDifferenceProps & { readonly part: PartDifference }): JSX.Element {
  const cited = number?.(part.partId)
  const isWhole = part.how === 'added' || part.how === 'removed'
  // Words that did not change are shown all the same, so that a change of how often is read beside what it is of.
  const words =
    'words' in (part.after ?? part.before)!.content
      ? ((part.after ?? part.before)!.content as { words: string }).words
      : ''
  return (
    <div class="app-difference__part">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <Tag colour={COLOURS[part.how]}>{NAMES[part.how]}</Tag>
        {cited ? ` Paragraph ${cited}` : ''}
      </p>
      {part.movedFrom ? (
        <p class="govuk-body">
          {part.movedFrom === part.section
            ? 'It stands in another place in this section.'
            : `It stood in ${heading(part.movedFrom)}.`}
        </p>
      ) : null}
      {part.fields.some((field) => field.field === 'The words') ? null : words ? (
        <p class="govuk-body app-advice__words" dir="auto">
          {words}
        </p>
      ) : null}
      {part.fields
        .filter((field) => 'runs' in field)
        .map((field) => (
          <LongField field={field} />
        ))}
      <ShortFields fields={part.fields} isWhole={isWhole} />
      {beside?.(part)}
    </div>
  )
}

function LongField({ field }: { readonly field: FieldDifference }): JSX.Element | null {
  if (!('runs' in field)) return null
  return (
    <>
      {field.field === 'The words' ? null : (
        <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{field.field}</p>
      )}
      <p class="govuk-body app-advice__words" dir="auto">
        {field.runs.map((run) => (
          <Run run={run} />
        ))}
      </p>
    </>
  )
}

function Run({ run }: { readonly run: WordRun }): JSX.Element {
  const { how, words } = run
  if (how === 'same' || words.trim() === '') return <>{how === 'removed' ? '' : words}</>
  const hidden = <span class="govuk-visually-hidden">{how === 'added' ? ' added: ' : ' taken out: '}</span>
  const end = <span class="govuk-visually-hidden"> (end) </span>
  return how === 'added' ? (
    <ins>
      {hidden}
      {words}
      {end}
    </ins>
  ) : (
    <del>
      {hidden}
      {words}
      {end}
    </del>
  )
}

function ShortFields(props: {
  readonly fields: readonly FieldDifference[]
  readonly isWhole: boolean
}): JSX.Element | null {
  const short = props.fields.flatMap((field) => ('was' in field ? [field] : []))
  if (short.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {short.map((field) => (
        <li dir="auto">
          {props.isWhole ? `${field.field}: ${field.now || field.was}` : fieldInWords(field)}
        </li>
      ))}
    </ul>
  )
}

/** "2 paragraphs are new, 1 is changed. 40 are as they were." */
export function countsInWords({ counts }: Difference): string {
  const of = (count: number, words: string): string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${words}`]
  const changes = [
    ...of(counts.added, 'new'),
    ...of(counts.removed, 'taken away'),
    ...of(counts.changed, 'changed'),
    ...of(counts.moved, 'moved'),
  ]
  return `Of the paragraphs, ${changes.join(', ')}. ${
    counts.same === 0
      ? 'No other is left as it was.'
      : `${counts.same} ${counts.same === 1 ? 'is as it was' : 'are as they were'}.`
  }`
}
