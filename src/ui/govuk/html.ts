import { type ComponentChildren, Fragment, h, type JSX, type VNode } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'
import { renderToString } from 'preact-render-to-string'

declare const brand: unique symbol

/** Markup that is known to be escaped, because it was rendered from TSX or by an official template.
 *  There is no way to make one from a bare string outside this folder. */
export type Html = string & { readonly [brand]: 'Html' }

/** What a page or part may be made of. */
export type Content = JSX.Element | Html

/** Renders TSX to markup that the GOV.UK templates accept as `html`. */
export const html = (content: JSX.Element): Html => renderToString(content) as Html

/** Markup from a trusted renderer. For this folder, the page shell and the charts only. */
export const trusted = (markup: string): Html => markup as Html

const isElement = (content: Content): content is JSX.Element => typeof content !== 'string'

export const toHtml = (content: Content): Html => (isElement(content) ? html(content) : content)

/** Puts ready markup among TSX, without a wrapping element. The type keeps bare strings out. */
export function Markup({ of }: { readonly of: Html }): VNode {
  return jsxTemplate([of])
}

/** Children of any kind, as markup. */
export const childrenToHtml = (children: ComponentChildren): Html => html(h(Fragment, null, children))
