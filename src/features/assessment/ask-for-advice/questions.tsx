import type { JSX } from 'preact'
import { dayInWords, HOW_SENT } from '../../../documents/letters/index.ts'
import type { AdviceHead } from '../../../law/index.ts'
import type { Context } from '../../../platform/routes.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  errorFor,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukErrorMessage, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { type CaseFile, WhatFollows, withFacts } from '../the-case/index.ts'
import { ALWAYS, allHeads, HEADS, isYearNineOrAbove } from './heads.ts'

interface Asked {
  readonly head: string
  readonly adviser: string
  readonly asked_on: string
  readonly received_on: string | null
}
interface Professional {
  readonly id: string
  readonly name: string
  readonly role: string
}

/** Who with an account may be asked under each head; anybody of them where the law leaves it open. */
const ROLES_FOR: Partial<Record<AdviceHead, readonly string[]>> = {
  medical: ['health-professional', 'health-lead'],
  psychological: ['educational-psychologist', 'head-of-service'],
  'social-care': ['social-worker'],
  other: [
    'health-professional',
    'educational-psychologist',
    'social-worker',
    'head-of-service',
    'health-lead',
  ],
  'requested-by-family': [
    'health-professional',
    'educational-psychologist',
    'social-worker',
    'head-of-service',
    'health-lead',
  ],
}

export async function questions(form: TypedForm, file: CaseFile, context: Context): Promise<JSX.Element> {
  const { asked, professionals } = await context.read('advice already asked for', async (trx) => ({
    asked: await trx
      .selectFrom('advice_request')
      .select(['head', 'adviser', 'asked_on', 'received_on'])
      .where('process_id', '=', file.process.id)
      .where('withdrawn_on', 'is', null)
      .orderBy('asked_on')
      .execute(),
    professionals: await trx
      .selectFrom('account')
      .select(['id', 'name', 'role'])
      .where('door', '=', 'professional')
      .where('active_from', '<=', context.today)
      .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', context.today)]))
      .orderBy('name')
      .execute(),
  }))
  const yearNine = isYearNineOrAbove(file.child.dateOfBirth, context.today)
  return (
    <>
      <p class="govuk-body">
        The authority must ask for advice under every head of regulation 6(1) that applies, and must send each
        adviser the family’s views and evidence (regulation 6(3)). Ask for all of them now if you can; you can
        come back for the rest.
      </p>
      <GovukInsetText>
        Each adviser is given 6 weeks from the day they receive the request. For health and other partner
        bodies that is law (regulation 8(1)); for the rest it is guidance. School holidays do not lengthen it.
      </GovukInsetText>
      {allHeads.map((head) => (
        <Head
          head={head}
          form={form}
          asked={asked.filter((one) => one.head === head && standing(file, head, one.adviser) !== undefined)}
          professionals={professionals.filter((one) => ROLES_FOR[head]?.includes(one.role))}
          yearNine={yearNine}
        />
      ))}
      <h2 class="govuk-heading-m">Sending</h2>
      <DateField form={form} name="sentOn" label="Date the requests were sent" />
      <ChoiceField
        form={form}
        name="how"
        label="How were they sent?"
        inline
        options={(['email', 'post', 'by-hand', 'portal'] as const).map((value) => ({
          value,
          text: HOW_SENT[value],
        }))}
      />
      <WhatFollows
        facts={withFacts(file, [
          {
            kind: 'advice_requested',
            on: context.today,
            field: '',
            payload: { head: 'medical', adviser: 'each adviser' },
          },
        ])}
        today={context.today}
        title="What happens next, if you ask today"
      />
    </>
  )
}

/** The request to an adviser under a head that still stands, whatever the case of the letters typed. */
export const standing = (file: CaseFile, head: AdviceHead, adviser: string) =>
  file.ownFacts.find(
    (fact) =>
      fact.kind === 'advice_requested' &&
      fact.head === head &&
      (head === 'parent' || fact.adviser?.toLowerCase() === adviser.toLowerCase()),
  )

