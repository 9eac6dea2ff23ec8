/** `clearway words`: sentences in, marks on words that do not bind out, one text a line, streaming. */
import { createReadStream } from 'node:fs'
import {
  checkWords,
  type Mark,
  PLACES,
  type WhereItStands,
  WORD_RULES,
} from '../record/words-that-bind/index.ts'
import { EXIT, type Io } from './io.ts'
import { LONGEST_LINE, linesOf, write } from './lines.ts'
import { align } from './rules.ts'

type WordsIo = Pick<Io, 'stdin' | 'stdout' | 'stderr'>

interface Options {
  readonly files: readonly string[]
  readonly section: Section
  readonly table: boolean
}

/** Sections that hold no needs, outcomes or provision are read and never marked. */
type Section = WhereItStands | 'unmarked'

interface WordsLine {
  readonly ref: unknown
  readonly text: string
  readonly section: Section
}

const HELP = `Mark words that do not bind: vague provision, and provision in the wrong section.

Usage: clearway words [options] [file ...]     (no file, or -, reads standard input)

  --section S   where the words stand if a line does not say: B, C, D, E, F, G, H1, H2, advice, outcome
                or provision (the default)
  --table       for people: each marked line with its words and a better form
  --rules       list the rules and end

One text a line, plain or as JSON. Where the first line begins with {, every line must be JSON with a text:
  He will have access to a therapist as required.
  {"ref":"A1","section":"F","text":"He will have access to a therapist as required."}

Each answer: {"ref":"A1","line":2,"vague":true,"marks":[{"rule":…,"span":[start,end],"words":…,"reason":…,"better":…}]}
Spans are UTF-16 units in the text, the end excluded. A mark is a prompt for a person, not a finding of law.

Exit codes: 0 done; 1 could not be done; 2 some lines were bad (named on standard error), the rest answered.
The rules, with their reasons in law and how well they find, are in docs/words-that-bind.md.
`

/** Runs the command. Resolves to the exit code. */
export async function runWords(args: string[], io: WordsIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(HELP)
    return EXIT.done
  }
  if (args.includes('--rules')) {
    const rows = WORD_RULES.map(({ id, finds, places }) => [id, places.join(' '), finds])
    io.stdout.write(align([['Rule', 'Where', 'Finds'], ...rows]))
    return EXIT.done
  }
  const options = readOptions(args)
  if (typeof options === 'string') {
    io.stderr.write(`clearway words: ${options}\n`)
    return EXIT.failed
  }
  let bad = 0
  for (const file of options.files) {
    const input = file === '-' ? io.stdin : createReadStream(file)
    try {
      bad += await answerAll(input, file === '-' ? '' : `${file} `, options, io)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      io.stderr.write(`clearway words: cannot read ${file}: ${(error as Error).message}\n`)
      return EXIT.failed
    }
  }
  return bad > 0 ? EXIT.partly : EXIT.done
}

function readOptions(args: readonly string[]): Options | string {
  const files: string[] = []
  let section: Section = 'provision'
  let table = false
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!
    if (arg === '--table') table = true
    else if (arg === '--section') {
      const value = args[++index]
      if (value === undefined) return '--section needs a value'
      const read = readSection(value)
      if (read === null) return `--section: ${noSuchSection(value)}`
      section = read
    } else if (arg.startsWith('--')) return `there is no option ${arg} (see clearway words --help)`
    else files.push(arg)
  }
  return { files: files.length === 0 ? ['-'] : files, section, table }
}

/** "F", "f", "Section F". A plan made before H was divided says H. Null: no such section. */
function readSection(value: unknown): Section | null {
  if (typeof value !== 'string') return null
  const name = value.replace(/^\s*section\s+/i, '').trim()
  const place = PLACES.find((one) => one.toLowerCase() === name.toLowerCase())
  if (place !== undefined) return place
  if (name.toUpperCase() === 'H') return 'H2'
  return /^[AIJK]$/i.test(name) ? 'unmarked' : null
}

function noSuchSection(value: unknown): string {
  return `${JSON.stringify(value).slice(0, 60)} is not one of A, ${PLACES.join(', ')}, I, J, K`
}

async function answerAll(
  input: AsyncIterable<Uint8Array | string>,
  source: string,
  options: Options,
  io: WordsIo,
): Promise<number> {
  let line = 0
  let bad = 0
  let waiting = ''
  let isJson: boolean | null = null
  for await (const lines of linesOf(input)) {
    for (const raw of lines) {
      line++
      if (raw.trim() === '') continue
      isJson ??= BRACE.test(raw)
      const read = readLine(raw, options.section, isJson)
      if (typeof read === 'string') {
        bad++
        io.stderr.write(`${oneLine(source, 200)}${source === '' ? '' : ' '}line ${line}: ${read}\n`)
        continue
      }
      const marks = read.section === 'unmarked' ? [] : checkWords(read.text, { section: read.section })
      waiting += options.table ? asTable(read, line, marks) : `${JSON.stringify(asJson(read, line, marks))}\n`
      if (waiting.length > 65_536) {
        await write(io, waiting)
        waiting = ''
      }
    }
  }
  if (waiting !== '') await write(io, waiting)
  return bad
}

const BRACE = /^\s*\{/

/** One line of input, or why it is bad. Among plain lines, one that begins with a brace is read as JSON too. */
function readLine(raw: string, section: Section, isJson: boolean): WordsLine | string {
  if (raw.length > LONGEST_LINE) return 'line: longer than 1,000,000 signs: cut the text into paragraphs'
  const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
  if (!BRACE.test(line)) return isJson ? 'line: not JSON with a text' : { ref: null, text: line, section }
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return 'line: not JSON'
  }
  const { ref, id, text, section: own } = parsed as Record<string, unknown>
  if (typeof text !== 'string') return 'text: must be the words to check'
  if (own === undefined || own === null) return { ref: ref ?? id ?? null, text, section }
  const place = readSection(own)
  return place === null ? `section: ${noSuchSection(own)}` : { ref: ref ?? id ?? null, text, section: place }
}

function asJson({ ref }: WordsLine, line: number, marks: readonly Mark[]): Record<string, unknown> {
  return {
    ref,
    line,
    vague: marks.length > 0,
    marks: marks.map(({ rule, start, end, words, reason, better }) => ({
      rule,
      span: [start, end],
      words,
      reason,
      better,
    })),
  }
}

/** A marked line for people; nothing for a line that binds. */
function asTable({ ref, text }: WordsLine, line: number, marks: readonly Mark[]): string {
  if (marks.length === 0) return ''
  const name =
    ref === null
      ? `line ${line}`
      : `line ${line} (${oneLine(typeof ref === 'string' ? ref : (JSON.stringify(ref) ?? ''), 40)})`
  const rows = marks.map(({ rule, words, better }) => [rule, oneLine(words, 40), better])
  return `${name}: ${oneLine(text, 100)}\n${align(rows)}\n`
}

/** Control signs are shown as spaces, so that a pasted text cannot move the cursor of who reads the table. */
function oneLine(text: string, longest: number): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return flat.length > longest ? `${flat.slice(0, longest - 1).trimEnd()}…` : flat
}
