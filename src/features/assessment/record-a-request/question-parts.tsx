import type { ComponentChildren, JSX } from 'preact'
import type { ChoiceOption, TypedForm } from '../../../ui/fields/index.ts'
import type { FoundSetting } from '../../children/the-child/index.ts'
import type { Option } from './queries.ts'

/** The question page of a request, as typed so far. */
export interface QuestionsView {
  readonly form: TypedForm
  /** Everything posted, for what depends on it. */
  readonly typed: Readonly<Record<string, string>>
  readonly today: string
  readonly csrfToken: string
  readonly idempotencyKey: string
  readonly action: string
  /** Shown over the questions: what came online, when the request did. */
  readonly before?: JSX.Element | undefined
  /** Answers that are known for certain and not asked for again. */
  readonly fixed: Readonly<Record<string, string>>
  readonly localities: readonly Option[]
  readonly caseworkers: readonly Option[]
  readonly settings: {
    readonly found: readonly FoundSetting[]
    readonly searchedFor: string
    readonly chosen: FoundSetting | undefined
  }
}

/** The words of a closed list, to choose from. */
export const options = (labels: Readonly<Record<string, string>>): readonly ChoiceOption[] =>
  Object.entries(labels).map(([value, text]) => ({ value, text }))

export function Section({
  title,
  children,
}: {
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m govuk-!-margin-top-7">{title}</h2>
      {children}
    </>
  )
}
