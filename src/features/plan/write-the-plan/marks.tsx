import type { JSX } from 'preact'
import type { PartMark } from '../../../record/plan/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import type { StandingMark } from './queries.ts'

/** The marks on a part: which words, why in law, a better form, and whether somebody overruled it. */
export function Marks({
  marks,
  hrefOf,
  mayAct,
}: {
  readonly marks: readonly StandingMark[]
  /** Where a mark is overruled; null where it cannot be from here. */
  readonly hrefOf: ((mark: StandingMark) => string) | null
  readonly mayAct: boolean
}): JSX.Element | null {
  if (marks.length === 0) return null
  return (
    <ul class="govuk-list app-advice__hints">
      {marks.map((mark) => (
        <li>
          {mark.overruled ? (
            <>
              “{shorten(mark.words)}” was marked, and left as it is by {mark.overruled.by} on{' '}
              {dayInWords(mark.overruled.on)}: {mark.overruled.reason}
            </>
          ) : (
            <MarkWords mark={mark} />
          )}
          {hrefOf && mayAct ? (
            <>
              {' '}
              <a class="govuk-link" href={hrefOf(mark)}>
                {mark.overruled ? 'Take that back' : 'Leave it, with a reason'}
                <span class="govuk-visually-hidden">: {shorten(mark.words)}</span>
              </a>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** The words of one mark. */
export function MarkWords({ mark }: { readonly mark: PartMark }): JSX.Element {
  return (
    <>
      <strong>“{shorten(mark.words)}”</strong> {mark.reason}{' '}
      <span class="app-plan__better">Better: {mark.better}</span>
    </>
  )
}

/** Marks that stand on no saved part: of words being typed. */
export function TypedMarks({ marks }: { readonly marks: readonly PartMark[] }): JSX.Element {
  if (marks.length === 0) return <p class="govuk-body">No mark on these words.</p>
  return (
    <ul class="govuk-list app-advice__hints">
      {marks.map((mark) => (
        <li>
          <MarkWords mark={mark} />
        </li>
      ))}
    </ul>
  )
}

export const shorten = (words: string): string => (words.length > 140 ? `${words.slice(0, 139)}…` : words)
