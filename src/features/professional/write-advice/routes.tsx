import { z } from 'zod'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { choice, optionalDate, optionalText, parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseworkers,
  type FieldError,
  professionalRoles,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { dateParts, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { type ContentOf, LISTS, type Part, type PartKind, schemas } from './contents.ts'
import { captionOf, newKey, type Place, partPage, releasePage, standsOf, writePage } from './pages.tsx'
import { startOf, titleOf } from './part-fields.tsx'
import { findAsked, loadParts, loadVersions, type SavedVersion } from './queries.ts'
import { release } from './release.ts'
import { begin, removePart, type Saver, savePart } from './save.ts'

const NEW = /^new-(need|outcome|provision)$/
const UUID = /^[0-9a-f-]{36}$/

const saverOf = (context: Context): Saver => {
  const viewer = viewerOf(context)
  return {
    accountId: viewer.accountId,
    name: viewer.name,
    jobTitle: viewer.jobTitle,
    today: context.today,
    isStaff: viewer.door === 'staff',
  }
}
const typed = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})
const EMPTY_DOCUMENT: FieldError = {
  field: '',
  text: 'Nothing is written yet. Write something, or answer that the child is not known to you or that there is nothing to report',
}

/** The pages that write one piece of advice, at one door. Staff type what came on paper with the same pages, recorded as such. */
function writeRoutes(base: string, roles: readonly Role[]): readonly Route[] {
  const access = { who: 'roles', roles } as const
  const isStaff = base.startsWith('/staff')
  const placeOf = (context: Context): Place => ({ base, isStaff, csrfToken: viewerOf(context).csrfToken })
  const back = (adviceId: string, text = 'Back to the advice') => ({
    href: `${base}/${adviceId}/write`,
    text,
  })

  const load = async (trx: Trx, adviceId: string, options: { readonly forUpdate?: boolean } = {}) => {
    const asked = await findAsked(trx, adviceId, options)
    // At this door only what is written at it: the office does not see what an adviser has not released.
    if (!asked?.writing) return undefined
    return { asked, parts: await loadParts(trx, adviceId) }
  }

  /** The part an address names: a new one of a kind, or one that is there, even if it was taken away. */
  const partOf = async (trx: Trx, adviceId: string, name: string) => {
    const kind = NEW.exec(name)?.[1]
    if (kind)
      return {
        kind: kind as PartKind,
        section: null,
        partId: null,
        newest: undefined,
        versions: [] as readonly SavedVersion[],
      }
    if (!UUID.test(name)) return undefined
    const versions = await loadVersions(trx, adviceId, name)
    const newest = versions[0]?.part
    return newest && { kind: newest.kind, section: newest.section, partId: name, newest, versions }
  }

  const showPart = async (
    context: Context,
    met: { readonly form: TypedForm; readonly theirs: SavedVersion | null } | null,
  ): Promise<Answer> => {
    const { adviceId = '', part: name = '' } = context.params
    const found = await context.read('advice: write a part', async (trx, saw) => {
      const whole = await load(trx, adviceId)
      const part = whole && (await partOf(trx, adviceId, name))
      if (!whole || !part) return undefined
      saw(whole.asked.child.id)
      return { ...whole, part }
    })
    if (!found) return { missing: true }
    const { asked, parts, part } = found
    const errors = met?.form.errors ?? []
    const typedFrom = context.form['fromVersion'] ? Number(context.form['fromVersion']) : null
    return {
      page: {
        title: `${titleOf(part.kind, part.section, part.partId === null)}: ${captionOf(asked)}`,
        main: partPage({
          asked,
          parts,
          kind: part.kind,
          section: part.section,
          partId: part.partId,
          form: met?.form ?? freshForm(startOf(part.newest)),
          // After two met, saving again is from what the person has now seen.
          from: met && !met.theirs ? typedFrom : (part.newest?.version ?? null),
          versions: part.versions,
          theirs: met?.theirs ?? null,
          idempotencyKey: newKey(),
          place: placeOf(context),
        }),
        backLink: back(asked.id),
        hasErrors: errors.length > 0,
        status: met?.theirs ? 409 : errors.length > 0 ? 422 : 200,
      },
    }
  }

  const postPart = async (context: Context): Promise<Answer> => {
    const { adviceId = '', part: name = '' } = context.params
    const known = await context.read('advice: save a part', async (trx) => {
      const whole = await load(trx, adviceId)
      return whole && partOf(trx, adviceId, name)
    })
    if (!known) return { missing: true }
    const removing = context.form['do'] === 'remove'
    const parsed = removing
      ? ({ ok: true, value: null } as const)
      : parseForm(
          schemas[known.kind] as unknown as z.ZodType<ContentOf[PartKind]>,
          context.form,
          Object.fromEntries(LISTS[known.kind].map((list) => [list, context.formAll(list)])),
        )
    if (!parsed.ok) return showPart(context, { form: typed(context, parsed.errors), theirs: null })
    let missing = false
    let theirs: SavedVersion | null = null
    const result = await context.command('write-advice', async (trx, changed) => {
      const whole = await load(trx, adviceId, { forUpdate: true })
      const part = whole && (await partOf(trx, adviceId, name))
      if (!whole || !part) {
        missing = true
        return { ok: false, errors: [] }
      }
      changed(whole.asked.child.id)
      const from = context.form['fromVersion'] ? Number(context.form['fromVersion']) : null
      const [newest] = part.versions
      if (removing && part.newest && newest) {
        if (newest.part.version !== from) {
          theirs = newest
          return { ok: false, errors: [metSomebody(newest)] }
        }
        await removePart(trx, whole.asked, part.newest, saverOf(context))
        return {
          ok: true,
          redirect: `${base}/${adviceId}/write`,
          notice: 'Taken away. Its earlier versions are kept.',
        }
      }
      if (!parsed.value) return { ok: false, errors: [] }
      const mine = onlyOwn(parsed.value, whole.parts)
      const saved = await savePart(
        trx,
        whole.asked,
        { partId: part.partId, kind: part.kind, from },
        mine,
        saverOf(context),
      )
      if (!saved.saved) {
        theirs = saved.theirs
        return { ok: false, errors: [metSomebody(saved.theirs)] }
      }
      return { ok: true, redirect: `${base}/${adviceId}/write`, notice: 'Saved.' }
    })
    if (missing) return { missing: true }
    if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    return showPart(context, { form: typed(context, result.errors), theirs })
  }

  const showRelease = async (
    context: Context,
    form: TypedForm | null,
    errors: readonly FieldError[],
  ): Promise<Answer> => {
    const found = await context.read('advice: read through before release', async (trx, saw) => {
      const whole = await load(trx, context.params['adviceId'] ?? '')
      if (whole) saw(whole.asked.child.id)
      return whole
    })
    if (!found) return { missing: true }
    const { asked, parts } = found
    return {
      page: {
        title: `Release the advice: ${captionOf(asked)}`,
        main: releasePage({
          asked,
          parts,
          form: form ?? freshForm({ answer: 'advice', ...dateParts('on', context.today) }),
          place: placeOf(context),
          idempotencyKey: newKey(),
          errors,
        }),
        backLink: back(asked.id),
        hasErrors: errors.length > 0,
        status: errors.length > 0 ? 422 : 200,
      },
    }
  }

  const postRelease = async (context: Context): Promise<Answer> => {
    const { adviceId = '' } = context.params
    const parsed = parseForm(releaseForm, context.form)
    if (!parsed.ok) return showRelease(context, typed(context, parsed.errors), parsed.errors)
    let missing = false
    const result = await context.command('release-advice', async (trx, changed) => {
      const reached = await load(trx, adviceId)
      if (reached) await lockChildren(trx, [reached.asked.child.id])
      const whole = reached && (await load(trx, adviceId, { forUpdate: true }))
      if (!whole) {
        missing = true
        return { ok: false, errors: [] }
      }
      const { asked, parts } = whole
      changed(asked.child.id)
      const refuse = (field: string, text: string) => ({ ok: false, errors: [{ field, text }] }) as const
      if (context.form['stands'] !== standsOf(parts))
        return refuse(
          '',
          'The advice was changed after you opened this page. It is shown below as it stands now: read it through, then send it again',
        )
      const supervisor = asked.people.find((one) => one.part === 'supervisor')
      const setState = (state: 'writing' | 'with-supervisor', note: string | null) =>
        trx
          .updateTable('advice')
          .set({ state, note, changed_by: viewerOf(context).accountId })
          .where('advice_request_id', '=', adviceId)
          .execute()
      if (context.form['do'] === 'send-back') {
        if (!asked.mayRelease || !supervisor) return refuse('', 'Only the supervisor sends advice back')
        if (!parsed.value.note) return refuse('note', 'Enter what should be changed')
        await setState('writing', parsed.value.note)
        return { ok: true, redirect: base, notice: 'Sent back to be changed, with your note.' }
      }
      const isEmpty = parts.every(
        (part) => part.kind === 'about' || (part.kind === 'text' && part.content.words === ''),
      )
      if (parsed.value.answer === 'advice' && isEmpty) return { ok: false, errors: [EMPTY_DOCUMENT] }
      if (!asked.mayRelease) {
        if (!supervisor) return refuse('', 'Only the adviser or their professional lead can release this')
        await setState('with-supervisor', null)
        return {
          ok: true,
          redirect: `${base}/${adviceId}/write`,
          notice: `Sent to ${supervisor.name} to sign off.`,
        }
      }
      if (asked.releases.length > 0 && !parsed.value.why)
        return refuse('why', 'Enter why there is a new version')
      const on = isStaff ? parsed.value.on : context.today
      if (!on && asked.receivedOn === null) return refuse('on', 'Enter the date the advice was received')
      if (on && on > context.today) return refuse('on', 'The date it was received must be today or earlier')
      if (on && asked.receivedOn === null && on < asked.askedOn)
        return refuse('on', 'The date it was received must be on or after the day it was asked for')
      const released = await release(
        trx,
        asked,
        parts,
        {
          answer: parsed.value.answer,
          why: asked.releases.length > 0 ? parsed.value.why : null,
          on: on ?? context.today,
        },
        saverOf(context),
      )
      if (asked.releases.length > 0)
        await recordEvent(trx, {
          childId: asked.child.id,
          processId: asked.processId,
          kind: 'advice_corrected',
          on: context.today,
          today: context.today,
          by: viewerOf(context).accountId,
          payload: { head: asked.head, adviser: asked.adviser, number: asked.releases[0]!.number + 1 },
          why: parsed.value.why,
        })
      return {
        ok: true,
        redirect: isStaff ? `/staff/advice/${adviceId}` : `/professional/released/${released}`,
        notice: isStaff
          ? 'Advice entered. Check it before the family sees it.'
          : 'Released. The council’s SEND office can read it now.',
      }
    })
    if (missing) return { missing: true }
    if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    return showRelease(context, typed(context, result.errors), result.errors)
  }

  return [
    {
      method: 'POST',
      url: `${base}/:adviceId/begin`,
      access,
      touches: 'children',
      handle: async (context) => {
        const adviceId = context.params['adviceId'] ?? ''
        let missing = false
        const result = await context.command('begin-advice', async (trx, changed) => {
          const asked = await findAsked(trx, adviceId)
          if (!asked) {
            missing = true
            return { ok: false, errors: [] }
          }
          changed(asked.child.id)
          return (await begin(trx, asked, saverOf(context)))
            ? { ok: true, redirect: `${base}/${adviceId}/write` }
            : {
                ok: true,
                redirect: `${base}/${adviceId}`,
                notice:
                  'The adviser has begun to write this advice here. Ask them to release it, or record only that it came.',
              }
        })
        if (missing) return { missing: true }
        return result.ok
          ? { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
          : { redirect: `${base}/${adviceId}`, notice: result.errors[0]?.text ?? 'Send it again.' }
      },
    },
    {
      method: 'GET',
      url: `${base}/:adviceId/write`,
      access,
      touches: 'children',
      handle: async (context) => {
        const found = await context.read('advice: write', async (trx, saw) => {
          const whole = await load(trx, context.params['adviceId'] ?? '')
          if (whole) saw(whole.asked.child.id)
          return whole
        })
        if (!found) return { missing: true }
        return {
          page: {
            title: `Write the advice: ${captionOf(found.asked)}`,
            main: writePage(found.asked, found.parts, placeOf(context)),
            backLink: { href: `${base}/${found.asked.id}`, text: 'What is asked' },
          },
        }
      },
    },
    {
      method: 'GET',
      url: `${base}/:adviceId/part/:part`,
      access,
      touches: 'children',
      handle: (context) => showPart(context, null),
    },
    {
      method: 'POST',
      url: `${base}/:adviceId/part/:part`,
      access,
      touches: 'children',
      handle: postPart,
    },
    {
      method: 'GET',
      url: `${base}/:adviceId/release`,
      access,
      touches: 'children',
      handle: (context) => showRelease(context, null, []),
    },
    {
      method: 'POST',
      url: `${base}/:adviceId/release`,
      access,
      touches: 'children',
      handle: postRelease,
    },
  ]
}

const releaseForm = z.object({
  answer: choice(['advice', 'not-known', 'nothing-to-report'], 'Choose the answer'),
  why: optionalText({ max: 2000 }),
  note: optionalText({ max: 5000 }),
  on: optionalDate('the date the advice was received'),
})

const metSomebody = (theirs: SavedVersion): FieldError => ({
  field: '',
  text: `${theirs.savedBy} saved this page while you had it open. Both texts are here and nothing is lost: put them together, then save`,
})

/** A link can name only a part of the same advice. */
function onlyOwn(content: ContentOf[PartKind], parts: readonly Part[]): ContentOf[PartKind] {
  const own = (kind: PartKind, ids: readonly string[]): string[] =>
    ids.filter((id) => parts.some((part) => part.kind === kind && part.partId === id))
  if ('needs' in content) return { ...content, needs: own('need', content.needs) }
  if ('outcomes' in content) return { ...content, outcomes: own('outcome', content.outcomes) }
  return content
}

export const routes: readonly Route[] = [
  ...writeRoutes('/professional/advice', professionalRoles),
  ...writeRoutes('/staff/advice', caseworkers),
]
