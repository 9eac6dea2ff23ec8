import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { govukFolder } from './govuk/templates.ts'
import { uploadScript } from './parts/upload-script.ts'
import { passkeyScript } from './passkey-script.ts'
import { planWordsScript } from './plan-words-script.ts'
import { readAloudScript } from './read-aloud-script.ts'
import { combineStyles } from './styles.ts'

export interface Asset {
  readonly name: string
  readonly url: string
  readonly type: string
  readonly body: Buffer
}

const mojFolder = join(
  dirname(createRequire(import.meta.url).resolve('@ministryofjustice/frontend/package.json')),
  'moj',
)

/** A file of our own: beside this file in the source and where the build lays it flat, or found from the project's folder. */
function ownFile(...path: readonly string[]): string {
  const candidates = [join(import.meta.dirname, ...path)]
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    candidates.push(join(folder, 'src', 'ui', ...path))
  }
  const found = candidates.find(existsSync)
  if (!found) throw new Error(`${path.join('/')} is in none of ${candidates.join(', ')}`)
  return readFileSync(found, 'utf8')
}

/** Shows a family's kept page when there is no connection. At one address for ever: a browser asks for it there. */
export const familyWorker = (): string => ownFile('phone', 'family-worker.js')

/** The parts of govuk-frontend that start by themselves. Not Radios: it puts `aria-expanded` on a radio button, which
 *  WCAG 4.1.2 does not allow there. What a choice reveals is shown by the style sheet instead, scripts or none. */
const STARTED = [
  'Accordion',
  'Button',
  'CharacterCount',
  'Checkboxes',
  'ErrorSummary',
  'ExitThisPage',
  'FileUpload',
  'NotificationBanner',
  'PasswordInput',
  'ServiceNavigation',
  'SkipLink',
  'Tabs',
] as const

/** govuk-frontend's module, which starts its parts once loaded: one file, no inline script, one request. */
function script(): string {
  const source = readFileSync(join(govukFolder, 'govuk-frontend.min.js'), 'utf8')
  const exported = /export\{([^}]*)\}/.exec(source)?.[1]?.split(',') ?? []
  const missing = ['createAll', ...STARTED].find((name) => !exported.includes(name))
  if (missing) throw new Error(`govuk-frontend no longer exports ${missing} by that name`)
  return `${source.replace(/\/\/# sourceMappingURL=.*\s*$/, '')}\nfor (const part of [${STARTED.join(', ')}]) createAll(part);\n{${ownFile('phone', 'kept-page.js')}}\n`
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="8" fill="#12436d"/><path d="M8 24h32" stroke="#fff" stroke-width="4" stroke-linecap="round"/><g fill="#fff"><circle cx="12" cy="24" r="5"/><circle cx="24" cy="24" r="5"/><circle cx="36" cy="24" r="6.5" fill="#12436d" stroke="#fff" stroke-width="4"/></g></svg>`

const manifest = (iconUrl: string, name: string, start: string) =>
  JSON.stringify({
    name,
    short_name: name,
    id: start,
    start_url: start,
    display: 'minimal-ui',
    background_color: '#ffffff',
    theme_color: '#12436d',
    icons: [{ src: iconUrl, sizes: 'any', type: 'image/svg+xml' }],
  })

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
}

function asset(name: string, content: string | Buffer): Asset {
  const body = Buffer.from(content)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const dot = name.lastIndexOf('.')
  const type = types[name.slice(dot + 1)]
  if (!type) throw new Error(`no content type is held for ${name}`)
  return { name, url: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, type, body }
}

function build(): ReadonlyMap<string, Asset> {
  const made: Asset[] = [asset('icon.svg', icon)]
  const images = join(mojFolder, 'assets', 'images')
  const pictures = new Map<string, string>()
  const styles = [
    readFileSync(join(govukFolder, 'govuk-frontend.min.css'), 'utf8'),
    readFileSync(join(mojFolder, 'moj-frontend.min.css'), 'utf8'),
    ownFile('app.css'),
  ]
  for (const file of readdirSync(images)) {
    if (!file.endsWith('.svg') || !styles.some((sheet) => sheet.includes(`/assets/images/${file})`))) continue
    const picture = asset(file, readFileSync(join(images, file)))
    pictures.set(`/assets/images/${file}`, picture.url)
    made.push(picture)
  }
  made.push(asset('app.css', combineStyles(styles, pictures)))
  made.push(asset('app.js', script()))
  made.push(asset('passkeys.js', passkeyScript))
  made.push(asset('upload.js', uploadScript))
  made.push(asset('read-aloud.js', readAloudScript))
  made.push(asset('plan-words.js', planWordsScript))
  made.push(asset('manifest.webmanifest', manifest(made[0]!.url, 'Clearway', '/')))
  made.push(asset('family.webmanifest', manifest(made[0]!.url, 'My support', '/family')))
  return new Map(made.map((each) => [each.name, each]))
}

let built: ReadonlyMap<string, Asset> | undefined

/** Every static file, made once: the content's hash is in the address, so browsers may keep it for ever. */
export const assets = (): ReadonlyMap<string, Asset> => {
  built ??= build()
  return built
}

/** The address of a static file by its plain name, such as `app.css`. Throws if there is none. */
export function assetUrl(name: string): string {
  const found = assets().get(name)
  if (!found) throw new Error(`there is no static file ${name}`)
  return found.url
}
