import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../src/features/files/read-a-file/index.ts'
import {
  ACCEPTED_ENDINGS,
  filesOf,
  isUploadOnly,
  limitsInWords,
  receiveUploads,
  sizeInWords,
  uploadAnswer,
  uploadErrors,
} from '../src/platform/files/index.ts'
import { jpeg, pdf, wav } from '../src/platform/files/testing/sample-files.ts'
import { CHILD, openUploadSite, type UploadSite } from '../src/platform/files/testing/upload-site.ts'
import type { Answer, Context, Route } from '../src/platform/routes.ts'
import { renderPage } from '../src/ui/page.tsx'
import { FileList, type FormError, FormPage, UploadField } from '../src/ui/parts/index.ts'
import { registerAssets } from '../src/ui/serve-assets.ts'
import {
  checkAccessibility,
  checkFitsWidth,
  closeBrowser,
  openPage,
  type PageOptions,
  shoot,
} from './support/browser.ts'

/** The upload part as any page uses it: in a browser, with scripts and without. */

const about = { childId: CHILD, about: 'views' } as const

async function show(context: Context, errors: readonly FormError[]): Promise<Answer> {
  const files = await context.read('files', (trx, saw) => {
    saw(CHILD)
    return filesOf(trx, about)
  })
  return {
    page: {
      title: 'Send us files',
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <FormPage
          title="Send us files"
          errors={errors}
          hasFiles
          csrfToken={context.viewer!.csrfToken}
          idempotencyKey={randomUUID()}
          button="Continue"
        >
          <UploadField
            label="Choose files"
            errors={errors}
            accept={ACCEPTED_ENDINGS}
            limits={limitsInWords(context.files)}
            largest={{ bytes: 200_000_000, words: '200 MB' }}
          >
            <FileList label="Files you have sent" files={files} sizeInWords={sizeInWords} inPage />
          </UploadField>
        </FormPage>
      ),
    },
  }
}

const page: readonly Route[] = [
  {
    method: 'GET',
    url: '/views',
    access: { who: 'roles', roles: ['parent'] },
    touches: 'children',
    handle: (context) => show(context, []),
  },
  {
    method: 'POST',
    url: '/views',
    access: { who: 'roles', roles: ['parent'] },
    touches: 'children',
    uploads: { maxFiles: 40, maxBytes: 1_000_000_000 },
    handle: async (context) => {
      const outcomes = await receiveUploads(context, about)
      if (isUploadOnly(context)) return uploadAnswer(outcomes)
      return show(context, uploadErrors(outcomes, 'files'))
    },
  },
]

