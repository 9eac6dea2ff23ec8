import { randomUUID } from 'node:crypto'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { FormErrors, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { HiddenFields } from '../../../ui/parts/index.ts'
import { typedForm } from '../the-case/index.ts'
import { asResult, assignCases } from './command.ts'
import { assignForm, readChosen } from './form.ts'
import { findCasesToAssign, findHolders } from './queries.ts'
import { AssignQuestions } from './questions.tsx'

const access = { who: 'roles', roles: caseworkers } as const
const url = '/staff/cases/:id/assign'

async function show(context: Context, form: TypedForm): Promise<Answer> {
  const viewer = viewerOf(context)
  const found = await context.read('assign a case: question page', async (trx, saw) => {
    const [file] = await findCasesToAssign(trx, [context.params['id'] ?? ''])
    if (!file) return undefined
    saw(file.childId)
    return { file, holders: await findHolders(trx, context.today) }
  })
  if (!found) return { missing: true }
  const { file, holders } = found
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} />
        <span class="govuk-caption-l">
          {file.childName} · {file.reference}
        </span>
        <h1 class="govuk-heading-l">Give the case to someone else</h1>
        {file.closed ? (
          <GovukInsetText text="This case is closed, so it cannot be given to anyone." />
        ) : (
          <form method="post" novalidate>
            <HiddenFields
              csrfToken={viewer.csrfToken}
              idempotencyKey={randomUUID()}
              hidden={{ case: `${file.id}.${file.version}` }}
            />
            <p class="govuk-body">
              {file.coordinator ? `${file.coordinator} has it now.` : 'Nobody has it now.'}
            </p>
            <AssignQuestions form={form} holders={holders} />
            <button
              type="submit"
              class="govuk-button"
              data-module="govuk-button"
              data-prevent-double-click="true"
            >
              Give the case
            </button>
          </form>
        )}
      </div>
    </div>
  )
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: 'Give the case to someone else',
      main,
      backLink: { href: `/staff/cases/${file.id}`, text: 'Back to the case' },
      hasErrors,
      status: hasErrors ? 422 : 200,
    },
  }
}

async function post(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const id = context.params['id'] ?? ''
  const parsed = parseForm(assignForm, context.form)
  const fail = (errors: readonly FieldError[]) => show(context, typedForm(context, errors))
  if (!parsed.ok) return fail(parsed.errors)
  const chosen = readChosen(context.formAll('case')).filter((one) => one.id === id)
  const result = await context.command('assign-a-case', async (trx, changed) =>
    asResult(
      await assignCases(
        trx,
        { cases: chosen, ...parsed.value, by: viewer.accountId, today: context.today },
        changed,
      ),
      `/staff/cases/${id}`,
    ),
  )
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : fail(result.errors)
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url,
    access,
    touches: 'children',
    handle: (context) => show(context, freshForm({ to: context.query['to'] ?? '' })),
  },
  { method: 'POST', url, access, touches: 'children', handle: post },
]
