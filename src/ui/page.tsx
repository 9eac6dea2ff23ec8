import type { JSX } from 'preact'
import { type Content, govukBackLink, type Html, html, toHtml } from './govuk/index.ts'
import { type ShellOptions, type Slot, shellFor } from './page-shell.tsx'

export type Door = 'public' | 'family' | 'setting' | 'professional' | 'staff' | 'board'

export interface NavigationItem {
  readonly text: string
  readonly href: string
  readonly current?: boolean | undefined
  /** The pages it stands for, when it stands for more than one: shown below while the person is on one of them. */
  readonly within?: readonly NavigationItem[] | undefined
}

export interface PageParams {
  /** The h1 again, or close to it. The service's and authority's names are added. */
  readonly title: string
  readonly door: Door
  readonly signedInAs?:
    | {
        readonly name: string
        readonly role: string
        /** The person has another capacity to change to. */
        readonly mayChange?: boolean | undefined
      }
    | undefined
  readonly navigation: readonly NavigationItem[]
  /** Given on the training site: its day, written long, such as "Monday 2 November 2020". */
  readonly training?: { readonly today: string; readonly moveTimeHref?: string | undefined } | undefined
  readonly backLink?: string | { readonly href: string; readonly text?: string | undefined } | undefined
  readonly nonce: string
  readonly csrfToken?: string | undefined
  /** A mark of who is signed in that says nothing about them: a kept page is taken off a phone when it is another's. */
  readonly person?: string | undefined
  /** Uses the whole width of a large screen: worklists and reports. */
  readonly wide?: boolean | undefined
  /** The page is shown again with mistakes to mend. */
  readonly errors?: boolean | undefined
  readonly serviceName?: string | undefined
  readonly authorityName: string
  readonly main: Content
  /** Beside the main part on a large screen, below it on a phone. */
  readonly aside?: Content | undefined
  /** Words for a green banner at the top: what was just done. */
  readonly notice?: string | undefined
}

/** The service's name as each door knows it. */
export const SERVICE_NAMES = {
  public: 'Special educational needs and disabilities',
  family: 'Support for your child',
  setting: 'SEND for schools and colleges',
  professional: 'Advice for SEND plans',
  staff: 'SEND casework',
  board: 'SEND improvement',
} as const satisfies Record<Door, string>

/** The whole document. The shell is kept for each door, authority and navigation; only the page's own parts are drawn. */
export function renderPage(page: PageParams): string {
  const serviceName = page.serviceName ?? SERVICE_NAMES[page.door]
  const options: ShellOptions = {
    door: page.door,
    authorityName: page.authorityName,
    serviceName,
    navigation: page.navigation,
    training: page.training,
    wide: page.wide ?? false,
    signedIn: page.signedInAs !== undefined,
    mayChange: page.signedInAs?.mayChange ?? false,
  }
  const values: Readonly<Record<Slot, string>> = {
    title: escapeText(
      `${page.errors ? 'Error: ' : ''}${page.title} – ${serviceName} – ${page.authorityName}`,
    ),
    person: page.person ? `<meta name="person" content="${escapeText(page.person)}">` : '',
    nonce: escapeText(page.nonce),
    name: escapeText(page.signedInAs?.name ?? ''),
    role: escapeText(page.signedInAs?.role ?? ''),
    csrf: escapeText(page.csrfToken ?? ''),
    before: page.backLink === undefined ? '' : backLink(page.backLink),
    main: mainOf(page),
  }
  let document = ''
  for (const part of shellFor(options)) document += typeof part === 'string' ? part : values[part.slot]
  return document
}

const backLink = (link: NonNullable<PageParams['backLink']>): Html =>
  govukBackLink(
    typeof link === 'string'
      ? { href: link }
      : link.text
        ? { href: link.href, text: link.text }
        : { href: link.href },
  )

const mainOf = (page: PageParams): string => {
  const notice = page.notice ? html(<Notice text={page.notice} />) : ''
  if (!page.aside) return notice + toHtml(page.main)
  return `${notice}<div class="app-columns"><div class="app-columns__main">${toHtml(page.main)}</div><aside class="app-columns__aside" aria-label="More about this">${toHtml(page.aside)}</aside></div>`
}

function Notice({ text }: { readonly text: string }): JSX.Element {
  return (
    <div class="moj-alert moj-alert--success app-notice" role="status">
      <div>
        <svg
          class="moj-alert__icon"
          aria-hidden="true"
          focusable="false"
          viewBox="0 0 30 30"
          height="30"
          width="30"
        >
          <path fill="currentColor" d="M11.29 24.67 2 15.39l2.62-2.62 6.67 6.65L25.38 5.33 28 7.96z" />
        </svg>
      </div>
      <div class="moj-alert__content">{text}</div>
    </div>
  )
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!)
