import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { GovukDetails, GovukInsetText, GovukTag, GovukWarningText } from '../../../ui/govuk/index.ts'
import { EmptyState, SortableTable, SummaryCard } from '../../../ui/parts/index.ts'
import {
  ADVOCATE,
  ageOn,
  type ChildRecord,
  ethnicityWords,
  isTemporaryUpn,
  nhsNumberInWords,
  type Person,
  relationshipWords,
  SELF,
  schoolYearOn,
  sexWords,
  youngPersonFrom,
} from '../the-child/index.ts'
import { CaseLink } from './case-link.tsx'
import type { ChildProcess, DetailChange, Look } from './child-queries.ts'
import { History, Looks } from './what-happened.tsx'
import { kindWords, stateWords } from './words.ts'

export interface ChildView {
  readonly child: ChildRecord
  readonly processes: readonly ChildProcess[]
  readonly changes: readonly DetailChange[]
  readonly looks: { readonly looks: readonly Look[]; readonly total: number; readonly page: number }
  readonly today: string
  readonly mayChange: boolean
}

const day = (iso: string): string => shortDate(date(iso))

/** A child: who they are, who is round them, what is going on, and who has looked. */
export function ChildPage(view: ChildView): JSX.Element {
  const { child, today } = view
  const year = schoolYearOn(child.date_of_birth, today)
  const now = child.people.filter((person) => person.toOn === null || person.toOn > today)
  return (
    <>
      <span class="govuk-caption-l">{child.reference}</span>
      <h1 class="govuk-heading-l app-case__name">{child.name}</h1>
      <p class="govuk-body-l">
        Born {day(child.date_of_birth)}, age {ageOn(child.date_of_birth, today)}
        {year ? `, ${year}` : ''}. {child.settingName ?? 'Not in a setting, or not known'}.
      </p>
      <OwnRights child={child} people={now} today={today} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/staff/children/${child.id}/rights`}>
          Whose the rights are, consent and capacity
        </a>
        {' · '}
        <a class="govuk-link" href={`/staff/children/${child.id}/who-may-see`}>
          Who may see this record
        </a>
      </p>
      <h2 class="govuk-heading-m">Cases</h2>
      <Processes processes={view.processes} />
      <Details view={view} />
      <People view={view} />
      <History changes={view.changes} settingName={child.settingName} />
      <Looks view={view} />
    </>
  )
}

function OwnRights({
  child,
  people,
  today,
}: {
  readonly child: ChildRecord
  readonly people: readonly Person[]
  readonly today: string
}): JSX.Element {
  const from = youngPersonFrom(child.date_of_birth)
  if (from > today) {
    return (
      <p class="govuk-body">
        Rights become {child.given_name}’s own on {day(from)}, at the end of compulsory school age.
      </p>
    )
  }
  return (
    <>
      <GovukInsetText>
        {child.given_name} has been over compulsory school age since {day(from)}: the rights to ask, to be
        told and to appeal are {child.given_name}’s own (Children and Families Act 2014, section 83).
      </GovukInsetText>
      {!people.some((person) => person.relationship === SELF) && (
        <GovukWarningText
          text={`${child.given_name} is not recorded as somebody to write to. Letters must go to ${child.given_name}: add them under People.`}
          iconFallbackText="Warning"
        />
      )}
    </>
  )
}

function Processes({ processes }: { readonly processes: readonly ChildProcess[] }): JSX.Element {
  if (processes.length === 0)
    return (
      <EmptyState title="Nothing has been opened" headingLevel={3}>
        A request for an assessment opens a case.
      </EmptyState>
    )
  return (
    <SortableTable
      id="cases"
      caption="Cases"
      captionHidden
      onPhone="cards"
      rows={processes}
      columns={[
        {
          key: 'reference',
          heading: 'Reference',
          namesRow: true,
          cell: (one) => <CaseLink process={one} />,
        },
        { key: 'kind', heading: 'Kind', cell: kindWords },
        { key: 'state', heading: 'Stage', cell: stateWords },
        { key: 'opened', heading: 'Opened', cell: (one) => day(one.openedOn) },
        { key: 'closed', heading: 'Closed', cell: (one) => (one.closedOn ? day(one.closedOn) : 'Open') },
        { key: 'next', heading: 'Next date', cell: (one) => (one.nextDueOn ? day(one.nextDueOn) : 'None') },
      ]}
    />
  )
}

function Details({ view }: { readonly view: ChildView }): JSX.Element {
  const { child, mayChange } = view
  return (
    <SummaryCard
      title="Details"
      actions={mayChange ? [{ text: 'Change', href: `/staff/children/${child.id}/details` }] : []}
      rows={[
        { key: 'Name', value: child.name },
        ...(child.known_as ? [{ key: 'Known as', value: child.known_as }] : []),
        { key: 'Date of birth', value: day(child.date_of_birth) },
        { key: 'Sex', value: sexWords(child.sex) },
        {
          key: 'UPN',
          value:
            child.upn === null
              ? 'Not recorded'
              : `${child.upn}${isTemporaryUpn(child.upn) ? ' (temporary)' : ''}`,
        },
        {
          key: 'NHS number',
          value: child.nhs_number === null ? 'Not recorded' : nhsNumberInWords(child.nhs_number),
        },
        { key: 'Ethnicity', value: ethnicityWords(child.ethnicity) },
        { key: 'First language', value: child.first_language },
        { key: 'Interpreter', value: child.interpreter ?? 'Not needed' },
        {
          key: 'Address',
          value:
            [child.address_line, child.town, child.postcode].filter(Boolean).join(', ') || 'Not recorded',
        },
        { key: 'School, college or nursery', value: child.settingName ?? 'None recorded' },
        { key: 'Locality', value: child.localityName ?? 'Not known yet' },
      ]}
    />
  )
}

function People({ view }: { readonly view: ChildView }): JSX.Element {
  const { child, today, mayChange } = view
  const now = child.people.filter((person) => person.toOn === null || person.toOn > today)
  const past = child.people.filter((person) => person.toOn !== null && person.toOn <= today)
  return (
    <>
      <h2 class="govuk-heading-m">People</h2>
      {now.length === 0 && (
        <GovukWarningText
          text="Nobody is recorded. The family must be consulted and told: find out who they are."
          iconFallbackText="Warning"
        />
      )}
      {now.map((person) => (
        <PersonCard key={person.linkId} person={person} childId={child.id} mayChange={mayChange} />
      ))}
      {mayChange && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/staff/children/${child.id}/people/new`}>
            Add a person
          </a>
          {' · '}
          <a class="govuk-link" href={`/staff/children/${child.id}/advocates/new`}>
            Add an advocate
          </a>
        </p>
      )}
      {past.length > 0 && (
        <GovukDetails summaryText={`People of the past (${past.length})`}>
          <ul class="govuk-list govuk-list--bullet">
            {past.map((person) => (
              <li key={person.linkId}>
                {person.name}, {relationshipWords(person.relationship).toLowerCase()}, {day(person.fromOn)} to{' '}
                {day(person.toOn!)}
              </li>
            ))}
          </ul>
        </GovukDetails>
      )}
    </>
  )
}

