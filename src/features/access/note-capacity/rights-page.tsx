import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { SummaryCard } from '../../../ui/parts/index.ts'
import { type ChildRecord, isYoungPerson, SELF, youngPersonFrom } from '../../children/the-child/index.ts'
import { AHEAD_DAYS, type CapacityNote, type Sharing } from './queries.ts'

const day = (on: string): string => shortDate(date(on))

/** Whose the rights are, from which day and by which law; who sees the record then; what is left to do. */
export function RightsPage({
  child,
  notes,
  sharing,
  today,
  mayChange,
}: {
  readonly child: ChildRecord
  readonly notes: readonly CapacityNote[]
  readonly sharing: readonly Sharing[]
  readonly today: string
  readonly mayChange: boolean
}): JSX.Element {
  const from = youngPersonFrom(child.date_of_birth)
  const isTheirs = isYoungPerson(child.date_of_birth, today)
  const here = `/staff/children/${child.id}`
  const isNow = (one: { readonly toOn: string | null }): boolean => one.toOn === null || one.toOn > today
  const around = child.people.filter((one) => isNow(one) && one.fromOn <= today && !one.restricted)
  const self = around.find((one) => one.relationship === SELF)
  const lacking = notes.find((note) => !note.hasCapacity && isNow(note))
  const losing = around.filter(
    (one) =>
      one.parentalResponsibility &&
      !lacking &&
      !sharing.some((given) => given.contactId === one.contactId && isNow(given)),
  )
  const daysLeft = date(from) - date(today)
  return (
    <>
      <span class="govuk-caption-l">
        {child.name}, born {day(child.date_of_birth)} · {child.reference}
      </span>
      <h1 class="govuk-heading-l">Whose the rights are</h1>
      {isTheirs ? (
        <GovukInsetText>
          Since {day(from)} the rights to ask, to be told, to choose and to appeal are {child.given_name}’s
          own
          {lacking ? ', and are exercised for them: see the note on capacity below' : ''}.
        </GovukInsetText>
      ) : (
        <GovukInsetText>
          The rights pass to {child.given_name} on <strong>{day(from)}</strong>
          {daysLeft <= AHEAD_DAYS ? `, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}: begin now` : ''}.
          Until then whoever has parental responsibility exercises them.
        </GovukInsetText>
      )}
      <p class="govuk-body">
        A young person is somebody over compulsory school age and under 25 (Children and Families Act 2014,
        section 83). Compulsory school age ends on the last Friday in June of the school year in which
        somebody becomes 16 (Education Act 1996, section 8, and the order made under it).
      </p>
      <h2 class="govuk-heading-m">
        {isTheirs ? 'Parents who do not see the record' : 'Who stops seeing the record that day'}
      </h2>
      {losing.length === 0 ? (
        <p class="govuk-body">Nobody, as things stand.</p>
      ) : (
        <>
          <ul class="govuk-list govuk-list--bullet">
            {losing.map((one) => (
              <li key={one.linkId}>{one.name}</li>
            ))}
          </ul>
          <p class="govuk-body">
            {child.given_name} may let them {isTheirs ? 'see it' : 'go on seeing it'}, and may end that on any
            day. A court order that bars somebody still bars them.
          </p>
        </>
      )}
      <h2 class="govuk-heading-m">What the young person needs</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          {self
            ? `${self.name} is recorded as somebody to write to${self.email ? '' : ', with no email yet'}.`
            : `${child.given_name} is not recorded as somebody to write to. `}
          {!self && mayChange && isTheirs && (
            <a class="govuk-link" href={`${here}/people/new`}>
              Add {child.given_name} as a person
            </a>
          )}
          {!self && !isTheirs && 'They can be added from the day the rights pass.'}
        </li>
        {self && mayChange && (
          <li>
            <a class="govuk-link" href={`${here}/people/${self.linkId}/account`}>
              Open an account for {self.name}
            </a>
            , if they have an email of their own and no account yet
          </li>
        )}
        <li>A letter to them, not only to their parents, saying what is theirs to decide from then on.</li>
      </ul>
      <h2 class="govuk-heading-m">Letting a parent see the record</h2>
      {sharing.length === 0 && <p class="govuk-body">Nothing is recorded.</p>}
      {sharing.map((one) => (
        <SummaryCard
          key={one.id}
          title={one.name}
          headingLevel={3}
          actions={
            mayChange && isNow(one) ? [{ text: 'End it', href: `${here}/rights/consent/${one.id}/end` }] : []
          }
          rows={[
            { key: 'From', value: day(one.fromOn) },
            {
              key: 'Until',
              value: one.toOn === null ? 'They end it' : `${day(one.toOn)}${isNow(one) ? '' : ' (over)'}`,
            },
            { key: 'How', value: one.how },
          ]}
        />
      ))}
      {mayChange && isTheirs && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${here}/rights/consent`}>
            Record that {child.given_name} lets a parent see it
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">Capacity to decide about the plan</h2>
      <p class="govuk-body">
        Capacity is taken to be there unless an assessment shows that it is not, for one decision at one time
        (Mental Capacity Act 2005, sections 1 to 3). Where it is lacking, a representative, or a parent where
        there is none, exercises the rights (Children and Families Act 2014, section 80; SEND Regulations
        2014, regulations 63 to 65).
      </p>
      {notes.length === 0 && <p class="govuk-body">No note is recorded.</p>}
      {notes.map((note) => (
        <SummaryCard
          key={note.id}
          title={note.hasCapacity ? 'Has capacity' : 'Lacks capacity'}
          headingLevel={3}
          actions={
            mayChange && isNow(note)
              ? [{ text: 'End the note', href: `${here}/rights/capacity/${note.id}/end` }]
              : []
          }
          rows={[
            { key: 'Assessed', value: `${day(note.assessedOn)}, by ${note.assessedBy}` },
            { key: 'Found', value: note.note },
            { key: 'From', value: `${day(note.fromOn)}, recorded by ${note.recordedBy}` },
            {
              key: 'Until',
              value: note.toOn === null ? 'No end set' : `${day(note.toOn)}${isNow(note) ? '' : ' (over)'}`,
            },
          ]}
        />
      ))}
      {mayChange && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${here}/rights/capacity`}>
            Record a note on capacity
          </a>
        </p>
      )}
    </>
  )
}
