import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso, type PlainDate } from '../../../law/index.ts'
import { optionalText, parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { dateParts, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { tellAccount } from '../../assessment/tell-those-asked/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findPupil } from '../support-a-pupil/index.ts'
import { askedBy, isUuid, refusedFor, settingAccess, speakerAccess } from '../the-setting/index.ts'
import { AskPage, QuestionPage, QuestionsPage } from './page.tsx'
import { loadAnswerPromise } from './promise.ts'
import { findQuestions } from './queries.ts'
import { SPECIALISTS } from './words.ts'

const askForm = z.object({
  specialist: z
    .string({ error: 'Choose who to ask' })
    .refine((value) => Object.hasOwn(SPECIALISTS, value), 'Choose who to ask'),
  locality: text('Choose the locality team', { max: 60 }),
  question: text('Enter your question', { max: 3000 }),
  tried: optionalText({ max: 3000 }),
  agreedOn: plainDate('the day the parents agreed'),
})

const listLocalities = (trx: Trx) =>
  trx
    .selectFrom('locality')
    .select(['id', 'name'])
    .where(sql<boolean>`(ended_on is null or ended_on > viewer_today())`)
    .orderBy('name')
    .execute()

async function askPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const read = await context.read('question to a specialist', async (trx, saw) => {
    const record = await findPupil(trx, askedBy(context), { id })
    if (!record) return undefined
    if (record.pupil.childId) saw(record.pupil.childId)
    return { record, localities: await listLocalities(trx) }
  })
  if (!read) return { missing: true }
  const form = typed ?? freshForm(dateParts('agreedOn', context.today))
  return {
    page: {
      title: 'Ask a specialist',
      backLink: { href: `/setting/support/${id}`, text: 'Back to the pupil' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <AskPage
          pupil={read.record.pupil}
          localities={read.localities}
          form={form}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
    },
  }
}

async function ask(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const again = (errors: readonly FieldError[]) => askPage(context, typedForm(context, errors))
  const parsed = parseForm(askForm, context.form)
  if (!parsed.ok) return again(parsed.errors)
  const given = parsed.value
  let missing = false
  const result = await context.command('ask-a-specialist', async (trx, changed) => {
    const record = await findPupil(trx, askedBy(context), { id })
    missing = record === undefined
    if (!record) return { ok: false, errors: [] }
    if (given.agreedOn > context.today)
      return refusedFor('agreedOn', 'The day the parents agreed must be today or earlier')
    if (!(await listLocalities(trx)).some((one) => one.id === given.locality))
      return refusedFor('locality', 'Choose the locality team from the list')
    const { pupil } = record
    const promised = await loadAnswerPromise(trx, context.today)
    await trx
      .insertInto('specialist_question')
      .values({
        pupil_id: pupil.id,
        child_id: pupil.childId,
        setting_urn: pupil.settingUrn,
        locality_id: given.locality,
        specialist: given.specialist,
        child_name: pupil.name,
        date_of_birth: pupil.dateOfBirth,
        question: given.question,
        tried: given.tried,
        parent_agreed_on: given.agreedOn,
        asked_by: viewerOf(context).accountId,
        asked_on: context.today,
        reply_by: iso((date(context.today) + promised) as PlainDate),
      })
      .execute()
    if (pupil.childId) changed(pupil.childId)
    return {
      ok: true,
      redirect: `/setting/support/${id}`,
      notice: `Your question is with the locality team. It aims to answer within ${promised} days.`,
    }
  })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

/** A question with its answer; opening an answer at the setting takes it off the tasks. */
async function read(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const found = await context.read('answer of a specialist', async (trx, saw) => {
    const question = (await findQuestions(trx, askedBy(context), { id }))[0]
    if (!question) return undefined
    if (question.child_id) saw(question.child_id)
    if (question.answer !== null && question.seen_on === null)
      await trx
        .updateTable('specialist_question')
        .set({ seen_on: context.today })
        .where('id', '=', id)
        .execute()
    return question
  })
  if (!found) return { missing: true }
  return {
    page: {
      title: 'Question to a specialist',
      backLink: { href: `/setting/support/${found.pupil_id}`, text: 'Back to the pupil' },
      main: <QuestionPage question={found} today={context.today} />,
    },
  }
}

const answerForm = z.object({
  answer: text('Enter the answer', { max: 6000 }),
  answeredFor: text('Enter whose answer it is: their name and job', { max: 200 }),
})

async function list(context: Context): Promise<Answer> {
  const questions = await context.read('questions to specialists', async (trx, saw) => {
    const found = await findQuestions(trx, askedBy(context))
    saw(found.flatMap((one) => one.child_id ?? []))
    return found
  })
  return {
    page: {
      title: 'Questions from settings',
      wide: true,
      main: <QuestionsPage questions={questions} today={context.today} />,
    },
  }
}

async function answerPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const viewer = viewerOf(context)
  const found = await context.read('question to a specialist', async (trx, saw) => {
    const question = (await findQuestions(trx, askedBy(context), { id }))[0]
    if (question?.child_id) saw(question.child_id)
    return question
  })
  if (!found) return { missing: true }
  const form = typed ?? freshForm({ answeredFor: `${viewer.name}, ${viewer.jobTitle}` })
  return {
    page: {
      title: 'Question from a setting',
      backLink: { href: '/staff/questions', text: 'Questions from settings' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <QuestionPage
          question={found}
          today={context.today}
          forStaff={{ form, csrfToken: viewer.csrfToken, mayAnswer: caseworkers.includes(viewer.role) }}
        />
      ),
    },
  }
}

async function answer(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const again = (errors: readonly FieldError[]) => answerPage(context, typedForm(context, errors))
  const parsed = parseForm(answerForm, context.form)
  if (!parsed.ok) return again(parsed.errors)
  let missing = false
  const result = await context.command('answer-a-question', async (trx, changed) => {
    const question = (await findQuestions(trx, askedBy(context), { id }))[0]
    missing = question === undefined
    if (!question) return { ok: false, errors: [] }
    const made = await trx
      .insertInto('specialist_answer')
      .values({
        question_id: id,
        answer: parsed.value.answer,
        answered_for: parsed.value.answeredFor,
        answered_by: viewerOf(context).accountId,
        answered_on: context.today,
      })
      .onConflict((conflict) => conflict.column('question_id').doNothing())
      .executeTakeFirst()
    if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0)
      return refusedFor(
        '',
        'A colleague has answered this question. What you typed is kept below and was not sent',
      )
    if (question.child_id) changed(question.child_id)
    await tellAccount(trx, question.asker_id, {
      event: `question-answered:${id}`,
      template: 'question-answered',
      childId: question.child_id,
      values: { askedOn: question.asked_on },
      linkPath: `/setting/questions/${id}`,
    })
    return { ok: true, redirect: '/staff/questions', notice: 'The answer is with the setting.' }
  })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

const readers = { who: 'roles', roles: caseReaders } as const
const answerers = { who: 'roles', roles: caseworkers } as const

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/setting/support/:id/ask',
    access: speakerAccess,
    touches: 'children',
    handle: (context) => askPage(context),
  },
  {
    method: 'POST',
    url: '/setting/support/:id/ask',
    access: speakerAccess,
    touches: 'children',
    handle: ask,
  },
  { method: 'GET', url: '/setting/questions/:id', access: settingAccess, touches: 'children', handle: read },
  { method: 'GET', url: '/staff/questions', access: readers, touches: 'children', handle: list },
  {
    method: 'GET',
    url: '/staff/questions/:id',
    access: readers,
    touches: 'children',
    handle: (context) => answerPage(context),
  },
  { method: 'POST', url: '/staff/questions/:id', access: answerers, touches: 'children', handle: answer },
]
