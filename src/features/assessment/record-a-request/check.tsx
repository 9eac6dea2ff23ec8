import type { JSX } from 'preact'
import { date, longDate, shortDate } from '../../../law/index.ts'
import { GovukWarningText } from '../../../ui/govuk/index.ts'
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
import { type CheckView, Dates, Recent, WhatItDoes } from './check-effect.tsx'
import { effectName, factKind, noteWords } from './effect.ts'
import { ASKERS, type RequestGiven, WAYS } from './form.ts'
import { carried } from './questions.tsx'
import { gapsFilled, peopleToAdd } from './write-child.ts'

/** Exactly what will be stored, what it will do, and the dates that follow, before anything is written. */
export function Check(view: CheckView): JSX.Element {
  const { given, effect, typed } = view
  const held = 'held' in effect ? effect.held : undefined
  return (
    <FormPage
      title="Check the request before recording it"
      caption={held ? `${held.name}, ${held.reference}` : `${given.givenName} ${given.familyName}`}
      errors={view.errors}
      action={view.action}
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

function caseRows({ given, effect, localityName, coordinatorName }: CheckView): readonly SummaryRow[] {
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
    ...(factKind(effect, given.askedBy) === 'request_received'
      ? [
          {
            key: 'Messages',
            value:
              'An email or a text to each of the family who may be told and has an address for one: the request is here, and by when you decide. It names no child',
          },
        ]
      : []),
  ]
}
