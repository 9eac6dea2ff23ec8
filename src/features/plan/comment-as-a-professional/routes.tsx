import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import {
  type Answer,
  type Context,
  type FieldError,
  professionalRoles,
  type Route,
  settingRoles,
  settingSpeakers,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { loadTemplate } from '../the-plan/index.ts'
import { ALL, CommentPage, MOST } from './page.tsx'
import { type DraftToComment, findAdviserComments, findDraft, STANCES, type Stance } from './queries.ts'

const MISSING: Answer = { missing: true }
const HIDDEN = /[^\P{Cc}\t\n\r]/u

interface Given {
  readonly partId: string | null
  readonly stance: Stance
  readonly words: string
}

/** The comments of a posted form: one for each line something was said of. */
function readComments(
  form: Readonly<Record<string, string>>,
  draft: DraftToComment,
): { readonly given: readonly Given[]; readonly errors: readonly FieldError[] } {
  const given: Given[] = []
  const errors: FieldError[] = []
  for (const place of [...draft.version.parts.map((part) => part.partId), ALL]) {
    const stance = form[`stance-${place}`] ?? ''
    const words = (form[`words-${place}`] ?? '').trim()
    if (stance === '' && words === '') continue
    if (!Object.hasOwn(STANCES, stance))
      errors.push({
        field: `stance-${place}`,
        text: 'Choose what your words are: right, to be changed, or a question',
      })
    else if (stance !== 'agree' && words === '')
      errors.push({ field: `words-${place}`, text: 'Write what should be changed, or what you ask' })
    else if (words.length > MOST)
      errors.push({
        field: `words-${place}`,
        text: `Use ${MOST.toLocaleString('en-GB')} characters or fewer`,
      })
    else if (HIDDEN.test(words))
      errors.push({
        field: `words-${place}`,
        text: 'Remove the hidden control characters: paste as plain text',
      })
    else given.push({ partId: place === ALL ? null : place, stance: stance as Stance, words })
  }
  if (given.length === 0 && errors.length === 0)
    errors.push({
      field: `stance-${draft.version.parts[0]?.partId ?? ALL}`,
      text: 'Say something of at least one line',
    })
  return { given, errors }
}

const read = (context: Context) =>
  context.read('a draft plan, to comment on', async (trx, saw) => {
    const draft = await findDraft(trx, context.params['version'] ?? '')
    if (!draft) return undefined
    const { version } = draft
    saw(version.childId)
    return {
      draft,
      template: await loadTemplate(trx, version.templateId),
      said: await findAdviserComments(trx, { childId: version.childId, versionId: version.id }),
    }
  })

async function show(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context)
  if (!found) return MISSING
  const { door, role, csrfToken } = viewerOf(context)
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: `Comment on the draft: ${found.draft.version.childName}`,
      backLink:
        door === 'setting'
          ? { href: '/setting/plans', text: 'Plans you can read' }
          : { href: '/professional/plan-lines', text: 'What came of your advice' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <CommentPage
          {...found}
          form={form}
          today={context.today}
          csrfToken={csrfToken}
          maySay={door !== 'setting' || settingSpeakers.includes(role)}
        />
      ),
    },
  }
}

async function say(context: Context): Promise<Answer> {
  const found = await read(context)
  if (!found) return MISSING
  const again = (errors: readonly FieldError[]) =>
    show(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const { given, errors } = readComments(context.form, found.draft)
  if (errors.length > 0) return again(errors)
  const { accountId, door } = viewerOf(context)
  const result = await context.command('commented on a draft plan', async (trx, changed) => {
    await lockChildren(trx, [found.draft.version.childId])
    const now = await findDraft(trx, found.draft.version.id)
    if (!now?.isOpen)
      return {
        ok: false,
        errors: [{ field: '', text: 'This draft can no longer be commented on. Nothing was sent' }],
      }
    const { version, lastDay } = now
    const eventId = await recordEvent(trx, {
      childId: version.childId,
      processId: version.processId,
      kind: 'professional_comment',
      on: context.today,
      today: context.today,
      by: accountId,
      payload: { version: version.number, comments: given.length, late: context.today > lastDay },
    })
    await trx
      .insertInto('draft_adviser_comment')
      .values(
        given.map((comment) => ({
          child_id: version.childId,
          process_id: version.processId,
          version_id: version.id,
          part_id: comment.partId,
          account_id: accountId,
          setting_urn: door === 'setting' ? now.settingUrn : null,
          stance: comment.stance,
          words: comment.words,
          sent_on: context.today,
          last_day: lastDay,
          event_id: eventId,
        })),
      )
      .execute()
    changed(version.childId)
    return {
      ok: true,
      redirect: `/${door}/drafts/${version.id}`,
      notice: 'Thank you. The council has what you say, and answers each comment here.',
    }
  })
  return result.ok ? result : again(result.errors)
}

const routesAt = (door: 'setting' | 'professional'): readonly Route[] => [
  {
    method: 'GET',
    url: `/${door}/drafts/:version`,
    access: { who: 'roles', roles: door === 'setting' ? settingRoles : professionalRoles },
    touches: 'children',
    handle: (context) => show(context, freshForm()),
  },
  {
    method: 'POST',
    url: `/${door}/drafts/:version`,
    access: { who: 'roles', roles: door === 'setting' ? settingSpeakers : professionalRoles },
    touches: 'children',
    handle: say,
  },
]

export const routes: readonly Route[] = [...routesAt('setting'), ...routesAt('professional')]
