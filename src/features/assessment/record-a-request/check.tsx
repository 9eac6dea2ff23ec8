import type { JSX } from 'preact'
import { type Deadline, date, explain, longDate, shortDate, weekday } from '../../../law/index.ts'
import type { FieldMessage } from '../../../ui/fields/index.ts'
import { GovukDetails, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { FormPage, type SummaryRow, SummaryRows } from '../../../ui/parts/index.ts'
import {
  type Candidate,
  ethnicityWords,
  type FoundSetting,
  isTemporaryUpn,
  nhsNumberInWords,
  relationshipWords,
  sexWords,
} from '../../children/the-child/index.ts'
import { gapsFilled, peopleToAdd } from './command.ts'
import { datesThatFollow, type Effect, effectName, noteWords, recentAssessment } from './effect.ts'
import { ASKERS, mayAsk, type RequestGiven, WAYS } from './form.ts'
import { carried } from './questions.tsx'

export interface CheckView {
  readonly given: RequestGiven
  readonly typed: Readonly<Record<string, string>>
  readonly effect: Effect
  readonly setting: FoundSetting | undefined
  readonly localityName: string | null
  readonly coordinatorName: string | null
  readonly differentBecause: string | null
  /** Others of the household on record. */
  readonly siblings: readonly Candidate[]
  readonly today: string
  readonly errors: readonly FieldMessage[]
  readonly csrfToken: string
  readonly idempotencyKey: string
}

/** Exactly what will be stored, what it will do, and the dates that follow, before anything is written. */
export function Check(view: CheckView): JSX.Element {
  const { given, effect, typed } = view
  const held = 'held' in effect ? effect.held : undefined
  return (
    <FormPage
      title="Check the request before recording it"
      caption={held ? `${held.name}, ${held.reference}` : `${given.givenName} ${given.familyName}`}
      errors={view.errors}
      action="/staff/requests/new"
      csrfToken={view.csrfToken}
      idempotencyKey={view.idempotencyKey}
      hidden={{ ...carried(typed, ['effect']), effect: effectName(effect), go: 'record' }}
      button="Record the request"
      secondButton={{ text: 'Change the answers', name: 'go', value: 'change' }}
    >
      <WhatItDoes view={view} />
      <Dates view={view} />
      <Recent view={view} />
      <Group title="The request">{requestRows(view)}</Group>
      {held ? (
        <ExistingChild view={view} />
      ) : (
        <Group title="The child: a new record">{childRows(view)}</Group>
      )}
      <People view={view} />
      <Siblings siblings={view.siblings} />
      {(effect.kind === 'new-child' || effect.kind === 'new-assessment') && (
        <Group title="Who will deal with it">{caseRows(view)}</Group>
      )}
    </FormPage>
  )
}

function Group({
  title,
  children,
}: {
  readonly title: string
  readonly children: readonly SummaryRow[]
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <SummaryRows rows={children} />
    </>
  )
}

function WhatItDoes({ view }: { readonly view: CheckView }): JSX.Element {
  const { effect, given } = view
  const told = mayAsk(given.askedBy)
    ? ''
    : ` ${ASKERS[given.askedBy]} may bring a child to the council’s attention but is not among those who may make a request. The same clocks start (sections 24 and 36(1)).`
  switch (effect.kind) {
    case 'new-child':
      return (
        <GovukInsetText>
          A record is made for {given.givenName} {given.familyName}, and an assessment is opened.{told}
        </GovukInsetText>
      )
    case 'new-assessment':
      return (
        <GovukInsetText>
          An assessment is opened for {effect.held.name}, who is already on record ({effect.held.reference}).
          {told}
        </GovukInsetText>
      )
    case 'joins': {
      const opened = effect.held.openAssessment?.openedOn ?? given.receivedOn
      return (
        <GovukInsetText>
          {effect.held.name} has an open assessment, {effect.reference}, received {shortDate(date(opened))}.
          This request joins it: the earliest request starts the clock.
          {given.receivedOn < opened
            ? ' This one came first, so the dates now run from it.'
            : ' The dates do not change.'}{' '}
          The law is silent on two requests (reading U-21).{told}
        </GovukInsetText>
      )
    }
    case 're-assessment':
      return (
        <GovukInsetText>
          {effect.held.name} has a plan in force, {effect.reference}. This is a request to re-assess, recorded
          on the plan: the council must say whether it will re-assess within 15 days of receiving it (Children
          and Families Act 2014, section 44(2); SEND Regulations 2014, regulation 25).
          {given.askedBy === 'health' &&
            ' Only the responsible commissioning body may ask for health, and then the council must re-assess (regulation 23): check that this is who asked.'}
        </GovukInsetText>
      )
    case 'note-on-plan':
      return (
        <GovukInsetText>
          {effect.held.name} has a plan in force, {effect.reference}. {ASKERS[given.askedBy]} may not ask for
          a re-assessment (section 44(2)), so no clock starts. It is kept as a note on the plan, for the
          council to consider whether to review it or re-assess of its own accord (section 44(3)).
        </GovukInsetText>
      )
  }
}

/** "Monday 17 February 2025", and in words how it stands today. */
const standing = (deadline: Deadline): string => {
  if (deadline.daysLate !== null)
    return `already ${deadline.daysLate} ${deadline.daysLate === 1 ? 'day' : 'days'} late: record it and act now`
  if (deadline.daysLeft === null) return ''
  return deadline.daysLeft === 0
    ? 'today'
    : `${deadline.daysLeft} ${deadline.daysLeft === 1 ? 'day' : 'days'} left`
}

const DUE_WORDS: Readonly<Record<string, string>> = {
  'decision-to-assess': 'Decision whether to assess due by',
  'decision-not-to-issue': 'If there is to be no plan, the family must be told by',
  'final-plan': 'Final plan due by',
  'reassessment-decision': 'Answer to the family due by',
}

function Dates({ view }: { readonly view: CheckView }): JSX.Element | null {
  const { effect, given, today } = view
  const deadlines = datesThatFollow(effect, given, today).filter((deadline) => deadline.dueOn !== null)
  if (deadlines.length === 0) return null
  const day = weekday(date(given.receivedOn))
  return (
    <>
      <h2 class="govuk-heading-m">The dates that follow</h2>
      {day >= 5 && effect.kind !== 'joins' && (
        <p class="govuk-body">
          It was received on a {day === 5 ? 'Saturday' : 'Sunday'}: the day it reached the council is the day
          that counts (reading U-7).
        </p>
      )}
      {deadlines.map((deadline) => (
        <div key={deadline.rule}>
          <p class="govuk-body govuk-!-margin-bottom-1">
            {DUE_WORDS[deadline.rule] ?? deadline.title} <strong>{longDate(deadline.dueOn!)}</strong>
            {standing(deadline) && <>, {standing(deadline)}</>}.
          </p>
          <GovukDetails summaryText={`Why ${shortDate(deadline.dueOn!)}?`}>
            <ul class="govuk-list govuk-list--bullet">
              {explain(deadline, 'staff').map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </GovukDetails>
        </div>
      ))}
    </>
  )
}

function Recent({ view }: { readonly view: CheckView }): JSX.Element | null {
  const recent = recentAssessment(view.effect, view.given, view.today)
  if (!recent) return null
  const isPlan = view.effect.kind !== 'new-assessment'
  return (
    <GovukInsetText>
      There was an assessment that ended on {shortDate(date(recent.assessedOn))}, so until{' '}
      {shortDate(date(recent.until))} the council{' '}
      {isPlan
        ? 'may refuse to re-assess because it assessed in the last six months (SEND Regulations 2014, regulation 24)'
        : 'has no duty to assess again, because it assessed in the last six months (Children and Families Act 2014, section 36(6)(b))'}
      . It may still choose to. The request is recorded and must be answered either way.
    </GovukInsetText>
  )
}

/** What was typed in several paragraphs, as several paragraphs. */
function Paragraphs({ words }: { readonly words: string }): JSX.Element {
  return (
    <>
      {words.split(/\n+/).map((line) => (
        <p key={line} class="govuk-body">
          {line}
        </p>
      ))}
    </>
  )
}

function requestRows({ given, effect, today }: CheckView): readonly SummaryRow[] {
  return [
    { key: 'Received', value: longDate(date(given.receivedOn)) },
    { key: 'Keyed', value: longDate(date(today)) },
    { key: 'How it arrived', value: WAYS[given.arrivedBy] },
    { key: 'Who asked', value: [ASKERS[given.askedBy], given.askerName].filter(Boolean).join(': ') },
    effect.kind === 'note-on-plan'
      ? { key: 'Note', value: <Paragraphs words={noteWords(given)} /> }
      : { key: 'What they said', value: <Paragraphs words={given.theySaid ?? 'Not recorded'} /> },
  ]
}

function childRows({ given, setting, differentBecause }: CheckView): readonly SummaryRow[] {
  return [
    { key: 'Given name', value: given.givenName },
    { key: 'Family name', value: given.familyName },
    ...(given.knownAs ? [{ key: 'Known as', value: given.knownAs }] : []),
    { key: 'Date of birth', value: shortDate(date(given.bornOn)) },
    { key: 'Sex', value: sexWords(given.sex) },
    {
      key: 'UPN',
      value:
        given.upn === null
          ? 'Not recorded'
          : `${given.upn}${isTemporaryUpn(given.upn) ? ' (temporary: replace it when the permanent one is known)' : ''}`,
    },
    ...(given.formerUpn ? [{ key: 'Former UPN', value: given.formerUpn }] : []),
    {
      key: 'NHS number',
      value: given.nhsNumber === null ? 'Not recorded' : nhsNumberInWords(given.nhsNumber),
    },
    { key: 'Ethnicity', value: ethnicityWords(given.ethnicity) },
    { key: 'First language', value: given.firstLanguage ?? 'English' },
    { key: 'Interpreter', value: given.interpreter ?? 'Not needed' },
    {
      key: 'Address',
      value: [given.addressLine, given.town, given.postcode].filter(Boolean).join(', ') || 'Not recorded',
    },
    { key: 'School, college or nursery', value: settingWords(given, setting) },
    ...(differentBecause
      ? [{ key: 'Not the child already on record, because', value: differentBecause }]
      : []),
  ]
}

const settingWords = (given: RequestGiven, setting: FoundSetting | undefined): string =>
  setting
    ? [setting.name, setting.place, `URN ${setting.urn}`].filter(Boolean).join(', ')
    : given.settingKind === 'not-in-setting'
      ? 'Not in a setting'
      : 'Not known yet'

function ExistingChild({ view }: { readonly view: CheckView }): JSX.Element | null {
  const { effect, given } = view
  if (!('held' in effect)) return null
  const gaps = gapsFilled(given, effect.held)
  return (
    <>
      <h2 class="govuk-heading-m">The child: already on record</h2>
      <p class="govuk-body">
        {effect.held.name}, born {shortDate(date(effect.held.bornOn))}, {effect.held.reference}. The record
        stays as it is
        {gaps.length > 0
          ? ', but for what it lacked:'
          : '. If something on it is out of date, change it on the child’s page afterwards.'}
      </p>
      {gaps.length > 0 && (
        <SummaryRows rows={gaps.map((gap) => ({ key: `${gap.field} added`, value: gap.to }))} />
      )}
    </>
  )
}

function People({ view }: { readonly view: CheckView }): JSX.Element {
  const { given, effect, today } = view
  const held = 'held' in effect ? effect.held : undefined
  const people = peopleToAdd(given, held, today)
  return (
    <>
      <h2 class="govuk-heading-m">People</h2>
      {held !== undefined && held.contacts.length > 0 && (
        <p class="govuk-body">
          Already on record: {held.contacts.map((contact) => contact.name).join(', ')}.
        </p>
      )}
      {people.length === 0 && (held?.contacts.length ?? 0) === 0 && (
        <GovukWarningText
          text="Nobody is recorded to write to. The family must be consulted and told: find out who they are."
          iconFallbackText="Warning"
        />
      )}
      {people.length > 0 && (
        <SummaryRows
          rows={people.map((person) => ({
            key: person.name,
            value: (
              <>
                {relationshipWords(person.relationship)}
                {person.parentalResponsibility && ', has parental responsibility'}
                {person.livesWith ? ', lives with the child' : ''}
                {person.restricted && (
                  <>
                    <br />
                    <strong>Nothing may be sent to them:</strong> {person.restrictionNote}
                  </>
                )}
                {[person.addressLine, person.postcode, person.email, person.phone]
                  .filter(Boolean)
                  .map((line) => (
                    <>
                      <br />
                      {line}
                    </>
                  ))}
              </>
            ),
          }))}
        />
      )}
    </>
  )
}

function Siblings({ siblings }: { readonly siblings: readonly Candidate[] }): JSX.Element | null {
  if (siblings.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Others on record at this address</h2>
      <ul class="govuk-list govuk-list--bullet">
        {siblings.map((sibling) => (
          <li key={sibling.id}>
            {sibling.name}, born {shortDate(date(sibling.bornOn))}, {sibling.reference}
          </li>
        ))}
      </ul>
    </>
  )
}

function caseRows({ given, localityName, coordinatorName }: CheckView): readonly SummaryRow[] {
  return [
    { key: 'Locality', value: localityName ?? 'Not known yet' },
    { key: 'Plan coordinator', value: coordinatorName ?? 'Nobody yet' },
    {
      key: 'Letters',
      value:
        given.tellThem === 'now'
          ? 'Sent today: to those with parental responsibility who may be written to (or the young person), health, social care and the school'
          : 'None yet',
    },
  ]
}
