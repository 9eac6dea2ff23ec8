import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalText, parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { askedBy, isUuid, refusedFor } from '../the-setting/index.ts'
import { NoticePage, NoticesPage, TellPage } from './page.tsx'
import { findNotices } from './queries.ts'
import { compulsorySchoolAgeBegins } from './school-age.ts'

const health: readonly Role[] = ['health-lead', 'health-professional']

const form = z
  .object({
    body: text('Enter the health body', { max: 200 }),
    givenName: text('Enter the child’s given name', { max: 100 }),
    familyName: text('Enter the child’s family name', { max: 100 }),
    bornOn: plainDate('the child’s date of birth'),
    address: optionalText({ max: 300 }),
    postcode: optionalText({ max: 10 }),
    locality: text('Choose the locality the child lives in', { max: 60 }),
    parentName: text('Enter the parent’s name', { max: 200 }),
    parentContact: optionalText({ max: 200 }),
    opinion: text('Enter what the health body thinks, and what shows it', { max: 4000 }),
    toldOn: plainDate('the day the parent was told'),
    discussed: choice(['discussed', 'offered'], 'Say whether the parent discussed it, or was offered it'),
    discussedOn: plainDate('the day of the talk or the offer'),
    organisations: optionalText({ max: 1000 }),
    noOrganisation: optionalText({ max: 500 }),
  })
  .refine((given) => given.organisations !== null || given.noOrganisation !== null, {
    path: ['organisations'],
    message: 'Name the voluntary organisations the parent was told of, or say below why none',
  })

type Given = z.output<typeof form>

const problems = (given: Given, today: string): readonly FieldError[] => {
  const schoolAge = compulsorySchoolAgeBegins(given.bornOn)
  return [
    ...(given.bornOn > today ? [{ field: 'bornOn', text: 'The date of birth must be in the past' }] : []),
    ...(schoolAge <= today
      ? [
          {
            field: 'bornOn',
            text: `This duty is for a child under compulsory school age, and this child has been of that age since ${shortDate(date(schoolAge))}. Tell the council of an older child as a request or under section 24`,
          },
        ]
      : []),
    ...(given.toldOn > today
      ? [{ field: 'toldOn', text: 'The day the parent was told must be today or earlier' }]
      : []),
    ...(given.discussedOn > today
      ? [{ field: 'discussedOn', text: 'The day of the talk or the offer must be today or earlier' }]
      : given.discussedOn < given.toldOn
        ? [{ field: 'discussedOn', text: 'The talk or the offer comes after the parent was told' }]
        : []),
  ]
}

const listLocalities = (trx: Trx) =>
  trx
    .selectFrom('locality')
    .select(['id', 'name'])
    .where(sql<boolean>`(ended_on is null or ended_on > viewer_today())`)
    .orderBy('name')
    .execute()

