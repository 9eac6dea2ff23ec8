import type { Trx } from '../../../db/viewer.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseworkers,
  familyRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { wishForm } from './form.ts'
import { WishPage } from './page.tsx'
import {
  childrenOf,
  findHeld,
  findPreference,
  type Held,
  keepPreference,
  type Preference,
  type Whose,
} from './queries.ts'

export const PATH = '/family/how-we-tell-you'
const STAFF_PATH = '/staff/contacts/:contactId/how-we-tell-them'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const own = { access: { who: 'roles', roles: familyRoles }, touches: 'nothing' } as const
const forThem = { access: { who: 'roles', roles: caseworkers }, touches: 'children' } as const

/** Their own page for a family; the same for staff who write it down for somebody, kept as done by staff. */
export const routes: readonly Route[] = [
  { method: 'GET', url: PATH, ...own, handle: (context) => show(context, mine(context)) },
  { method: 'POST', url: PATH, ...own, handle: (context) => save(context, mine(context)) },
  { method: 'GET', url: STAFF_PATH, ...forThem, handle: (context) => show(context, theirs(context)) },
  { method: 'POST', url: STAFF_PATH, ...forThem, handle: (context) => save(context, theirs(context)) },
]

const mine = (context: Context): Whose => ({ accountId: viewerOf(context).accountId })
const theirs = (context: Context): Whose | undefined => {
  const id = context.params['contactId'] ?? ''
  return UUID.test(id) ? { contactId: id } : undefined
}

interface Found {
  readonly held: Held | undefined
  readonly preference: Preference | undefined
}

/** Nothing for staff about a contact who is on no record they reach. */
async function find(
  trx: Trx,
  whose: Whose,
  saw: (childIds: readonly string[]) => void,
): Promise<Found | undefined> {
  const held = await findHeld(trx, whose)
  if ('contactId' in whose) {
    const children = held ? await childrenOf(trx, held.id) : []
    if (children.length === 0) return undefined
    saw(children)
  }
  return { held, preference: await findPreference(trx, whose) }
}

async function show(context: Context, whose: Whose | undefined, typed?: TypedForm): Promise<Answer> {
  if (!whose) return { missing: true }
  const found = await context.read('how we tell people', (trx, saw) => find(trx, whose, saw))
  if (!found) return { missing: true }
  const { held, preference } = found
  const form =
    typed ??
    freshForm({
      channel: preference?.channel ?? held?.prefers ?? 'email',
      quietFrom: preference?.quiet_from ?? '',
      quietTo: preference?.quiet_to ?? '',
      language: preference?.language ?? 'English',
      interpreter: preference?.interpreter ?? '',
      formats: preference?.formats ?? [],
      otherNeeds: preference?.other_needs ?? '',
    })
  const isStaff = 'contactId' in whose
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: isStaff ? 'How we tell them' : 'How we tell you',
      main: (
        <WishPage
          form={form}
          held={held}
          onBehalfOf={isStaff ? held?.name : undefined}
          action={isStaff ? `/staff/contacts/${whose.contactId}/how-we-tell-them` : PATH}
          back={isStaff ? '/staff/worklist' : '/family'}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
      ...(isStaff ? {} : { backLink: { href: '/family' } }),
      hasErrors,
      status: hasErrors ? 422 : 200,
    },
  }
}

async function save(context: Context, whose: Whose | undefined): Promise<Answer> {
  if (!whose) return { missing: true }
  const again = (errors: TypedForm['errors']): Promise<Answer> =>
    show(context, whose, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(wishForm, context.form, { formats: context.formAll('formats') })
  if (!parsed.ok) return again(parsed.errors)
  const wish = parsed.value
  const isStaff = 'contactId' in whose
  const result = await context.command('choose-how-we-tell-you', async (trx, changed) => {
    const found = await find(trx, whose, (children) => {
      for (const child of children) changed(child)
    })
    if (!found) return { ok: false, errors: [{ field: '', text: 'This person is on no record you reach' }] }
    const preference: Preference = {
      channel: wish.channel,
      quiet_from: wish.quietFrom,
      quiet_to: wish.quietTo,
      language: wish.language,
      interpreter: wish.interpreter,
      formats: wish.formats,
      other_needs: wish.otherNeeds,
    }
    await keepPreference(trx, whose, preference, viewerOf(context).accountId)
    return {
      ok: true,
      redirect: isStaff ? `/staff/contacts/${whose.contactId}/how-we-tell-them` : PATH,
      notice: isStaff ? 'Saved for them.' : 'Saved. We will tell you this way from now on.',
    }
  })
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}