let site: UploadSite
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clearway-chosen-'))
  site = await openUploadSite(
    [...routes, ...page],
    {},
    {
      prepare: registerAssets,
      drawPage: (drawn, seen) =>
        renderPage({
          title: drawn.title,
          door: 'family',
          navigation: [],
          nonce: seen.nonce,
          errors: drawn.hasErrors,
          authorityName: 'Story County',
          main: drawn.main,
        } as Parameters<typeof renderPage>[0]),
    },
  )
})
afterAll(async () => {
  await closeBrowser()
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(options: PageOptions): Promise<Page> {
  const opened = await openPage({ ...options, baseUrl: site.url })
  const { cookie } = await site.cookieOf('parent')
  await opened.context().addCookies([{ name: 'clearway', value: cookie.split('=')[1]!, url: site.url }])
  await opened.goto(`${site.url}/views`)
  return opened
}
async function chosen(files: Readonly<Record<string, Buffer>>): Promise<string[]> {
  const places: string[] = []
  for (const [name, data] of Object.entries(files)) {
    places.push(path.join(folder, name))
    await writeFile(places.at(-1)!, data)
  }
  return places
}
const kept = async () =>
  (
    await site.record.owner
      .selectFrom('stored_file')
      .select(['name', 'state'])
      .orderBy('uploaded_at')
      .execute()
  )
    .filter((row) => row.state === 'not-scanned')
    .map((row) => row.name)

describe('Sending files in a browser', () => {
  test('without scripts: all at once by the button; the bad named beside the box, the good listed', async () => {
    const window = await open({ width: 375, javaScript: false })
    await window
      .getByLabel('Choose files')
      .setInputFiles(
        await chosen({ 'letter.pdf': pdf(), 'réponse 👍.pdf': pdf(), 'evil.jpg': Buffer.from('MZ\0\0') }),
      )
    await window.getByRole('button', { name: 'Continue' }).click()
    expect(await window.locator('#files-error').textContent()).toContain(
      'evil.jpg was not kept. It is a program',
    )
    expect(await window.getByRole('link', { name: 'letter.pdf' }).count()).toBe(1)
    expect(await kept()).toEqual(['letter.pdf', 'réponse 👍.pdf'])
    await shoot(window, 'send-files-no-scripts-375')
    await window.close()
  })

  test('the button pressed while a file is on its way does not go on without it when it is refused', async () => {
    const window = await open({ width: 375 })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await window.route('**/views', async (route) => {
      if (route.request().method() === 'POST') await held
      await route.continue()
    })
    await window.getByLabel('Choose files').setInputFiles(await chosen({ 'evil.jpg': Buffer.from('MZ\0\0') }))
    await window.getByRole('button', { name: 'Continue' }).click()
    release()
    await window.getByText('Nothing else has been sent yet').waitFor()
    expect(await window.locator('[data-upload-list]').textContent()).toContain(
      'Not kept. It is a program, and programs are not taken',
    )
    await checkAccessibility(window)
    await window.close()
  })

  test('where our script does not arrive, the page of mistakes is accessible and fits', async () => {
    const window = await open({ width: 375 })
    await window.route('**/assets/upload.*', (route) => route.abort())
    await window.reload()
    await window.getByLabel('Choose files').setInputFiles(await chosen({ 'evil.pdf': Buffer.from('MZ\0\0') }))
    await window.getByRole('button', { name: 'Continue' }).click()
    await window.locator('#files-error').waitFor()
    await checkFitsWidth(window)
    await checkAccessibility(window)
    await window.close()
  })

  test('with scripts: each by itself as it is chosen, and the page says what became of it', async () => {
    const window = await open({ width: 375 })
    await window
      .getByLabel('Choose files')
      .setInputFiles(
        await chosen({ 'photo.jpg': jpeg(), 'voice.wav': wav(), 'page.html': Buffer.from('<html>') }),
      )
    await window.getByText('2 files kept. 1 not kept: the list says why.').waitFor()
    const list = await window.locator('[data-upload-list] li').allTextContents()
    expect(list.map((one) => one.replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^photo\.jpg Kept\. .*Not checked for viruses/),
      expect.stringMatching(/^voice\.wav Kept\. /),
      expect.stringMatching(/^page\.html Not kept\. It is a web page/),
    ])
    await shoot(window, 'send-files-375')
    await checkFitsWidth(window)
    await checkAccessibility(window)
    await window.getByRole('button', { name: 'Continue' }).click()
    await window.locator('audio').waitFor()
    // The button sent nothing a second time.
    expect((await kept()).toSorted()).toEqual(['letter.pdf', 'photo.jpg', 'réponse 👍.pdf', 'voice.wav'])
    expect(
      await window.locator('audio').evaluate((one: HTMLAudioElement) => fetch(one.src).then((a) => a.status)),
    ).toBe(200)
    await window.setViewportSize({ width: 1280, height: 900 })
    await shoot(window, 'send-files-list-1280')
    await checkAccessibility(window)
    await window.close()
  })

  test('the connection is lost and comes back: it goes again by itself, and what was kept stays kept', async () => {
    const window = await open({ width: 375 })
    let lost = 0
    await window.route('**/views', async (route) => {
      if (route.request().method() === 'POST' && lost++ === 1) return route.abort('connectionreset')
      return route.continue()
    })
    await window.getByLabel('Choose files').setInputFiles(
      await chosen({
        'first.pdf': Buffer.concat([pdf(), Buffer.from('1')]),
        'second.pdf': Buffer.concat([pdf(), Buffer.from('2')]),
      }),
    )
    await window.getByText('The connection was lost. It will be sent again by itself').waitFor()
    await window.getByText('2 files kept.').waitFor()
    expect((await kept()).filter((name) => /first|second/.test(name))).toEqual(['first.pdf', 'second.pdf'])
    await window.close()
    expect(readdirSync(path.join(site.folder, 'files', 'incoming'))).toEqual([])
  })
})
