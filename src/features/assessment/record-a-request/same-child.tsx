import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { ChoiceField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukWarningText, html } from '../../../ui/govuk/index.ts'
import { FormPage, SummaryCard } from '../../../ui/parts/index.ts'
import type { Candidate } from '../../children/the-child/index.ts'
import { nhsNumberInWords } from '../../children/the-child/index.ts'
import { carried } from './questions.tsx'
import { sameNumberWords } from './which-child.ts'

export interface SameChildView {
  readonly form: TypedForm
  readonly typed: Readonly<Record<string, string>>
  readonly candidates: readonly Candidate[]
  readonly csrfToken: string
  readonly idempotencyKey: string
  readonly action: string
}

/** Asks whether a child on record is the one the request is about. Everything typed is carried along. */
export function SameChild({
  form,
  typed,
  candidates,
  csrfToken,
  idempotencyKey,
  action,
}: SameChildView): JSX.Element {
  const name = `${typed['givenName'] ?? ''} ${typed['familyName'] ?? ''}`.trim()
  const alike = candidates.filter((candidate) => candidate.likeness !== 'sibling')
  const siblings = candidates.filter((candidate) => candidate.likeness === 'sibling')
  const clash = alike.find((candidate) => candidate.numberClash)
  const born = [typed['bornOn-day'], typed['bornOn-month'], typed['bornOn-year']].join('/')
  return (
    <FormPage
      title="Is this child already on record?"
      caption={`${name}, born ${born}`}
      errors={form.errors}
      action={action}
      csrfToken={csrfToken}
      idempotencyKey={idempotencyKey}
      hidden={{
        ...carried(typed, ['sameAs', 'differentBecause', 'considered', 'effect']),
        considered: alike.map((candidate) => candidate.id).join(','),
        go: 'same-child',
      }}
      button="Continue"
      secondButton={{ text: 'Change what I typed', name: 'go', value: 'change' }}
      before={
        <p class="govuk-body">
          One child must have one record. Nothing has been recorded yet, and nothing you typed is lost.
        </p>
      }
    >
      {clash && <GovukWarningText text={sameNumberWords(clash.name)} iconFallbackText="Warning" />}
      {alike.map((candidate) => (
        <CandidateCard key={candidate.id} candidate={candidate} />
      ))}
      {siblings.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Others at this address</h2>
          <p class="govuk-body">
            Probably brothers or sisters, shown so that you know the household is known.
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {siblings.map((sibling) => (
              <li key={sibling.id}>
                <a class="govuk-link" href={`/staff/children/${sibling.id}`} target="_blank" rel="noopener">
                  {sibling.name} (opens in a new tab)
                </a>
                , born {shortDate(date(sibling.bornOn))}, {sibling.reference}
              </li>
            ))}
          </ul>
        </>
      )}
      <ChoiceField
        form={form}
        name="sameAs"
        label={`Is ${name} one of these children?`}
        options={[
          ...alike.map((candidate) => ({
            value: candidate.id,
            text: `Yes, the same child as ${candidate.name}, born ${shortDate(date(candidate.bornOn))}`,
            hint: candidate.reference,
          })),
          {
            value: 'different',
            text: 'No, a different child',
            more: html(
              <TextField
                form={form}
                name="differentBecause"
                label="How do you know?"
                hint="For example, twins; or the school says they have two pupils of this name"
              />,
            ),
          },
        ]}
      />
    </FormPage>
  )
}

function CandidateCard({ candidate }: { readonly candidate: Candidate }): JSX.Element {
  return (
    <SummaryCard
      title={candidate.name}
      rows={[
        {
          key: 'Why it may be',
          value: (
            <ul class="govuk-list govuk-!-margin-bottom-0">
              {candidate.because.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          ),
        },
        {
          key: 'Record',
          value: (
            <a class="govuk-link" href={`/staff/children/${candidate.id}`} target="_blank" rel="noopener">
              {candidate.reference} (opens in a new tab)
            </a>
          ),
        },
        { key: 'Born', value: shortDate(date(candidate.bornOn)) },
        { key: 'Address', value: candidate.address || 'Not recorded' },
        { key: 'School or college', value: candidate.settingName ?? 'None recorded' },
        { key: 'UPN', value: candidate.upn ?? 'Not recorded' },
        {
          key: 'NHS number',
          value: candidate.nhsNumber === null ? 'Not recorded' : nhsNumberInWords(candidate.nhsNumber),
        },
      ]}
    />
  )
}
