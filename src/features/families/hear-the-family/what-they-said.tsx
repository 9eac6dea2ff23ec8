import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { filesOf, type StoredFile, sizeInWords } from '../../../platform/files/index.ts'
import { optionalText, parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import type { PlanPart } from '../../../record/plan/index.ts'
import { dateParts } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { ErrorSummary, FileList, HiddenFields } from '../../../ui/parts/index.ts'
import { type CaseFile, loadCase } from '../../assessment/the-case/index.ts'
import { isYoungPerson } from '../../children/the-child/index.ts'
import {
  findParagraphs,
  findResponses,
  findServedDraft,
  type Paragraph,
  type Response,
  ResponseWords,
} from '../../family/comment-on-the-draft/index.ts'
import { findViews, OneView, type View } from '../../family/give-views/index.ts'
import { findThreads, standingOf, type Thread } from '../../family/write-to-us/index.ts'
import { findPlanOfChild, loadParts } from '../../plan/the-plan/index.ts'

const MISSING: Answer = { missing: true }

interface Found {
  readonly file: CaseFile
  readonly views: readonly View[]
  readonly files: readonly StoredFile[]
  readonly responses: readonly Response[]
  readonly paragraphs: readonly Paragraph[]
  readonly threads: readonly Thread[]
  /** Comments an officer noted on the case as one text: nobody answers them line by line. */
  readonly noted: readonly { readonly on: string; readonly words: string }[]
  /** A draft was sent whose words are not held here. */
  readonly draftOnPaper: boolean
  /** The plan as it is written now, where it is held here: an answer may name the part it changed. */
  readonly plan: { readonly id: string; readonly parts: readonly PlanPart[] } | undefined
  /** The family's own advice, asked for (reg 6(1)(a)) and not recorded as come. */
  readonly adviceAsked: { readonly id: string; readonly asked_on: string } | undefined
  /** What was asked for through the site: in the words of whoever asked, which no fact of the case holds. */
  readonly requests: readonly {
    readonly id: string
    readonly reference: string
    readonly asker_name: string
  }[]
}

const read = (context: Context): Promise<Found | undefined> =>
  context.read('what the family has said', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    saw(file.child.id)
    const responses = await findResponses(trx, { childId: file.child.id, state: 'sent' })
    const drafts = [...new Set(responses.map((response) => response.draftEvent))]
    const paragraphs: Paragraph[] = []
    for (const draft of drafts) paragraphs.push(...(await findParagraphs(trx, draft)))
    const plan = await findPlanOfChild(trx, file.child.id)
    const served = await findServedDraft(trx, file.child.id)
    return {
      noted: notedOn(file),
      draftOnPaper: served?.processId === file.process.id && served.paragraphs.length === 0,
      file,
      responses,
      paragraphs,
      views: await findViews(trx, file.child.id),
      files: await filesOf(trx, { childId: file.child.id, about: ['views-parent', 'views-child'] }),
      threads: await findThreads(trx, file.child.id),
      plan: plan && { id: plan.id, parts: await loadParts(trx, plan.id) },
      adviceAsked: await trx
        .selectFrom('advice_request')
        .select(['id', 'asked_on'])
        .where('process_id', '=', file.process.id)
        .where('head', '=', 'parent')
        .where('withdrawn_on', 'is', null)
        .where('received_on', 'is', null)
        .executeTakeFirst(),
      requests: await trx
        .selectFrom('online_request')
        .select(['id', 'reference', 'asker_name'])
        .where('process_id', '=', file.process.id)
        .orderBy('received_on')
        .execute(),
    }
  })

