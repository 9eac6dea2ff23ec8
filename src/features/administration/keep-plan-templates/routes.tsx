import { readFile } from 'node:fs/promises'
import { parseForm } from '../../../platform/forms.ts'
import { type Answer, type Context, type Role, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { addVersion, changeWords, moveTemplate, stateOfWords } from './command.ts'
import { importForm, moveForm, readTemplateForm, startOf } from './form.ts'
import { CheckedPage, ImportPage, MOST } from './import-page.tsx'
import { MovePage, PATH, PreviewPage, TemplatePage, TemplatesPage, WordsPage } from './page.tsx'
import { findChanges, findTemplate, findTemplates, type KeptTemplate } from './queries.ts'
import { mayChangeWords, NEXT_STATES, type TemplateState } from './template.ts'
import { checkTemplateFile, templateAsFile } from './template-file.ts'

const KEEPERS: readonly Role[] = ['send-manager', 'administrator']
const readers = { who: 'roles', roles: ['locality-head', ...KEEPERS] } as const
const keepers = { who: 'roles', roles: KEEPERS } as const
const MISSING: Answer = { missing: true }
const LIST = { href: PATH, text: 'Plan templates' }

const mayKeep = (context: Context): boolean => KEEPERS.includes(viewerOf(context).role)
const byOf = (context: Context) => ({ accountId: viewerOf(context).accountId, today: context.today })
const typedForm = (context: Context, errors: TypedForm['errors']): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})
const read = (context: Context): Promise<KeptTemplate | undefined> =>
  context.read('a plan template', (trx) => findTemplate(trx, context.params['template'] ?? ''))
const statusOf = (form: TypedForm) => ({
  hasErrors: form.errors.length > 0,
  status: form.errors.length > 0 ? 422 : 200,
})

/** A page about one template. */
const about =
  (handle: (context: Context, template: KeptTemplate) => Promise<Answer>): Route['handle'] =>
  async (context) => {
    const template = await read(context)
    return template ? handle(context, template) : MISSING
  }

async function list(context: Context): Promise<Answer> {
  const templates = await context.read('plan templates', findTemplates)
  return {
    page: {
      title: 'Plan templates',
      main: <TemplatesPage templates={templates} today={context.today} mayKeep={mayKeep(context)} />,
    },
  }
}

const one = about(async (context, template) => {
  const changes = await context.read('a plan template', (trx) => findChanges(trx, template.id))
  return {
    page: {
      title: `${template.name}, version ${template.version}`,
      backLink: LIST,
      main: (
        <TemplatePage
          template={template}
          changes={changes}
          today={context.today}
          mayKeep={mayKeep(context)}
        />
      ),
    },
  }
})

const backTo = (template: KeptTemplate) => ({
  href: `${PATH}/${template.id}`,
  text: `${template.name}, version ${template.version}`,
})

const preview = about(async (_context, template) => ({
  page: {
    title: `An empty plan: ${template.name}, version ${template.version}`,
    backLink: backTo(template),
    main: <PreviewPage template={template} />,
  },
}))

const asFile = about(async (_context, template) => ({
  file: {
    name: `plan-template-${template.version}.json`,
    type: 'application/json; charset=utf-8',
    body: templateAsFile(template),
  },
}))

const wordsPage = (context: Context, template: KeptTemplate, form: TypedForm, was: string): Answer => ({
  page: {
    title: mayChangeWords(template.state) ? 'Change its words' : 'Make a new version of it',
    backLink: backTo(template),
    main: <WordsPage template={template} form={form} was={was} csrfToken={viewerOf(context).csrfToken} />,
    ...statusOf(form),
  },
})

const askWords = about(async (context, template) =>
  wordsPage(context, template, freshForm(startOf(template)), stateOfWords(template)),
)

const keepWords = about(async (context, template) => {
  const parsed = readTemplateForm(context.form)
  const again = (errors: TypedForm['errors'], was = context.form['was'] ?? '') =>
    wordsPage(context, template, typedForm(context, errors), was)
  if (!parsed.ok) return again(parsed.errors)
  const given = parsed.value
  const result = await context.command('change a plan template', async (trx) => {
    const now = await findTemplate(trx, template.id)
    if (!now) throw new Error('a template went away')
    if (mayChangeWords(template.state)) {
      if (!mayChangeWords(now.state) || stateOfWords(now) !== context.form['was'])
        return { ok: false, errors: [{ field: '', text: OVERTAKEN }] }
      await changeWords(trx, now, given, given, byOf(context))
      return { ok: true, redirect: `${PATH}/${template.id}`, notice: 'The words are saved.' }
    }
    const id = await addVersion(trx, given, given, byOf(context))
    return {
      ok: true,
      redirect: `${PATH}/${id}`,
      notice: 'A new version is kept as a draft. Nobody uses it yet.',
    }
  })
  if (result.ok) return result
  const latest = await read(context)
  return again(result.errors, latest ? stateOfWords(latest) : undefined)
})
const OVERTAKEN =
  'Somebody else has changed it since you opened this page. Your words are below: look at the template as it is now in another tab, then save again'

