import type { Trx } from '../../../db/viewer.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  professionalRoles,
  type Route,
} from '../../../platform/routes.ts'
import { isPlanSection, sourcesOf } from '../../../record/plan/index.ts'
import { freshForm } from '../../../ui/fields/index.ts'
import { changePart, savePart } from '../the-plan/index.ts'
import {
  captionOf,
  loadPlanInHand,
  type PlanInHand,
  placeAt,
  planHref,
  saverOf,
  sectionHref,
} from '../write-the-plan/index.ts'
import { appendAll, loadAdviceThatCame } from './appendices.ts'
import { postLeaveOut, showLeaveOut } from './leave-out.ts'
import { accountPage } from './page.tsx'
import { findChangedAdvice, loadLeftOut, loadNewestReleases, loadRecommendations } from './queries.ts'
import { contentOfSchoolLine, loadSchoolLines } from './school-lines.tsx'
import { contentFrom, sectionsFor, sourceOf, useInPlan } from './use-advice.ts'

const readers = { who: 'roles', roles: caseReaders } as const

async function loadAccount(trx: Trx, hand: PlanInHand) {
  const releases = await loadNewestReleases(trx, hand.plan.child.id)
  const recommended = await loadRecommendations(trx, releases)
  return {
    releases,
    recommended,
    leftOut: await loadLeftOut(trx, hand.plan.id),
    changed: await findChangedAdvice(trx, hand.parts, releases, recommended),
  }
}

const adviceOf = (hand: PlanInHand, releases: Awaited<ReturnType<typeof loadNewestReleases>>, trx: Trx) =>
  loadAdviceThatCame(trx, hand.plan, releases)

async function showAccount(context: Context): Promise<Answer> {
  const found = await context.read('plan: what the advice recommends', async (trx, saw) => {
    const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
    if (!hand) return undefined
    saw(hand.plan.child.id)
    return { hand, ...(await loadAccount(trx, hand)) }
  })
  if (!found) return { missing: true }
  const place = placeAt(context, true)
  return {
    page: {
      title: `What the advice recommends: ${captionOf(found.hand)}`,
      main: accountPage({ ...found, place }),
      backLink: { href: planHref(place, found.hand.plan.id), text: 'The plan' },
    },
  }
}

