import type { Html } from './html.ts'

/** Attributes for the outermost element. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Text, escaped; or markup rendered from TSX. Never a bare string of markup. */
export type TextOrHtml =
  | { readonly text: string; readonly html?: undefined }
  | { readonly html: Html; readonly text?: undefined }

export type OptionalTextOrHtml = TextOrHtml | { readonly text?: undefined; readonly html?: undefined }

export interface Styled {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type LabelParams = TextOrHtml &
  Styled & { readonly for?: string | undefined; readonly isPageHeading?: boolean | undefined }

export type HintParams = TextOrHtml & Styled & { readonly id?: string | undefined }

export type ErrorMessageParams = TextOrHtml &
  Styled & { readonly id?: string | undefined; readonly visuallyHiddenText?: string | undefined }

export type LegendParams = TextOrHtml & {
  readonly classes?: string | undefined
  readonly isPageHeading?: boolean | undefined
}

export interface FieldsetParams extends Styled {
  readonly describedBy?: string | undefined
  readonly legend?: LegendParams | undefined
  readonly role?: string | undefined
  readonly html?: Html | undefined
}

export interface LinkItem {
  readonly text: string
  readonly href: string
  readonly attributes?: Attributes | undefined
}

/** What every single-answer field shares. The id is the name unless given. */
export interface FieldParams extends Styled {
  readonly name: string
  readonly id?: string | undefined
  readonly describedBy?: string | undefined
  readonly disabled?: boolean | undefined
  readonly label: LabelParams
  readonly hint?: HintParams | undefined
  readonly errorMessage?: ErrorMessageParams | undefined
  readonly formGroup?: FormGroup | undefined
}

export interface FormGroup extends Styled {
  readonly beforeInput?: TextOrHtml | undefined
  readonly afterInput?: TextOrHtml | undefined
}

/** What every field of several controls shares. */
export interface GroupParams extends Styled {
  readonly fieldset?: FieldsetParams | undefined
  readonly hint?: HintParams | undefined
  readonly errorMessage?: ErrorMessageParams | undefined
  readonly formGroup?:
    | (Styled & {
        readonly beforeInputs?: TextOrHtml | undefined
        readonly afterInputs?: TextOrHtml | undefined
      })
    | undefined
}
