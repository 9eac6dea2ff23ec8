import { sql } from 'kysely'
import type { JSX } from 'preact'
import type { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { dateParts, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findQuestions, QuestionsOfPupil } from '../ask-a-specialist/index.ts'
import {
  askedBy,
  isUuid,
  ourSettings,
  settingAccess,
  speakerAccess,
  speaksForSetting,
} from '../the-setting/index.ts'
import {
  changeDetails,
  keepRound,
  recordMeeting,
  reviewRound,
  type SupportRun,
  startSupport,
} from './commands.ts'
import { detailsForm, meetingForm, readPlan, readReview, startForm } from './form.ts'
import { PlanPage, startOf } from './plan-page.tsx'
import { DetailsPage, MeetingPage, PupilPage, ReviewPage, StartPage } from './pupil-page.tsx'
import { findPupil, type PupilRecord } from './queries.ts'

const BASE = '/setting/support'

async function readPupil(context: Context, what: string): Promise<PupilRecord | undefined> {
  const { id } = context.params
  if (!isUuid(id)) return undefined
  return context.read(what, async (trx, saw) => {
    const found = await findPupil(trx, askedBy(context), { id })
    if (found?.pupil.childId) saw(found.pupil.childId)
    return found
  })
}

const answerOf = (
  title: string,
  main: JSX.Element,
  record: PupilRecord | null,
  errors: readonly FieldError[],
): Answer => ({
  page: {
    title,
    main,
    backLink: record
      ? { href: `${BASE}/${record.pupil.id}`, text: 'Back to the pupil' }
      : { href: '/setting/pupils', text: 'Our pupils' },
    hasErrors: errors.length > 0,
    status: errors.length > 0 ? 422 : 200,
  },
})

/** Does one thing for a pupil; what was typed comes back with what is wrong, and a pupil who is not theirs is nobody. */
async function carryOut(
  context: Context,
  name: string,
  again: (errors: readonly FieldError[]) => Promise<Answer>,
  work: (run: SupportRun) => Promise<CommandResult | undefined>,
): Promise<Answer> {
  let missing = false
  const result = await context.command(name, async (trx, changed) => {
    const done = await work({ trx, today: context.today, viewer: viewerOf(context), changed })
    missing = done === undefined
    return done ?? { ok: false, errors: [] }
  })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

async function show(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const read = await context.read('SEN support of a pupil', async (trx, saw) => {
    const record = await findPupil(trx, askedBy(context), { id })
    if (!record) return undefined
    if (record.pupil.childId) saw(record.pupil.childId)
    return { record, questions: await findQuestions(trx, askedBy(context), { pupilId: id }) }
  })
  if (!read) return { missing: true }
  return {
    page: {
      title: `SEN support: ${read.record.pupil.name}`,
      backLink: { href: '/setting/pupils', text: 'Our pupils' },
      main: (
        <PupilPage
          record={read.record}
          questions={<QuestionsOfPupil questions={read.questions} />}
          maySpeak={speaksForSetting(viewerOf(context))}
          today={context.today}
        />
      ),
    },
  }
}

async function startPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const child = typed ? context.form['child'] : context.query['child']
  const read = await context.read('SEN support begun', async (trx, saw) => {
    const settings = await ourSettings(trx)
    const known = isUuid(child) ? await findOwnChild(trx, child) : undefined
    if (known) saw(known.id)
    return { settings, known }
  })
  if (isUuid(child) && !read.known) return { missing: true }
  const form =
    typed ??
    freshForm({
      child: read.known?.id ?? '',
      givenName: read.known?.given_name ?? '',
      familyName: read.known?.family_name ?? '',
      ...dateParts('bornOn', read.known?.date_of_birth),
      setting: read.known?.setting_urn ?? '',
      ...dateParts('supportFrom', context.today),
    })
  return answerOf(
    'Put a pupil on SEN support',
    <StartPage
      settings={read.settings}
      known={read.known !== undefined}
      form={form}
      csrfToken={viewerOf(context).csrfToken}
    />,
    null,
    form.errors,
  )
}

/** A child on roll where the viewer works; undefined for any other, consulted about or not. */
async function findOwnChild(trx: Trx, id: string) {
  const { rows } = await sql<{
    id: string
    given_name: string
    family_name: string
    date_of_birth: string
    setting_urn: string
  }>`
    select c.id, c.given_name, c.family_name, c.date_of_birth, e.setting_urn
    from child c join enrolment e on e.child_id = c.id and e.setting_urn = any ((select viewer_settings())::text[])
      and e.from_on <= viewer_today() and (e.to_on is null or e.to_on > viewer_today())
    where c.id = ${id} order by e.main desc limit 1`.execute(trx)
  return rows[0]
}

async function start(context: Context): Promise<Answer> {
  const again = (errors: readonly FieldError[]) => startPage(context, typedForm(context, errors))
  const parsed = parseForm(startForm, context.form)
  if (!parsed.ok) return again(parsed.errors)
  const child = context.form['child']
  return carryOut(context, 'start-sen-support', again, async (run) => {
    if (!child) return startSupport(run, parsed.value, null)
    const known = isUuid(child) ? await findOwnChild(run.trx, child) : undefined
    if (!known) return undefined
    return startSupport(run, { ...parsed.value, setting: known.setting_urn }, known.id)
  })
}

async function planPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const record = await readPupil(context, 'SEN support: a round')
  if (!record) return { missing: true }
  const begun = startOf(record, context.today)
  const form = typed ?? begun.form
  const fields = typed
    ? context.form
    : { outcomesAsked: form.value('outcomesAsked'), linesAsked: form.value('linesAsked') }
  return answerOf(
    'SEN support: assess and plan',
    <PlanPage record={record} form={form} typed={fields} csrfToken={viewerOf(context).csrfToken} />,
    record,
    form.errors,
  )
}

