import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { JSX } from 'preact'
import { text } from '../../platform/forms.ts'
import { type Answer, type Context, caseReaders, type Route, viewerOf } from '../../platform/routes.ts'
import { readFilters, toQuery } from './filters.ts'
import type { SavedFilter } from './queries.ts'

const MOST = 30

/** A person's own saved lists: each opens the list, and can be removed. */
export function SavedFilters({
  saved,
  query,
}: {
  readonly saved: readonly SavedFilter[]
  readonly query: string
}): JSX.Element {
  return (
    <section class="app-saved" aria-labelledby="saved-filters">
      <h2 class="govuk-heading-m" id="saved-filters">
        Your saved filters
      </h2>
      {saved.length === 0 ? (
        <p class="govuk-body">None yet. Save these filters to come back to this list in one step.</p>
      ) : (
        <ul class="govuk-list">
          {saved.map((one) => (
            <li key={one.id}>
              <a class="govuk-link" href={`/staff/worklist?${one.query}`}>
                {one.name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`/staff/worklist/saved?${query}`}>
          {saved.length === 0 ? 'Save these filters' : 'Save these filters, or remove saved ones'}
        </a>
      </p>
    </section>
  )
}

const access = { who: 'roles', roles: caseReaders } as const

/** Saving the filters of the list under a name of one's own, and removing saved ones. */
export const savedFilterRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/worklist/saved',
    access,
    touches: 'nothing',
    handle: (context) => page(context, queryOf(context, context.query), '', undefined),
  },
  { method: 'POST', url: '/staff/worklist/saved', access, touches: 'nothing', handle: save },
  { method: 'POST', url: '/staff/worklist/saved/:id/remove', access, touches: 'nothing', handle: remove },
]

/** Only what the list itself would understand is kept. */
const queryOf = (context: Context, query: Readonly<Record<string, string | undefined>>): string =>
  toQuery(readFilters(query, viewerOf(context)), { page: 1 })

async function save(context: Context): Promise<Answer> {
  const viewer = viewerOf(context)
  const query = queryOf(context, Object.fromEntries(new URLSearchParams(context.form['query'] ?? '')))
  const named = text('Enter a name for these filters', { max: 60 }).safeParse(context.form['name'] ?? '')
  if (!named.success) return page(context, query, context.form['name'] ?? '', named.error.issues[0]?.message)
  const result = await context.command('save-worklist-filter', async (trx) => {
    const { count } = await trx
      .selectFrom('saved_filter')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('name', '<>', named.data)
      .executeTakeFirstOrThrow()
    if (count >= MOST)
      return {
        ok: false,
        errors: [{ field: 'name', text: `You have ${MOST} saved filters. Remove one first` }],
      }
    await trx
      .insertInto('saved_filter')
      .values({ account_id: viewer.accountId, name: named.data, query })
      .onConflict((conflict) => conflict.columns(['account_id', 'name']).doUpdateSet({ query }))
      .execute()
    return { ok: true, redirect: `/staff/worklist?${query}`, notice: `Saved as “${named.data}”.` }
  })
  if (!result.ok) return page(context, query, context.form['name'] ?? '', result.errors[0]?.text)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

async function remove(context: Context): Promise<Answer> {
  const id = context.params['id'] ?? ''
  if (!/^[0-9a-f-]{36}$/.test(id)) return { missing: true }
  const result = await context.command('remove-worklist-filter', async (trx) => {
    await trx.deleteFrom('saved_filter').where('id', '=', id).execute()
    return { ok: true, redirect: '/staff/worklist/saved', notice: 'Saved filter removed.' }
  })
  return result.ok
    ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    : { missing: true }
}

async function page(
  context: Context,
  query: string,
  typed: string,
  problem: string | undefined,
): Promise<Answer> {
  const viewer = viewerOf(context)
  const saved = await context.read('saved filters', (trx) =>
    trx.selectFrom('saved_filter').select(['id', 'name', 'query']).orderBy('name').execute(),
  )
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {problem ? (
          <div class="govuk-error-summary" data-module="govuk-error-summary">
            <div role="alert">
              <h2 class="govuk-error-summary__title">There is a problem</h2>
              <div class="govuk-error-summary__body">
                <ul class="govuk-list govuk-error-summary__list">
                  <li>
                    <a href="#name">{problem}</a>
                  </li>
                </ul>
              </div>
            </div>
          </div>
        ) : null}
        <h1 class="govuk-heading-l">Saved filters</h1>
        <form method="post" action="/staff/worklist/saved" novalidate>
          <input type="hidden" name="_csrf" value={viewer.csrfToken} />
          <input type="hidden" name="idempotencyKey" value={randomUUID()} />
          <input type="hidden" name="query" value={query} />
          <div class={`govuk-form-group${problem ? ' govuk-form-group--error' : ''}`}>
            <label class="govuk-label govuk-label--m" for="name">
              Name for these filters
            </label>
            <div class="govuk-hint" id="name-hint">
              For example, “Year 6, due this month”. Using a name again replaces what it held. Do not name a
              child.
            </div>
            {problem ? (
              <p class="govuk-error-message" id="name-error">
                <span class="govuk-visually-hidden">Error:</span> {problem}
              </p>
            ) : null}
            <input
              class={`govuk-input govuk-input--width-20${problem ? ' govuk-input--error' : ''}`}
              id="name"
              name="name"
              value={typed}
              aria-describedby={problem ? 'name-hint name-error' : 'name-hint'}
            />
          </div>
          <button type="submit" class="govuk-button">
            Save these filters
          </button>
        </form>
        {saved.length > 0 ? (
          <>
            <h2 class="govuk-heading-m">Already saved</h2>
            <dl class="govuk-summary-list">
              {saved.map((one) => (
                <div key={one.id} class="govuk-summary-list__row">
                  <dt class="govuk-summary-list__key">
                    <a class="govuk-link" href={`/staff/worklist?${one.query}`}>
                      {one.name}
                    </a>
                  </dt>
                  <dd class="govuk-summary-list__actions">
                    <form method="post" action={`/staff/worklist/saved/${one.id}/remove`}>
                      <input type="hidden" name="_csrf" value={viewer.csrfToken} />
                      <input type="hidden" name="idempotencyKey" value={randomUUID()} />
                      <button type="submit" class="app-link-button">
                        Remove<span class="govuk-visually-hidden"> {one.name}</span>
                      </button>
                    </form>
                  </dd>
                </div>
              ))}
            </dl>
          </>
        ) : null}
      </div>
    </div>
  )
  return {
    page: {
      title: 'Saved filters',
      main,
      backLink: { href: `/staff/worklist?${query}`, text: 'Back to the worklist' },
      hasErrors: problem !== undefined,
      status: problem ? 422 : 200,
    },
  }
}
