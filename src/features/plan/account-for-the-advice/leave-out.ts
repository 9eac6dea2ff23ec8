import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { choice, parseForm, text } from '../../../platform/forms.ts'
import type { Answer, CommandResult, Context } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { loadParts } from '../the-plan/index.ts'
import { captionOf, loadPlanInHand, placeAt, planHref, saverOf, typedForm } from '../write-the-plan/index.ts'
import { leaveOutPage } from './leave-out-page.tsx'
import {
  loadLeftOut,
  loadNewestReleases,
  loadRecommendations,
  REASONS,
  type Reason,
  usedParts,
} from './queries.ts'

const leaveOutForm = z.object({
  reason: choice(Object.keys(REASONS) as [Reason, ...Reason[]], 'Choose why it is left out'),
  words: text('Say in your own words why it is left out', { max: 4000 }).refine(
    (words) => words.length >= 3,
    'Say in your own words why it is left out',
  ),
})

async function findOne(trx: Trx, context: Context, options: { readonly forUpdate?: boolean } = {}) {
  const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today, options)
  if (!hand) return undefined
  const releases = await loadNewestReleases(trx, hand.plan.child.id)
  const one = (await loadRecommendations(trx, releases)).find(
    (each) => each.advicePartId === context.params['advicePartId'],
  )
  if (!one) return undefined
  const leftOut =
    (await loadLeftOut(trx, hand.plan.id)).find((each) => each.advicePartId === one.advicePartId) ?? null
  return { hand, one, leftOut }
}

export async function showLeaveOut(context: Context, form: TypedForm): Promise<Answer> {
  const found = await context.read('plan: leave a recommendation out', async (trx, saw) => {
    const one = await findOne(trx, context)
    if (one) saw(one.hand.plan.child.id)
    return one
  })
  if (!found) return { missing: true }
  const place = placeAt(context, true)
  const errors = form.errors.length > 0
  return {
    page: {
      title: `Leave it out of the plan: ${captionOf(found.hand)}`,
      main: leaveOutPage({ ...found, form, place }),
      backLink: { href: `${planHref(place, found.hand.plan.id)}/advice`, text: 'What the advice recommends' },
      hasErrors: errors,
      status: errors ? 422 : 200,
    },
  }
}

export async function postLeaveOut(context: Context): Promise<Answer> {
  const takingBack = context.form['do'] === 'take-back'
  const parsed = takingBack ? null : parseForm(leaveOutForm, context.form)
  if (parsed && !parsed.ok) return showLeaveOut(context, typedForm(context, parsed.errors))
  let missing = false
  const result = await context.command('leave-out-of-plan', async (trx, changed): Promise<CommandResult> => {
    const found = await findOne(trx, context, { forUpdate: true })
    if (!found || found.hand.plan.endedOn !== null) {
      missing = true
      return { ok: false, errors: [] }
    }
    const { hand, one, leftOut } = found
    const { plan } = hand
    const by = saverOf(context)
    changed(plan.child.id)
    const done = (notice: string): CommandResult => ({
      ok: true,
      redirect: `${planHref(placeAt(context, true), plan.id)}/advice#advice-part-${one.advicePartId}`,
      notice,
    })
    const event = (payload: Readonly<Record<string, unknown>>) =>
      recordEvent(trx, {
        childId: plan.child.id,
        processId: plan.processId,
        kind: 'recommendation_left_out',
        on: context.today,
        today: context.today,
        by: by.accountId,
        payload: { advice: one.cite, ...payload },
      })
    if (takingBack) {
      if (!leftOut) return done('It was taken back already.')
      await trx
        .updateTable('plan_left_out')
        .set({ taken_back_on: context.today })
        .where('id', '=', leftOut.id)
        .execute()
      await event({ takenBack: true })
      return done('Taken back. Use it in the plan, or leave it out with another reason.')
    }
    if (!parsed?.ok) return { ok: false, errors: [] }
    if (leftOut) return refused(`${leftOut.by} left this out while you had the page open`)
    if (usedParts(await loadParts(trx, plan.id)).has(one.advicePartId))
      return refused('It is in the plan now: take that part away first')
    await trx
      .insertInto('plan_left_out')
      .values({
        plan_id: plan.id,
        child_id: plan.child.id,
        release_id: one.releaseId,
        advice_part_id: one.advicePartId,
        reason: parsed.value.reason,
        words: parsed.value.words,
        decided_by: by.accountId,
        decided_on: context.today,
      })
      .execute()
    await event({ why: REASONS[parsed.value.reason] })
    return done('Left out, with your reason.')
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return showLeaveOut(context, typedForm(context, result.errors))
}

const refused = (words: string): CommandResult => ({ ok: false, errors: [{ field: '', text: words }] })
