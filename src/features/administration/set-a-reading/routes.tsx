import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { parseForm, plainDate, text } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { ChangePage, PATH, ReadingsPage } from './page.tsx'
import { findStandings } from './queries.ts'
import { findSettable, type Settable } from './settable.ts'

const access = { who: 'roles', roles: ['administrator'] } as const

/** @param onSet called after a setting is made, to compute the caches by it */
export const setAReadingRoutes = (onSet: () => void): readonly Route[] => [
  {
    method: 'GET',
    url: PATH,
    access,
    touches: 'nothing',
    handle: async (context) => {
      const key = context.query['change']
      if (key === undefined) return list(context)
      const settable = findSettable(key)
      return settable ? change(context, settable, freshForm()) : { missing: true }
    },
  },
  {
    method: 'POST',
    url: PATH,
    access,
    touches: 'nothing',
    handle: async (context) => {
      const settable = findSettable(context.form['key'])
      return settable ? set(context, settable, onSet) : { missing: true }
    },
  },
]

async function list(context: Context): Promise<Answer> {
  const standings = await context.read('readings of the law', (trx) => findStandings(trx, context.today))
  return { page: { title: 'Readings of the law', main: <ReadingsPage standings={standings} /> } }
}

async function change(context: Context, settable: Settable, form: TypedForm): Promise<Answer> {
  const standings = await context.read('readings of the law', (trx) => findStandings(trx, context.today))
  const standing = standings.find((one) => one.settable === settable)!
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: settable.title,
      main: <ChangePage standing={standing} form={form} csrfToken={viewerOf(context).csrfToken} />,
      backLink: { href: PATH, text: 'Readings of the law' },
      hasErrors,
      status: hasErrors ? 422 : 200,
    },
  }
}

const formOf = (settable: Settable, today: string) =>
  z.object({
    choice: z.string({ error: CHOOSE }).transform((name, context) => {
      const option = settable.options.find((one) => one.name === name)
      if (option) return option
      context.addIssue({ code: 'custom', message: CHOOSE })
      return z.NEVER
    }),
    from: plainDate('the day it holds from').refine(
      (day) => day >= today,
      `The day it holds from must be ${shortDate(date(today))} or later: a day that has gone cannot be read another way`,
    ),
    why: text('Enter why: who agreed it, and on what advice', { max: 1000 }),
  })
const CHOOSE = 'Choose what should be in force'

async function set(context: Context, settable: Settable, onSet: () => void): Promise<Answer> {
  const typed = (errors: TypedForm['errors']): Promise<Answer> =>
    change(context, settable, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(formOf(settable, context.today), context.form)
  if (!parsed.ok) return typed(parsed.errors)
  const { choice, from, why } = parsed.value
  const result = await context
    .command('set-a-reading', async (trx) => {
      await trx
        .insertInto('authority_setting')
        .values({
          key: settable.key,
          value: JSON.stringify(choice.value),
          valid_from: from,
          set_by: viewerOf(context).accountId,
          why,
        })
        .execute()
      return {
        ok: true,
        redirect: PATH,
        notice:
          `Set: ${choice.short}, from ${shortDate(date(from))}. ${from === context.today ? 'Lists follow in a moment.' : ''}`.trim(),
      }
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== NOT_ALLOWED) throw error
      return { ok: false, errors: [{ field: '', text: NO_REMIT }] } as const
    })
  if (!result.ok) return typed(result.errors)
  onSet()
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

/** Row-level security refused: the second wall asks for an account whose remit is the whole authority. */
const NOT_ALLOWED = '42501'
const NO_REMIT =
  'Your account is not one that may change settings: its remit must be the whole authority. Nothing was set'
