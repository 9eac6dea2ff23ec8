import type { JSX } from 'preact'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { DueInRow, dayInWords, EmptyState, FormPage, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { decisionAfter } from '../../family/ask-for-an-assessment/index.ts'
import type { EvidencePart, PupilRecord } from '../support-a-pupil/index.ts'
import { Expander, SetText } from '../the-setting/index.ts'

/** As what a setting asks: schools and post-16 institutions have the right (s.36(1)); others bring a child to attention (s.24). */
export const ASKED_AS = {
  school: 'A school',
  'post-16': 'A college or other post-16 institution',
  'early-years': 'A nursery or other early years provider',
} as const

export interface SentRequest {
  readonly id: string
  readonly reference: string
  readonly received_on: string
  readonly asker_name: string
  readonly answers: unknown
  readonly state: string
  readonly decided_on: string | null
  readonly decided_why: string | null
  readonly child_id: string | null
}

/** The evidence, folded part by part. */
export function Evidence({ parts }: { readonly parts: readonly EvidencePart[] }): JSX.Element {
  return (
    <>
      {parts.map((part) => (
        <Expander summary={part.heading}>
          <ul class="govuk-list govuk-list--bullet">
            {part.lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Expander>
      ))}
    </>
  )
}

export function AskPage(props: {
  readonly record: PupilRecord
  readonly evidence: readonly EvidencePart[]
  readonly localities: readonly { readonly id: string; readonly name: string }[]
  readonly form: TypedForm
  readonly today: string
  readonly csrfToken: string
  readonly idempotencyKey: string
}): JSX.Element {
  const { record, form } = props
  const { pupil } = record
  return (
    <FormPage
      caption={`${pupil.name}, born ${dayInWords(pupil.dateOfBirth)}`}
      title="Ask for an EHC needs assessment"
      errors={form.errors}
      errorTargets={{ toldOn: 'toldOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={props.idempotencyKey}
      button="Send the request with this evidence"
      cancel={{ text: 'Back to the pupil', href: `/setting/support/${pupil.id}` }}
      before={
        <>
          <p class="govuk-body">
            A school or post-16 institution may ask (Children and Families Act 2014, section 36(1)). A nursery
            brings the child to the council’s attention (section 24). The council has six weeks to decide from
            the day it has this.
          </p>
          <h2 class="govuk-heading-m">What goes with it</h2>
          <p class="govuk-body">
            Everything recorded here about {pupil.givenName}’s SEN support, as it stands when you send it.
            From then on the council, and through it the family, can read it.
          </p>
          <Evidence parts={props.evidence} />
          {record.cycles.length === 0 ? (
            <GovukInsetText text="No round of SEN support is recorded. You may still ask: the law sets no number of rounds. Say below what you have done." />
          ) : null}
        </>
      }
    >
      <ChoiceField
        form={form}
        name="askedAs"
        label={`What is ${pupil.settingName}?`}
        options={Object.entries(ASKED_AS).map(([value, text]) => ({ value, text }))}
      />
      <ChoiceField
        form={form}
        name="sex"
        label="The child’s sex, as in your register"
        inline
        options={[
          { value: 'F', text: 'Female' },
          { value: 'M', text: 'Male' },
          { value: 'not-said', text: 'Not said' },
        ]}
      />
      <TextField form={form} name="addressLine" label="Where the child lives (optional)" />
      <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
      {pupil.childId === null ? (
        <SelectField
          form={form}
          name="locality"
          label="Which locality do they live in? (optional)"
          empty="Not known"
          options={props.localities.map((one) => ({ value: one.id, text: one.name }))}
        />
      ) : null}
      <LongTextField
        form={form}
        name="why"
        label="Why do you ask?"
        hint="What the child may need that you cannot give from what is ordinarily available"
        max={6000}
      />
      <DateField
        form={form}
        name="toldOn"
        label="When did you tell the parents, or the young person, that you are asking?"
        hint="They must know before you send it: the council writes to them about your request"
      />
      <LongTextField
        form={form}
        name="theySay"
        label="What do they say about it? (optional)"
        max={4000}
        rows={3}
      />
      <TextField form={form} name="signedAs" label="Signed by: full name and position" />
    </FormPage>
  )
}

const STATES = {
  waiting: { text: 'With the council', colour: 'blue' },
  accepted: { text: 'Case opened', colour: 'green' },
  'not-for-us': { text: 'Not for this council', colour: 'grey' },
  duplicate: { text: 'Joined to another request', colour: 'grey' },
} as const

const childOf = (request: SentRequest): string => {
  const { givenName, familyName } = request.answers as { givenName?: string; familyName?: string }
  return `${givenName ?? ''} ${familyName ?? ''}`.trim()
}

/** What the setting asked for, newest first, and what the council did with it. */
export function RequestsPage(props: {
  readonly requests: readonly SentRequest[]
  readonly today: string
}): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">Our requests</h1>
      {props.requests.length === 0 ? (
        <EmptyState
          title="You have asked for no assessment here"
          action={{ text: 'Our pupils', href: '/setting/pupils' }}
        >
          Open a pupil on SEN support and choose “Ask for an EHC needs assessment”.
        </EmptyState>
      ) : (
        <SortableTable<SentRequest>
          id="requests"
          caption="Newest first"
          rows={props.requests}
          onPhone="cards"
          columns={[
            { key: 'child', heading: 'Child', namesRow: true, cell: childOf },
            { key: 'reference', heading: 'Reference', cell: (row) => row.reference },
            {
              key: 'sent',
              heading: 'Sent',
              cell: (row) => `${dayInWords(row.received_on)}, by ${row.asker_name}`,
            },
            {
              key: 'state',
              heading: 'Where it is',
              cell: (row) => {
                const state = STATES[row.state as keyof typeof STATES]
                return (
                  <>
                    <Tag colour={state.colour}>{state.text}</Tag>
                    {row.decided_why ? <SetText text={row.decided_why} /> : null}
                  </>
                )
              },
            },
            {
              key: 'due',
              heading: 'Decision due',
              cell: (row) =>
                row.state === 'not-for-us' || row.state === 'duplicate' ? (
                  ''
                ) : row.state === 'accepted' ? (
                  'See the pupil’s page'
                ) : (
                  <DueInRow deadline={decisionAfter(row.received_on, props.today)} />
                ),
            },
          ]}
        />
      )}
    </>
  )
}
