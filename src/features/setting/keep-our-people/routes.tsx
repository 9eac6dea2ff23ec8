import { sql } from 'kysely'
import { z } from 'zod'
import { choice, parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { tellAccount } from '../../assessment/tell-those-asked/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { optionalEmail } from '../../children/the-child/index.ts'
import { isUuid, refusedFor, settingAccess } from '../the-setting/index.ts'
import { AddPage, EndPage, PeoplePage, ROLES, UnconfirmedPage } from './page.tsx'
import { findPeople, findUnconfirmed, managedSettings } from './queries.ts'
import { termBefore } from './terms.ts'

const AT = '/setting/people'
const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'yes')

const addForm = z.object({
  setting: text('Choose the setting', { max: 10 }),
  name: text('Enter the person’s full name', { max: 120 }),
  email: optionalEmail.refine((value) => value !== null, 'Enter the email address they sign in with'),
  role: choice(Object.keys(ROLES) as ['senco', 'setting-head', 'setting-staff'], 'Choose what they do'),
  title: text('Enter their job title', { max: 100 }),
  shared: ticked,
  manages: ticked,
})

/** The setting whose people are shown: the one asked for, or the first the viewer manages. */
async function people(context: Context, errors: readonly FieldError[] = []): Promise<Answer> {
  const read = await context.read('people of a setting', async (trx) => {
    const settings = await managedSettings(trx)
    const setting = settings.find((one) => one.urn === context.query['setting']) ?? settings[0]
    return { settings, setting, people: setting ? await findPeople(trx, setting.urn) : [] }
  })
  if (context.query['setting'] && read.setting?.urn !== context.query['setting']) return { missing: true }
  return {
    page: {
      title: 'Our people',
      wide: true,
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <PeoplePage
          {...read}
          me={viewerOf(context).accountId}
          today={context.today}
          errors={errors}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
    },
  }
}

