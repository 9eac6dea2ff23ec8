import type { Answer, Context, FieldError, Route } from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { family, findMyChildren } from '../my-child/index.ts'
import {
  type Answers,
  claimDraft,
  type Draft,
  findDraft,
  findHeldDrafts,
  findReceipt,
  saveAnswers,
  startDraft,
  stateOf,
} from './drafts.ts'
import { PAGES, type Page, pagesAsked } from './form.ts'
import { forgetHolder, holderOf, holderOrNew } from './holder.ts'
import {
  aboutPage,
  addressOf,
  checkPage,
  FAMILY_START,
  laterPage,
  questionPage,
  START,
  sentPage,
  startPage,
} from './pages.tsx'
import { answersOf, firstUnanswered, problemsOf } from './read-answers.ts'
import { aboutKnownChild, type Sent, sendRequest } from './send.ts'

/** How often one browser may begin: families share addresses, machines do not begin a hundred requests an hour. */
const BEGINNINGS = { times: 100, perMinutes: 60 } as const
const MISSING: Answer = { missing: true }

/** The pages of asking for an assessment, open to anybody. `secureCookies` as the sessions have it. */
export function routes({ secureCookies }: { readonly secureCookies: boolean }): readonly Route[] {
  const page = (
    method: Route['method'],
    url: string,
    handle: Route['handle'],
    more: Partial<Pick<Route, 'limit'>> = {},
  ): Route => ({
    method,
    url,
    access: { who: 'anyone' },
    touches: 'nothing',
    // At work nobody asks for a child of their own: they sign in as themselves.
    handle: (context) =>
      context.viewer && context.viewer.door !== 'family' && url !== START
        ? Promise.resolve(MISSING)
        : handle(context),
    ...more,
  })
  const holder = (context: Context) => holderOf(context, secureCookies)
  return [
    page('GET', START, async (context) =>
      startPage(context, await context.read('requests begun', (trx) => findHeldDrafts(trx, holder(context)))),
    ),
    page(
      'POST',
      START,
      async (context) => {
        if (context.viewer) return MISSING
        const held = holderOrNew(context, secureCookies)
        const id = await context.read('began a request', (trx) => startDraft(trx, held))
        return { redirect: addressOf(id, PAGES[0]!.slug) }
      },
      { limit: BEGINNINGS },
    ),
    page('GET', `${START}/:id`, (context) => goOn(context, holder(context))),
    page('GET', `${START}/:id/check`, (context) => check(context, holder(context), [])),
    page('POST', `${START}/:id/check`, (context) => send(context, holder(context))),
    page('GET', `${START}/:id/later`, (context) => later(context, holder(context))),
    page('GET', `${START}/:id/sent`, (context) => sent(context, holder(context))),
    page('POST', `${START}/:id/keep`, async (context) => {
      if (!context.viewer) return MISSING
      const id = context.params['id'] ?? ''
      await context.read('kept a request', (trx) => claimDraft(trx, id, holder(context), { sentToo: true }))
      return { redirect: `${START}/${id}` }
    }),
    page('POST', `${START}/:id/forget`, async (context) => {
      forgetHolder(context, secureCookies)
      return { redirect: START }
    }),
    {
      method: 'GET',
      url: FAMILY_START,
      access: family,
      touches: 'children',
      handle: (context) => whoPage(context, []),
    },
    {
      method: 'POST',
      url: FAMILY_START,
      access: family,
      touches: 'children',
      limit: BEGINNINGS,
      handle: startSignedIn,
    },
    {
      method: 'POST',
      url: `${FAMILY_START}/:id`,
      access: family,
      touches: 'children',
      handle: (context) => sendSignedIn(context, holder(context)),
    },
    page('GET', `${START}/:id/:page`, (context) => ask(context, holder(context))),
    page('POST', `${START}/:id/:page`, (context) => answer(context, holder(context))),
  ]
}

const readDraft = (context: Context, held: Buffer | null) =>
  context.read('a request being written', async (trx) => {
    const draft = await findDraft(trx, context.params['id'] ?? '', held)
    if (!draft) return undefined
    return {
      draft,
      receipt: await findReceipt(trx, draft.id, held),
    }
  })

async function goOn(context: Context, held: Buffer | null): Promise<Answer> {
  const found = await readDraft(context, held)
  if (!found) return MISSING
  if (found.draft.isSent) return { redirect: addressOf(found.draft.id, 'sent') }
  const next = firstUnanswered(found.draft.answers, context.today)
  return { redirect: addressOf(found.draft.id, next?.slug ?? 'check') }
}

async function ask(context: Context, held: Buffer | null): Promise<Answer> {
  const found = await readDraft(context, held)
  const page = found && pagesAsked(found.draft.answers).find((one) => one.slug === context.params['page'])
  if (!found || !page) return MISSING
  if (found.draft.isSent) return { redirect: addressOf(found.draft.id, 'sent') }
  const { draft } = found
  return questionPage({
    context,
    draft,
    page,
    form: formOf(draft.answers, []),
    was: stateOf(draft.answers, page.fields),
    backToCheck: context.query['back'] === 'check',
  })
}

const LISTS: readonly string[] = ['formats']
function formOf(answers: Answers, errors: readonly FieldError[]): TypedForm {
  const lists = Object.fromEntries(LISTS.map((name) => [name, (answers[name] ?? '').split(',')]))
  return { ...freshForm({ ...answers, ...lists }), errors }
}

type Saved =
  | { readonly kind: 'missing' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'saved'; readonly answers: Answers }
  | {
      readonly kind: 'refused'
      readonly draft: Draft
      readonly errors: readonly FieldError[]
      readonly otherTab?: Answers
    }