/** The pages of one door: health tells, staff tell for them and follow up. */
const pagesAt = (base: string, tellers: readonly Role[], readers: readonly Role[]): readonly Route[] => {
  const tellPage = async (context: Context, typed?: TypedForm): Promise<Answer> => {
    const localities = await context.read('localities', listLocalities)
    const answers = typed ?? freshForm()
    return {
      page: {
        title: 'Tell the council of a young child',
        backLink: { href: base, text: 'Young children told of' },
        hasErrors: answers.errors.length > 0,
        status: answers.errors.length > 0 ? 422 : 200,
        main: (
          <TellPage
            base={base}
            localities={localities}
            form={answers}
            csrfToken={viewerOf(context).csrfToken}
          />
        ),
      },
    }
  }
  const tell = async (context: Context): Promise<Answer> => {
    const again = (errors: readonly FieldError[]) => tellPage(context, typedForm(context, errors))
    const parsed = parseForm(form, context.form)
    if (!parsed.ok) return again(parsed.errors)
    const given = parsed.value
    const wrong = problems(given, context.today)
    if (wrong.length > 0) return again(wrong)
    const result = await context.command('tell-of-a-young-child', async (trx) => {
      if (!(await listLocalities(trx)).some((one) => one.id === given.locality))
        return refusedFor('locality', 'Choose the locality from the list')
      await trx
        .insertInto('early_notice')
        .values({
          body: given.body,
          opinion: given.opinion,
          given_name: given.givenName,
          family_name: given.familyName,
          date_of_birth: given.bornOn,
          address: given.address,
          postcode: given.postcode,
          locality_id: given.locality,
          parent_name: given.parentName,
          parent_contact: given.parentContact,
          told_parent_on: given.toldOn,
          discussed: given.discussed,
          discussed_on: given.discussedOn,
          organisations: given.organisations,
          no_organisation_because: given.organisations === null ? given.noOrganisation : null,
          recorded_by: viewerOf(context).accountId,
          recorded_on: context.today,
        })
        .execute()
      return { ok: true, redirect: base, notice: 'The locality team has been told of this child.' }
    })
    if (!result.ok) return again(result.errors)
    return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  }
  const list = async (context: Context): Promise<Answer> => {
    const notices = await context.read('young children told of', async (trx, saw) => {
      const found = await findNotices(trx, askedBy(context))
      saw(found.flatMap((one) => one.child_id ?? []))
      return found
    })
    return {
      page: {
        title: 'Young children told of',
        wide: true,
        main: (
          <NoticesPage base={base} notices={notices} mayTell={tellers.includes(viewerOf(context).role)} />
        ),
      },
    }
  }
  const show = async (context: Context, typed?: TypedForm): Promise<Answer> => {
    const { id } = context.params
    if (!isUuid(id)) return { missing: true }
    const notice = await context.read('young child told of', async (trx, saw) => {
      const found = (await findNotices(trx, askedBy(context), id))[0]
      if (found?.child_id) saw(found.child_id)
      return found
    })
    if (!notice) return { missing: true }
    const answers = typed ?? freshForm()
    return {
      page: {
        title: 'A young child told of',
        backLink: { href: base, text: 'Young children told of' },
        hasErrors: answers.errors.length > 0,
        status: answers.errors.length > 0 ? 422 : 200,
        main: (
          <NoticePage
            notice={notice}
            form={answers}
            mayFollow={caseworkers.includes(viewerOf(context).role)}
            csrfToken={viewerOf(context).csrfToken}
          />
        ),
      },
    }
  }
  const follow = async (context: Context): Promise<Answer> => {
    const { id } = context.params
    if (!isUuid(id)) return { missing: true }
    const again = (errors: readonly FieldError[]) => show(context, typedForm(context, errors))
    const parsed = parseForm(
      z.object({ followedUp: text('Enter what was done', { max: 4000 }) }),
      context.form,
    )
    if (!parsed.ok) return again(parsed.errors)
    let missing = false
    const result = await context.command('follow-up-a-young-child', async (trx) => {
      const notice = (await findNotices(trx, askedBy(context), id))[0]
      missing = notice === undefined
      if (!notice) return { ok: false, errors: [] }
      if (notice.followed_up_on !== null)
        return refusedFor(
          '',
          'A colleague has written down what was done. What you typed is kept below and was not saved',
        )
      await trx
        .updateTable('early_notice')
        .set({
          followed_up: parsed.value.followedUp,
          followed_up_by: viewerOf(context).accountId,
          followed_up_on: context.today,
        })
        .where('id', '=', id)
        .execute()
      return { ok: true, redirect: base, notice: 'What was done is written down.' }
    })
    if (missing) return { missing: true }
    if (!result.ok) return again(result.errors)
    return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  }
  const reading = { who: 'roles', roles: readers } as const
  const telling = { who: 'roles', roles: tellers } as const
  return [
    { method: 'GET', url: base, access: reading, touches: 'children', handle: list },
    {
      method: 'GET',
      url: `${base}/new`,
      access: telling,
      touches: 'nothing',
      handle: (context) => tellPage(context),
    },
    { method: 'POST', url: `${base}/new`, access: telling, touches: 'nothing', handle: tell },
    {
      method: 'GET',
      url: `${base}/:id`,
      access: reading,
      touches: 'children',
      handle: (context) => show(context),
    },
    ...(base.startsWith('/staff')
      ? [
          {
            method: 'POST' as const,
            url: `${base}/:id`,
            access: { who: 'roles', roles: caseworkers } as const,
            touches: 'children' as const,
            handle: follow,
          },
        ]
      : []),
  ]
}

export const routes: readonly Route[] = [
  ...pagesAt('/professional/young-children', health, health),
  ...pagesAt('/staff/young-children', caseworkers, caseReaders),
]
