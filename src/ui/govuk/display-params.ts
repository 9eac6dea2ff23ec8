import type { Html } from './html.ts'
import type { Attributes, LinkItem, OptionalTextOrHtml, Styled, TextOrHtml } from './shared-params.ts'

type Title =
  | { readonly titleText: string; readonly titleHtml?: undefined }
  | { readonly titleHtml: Html; readonly titleText?: undefined }

export type TagParams = TextOrHtml & Styled
export type InsetTextParams = TextOrHtml & Styled & { readonly id?: string | undefined }
export type WarningTextParams = TextOrHtml & Styled & { readonly iconFallbackText?: string | undefined }
export type PhaseBannerParams = TextOrHtml & Styled & { readonly tag: TagParams }
export type BackLinkParams = OptionalTextOrHtml & Styled & { readonly href: string }
export type SkipLinkParams = TextOrHtml & Styled & { readonly href?: string | undefined }

export type DetailsParams = TextOrHtml &
  Styled & {
    readonly summaryText: string
    readonly id?: string | undefined
    readonly open?: boolean | undefined
  }

export type PanelParams = OptionalTextOrHtml &
  Styled &
  Title & { readonly headingLevel?: 1 | 2 | 3 | 4 | undefined }

export type NotificationBannerParams = TextOrHtml &
  Styled & {
    readonly titleText?: string | undefined
    readonly titleHeadingLevel?: '1' | '2' | '3' | '4' | undefined
    readonly type?: 'success' | undefined
    readonly role?: 'alert' | 'region' | undefined
    readonly titleId?: string | undefined
    readonly disableAutoFocus?: boolean | undefined
  }

export interface BreadcrumbsParams extends Styled {
  readonly items: readonly (TextOrHtml & {
    readonly href?: string | undefined
    readonly attributes?: Attributes | undefined
  })[]
  readonly collapseOnMobile?: boolean | undefined
  readonly labelText?: string | undefined
}

export type PaginationItem =
  | {
      readonly number: string | number
      readonly href: string
      readonly current?: boolean | undefined
      readonly visuallyHiddenText?: string | undefined
    }
  | { readonly ellipsis: true }
type PaginationStep = OptionalTextOrHtml & { readonly href: string; readonly labelText?: string | undefined }
export interface PaginationParams extends Styled {
  readonly items?: readonly PaginationItem[] | undefined
  readonly previous?: PaginationStep | undefined
  readonly next?: PaginationStep | undefined
  readonly landmarkLabel?: string | undefined
}

type Cell = OptionalTextOrHtml & { readonly classes?: string | undefined }
type ActionItem = TextOrHtml & {
  readonly href: string
  readonly visuallyHiddenText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}
interface Actions {
  readonly items: readonly ActionItem[]
  readonly classes?: string | undefined
}
export interface SummaryListRow {
  readonly key: Cell
  readonly value: Cell
  readonly actions?: Actions | undefined
  readonly classes?: string | undefined
}
export interface SummaryListParams extends Styled {
  readonly rows: readonly SummaryListRow[]
  readonly card?:
    | (Styled & {
        readonly title?:
          | (TextOrHtml & { readonly headingLevel?: number | undefined; readonly classes?: string })
          | undefined
        readonly actions?: Actions | undefined
      })
    | undefined
}

export interface TabsParams extends Styled {
  readonly title?: string | undefined
  readonly id?: string | undefined
  readonly items: readonly {
    readonly id: string
    readonly label: string
    readonly panel: TextOrHtml & { readonly attributes?: Attributes | undefined }
  }[]
}

export interface AccordionParams extends Styled {
  readonly id: string
  readonly headingLevel?: number | undefined
  readonly rememberExpanded?: boolean | undefined
  readonly items: readonly {
    readonly heading: TextOrHtml
    readonly summary?: TextOrHtml | undefined
    readonly content: TextOrHtml
    readonly expanded?: boolean | undefined
  }[]
}

type TaskStatus = Styled & ({ readonly tag: TagParams } | TextOrHtml)
export interface TaskListParams extends Styled {
  readonly idPrefix?: string | undefined
  readonly items: readonly {
    readonly title: TextOrHtml & { readonly classes?: string | undefined }
    readonly hint?: TextOrHtml | undefined
    readonly status: TaskStatus
    readonly href?: string | undefined
    readonly classes?: string | undefined
  }[]
}

type TableCell = OptionalTextOrHtml &
  Styled & {
    readonly format?: 'numeric' | undefined
    readonly colspan?: number | undefined
    readonly rowspan?: number | undefined
  }
/** For short tables. Long lists use SortableTable, whose rows are plain. */
export interface TableParams extends Styled {
  readonly rows: readonly (readonly TableCell[])[]
  readonly head?: readonly TableCell[] | undefined
  readonly caption?: string | undefined
  readonly captionClasses?: string | undefined
  readonly firstCellIsHeader?: boolean | undefined
}

export interface ServiceNavigationParams extends Styled {
  readonly serviceName?: string | undefined
  readonly serviceUrl?: string | undefined
  readonly ariaLabel?: string | undefined
  readonly menuButtonText?: string | undefined
  readonly navigationLabel?: string | undefined
  readonly navigationId?: string | undefined
  readonly navigation: readonly (TextOrHtml & {
    readonly href?: string | undefined
    readonly current?: boolean | undefined
    readonly active?: boolean | undefined
  })[]
  readonly slots?:
    | {
        readonly start?: Html | undefined
        readonly end?: Html | undefined
        readonly navigationEnd?: Html | undefined
      }
    | undefined
}

export interface HeaderParams extends Styled {
  readonly homepageUrl?: string | undefined
  readonly productName?: string | undefined
  readonly containerClasses?: string | undefined
}
export type GenericHeaderParams = Styled &
  ({ readonly logoText: string } | { readonly logoHtml: Html }) & {
    readonly url?: string | undefined
    readonly containerClasses?: string | undefined
  }
export interface FooterParams extends Styled {
  readonly meta?:
    | (OptionalTextOrHtml & { readonly items?: readonly LinkItem[]; readonly visuallyHiddenTitle?: string })
    | undefined
  readonly navigation?:
    | readonly { readonly title: string; readonly columns?: number; readonly items?: readonly LinkItem[] }[]
    | undefined
  readonly contentLicence?: TextOrHtml | null | undefined
  readonly copyright?: TextOrHtml | undefined
}

export interface CookieBannerParams extends Styled {
  readonly ariaLabel?: string | undefined
  readonly hidden?: boolean | undefined
  readonly messages: readonly (OptionalTextOrHtml &
    Styled & {
      readonly headingText?: string | undefined
      readonly hidden?: boolean | undefined
      readonly role?: string | undefined
      readonly actions?: readonly {
        readonly text: string
        readonly type?: 'submit' | 'button'
        readonly href?: string
        readonly name?: string
        readonly value?: string
      }[]
    })[]
}
export type ExitThisPageParams = OptionalTextOrHtml &
  Styled & { readonly redirectUrl?: string | undefined; readonly id?: string | undefined }