function PersonCard({
  person,
  childId,
  mayChange,
}: {
  readonly person: Person
  readonly childId: string
  readonly mayChange: boolean
}): JSX.Element {
  const href = `/staff/children/${childId}/people/${person.linkId}`
  const isAdvocate = person.relationship === ADVOCATE
  const consent = `/staff/children/${childId}/advocates/${person.linkId}`
  const mayHaveAccount =
    !person.restricted && (isAdvocate || person.parentalResponsibility || person.relationship === SELF)
  const account = mayHaveAccount ? [{ text: 'Open an account', href: `${href}/account` }] : []
  const actions = isAdvocate
    ? [
        { text: 'Renew consent', href: `${consent}/renew` },
        { text: 'End consent', href: `${consent}/end` },
        ...account,
      ]
    : [
        { text: 'Change', href: `${href}/details` },
        { text: person.restricted ? 'Change the restriction' : 'Restrict', href: `${href}/restrict` },
        { text: 'End', href: `${href}/end` },
        ...account,
      ]
  return (
    <>
      {person.restricted && (
        <p class="govuk-body govuk-!-margin-bottom-2">
          <GovukTag text={`Nothing may be sent to ${person.name}`} classes="govuk-tag--red" />
        </p>
      )}
      <SummaryCard
        title={person.name}
        headingLevel={3}
        actions={mayChange ? actions : []}
        rows={[
          ...(person.restricted
            ? [{ key: 'Restricted', value: <strong>{person.restrictionNote}</strong> }]
            : []),
          { key: 'Who they are', value: relationshipWords(person.relationship) },
          ...(isAdvocate
            ? [
                {
                  key: 'Consent until',
                  value: person.toOn === null ? 'No end: it opens nothing' : day(person.toOn),
                },
              ]
            : []),
          ...(person.relationship === SELF || isAdvocate
            ? []
            : [
                { key: 'Parental responsibility', value: person.parentalResponsibility ? 'Yes' : 'No' },
                { key: 'Child lives with them', value: person.livesWith ? 'Yes' : 'No' },
              ]),
          { key: 'Address', value: person.address || 'Not recorded' },
          { key: 'Email', value: person.email ?? 'Not recorded' },
          { key: 'Telephone', value: person.phone ?? 'Not recorded' },
        ]}
      />
    </>
  )
}