/** Keeps one page. What another tab saved of the same page meanwhile is never written over unseen. */
async function answer(context: Context, held: Buffer | null): Promise<Answer> {
  const page = PAGES.find((one) => one.slug === context.params['page'])
  if (!page) return MISSING
  const lists = Object.fromEntries(
    LISTS.map((name) => [name, context.formAll(name).filter(Boolean).join(',')]),
  )
  const typed = answersOf(page, { ...context.form, ...lists })
  // Not `command`: there may be nobody signed in to record it for. Saving the same page twice saves the same.
  const saved = await context.read('kept a page of a request', async (trx): Promise<Saved> => {
    const id = context.params['id'] ?? ''
    if (context.viewer) await claimDraft(trx, id, held)
    const draft = await findDraft(trx, id, held, { forUpdate: true })
    if (!draft) return { kind: 'missing' }
    if (draft.isSent) return { kind: 'sent' }
    const answers: Answers = { ...draft.answers, ...typed }
    const errors = problemsOf(page, answers, context.today)
    if (errors.length > 0) return { kind: 'refused', draft, errors }
    const isSame = stateOf(answers, page.fields) === stateOf(draft.answers, page.fields)
    if (!isSame && stateOf(draft.answers, page.fields) !== context.form['was'])
      return {
        kind: 'refused',
        draft,
        otherTab: draft.answers,
        errors: [{ field: '', text: 'This page was saved in another tab. Look at both, then save again' }],
      }
    await saveAnswers(trx, draft.id, held, typed, null)
    return { kind: 'saved', answers }
  })
  const id = context.params['id'] ?? ''
  if (saved.kind === 'missing') return MISSING
  if (saved.kind === 'sent') return { redirect: addressOf(id, 'sent') }
  if (saved.kind === 'saved') return { redirect: nextAfter(id, page, saved.answers, context) }
  return questionPage({
    context,
    draft: saved.draft,
    page,
    form: formOf({ ...saved.draft.answers, ...typed }, saved.errors),
    was: stateOf(saved.draft.answers, page.fields),
    otherTab: saved.otherTab,
    backToCheck: context.form['back'] === 'check',
  })
}

function nextAfter(id: string, page: Page, answers: Answers, context: Context): string {
  if (context.form['back'] === 'check')
    return addressOf(id, firstUnanswered(answers, context.today)?.slug ?? 'check')
  const asked = pagesAsked(answers)
  return addressOf(id, asked[asked.findIndex((one) => one.slug === page.slug) + 1]?.slug ?? 'check')
}

async function check(context: Context, held: Buffer | null, errors: readonly FieldError[]): Promise<Answer> {
  const found = await readDraft(context, held)
  if (!found) return MISSING
  if (found.draft.isSent) return { redirect: addressOf(found.draft.id, 'sent') }
  const unanswered = firstUnanswered(found.draft.answers, context.today)
  if (unanswered) return { redirect: addressOf(found.draft.id, unanswered.slug) }
  return checkPage(context, found.draft, errors)
}

/** Sent by somebody who has not signed in. Sending what was sent gives the first receipt, so twice does nothing twice. */
async function send(context: Context, held: Buffer | null): Promise<Answer> {
  if (context.viewer) return MISSING
  const id = context.params['id'] ?? ''
  const outcome = await context.read('asked for an assessment', (trx) =>
    sendRequest(context, trx, id, held, () => {}),
  )
  return outcome.go === 'missing' ? MISSING : { redirect: afterSending(id, outcome) }
}

/** Sent by somebody signed in: where they are on the child's record, it opens the case. */
async function sendSignedIn(context: Context, held: Buffer | null): Promise<Answer> {
  const id = context.params['id'] ?? ''
  const result = await context.command('asked for an assessment', async (trx, changed) => {
    const outcome = await sendRequest(context, trx, id, held, changed)
    return outcome.go === 'missing'
      ? { ok: false, errors: [] }
      : { ok: true, redirect: afterSending(id, outcome) }
  })
  if (result.ok) return { redirect: result.redirect }
  return result.errors.length === 0 ? MISSING : check(context, held, result.errors)
}

/** Begun by somebody signed in: for a child on their account, or another. */
async function startSignedIn(context: Context): Promise<Answer> {
  const chosen = context.form['child'] ?? ''
  const result = await context.command('began a request', async (trx) => {
    const known = chosen && chosen !== 'another' ? await aboutKnownChild(trx, chosen) : undefined
    if (chosen !== 'another' && !known)
      return { ok: false, errors: [{ field: 'child', text: 'Choose who this is about' }] }
    const id = await startDraft(trx, null)
    if (known) await saveAnswers(trx, id, null, known, chosen)
    return { ok: true, redirect: addressOf(id, PAGES[0]!.slug) }
  })
  return result.ok ? { redirect: result.redirect } : whoPage(context, result.errors)
}

const whoPage = async (context: Context, errors: readonly FieldError[]): Promise<Answer> =>
  aboutPage(
    context,
    await context.read('who a request is about', async (trx, saw) => {
      const children = await findMyChildren(trx)
      saw(children.map((child) => child.id))
      return children
    }),
    errors,
  )

const afterSending = (id: string, outcome: Exclude<Sent, { go: 'missing' }>): string =>
  addressOf(id, outcome.go === 'page' ? outcome.page : 'sent')

async function later(context: Context, held: Buffer | null): Promise<Answer> {
  const found = await readDraft(context, held)
  if (!found) return MISSING
  return found.draft.isSent
    ? { redirect: addressOf(found.draft.id, 'sent') }
    : laterPage(context, found.draft)
}

async function sent(context: Context, held: Buffer | null): Promise<Answer> {
  const found = await readDraft(context, held)
  if (!found) return MISSING
  if (!found.receipt) return { redirect: `${START}/${found.draft.id}` }
  return sentPage(context, found.draft, found.receipt)
}
