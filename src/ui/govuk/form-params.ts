import type { Html } from './html.ts'
import type { Attributes, FieldParams, GroupParams, HintParams, Styled, TextOrHtml } from './shared-params.ts'

export type ButtonParams = TextOrHtml &
  Styled & {
    readonly type?: 'submit' | 'button' | 'reset' | undefined
    readonly name?: string | undefined
    readonly value?: string | undefined
    readonly disabled?: boolean | undefined
    /** Given, the button is a link. */
    readonly href?: string | undefined
    readonly preventDoubleClick?: boolean | undefined
    readonly isStartButton?: boolean | undefined
    readonly id?: string | undefined
  }

type Affix = TextOrHtml & Styled

export interface InputParams extends FieldParams {
  readonly type?: 'text' | 'email' | 'tel' | 'search' | 'url' | 'number' | undefined
  readonly inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'text' | 'search' | 'url' | undefined
  readonly value?: string | undefined
  readonly prefix?: Affix | undefined
  readonly suffix?: Affix | undefined
  readonly autocomplete?: string | undefined
  readonly pattern?: string | undefined
  readonly spellcheck?: boolean | undefined
  readonly autocapitalize?: string | undefined
  readonly inputWrapper?: Styled | undefined
}

export interface TextareaParams extends FieldParams {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly spellcheck?: boolean | undefined
  readonly autocomplete?: string | undefined
}

type PluralText = Readonly<Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many' | 'other', string>>>

export interface CharacterCountParams extends Omit<FieldParams, 'describedBy' | 'disabled'> {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly maxlength?: number | undefined
  readonly maxwords?: number | undefined
  /** Percentage used before the count is shown. */
  readonly threshold?: number | undefined
  readonly spellcheck?: boolean | undefined
  readonly countMessage?: { readonly classes?: string } | undefined
  readonly textareaDescriptionText?: string | undefined
  readonly charactersUnderLimitText?: PluralText | undefined
  readonly charactersOverLimitText?: PluralText | undefined
}

export interface PasswordInputParams extends FieldParams {
  readonly value?: string | undefined
  readonly autocomplete?: 'current-password' | 'new-password' | undefined
  readonly showPasswordText?: string | undefined
  readonly hidePasswordText?: string | undefined
}

export interface FileUploadParams extends FieldParams {
  readonly multiple?: boolean | undefined
  /** Uses the drop area when scripts run. */
  readonly javascript?: boolean | undefined
  readonly chooseFilesButtonText?: string | undefined
  readonly wrapperClasses?: string | undefined
}

export interface SelectItem {
  readonly text: string
  readonly value?: string | undefined
  readonly selected?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export interface SelectParams extends FieldParams {
  readonly items: readonly SelectItem[]
  readonly value?: string | undefined
}

export interface Divider {
  readonly divider: string
}

export type ChoiceItem = TextOrHtml & {
  readonly value: string
  readonly id?: string | undefined
  readonly checked?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly hint?: HintParams | undefined
  readonly label?: Styled | undefined
  /** Shown only when chosen, where scripts run; always shown otherwise. */
  readonly conditional?: { readonly html: Html } | undefined
  readonly attributes?: Attributes | undefined
}

export interface RadiosParams extends GroupParams {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly items: readonly (ChoiceItem | Divider)[]
  readonly value?: string | undefined
}

export type CheckboxItem = ChoiceItem & {
  readonly name?: string | undefined
  readonly behaviour?: 'exclusive' | undefined
}

export interface CheckboxesParams extends GroupParams {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly describedBy?: string | undefined
  readonly items: readonly (CheckboxItem | Divider)[]
  readonly values?: readonly string[] | undefined
}

export interface DateInputItem {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly value?: string | undefined
  readonly autocomplete?: string | undefined
  readonly pattern?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly error?: boolean | undefined
}

export interface DateInputParams extends GroupParams {
  readonly id: string
  readonly namePrefix?: string | undefined
  readonly items?: readonly DateInputItem[] | undefined
  readonly values?: { readonly day?: string; readonly month?: string; readonly year?: string } | undefined
}

export interface ErrorSummaryParams extends Styled {
  readonly titleText: string
  readonly descriptionText?: string | undefined
  readonly errorList: readonly (TextOrHtml & { readonly href?: string | undefined })[]
  readonly disableAutoFocus?: boolean | undefined
}