/** Everything one family has said on one case: views, comments beside the paragraphs with their answers, and messages. */
function familyPage(context: Context, found: Found, errors: readonly FieldError[], failed: string): Answer {
  const { file, responses } = found
  const mayAct = caseworkers.includes(viewerOf(context).role)
  const base = `/staff/cases/${file.process.id}`
  // The advice asked for is the parent's, or the young person's once the rights are theirs (SEND Regulations 2014, reg 6(1)(a)).
  const advises = isYoungPerson(file.child.dateOfBirth, context.today) ? 'child' : 'parent'
  const asAdvice = found.views.find((view) => view.whose === advises)
  const unanswered = responses
    .flatMap((response) => response.comments)
    .filter((comment) => !comment.answer).length
  return {
    page: {
      title: `What the family has said: ${file.child.name}`,
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      backLink: { href: base, text: 'Back to the case' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={errors} targets={{ words: `words-${failed}` }} />
            <span class="govuk-caption-l">
              {file.child.name}, {file.process.reference}
            </span>
            <h1 class="govuk-heading-l">What the family has said</h1>
            {mayAct && (
              <ul class="govuk-list">
                <li>
                  Somebody told you by phone or in person? Write down{' '}
                  <a class="govuk-link" href={`${base}/take-down-views`}>
                    their views
                  </a>
                  ,{' '}
                  <a class="govuk-link" href={`${base}/take-down-comments`}>
                    what they say of the draft
                  </a>{' '}
                  or{' '}
                  <a class="govuk-link" href={`${base}/take-down-a-message`}>
                    a message
                  </a>
                  .
                </li>
                {found.draftOnPaper ? (
                  <li>
                    <a class="govuk-link" href={`${base}/keep-the-draft`}>
                      Put in the words of the draft
                    </a>
                    , so that they can comment paragraph by paragraph.
                  </li>
                ) : null}
              </ul>
            )}
            {found.requests.length > 0 && (
              <>
                <h2 class="govuk-heading-m">Asked for online</h2>
                <ul class="govuk-list">
                  {found.requests.map((request) => (
                    <li key={request.id}>
                      <a class="govuk-link" href={`/staff/requests/online/${request.id}`}>
                        {request.reference}
                      </a>
                      : what <span dir="auto">{request.asker_name}</span> wrote
                    </li>
                  ))}
                </ul>
              </>
            )}
            <h2 class="govuk-heading-m">Messages</h2>
            {found.threads.length === 0 && <p class="govuk-body">None.</p>}
            <ul class="govuk-list">
              {found.threads.map((thread) => (
                <li key={thread.id}>
                  <a class="govuk-link" href={`/staff/messages/${thread.id}`} dir="auto">
                    {thread.subject}
                  </a>
                  : {standingOf(thread, context.today)}
                </li>
              ))}
            </ul>
            <h2 class="govuk-heading-m">Comments on the draft</h2>
            {unanswered > 0 && (
              <GovukInsetText>
                {unanswered} {unanswered === 1 ? 'comment has' : 'comments have'} no answer. Each must have
                one: the family reads it.
              </GovukInsetText>
            )}
            {responses.length === 0 && found.noted.length === 0 && <p class="govuk-body">None yet.</p>}
            {found.noted.map((one) => (
              <p class="govuk-body" key={one.on}>
                Noted on the case, {shortDate(date(one.on))}
                {one.words ? (
                  <>
                    : <span dir="auto">{one.words}</span>
                  </>
                ) : null}
              </p>
            ))}
            <p class="govuk-body">
              <a class="govuk-link" href={`${base}/adviser-comments`}>
                What professionals and settings say of it
              </a>
            </p>
            {responses.map((response) => (
              <section key={response.id}>
                <h3 class="govuk-heading-s">
                  {response.onBehalfOf ?? response.contactName ?? 'A member of the family'},{' '}
                  {shortDate(date(response.sentOn!))}
                  {response.sentOn! > response.lastDay! && ', after the 15 days'}
                </h3>
                <ResponseWords
                  response={response}
                  paragraphs={found.paragraphs}
                  changedHref={(partId) => {
                    const part = found.plan?.parts.find((one) => one.partId === partId)
                    return part && `/staff/plans/${found.plan!.id}/sections/${part.section}/parts/${partId}`
                  }}
                  unanswered={(comment) =>
                    mayAct ? (
                      <AnswerBox
                        context={context}
                        base={base}
                        commentId={comment.id}
                        changed={changeable(found, comment)}
                        error={failed === comment.id ? errors[0]?.text : undefined}
                      />
                    ) : (
                      <p class="govuk-hint">Not answered yet.</p>
                    )
                  }
                />
              </section>
            ))}
            <h2 class="govuk-heading-m">Views</h2>
            {found.views.length === 0 && <p class="govuk-body">None yet.</p>}
            {found.views.map((view) => (
              <>
                <OneView key={view.id} view={view} childName={file.child.givenName} />
                {mayAct && view === asAdvice && found.adviceAsked ? (
                  <TakeAsAdvice context={context} file={file} view={view} asked={found.adviceAsked} />
                ) : null}
              </>
            ))}
            {found.files.length > 0 && (
              <FileList label="Files given with views" files={found.files} sizeInWords={sizeInWords} inPage />
            )}
          </div>
        </div>
      ),
    },
  }
}

/** Views may be the family's advice or not, so an officer says so: one press of the step that records advice. */
function TakeAsAdvice(props: {
  readonly context: Context
  readonly file: CaseFile
  readonly view: View
  readonly asked: { readonly id: string; readonly asked_on: string }
}): JSX.Element {
  const { context, file, view, asked } = props
  // Given before it was asked for, it came as advice on the day it was asked for.
  const on = view.sentOn! > asked.asked_on ? view.sentOn! : asked.asked_on
  return (
    <form method="post" action={`/staff/cases/${file.process.id}/record-advice/${asked.id}`} novalidate>
      <HiddenFields
        csrfToken={context.csrfToken}
        idempotencyKey={randomUUID()}
        hidden={{
          ...dateParts('receivedOn', on),
          answer: 'advice',
          note: `The views sent on ${shortDate(date(view.sentOn!))} are the family’s advice`,
          version: String(file.process.version),
        }}
      />
      <p class="govuk-body">
        The family’s advice was asked for on {shortDate(date(asked.asked_on))} (regulation 6(1)(a)) and is not
        recorded as come.
      </p>
      <button type="submit" class="govuk-button govuk-button--secondary">
        Take these views as their advice, come on {shortDate(date(on))}
      </button>
    </form>
  )
}

