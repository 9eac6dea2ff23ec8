import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import nunjucks from 'nunjucks'
import { type Html, trusted } from './html.ts'

/** Where the installed govuk-frontend keeps its files. Found through the package, so that it is right
 *  from the source folder and from a bundle in dist/ alike. */
export const govukFolder = join(
  dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')),
  'dist',
  'govuk',
)

const environment = new nunjucks.Environment(
  new nunjucks.FileSystemLoader(dirname(govukFolder), { watch: false, noCache: false }),
  { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
)

export const adaptedComponents = [
  'accordion',
  'back-link',
  'breadcrumbs',
  'button',
  'character-count',
  'checkboxes',
  'cookie-banner',
  'date-input',
  'details',
  'error-message',
  'error-summary',
  'exit-this-page',
  'fieldset',
  'file-upload',
  'footer',
  'generic-header',
  'header',
  'hint',
  'input',
  'inset-text',
  'label',
  'notification-banner',
  'pagination',
  'panel',
  'password-input',
  'phase-banner',
  'radios',
  'select',
  'service-navigation',
  'skip-link',
  'summary-list',
  'table',
  'tabs',
  'tag',
  'task-list',
  'textarea',
  'warning-text',
] as const

export type ComponentName = (typeof adaptedComponents)[number]

const compiled = new Map<ComponentName, nunjucks.Template>()

/** The compiled official template, from memory after the first call. */
function templateOf(name: ComponentName): nunjucks.Template {
  const known = compiled.get(name)
  if (known) return known
  const template = environment.getTemplate(`govuk/components/${name}/template.njk`, true)
  compiled.set(name, template)
  return template
}

/** Compiles every template, so that the first request of each kind does not pay for it. */
export function compileTemplates(): void {
  for (const name of adaptedComponents) templateOf(name)
}

/** Renders an official template. Text is escaped by the template; what it prints raw is `Html` by type. */
export const renderComponent = (name: ComponentName, params: object): Html =>
  trusted(templateOf(name).render({ params }).trim())

/** Renders a page that extends the official page template. */
export const renderSource = (source: string, context: object): string =>
  environment.renderString(source, context)
