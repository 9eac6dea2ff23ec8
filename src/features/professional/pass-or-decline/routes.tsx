import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { choice, parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  type FieldError,
  professionalRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import {
  ChoiceField,
  freshForm,
  LongTextField,
  SelectField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { EmptyState, ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { findAsked } from '../write-advice/index.ts'
import { handOver } from './hand-over.ts'
import { type Colleague, findColleagues, findSupervisors } from './queries.ts'

const access = { who: 'roles', roles: professionalRoles } as const
const typed = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})
const asOptions = (people: readonly Colleague[]) =>
  people.map((one) => ({
    value: one.id,
    text: one.job_title ? `${one.name}, ${one.job_title.toLowerCase()}` : one.name,
  }))

const passForm = z
  .object({
    do: choice(['pass', 'decline'], 'Choose whether to pass it on or decline'),
    to: z.string().optional(),
    reason: text('Enter the reason', { max: 2000 }),
  })
  .refine((value) => value.do === 'decline' || (value.to ?? '') !== '', {
    path: ['to'],
    message: 'Choose who to pass it to',
  })

async function showPass(context: Context, form: TypedForm, status = 200): Promise<Answer> {
  const { adviceId = '' } = context.params
  const viewer = viewerOf(context)
  const found = await context.read('advice: pass on or decline', async (trx, saw) => {
    const asked = await findAsked(trx, adviceId)
    if (!asked) return undefined
    saw(asked.child.id)
    return { asked, people: await findColleagues(trx, viewer.accountId, asked.adviserAccount) }
  })
  if (!found) return { missing: true }
  const { asked, people } = found
  return {
    page: {
      title: `Pass to a colleague, or decline: ${asked.child.name}`,
      backLink: { href: `/professional/advice/${asked.id}`, text: 'What is asked' },
      status,
      hasErrors: form.errors.length > 0,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={form.errors} targets={{}} />
            <span class="govuk-caption-l">
              {asked.child.name} · {asked.headTitle}
            </span>
            <h1 class="govuk-heading-l">Pass to a colleague, or decline</h1>
            {asked.receivedOn ? (
              <GovukInsetText text="This advice has come, so there is nothing to pass on." />
            ) : (
              <form method="post" novalidate>
                <HiddenFields csrfToken={viewer.csrfToken} idempotencyKey={randomUUID()} />
                <ChoiceField
                  form={form}
                  name="do"
                  label="What do you want to do?"
                  options={[
                    {
                      value: 'pass',
                      text: 'Pass it to somebody in my service',
                      hint: 'They get what you have written so far. The date it is due does not move.',
                      more: html(
                        <SelectField
                          form={form}
                          name="to"
                          label="Who to"
                          empty="Choose"
                          options={asOptions(people)}
                        />,
                      ),
                    },
                    {
                      value: 'decline',
                      text: 'Decline',
                      hint: 'It goes to the person you answer to, or back to the council. A body that refuses must give its reasons in writing (Children and Families Act 2014, section 31(3)).',
                    },
                  ]}
                />
                <LongTextField
                  form={form}
                  name="reason"
                  label="Reason"
                  hint="The council’s SEND office reads this. “Not known to us” is not a reason to decline: release it as your answer."
                  max={2000}
                  rows={4}
                />
                <GovukButton text="Send" preventDoubleClick />
              </form>
            )}
          </div>
        </div>
      ),
    },
  }
}

async function postPass(context: Context): Promise<Answer> {
  const { adviceId = '' } = context.params
  const viewer = viewerOf(context)
  const parsed = parseForm(passForm, context.form)
  if (!parsed.ok) return showPass(context, typed(context, parsed.errors), 422)
  let missing = false
  const result = await context.command('pass-advice', async (trx, changed, holds) => {
    const asked = await findAsked(trx, adviceId)
    if (!asked) {
      missing = true
      return { ok: false, errors: [] }
    }
    // Passing it on may end what the person is to the child: who they were is asked first, for the log.
    await holds(asked.child.id)
    changed(asked.child.id)
    const people = await findColleagues(trx, viewer.accountId, asked.adviserAccount)
    const to = parsed.value.do === 'pass' ? people.find((one) => one.id === parsed.value.to) : null
    if (to === undefined)
      return { ok: false, errors: [{ field: 'to', text: 'Choose somebody from the list' }] }
    const done = await handOver(trx, asked, to, parsed.value.reason, {
      accountId: viewer.accountId,
      today: context.today,
    })
    if (!done)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: asked.receivedOn
              ? 'This advice has come, so there is nothing to pass on'
              : 'Only the adviser, or somebody they answer to, can pass this on or decline it',
          },
        ],
      }
    return {
      ok: true,
      redirect: '/professional/advice',
      notice: to ? `Passed to ${to.name}.` : 'Declined. Your reason is with the council.',
    }
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return showPass(context, typed(context, result.errors), 422)
}

