import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  CHANNELS,
  type Channel,
  findTemplate,
  problemsOf,
  type Template,
  type Wording,
} from '../../../platform/messages/index.ts'
import { type Answer, type Context, type FieldError, type Route, viewerOf } from '../../../platform/routes.ts'
import { dateParts, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { ChangePage, PATH, TemplatesPage } from './page.tsx'
import { findWordings, inForceOn } from './queries.ts'

const access = { who: 'roles', roles: ['administrator'] } as const

interface Chosen {
  readonly template: Template
  readonly channel: Channel
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: PATH,
    access,
    touches: 'nothing',
    handle: async (context) => {
      if (context.query['template'] === undefined) return list(context)
      const chosen = choose(context.query)
      return chosen ? change(context, chosen) : { missing: true }
    },
  },
  {
    method: 'POST',
    url: PATH,
    access,
    touches: 'nothing',
    handle: async (context) => {
      const chosen = choose(context.form)
      return chosen ? set(context, chosen) : { missing: true }
    },
  },
]

function choose(given: Readonly<Record<string, string | undefined>>): Chosen | undefined {
  const template = findTemplate(given['template'])
  const channel = CHANNELS.find((one) => one === given['channel'])
  return template && channel ? { template, channel } : undefined
}

async function list(context: Context): Promise<Answer> {
  const wordings = await context.read('wording of messages', (trx) => findWordings(trx))
  return {
    page: { title: 'Wording of messages', main: <TemplatesPage wordings={wordings} today={context.today} /> },
  }
}

const authorityNameIn = async (trx: Trx): Promise<string> =>
  (await trx.selectFrom('authority').select('name').executeTakeFirstOrThrow()).name

async function change(
  context: Context,
  chosen: Chosen,
  typed?: TypedForm,
  preview?: Wording,
): Promise<Answer> {
  const { template, channel } = chosen
  const { history, authorityName } = await context.read('wording of messages', async (trx) => ({
    history: await findWordings(trx, { template: template.key, channel }),
    authorityName: await authorityNameIn(trx),
  }))
  const held: Wording = inForceOn(history, context.today) ?? template.wording[channel]
  const form =
    typed ?? freshForm({ subject: held.subject, body: held.body, ...dateParts('from', context.today) })
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: template.title,
      main: (
        <ChangePage
          {...chosen}
          form={form}
          preview={preview ?? (typed ? undefined : held)}
          history={history}
          authorityName={authorityName}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
      backLink: { href: PATH, text: 'Wording of messages' },
      hasErrors,
      status: hasErrors ? 422 : 200,
    },
  }
}

const wordsOf = (channel: Channel) =>
  z.object({
    subject: channel === 'text' ? z.undefined().transform(() => '') : text('Enter a subject', { max: 120 }),
    body: text('Enter the words', { max: 3000 }).transform((words) => words.replaceAll('\r\n', '\n')),
  })

const formOf = (channel: Channel, today: string) =>
  wordsOf(channel).extend({
    from: plainDate('the day it holds from').refine(
      (day) => day >= today,
      `The day it holds from must be ${shortDate(date(today))} or later: what has been sent was worded as it was`,
    ),
    why: text('Enter why: who agreed it', { max: 500 }),
  })

async function set(context: Context, chosen: Chosen): Promise<Answer> {
  const { template, channel } = chosen
  const typed = (errors: readonly FieldError[]): TypedForm => ({
    value: (name) => context.form[name] ?? '',
    values: (name) => context.formAll(name),
    errors,
  })
  const fields = { ...context.form }
  if (channel === 'text') delete fields['subject']
  const words = parseForm(wordsOf(channel), fields)
  const problems = words.ok ? problemsOf(template, channel, words.value) : []
  if (context.form['only'] === 'preview') {
    if (!words.ok) return change(context, chosen, typed(words.errors))
    return change(context, chosen, typed(problems), problems.length === 0 ? words.value : undefined)
  }
  const parsed = parseForm(formOf(channel, context.today), fields)
  const errors = [...(parsed.ok ? [] : parsed.errors), ...problems]
  if (!parsed.ok || errors.length > 0) return change(context, chosen, typed(errors))
  const { subject, body, from, why } = parsed.value
  const result = await context
    .command('set-message-wording', async (trx) => {
      await trx
        .insertInto('message_wording')
        .values({
          template: template.key,
          channel,
          subject,
          body,
          valid_from: from,
          set_by: viewerOf(context).accountId,
          why,
        })
        .execute()
      return { ok: true, redirect: PATH, notice: `Set: ${template.title}, from ${shortDate(date(from))}.` }
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== '42501') throw error
      return {
        ok: false,
        errors: [{ field: '', text: 'Your account is not one that may change settings. Nothing was set' }],
      } as const
    })
  if (!result.ok) return change(context, chosen, typed(result.errors))
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}
