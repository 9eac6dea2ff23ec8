import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  type Answer,
  type Context,
  type FieldError,
  familyRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { GovukRadios } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage } from '../../../ui/parts/index.ts'
import { relationshipWords } from '../../children/the-child/index.ts'
import { childPages, findMyChildren } from '../see-where-things-are/index.ts'
import { chooseWhoSees } from './command.ts'
import { type MayLetIn, peopleToLetIn, whoCanSee } from './queries.ts'
import { type Group, groupsOf } from './words.ts'

const toThem = (text: string): string => text.replace('where your child is a pupil', 'where you are a pupil')

/** Who reaches the record today and why; and for a young person, the choice that is theirs. */
async function show(context: Context, errors: readonly FieldError[] = []): Promise<Answer> {
  const found = await context.read('family: who can see', async (trx, saw) => {
    const child = (await findMyChildren(trx)).find(({ id }) => id === context.params['child'])
    if (!child) return undefined
    saw(child.id)
    return { child, people: await whoCanSee(trx, child.id), letIn: await peopleToLetIn(trx, child.id) }
  })
  if (!found) return { missing: true }
  const { child, people, letIn } = found
  const pages = childPages(child.id)
  const isOwn = letIn.length > 0
  const groups = groupsOf(people)
  return {
    page: {
      title: 'Who can see this record',
      backLink: { href: pages.whole },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: isOwn ? (
        <FormPage
          title="Who can see my record"
          errors={errors}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          button="Save"
          cancel={{ text: 'Go back', href: pages.whole }}
          before={<Groups groups={groups} say={toThem} />}
        >
          <h2 class="govuk-heading-m">You choose</h2>
          <p class="govuk-body">
            You are old enough to decide if your parents see this. You can change it on any day.
          </p>
          {letIn.map((person) => (
            <LetIn key={person.contact_id} person={person} context={context} errors={errors} />
          ))}
        </FormPage>
      ) : (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Who can see this record</h1>
            <Groups groups={groups} say={(text) => text} />
            <p class="govuk-body">
              If someone is here who should not be, please{' '}
              <a class="govuk-link" href="/contact">
                tell us
              </a>
              . You can also see{' '}
              <a class="govuk-link" href={pages.whoLooked}>
                who has looked
              </a>
              .
            </p>
          </div>
        </div>
      ),
    },
  }
}

function Groups({
  groups,
  say,
}: {
  readonly groups: readonly Group[]
  readonly say: (text: string) => string
}): JSX.Element {
  return (
    <>
      <p class="govuk-body">These people can open the record today.</p>
      {groups.map((group) => (
        <section key={group.heading}>
          <h2 class="govuk-heading-s govuk-!-margin-bottom-1">{group.heading}</h2>
          <p class="govuk-body app-quiet govuk-!-margin-bottom-2">{group.why}</p>
          <ul class="govuk-list govuk-list--bullet">
            {group.people.map((one) => (
              <li key={one}>{say(one)}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const fieldOf = (contactId: string): string => `see-${contactId}`

function LetIn({
  person,
  context,
  errors,
}: {
  readonly person: MayLetIn
  readonly context: Context
  readonly errors: readonly FieldError[]
}): JSX.Element {
  const name = fieldOf(person.contact_id)
  const typed = context.form[name]
  const has = person.let_in_on !== null
  const error = errors.find(({ field }) => field === name)?.text
  return (
    <GovukRadios
      name={name}
      idPrefix={name}
      classes="govuk-radios--inline"
      fieldset={{
        legend: {
          text: `Can ${person.name} (${relationshipWords(person.relationship).toLowerCase()}) see my record?`,
          classes: 'govuk-fieldset__legend--s',
        },
      }}
      {...(person.let_in_on
        ? { hint: { text: `They can see it now, since ${dayInWords(person.let_in_on)}.` } }
        : { hint: { text: 'They cannot see it now.' } })}
      {...(error ? { errorMessage: { text: error } } : {})}
      items={[
        { value: 'yes', text: 'Yes', checked: typed === undefined ? has : typed === 'yes' },
        { value: 'no', text: 'No', checked: typed === undefined ? !has : typed === 'no' },
      ]}
    />
  )
}

async function save(context: Context): Promise<Answer> {
  const childId = context.params['child'] ?? ''
  const maySee = new Map<string, boolean>()
  const errors: FieldError[] = []
  for (const [field, value] of Object.entries(context.form)) {
    if (!field.startsWith('see-')) continue
    if (value === 'yes' || value === 'no') maySee.set(field.slice('see-'.length), value === 'yes')
    else errors.push({ field, text: 'Choose yes or no' })
  }
  if (maySee.size === 0 && errors.length === 0)
    errors.push({ field: '', text: 'Choose yes or no for each person' })
  if (errors.length > 0) return show(context, errors)
  let isThere = true
  const result = await context.command('choose-who-sees', async (trx, changed) => {
    isThere = (await findMyChildren(trx)).some(({ id }) => id === childId)
    if (!isThere) return { ok: false, errors: [] }
    const done = await chooseWhoSees(trx, {
      childId,
      today: context.today,
      by: viewerOf(context).accountId,
      maySee,
      backTo: childPages(childId).whoCanSee,
    })
    if (done.ok) changed(childId)
    return done
  })
  if (!isThere) return { missing: true }
  if (!result.ok) return show(context, result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

const url = '/family/children/:child/who-can-see'

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url,
    access: { who: 'roles', roles: familyRoles },
    touches: 'children',
    handle: (context) => show(context),
  },
  {
    method: 'POST',
    url,
    access: { who: 'roles', roles: ['young-person'] },
    touches: 'children',
    handle: save,
  },
]