async function showPeople(context: Context, form: TypedForm, status = 200): Promise<Answer> {
  const { adviceId = '' } = context.params
  const viewer = viewerOf(context)
  const found = await context.read('advice: who writes it', async (trx, saw) => {
    const asked = await findAsked(trx, adviceId)
    if (!asked) return undefined
    saw(asked.child.id)
    return {
      asked,
      colleagues: await findColleagues(trx, viewer.accountId, asked.adviserAccount),
      supervisors: await findSupervisors(trx, asked.adviserAccount),
    }
  })
  if (!found) return { missing: true }
  const { asked, colleagues, supervisors } = found
  const supervisor = asked.people.find((one) => one.part === 'supervisor')
  const taken = new Set(asked.people.map((one) => one.accountId))
  return {
    page: {
      title: `Who writes this advice: ${asked.child.name}`,
      backLink: { href: `/professional/advice/${asked.id}/write`, text: 'Back to the advice' },
      status,
      hasErrors: form.errors.length > 0,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={form.errors} targets={{}} />
            <span class="govuk-caption-l">
              {asked.child.name} · {asked.headTitle}
            </span>
            <h1 class="govuk-heading-l">Who writes this advice</h1>
            <p class="govuk-body">
              Asked of {asked.adviserName ?? asked.adviser}. People added here can read and write it, and
              nobody else in the service can.
            </p>
            {asked.people.length > 0 ? (
              <dl class="govuk-summary-list">
                {asked.people.map((one) => (
                  <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{one.name}</dt>
                    <dd class="govuk-summary-list__value">
                      {one.part === 'writer' ? 'Writes it too' : 'Supervises, and signs it off'}
                    </dd>
                    <dd class="govuk-summary-list__actions">
                      <form method="post">
                        <HiddenFields
                          csrfToken={viewer.csrfToken}
                          idempotencyKey={randomUUID()}
                          hidden={{ do: 'remove', who: one.accountId }}
                        />
                        <button
                          type="submit"
                          class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                        >
                          Remove<span class="govuk-visually-hidden"> {one.name}</span>
                        </button>
                      </form>
                    </dd>
                  </div>
                ))}
              </dl>
            ) : null}
            {colleagues.length === 0 ? (
              <EmptyState title="Nobody else of your service is here">
                The council sets who works in a service, and who answers to whom.
              </EmptyState>
            ) : (
              <form method="post" novalidate>
                <HiddenFields
                  csrfToken={viewer.csrfToken}
                  idempotencyKey={randomUUID()}
                  hidden={{ do: 'add-writer' }}
                />
                <SelectField
                  form={form}
                  name="writer"
                  label="Write it with"
                  empty="Choose"
                  options={asOptions(colleagues.filter((one) => !taken.has(one.id)))}
                />
                <GovukButton text="Add to the writers" classes="govuk-button--secondary" />
              </form>
            )}
            {supervisor || supervisors.length === 0 ? null : (
              <form method="post" novalidate>
                <HiddenFields
                  csrfToken={viewer.csrfToken}
                  idempotencyKey={randomUUID()}
                  hidden={{ do: 'add-supervisor' }}
                />
                <SelectField
                  form={form}
                  name="supervisor"
                  label="Supervised by"
                  hint="Somebody you answer to by professional line. Once chosen, only they can release the advice."
                  empty="Choose"
                  options={asOptions(supervisors.filter((one) => !taken.has(one.id)))}
                />
                <GovukButton text="Ask them to sign it off" classes="govuk-button--secondary" />
              </form>
            )}
          </div>
        </div>
      ),
    },
  }
}

async function postPeople(context: Context): Promise<Answer> {
  const { adviceId = '' } = context.params
  const viewer = viewerOf(context)
  let missing = false
  const result = await context.command('advice-people', async (trx, changed) => {
    const asked = await findAsked(trx, adviceId)
    if (!asked) {
      missing = true
      return { ok: false, errors: [] }
    }
    changed(asked.child.id)
    const here = `/professional/advice/${adviceId}/people`
    const what = context.form['do']
    if (what === 'remove') {
      const gone = asked.people.find((one) => one.accountId === context.form['who'])
      if (!gone) return { ok: true, redirect: here }
      const changedRows = await trx
        .updateTable('advice_writer')
        .set({ to_on: context.today })
        .where('advice_request_id', '=', adviceId)
        .where('account_id', '=', gone.accountId)
        .where('to_on', 'is', null)
        .executeTakeFirst()
      return Number(changedRows.numUpdatedRows) > 0
        ? { ok: true, redirect: here, notice: `${gone.name} removed.` }
        : {
            ok: false,
            errors: [
              {
                field: '',
                text: `${gone.name} can be removed only by themself or by somebody who answers for the service`,
              },
            ],
          }
    }
    const part = what === 'add-supervisor' ? 'supervisor' : 'writer'
    const from =
      part === 'supervisor'
        ? await findSupervisors(trx, asked.adviserAccount)
        : await findColleagues(trx, viewer.accountId, asked.adviserAccount)
    const chosen = from.find((one) => one.id === context.form[part])
    if (!chosen) return { ok: false, errors: [{ field: part, text: 'Choose somebody from the list' }] }
    if (!asked.people.some((one) => one.accountId === chosen.id))
      await trx
        .insertInto('advice_writer')
        .values({
          advice_request_id: adviceId,
          child_id: asked.child.id,
          account_id: chosen.id,
          part,
          from_on: context.today,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['advice_request_id', 'account_id', 'part', 'from_on'])
            .doUpdateSet({ to_on: null }),
        )
        .execute()
    return {
      ok: true,
      redirect: here,
      notice:
        part === 'supervisor' ? `${chosen.name} will sign it off.` : `${chosen.name} can write it with you.`,
    }
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return showPeople(context, typed(context, result.errors), 422)
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/professional/advice/:adviceId/pass',
    access,
    touches: 'children',
    handle: (context) => showPass(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/professional/advice/:adviceId/pass',
    access,
    touches: 'children',
    handle: postPass,
  },
  {
    method: 'GET',
    url: '/professional/advice/:adviceId/people',
    access,
    touches: 'children',
    handle: (context) => showPeople(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/professional/advice/:adviceId/people',
    access,
    touches: 'children',
    handle: postPeople,
  },
]
