import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  professionalRoles,
  type Route,
} from '../../../platform/routes.ts'
import {
  isPlanSection,
  marksOfPart,
  type PartMark,
  type PlanPart,
  type PlanSection,
} from '../../../record/plan/index.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { changePart, removePart, type SavedPart } from '../the-plan/index.ts'
import { FamilyViews, viewsFor, withView } from './family-views.tsx'
import { startOf, titleOf } from './names.ts'
import { captionOf, type PlanPlace, planHref, planPage, sectionHref } from './pages.tsx'
import { partPage } from './part-page.tsx'
import { loadPlanInHand, loadTakenAway, type PlanInHand } from './queries.ts'
import { contentOf, meetsOthers, movePart, saveInPlace } from './save-part.ts'
import { sectionPage } from './section-page.tsx'
import { placeAt, saverOf, typedForm } from './typed-form.ts'
import { addressOf, joined, marksWhileTyping, readTyped } from './typed-part.ts'

const MET_NOBODY = { theirs: null, checked: null } as const

/** What is still to do before a plan is sent, counted. */
export interface WhatWaits {
  readonly recommended: number
  readonly waiting: number
  readonly must: number
  readonly should: number
}

/** What a page of the plan adds from other folders: what the advice recommends for a section, and what waits. */
export interface FromElsewhere {
  readonly sectionAdvice: (
    trx: Trx,
    hand: PlanInHand,
    section: PlanSection,
  ) => Promise<((place: PlanPlace) => JSX.Element | null) | null>
  readonly beforeSending: (trx: Trx, hand: PlanInHand) => Promise<WhatWaits>
}

