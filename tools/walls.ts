import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize, relative, sep } from 'node:path'

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface Breach {
  readonly path: string
  readonly line: number
  readonly what: string
}

const importPatterns = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
]

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Blanks comments and keeps line numbers. A `//` inside a string costs the rest of that line, no more. */
const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1')

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

interface Import {
  readonly specifier: string
  readonly line: number
  /** Path from the root for a relative import, null for a package or built-in module. */
  readonly target: string | null
}

function importsOf(file: SourceFile): Import[] {
  return importPatterns.flatMap((pattern) =>
    [...file.text.matchAll(pattern)].map((match) => {
      const specifier = match[1]!
      const target = specifier.startsWith('.')
        ? normalize(join(dirname(file.path), specifier))
            .split(sep)
            .join('/')
        : null
      return { specifier, line: lineAt(file.text, match.index + match[0].indexOf(specifier)), target }
    }),
  )
}

const isUnder = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

/** `src/features/plan/finalise-plan`, for any file in it. */
const featureOf = (path: string): string | null =>
  /^src\/features\/[^/]+\/[^/]+(?=\/)/.exec(path)?.[0] ?? null

/** `src/features/plan/finalise-plan/index.ts`, or the folder itself. */
const isFeatureIndex = (target: string): boolean =>
  /^src\/features\/[^/]+\/[^/]+(\/index(\.tsx?)?)?$/.test(target)

type Rule = (file: SourceFile, target: string | null) => boolean

/** Nothing from outside themselves: no framework, no database, no machine. Tests may use their tools. */
const pureWithin =
  (...folders: string[]): Rule =>
  (file, target) =>
    target === null ? isTest(file.path) : isUnder(target, ...folders)

const featureMayImport: Rule = (file, target) => {
  if (target === null) return true
  if (isUnder(target, 'src/law', 'src/record', 'src/ui', 'src/db', 'src/documents', 'src/platform'))
    return true
  if (isUnder(target, featureOf(file.path) ?? dirname(file.path))) return true
  if (isTest(file.path) && (target === 'src/app.ts' || isUnder(target, 'demo'))) return true
  return isFeatureIndex(target)
}

const walls: ReadonlyArray<{ readonly folder: string; readonly mayImport: Rule; readonly says: string }> = [
  { folder: 'src/law', mayImport: pureWithin('src/law'), says: 'law imports only law' },
  {
    folder: 'src/record',
    mayImport: pureWithin('src/law', 'src/record'),
    says: 'record imports only law and record',
  },
  {
    folder: 'src/features',
    mayImport: featureMayImport,
    says: "a feature imports law, record, ui, db, documents, platform and another feature's index",
  },
  {
    folder: 'src/ui',
    mayImport: (_file, target) => target === null || !isUnder(target, 'src/features', 'src/portals'),
    says: 'ui imports no feature and no portal',
  },
]

const forbiddenInPure: ReadonlyArray<{ readonly pattern: RegExp; readonly says: string }> = [
  {
    pattern: /\bnew\s+(?:globalThis\.)?Date\b|\bDate\s*\.\s*(?:now|parse|UTC)\b|(?<![.\w])Date\s*\(/g,
    says: 'a day is never held in a Date',
  },
  { pattern: /\bTemporal\s*\.\s*Now\b/g, says: 'the current time is an argument' },
  {
    pattern: /(?<![.\w])(?:process\s*\.|performance\s*\.\s*now|Math\s*\.\s*random)\b/g,
    says: 'nothing from the machine',
  },
]

/** The whole name, or its last word; `send-manager` is a person, so `manager` counts only alone. */
const emptyName = /^(?:utils?|common|helpers?|managers?|misc)$|[-_](?:utils?|helpers?|misc)$/

const isEmptyName = (name: string): boolean => emptyName.test(name.replace(/(\.[a-z]+)+$/, ''))

function nameBreaches(path: string): Breach[] {
  return path
    .split('/')
    .filter(isEmptyName)
    .map((name) => ({ path, line: 1, what: `'${name}' says nothing: name it by what it does` }))
}

function importBreaches(file: SourceFile): Breach[] {
  const wall = walls.find(({ folder }) => isUnder(file.path, folder))
  if (wall === undefined) return []
  return importsOf(file)
    .filter(({ target }) => !wall.mayImport(file, target))
    .map(({ specifier, line }) => ({
      path: file.path,
      line,
      what: `imports '${specifier}', but ${wall.says}`,
    }))
}

function purityBreaches(file: SourceFile): Breach[] {
  if (!isUnder(file.path, 'src/law', 'src/record') || isTest(file.path)) return []
  const code = withoutComments(file.text)
  return forbiddenInPure.flatMap(({ pattern, says }) =>
    [...code.matchAll(pattern)].map((match) => ({
      path: file.path,
      line: lineAt(code, match.index),
      what: `uses '${match[0]}', but ${says}`,
    })),
  )
}

/** Every place where the walls of the house are broken (design, section 3). */
export function breachesIn(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) => [
    ...nameBreaches(file.path),
    ...importBreaches(file),
    ...purityBreaches(file),
  ])
}

const sourceFolders = ['src', 'demo', 'bench', 'e2e', 'tools', 'bin']

/** All files of the project's own folders; text only of TypeScript. */
export function readSourceFiles(root: string): SourceFile[] {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      const text = /\.tsx?$/.test(basename(file)) ? readFileSync(file, 'utf8') : ''
      return { path: relative(root, file).split(sep).join('/'), text }
    })
}
