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
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { type FoundSetting, findSetting, findSettings } from '../../children/the-child/index.ts'
import { family, loadMyChild, type MyChild } from '../my-child/index.ts'
import { type CommentGiven, holdResponse, keepComments, saysNothing, sendResponse, touch } from './command.ts'
import {
  findResponses,
  findServedDraft,
  type Response,
  type ServedDraft,
  saidBeside,
  saidOf,
  saidOfSchool,
  stateOf,
} from './draft.ts'
import { isSection, moreForm, type Section, STANCES, type Stance, schoolForm } from './form.ts'
import {
  checkPage,
  draftAddress,
  morePage,
  noDraftPage,
  overviewPage,
  schoolPage,
  sectionPage,
  stateOfAll,
} from './pages.tsx'

const MISSING: Answer = { missing: true }
const OTHER_TAB: FieldError = {
  field: '',
  text: 'This was saved in another tab. Look at both, then save again',
}

interface Found {
  readonly child: MyChild
  readonly draft: ServedDraft
  readonly response: Response | undefined
  readonly sent: readonly Response[]
}

async function load(
  context: Context,
  trx: Trx,
): Promise<{ child: MyChild; found: Found | undefined } | undefined> {
  const viewer = viewerOf(context)
  const child = await loadMyChild(trx, context.params['child'] ?? '', viewer.accountId)
  if (!child) return undefined
  const draft = await findServedDraft(trx, child.id)
  if (!draft) return { child, found: undefined }
  const mine = { childId: child.id, accountId: viewer.accountId }
  const drafts = await findResponses(trx, { ...mine, state: 'draft' })
  return {
    child,
    found: {
      child,
      draft,
      response: drafts.find((response) => response.draftEvent === draft.event),
      sent: await findResponses(trx, { ...mine, contactId: child.contactId, state: 'sent' }),
    },
  }
}

const read = (context: Context) =>
  context.read('the draft plan and what is said about it', async (trx, saw) => {
    const loaded = await load(context, trx)
    if (loaded) saw(loaded.child.id)
    return loaded
  })

/** A page for a draft that may still be changed. */
const onOpenDraft =
  (handle: (context: Context, found: Found) => Promise<Answer>): Route['handle'] =>
  async (context) => {
    const { found } = (await read(context)) ?? {}
    return found?.draft.isOpen ? handle(context, found) : MISSING
  }

/** Keeps some of what is said, unless another tab has changed the same since this page was opened. */
async function keep(
  context: Context,
  what: string,
  stateNow: (response: Response | undefined) => unknown,
  write: (trx: Trx, response: Response, found: Found) => Promise<CommandResult | undefined>,
): Promise<CommandResult> {
  return context.command(what, async (trx, changed) => {
    const { found } = (await load(context, trx)) ?? {}
    if (!found?.draft.isOpen)
      return { ok: false, errors: [{ field: '', text: 'The plan is final, so this can no longer be saved' }] }
    const speaker = speakerOf(context, found)
    const response = await holdResponse(trx, speaker)
    if (stateOf(stateNow(response)) !== context.form['was']) return { ok: false, errors: [OTHER_TAB] }
    const result = await write(trx, response, found)
    if (result) return result
    changed(found.child.id)
    return {
      ok: true,
      redirect: draftAddress(found.child.id),
      notice: 'Saved. Only you can see it until you send it.',
    }
  })
}

const speakerOf = (context: Context, { child, draft }: Found) => ({
  childId: child.id,
  accountId: viewerOf(context).accountId,
  contactId: child.contactId,
  draft,
})

// A part of the draft, paragraph by paragraph.

const placesOf = (draft: ServedDraft, section: Section): readonly string[] => {
  const own = draft.paragraphs.filter((paragraph) => paragraph.section === section)
  return own.length === 0 ? ['whole'] : own.map((paragraph) => paragraph.id)
}

const startOf = (response: Response | undefined, section: Section): Record<string, string> =>
  Object.fromEntries(
    (response?.comments ?? [])
      .filter((comment) => comment.section === section)
      .flatMap((comment) => {
        const place = comment.paragraphId ?? 'whole'
        return [
          [`stance-${place}`, comment.stance],
          [`words-${place}`, comment.words],
        ]
      }),
  )

