import { z } from 'zod'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalText, parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { startMyPlan } from '../../../record/plan/my-plan.ts'
import { dateParts, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { loadCase } from '../../assessment/the-case/index.ts'
import { ageOn } from '../../children/the-child/index.ts'
import { findPlan, loadVersion, loadVersions, type Plan, type PlanVersion } from '../the-plan/index.ts'
import { givenToRead, readMyPlan, startOf } from './form.ts'
import { findMyPlan, findShared, HOW, type How, type KeptMyPlan } from './queries.ts'
import { MyPlanStaffPage, myPlanAddress, SharePage, WriteMyPlanPage } from './staff-pages.tsx'

const MISSING: Answer = { missing: true }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Loaded {
  readonly plan: Plan
  readonly kept: KeptMyPlan | undefined
  /** The newest version that was sent: what the page is made from. */
  readonly newest: PlanVersion | undefined
  readonly knownAs: string
  readonly coordinatorName: string | null
}

async function load(trx: Trx, id: string): Promise<Loaded | undefined> {
  const plan = UUID.test(id) ? await findPlan(trx, id) : undefined
  if (!plan) return undefined
  const head = (await loadVersions(trx, plan.child.id))
    .filter((version) => version.planId === plan.id && version.sentOn !== null)
    .toSorted((a, b) => b.number - a.number)[0]
  const child = await trx
    .selectFrom('child')
    .select('known_as')
    .where('id', '=', plan.child.id)
    .executeTakeFirst()
  return {
    plan,
    kept: await findMyPlan(trx, plan.child.id),
    newest: head && (await loadVersion(trx, head.id)),
    knownAs: child?.known_as ?? plan.child.givenName,
    coordinatorName: (await loadCase(trx, plan.processId))?.process.assignedTo?.name ?? null,
  }
}

const read = <T,>(context: Context, more: (trx: Trx, found: Loaded) => Promise<T>) =>
  context.read('the child’s own page of the plan', async (trx, saw) => {
    const found = await load(trx, context.params['planId'] ?? '')
    if (!found) return undefined
    saw(found.plan.child.id)
    return { ...found, more: await more(trx, found) }
  })
const nothing = async (): Promise<void> => {}

/** Sentences of the plan, for somebody to read. */
const suggestedFor = (found: Loaded, today: string) =>
  startMyPlan(found.newest?.parts ?? [], {
    givenName: found.knownAs,
    age: ageOn(found.plan.child.bornOn, today),
    settingName: found.plan.child.settingName,
    coordinatorName: found.coordinatorName,
  })

const backToPage = (plan: Plan) => ({ href: myPlanAddress(plan.id), text: 'My plan' })
const typed = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})
const statusOf = (form: TypedForm) => ({
  hasErrors: form.errors.length > 0,
  status: form.errors.length > 0 ? 422 : 200,
})
const refuse = (field: string, words: string): CommandResult => ({
  ok: false,
  errors: [{ field, text: words }],
})

async function show(context: Context): Promise<Answer> {
  const found = await read(context, (trx, { plan }) => findShared(trx, plan.child.id))
  if (!found) return MISSING
  return {
    page: {
      title: `My plan: ${found.plan.child.name}`,
      backLink: { href: `/staff/plans/${found.plan.id}`, text: 'The plan' },
      main: (
        <MyPlanStaffPage
          {...found}
          shared={found.more}
          mayAct={found.plan.endedOn === null && caseworkers.includes(viewerOf(context).role)}
        />
      ),
    },
  }
}

