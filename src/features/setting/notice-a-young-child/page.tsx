import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, FormPage, SortableTable, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { SetText } from '../the-setting/index.ts'
import type { Notice } from './queries.ts'

const DUTY =
  'When a health body thinks that a child under compulsory school age has, or probably has, special educational needs or a disability, it must tell the parent, let them discuss it, and then tell the council. If it thinks that a voluntary organisation can help, it must tell the parent of that too (Children and Families Act 2014, section 23).'

export function TellPage(props: {
  readonly base: string
  readonly localities: readonly { readonly id: string; readonly name: string }[]
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { form } = props
  return (
    <FormPage
      title="Tell the council of a young child"
      errors={form.errors}
      errorTargets={{ bornOn: 'bornOn-day', toldOn: 'toldOn-day', discussedOn: 'discussedOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      button="Tell the council"
      cancel={{ text: 'Cancel', href: props.base }}
      before={<p class="govuk-body">{DUTY}</p>}
    >
      <h2 class="govuk-heading-m">First, the parent</h2>
      <TextField form={form} name="parentName" label="Parent’s name" />
      <TextField form={form} name="parentContact" label="How to reach them (optional)" />
      <DateField
        form={form}
        name="toldOn"
        label="When was the parent told of this opinion, and that the council must know?"
      />
      <ChoiceField
        form={form}
        name="discussed"
        label="Could they discuss it with an officer of the health body?"
        options={[
          { value: 'discussed', text: 'They discussed it' },
          { value: 'offered', text: 'They were offered it, and did not want to' },
        ]}
      />
      <DateField form={form} name="discussedOn" label="When was that?" />
      <LongTextField
        form={form}
        name="organisations"
        label="Voluntary organisations the parent was told of"
        max={1000}
        rows={3}
      />
      <TextField form={form} name="noOrganisation" label="If none: why none is likely to help" />
      <h2 class="govuk-heading-m">The child</h2>
      <TextField form={form} name="givenName" label="Given name" />
      <TextField form={form} name="familyName" label="Family name" />
      <DateField form={form} name="bornOn" label="Date of birth" />
      <TextField form={form} name="address" label="Address (optional)" />
      <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
      <SelectField
        form={form}
        name="locality"
        label="Locality the child lives in"
        empty="Choose"
        options={props.localities.map((one) => ({ value: one.id, text: one.name }))}
      />
      <h2 class="govuk-heading-m">The opinion</h2>
      <TextField form={form} name="body" label="Health body" hint="The trust or board whose opinion it is" />
      <LongTextField form={form} name="opinion" label="What it thinks, and what shows it" max={4000} />
    </FormPage>
  )
}

export function NoticesPage(props: {
  readonly base: string
  readonly notices: readonly Notice[]
  readonly mayTell: boolean
}): JSX.Element {
  const { notices, base } = props
  const waiting = notices.filter((one) => one.followed_up_on === null).length
  return (
    <>
      <h1 class="govuk-heading-l">Young children told of</h1>
      <p class="govuk-body">
        Notices of health bodies about children under compulsory school age (section 23).
      </p>
      {props.mayTell ? (
        <GovukButton text="Tell of a young child" href={`${base}/new`} classes="govuk-button--secondary" />
      ) : null}
      {notices.length === 0 ? (
        <EmptyState title="No young child has been told of">
          A notice appears here when a health body tells the council of a young child.
        </EmptyState>
      ) : (
        <SortableTable<Notice>
          id="notices"
          caption={`${waiting} to follow up`}
          rows={notices}
          onPhone="cards"
          columns={[
            {
              key: 'child',
              heading: 'Child',
              namesRow: true,
              cell: (row) => (
                <a class="govuk-link" href={`${base}/${row.id}`}>
                  {row.given_name} {row.family_name}
                </a>
              ),
            },
            { key: 'born', heading: 'Born', cell: (row) => dayInWords(row.date_of_birth) },
            { key: 'body', heading: 'Health body', cell: (row) => row.body },
            { key: 'where', heading: 'Locality', cell: (row) => row.locality_name },
            { key: 'told', heading: 'Council told', cell: (row) => dayInWords(row.recorded_on) },
            {
              key: 'state',
              heading: 'Followed up',
              cell: (row) =>
                row.followed_up_on ? dayInWords(row.followed_up_on) : <Tag colour="yellow">Not yet</Tag>,
            },
          ]}
        />
      )}
    </>
  )
}

export function NoticePage(props: {
  readonly notice: Notice
  readonly form: TypedForm
  readonly mayFollow: boolean
  readonly csrfToken: string
}): JSX.Element {
  const { notice, form } = props
  const card = (
    <SummaryCard
      title="The notice"
      rows={[
        { key: 'Born', value: dayInWords(notice.date_of_birth) },
        {
          key: 'Lives',
          value: [notice.address, notice.postcode, notice.locality_name].filter(Boolean).join(', '),
        },
        { key: 'Parent', value: [notice.parent_name, notice.parent_contact].filter(Boolean).join(', ') },
        { key: 'Opinion of', value: notice.body },
        { key: 'Opinion', value: <SetText text={notice.opinion} /> },
        { key: 'Parent told', value: dayInWords(notice.told_parent_on) },
        {
          key: notice.discussed === 'discussed' ? 'Discussed' : 'Offered a talk',
          value: dayInWords(notice.discussed_on),
        },
        {
          key: 'Organisations named',
          value: notice.organisations ?? `None: ${notice.no_organisation_because ?? ''}`,
        },
        {
          key: 'Council told',
          value: [dayInWords(notice.recorded_on), notice.recorded_by].filter(Boolean).join(', by '),
        },
        ...(notice.followed_up
          ? [
              {
                key: 'What was done',
                value: (
                  <>
                    <SetText text={notice.followed_up} />
                    {[dayInWords(notice.followed_up_on!), notice.followed_up_by].filter(Boolean).join(', ')}
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  )
  const title = `${notice.given_name} ${notice.family_name}`
  if (props.mayFollow && (notice.followed_up === null || form.errors.length > 0))
    return (
      <FormPage
        caption="A young child told of"
        title={title}
        errors={form.errors}
        csrfToken={props.csrfToken}
        idempotencyKey={randomUUID()}
        button="Write it down"
        before={card}
      >
        <LongTextField
          form={form}
          name="followedUp"
          label="What was done?"
          hint="Who rang the parent, which service took it up, or whether an assessment is considered: this brings the child to your attention (section 24)"
          max={4000}
        />
      </FormPage>
    )
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">A young child told of</span>
        <h1 class="govuk-heading-l">{title}</h1>
        {card}
      </div>
    </div>
  )
}
