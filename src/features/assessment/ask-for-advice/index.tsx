/** Ask for every head of advice of regulation 6(1), together or in several goes. */
import type { JSX } from 'preact'
import { recordEvent } from '../../../db/case-history/index.ts'
import {
  dayInWords,
  HOW_SENT,
  loadContactPoints,
  type NamedRecipient,
  sendLetters,
} from '../../../documents/letters/index.ts'
import { type AdviceHead, longDate } from '../../../law/index.ts'
import type { Context, FieldError } from '../../../platform/routes.ts'
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
import {
  type CaseFile,
  caseStep,
  recordOnCase,
  type StepFact,
  type StepResult,
  type StepRun,
  WhatFollows,
  withFacts,
} from '../the-case/index.ts'
import { type Asking, askingDates, askingForm, askingLists } from './form.ts'
import { ALWAYS, allHeads, HEADS, isYearNineOrAbove } from './heads.ts'

interface Asked {
  readonly head: string
  readonly adviser: string
  readonly asked_on: string
  readonly received_on: string | null
}
interface Psychologist {
  readonly id: string
  readonly name: string
}

async function questions(form: TypedForm, file: CaseFile, context: Context): Promise<JSX.Element> {
  const { asked, psychologists } = await context.read('advice already asked for', async (trx) => ({
    asked: await trx
      .selectFrom('advice_request')
      .select(['head', 'adviser', 'asked_on', 'received_on'])
      .where('process_id', '=', file.process.id)
      .orderBy('asked_on')
      .execute(),
    psychologists: await trx
      .selectFrom('account')
      .select(['id', 'name'])
      .where('role', '=', 'educational-psychologist')
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
          psychologists={psychologists}
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
const standing = (file: CaseFile, head: AdviceHead, adviser: string) =>
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
  psychologists,
  yearNine,
}: {
  readonly head: AdviceHead
  readonly form: TypedForm
  readonly asked: readonly Asked[]
  readonly psychologists: readonly Psychologist[]
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
      {head === 'psychological' && psychologists.length > 0 ? (
        <>
          {adviserError ? <GovukErrorMessage text={adviserError.text} /> : null}
          <SelectField
            form={form}
            name={`${head}-account`}
            label="Educational psychologist"
            empty="Choose, or enter another below"
            options={psychologists.map((one) => ({ value: `${one.id}|${one.name}`, text: one.name }))}
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

function start(file: CaseFile, today: string): Readonly<Record<string, string>> {
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

async function carryOut(run: StepRun, answer: Asking): Promise<StepResult> {
  const { file, trx, today } = run
  const errors: FieldError[] = []
  const seen = new Set<string>()
  for (const ask of answer.asks) {
    const before = standing(file, ask.head, ask.adviser)
    const field = ask.head === 'parent' ? 'parent-do' : `${ask.head}-adviser`
    if (before)
      errors.push({
        field,
        text: `${ask.adviser} was already asked on ${longDate(before.on)}. Choose “Not now”, or chase them from the case`,
      })
    if (seen.has(`${ask.head}|${ask.adviser.toLowerCase()}`))
      errors.push({ field, text: 'Ask each adviser once under each head' })
    seen.add(`${ask.head}|${ask.adviser.toLowerCase()}`)
    if (ask.receivedOn && ask.receivedOn > today)
      errors.push({
        field: `${ask.head}-receivedOn`,
        text: 'The date they received it must be today or in the past',
      })
    if (ask.receivedOn && ask.receivedOn < answer.sentOn)
      errors.push({
        field: `${ask.head}-receivedOn`,
        text: 'The date they received it must be on or after the date it was sent',
      })
    if (ask.account && !/^[0-9a-f-]{36}$/.test(ask.account))
      errors.push({ field: `${ask.head}-account`, text: 'Choose a psychologist from the list' })
  }
  if (errors.length > 0) return { ok: false, errors }
  const settingOf = (head: AdviceHead, adviser: string) =>
    (head === 'educational' || head === 'preparing-for-adulthood') &&
    file.child.setting &&
    adviser.includes(file.child.setting.name)
      ? file.child.setting.urn
      : null
  const facts: StepFact[] = answer.asks.map((ask) => ({
    kind: 'advice_requested',
    on: answer.sentOn,
    field: 'sentOn',
    payload: {
      head: ask.head,
      adviser: ask.adviser,
      receivedOn: ask.receivedOn,
      setting: settingOf(ask.head, ask.adviser),
    },
  }))
  const recorded = await recordOnCase(run, facts)
  if (!recorded.ok) return recorded
  const points = await loadContactPoints(trx, answer.sentOn)
  let letters = 0
  for (const [index, ask] of answer.asks.entries()) {
    await trx
      .insertInto('advice_request')
      .values({
        process_id: file.process.id,
        child_id: file.child.id,
        head: ask.head,
        adviser: ask.adviser,
        adviser_account: ask.account,
        setting_urn: settingOf(ask.head, ask.adviser),
        asked_on: answer.sentOn,
        // A request once taken back as a mistake left its row: it is asked for again on it.
      })
      .onConflict((conflict) =>
        conflict.columns(['process_id', 'head', 'adviser']).doUpdateSet({
          asked_on: answer.sentOn,
          received_on: null,
          nothing_to_report: false,
          chases: 0,
          last_chased_on: null,
        }),
      )
      .execute()
    const to: NamedRecipient | 'family' =
      ask.head === 'parent'
        ? 'family'
        : { name: ask.adviser, address: addressFor(ask.head, points), email: ask.email }
    letters += await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[index]!,
      kind: 'advice-request',
      on: answer.sentOn,
      how: answer.how,
      by: run.by,
      today,
      file,
      details: { to, head: ask.head },
    })
  }
  for (const one of answer.existing) {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'note_added',
      on: answer.sentOn,
      today,
      by: run.by,
      payload: {
        about: 'existing-advice',
        head: one.head,
        note: `Advice under regulation ${HEADS[one.head].ref} not sought again: ${one.what}. Its author, the family and the authority agree that it is sufficient (regulation 6(4)): ${one.agreedBy}.`,
      },
    })
  }
  const left = ALWAYS.filter(
    (head) =>
      ![...answer.asks, ...answer.existing].some((one) => one.head === head) &&
      !file.ownFacts.some((fact) => fact.kind === 'advice_requested' && fact.head === head),
  )
  return {
    ok: true,
    notice: `${answer.asks.length} asked for advice, ${letters} letters kept as sent.${left.length > 0 ? ` Still to ask: ${left.map((head) => HEADS[head].title.toLowerCase()).join(', ')}.` : ''}`,
  }
}

const addressFor = (
  head: AdviceHead,
  points: Awaited<ReturnType<typeof loadContactPoints>>,
): string | null =>
  head === 'medical'
    ? (points['health-commissioning-body'].address ?? null)
    : head === 'social-care'
      ? (points['social-care-notices'].address ?? null)
      : null

export const routes = caseStep<Asking>({
  slug: 'ask-for-advice',
  title: () => 'Ask for advice',
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'drafting', 'with-family', 'finalising'],
  schema: askingForm,
  lists: askingLists,
  dates: askingDates,
  start,
  questions,
  button: 'Record the requests and keep the letters',
  carryOut,
})

/** The heads of regulation 6(1), in the words of the page. */
export { ALWAYS, HEADS } from './heads.ts'