function readComments(
  context: Context,
  places: readonly string[],
): { readonly comments: readonly CommentGiven[]; readonly errors: readonly FieldError[] } {
  const comments: CommentGiven[] = []
  const errors: FieldError[] = []
  for (const place of places) {
    const stance = context.form[`stance-${place}`] ?? ''
    const words = (context.form[`words-${place}`] ?? '').trim()
    if (stance === '' && words === '') continue
    if (!Object.hasOwn(STANCES, stance))
      errors.push({ field: `stance-${place}`, text: 'Choose what your words are about' })
    else if (stance !== 'agree' && words === '')
      errors.push({
        field: `words-${place}`,
        text: 'Write what should be different, or choose “Nothing to say”',
      })
    else if (words.length > 4000)
      errors.push({ field: `words-${place}`, text: 'Use 4,000 characters or fewer' })
    else comments.push({ paragraphId: place === 'whole' ? null : place, stance: stance as Stance, words })
  }
  return { comments, errors }
}

const section = (handle: (context: Context, found: Found, section: Section) => Promise<Answer>) =>
  onOpenDraft(async (context, found) => {
    const id = context.params['section']
    return isSection(id) ? handle(context, found, id) : MISSING
  })

const askSection = section(async (context, found, id) =>
  sectionPage({
    context,
    ...found,
    section: id,
    form: freshForm(startOf(found.response, id)),
    was: stateOf(saidOf(found.response, id)),
    isStale: false,
  }),
)

const keepSection = section(async (context, found, id) => {
  const { comments, errors } = readComments(context, placesOf(found.draft, id))
  const again = (at: Found, messages: readonly FieldError[]) =>
    sectionPage({
      context,
      ...at,
      section: id,
      form: { ...freshForm(context.form), errors: messages },
      was: messages.includes(OTHER_TAB) ? stateOf(saidOf(at.response, id)) : (context.form['was'] ?? ''),
      isStale: messages.includes(OTHER_TAB),
    })
  if (errors.length > 0) return again(found, errors)
  const result = await keep(
    context,
    'said what they think of part of the draft',
    (response) => saidOf(response, id),
    async (trx, response) => {
      await keepComments(trx, speakerOf(context, found), response, id, comments)
      return undefined
    },
  )
  if (result.ok) return result
  return again((await read(context))?.found ?? found, staleOr(result.errors))
})

/** The refusal as this module knows it, though it came back through a transaction. */
const staleOr = (errors: readonly FieldError[]): readonly FieldError[] =>
  errors.some((error) => error.text === OTHER_TAB.text) ? [OTHER_TAB] : errors

// Anything else, a meeting, a school.

const besideForm = (response: Response | undefined): TypedForm =>
  freshForm({
    general: response?.general ?? '',
    wantsMeeting: response?.wantsMeeting == null ? '' : response.wantsMeeting ? 'yes' : 'no',
    meetingNote: response?.meetingNote ?? '',
  })

const askMore = onOpenDraft(async (context, found) =>
  morePage({
    context,
    ...found,
    form: besideForm(found.response),
    was: stateOf(saidBeside(found.response)),
    isStale: false,
  }),
)

const keepMore = onOpenDraft(async (context, found) => {
  const parsed = parseForm(moreForm, context.form)
  const again = (at: Found, errors: readonly FieldError[]) =>
    morePage({
      context,
      ...at,
      form: { ...freshForm(context.form), errors },
      was: errors.includes(OTHER_TAB) ? stateOf(saidBeside(at.response)) : (context.form['was'] ?? ''),
      isStale: errors.includes(OTHER_TAB),
    })
  if (!parsed.ok) return again(found, parsed.errors)
  const said = parsed.value
  const result = await keep(context, 'said more about the draft', saidBeside, async (trx, response) => {
    await trx
      .updateTable('draft_response')
      .set({
        general: said.general ?? '',
        wants_meeting: said.wantsMeeting,
        meeting_note: said.wantsMeeting ? said.meetingNote : null,
      })
      .where('id', '=', response.id)
      .execute()
    await touch(trx, response.id)
    return undefined
  })
  return result.ok ? result : again((await read(context))?.found ?? found, staleOr(result.errors))
})

const settingsFor = (context: Context, form: TypedForm): Promise<readonly FoundSetting[]> =>
  context.read('settings', async (trx) => {
    const search = form.value('settingSearch').trim()
    const chosen = form.value('settingUrn') ? await findSetting(trx, form.value('settingUrn')) : undefined
    const found =
      search === '' ? [] : (await findSettings(trx, search)).filter((one) => one.closedOn === null)
    return chosen && !found.some((one) => one.urn === chosen.urn) ? [chosen, ...found] : found
  })