/** Says of the people ticked that they still work there. */
async function confirm(context: Context): Promise<Answer> {
  const chosen = context.formAll('still').filter(isUuid)
  if (chosen.length === 0)
    return people(context, [{ field: 'people', text: 'Tick each person who still works there' }])
  const setting = context.form['setting'] ?? ''
  const result = await context.command('confirm-our-people', async (trx) => {
    const here = (await findPeople(trx, setting)).filter((one) => chosen.includes(one.id))
    if (here.length === 0) return refusedFor('people', 'Those people are not on your list any more')
    await trx
      .updateTable('account_setting')
      .set({ confirmed_on: context.today, confirmed_by: viewerOf(context).accountId })
      .where('setting_urn', '=', setting)
      .where(
        'account_id',
        'in',
        here.map((one) => one.id),
      )
      .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', context.today)]))
      .execute()
    return {
      ok: true,
      redirect: `${AT}?setting=${setting}`,
      notice: `${here.length} ${here.length === 1 ? 'person' : 'people'} confirmed for this term.`,
    }
  })
  if (!result.ok) return people(context, result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

async function addPage(context: Context, typed?: TypedForm): Promise<Answer> {
  const settings = await context.read('people of a setting', managedSettings)
  if (settings.length === 0) return { missing: true }
  const form = typed ?? freshForm({ setting: settings[0]!.urn, role: 'setting-staff' })
  return {
    page: {
      title: 'Add a person',
      backLink: { href: AT, text: 'Our people' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: <AddPage settings={settings} form={form} csrfToken={viewerOf(context).csrfToken} />,
    },
  }
}

async function add(context: Context): Promise<Answer> {
  const again = (errors: readonly FieldError[]) => addPage(context, typedForm(context, errors))
  const parsed = parseForm(addForm, context.form)
  if (!parsed.ok) return again(parsed.errors)
  const given = parsed.value
  let missing = false
  const result = await context
    .command('add-a-person', async (trx) => {
      const settings = await managedSettings(trx)
      missing = !settings.some((one) => one.urn === given.setting)
      if (missing) return { ok: false, errors: [] }
      const { rows } = await sql<{ id: string | null }>`
        select add_person_to_setting(${given.setting}, ${given.name}, ${given.email}, ${given.role}, ${given.title},
          ${given.shared}, ${given.manages}) as id`.execute(trx)
      if (!rows[0]!.id) return refusedFor('email', 'Somebody with this email address is on your list already')
      await tellAccount(
        trx,
        rows[0]!.id,
        {
          event: `added-to-a-setting:${given.setting}:${context.today}`,
          template: 'added-to-a-setting',
          childId: null,
          values: {
            setting: settings.find((one) => one.urn === given.setting)!.name,
            by: viewerOf(context).name,
          },
          linkPath: '/setting',
        },
        { byMachine: true },
      )
      return {
        ok: true,
        redirect: `${AT}?setting=${given.setting}`,
        notice: `${given.name} can sign in with a link. They get a message that says how.`,
      }
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== '23505') throw error
      return refusedFor(
        'email',
        'This address cannot be added. Check it; if it is right, ask the council’s SEND team, or tick that it is a shared mailbox',
      )
    })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

const findOne = (context: Context) =>
  context.read('people of a setting', async (trx) => {
    const { id } = context.params
    const urn = (context.query['setting'] ?? context.form['setting'] ?? '').slice(0, 10)
    const all = await findPeople(trx, urn)
    const person = all.find((one) => one.id === id)
    return person && { person, urn, managers: all.filter((one) => one.manages_people).length }
  })

async function endPage(context: Context, errors: readonly FieldError[] = []): Promise<Answer> {
  const found = await findOne(context)
  if (!found) return { missing: true }
  return {
    page: {
      title: 'Somebody no longer works here',
      backLink: { href: `${AT}?setting=${found.urn}`, text: 'Our people' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: <EndPage {...found} errors={errors} csrfToken={viewerOf(context).csrfToken} />,
    },
  }
}

async function end(context: Context): Promise<Answer> {
  const found = await findOne(context)
  if (!found) return { missing: true }
  if (found.person.manages_people && found.managers === 1)
    return endPage(context, [
      {
        field: '',
        text: 'Nobody else keeps this list. Add the person who takes over first, and let them keep the list; they can then end this place',
      },
    ])
  const result = await context.command('end-a-place', async (trx) => {
    await trx
      .updateTable('account_setting')
      .set({ to_on: sql<string>`greatest(from_on, ${context.today}::date)` })
      .where('setting_urn', '=', found.urn)
      .where('account_id', '=', found.person.id)
      .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', context.today)]))
      .execute()
    return {
      ok: true,
      redirect: AT,
      notice: `${found.person.name} no longer sees anything of this setting, from today.`,
    }
  })
  if (!result.ok) return endPage(context, result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

/** For the council: people whose place at a setting nobody has confirmed for a whole term. */
async function unconfirmed(context: Context): Promise<Answer> {
  const rows = await context.read('people of settings, unconfirmed', (trx) =>
    findUnconfirmed(trx, termBefore(context.today)),
  )
  return {
    page: {
      title: 'People at settings to confirm',
      wide: true,
      backLink: { href: '/staff/questions', text: 'From settings' },
      main: <UnconfirmedPage rows={rows} />,
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: AT, access: settingAccess, touches: 'nothing', handle: (context) => people(context) },
  { method: 'POST', url: AT, access: settingAccess, touches: 'nothing', handle: confirm },
  {
    method: 'GET',
    url: `${AT}/new`,
    access: settingAccess,
    touches: 'nothing',
    handle: (context) => addPage(context),
  },
  {
    method: 'POST',
    url: `${AT}/new`,
    access: settingAccess,
    touches: 'nothing',
    limit: { times: 30, perMinutes: 60 },
    handle: add,
  },
  {
    method: 'GET',
    url: `${AT}/:id/end`,
    access: settingAccess,
    touches: 'nothing',
    handle: (context) => endPage(context),
  },
  { method: 'POST', url: `${AT}/:id/end`, access: settingAccess, touches: 'nothing', handle: end },
  {
    method: 'GET',
    url: '/staff/questions/people',
    access: { who: 'roles', roles: caseReaders },
    touches: 'nothing',
    handle: unconfirmed,
  },
]