/** The pages that write a plan, at one door. */
export function writeRoutes(isStaff: boolean, elsewhere: FromElsewhere): readonly Route[] {
  const base = isStaff ? '/staff/plans' : '/professional/plans'
  const readers = { who: 'roles', roles: isStaff ? caseReaders : professionalRoles } as const
  const writers = { who: 'roles', roles: isStaff ? caseworkers : professionalRoles } as const

  const sectionOf = (context: Context): PlanSection | undefined => {
    const section = context.params['section'] ?? ''
    return isPlanSection(section) ? section : undefined
  }

  const showPart = async (
    context: Context,
    met: {
      readonly form: TypedForm | null
      readonly theirs: SavedPart | null
      readonly checked: readonly PartMark[] | null
      readonly from?: number | null
    },
  ): Promise<Answer> => {
    const section = sectionOf(context)
    if (!section) return { missing: true }
    const found = await context.read('plan: write a part', async (trx, saw) => {
      const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
      if (!hand?.mayWrite.includes(section)) return undefined
      const address = await addressOf(trx, hand, section, context.params['part'] ?? '', null)
      if (!address) return undefined
      saw(hand.plan.child.id)
      return { hand, address, views: isStaff ? await viewsFor(trx, hand.plan.child.id, address.slot) : [] }
    })
    if (!found || found.address.kind === 'placement') return { missing: true }
    const { hand, address } = found
    const place = placeAt(context, isStaff)
    const errors = met.form?.errors ?? []
    const [newest] = address.saves
    const typedFrom = context.form['fromVersion'] ? Number(context.form['fromVersion']) : null
    return {
      page: {
        title: `${titleOf(address.kind, section, address.slot, address.partId === null)}: ${captionOf(hand)}`,
        main: partPage({
          hand,
          ...address,
          form: met.form ?? freshForm(startOf(newest)),
          // After two met, saving again is from what the person has now seen.
          from: met.form && !met.theirs ? typedFrom : (newest?.version ?? null),
          theirs: met.theirs,
          checked: met.checked,
          views: <FamilyViews views={found.views} />,
          place,
        }),
        backLink: { href: sectionHref(place, hand.plan.id, section), text: `Section ${section}` },
        hasErrors: errors.length > 0,
        status: met.theirs ? 409 : errors.length > 0 ? 422 : 200,
      },
    }
  }

  const postPart = async (context: Context): Promise<Answer> => {
    const section = sectionOf(context)
    const name = context.params['part'] ?? ''
    if (!section) return { missing: true }
    const act = context.form['do'] ?? 'save'
    const from = context.form['fromVersion'] ? Number(context.form['fromVersion']) : null
    const known = await context.read('plan: save a part', async (trx) => {
      const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
      if (!hand?.mayWrite.includes(section)) return undefined
      const address = await addressOf(trx, hand, section, name, from)
      const views = address && isStaff ? await viewsFor(trx, hand.plan.child.id, address.slot) : []
      return address && { hand, address, view: views.find((one) => act === `view-${one.id}`) }
    })
    if (!known || known.address.kind === 'placement') return { missing: true }
    const { kind } = known.address
    if (act === 'join' && known.address.saves[0])
      return showPart(context, { ...MET_NOBODY, form: joined(context, known.address.saves[0]), theirs: null })
    if (known.view) return showPart(context, { ...MET_NOBODY, form: withView(context, known.view) })
    const isWriting = act === 'save' || act === 'check'
    const parsed = isWriting ? readTyped(context, kind) : null
    if (parsed && !parsed.ok)
      return showPart(context, { ...MET_NOBODY, form: typedForm(context, parsed.errors) })
    if (act === 'check' && parsed?.ok)
      return showPart(context, {
        theirs: null,
        form: typedForm(context, []),
        checked: marksOfPart({
          partId: '',
          section,
          kind,
          slot: known.address.slot,
          position: 0,
          content: contentOf(parsed.value, known.address, known.hand.parts),
        } as PlanPart),
      })
    let missing = false
    let theirs: SavedPart | null = null
    const result = await context.command('write-the-plan', async (trx, changed) => {
      const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today, {
        forUpdate: true,
      })
      const address = hand?.mayWrite.includes(section)
        ? await addressOf(trx, hand, section, name, from)
        : undefined
      if (!hand || !address) {
        missing = true
        return { ok: false, errors: [] }
      }
      changed(hand.plan.child.id)
      const by = saverOf(context)
      const [newest] = address.saves
      const back = (partId: string | null, notice: string) =>
        ({
          ok: true,
          redirect: `${sectionHref(placeAt(context, isStaff), hand.plan.id, section)}${partId ? `#part-${partId}` : ''}`,
          notice,
        }) as const
      if (parsed?.ok) {
        const content = contentOf(parsed.value, address, hand.parts)
        const errors = meetsOthers(content, address, hand.parts)
        if (errors.length > 0) return { ok: false, errors }
        const saved = await saveInPlace(trx, hand, address, content, by)
        if (saved.saved) return back(saved.partId, 'Saved.')
        theirs = saved.theirs
        return { ok: false, errors: [metSomebody(saved.theirs)] }
      }
      if (!newest || address.partId === null) return { ok: false, errors: [] }
      if ((act === 'up' || act === 'down') && !newest.removed) {
        await movePart(trx, hand, newest, act, by)
        return back(newest.partId, 'Moved.')
      }
      if (newest.version !== from) {
        theirs = newest
        return { ok: false, errors: [metSomebody(newest)] }
      }
      if (act === 'remove') {
        await removePart(trx, hand.plan, newest, by)
        return back(null, 'Taken away. Every save of it is kept, and it can be brought back.')
      }
      if (act === 'bring-back' && newest.removed) {
        await changePart(trx, hand.plan, newest.partId, newest.version, newest.content, by)
        return back(newest.partId, 'Brought back.')
      }
      return { ok: false, errors: [{ field: '', text: 'Press one of the buttons of the page' }] }
    })
    if (missing) return { missing: true }
    if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    // A button beside a part has typed nothing: the part is shown as it stands.
    const form = isWriting
      ? typedForm(context, result.errors)
      : { ...freshForm(startOf(theirs ?? known.address.saves[0])), errors: result.errors }
    return showPart(context, { form, theirs: isWriting ? theirs : null, checked: null })
  }

  return [
    {
      method: 'GET',
      url: `${base}/:planId`,
      access: readers,
      touches: 'children',
      handle: async (context) => {
        const found = await context.read('plan: its sections', async (trx, saw) => {
          const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
          if (!hand) return undefined
          saw(hand.plan.child.id)
          return { hand, more: isStaff ? await elsewhere.beforeSending(trx, hand) : null }
        })
        if (!found) return { missing: true }
        return {
          page: {
            title: `The plan: ${captionOf(found.hand)}`,
            main: planPage(found.hand, placeAt(context, isStaff), found.more),
            backLink: isStaff
              ? { href: `/staff/cases/${found.hand.plan.processId}`, text: 'The case' }
              : { href: base, text: 'Plans you write in' },
          },
        }
      },
    },
    {
      method: 'GET',
      url: `${base}/:planId/sections/:section`,
      access: readers,
      touches: 'children',
      handle: async (context) => {
        const section = sectionOf(context)
        if (!section) return { missing: true }
        const found = await context.read('plan: a section', async (trx, saw) => {
          const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
          if (!hand) return undefined
          saw(hand.plan.child.id)
          return {
            hand,
            takenAway: await loadTakenAway(trx, hand.plan.id, section),
            advice: hand.mayWrite.includes(section)
              ? await elsewhere.sectionAdvice(trx, hand, section)
              : null,
          }
        })
        if (!found) return { missing: true }
        const { hand } = found
        const place = placeAt(context, isStaff)
        return {
          page: {
            title: `${hand.template.sections.find((one) => one.id === section)?.heading ?? section}: ${captionOf(hand)}`,
            main: sectionPage(hand, section, found.takenAway, place, found.advice?.(place) ?? null),
            backLink: { href: planHref(place, hand.plan.id), text: 'The plan' },
          },
        }
      },
    },
    {
      method: 'GET',
      url: `${base}/:planId/sections/:section/parts/:part`,
      access: writers,
      touches: 'children',
      handle: (context) => showPart(context, { ...MET_NOBODY, form: null }),
    },
    {
      method: 'POST',
      url: `${base}/:planId/sections/:section/parts/:part`,
      access: writers,
      touches: 'children',
      handle: postPart,
    },
    {
      method: 'POST',
      url: `${base}/:planId/words`,
      access: writers,
      touches: 'nothing',
      handle: async (context) => ({ data: marksWhileTyping(context) }),
    },
  ]
}

const metSomebody = (theirs: SavedPart): FieldError => ({
  field: '',
  text: `${theirs.savedBy} saved this while you had it open. Both texts are here and nothing is lost: put them together, then save`,
})
