import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { choice, parseForm, text } from '../../../platform/forms.ts'
import { placesOfWork } from '../../../platform/relationships.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { ChoiceField, freshForm, LongTextField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { requestJourney } from '../../assessment/record-a-request/index.ts'
import { type CaseContact, loadContacts, typedForm } from '../../assessment/the-case/index.ts'
import { isYoungPerson, relationshipWords } from '../../children/the-child/index.ts'
import { accepted, answered, linked } from './command.ts'
import { LIST, listPage, OverTheQuestions, requestPage, WhatWasSent } from './pages.tsx'
import { prefilled } from './prefill.ts'
import {
  ASK_FOR_THEIR_OWN,
  type AskerAccount,
  findAskerAccount,
  findRequest,
  findUnlinked,
  findWaiting,
  type OnlineRequest,
} from './queries.ts'

const MISSING: Answer = { missing: true }
const readers = { who: 'roles', roles: caseReaders } as const
const workers = { who: 'roles', roles: caseworkers } as const

const isTheirWork = async (context: Context, trx: Trx) => {
  const work = await placesOfWork(trx, viewerOf(context), context.today)
  return ({ childId, localityId }: OnlineRequest): boolean =>
    childId !== null || work.isForLocality(localityId)
}

/** One request, its reading written down whether or not there is a child's record yet. */
const readRequest = (context: Context, what: string): Promise<OnlineRequest | undefined> =>
  context.read(what, async (trx, saw) => {
    const request = await findRequest(trx, context.params['id'] ?? '')
    if (!request) return undefined
    // About no child yet: whose work it is decides, and that is asked here apart from what the database lets through.
    if (!request.childId && !(await isTheirWork(context, trx))(request)) return undefined
    if (request.childId) saw(request.childId)
    else
      await trx
        .insertInto('access_log')
        .values({
          account_id: viewerOf(context).accountId,
          what: `${what}: ${request.reference}`,
          relationship: viewerOf(context).role,
        })
        .execute()
    return request
  })

const list: Route = {
  method: 'GET',
  url: LIST,
  access: readers,
  touches: 'children',
  handle: async (context) =>
    listPage({
      today: context.today,
      ...(await context.read('requests made online', async (trx, saw) => {
        const theirs = await isTheirWork(context, trx)
        const found = {
          waiting: (await findWaiting(trx)).filter(theirs),
          unlinked: (await findUnlinked(trx)).filter(theirs),
        }
        saw([...found.waiting, ...found.unlinked].flatMap((request) => request.childId ?? []))
        return found
      })),
    }),
}

const one: Route = {
  method: 'GET',
  url: `${LIST}/:id`,
  access: readers,
  touches: 'children',
  handle: async (context) => {
    const request = await readRequest(context, 'a request made online')
    return request
      ? requestPage(request, context.today, caseworkers.includes(viewerOf(context).role))
      : MISSING
  },
}

/** Recording it is recording any request, begun from what was sent: duplicates are looked for, and all is checked. */
const record = requestJourney({
  url: `${LIST}/:id/record`,
  touches: 'children',
  begin: async (context) => {
    const request = await readRequest(context, 'taking in a request made online')
    if (!request) return undefined
    const [year, month, day] = request.receivedOn.split('-').map(Number)
    const isTheirs = isYoungPerson(request.answers['bornOn'] ?? '9999-12-31', context.today)
    const { writeTo, ...start } = prefilled(request)
    return {
      start: { ...start, ...(isTheirs && writeTo ? { writeTo } : {}) },
      fixed: {
        arrivedBy: 'portal',
        'receivedOn-day': String(day),
        'receivedOn-month': String(month),
        'receivedOn-year': String(year),
        receivedLongAgo: 'yes',
      },
      before: <OverTheQuestions request={request} today={context.today} />,
      onlineReference: request.reference,
      alsoWrite: (trx, recorded) =>
        accepted(
          { trx, today: context.today, by: viewerOf(context).accountId },
          context.params['id'] ?? '',
          recorded,
        ),
    }
  },
})

const answerForm = z.object({
  outcome: choice(['not-for-us', 'duplicate'], 'Choose why no case is opened'),
  why: text('Enter the reason, in words for whoever asked', { max: 1000 }).refine(
    (words) => words.length >= 10,
    'Give the reason in a sentence: whoever asked reads it',
  ),
})

const answer: readonly Route[] = [
  {
    method: 'GET',
    url: `${LIST}/:id/answer`,
    access: workers,
    touches: 'children',
    handle: async (context) => {
      const request = await readRequest(context, 'answering a request made online')
      return request?.state === 'waiting' ? answerPage(context, request, freshForm()) : MISSING
    },
  },
  {
    method: 'POST',
    url: `${LIST}/:id/answer`,
    access: workers,
    touches: 'children',
    handle: async (context) => {
      const request = await readRequest(context, 'answering a request made online')
      if (!request) return MISSING
      const parsed = parseForm(answerForm, context.form)
      const result = parsed.ok
        ? await context.command('answered a request made online', (trx) =>
            answered(
              { trx, today: context.today, by: viewerOf(context).accountId },
              request.id,
              parsed.value.outcome,
              parsed.value.why,
            ),
          )
        : { ok: false as const, errors: parsed.errors }
      return result.ok ? result : answerPage(context, request, typedForm(context, result.errors))
    },
  },
]

const page = (title: string, errors: readonly FieldError[], back: string, main: JSX.Element) => ({
  page: {
    title,
    main,
    backLink: { href: back, text: 'Back' },
    hasErrors: errors.length > 0,
    status: errors.length > 0 ? 422 : 200,
  },
})

