import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { FieldError } from '../../../platform/routes.ts'
import { ChoiceField, SelectField, TextField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  EmptyState,
  ErrorSummary,
  FormPage,
  HiddenFields,
  SortableTable,
  Tag,
} from '../../../ui/parts/index.ts'
import type { OurSetting } from '../the-setting/index.ts'
import type { Person, Unconfirmed } from './queries.ts'
import { confirmation } from './terms.ts'

export const ROLES = {
  senco: 'SENCO: sends and signs for the setting',
  'setting-head': 'Head or principal: sends and signs for the setting',
  'setting-staff': 'Other staff: read and write drafts',
} as const
const SHORT: Readonly<Record<string, string>> = {
  senco: 'SENCO',
  'setting-head': 'Head or principal',
  'setting-staff': 'Other staff',
}

const lastOn = (person: Person): string =>
  person.confirmed_on && person.confirmed_on > person.from_on ? person.confirmed_on : person.from_on

export function PeoplePage(props: {
  readonly settings: readonly OurSetting[]
  readonly setting: OurSetting | undefined
  readonly people: readonly Person[]
  readonly me: string
  readonly today: string
  readonly errors: readonly FieldError[]
  readonly csrfToken: string
}): JSX.Element {
  const { setting, people, today } = props
  if (!setting)
    return (
      <>
        <h1 class="govuk-heading-l">Our people</h1>
        <EmptyState title="Somebody else keeps this list">
          Your SENCO or head says who works at your setting and may see its pupils. Ask them to add or end
          somebody.
        </EmptyState>
      </>
    )
  const waiting = people.filter((one) => confirmation(lastOn(one), today) !== 'this-term')
  return (
    <>
      <ErrorSummary errors={props.errors} targets={{ people: 'people' }} />
      <span class="govuk-caption-l">{setting.name}</span>
      <h1 class="govuk-heading-l">Our people</h1>
      <p class="govuk-body">
        Everybody here sees your pupils’ papers. Say once each term who still works with you; whoever is not
        confirmed for a whole term is told to the council.
      </p>
      {props.settings.length > 1 ? (
        <ul class="govuk-list">
          {props.settings.map((one) => (
            <li key={one.urn}>
              <a class="govuk-link" href={`/setting/people?setting=${one.urn}`}>
                {one.name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <GovukButton text="Add a person" href="/setting/people/new" classes="govuk-button--secondary" />
      <form method="post" action="/setting/people" novalidate>
        <HiddenFields
          csrfToken={props.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ setting: setting.urn }}
        />
        <SortableTable<Person>
          id="people"
          caption={
            waiting.length === 0
              ? 'Everybody is confirmed for this term'
              : `${waiting.length} to confirm this term`
          }
          rows={people}
          onPhone="cards"
          columns={[
            {
              key: 'name',
              heading: 'Name',
              namesRow: true,
              cell: (one) => (
                <>
                  {one.name}
                  {one.id === props.me ? ' (you)' : ''}
                </>
              ),
            },
            {
              key: 'role',
              heading: 'Job',
              cell: (one) => (
                <>
                  {one.job_title || (SHORT[one.role] ?? one.role)}
                  {one.manages_people ? ', keeps this list' : ''}
                </>
              ),
            },
            {
              key: 'email',
              heading: 'Signs in with',
              cell: (one) => `${one.email}${one.shared_mailbox ? ' (shared)' : ''}`,
            },
            {
              key: 'confirmed',
              heading: 'Confirmed',
              cell: (one) => {
                const state = confirmation(lastOn(one), today)
                return (
                  <>
                    {dayInWords(lastOn(one))}{' '}
                    {state === 'this-term' ? null : (
                      <Tag colour={state === 'a-term-ago' ? 'red' : 'yellow'}>
                        {state === 'a-term-ago' ? 'Told to the council' : 'To confirm'}
                      </Tag>
                    )}
                  </>
                )
              },
            },
            {
              key: 'still',
              heading: 'Still works here',
              cell: (one) => (
                <div class="govuk-checkboxes govuk-checkboxes--small">
                  <div class="govuk-checkboxes__item">
                    <input
                      class="govuk-checkboxes__input"
                      type="checkbox"
                      name="still"
                      value={one.id}
                      id={`still-${one.id}`}
                    />
                    <label class="govuk-label govuk-checkboxes__label" for={`still-${one.id}`}>
                      Yes<span class="govuk-visually-hidden">, {one.name} still works here</span>
                    </label>
                  </div>
                </div>
              ),
            },
            {
              key: 'end',
              heading: 'Change',
              cell: (one) => (
                <a class="govuk-link" href={`/setting/people/${one.id}/end?setting=${setting.urn}`}>
                  No longer here<span class="govuk-visually-hidden">: {one.name}</span>
                </a>
              ),
            },
          ]}
        />
        <GovukButton text="Confirm those ticked" preventDoubleClick />
      </form>
    </>
  )
}

export function AddPage(props: {
  readonly settings: readonly OurSetting[]
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { form, settings } = props
  return (
    <FormPage
      title="Add a person"
      errors={form.errors}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={settings.length === 1 ? { setting: settings[0]!.urn } : {}}
      button="Add this person"
      cancel={{ text: 'Our people', href: '/setting/people' }}
    >
      {settings.length > 1 ? (
        <SelectField
          form={form}
          name="setting"
          label="Setting"
          options={settings.map((one) => ({ value: one.urn, text: one.name }))}
        />
      ) : null}
      <TextField form={form} name="name" label="Full name" autocomplete="off" />
      <TextField form={form} name="email" label="Work email address" type="email" autocomplete="off" />
      <TickField
        form={form}
        name="shared"
        label="Is it a shared mailbox?"
        options={[
          {
            value: 'yes',
            text: 'Yes: several people use this address',
            hint: 'Add each of them by name. Each signs with their own name.',
          },
        ]}
      />
      <TextField form={form} name="title" label="Job title" />
      <ChoiceField
        form={form}
        name="role"
        label="What do they do here?"
        options={Object.entries(ROLES).map(([value, text]) => ({ value, text }))}
      />
      <TickField
        form={form}
        name="manages"
        label="May they keep this list?"
        options={[{ value: 'yes', text: 'Yes: they may add and end people' }]}
      />
    </FormPage>
  )
}

export function EndPage(props: {
  readonly person: Person
  readonly urn: string
  readonly errors: readonly FieldError[]
  readonly csrfToken: string
}): JSX.Element {
  const { person } = props
  return (
    <FormPage
      title={`Does ${person.name} no longer work here?`}
      errors={props.errors}
      action={`/setting/people/${person.id}/end?setting=${props.urn}`}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ setting: props.urn }}
      button="End their place from today"
      cancel={{ text: 'Our people', href: `/setting/people?setting=${props.urn}` }}
    >
      <p class="govuk-body">
        From today they see nothing of this setting and its pupils. What they wrote and signed stays under
        their name. If they work at another setting too, they keep that place.
      </p>
    </FormPage>
  )
}

/** For the council: whom no setting has confirmed for a whole term. */
export function UnconfirmedPage({ rows }: { readonly rows: readonly Unconfirmed[] }): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">People at settings to confirm</h1>
      <p class="govuk-body">
        Nobody at their setting has said for a whole term that these people still work there. Ring the
        setting: they can still sign in and see its pupils.
      </p>
      {rows.length === 0 ? (
        <EmptyState title="Every place is confirmed">
          Each setting confirms its own people once a term.
        </EmptyState>
      ) : (
        <SortableTable<Unconfirmed>
          id="unconfirmed"
          caption={`${rows.length} not confirmed for a term, the longest first`}
          rows={rows}
          onPhone="cards"
          columns={[
            { key: 'name', heading: 'Name', namesRow: true, cell: (row) => row.name },
            { key: 'job', heading: 'Job', cell: (row) => row.job_title },
            { key: 'setting', heading: 'Setting', cell: (row) => row.setting_name },
            { key: 'last', heading: 'Last confirmed', cell: (row) => dayInWords(row.last_on) },
          ]}
        />
      )}
    </>
  )
}
