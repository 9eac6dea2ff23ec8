import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { differenceBetween, type PlanPart, VERSION_KINDS } from '../../../record/plan/index.ts'
import { freshForm, LongTextField, SelectField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, ErrorSummary, HiddenFields, SortableTable } from '../../../ui/parts/index.ts'
import { PlanPaperLinks } from '../print-the-plan/index.ts'
import { ShowPlan } from '../read-the-plan/index.ts'
import type { Plan, PlanTemplate, PlanVersion, VersionHead } from '../the-plan/index.ts'
import { PlanDifference } from './difference.tsx'

export const versionsAddress = (planId: string): string => `/staff/plans/${planId}/versions`
export const compareAddress = (planId: string, from: string, to: string): string =>
  `/staff/plans/${planId}/compare?from=${from}&to=${to}`
/** The words as they stand, among the versions to compare. */
export const NOW = 'now'

/** "Draft, version 2, sent on 9 May 2025": how a version is told from the others. */
export const versionInWords = (version: VersionHead): string =>
  `${VERSION_KINDS[version.kind]}, version ${version.number}, ${
    version.sentOn ? `sent on ${dayInWords(version.sentOn)}` : `kept on ${dayInWords(version.frozenOn)}`
  }`

export function VersionsPage(props: {
  readonly plan: Plan
  readonly versions: readonly VersionHead[]
  readonly form: TypedForm
  readonly mayKeep: boolean
  readonly csrfToken: string
}): JSX.Element {
  const { plan, versions, form } = props
  return (
    <>
      <ErrorSummary errors={form.errors} targets={{}} />
      <span class="govuk-caption-l">
        {plan.child.name} · {plan.reference}
      </span>
      <h1 class="govuk-heading-l">Versions of the plan</h1>
      <p class="govuk-body">
        Each version is kept as it stood and is never changed. A working copy goes to nobody: it is kept to
        compare with.
      </p>
      {versions.length === 0 ? (
        <EmptyState title="No version has been kept yet">
          One is kept whenever a draft or a final plan is sent, and whenever somebody keeps a working copy.
        </EmptyState>
      ) : (
        <SortableTable<VersionHead>
          id="versions"
          caption={`${versions.length} kept, newest first`}
          onPhone="cards"
          rows={versions}
          columns={[
            {
              key: 'version',
              heading: 'Version',
              namesRow: true,
              cell: (row) => (
                <a class="govuk-link" href={`/staff/plan-versions/${row.id}`}>
                  {row.number}. {VERSION_KINDS[row.kind]}
                </a>
              ),
            },
            { key: 'kept', heading: 'Kept', cell: (row) => dayInWords(row.frozenOn) },
            { key: 'by', heading: 'By', cell: (row) => row.frozenBy },
            {
              key: 'sent',
              heading: 'Sent',
              cell: (row) => (row.sentOn ? dayInWords(row.sentOn) : 'To nobody'),
            },
            { key: 'note', heading: 'Note', cell: (row) => <span dir="auto">{row.note ?? ''}</span> },
            {
              key: 'compare',
              heading: 'Since then',
              cell: (row) => (
                <a class="govuk-link" href={compareAddress(plan.id, row.id, NOW)}>
                  What has changed<span class="govuk-visually-hidden"> since version {row.number}</span>
                </a>
              ),
            },
          ]}
        />
      )}
      {versions.length > 0 ? <CompareForm plan={plan} versions={versions} from="" to={NOW} /> : null}
      {props.mayKeep ? (
        <>
          <h2 class="govuk-heading-m">Keep a working copy</h2>
          <form method="post" novalidate>
            <HiddenFields csrfToken={props.csrfToken} idempotencyKey={randomUUID()} />
            <LongTextField
              form={form}
              name="note"
              label="What is this copy for?"
              hint="For example: before the meeting with the family on 3 June"
              max={500}
              rows={2}
            />
            <GovukButton text="Keep a copy" classes="govuk-button--secondary" preventDoubleClick />
          </form>
        </>
      ) : null}
    </>
  )
}

function CompareForm(props: {
  readonly plan: Plan
  readonly versions: readonly VersionHead[]
  readonly from: string
  readonly to: string
}): JSX.Element {
  const { plan, versions } = props
  const form = freshForm({ from: props.from || (versions[0]?.id ?? ''), to: props.to })
  const options = [
    { value: NOW, text: 'The words as they stand now' },
    ...versions.map((version) => ({ value: version.id, text: versionInWords(version) })),
  ]
  return (
    <form method="get" action={`/staff/plans/${plan.id}/compare`}>
      <h2 class="govuk-heading-m">Compare any two</h2>
      <SelectField form={form} name="from" label="What changed between" options={options} />
      <SelectField form={form} name="to" label="and" options={options} />
      <GovukButton text="Compare" classes="govuk-button--secondary" />
    </form>
  )
}

/** One side of a comparison. */
export interface Side {
  readonly title: string
  readonly parts: readonly (PlanPart & { readonly number?: number })[]
}

export function ComparePage(props: {
  readonly plan: Plan
  readonly versions: readonly VersionHead[]
  readonly template: PlanTemplate
  readonly from: Side & { readonly value: string }
  readonly to: Side & { readonly value: string }
}): JSX.Element {
  const { plan, from, to, template } = props
  const numbers = new Map(
    [...from.parts, ...to.parts].flatMap((part) =>
      part.number ? [[part.partId, part.number] as const] : [],
    ),
  )
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">
          {plan.child.name} · {plan.reference}
        </span>
        <h1 class="govuk-heading-l">What changed in the plan</h1>
        <p class="govuk-body">
          From: <strong>{from.title}</strong>
          <br />
          To: <strong>{to.title}</strong>
        </p>
        <PlanDifference
          difference={differenceBetween(from.parts, to.parts)}
          heading={(section) =>
            template.sections.find((one) => one.id === section)?.heading ?? `Section ${section}`
          }
          number={(partId) => numbers.get(partId)}
        />
        <CompareForm plan={plan} versions={props.versions} from={from.value} to={to.value} />
      </div>
    </div>
  )
}

export function VersionPage(props: {
  readonly version: PlanVersion
  readonly template: PlanTemplate
  readonly versions: readonly VersionHead[]
}): JSX.Element {
  const { version, versions } = props
  const before = versions.find((one) => one.planId === version.planId && one.number === version.number - 1)
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{version.childName}</span>
        <h1 class="govuk-heading-l">{versionInWords(version)}</h1>
        <GovukInsetText>
          {version.sentOn
            ? `Kept as it was sent, by ${version.frozenBy}.`
            : `A working copy kept by ${version.frozenBy}. It was sent to nobody.`}
          {version.note ? ` ${version.note}` : ''}
        </GovukInsetText>
        <ul class="govuk-list">
          {before ? (
            <li>
              <a class="govuk-link" href={compareAddress(version.planId, before.id, version.id)}>
                What changed since version {before.number}
              </a>
            </li>
          ) : null}
          <li>
            <a class="govuk-link" href={compareAddress(version.planId, version.id, NOW)}>
              What has changed since
            </a>
          </li>
        </ul>
        <PlanPaperLinks door="staff" versionId={version.id} />
        <ShowPlan version={version} template={props.template} />
        <p class="govuk-body-s app-break">Fingerprint of this version: {version.sha256}</p>
      </div>
    </div>
  )
}