const showSchool = async (context: Context, found: Found, form: TypedForm, was: string, isStale: boolean) =>
  schoolPage({ context, ...found, form, was, isStale, found: await settingsFor(context, form) })

const askSchool = onOpenDraft((context, found) =>
  showSchool(
    context,
    found,
    freshForm({
      settingAnswer: found.response?.settingAnswer ?? '',
      settingUrn: found.response?.settingUrn ?? '',
      settingName: found.response?.settingAnswer === 'not-listed' ? (found.response.settingName ?? '') : '',
    }),
    stateOf(saidOfSchool(found.response)),
    false,
  ),
)

const keepSchool = onOpenDraft(async (context, found) => {
  const typed = freshForm(context.form)
  const was = context.form['was'] ?? ''
  if (context.formAll('go').includes('find')) return showSchool(context, found, typed, was, false)
  const parsed = parseForm(schoolForm, context.form)
  const again = (at: Found, errors: readonly FieldError[]) =>
    showSchool(
      context,
      at,
      { ...typed, errors },
      errors.includes(OTHER_TAB) ? stateOf(saidOfSchool(at.response)) : was,
      errors.includes(OTHER_TAB),
    )
  if (!parsed.ok) return again(found, parsed.errors)
  const said = parsed.value
  if (said.settingAnswer === 'not-listed' && !said.settingName)
    return again(found, [{ field: 'settingName', text: 'Enter its name and town' }])
  const result = await keep(context, 'named a school they want', saidOfSchool, async (trx, response) => {
    const chosen =
      said.settingAnswer === 'listed' && said.settingUrn ? await findSetting(trx, said.settingUrn) : undefined
    if (said.settingAnswer === 'listed' && (!chosen || chosen.closedOn !== null))
      return {
        ok: false,
        errors: [{ field: 'settingSearch', text: 'Look for the school, then choose it from the list' }],
      }
    await trx
      .updateTable('draft_response')
      .set({
        setting_answer: said.settingAnswer === 'later' ? null : said.settingAnswer,
        setting_urn: chosen?.urn ?? null,
        setting_name: chosen?.name ?? (said.settingAnswer === 'not-listed' ? said.settingName : null),
      })
      .where('id', '=', response.id)
      .execute()
    await touch(trx, response.id)
    return undefined
  })
  return result.ok ? result : again((await read(context))?.found ?? found, staleOr(result.errors))
})

// Check, and send.

const send = onOpenDraft(async (context, found) => {
  const result = await context.command('sent what they think of the draft', async (trx, changed) => {
    const { found: now } = (await load(context, trx)) ?? {}
    if (!now?.draft.isOpen) return { ok: false, errors: [{ field: '', text: 'The plan is final now' }] }
    const response = await holdResponse(trx, speakerOf(context, now))
    if (saysNothing(response))
      return { ok: false, errors: [{ field: '', text: 'Say something about the draft before you send it' }] }
    if (stateOfAll(response) !== context.form['was'])
      return {
        ok: false,
        errors: [{ field: '', text: 'What you say was changed in another tab. Check it again below' }],
      }
    await sendResponse(trx, speakerOf(context, now), response, context.today)
    changed(now.child.id)
    return {
      ok: true,
      redirect: draftAddress(now.child.id),
      notice: 'Thank you. We have what you think of the draft, and we answer each comment here.',
    }
  })
  if (result.ok) return result
  const latest = (await read(context))?.found ?? found
  return checkPage({ context, ...latest }, result.errors)
})

const BASE = '/family/children/:child/draft'
const page = (method: Route['method'], more: string, handle: Route['handle']): Route => ({
  method,
  url: `${BASE}${more}`,
  access: family,
  touches: 'children',
  handle,
})

export const routes: readonly Route[] = [
  page('GET', '', async (context) => {
    const loaded = await read(context)
    if (!loaded) return MISSING
    const { child, found } = loaded
    return found ? overviewPage({ context, ...found }, found.sent) : noDraftPage(child)
  }),
  page('GET', '/section/:section', askSection),
  page('POST', '/section/:section', keepSection),
  page('GET', '/more', askMore),
  page('POST', '/more', keepMore),
  page('GET', '/school', askSchool),
  page('POST', '/school', keepSchool),
  page(
    'GET',
    '/check',
    onOpenDraft(async (context, found) => checkPage({ context, ...found }, [])),
  ),
  page('POST', '/check', send),
]
