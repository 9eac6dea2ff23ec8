import type { ComponentChildren, JSX } from 'preact'
import { dayInWords } from '../../../ui/parts/index.ts'
import { quoteOf } from './line.ts'
import { type AdviserComment, STANCES } from './queries.ts'

/** One comment beside the line it is of, with the answer, or with what the page puts in its place. */
export function ShowComment(props: {
  readonly comment: AdviserComment
  readonly unanswered: ComponentChildren
}): JSX.Element {
  const { comment } = props
  return (
    <div class="app-advice__item">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>
          {comment.line
            ? `Section ${comment.line.section}, paragraph ${comment.line.number}`
            : comment.isOfAll
              ? 'On all of it'
              : 'On a line you no longer read'}
        </strong>
      </p>
      {comment.line ? (
        <blockquote class="app-quoted" dir="auto">
          {quoteOf(comment.line.part)}
        </blockquote>
      ) : null}
      <div class="app-said">
        <p class="govuk-body govuk-!-margin-bottom-1">{STANCES[comment.stance]}</p>
        {comment.words ? (
          <p class="govuk-body app-advice__words" dir="auto">
            {comment.words}
          </p>
        ) : null}
      </div>
      {comment.answer ? (
        <div class="app-said app-said--council">
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>
              The council’s answer, {dayInWords(comment.answer.on)} ({comment.answer.by})
            </strong>
          </p>
          <p class="govuk-body app-advice__words" dir="auto">
            {comment.answer.words}
          </p>
        </div>
      ) : (
        props.unanswered
      )}
    </div>
  )
}

/** Who said it, when, and whether it came after the time: "…, after the 15 days". */
export const saidBy = (comment: AdviserComment): string =>
  [
    [comment.by, comment.jobTitle].filter(Boolean).join(', '),
    comment.settingName,
    dayInWords(comment.sentOn),
    comment.sentOn > comment.lastDay ? 'after the 15 days' : null,
  ]
    .filter(Boolean)
    .join(' · ')
