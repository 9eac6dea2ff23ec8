import type { ComponentChildren, VNode } from 'preact'
import { jsx } from 'preact/jsx-runtime'
import type * as display from './display-params.ts'
import type * as form from './form-params.ts'
import { childrenToHtml, type Html, Markup } from './html.ts'
import type * as shared from './shared-params.ts'
import { type ComponentName, renderComponent } from './templates.ts'

export type * from './display-params.ts'
export type * from './form-params.ts'
export { type Content, type Html, html, Markup, toHtml } from './html.ts'
export type * from './shared-params.ts'
export { compileTemplates } from './templates.ts'

type Macro<P> = (params: P) => Html
type Component<P> = (props: P) => VNode
/** As a TSX component, the body may be given as children in place of `text` or `html`. */
type WithBody<P> = P extends unknown
  ? P | (Omit<P, 'text' | 'html'> & { readonly children: ComponentChildren })
  : never

const macro =
  <P extends object>(name: ComponentName): Macro<P> =>
  (params) =>
    renderComponent(name, params)

const component =
  <P extends object>(name: ComponentName): Component<P> =>
  (props) =>
    jsx(Markup, { of: renderComponent(name, props) }, undefined)

const componentWithBody =
  <P extends object>(name: ComponentName): Component<WithBody<P>> =>
  (props) => {
    const { children, ...params } = props as { readonly children?: ComponentChildren }
    const body = children === undefined ? {} : { html: childrenToHtml(children) }
    return jsx(Markup, { of: renderComponent(name, { ...params, ...body }) }, undefined)
  }

export const govukAccordion = macro<display.AccordionParams>('accordion')
export const govukBackLink = macro<display.BackLinkParams>('back-link')
export const govukBreadcrumbs = macro<display.BreadcrumbsParams>('breadcrumbs')
export const govukButton = macro<form.ButtonParams>('button')
export const govukCharacterCount = macro<form.CharacterCountParams>('character-count')
export const govukCheckboxes = macro<form.CheckboxesParams>('checkboxes')
export const govukCookieBanner = macro<display.CookieBannerParams>('cookie-banner')
export const govukDateInput = macro<form.DateInputParams>('date-input')
export const govukDetails = macro<display.DetailsParams>('details')
export const govukErrorMessage = macro<shared.ErrorMessageParams>('error-message')
export const govukErrorSummary = macro<form.ErrorSummaryParams>('error-summary')
export const govukExitThisPage = macro<display.ExitThisPageParams>('exit-this-page')
export const govukFieldset = macro<shared.FieldsetParams>('fieldset')
export const govukFileUpload = macro<form.FileUploadParams>('file-upload')
export const govukFooter = macro<display.FooterParams>('footer')
export const govukGenericHeader = macro<display.GenericHeaderParams>('generic-header')
export const govukHeader = macro<display.HeaderParams>('header')
export const govukHint = macro<shared.HintParams>('hint')
export const govukInput = macro<form.InputParams>('input')
export const govukInsetText = macro<display.InsetTextParams>('inset-text')
export const govukLabel = macro<shared.LabelParams>('label')
export const govukNotificationBanner = macro<display.NotificationBannerParams>('notification-banner')
export const govukPagination = macro<display.PaginationParams>('pagination')
export const govukPanel = macro<display.PanelParams>('panel')
export const govukPasswordInput = macro<form.PasswordInputParams>('password-input')
export const govukPhaseBanner = macro<display.PhaseBannerParams>('phase-banner')
export const govukRadios = macro<form.RadiosParams>('radios')
export const govukSelect = macro<form.SelectParams>('select')
export const govukServiceNavigation = macro<display.ServiceNavigationParams>('service-navigation')
export const govukSkipLink = macro<display.SkipLinkParams>('skip-link')
export const govukSummaryList = macro<display.SummaryListParams>('summary-list')
export const govukTable = macro<display.TableParams>('table')
export const govukTabs = macro<display.TabsParams>('tabs')
export const govukTag = macro<display.TagParams>('tag')
export const govukTaskList = macro<display.TaskListParams>('task-list')
export const govukTextarea = macro<form.TextareaParams>('textarea')
export const govukWarningText = macro<display.WarningTextParams>('warning-text')

export const GovukAccordion = component<display.AccordionParams>('accordion')
export const GovukBackLink = component<display.BackLinkParams>('back-link')
export const GovukBreadcrumbs = component<display.BreadcrumbsParams>('breadcrumbs')
export const GovukButton = componentWithBody<form.ButtonParams>('button')
export const GovukCharacterCount = component<form.CharacterCountParams>('character-count')
export const GovukCheckboxes = component<form.CheckboxesParams>('checkboxes')
export const GovukCookieBanner = component<display.CookieBannerParams>('cookie-banner')
export const GovukDateInput = component<form.DateInputParams>('date-input')
export const GovukDetails = componentWithBody<display.DetailsParams>('details')
export const GovukErrorMessage = component<shared.ErrorMessageParams>('error-message')
export const GovukErrorSummary = component<form.ErrorSummaryParams>('error-summary')
export const GovukExitThisPage = component<display.ExitThisPageParams>('exit-this-page')
export const GovukFieldset = componentWithBody<shared.FieldsetParams>('fieldset')
export const GovukFileUpload = component<form.FileUploadParams>('file-upload')
export const GovukHint = componentWithBody<shared.HintParams>('hint')
export const GovukInput = component<form.InputParams>('input')
export const GovukInsetText = componentWithBody<display.InsetTextParams>('inset-text')
export const GovukLabel = component<shared.LabelParams>('label')
export const GovukNotificationBanner =
  componentWithBody<display.NotificationBannerParams>('notification-banner')
export const GovukPagination = component<display.PaginationParams>('pagination')
export const GovukPanel = componentWithBody<display.PanelParams>('panel')
export const GovukPasswordInput = component<form.PasswordInputParams>('password-input')
export const GovukPhaseBanner = componentWithBody<display.PhaseBannerParams>('phase-banner')
export const GovukRadios = component<form.RadiosParams>('radios')
export const GovukSelect = component<form.SelectParams>('select')
export const GovukSummaryList = component<display.SummaryListParams>('summary-list')
export const GovukTable = component<display.TableParams>('table')
export const GovukTabs = component<display.TabsParams>('tabs')
export const GovukTag = component<display.TagParams>('tag')
export const GovukTaskList = component<display.TaskListParams>('task-list')
export const GovukTextarea = component<form.TextareaParams>('textarea')
export const GovukWarningText = componentWithBody<display.WarningTextParams>('warning-text')
