import { describe, expect, it } from 'vitest'
import { assets, assetUrl } from './assets.ts'
import { type PageParams, renderPage } from './page.tsx'

const page = (changes: Partial<PageParams> = {}): string =>
  renderPage({
    title: 'Your child',
    door: 'family',
    navigation: [
      { text: 'Home', href: '/family', current: true },
      { text: 'Messages', href: '/family/messages' },
    ],
    nonce: 'n0nce',
    authorityName: 'Thornshire County Council',
    main: <h1 class="govuk-heading-l">Your child</h1>,
    ...changes,
  })

describe('the page', () => {
  it('is a whole document in English, doctype first, with a skip link to the main part', () => {
    const document = page()
    expect(document).toMatch(/^<!DOCTYPE html>\s*<html lang="en"/)
    expect(document).toContain(
      '<title>Your child – Support for your child – Thornshire County Council</title>',
    )
    expect(document).toMatch(/href="#main-content"[^>]*>\s*Skip to main content/)
    expect(document).toMatch(
      /<main [^>]*id="main-content"[^>]*>\s*<h1 class="govuk-heading-l">Your child<\/h1>/,
    )
  })

  it('gives every script the nonce, and has no other script or handler', () => {
    const scripts = [...page().matchAll(/<script\b([^>]*)>/g)].map((match) => match[1])
    expect(scripts).toHaveLength(2)
    for (const attributes of scripts) expect(attributes).toContain('nonce="n0nce"')
    expect(page()).not.toMatch(/\son\w+=|\sstyle=|javascript:/)
  })

  it('carries no crown, no GOV.UK mark and no address off the site', () => {
    expect(page()).not.toMatch(/govuk-header__logotype|govuk-footer__crown|GOV\.UK|Crown copyright/)
    expect([...page().matchAll(/(?:href|src)="(?:https?:)?\/\//g)]).toHaveLength(0)
  })

  it('says when there are mistakes, in the title', () => {
    expect(page({ errors: true })).toContain('<title>Error: Your child')
  })

  it('shows the training banner only on the training site', () => {
    expect(page()).not.toContain('Training site')
    const training = page({ training: { today: 'Monday 2 November 2020' } })
    expect(training).toContain('Everyone here is invented. Today is Monday 2 November 2020.')
    expect(training).not.toContain('Move time forward')
  })

  it('lets the signed-in person sign out by a form that carries the token', () => {
    const document = page({ signedInAs: { name: 'Ana <b>', role: 'Parent' }, csrfToken: 't0ken' })
    expect(document).toMatch(/<form [^>]*method="post" action="\/sign-out"/)
    expect(document).toContain('name="_csrf" value="t0ken"')
    expect(document).toContain('Ana &lt;b&gt;')
    expect(page()).not.toContain('Sign out')
  })

  it('keeps nothing of one page in the next, though the shell is kept', () => {
    page({ nonce: 'first', signedInAs: { name: 'First Person', role: 'Parent' }, csrfToken: 'first-token' })
    const second = page({
      nonce: 'second',
      signedInAs: { name: 'Second Person', role: 'Parent' },
      csrfToken: 'second-token',
    })
    expect(second).not.toMatch(/first|First Person/)
    expect(second).toContain('Second Person')
  })

  it('escapes what comes from the record, and cannot be cut by a mark in it', () => {
    const document = page({ title: '<script>\uE000main\uE001', authorityName: 'A\uE000main\uE001B & C' })
    expect(document).not.toContain('<title><script>')
    expect(document.match(/<h1/g)).toHaveLength(1)
    expect(document).toContain('AmainB &amp; C')
  })

  it('marks where the person is in the navigation', () => {
    expect(page()).toMatch(/href="\/family"\s+aria-current="page"/)
  })
})

describe('static files', () => {
  it('carry the hash of their content, and use no licensed font or crest', () => {
    expect(assetUrl('app.css')).toMatch(/^\/assets\/app\.[0-9a-f]{12}\.css$/)
    const css = assets().get('app.css')!.body.toString()
    expect(css).not.toMatch(/GDS Transport|govuk-crest|@font-face/)
    expect(() => assetUrl('none.css')).toThrow('there is no static file none.css')
  })

  it('start the official script by itself', () => {
    const js = assets().get('app.js')!.body.toString()
    expect(js).toMatch(/function createAll\(/)
    // What starts the parts, and after it our own for a family’s phone, in a block of its own.
    expect(js).toMatch(/createAll\(part\);\n\{/)
    expect(js.trimEnd()).toMatch(/\}$/)
  })
})
