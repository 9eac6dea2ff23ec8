import { randomUUID } from 'node:crypto'
import { parseForm } from '../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../platform/routes.ts'
import { FormErrors, freshForm, type TypedForm } from '../../ui/fields/index.ts'
import { EmptyState, HiddenFields } from '../../ui/parts/index.ts'
import {
  AssignQuestions,
  asResult,
  assignCases,
  assignForm,
  findCasesToAssign,
  findHolders,
  readChosen,
} from '../assessment/assign-a-case/index.ts'
import { readFilters, toQuery } from './filters.ts'

const access = { who: 'roles', roles: caseworkers } as const
const url = '/staff/worklist/reassign'

/** The list to go back to: only what the list itself would understand. */
const backOf = (context: Context, back: string | undefined): string =>
  `/staff/worklist?${toQuery(readFilters(Object.fromEntries(new URLSearchParams(back ?? '')), viewerOf(context)))}`

/** The cases ticked, who is to have them, and the note that goes with each. */
async function show(
  context: Context,
  ticked: readonly string[],
  back: string | undefined,
  form: TypedForm,
): Promise<Answer> {
  const viewer = viewerOf(context)
  const backHref = backOf(context, back)
  const chosen = readChosen(ticked)
  const { cases, holders } = await context.read('reassign cases: question page', async (trx, saw) => {
    const found = await findCasesToAssign(
      trx,
      chosen.map((one) => one.id),
    )
    saw(found.map((one) => one.childId))
    return { cases: found, holders: await findHolders(trx, context.today) }
  })
  const page = {
    title: 'Give cases to someone else',
    backLink: { href: backHref, text: 'Back to the worklist' },
  }
  if (cases.length === 0)
    return {
      page: {
        ...page,
        status: 422,
        hasErrors: true,
        main: (
          <>
            <h1 class="govuk-heading-l">Give cases to someone else</h1>
            <EmptyState
              title="No case was ticked"
              action={{ text: 'Go back and tick cases', href: `${backHref}&choose=yes` }}
            >
              Nothing has been given to anyone.
            </EmptyState>
          </>
        ),
      },
    }
  // Shown again after a refusal, the versions are today's: the person has now seen what changed.
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} />
        <h1 class="govuk-heading-l">
          Give {cases.length === 1 ? '1 case' : `${cases.length} cases`} to someone else
        </h1>
        <form method="post" action={url} novalidate>
          <HiddenFields
            csrfToken={viewer.csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{ back: back ?? '' }}
          />
          <ul class="govuk-list govuk-list--bullet" id="case">
            {cases.map((one) => (
              <li key={one.id}>
                <input type="hidden" name="case" value={`${one.id}.${one.version}`} />
                <a class="govuk-link" href={`/staff/cases/${one.id}`}>
                  {one.childName}
                </a>
                , {one.reference}, {one.coordinator ? `with ${one.coordinator}` : 'with nobody'}
              </li>
            ))}
          </ul>
          <AssignQuestions form={form} holders={holders} />
          <p class="govuk-body">The same note goes into the history of each case.</p>
          <button
            type="submit"
            class="govuk-button"
            data-module="govuk-button"
            data-prevent-double-click="true"
          >
            Give {cases.length === 1 ? 'the case' : `${cases.length} cases`}
          </button>
        </form>
      </div>
    </div>
  )
  const hasErrors = form.errors.length > 0
  return { page: { ...page, main, hasErrors, status: hasErrors ? 422 : 200 } }
}

async function post(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const back = context.form['back']
  const ticked = context.formAll('case')
  const fail = (errors: readonly FieldError[]) =>
    show(context, ticked, back, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(assignForm, context.form)
  if (!parsed.ok) return fail(parsed.errors)
  const result = await context.command('reassign-cases', async (trx, changed) =>
    asResult(
      await assignCases(
        trx,
        { cases: readChosen(ticked), ...parsed.value, by: viewer.accountId, today: context.today },
        changed,
      ),
      backOf(context, back),
    ),
  )
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : fail(result.errors)
}

export const reassignRoutes: readonly Route[] = [
  {
    method: 'GET',
    url,
    access,
    touches: 'children',
    handle: (context) => show(context, context.queryAll('case'), context.query['back'], freshForm()),
  },
  { method: 'POST', url, access, touches: 'children', handle: post },
]