/** Uses advice in the plan: one recommendation, all of one release, the words a newer version has, or all of it as appendices. */
function postAccount(isStaff: boolean): Route['handle'] {
  return async (context) => {
    const place = placeAt(context, isStaff)
    let missing = false
    const result = await context.command(
      'use-advice-in-plan',
      async (trx, changed, holds): Promise<CommandResult> => {
        const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today, {
          forUpdate: true,
        })
        if (!hand) {
          missing = true
          return { ok: false, errors: [] }
        }
        // An answer that refuses says something of the plan too: it is for those who are something to the child.
        await holds(hand.plan.child.id)
        changed(hand.plan.child.id)
        const { plan } = hand
        const releases = await loadNewestReleases(trx, plan.child.id)
        const by = saverOf(context)
        const here = `${planHref(place, plan.id)}/advice`
        const act = context.form['do']
        if (act === 'append-all' && hand.mayWrite.includes('K')) {
          const done = await appendAll(trx, plan, hand.parts, await adviceOf(hand, releases, trx), by)
          return {
            ok: true,
            redirect: sectionHref(place, plan.id, 'K'),
            notice: done === 0 ? 'All of it was there already.' : `${done} added.`,
          }
        }
        if (act === 'use-school' && hand.mayWrite.includes('F')) {
          const one = (await loadSchoolLines(trx, plan, hand.parts)).find(
            (each) => each.key === context.form['line'],
          )
          if (!one) return refused('It is in the plan already, or the school has changed its advice')
          const saved = await savePart(
            trx,
            plan,
            { section: 'F', kind: 'provision' },
            contentOfSchoolLine(one),
            by,
          )
          return {
            ok: true,
            redirect: `${sectionHref(place, plan.id, 'F')}${saved.saved ? `#part-${saved.partId}` : ''}`,
            notice: 'Put in the plan. Make it specific: it is yours to change.',
          }
        }
        const recommended = await loadRecommendations(trx, releases)
        if (act === 'use-all') {
          const own = recommended.filter((one) => one.releaseId === context.form['release'])
          const leftOut = new Set((await loadLeftOut(trx, plan.id)).map((one) => one.advicePartId))
          let made = 0
          // Needs before outcomes before lines: each finds those it names.
          for (const kind of ['need', 'outcome', 'provision'] as const)
            for (const one of own.filter((each) => each.kind === kind && !leftOut.has(each.advicePartId))) {
              const [section] = sectionsFor(one)
              if (hand.mayWrite.includes(section) && (await useInPlan(trx, plan, one, section, by))) made++
            }
          return {
            ok: true,
            redirect: here,
            notice: `${made} put in the plan. Read each one: it is yours to change.`,
          }
        }
        const one = recommended.find((each) => each.advicePartId === context.form['advicePart'])
        if (!one) return refused('The advice was changed meanwhile: it is shown here as it stands now')
        if (act === 'renew' || act === 'keep') {
          const part = hand.parts.find((each) => each.partId === context.form['part'])
          if (
            !part ||
            String(part.version) !== context.form['fromVersion'] ||
            !hand.mayWrite.includes(part.section)
          )
            return refused('Somebody saved this part meanwhile: it is shown here as it stands now')
          const sources = sourcesOf(part).map((source) =>
            source.advicePartId === one.advicePartId ? sourceOf(one) : source,
          )
          // The new words, with what the plan adds to them: rank, strengths, steps, links, review.
          const { sources: _, ...fresh } = contentFrom(one, hand.parts)
          const content =
            act === 'keep'
              ? { ...part.content, sources }
              : {
                  ...part.content,
                  ...Object.fromEntries(
                    Object.entries(fresh).filter(
                      ([name, value]) =>
                        value !== null &&
                        value !== '' &&
                        value !== false &&
                        !(Array.isArray(value) && value.length === 0) &&
                        name !== 'sources',
                    ),
                  ),
                  ...(one.kind === 'provision'
                    ? { minutes: one.content.minutes, count: one.content.count }
                    : {}),
                  sources,
                }
          await changePart(trx, plan, part.partId, part.version, content, by, {
            why: act === 'keep' ? 'kept against newer advice' : 'newer advice',
          })
          return {
            ok: true,
            redirect: here,
            notice: act === 'keep' ? 'Kept as it is.' : 'The new words are in the plan.',
          }
        }
        const section = context.form['section'] ?? ''
        if (act !== 'use' || !isPlanSection(section) || !sectionsFor(one).includes(section))
          return refused('Choose the section it goes in')
        if (!hand.mayWrite.includes(section)) {
          missing = true
          return { ok: false, errors: [] }
        }
        const made = await useInPlan(trx, plan, one, section, by)
        const toSection = context.form['back'] === 'section' || !isStaff
        return {
          ok: true,
          redirect: toSection
            ? `${sectionHref(place, plan.id, section)}${made ? `#part-${made}` : ''}`
            : `${here}#advice-part-${one.advicePartId}`,
          notice: made ? 'Put in the plan. Read it: it is yours to change.' : 'It was in the plan already.',
        }
      },
    )
    if (missing) return { missing: true }
    if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    const planId = context.params['planId'] ?? ''
    return {
      redirect: isStaff ? `${place.base}/${planId}/advice` : planHref(place, planId),
      notice: result.errors[0]?.text ?? 'Send it again.',
    }
  }
}
const refused = (words: string): CommandResult => ({ ok: false, errors: [{ field: '', text: words }] })

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/advice',
    access: readers,
    touches: 'children',
    handle: showAccount,
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/advice',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: postAccount(true),
  },
  {
    method: 'POST',
    url: '/professional/plans/:planId/advice',
    access: { who: 'roles', roles: professionalRoles },
    touches: 'children',
    handle: postAccount(false),
  },
  {
    method: 'GET',
    url: '/staff/plans/:planId/advice/:advicePartId',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: (context) => showLeaveOut(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/advice/:advicePartId',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: postLeaveOut,
  },
]
