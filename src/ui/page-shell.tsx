import type { JSX } from 'preact'
import { assetUrl } from './assets.ts'
import { govukServiceNavigation, html } from './govuk/index.ts'
import { renderSource } from './govuk/templates.ts'
import type { Door, NavigationItem } from './page.tsx'

export type Slot = 'person' | 'title' | 'nonce' | 'name' | 'role' | 'csrf' | 'before' | 'main'
type Part = string | { readonly slot: Slot }

export interface ShellOptions {
  readonly door: Door
  readonly authorityName: string
  readonly serviceName: string
  readonly navigation: readonly NavigationItem[]
  readonly training: { readonly today: string; readonly moveTimeHref?: string | undefined } | undefined
  readonly wide: boolean
  readonly signedIn: boolean
  readonly mayChange: boolean
}

const KEPT_AT_MOST = 500
const kept = new Map<string, readonly Part[]>()

/** The page around the page, cut at its slots. Kept for each combination of options seen. */
export function shellFor(options: ShellOptions): readonly Part[] {
  const key = JSON.stringify(options)
  const known = kept.get(key)
  if (known) return known
  const made = cut(renderShell(options))
  if (kept.size >= KEPT_AT_MOST) kept.clear()
  kept.set(key, made)
  return made
}

/** A mark from the private-use area of Unicode stands in the shell where each page's own part goes. */
const mark = (slot: Slot): string => `\uE000${slot}\uE001`
const isMark = /\uE000(\w+)\uE001/
const withoutMarks = (text: string): string => text.replaceAll(/[\uE000\uE001]/g, '')

const cut = (shell: string): readonly Part[] =>
  shell.split(isMark).map((text, index) => (index % 2 === 0 ? text : { slot: text as Slot }))

const source = `{% extends "govuk/template.njk" %}
{% block pageTitle %}{{ marks.title }}{% endblock %}
{% block head %}<link rel="stylesheet" href="{{ css }}">{{ marks.person }}{% endblock %}
{% block headIcons %}<link rel="icon" sizes="any" href="{{ icon }}" type="image/svg+xml"><link rel="manifest" href="{{ manifest }}">{% endblock %}
{% block govukHeader %}{{ header | safe }}{% endblock %}
{% block govukServiceNavigation %}{{ navigation | safe }}{% endblock %}
{% block headerEnd %}{{ training | safe }}{% endblock %}
{% block beforeContent %}{{ marks.before }}{% endblock %}
{% block content %}{{ marks.main }}{% endblock %}
{% block govukFooter %}{{ footer | safe }}{% endblock %}
{% block bodyEnd %}<script type="module" nonce="{{ cspNonce }}" src="{{ js }}"></script>{% endblock %}`

function renderShell(given: ShellOptions): string {
  const options: ShellOptions = JSON.parse(withoutMarks(JSON.stringify(given)))
  return renderSource(source, {
    marks: { person: mark('person'), title: mark('title'), before: mark('before'), main: mark('main') },
    cspNonce: mark('nonce'),
    themeColor: '#12436d',
    bodyClasses: `app-door-${options.door}`,
    containerClasses: options.wide ? 'app-wide' : '',
    css: assetUrl('app.css'),
    js: assetUrl('app.js'),
    icon: assetUrl('icon.svg'),
    manifest: assetUrl(options.door === 'family' ? 'family.webmanifest' : 'manifest.webmanifest'),
    header: html(<Header options={options} />),
    navigation:
      govukServiceNavigation({
        serviceName: options.serviceName,
        serviceUrl: options.door === 'public' ? '/' : `/${options.door}`,
        navigation: options.navigation.map(({ text, href, current }) => ({ text, href, current })),
        classes: options.wide ? 'app-navigation app-navigation--wide' : 'app-navigation',
      }) + html(<Within options={options} />),
    training: options.training ? trainingBanner(options.training, options) : '',
    footer: html(<Footer wide={options.wide} />),
  }).trim()
}

/** The pages of the part of the site the person is in, under the navigation. */
function Within({ options }: { readonly options: ShellOptions }): JSX.Element | null {
  const part = options.navigation.find((item) => item.current)
  if (!part?.within || part.within.length < 2) return null
  return (
    <nav class="app-within" aria-label={part.text}>
      <ul class={`app-within__list ${widthClasses(options)}`}>
        {part.within.map((item) => (
          <li>
            <a
              class="govuk-link govuk-link--no-visited-state govuk-link--no-underline"
              href={item.href}
              {...(item.current ? { 'aria-current': 'page' as const } : {})}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const widthClasses = (options: ShellOptions) => `govuk-width-container${options.wide ? ' app-wide' : ''}`

const trainingBanner = (training: NonNullable<ShellOptions['training']>, options: ShellOptions) =>
  html(
    <section class="app-training" aria-label="Training site">
      <div class={widthClasses(options)}>
        <p class="app-training__text">
          <strong class="app-training__tag">Training site</strong>
          <span>
            Everyone here is invented. Today is {training.today}.{' '}
            {training.moveTimeHref && (
              <a class="govuk-link govuk-link--no-visited-state" href={training.moveTimeHref}>
                Move time forward
              </a>
            )}
          </span>
        </p>
      </div>
    </section>,
  )

/** The official generic header's markup, with room at its end for who is signed in. */
function Header({ options }: { readonly options: ShellOptions }): JSX.Element {
  return (
    <div class="govuk-generic-header app-header">
      <div class={`govuk-generic-header__container app-header__row ${widthClasses(options)}`}>
        <div class="govuk-generic-header__logo">
          <a href="/" class="govuk-generic-header__homepage-link">
            {options.authorityName}
          </a>
        </div>
        {options.signedIn ? <SignedIn mayChange={options.mayChange} /> : null}
      </div>
    </div>
  )
}

function SignedIn({ mayChange }: { readonly mayChange: boolean }): JSX.Element {
  return (
    <form class="app-signed-in" method="post" action="/sign-out">
      <input type="hidden" name="_csrf" value={mark('csrf')} />
      <span>
        <span class="app-signed-in__name">{mark('name')}</span>{' '}
        <span class="app-signed-in__role">{mark('role')}</span>
      </span>
      {mayChange ? (
        <a class="app-signed-in__link" href="/account#change">
          Change<span class="govuk-visually-hidden"> who you are here as</span>
        </a>
      ) : null}
      <a class="app-signed-in__link" href="/account">
        Your sign-in
      </a>
      <button class="app-link-button" type="submit">
        Sign out
      </button>
    </form>
  )
}

const footerLinks = [
  { text: 'Accessibility statement', href: '/accessibility' },
  { text: 'Privacy', href: '/privacy' },
  { text: 'Contact us', href: '/contact' },
  { text: 'Open source', href: '/open-source' },
] as const

function Footer({ wide }: { readonly wide: boolean }): JSX.Element {
  return (
    <div class="govuk-footer app-footer">
      <div class={`govuk-width-container${wide ? ' app-wide' : ''}`}>
        <h2 class="govuk-visually-hidden">Support links</h2>
        <ul class="govuk-footer__inline-list">
          {footerLinks.map((link) => (
            <li key={link.href} class="govuk-footer__inline-list-item">
              <a class="govuk-footer__link" href={link.href}>
                {link.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