function AnswerBox(props: {
  readonly context: Context
  readonly base: string
  readonly commentId: string
  readonly changed: ReturnType<typeof changeable>
  readonly error: string | undefined
}): JSX.Element {
  const { context, commentId, error } = props
  const id = `words-${commentId}`
  return (
    <form method="post" action={`${props.base}/family/answer/${commentId}`} novalidate>
      <HiddenFields csrfToken={context.csrfToken} idempotencyKey={randomUUID()} />
      <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
        <label class="govuk-label" for={id}>
          Your answer to this comment
        </label>
        {error && (
          <p class="govuk-error-message" id={`${id}-error`}>
            <span class="govuk-visually-hidden">Error:</span> {error}
          </p>
        )}
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
      {props.changed.length > 0 ? (
        <div class="govuk-form-group">
          <label class="govuk-label" for={`changed-${commentId}`}>
            Was the plan changed because of it?
          </label>
          <select class="govuk-select" id={`changed-${commentId}`} name="changedPart">
            <option value="">No</option>
            {props.changed.map((one) => (
              <option
                value={one.value}
                selected={error !== undefined && context.form['changedPart'] === one.value}
              >
                {one.text}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <button type="submit" class="govuk-button govuk-button--secondary">
        Send this answer
      </button>
    </form>
  )
}

/** Parts of the plan that an answer may name: those of the comment's own section first. */
const changeable = (
  { plan }: Pick<Found, 'plan'>,
  comment: Response['comments'][number],
): readonly { readonly value: string; readonly text: string }[] =>
  (plan?.parts ?? [])
    .toSorted((a, b) => Number(b.section === comment.section) - Number(a.section === comment.section))
    .map((part) => ({
      value: part.partId,
      text: `Yes, section ${part.section}: ${'words' in part.content ? part.content.words.slice(0, 60) : part.kind}`,
    }))

const answerForm = z.object({
  words: text('Write the answer to the comment', { max: 4000 }),
  changedPart: optionalText({ max: 36 }),
})

async function answer(context: Context): Promise<Answer> {
  const found = await read(context)
  const commentId = context.params['comment'] ?? ''
  const comment = found?.responses
    .flatMap((response) => response.comments)
    .find((one) => one.id === commentId)
  if (!found || !comment) return MISSING
  const parsed = parseForm(answerForm, context.form)
  const again = (errors: readonly FieldError[]) => familyPage(context, found, errors, commentId)
  if (!parsed.ok) return again(parsed.errors)
  const { changedPart } = parsed.value
  if (changedPart && !found.plan?.parts.some((part) => part.partId === changedPart))
    return again([{ field: '', text: 'The part you chose is no longer in the plan. Choose it again' }])
  const result = await context.command('answered a comment on a draft', async (trx, changed) => {
    const done = await trx
      .insertInto('draft_comment_answer')
      .values({
        comment_id: commentId,
        child_id: found.file.child.id,
        words: parsed.value.words,
        changed_part: changedPart,
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
      redirect: `/staff/cases/${found.file.process.id}/family`,
      notice: 'The answer is beside the comment. Whoever made it reads it there.',
    }
  })
  if (result.ok) return result
  const latest = await read(context)
  return latest ? familyPage(context, latest, result.errors, commentId) : MISSING
}

export const saidRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/cases/:id/family',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: async (context) => {
      const found = await read(context)
      return found ? familyPage(context, found, [], '') : MISSING
    },
  },
  {
    method: 'POST',
    url: '/staff/cases/:id/family/answer/:comment',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: answer,
  },
]

/** Comments recorded on the case as one text, oldest first; those sent line by line are shown with their answers. */
const notedOn = ({ history, ownFacts }: CaseFile): Found['noted'] => {
  const standing = new Set(
    ownFacts.filter((fact) => fact.kind === 'representations_received').map((fact) => fact.id),
  )
  return history
    .filter((row) => standing.has(row.id))
    .flatMap(({ happened_on: on, payload }) => {
      const said = (payload ?? {}) as { readonly comments?: unknown; readonly response?: unknown }
      return said.response ? [] : [{ on, words: typeof said.comments === 'string' ? said.comments : '' }]
    })
}
