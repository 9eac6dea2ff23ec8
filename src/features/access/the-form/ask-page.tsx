import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  type FieldError,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'

/** What a page that asks needs: what it reads first, its questions, and what the answer does. */
export interface AskPage<View, Given> {
  readonly url: string
  readonly roles: readonly Role[]
  readonly touches: 'nothing' | 'children'
  readonly limit?: Route['limit']
  /** As the access log and the list of commands name it. */
  readonly name: string
  /** What the page is about; undefined when there is none this viewer may act on, which is answered as not found. */
  readonly load: (
    trx: Trx,
    context: Context,
    saw: (childIds: string | readonly string[]) => void,
  ) => Promise<View | undefined>
  readonly title: (view: View) => string
  readonly caption?: (view: View) => string
  readonly back: (view: View) => { readonly href: string; readonly text: string }
  readonly start?: (view: View, context: Context) => Readonly<Record<string, string>>
  readonly schema: z.ZodType<Given>
  readonly dates?: readonly string[]
  readonly before?: (view: View) => JSX.Element
  readonly questions: (form: TypedForm, view: View) => JSX.Element
  readonly button: string
  readonly carryOut: (
    run: { readonly trx: Trx; readonly view: View; readonly changed: (childId: string) => void },
    given: Given,
    context: Context,
  ) => Promise<CommandResult>
  /** Called when the answer was refused by the command, after its transaction is undone. */
  readonly onRefusal?: (context: Context) => Promise<void>
}

export const isId = (value: string | undefined): value is string =>
  value !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

/** A refusal in words beside a field; an empty field name is for the whole form. */
export const refused = (
  field: string,
  text: string,
): { readonly ok: false; readonly errors: readonly FieldError[] } => ({
  ok: false,
  errors: [{ field, text }],
})

const GONE = 'gone'

/** The two routes of a page that asks. */
export function askPage<View, Given>(page: AskPage<View, Given>): readonly Route[] {
  const access = { who: 'roles', roles: page.roles } as const
  const read = (context: Context): Promise<View | undefined> =>
    context.read(`opened the page: ${page.name}`, (trx, saw) => page.load(trx, context, saw))
  const show = async (context: Context): Promise<Answer> => {
    const view = await read(context)
    return view ? draw(page, view, freshForm(page.start?.(view, context) ?? {}), context) : { missing: true }
  }
  const post = async (context: Context): Promise<Answer> => {
    const parsed = parseForm(page.schema, context.form)
    const result = parsed.ok
      ? await context.command(page.name, async (trx, changed) => {
          const view = await page.load(trx, context, () => undefined)
          return view ? page.carryOut({ trx, view, changed }, parsed.value, context) : refused(GONE, '')
        })
      : parsed
    if (result.ok && 'redirect' in result)
      return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    const errors = result.ok ? [] : result.errors
    if (parsed.ok) await page.onRefusal?.(context)
    const view = errors.some((error) => error.field === GONE) ? undefined : await read(context)
    if (!view) return { missing: true }
    return draw(
      page,
      view,
      { value: (name) => context.form[name] ?? '', values: (name) => context.formAll(name), errors },
      context,
    )
  }
  return [
    { method: 'GET', url: page.url, access, touches: page.touches, handle: show },
    {
      method: 'POST',
      url: page.url,
      access,
      touches: page.touches,
      ...(page.limit ? { limit: page.limit } : {}),
      handle: post,
    },
  ]
}

function draw<View, Given>(
  page: AskPage<View, Given>,
  view: View,
  form: TypedForm,
  context: Context,
): Answer {
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: page.title(view),
      backLink: page.back(view),
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <FormPage
          title={page.title(view)}
          caption={page.caption?.(view)}
          errors={form.errors}
          errorTargets={Object.fromEntries((page.dates ?? []).map((name) => [name, `${name}-day`]))}
          action={context.request.url.split('?')[0]}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={form.value('idempotencyKey') || randomUUID()}
          button={page.button}
          before={page.before?.(view)}
          cancel={{ text: 'Cancel', href: page.back(view).href }}
        >
          {page.questions(form, view)}
        </FormPage>
      ),
    },
  }
}
