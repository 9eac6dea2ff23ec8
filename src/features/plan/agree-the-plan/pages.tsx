import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import type { PlanPart } from '../../../record/plan/index.ts'
import { DateField, LongTextField, TextField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields, Tag } from '../../../ui/parts/index.ts'
import { ShowPlan } from '../read-the-plan/index.ts'
import type { Plan, PlanTemplate } from '../the-plan/index.ts'
import {
  AGREEMENT_KINDS,
  AGREEMENTS,
  type Agreement,
  agreedHash,
  type Change,
  type SignOff,
  standing,
} from './queries.ts'

export const agreeAddress = (planId: string): string => `/staff/plans/${planId}/agree`
export const agreeByAddress = (planId: string, kind: Agreement): string => `${agreeAddress(planId)}/${kind}`

/** How an agreement stands: whose it is, or which change ended it. */
export function Standing({
  signOffs,
  kind,
}: {
  readonly signOffs: readonly SignOff[]
  readonly kind: Agreement
}): JSX.Element {
  const found = standing(signOffs, kind)
  const last = signOffs.find((one) => one.kind === kind)
  if (found)
    return (
      <>
        <p class="govuk-body">
          <Tag colour="green">Agreed</Tag> {byWhom(found)}
        </p>
        {found.words ? (
          <p class="govuk-body app-advice__words" dir="auto">
            {found.words}
          </p>
        ) : null}
      </>
    )
  if (!last)
    return (
      <p class="govuk-body">
        <Tag colour="grey">Not yet</Tag> {AGREEMENTS[kind].who}.
      </p>
    )
  return (
    <>
      <p class="govuk-body">
        <Tag colour="orange">Lapsed</Tag> {byWhom(last)} The words were changed after that:
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {last.lapsedBy.map((change) => (
          <li>{changeInWords(change)}</li>
        ))}
        {last.lapsedBy.length === 0 ? <li>the order of the paragraphs</li> : null}
      </ul>
    </>
  )
}

const byWhom = (one: SignOff): string =>
  one.givenBy
    ? `By ${one.givenBy} on ${dayInWords(one.givenOn!)}, on paper. Recorded by ${one.signedBy} on ${dayInWords(one.signedOn)}.`
    : `By ${one.signedBy} on ${dayInWords(one.signedOn)}.`
const changeInWords = ({ section, words, removed, by }: Change): string =>
  `section ${section}${words ? `, “${words.trim()}${words.length === 60 ? '…' : ''}”` : ''}, ${removed ? 'taken away' : 'saved'} by ${by}`

export function AgreementsPage(props: {
  readonly plan: Plan
  readonly signOffs: readonly SignOff[]
  readonly mayAgree: boolean
  readonly mayRecord: boolean
}): JSX.Element {
  const { plan, signOffs } = props
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">
          {plan.child.name} · {plan.reference}
        </span>
        <h1 class="govuk-heading-l">Who has agreed the plan</h1>
        <p class="govuk-body">
          Agreement is to the words as they stood. If they change it lapses, and is asked for again. Whoever
          is to agree does it on this page, or at their own door when they were{' '}
          <a class="govuk-link" href={`/staff/plans/${plan.id}/people`}>
            let in to write
          </a>
          : tell them that it is ready.
        </p>
        {AGREEMENT_KINDS.map((kind) => {
          const may = kind === 'manager' ? props.mayAgree : props.mayRecord
          return (
            <section>
              <h2 class="govuk-heading-m">{AGREEMENTS[kind].title}</h2>
              <Standing signOffs={signOffs} kind={kind} />
              <p class="govuk-hint">{AGREEMENTS[kind].law}.</p>
              {may && !standing(signOffs, kind) ? (
                <p class="govuk-body">
                  <a class="govuk-link" href={agreeByAddress(plan.id, kind)}>
                    {kind === 'manager'
                      ? 'Read the plan and agree it'
                      : `Record agreement ${kind === 'health' ? 'by health' : 'by social care'} given on paper`}
                  </a>
                </p>
              ) : null}
            </section>
          )
        })}
      </div>
    </div>
  )
}

