/** Consulting for many children at once, as at a change of phase: chosen, looked over whole, then done child by child. */
import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { startJob } from '../../../platform/jobs/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { NEED_TYPES, type NeedType } from '../../../record/plan/index.ts'
import { SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukSelect, GovukWarningText } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  EmptyState,
  ErrorSummary,
  HiddenFields,
  SortableTable,
  Tag,
} from '../../../ui/parts/index.ts'
import { type FoundSetting, searchSettings } from '../../assessment/consult-settings/index.tsx'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findSetting, isClosedOn, PlacementLists, type SettingFacts } from '../the-settings/index.ts'
import {
  type CohortCandidate,
  type CohortFilters,
  type CohortHead,
  type CohortRow,
  findCandidates,
  findCohortRows,
  findCohorts,
  MOST,
} from './cohort.ts'
import { COHORT_JOB } from './job.ts'

export { cohortJob } from './job.ts'

const URL = '/staff/cohorts'
const reads = { who: 'roles', roles: caseReaders } as const
const does = { who: 'roles', roles: caseworkers } as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const children = (count: number): string => `${count} ${count === 1 ? 'child' : 'children'}`

async function list(context: Context): Promise<Answer> {
  const rows = await context.read('cohorts consulted for', (trx) => findCohorts(trx))
  return {
    page: {
      title: 'Consult for many',
      wide: true,
      main: (
        <>
          <PlacementLists current="cohorts" />
          <h1 class="govuk-heading-l">Consult for many children</h1>
          <p class="govuk-body">
            For a change of phase: choose children with a plan and a setting for each, look over the whole,
            and each is consulted with a letter and the papers of that child alone.
          </p>
          {caseworkers.includes(viewerOf(context).role) ? (
            <GovukButton text="Choose children" href={`${URL}/new`} />
          ) : null}
          {rows.length === 0 ? (
            <EmptyState title="None has been made yet" />
          ) : (
            <SortableTable<CohortHead>
              id="cohorts"
              caption="Made so far"
              onPhone="cards"
              rows={rows}
              columns={[
                {
                  key: 'name',
                  heading: 'Name',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`${URL}/${row.id}`}>
                      {row.name}
                    </a>
                  ),
                },
                {
                  key: 'on',
                  heading: 'Made',
                  cell: (row) => `${dayInWords(row.made_on)}, ${row.maker ?? ''}`,
                },
                { key: 'done', heading: 'Consulted', numeric: true, cell: (row) => row.consulted },
                { key: 'waiting', heading: 'Waiting', numeric: true, cell: (row) => row.waiting },
                { key: 'not', heading: 'Not consulted', numeric: true, cell: (row) => row.refused },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

function readFilters(source: Readonly<Record<string, string | undefined>>): CohortFilters {
  const year = Number(source['year'] || Number.NaN)
  const need = source['need']
  return {
    year: Number.isInteger(year) && year >= 0 && year <= 14 ? year : null,
    need: need && Object.hasOwn(NEED_TYPES, need) ? need : null,
    locality: source['locality'] || null,
  }
}

interface Choosing {
  readonly filters: CohortFilters
  readonly candidates: readonly CohortCandidate[]
  readonly found: readonly FoundSetting[]
  readonly localities: readonly { readonly id: string; readonly name: string }[]
}

async function loadChoosing(trx: Trx, context: Context, form: TypedForm): Promise<Choosing> {
  const source = context.request.method === 'POST' ? context.form : context.query
  const filters = readFilters(source)
  const narrowed = filters.year !== null || filters.need !== null || filters.locality !== null
  const setting = form.value('setting')
  return {
    filters,
    candidates: narrowed ? await findCandidates(trx, filters, context.today) : [],
    found: await searchSettings(trx, form.value('search'), setting === '' ? [] : [setting]),
    localities: await trx.selectFrom('locality').select(['id', 'name']).orderBy('name').execute(),
  }
}

async function choose(context: Context, errors: readonly FieldError[] = []): Promise<Answer> {
  const form: TypedForm =
    context.request.method === 'POST'
      ? typedForm(context, errors)
      : { value: (name) => context.query[name] ?? '', values: () => [], errors: [] }
  const view = await context.read('children for a cohort', async (trx, saw) => {
    const read = await loadChoosing(trx, context, form)
    saw(read.candidates.map((one) => one.child_id))
    return read
  })
  return {
    page: {
      title: 'Choose children and settings',
      wide: true,
      backLink: { href: URL, text: 'Consult for many' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: <ChoosePage view={view} form={form} errors={errors} csrf={viewerOf(context).csrfToken} />,
    },
  }
}

function ChoosePage(props: {
  readonly view: Choosing
  readonly form: TypedForm
  readonly errors: readonly FieldError[]
  readonly csrf: string
}): JSX.Element {
  const { view, form, errors } = props
  const { filters } = view
  const kept = new Set(form.values('child'))
  const error = (name: string) => errors.find((one) => one.field === name)
  return (
    <>
      <ErrorSummary errors={errors} targets={{}} />
      <h1 class="govuk-heading-l">Choose children and settings</h1>
      <form method="get" action={`${URL}/new`}>
        <div>
          <GovukSelect
            id="year"
            name="year"
            label={{ text: 'Year group now' }}
            value={filters.year === null ? '' : String(filters.year)}
            items={[
              { value: '', text: 'Any' },
              ...Array.from({ length: 15 }, (_, year) => ({
                value: String(year),
                text: year === 0 ? 'Reception' : `Year ${year}`,
              })),
            ]}
          />
          <GovukSelect
            id="need"
            name="need"
            label={{ text: 'Primary need' }}
            value={filters.need ?? ''}
            items={[
              { value: '', text: 'Any' },
              ...Object.entries(NEED_TYPES).map(([value, text]) => ({ value, text })),
            ]}
          />
          <GovukSelect
            id="locality"
            name="locality"
            label={{ text: 'Locality' }}
            value={filters.locality ?? ''}
            items={[
              { value: '', text: 'Any' },
              ...view.localities.map((one) => ({ value: one.id, text: one.name })),
            ]}
          />
          <button class="govuk-button govuk-button--secondary" type="submit">
            Show children
          </button>
        </div>
      </form>
      {view.candidates.length === 0 ? (
        <EmptyState title="No children shown">
          Choose a year group, a need or a locality: only children with a plan in force are listed.
        </EmptyState>
      ) : (
        <form method="post" action={`${URL}/new`} novalidate>
          <HiddenFields
            csrfToken={props.csrf}
            idempotencyKey={randomUUID()}
            hidden={{
              year: filters.year === null ? '' : String(filters.year),
              need: filters.need ?? '',
              locality: filters.locality ?? '',
            }}
          />
          <TextField
            form={form}
            name="name"
            label="Name of the cohort"
            hint="For your own list, such as: Year 6 to 7, September 2027. Never a child’s name"
          />
          <TextField
            form={form}
            name="search"
            label="Find a setting"
            hint="Part of the name, town or postcode, or its number"
            width={30}
          />
          <GovukButton text="Search" name="doing" value="search" classes="govuk-button--secondary" />
          <SelectField
            form={form}
            name="setting"
            label="Setting for all who have none of their own below"
            empty={view.found.length === 0 ? 'Search first' : 'None'}
            options={view.found.map((one) => ({
              value: one.urn,
              text: [one.name, one.town].filter(Boolean).join(', '),
            }))}
          />
          {error('child') ? (
            <p class="govuk-error-message" id="child">
              {error('child')!.text}
            </p>
          ) : null}
          <SortableTable<CohortCandidate>
            id="candidates"
            caption={`${children(view.candidates.length)} with a plan${view.candidates.length >= MOST ? ': the list stops here, so narrow it' : ''}`}
            onPhone="cards"
            rows={view.candidates}
            columns={[
              {
                key: 'name',
                heading: 'Child',
                namesRow: true,
                cell: (row) => (
                  <div class="govuk-checkboxes govuk-checkboxes--small">
                    <div class="govuk-checkboxes__item">
                      <input
                        class="govuk-checkboxes__input"
                        type="checkbox"
                        id={`child-${row.process_id}`}
                        name="child"
                        value={row.process_id}
                        checked={kept.has(row.process_id)}
                      />
                      <label class="govuk-label govuk-checkboxes__label" for={`child-${row.process_id}`}>
                        {row.name}
                      </label>
                    </div>
                  </div>
                ),
              },
              {
                key: 'need',
                heading: 'Primary need',
                cell: (row) => NEED_TYPES[row.primary_need as NeedType] ?? row.primary_need ?? 'Not known',
              },
              { key: 'locality', heading: 'Locality', cell: (row) => row.locality ?? '' },
              { key: 'now', heading: 'At now', cell: (row) => row.setting_name ?? 'Nowhere' },
              {
                key: 'own',
                heading: 'Another setting (number)',
                cell: (row) => (
                  <input
                    class="govuk-input govuk-input--width-10"
                    name={`own-${row.process_id}`}
                    aria-label={`Number of another setting for ${row.name}`}
                    value={form.value(`own-${row.process_id}`)}
                    spellcheck={false}
                  />
                ),
              },
            ]}
          />
          <GovukButton text="Look over the whole" name="doing" value="look" />
        </form>
      )}
    </>
  )
}

interface Pair {
  readonly child: CohortCandidate
  readonly setting: SettingFacts
  /** Why it cannot be done; null when it can. */
  readonly problem: string | null
}

/** The children chosen, each with its setting, and what stands in the way. */
async function pairsOf(
  trx: Trx,
  context: Context,
): Promise<{ readonly pairs: readonly Pair[]; readonly errors: readonly FieldError[] }> {
  const chosen = context.formAll('child').filter((id) => UUID.test(id))
  const errors: FieldError[] = []
  if ((context.form['name'] ?? '').trim() === '')
    errors.push({ field: 'name', text: 'Enter a name for the cohort' })
  if (chosen.length === 0) errors.push({ field: 'child', text: 'Choose at least one child' })
  const candidates =
    chosen.length === 0
      ? []
      : await findCandidates(trx, { year: null, need: null, locality: null }, context.today, chosen)
  const known = new Map<string, SettingFacts | undefined>()
  const pairs: Pair[] = []
  for (const child of candidates) {
    const urn =
      (context.form[`own-${child.process_id}`] ?? '').trim() || (context.form['setting'] ?? '').trim()
    if (urn === '') {
      errors.push({
        field: 'child',
        text: `${child.name} has no setting: choose one for all, or enter its number`,
      })
      continue
    }
    if (!known.has(urn)) known.set(urn, await findSetting(trx, urn, context.today))
    const setting = known.get(urn)
    if (!setting)
      errors.push({
        field: 'child',
        text: `There is no setting with the number ${urn}, given for ${child.name}`,
      })
    else
      pairs.push({
        child,
        setting,
        problem: isClosedOn(setting, context.today)
          ? `Closed${setting.successorName ? `: it is now ${setting.successorName} (${setting.successorUrn})` : ''}`
          : child.consulted.includes(setting.urn)
            ? 'Has already been consulted'
            : null,
      })
  }
  return { pairs, errors }
}

async function look(context: Context): Promise<Answer> {
  if (context.form['doing'] === 'search') return choose(context)
  const read = await context.read('a cohort to look over', async (trx, saw) => {
    const found = await pairsOf(trx, context)
    saw(found.pairs.map((pair) => pair.child.child_id))
    return found
  })
  if (context.form['doing'] !== 'start' || read.errors.length > 0)
    return read.errors.length > 0 ? choose(context, read.errors) : preview(context, read.pairs)
  const viewer = viewerOf(context)
  const result = await context.command('consult-for-a-cohort', async (trx, changed) => {
    const { pairs, errors } = await pairsOf(trx, context)
    if (errors.length > 0) return { ok: false, errors }
    const able = pairs.filter((pair) => pair.problem === null)
    if (able.length === 0)
      return { ok: false, errors: [{ field: 'child', text: 'None of these can be consulted' }] }
    const { id } = await trx
      .insertInto('cohort_consultation')
      .values({
        name: (context.form['name'] ?? '').trim().slice(0, 200),
        made_by: viewer.accountId,
        made_on: context.today,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('cohort_child')
      .values(
        able.map(({ child, setting }) => ({
          cohort_id: id,
          child_id: child.child_id,
          process_id: child.process_id,
          setting_urn: setting.urn,
        })),
      )
      .execute()
    const job = await startJob(trx, {
      kind: COHORT_JOB,
      key: `cohort:${id}`,
      about: `Consult for ${children(able.length)}`,
      data: { cohort: id, day: context.today },
      startedBy: viewer.accountId,
    })
    await trx
      .updateTable('cohort_consultation')
      .set({ job_id: job ?? null })
      .where('id', '=', id)
      .execute()
    for (const { child } of able) changed(child.child_id)
    return {
      ok: true,
      redirect: `${URL}/${id}`,
      notice: `Begun for ${children(able.length)}. This page shows how far it is.`,
    }
  })
  if (!result.ok) return choose(context, result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

function preview(context: Context, pairs: readonly Pair[]): Answer {
  const able = pairs.filter((pair) => pair.problem === null)
  const kept = Object.entries(context.form).filter(
    ([name]) => name.startsWith('own-') || ['name', 'setting', 'year', 'need', 'locality'].includes(name),
  )
  return {
    page: {
      title: 'Look over the whole',
      wide: true,
      backLink: { href: `${URL}/new`, text: 'Choose children' },
      main: (
        <>
          <h1 class="govuk-heading-l">Look over the whole</h1>
          <p class="govuk-body">
            {able.length} {able.length === 1 ? 'letter' : 'letters'} will be kept and sent by email, one for
            each child, to {new Set(able.map((pair) => pair.setting.urn)).size} settings. Each setting has the
            papers of the child it is asked about, and of no other; what was kept back from a family goes to
            none.
          </p>
          {able.length < pairs.length ? (
            <GovukWarningText
              text={`${pairs.length - able.length} will be left out, each with its reason below.`}
              iconFallbackText="Warning"
            />
          ) : null}
          <SortableTable<Pair>
            id="pairs"
            caption="Each child and the setting to be consulted"
            onPhone="cards"
            rows={pairs}
            columns={[
              { key: 'child', heading: 'Child', namesRow: true, cell: (pair) => pair.child.name },
              { key: 'now', heading: 'At now', cell: (pair) => pair.child.setting_name ?? 'Nowhere' },
              {
                key: 'setting',
                heading: 'To be consulted',
                cell: (pair) => (
                  <>
                    {pair.setting.name}
                    {pair.setting.isOutside ? ' · out of county' : ''}
                    {pair.setting.standing === 'preference' ? ' · not approved under section 41' : ''}
                  </>
                ),
              },
              {
                key: 'can',
                heading: 'Can be done',
                cell: (pair) => (pair.problem === null ? 'Yes' : <Tag colour="orange">{pair.problem}</Tag>),
              },
            ]}
          />
          {able.length > 0 ? (
            <form method="post" action={`${URL}/new`}>
              <HiddenFields csrfToken={viewerOf(context).csrfToken} idempotencyKey={randomUUID()} />
              {kept.map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              {pairs.map((pair) => (
                <input key={pair.child.process_id} type="hidden" name="child" value={pair.child.process_id} />
              ))}
              <GovukButton
                text={`Consult for ${children(able.length)}`}
                name="doing"
                value="start"
                preventDoubleClick
              />
            </form>
          ) : null}
        </>
      ),
    },
  }
}

const STATES = { waiting: 'Waiting', consulted: 'Consulted', 'not-consulted': 'Not consulted' } as const

async function one(context: Context): Promise<Answer> {
  const id = context.params['cohort'] ?? ''
  if (!UUID.test(id)) return { missing: true }
  const read = await context.read('a cohort consulted for', async (trx, saw) => {
    const head = (await findCohorts(trx, id))[0]
    if (!head) return undefined
    const rows = await findCohortRows(trx, id)
    saw(rows.map((row) => row.child_id))
    return { head, rows }
  })
  if (!read) return { missing: true }
  const { head, rows } = read
  return {
    page: {
      title: head.name,
      wide: true,
      backLink: { href: URL, text: 'Consult for many' },
      main: (
        <>
          <h1 class="govuk-heading-l">{head.name}</h1>
          <p class="govuk-body" role="status">
            {head.consulted + head.refused} of {rows.length} done: {head.consulted} consulted, {head.refused}{' '}
            not.
            {head.waiting > 0 ? ' It goes on by itself. ' : ' '}
            {head.waiting > 0 ? (
              <a class="govuk-link" href={`${URL}/${id}`}>
                See how far it is now
              </a>
            ) : null}
          </p>
          <progress
            class="app-progress"
            max={Math.max(1, rows.length)}
            value={head.consulted + head.refused}
            aria-label="Done so far"
          />
          <SortableTable<CohortRow>
            id="rows"
            caption="Children of the cohort"
            captionHidden
            onPhone="cards"
            rows={rows}
            columns={[
              {
                key: 'child',
                heading: 'Child',
                namesRow: true,
                cell: (row) => (
                  <a class="govuk-link" href={`/staff/cases/${row.process_id}/settings`}>
                    {row.name}
                  </a>
                ),
              },
              { key: 'setting', heading: 'Setting', cell: (row) => row.setting_name },
              {
                key: 'state',
                heading: 'How it stands',
                cell: (row) => (
                  <>
                    <Tag
                      colour={
                        row.state === 'consulted' ? 'green' : row.state === 'waiting' ? 'grey' : 'orange'
                      }
                    >
                      {STATES[row.state]}
                    </Tag>
                    {row.said ? ` ${row.said}` : ''}
                  </>
                ),
              },
            ]}
          />
        </>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: URL, access: reads, touches: 'numbers', handle: list },
  {
    method: 'GET',
    url: `${URL}/new`,
    access: does,
    touches: 'children',
    handle: (context) => choose(context),
  },
  { method: 'POST', url: `${URL}/new`, access: does, touches: 'children', handle: look },
  { method: 'GET', url: `${URL}/:cohort`, access: reads, touches: 'children', handle: one },
]