function writePage(context: Context, found: Loaded, form: TypedForm, from: number): Answer {
  return {
    page: {
      title: `Write the child’s own page: ${found.plan.child.name}`,
      backLink: backToPage(found.plan),
      ...statusOf(form),
      main: (
        <WriteMyPlanPage
          plan={found.plan}
          isFirst={!found.kept}
          form={form}
          from={from}
          versionId={found.newest!.id}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
    },
  }
}

async function askWrite(context: Context): Promise<Answer> {
  const found = await read(context, nothing)
  if (!found?.newest || found.plan.endedOn !== null) return MISSING
  return writePage(
    context,
    found,
    freshForm(
      startOf(found.kept?.page, suggestedFor(found, context.today), found.kept?.page.language ?? 'en'),
    ),
    found.kept?.number ?? 0,
  )
}

async function write(context: Context): Promise<Answer> {
  const found = await read(context, nothing)
  if (!found?.newest || found.plan.endedOn !== null) return MISSING
  const again = (at: Loaded, errors: readonly FieldError[], from = Number(context.form['from'] ?? 0)) =>
    writePage(context, at, typed(context, errors), Number.isSafeInteger(from) ? from : 0)
  const parsed = readMyPlan(context.form, givenToRead(found.kept?.page, suggestedFor(found, context.today)))
  if (!parsed.ok) return again(found, parsed.errors)
  const by = viewerOf(context).accountId
  const result = await context.command('wrote the child’s own page of a plan', async (trx, changed) => {
    await lockChildren(trx, [found.plan.child.id])
    const now = await load(trx, found.plan.id)
    if (!now?.newest || now.plan.endedOn !== null) return refuse('', 'The plan has ended. Nothing was saved')
    if ((now.kept?.number ?? 0) !== Number(context.form['from'])) return refuse('', OVERTAKEN)
    if (now.newest.id !== context.form['versionId']) return refuse('', NEWER)
    await trx
      .insertInto('my_plan')
      .values({
        plan_id: now.plan.id,
        child_id: now.plan.child.id,
        version_id: now.newest.id,
        number: (now.kept?.number ?? 0) + 1,
        language: parsed.language,
        content: JSON.stringify(parsed.content),
        saved_by: by,
        saved_on: context.today,
      })
      .execute()
    changed(now.plan.child.id)
    return {
      ok: true,
      redirect: myPlanAddress(now.plan.id),
      notice: 'The page is saved. Nobody but the office sees it yet.',
    }
  })
  if (result.ok) return result
  // After two met, saving again is from what the person is now told of.
  const latest = await read(context, nothing)
  return latest?.newest ? again(latest, result.errors, latest.kept?.number ?? 0) : MISSING
}
const OVERTAKEN =
  'Somebody else saved the page since you opened it. Your words are below: look at theirs in another tab, then save again'
const NEWER =
  'A newer plan was sent since you opened this page. Your words are below: read it, then save again'

async function sharePage(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context, nothing)
  if (!found?.kept) return MISSING
  return {
    page: {
      title: `Somebody went through the page: ${found.plan.child.name}`,
      backLink: backToPage(found.plan),
      ...statusOf(form),
      main: (
        <SharePage plan={found.plan} kept={found.kept} form={form} csrfToken={viewerOf(context).csrfToken} />
      ),
    },
  }
}

const shareForm = z.object({
  sharedOn: plainDate('the day'),
  who: text('Enter who explained it', { max: 200 }),
  how: choice(Object.keys(HOW) as [How, ...How[]], 'Choose how'),
  said: optionalText({ max: 4000 }),
})

async function share(context: Context): Promise<Answer> {
  const parsed = parseForm(shareForm, context.form)
  if (!parsed.ok) return sharePage(context, typed(context, parsed.errors))
  const given = parsed.value
  const by = viewerOf(context).accountId
  let isMissing = false
  const result = await context.command(
    'recorded that the child’s own page was shared',
    async (trx, changed) => {
      const found = await load(trx, context.params['planId'] ?? '')
      if (!found?.kept) {
        isMissing = true
        return refuse('', 'There is no page')
      }
      const { plan, kept } = found
      await lockChildren(trx, [plan.child.id])
      if (kept.number !== Number(context.form['number']))
        return refuse(
          '',
          'The page was changed since you opened this form. Look whether it is the one that was shared, then record it again',
        )
      if (given.sharedOn > context.today) return refuse('sharedOn', 'The day must be today or in the past')
      if (given.sharedOn < kept.page.savedOn)
        return refuse(
          'sharedOn',
          `The day must be ${shortDate(date(kept.page.savedOn))} or later, when this page was made`,
        )
      const eventId = await recordEvent(trx, {
        childId: plan.child.id,
        processId: plan.processId,
        kind: 'my_plan_shared',
        on: given.sharedOn,
        today: context.today,
        by,
        payload: { page: kept.number, how: given.how },
      })
      await trx
        .insertInto('my_plan_shared')
        .values({
          my_plan_id: kept.id,
          child_id: plan.child.id,
          shared_on: given.sharedOn,
          how: given.how,
          who: given.who,
          said: given.said ?? '',
          recorded_by: by,
          recorded_on: context.today,
          event_id: eventId,
        })
        .execute()
      changed(plan.child.id)
      return {
        ok: true,
        redirect: myPlanAddress(plan.id),
        notice: 'It is recorded, and the family can read the page.',
      }
    },
  )
  if (result.ok) return result
  return isMissing ? MISSING : sharePage(context, typed(context, result.errors))
}

const readers = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const
const URL = '/staff/plans/:planId/my-plan'
export const staffRoutes: readonly Route[] = [
  { method: 'GET', url: URL, access: readers, touches: 'children', handle: show },
  { method: 'GET', url: `${URL}/write`, access: writers, touches: 'children', handle: askWrite },
  { method: 'POST', url: `${URL}/write`, access: writers, touches: 'children', handle: write },
  {
    method: 'GET',
    url: `${URL}/share`,
    access: writers,
    touches: 'children',
    handle: (context) => sharePage(context, freshForm(dateParts('sharedOn', context.today))),
  },
  { method: 'POST', url: `${URL}/share`, access: writers, touches: 'children', handle: share },
]