interface AgreeFormProps {
  readonly plan: Plan
  readonly parts: readonly PlanPart[]
  readonly template: PlanTemplate
  readonly kind: Agreement
  readonly signOffs: readonly SignOff[]
  readonly form: TypedForm
  readonly csrfToken: string
  /** The office records what somebody agreed on paper. */
  readonly onPaper: boolean
  readonly before?: ComponentChildren
}

/** The words to be agreed, then the agreement to exactly those. */
export function AgreeForm(props: AgreeFormProps): JSX.Element {
  const { plan, parts, template, kind, form, onPaper } = props
  const sections: readonly string[] = AGREEMENTS[kind].sections
  const own = parts.filter((part) => sections.includes(part.section))
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{ givenOn: 'givenOn-day' }} />
        <span class="govuk-caption-l">
          {plan.child.name} · {plan.reference}
        </span>
        <h1 class="govuk-heading-l">{AGREEMENTS[kind].title}</h1>
        {props.before}
        {kind === 'manager' ? (
          <p class="govuk-body">
            Look first at{' '}
            <a class="govuk-link" href={`/staff/plans/${plan.id}/check`}>
              the checks of this plan
            </a>
            , and at{' '}
            <a class="govuk-link" href={`/staff/plans/${plan.id}/marks`}>
              the marks on its words
            </a>
            , with the reasons given for leaving them.
          </p>
        ) : null}
        {standing(props.signOffs, kind) ? <Standing signOffs={props.signOffs} kind={kind} /> : null}
        {own.length === 0 ? (
          <GovukInsetText text="Nothing is written in these sections yet." />
        ) : (
          <ShowPlan
            version={asRead(plan, parts, sections)}
            template={template}
            onlyFilled={kind !== 'manager'}
            contents={kind === 'manager'}
          />
        )}
        {own.length > 0 && !standing(props.signOffs, kind) ? (
          <form method="post" novalidate>
            <HiddenFields
              csrfToken={props.csrfToken}
              idempotencyKey={randomUUID()}
              hidden={{ of: agreedHash(parts, kind) }}
            />
            <h2 class="govuk-heading-m">
              {onPaper ? 'Agreement given on paper' : 'Do you agree these words?'}
            </h2>
            {onPaper ? (
              <>
                <TextField
                  form={form}
                  name="givenName"
                  label="Who agreed"
                  hint="Their name and what they are"
                />
                <TextField form={form} name="givenBody" label="For which body" />
                <DateField form={form} name="givenOn" label="The day they agreed" />
              </>
            ) : null}
            <LongTextField
              form={form}
              name="words"
              label="Anything to say with it (optional)"
              max={2000}
              rows={3}
            />
            <TickField
              form={form}
              name="read"
              label="The agreement"
              options={[
                {
                  value: 'yes',
                  text: onPaper
                    ? 'What they agreed to is what is written above, word for word'
                    : 'I have read the words above, and agree them',
                },
              ]}
            />
            <GovukButton text={onPaper ? 'Record the agreement' : 'Agree'} preventDoubleClick />
          </form>
        ) : null}
      </div>
    </div>
  )
}

/** The plan as it stands, for reading: numbered as a version would be, whichever sections are shown. */
const asRead = (plan: Plan, parts: readonly PlanPart[], sections: readonly string[]) => ({
  id: '',
  planId: plan.id,
  childId: plan.child.id,
  processId: plan.processId,
  number: 0,
  kind: 'working' as const,
  templateId: plan.templateId,
  childName: plan.child.name,
  childBornOn: plan.child.bornOn,
  sha256: '',
  frozenOn: plan.begunOn,
  frozenBy: '',
  sentOn: null,
  note: null,
  parts: parts
    .map((part, at) => ({ ...part, number: at + 1 }))
    .filter((part) => sections.includes(part.section)),
})