/** Going live, and ending what is live, hold from a day. */
const needsDay = (template: KeptTemplate) => (state: string) =>
  state === 'live' || (state === 'retired' && template.state === 'live')

const movePage = (context: Context, template: KeptTemplate, form: TypedForm): Answer => ({
  page: {
    title: 'Move it on',
    backLink: backTo(template),
    main: <MovePage template={template} form={form} csrfToken={viewerOf(context).csrfToken} />,
    ...statusOf(form),
  },
})
const askMove = about(async (context, template) =>
  NEXT_STATES[template.state].length === 0 ? MISSING : movePage(context, template, freshForm()),
)
const move = about(async (context, template) => {
  const parsed = parseForm(moveForm(needsDay(template), NEXT_STATES[template.state]), context.form)
  if (!parsed.ok) return movePage(context, template, typedForm(context, parsed.errors))
  const to = { state: parsed.value.state as TemplateState, on: parsed.value.on }
  const result = await context.command('move a plan template on', async (trx) => {
    const now = await findTemplate(trx, template.id)
    if (now?.state !== template.state)
      return { ok: false, errors: [{ field: '', text: 'Somebody else has moved it on. Go back and look' }] }
    const problem = await moveTemplate(trx, now, to, parsed.value, byOf(context))
    if (problem) return { ok: false, errors: [problem] }
    return { ok: true, redirect: `${PATH}/${template.id}`, notice: 'Done.' }
  })
  return result.ok ? result : movePage(context, template, typedForm(context, result.errors))
})

// From a file: checked first, and written only when somebody says so.

const importPage = (context: Context, form: TypedForm): Answer => ({
  page: {
    title: 'Bring in a template from a file',
    backLink: LIST,
    main: <ImportPage form={form} csrfToken={viewerOf(context).csrfToken} />,
    ...statusOf(form),
  },
})

async function sentWords(context: Context): Promise<string> {
  const sent = context.sent.find((file) => file.size > 0 && file.path !== undefined)
  return sent?.path ? await readFile(sent.path, 'utf8') : (context.form['words'] ?? '')
}

function checkedPage(context: Context, words: string, form: TypedForm): Answer {
  const checked = checkTemplateFile(words)
  return {
    page: {
      title: checked.template ? 'Every line is good' : 'Some lines cannot be taken',
      backLink: { href: `${PATH}/import`, text: 'Check another file' },
      main: (
        <CheckedPage checked={checked} words={words} form={form} csrfToken={viewerOf(context).csrfToken} />
      ),
      hasErrors: form.errors.length > 0 || !checked.template,
      status: form.errors.length > 0 || !checked.template ? 422 : 200,
    },
  }
}

async function check(context: Context): Promise<Answer> {
  const words = await sentWords(context)
  const tooMuch = context.sent.find((file) => file.tooMuch !== undefined)?.tooMuch
  const unreadable =
    tooMuch ?? (words.length > MOST ? 'It is too long to be a template' : checkTemplateFile(words).unreadable)
  if (unreadable !== undefined)
    return importPage(
      context,
      typedForm(context, [{ field: context.sent.length > 0 ? 'file' : 'words', text: unreadable }]),
    )
  return checkedPage(context, words, freshForm())
}

async function keepImported(context: Context): Promise<Answer> {
  const words = context.form['words'] ?? ''
  const { template } = checkTemplateFile(words)
  const parsed = parseForm(importForm, context.form)
  if (!template || !parsed.ok)
    return checkedPage(context, words, typedForm(context, parsed.ok ? [] : parsed.errors))
  const result = await context.command('bring in a plan template', async (trx) => {
    const id = await addVersion(trx, template, parsed.value, byOf(context))
    return {
      ok: true,
      redirect: `${PATH}/${id}`,
      notice: 'It is kept as a draft. Nobody uses it until you make it live.',
    }
  })
  return result.ok ? result : checkedPage(context, words, typedForm(context, result.errors))
}

const route = (
  method: Route['method'],
  more: string,
  access: Route['access'],
  handle: Route['handle'],
): Route => ({ method, url: `${PATH}${more}`, access, touches: 'nothing', handle })

export const routes: readonly Route[] = [
  { ...route('GET', '', readers, list), touches: 'numbers' },
  route('GET', '/import', keepers, async (context) => importPage(context, freshForm())),
  { ...route('POST', '/import', keepers, check), uploads: { maxFiles: 1, maxBytes: 1_000_000 } },
  route('POST', '/import/keep', keepers, keepImported),
  { ...route('GET', '/:template', readers, one), touches: 'numbers' },
  route('GET', '/:template/preview', readers, preview),
  route('GET', '/:template/file', readers, asFile),
  route('GET', '/:template/words', keepers, askWords),
  route('POST', '/:template/words', keepers, keepWords),
  route('GET', '/:template/state', keepers, askMove),
  route('POST', '/:template/state', keepers, move),
]
