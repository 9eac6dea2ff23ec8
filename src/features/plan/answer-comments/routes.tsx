import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import { parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { type CaseFile, loadCase } from '../../assessment/the-case/index.ts'
import {
  type AdviserComment,
  findAdviserComments,
  ShowComment,
  saidBy,
} from '../comment-as-a-professional/index.ts'

const MISSING: Answer = { missing: true }
const MOST = 4000

interface Found {
  readonly file: CaseFile
  readonly comments: readonly AdviserComment[]
}

const read = (context: Context): Promise<Found | undefined> =>
  context.read('what professionals and settings say of the draft', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    saw(file.child.id)
    return { file, comments: await findAdviserComments(trx, { childId: file.child.id }) }
  })

/** Each comment beside its line, and room for the answer. */
function page(
  context: Context,
  { file, comments }: Found,
  errors: readonly FieldError[],
  failed: string,
): Answer {
  const mayAct = caseworkers.includes(viewerOf(context).role)
  const base = `/staff/cases/${file.process.id}`
  const waiting = comments.filter((comment) => comment.answer === null).length
  const batches = [...Map.groupBy(comments, (comment) => saidBy(comment)).entries()]
  return {
    page: {
      title: `What professionals and settings say of the draft: ${file.child.name}`,
      backLink: { href: base, text: 'Back to the case' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={errors} targets={{ words: `words-${failed}` }} />
            <span class="govuk-caption-l">
              {file.child.name}, {file.process.reference}
            </span>
            <h1 class="govuk-heading-l">What professionals and settings say of the draft</h1>
            <p class="govuk-body">
              What the family says is on{' '}
              <a class="govuk-link" href={`${base}/family`}>
                a page of its own
              </a>
              .
            </p>
            {waiting > 0 ? (
              <GovukInsetText
                text={`${waiting} ${waiting === 1 ? 'comment has' : 'comments have'} no answer. Whoever made it reads the answer beside it.`}
              />
            ) : null}
            {comments.length === 0 ? (
              <p class="govuk-body">
                None yet. Those whose advice is in a draft that was sent, and settings consulted with it, can
                comment on it line by line.
              </p>
            ) : null}
            {batches.map(([who, said]) => (
              <section>
                <h2 class="govuk-heading-m">{who}</h2>
                {said.map((comment) => (
                  <ShowComment
                    comment={comment}
                    unanswered={
                      mayAct ? (
                        <AnswerBox
                          context={context}
                          base={base}
                          id={comment.id}
                          error={failed === comment.id ? errors[0]?.text : undefined}
                        />
                      ) : (
                        <p class="govuk-hint">Not answered yet.</p>
                      )
                    }
                  />
                ))}
              </section>
            ))}
          </div>
        </div>
      ),
    },
  }
}

function AnswerBox(props: {
  readonly context: Context
  readonly base: string
  readonly id: string
  readonly error: string | undefined
}): JSX.Element {
  const { context, error } = props
  const id = `words-${props.id}`
  return (
    <form method="post" action={`${props.base}/adviser-comments/${props.id}`} novalidate>
      <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
      <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
        <label class="govuk-label" for={id}>
          Your answer to this comment
        </label>
        {error ? (
          <p class="govuk-error-message" id={`${id}-error`}>
            <span class="govuk-visually-hidden">Error:</span> {error}
          </p>
        ) : null}
        <textarea
          class="govuk-textarea"
          id={id}
          name="words"
          rows={2}
          {...(error ? { 'aria-describedby': `${id}-error` } : {})}
        >
          {error ? (context.form['words'] ?? '') : ''}
        </textarea>
      </div>
      <button type="submit" class="govuk-button govuk-button--secondary">
        Send this answer
      </button>
    </form>
  )
}

const answerForm = z.object({ words: text('Write the answer to the comment', { max: MOST }) })

async function answer(context: Context): Promise<Answer> {
  const found = await read(context)
  const comment = found?.comments.find((one) => one.id === context.params['comment'])
  if (!found || !comment) return MISSING
  const parsed = parseForm(answerForm, context.form)
  if (!parsed.ok) return page(context, found, parsed.errors, comment.id)
  const result = await context.command('answered a comment of a professional', async (trx, changed) => {
    const done = await trx
      .insertInto('draft_adviser_answer')
      .values({
        comment_id: comment.id,
        child_id: found.file.child.id,
        words: parsed.value.words,
        answered_by: viewerOf(context).accountId,
        answered_on: context.today,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (done.numInsertedOrUpdatedRows === 0n)
      return {
        ok: false,
        errors: [{ field: '', text: 'Somebody else has answered this comment. Their answer is on the page' }],
      }
    changed(found.file.child.id)
    return {
      ok: true,
      redirect: `/staff/cases/${found.file.process.id}/adviser-comments`,
      notice: 'The answer is beside the comment. Whoever made it reads it there.',
    }
  })
  if (result.ok) return result
  const latest = await read(context)
  return latest ? page(context, latest, result.errors, comment.id) : MISSING
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/cases/:id/adviser-comments',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await read(context)
      return found ? page(context, found, [], '') : MISSING
    },
  },
  {
    method: 'POST',
    url: '/staff/cases/:id/adviser-comments/:comment',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: answer,
  },
]
