import type { JSX } from 'preact'
import type { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  professionalRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import {
  isPlanSection,
  KINDS_IN,
  marksOfPart,
  type PartMark,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
} from '../../../record/plan/index.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { changePart, loadSaves, type PlanSaver, removePart, type SavedPart } from '../the-plan/index.ts'
import { startOf, titleOf } from './fields.tsx'
import { captionOf, type PlanPlace, planHref, planPage, sectionHref, sectionPage } from './pages.tsx'
import { partPage } from './part-page.tsx'
import { findSlot, loadPlanInHand, loadTakenAway, type PlanInHand } from './queries.ts'
import { contentOf, meetsOthers, movePart, type PartAddress, saveInPlace } from './save-part.ts'
import { LISTS, type ReadPart, SLOTS, schemas } from './schemas.ts'
import { partWords } from './show-part.tsx'

const NEW = /^new-(need|outcome|provision|budget|appendix)$/
const TEXT = /^text-([a-z-]{1,30})$/
const UUID = /^[0-9a-f-]{36}$/
const MET_NOBODY = { theirs: null, checked: null } as const

export const saverOf = (context: Context): PlanSaver => ({
  accountId: viewerOf(context).accountId,
  today: context.today,
})
export const typedForm = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})
export const placeAt = (context: Context, isStaff: boolean): PlanPlace => ({
  base: isStaff ? '/staff/plans' : '/professional/plans',
  isStaff,
  csrfToken: viewerOf(context).csrfToken,
  mayAct: !isStaff || caseworkers.includes(viewerOf(context).role),
})

/** What a page of the plan adds from other folders: what the advice recommends for a section, and what waits. */
export interface FromElsewhere {
  readonly sectionAdvice: (
    trx: Trx,
    hand: PlanInHand,
    section: PlanSection,
  ) => Promise<((place: PlanPlace) => JSX.Element | null) | null>
  readonly beforeSending: (
    trx: Trx,
    hand: PlanInHand,
  ) => Promise<{ readonly waiting: number; readonly must: number; readonly should: number }>
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

  /** The part an address names: a new one of a kind, the text of a question, or one that is there, even if it was taken away. */
  const addressOf = async (
    trx: Trx,
    hand: PlanInHand,
    section: PlanSection,
    name: string,
    from: number | null,
  ): Promise<PartAddress | undefined> => {
    const kind = NEW.exec(name)?.[1] as PlanPartKind | undefined
    if (kind)
      return KINDS_IN[section].includes(kind)
        ? { section, kind, slot: null, partId: null, from, saves: [] }
        : undefined
    const slot = TEXT.exec(name)?.[1]
    if (slot !== undefined && !SLOTS[section].some((one) => one.slot === slot)) return undefined
    const partId = slot === undefined ? name : await findSlot(trx, hand.plan.id, section, slot)
    if (partId === undefined) return { section, kind: 'text', slot: slot!, partId: null, from, saves: [] }
    if (!UUID.test(partId)) return undefined
    const saves = await loadSaves(trx, hand.plan.id, partId)
    const [newest] = saves
    return newest?.section === section
      ? { section, kind: newest.kind, slot: newest.slot, partId, from, saves }
      : undefined
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
      return { hand, address }
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
          views: null,
          place,
        }),
        backLink: { href: sectionHref(place, hand.plan.id, section), text: `Section ${section}` },
        hasErrors: errors.length > 0,
        status: met.theirs ? 409 : errors.length > 0 ? 422 : 200,
      },
    }
  }

  const readTyped = (context: Context, kind: PlanPartKind) =>
    parseForm(
      schemas[kind] as unknown as z.ZodType<ReadPart>,
      context.form,
      Object.fromEntries(LISTS[kind].map((list) => [list, context.formAll(list)])),
    )

  /** What was typed with their words added under it: both are kept, and the person puts them together. */
  const joined = (context: Context, theirs: SavedPart): TypedForm => {
    const mine = context.form['words'] ?? ''
    const other = partWords(theirs)
    const both = mine.includes(other) ? mine : `${mine}\n\n${other}`
    return {
      value: (name) => (name === 'words' ? both : (context.form[name] ?? '')),
      values: (name) => context.formAll(name),
      errors: [],
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
      return address && { hand, address }
    })
    if (!known || known.address.kind === 'placement') return { missing: true }
    const { kind } = known.address
    if (act === 'join' && known.address.saves[0])
      return showPart(context, { ...MET_NOBODY, form: joined(context, known.address.saves[0]), theirs: null })
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

/** The marks on words still being typed, for the page's script. Nothing is read or written: the words come with the question. */
function marksWhileTyping(context: Context): unknown {
  const { section = '', kind = '', slot = '' } = context.form
  if (!isPlanSection(section) || !(kind in schemas) || kind === 'placement') return []
  const read = parseForm(
    schemas[kind as PlanPartKind] as unknown as z.ZodType<ReadPart>,
    context.form,
    Object.fromEntries(LISTS[kind as PlanPartKind].map((list) => [list, context.formAll(list)])),
  )
  if (!read.ok) return []
  const { typedSources: _, ...content } = read.value
  return marksOfPart({
    partId: '',
    section,
    kind,
    slot: slot || null,
    position: 0,
    content,
  } as unknown as PlanPart).map(({ words, reason, better }) => ({ words, reason, better }))
}
