import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { type FieldMessage, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { type ChildRecord, loadChild } from '../the-child/index.ts'
import { type Changed, type ChangeRun, changeChild, databaseRefusal } from './command.ts'

/** What every page that changes a child's record shares: its questions, and what the answer does. */
export interface ChangePage<T> {
  readonly url: string
  readonly name: string
  readonly title: (child: ChildRecord, context: Context) => string | undefined
  readonly schema: z.ZodType<T>
  readonly dates?: readonly string[]
  readonly start: (child: ChildRecord, context: Context) => Readonly<Record<string, string>>
  readonly questions: (form: TypedForm, child: ChildRecord, context: Context) => Promise<JSX.Element>
  readonly button: string
  /** Buttons that only show the page again, with more on it. */
  readonly again?: string
  readonly carryOut: (run: ChangeRun, answer: T, context: Context) => Promise<Changed>
}

export function changePage<T>(page: ChangePage<T>): readonly Route[] {
  const access = { who: 'roles', roles: caseworkers } as const
  const read = (context: Context): Promise<ChildRecord | undefined> =>
    context.read(`opened the page: ${page.name}`, async (trx, saw) => {
      const child = await loadChild(trx, context.params['id'] ?? '')
      if (child) saw(child.id)
      return child
    })
  const show = async (context: Context): Promise<Answer> => {
    const child = await read(context)
    return child
      ? draw(
          page,
          child,
          freshForm({ ...page.start(child, context), version: String(child.version) }),
          context,
        )
      : { missing: true }
  }
  const post = async (context: Context): Promise<Answer> => {
    const isAgain = page.again !== undefined && context.formAll('go').at(-1) === page.again
    const result = isAgain ? undefined : await carryOut(page, context)
    if (result?.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    const child = await read(context)
    if (!child) return { missing: true }
    const errors = result?.errors ?? []
    return draw(
      page,
      child,
      { value: (name) => context.form[name] ?? '', values: (name) => context.formAll(name), errors },
      context,
    )
  }
  return [
    { method: 'GET', url: page.url, access, touches: 'children', handle: show },
    { method: 'POST', url: page.url, access, touches: 'children', handle: post },
  ]
}

async function carryOut<T>(page: ChangePage<T>, context: Context): Promise<CommandResult> {
  const parsed = parseForm(page.schema, context.form)
  if (!parsed.ok) return parsed
  try {
    return await context.command(page.name, (trx, changed) =>
      changeChild(
        trx,
        {
          childId: context.params['id'] ?? '',
          version: context.form['version'] ?? '',
          today: context.today,
          by: viewerOf(context).accountId,
          changed,
        },
        (run) => page.carryOut(run, parsed.value, context),
      ),
    )
  } catch (error) {
    const errors = databaseRefusal(error)
    if (errors) return { ok: false, errors }
    throw error
  }
}

async function draw<T>(
  page: ChangePage<T>,
  child: ChildRecord,
  form: TypedForm,
  context: Context,
): Promise<Answer> {
  const title = page.title(child, context)
  if (title === undefined) return { missing: true }
  const hasStale = form.errors.some((error: FieldMessage) => error.field === '')
  const key = form.value('idempotencyKey')
  return {
    page: {
      title,
      backLink: { href: `/staff/children/${child.id}`, text: child.name },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <FormPage
          title={title}
          caption={`${child.name}, born ${shortDate(date(child.date_of_birth))} · ${child.reference}`}
          errors={form.errors}
          errorTargets={Object.fromEntries((page.dates ?? []).map((name) => [name, `${name}-day`]))}
          action={context.request.url.split('?')[0]}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={key || randomUUID()}
          // Once told of another's change, the officer may send again over what is now there.
          hidden={{ version: hasStale ? String(child.version) : form.value('version') }}
          button={page.button}
          cancel={{ text: 'Cancel', href: `/staff/children/${child.id}` }}
        >
          {await page.questions(form, child, context)}
        </FormPage>
      ),
    },
  }
}