function Head({
  head,
  form,
  asked,
  professionals,
  yearNine,
}: {
  readonly head: AdviceHead
  readonly form: TypedForm
  readonly asked: readonly Asked[]
  readonly professionals: readonly Professional[]
  readonly yearNine: boolean
}): JSX.Element {
  const { ref, title, who } = HEADS[head]
  const required = ALWAYS.includes(head)
    ? 'Required'
    : head === 'preparing-for-adulthood'
      ? yearNine
        ? 'Required: this child is in year 9 or above'
        : 'Not yet: below year 9'
      : 'If it applies'
  const adviserError = errorFor(form, `${head}-account`)
  const ask = (
    <>
      {head === 'parent' ? (
        <p class="govuk-body">A letter goes to those who may have one, at their address on the record.</p>
      ) : null}
      {professionals.length > 0 ? (
        <>
          {adviserError ? <GovukErrorMessage text={adviserError.text} /> : null}
          <SelectField
            form={form}
            name={`${head}-account`}
            label={head === 'psychological' ? 'Educational psychologist' : 'Somebody who writes here'}
            empty="Choose, or enter another below"
            options={professionals.map((one) => ({ value: `${one.id}|${one.name}`, text: one.name }))}
          />
        </>
      ) : null}
      {head === 'parent' ? null : (
        <TextField
          form={form}
          name={`${head}-adviser`}
          label={head === 'psychological' ? 'Or another psychologist or service' : 'Name or organisation'}
          width={30}
        />
      )}
      {head === 'parent' ? null : (
        <TextField form={form} name={`${head}-email`} label="Email (optional)" type="email" width={30} />
      )}
      <DateField
        form={form}
        name={`${head}-receivedOn`}
        label="Date they received it, if known"
        hint="Their 6 weeks run from the day they receive it. Leave empty if you do not know: the day it was sent is used."
      />
    </>
  )
  const existing = (
    <>
      <TextField form={form} name={`${head}-what`} label="Which advice: author, title and date" width={30} />
      <TickField
        form={form}
        name={`${head}-agreed`}
        label="Who agrees that it is sufficient? (regulation 6(4): all three must)"
        options={[
          { value: 'author', text: 'The person who gave it' },
          { value: 'family', text: 'The parent or young person' },
          { value: 'authority', text: 'The authority' },
        ]}
      />
      <TextField form={form} name={`${head}-agreedBy`} label="Their names, and when" width={30} />
    </>
  )
  return (
    <section class="govuk-!-margin-bottom-6" aria-labelledby={`head-${head}`}>
      <h2 class="govuk-heading-m govuk-!-margin-bottom-1" id={`head-${head}`}>
        {title}{' '}
        <span class="govuk-caption-m">
          Regulation {ref}. {required}
        </span>
      </h2>
      <p class="govuk-body govuk-!-margin-bottom-2">{who}</p>
      {asked.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {asked.map((one) => (
            <li>
              Asked: {one.adviser}, {dayInWords(one.asked_on)}.{' '}
              {one.received_on ? `Received ${dayInWords(one.received_on)}.` : 'Not received yet.'}
            </li>
          ))}
        </ul>
      ) : null}
      <ChoiceField
        form={form}
        name={`${head}-do`}
        label={`${title}: what to do`}
        options={[
          // The family is asked once; what they send later is recorded, not asked for again.
          ...(head === 'parent' && asked.length > 0
            ? []
            : [
                {
                  value: 'ask',
                  text: asked.length > 0 ? 'Ask somebody else' : 'Ask for advice',
                  more: html(ask),
                },
              ]),
          {
            value: 'existing',
            text: 'Use advice that already exists and is agreed to be sufficient',
            more: html(existing),
          },
          { value: 'not-now', text: 'Not now' },
        ]}
      />
    </section>
  )
}

export function start(file: CaseFile, today: string): Readonly<Record<string, string>> {
  const asked = new Set(
    file.ownFacts.filter((fact) => fact.kind === 'advice_requested').map((fact) => fact.head),
  )
  const suggested = (head: AdviceHead): boolean =>
    !asked.has(head) &&
    (ALWAYS.includes(head) ||
      (head === 'preparing-for-adulthood' && isYearNineOrAbove(file.child.dateOfBirth, today)))
  return {
    ...Object.fromEntries(allHeads.map((head) => [`${head}-do`, suggested(head) ? 'ask' : 'not-now'])),
    'educational-adviser': headOf(file),
    'medical-adviser': 'Health commissioning body: designated clinical officer',
    'social-care-adviser': 'Children’s social care',
    'preparing-for-adulthood-adviser': isYearNineOrAbove(file.child.dateOfBirth, today) ? headOf(file) : '',
    ...dateParts('sentOn', today),
    how: 'email',
  }
}

const headOf = (file: CaseFile): string =>
  file.child.setting ? `Head teacher or principal, ${file.child.setting.name}` : ''