const answerPage = (context: Context, request: OnlineRequest, form: TypedForm): Answer =>
  page(
    'Answer without opening a case',
    form.errors,
    `${LIST}/${request.id}`,
    <FormPage
      title="Answer without opening a case"
      caption={request.reference}
      errors={form.errors}
      action={context.request.url.split('?')[0]}
      csrfToken={context.csrfToken}
      idempotencyKey={randomUUID()}
      button="Send this answer"
    >
      <p class="govuk-body">
        A request this council is responsible for must be considered, however thin it is: open its case and
        decide. Use this page only where the child lives in another council’s area, or where this very request
        is on record already.
      </p>
      <ChoiceField
        form={form}
        name="outcome"
        label="Why is no case opened?"
        options={[
          {
            value: 'not-for-us',
            text: 'It is not a request for this council',
            hint: 'Say which council to ask and how',
          },
          {
            value: 'duplicate',
            text: 'We have this request already',
            hint: 'The same person, about the same child, sent twice. Say which reference it has. A second person’s request is recorded with the first instead',
          },
        ]}
      />
      <LongTextField form={form} name="why" label="Reason, for whoever asked to read" max={1000} rows={4} />
      <h2 class="govuk-heading-m">What was sent</h2>
      <WhatWasSent request={request} />
    </FormPage>,
  )

const readLink = async (context: Context) => {
  const request = await readRequest(context, 'who asked online')
  if (!request?.childId || request.state !== 'accepted' || !request.accountId || request.linkedContact)
    return undefined
  if (!ASK_FOR_THEIR_OWN.includes(request.askedBy)) return undefined
  const { childId } = request
  return context.read('people round a child who was asked for online', async (trx, saw) => {
    const account = await findAskerAccount(trx, request.id)
    if (!account?.isFamily) return undefined
    saw(childId)
    return { request, account, contacts: await loadContacts(trx, childId) }
  })
}
/** Said beside each person: typing somebody's name into a request is no proof, and neither is a number typed with it. */
function signsInAs(account: AskerAccount, contact: CaseContact): string {
  if (account.withTheirEmail.includes(contact.id))
    return 'the account signs in with the email on their record'
  const isOther = contact.email
    ? 'the account signs in with ANOTHER email than the one on their record'
    : 'no email is on their record to compare'
  return `${isOther}: check with a number already on the record, not the one in the request`
}

const link: readonly Route[] = [
  {
    method: 'GET',
    url: `${LIST}/:id/link`,
    access: workers,
    touches: 'children',
    handle: async (context) => {
      const found = await readLink(context)
      return found ? linkPage(context, found, freshForm()) : MISSING
    },
  },
  {
    method: 'POST',
    url: `${LIST}/:id/link`,
    access: workers,
    touches: 'children',
    handle: async (context) => {
      const contact = context.form['contact'] ?? ''
      const errors: FieldError[] = [
        ...(contact === '' ? [{ field: 'contact', text: 'Choose who this is' }] : []),
        ...(context.formAll('checked').includes('yes')
          ? []
          : [{ field: 'checked', text: 'Confirm that you have checked who they are to the child' }]),
      ]
      const result =
        errors.length > 0
          ? { ok: false as const, errors }
          : await context.command('tied a family member’s account to a child', (trx, changed) =>
              linked(
                { trx, today: context.today, by: viewerOf(context).accountId },
                context.params['id'] ?? '',
                contact,
                changed,
              ),
            )
      if (result.ok) return result
      const found = await readLink(context)
      return found ? linkPage(context, found, typedForm(context, result.errors)) : MISSING
    },
  },
]

const linkPage = (
  context: Context,
  {
    request,
    account,
    contacts,
  }: {
    readonly request: OnlineRequest
    readonly account: AskerAccount
    readonly contacts: readonly CaseContact[]
  },
  form: TypedForm,
): Answer =>
  page(
    'Who asked?',
    form.errors,
    LIST,
    <FormPage
      title={`Who is ${request.askerName}?`}
      caption={request.reference}
      errors={form.errors}
      action={context.request.url.split('?')[0]}
      csrfToken={context.csrfToken}
      idempotencyKey={randomUUID()}
      button="Let them see the case"
      cancel={{ text: 'Not now', href: LIST }}
    >
      <p class="govuk-body">
        They signed in to ask for the assessment and see nothing of the record until you say who they are.
        Speak with them, and look at what proves it.
      </p>
      <p class="govuk-body">
        The account they signed in with is in the name of <strong>{account.name}</strong>. What follows is
        what was typed: anybody can type a name, an email or a telephone number.
      </p>
      {account.isBarred && (
        <p class="govuk-body">
          <strong>The account is of a person with whom contact is barred. They may not be let in.</strong>
        </p>
      )}
      <WhatWasSent request={request} />
      <ChoiceField
        form={form}
        name="contact"
        label="Which person on the record is this?"
        options={contacts
          .filter((contact) => !contact.restricted)
          .map((contact) => ({
            value: contact.id,
            text: contact.name,
            hint: `${relationshipWords(contact.relationship)}${contact.parentalResponsibility ? ', has parental responsibility' : ', no parental responsibility recorded: they would see nothing'}; ${signsInAs(account, contact)}`,
          }))}
      />
      <TickField
        form={form}
        name="checked"
        label="Before you let them in"
        options={[
          {
            value: 'yes',
            text: 'I have checked who they are, and that the record says rightly what they are to the child',
          },
        ]}
      />
    </FormPage>,
  )

export const routes: readonly Route[] = [list, one, ...record, ...answer, ...link]