async function plan(context: Context): Promise<Answer> {
  const again = (errors: readonly FieldError[]) => planPage(context, typedForm(context, errors))
  if (context.form['doing']?.startsWith('add-')) return again([])
  const parsed = readPlan(context.form, context.formAll('needTypes'), context.today)
  if (!parsed.ok) return again(parsed.errors)
  const opened = { number: Number(context.form['number']), version: Number(context.form['version']) }
  return carryOut(context, 'plan-sen-support', again, (run) =>
    keepRound(run, context.params['id'] ?? '', parsed.value, opened),
  )
}

async function reviewPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const record = await readPupil(context, 'SEN support: a review')
  const open = record?.cycles[0]
  if (!record || !open || (open.reviewedOn !== null && !typed)) return { missing: true }
  const form =
    typed ?? freshForm({ version: String(open.version), ...dateParts('reviewedOn', context.today) })
  return answerOf(
    'Review SEN support',
    <ReviewPage record={record} form={form} csrfToken={viewerOf(context).csrfToken} />,
    record,
    form.errors,
  )
}

async function review(context: Context): Promise<Answer> {
  const again = (errors: readonly FieldError[]) => reviewPage(context, typedForm(context, errors))
  const open = (await readPupil(context, 'SEN support: a review'))?.cycles[0]
  if (!open) return { missing: true }
  const parsed = readReview(context.form, open, context.today)
  if (!parsed.ok) return again(parsed.errors)
  return carryOut(context, 'review-sen-support', again, (run) =>
    reviewRound(run, context.params['id'] ?? '', parsed.value, Number(context.form['version'])),
  )
}

/** A page with one small form about a pupil. */
function smallForm<T>(part: {
  readonly slug: string
  readonly title: string
  readonly schema: z.ZodType<T>
  readonly start: (record: PupilRecord, today: string) => Readonly<Record<string, string>>
  readonly draw: (props: { record: PupilRecord; form: TypedForm; csrfToken: string }) => JSX.Element
  readonly work: (
    run: SupportRun,
    id: string,
    given: T,
    version: number,
  ) => Promise<CommandResult | undefined>
  readonly access: typeof settingAccess
}): readonly Route[] {
  const url = `${BASE}/:id/${part.slug}`
  const page = async (context: Context, typed?: TypedForm): Promise<Answer> => {
    const record = await readPupil(context, `SEN support: ${part.slug}`)
    if (!record) return { missing: true }
    const form = typed ?? freshForm(part.start(record, context.today))
    const main = part.draw({ record, form, csrfToken: viewerOf(context).csrfToken })
    return answerOf(part.title, main, record, form.errors)
  }
  const post = async (context: Context): Promise<Answer> => {
    const again = (errors: readonly FieldError[]) => page(context, typedForm(context, errors))
    const parsed = parseForm(part.schema, context.form)
    if (!parsed.ok) return again(parsed.errors)
    return carryOut(context, `sen-support-${part.slug}`, again, (run) =>
      part.work(run, context.params['id'] ?? '', parsed.value, Number(context.form['version'])),
    )
  }
  return [
    { method: 'GET', url, access: part.access, touches: 'children', handle: (context) => page(context) },
    { method: 'POST', url, access: part.access, touches: 'children', handle: post },
  ]
}

const both = (
  url: string,
  access: typeof settingAccess,
  page: (context: Context) => Promise<Answer>,
  post: (context: Context) => Promise<Answer>,
): readonly Route[] => [
  { method: 'GET', url, access, touches: 'children', handle: (context) => page(context) },
  { method: 'POST', url, access, touches: 'children', handle: post },
]

export const routes: readonly Route[] = [
  ...both(`${BASE}/new`, speakerAccess, startPage, start),
  { method: 'GET', url: `${BASE}/:id`, access: settingAccess, touches: 'children', handle: show },
  ...both(`${BASE}/:id/plan`, settingAccess, planPage, plan),
  ...both(`${BASE}/:id/review`, speakerAccess, reviewPage, review),
  ...smallForm({
    slug: 'meeting',
    title: 'Record a meeting with parents',
    schema: meetingForm,
    start: (_record, today) => dateParts('metOn', today),
    draw: MeetingPage,
    work: recordMeeting,
    access: settingAccess,
  }),
  ...smallForm({
    slug: 'details',
    title: 'Parents’ details, or the pupil has left',
    schema: detailsForm,
    start: ({ pupil }) => ({
      version: String(pupil.version),
      parentName: pupil.parentName ?? '',
      parentContact: pupil.parentContact ?? '',
    }),
    draw: DetailsPage,
    work: changeDetails,
    access: speakerAccess,
  }),
]
