import { PLAN_SECTIONS, type PlanSection } from '../../../record/plan/index.ts'
import {
  AGE_BANDS,
  type AgeBand,
  headingProblem,
  introProblem,
  isAgeBand,
  LIMITS,
  promptsProblem,
  type TemplateSection,
} from './template.ts'

/** One line of a file as it was read: where it is, what it says, and why it cannot be taken. */
export interface CheckedLine {
  readonly where: string
  readonly says: string
  readonly problem: string | undefined
}

export interface TemplateInFile {
  readonly name: string
  readonly ageBand: AgeBand
  readonly sections: readonly TemplateSection[]
}

/** A file as it was read: every line with its verdict, and the template when all of them are good. */
export interface CheckedFile {
  /** Why nothing of it could be read. */
  readonly unreadable: string | undefined
  readonly lines: readonly CheckedLine[]
  readonly template: TemplateInFile | undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const HIDDEN = /[^\P{Cc}\t\n\r]/u

/** A value said back, short. */
const said = (value: unknown): string => {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}

/**
 * Reads a template from a file line by line. Nothing is guessed and nothing is put right: a line is good as it stands, or it
 * says why it is not. The template is given only when every line is good and all twelve sections are there, in their order.
 */
export function checkTemplateFile(text: string): CheckedFile {
  const unreadable = (why: string): CheckedFile => ({ unreadable: why, lines: [], template: undefined })
  if (text.trim() === '') return unreadable('There is nothing in it')
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return unreadable(`It is not JSON: ${placeOf(text, String((error as Error).message))}`)
  }
  if (!isObject(content)) return unreadable('It must be one object, with “name”, “ageBand” and “sections”')

  const lines: CheckedLine[] = []
  const line = (where: string, value: unknown, problem: string | undefined) =>
    lines.push({ where, says: said(value), problem })
  const words = (where: string, value: unknown, check: (text: string) => string | undefined): string => {
    const trimmed = typeof value === 'string' ? value.trim() : ''
    line(
      where,
      value,
      value !== undefined && typeof value !== 'string'
        ? `${where} must be words`
        : HIDDEN.test(trimmed)
          ? `${where} has hidden control characters in it`
          : check(trimmed),
    )
    return trimmed
  }

  const name = words('Name', content['name'], (text) =>
    text === ''
      ? 'Name: enter what the template is called'
      : text.length > LIMITS.name
        ? `Name: use ${LIMITS.name} characters or fewer`
        : undefined,
  )
  const ageBand = content['ageBand'] ?? 'all'
  line(
    'Age band',
    isAgeBand(ageBand) ? AGE_BANDS[ageBand] : ageBand,
    isAgeBand(ageBand) ? undefined : `Age band must be one of: ${Object.keys(AGE_BANDS).join(', ')}`,
  )
  for (const key of Object.keys(content).filter((one) => !['name', 'ageBand', 'sections'].includes(one)))
    line(`“${key.slice(0, 60)}”`, content[key], 'Not a part of a template: take it out of the file')

  const given = content['sections']
  if (!Array.isArray(given)) line('Sections', given, 'Sections must be a list of the twelve sections')
  const sections: TemplateSection[] = []
  const seen = new Set<string>()
  for (const [at, section] of (Array.isArray(given) ? given.slice(0, 40) : []).entries()) {
    const where = `Section number ${at + 1} of the file`
    if (!isObject(section)) {
      line(where, section, `${where} must be an object with “id”, “heading”, “intro” and “prompts”`)
      continue
    }
    const id = section['id']
    if (typeof id !== 'string' || !(PLAN_SECTIONS as readonly string[]).includes(id)) {
      line(
        where,
        id,
        `${where}: “id” must be one of ${PLAN_SECTIONS.join(', ')}. A plan has these sections and no others (SEND Regulations 2014, reg 12(1))`,
      )
      continue
    }
    sections.push(readSection(id as PlanSection, section, at, seen, line, words))
    seen.add(id)
  }
  if (Array.isArray(given))
    for (const id of PLAN_SECTIONS.filter((one) => !seen.has(one)))
      line(
        `Section ${id}`,
        '',
        `Section ${id} is missing: no section may be left out (SEND Regulations 2014, reg 12(1))`,
      )
  const isGood = lines.every((one) => one.problem === undefined)
  return {
    unreadable: undefined,
    lines,
    template: isGood && isAgeBand(ageBand) ? { name, ageBand, sections } : undefined,
  }
}

function readSection(
  id: PlanSection,
  section: Record<string, unknown>,
  at: number,
  seen: ReadonlySet<string>,
  line: (where: string, value: unknown, problem: string | undefined) => unknown,
  words: (where: string, value: unknown, check: (text: string) => string | undefined) => string,
): TemplateSection {
  if (seen.has(id)) line(`Section ${id}`, id, `Section ${id} is in the file twice`)
  else if (PLAN_SECTIONS[at] !== id)
    line(
      `Section ${id}`,
      id,
      `Section ${id} stands in place ${at + 1}, where ${PLAN_SECTIONS[at] ?? 'nothing'} belongs: the order is the law’s`,
    )
  for (const key of Object.keys(section).filter(
    (one) => !['id', 'heading', 'intro', 'prompts'].includes(one),
  ))
    line(
      `Section ${id}, “${key.slice(0, 60)}”`,
      section[key],
      'Not a part of a section: take it out of the file',
    )
  const heading = words(`Section ${id}, heading`, section['heading'], (text) => headingProblem(id, text))
  const intro = words(`Section ${id}, introduction`, section['intro'], (text) => introProblem(id, text))
  const given = section['prompts'] ?? []
  const prompts = Array.isArray(given)
    ? given.filter((one): one is string => typeof one === 'string').map((one) => one.trim())
    : []
  line(
    `Section ${id}, questions`,
    prompts.join(' · '),
    !Array.isArray(given) ||
      prompts.length !== given.length ||
      prompts.some((one) => one === '' || HIDDEN.test(one) || /[\r\n]/.test(one))
      ? `Section ${id}: “prompts” must be a list of questions, each in words on one line`
      : promptsProblem(id, prompts),
  )
  return { id, heading, intro, prompts }
}

/** Where JSON goes wrong, as an editor shows it. */
function placeOf(text: string, message: string): string {
  const at = /position (\d+)/.exec(message)
  if (!at) return 'it ends too early, or a quotation mark or bracket is missing'
  const before = text.slice(0, Number(at[1])).split('\n')
  return `look at line ${before.length}, character ${before.at(-1)!.length + 1}`
}

/** The template as a file: what an authority gives to another, and what this page reads back. Nothing of who made it goes along. */
export const templateAsFile = ({ name, ageBand, sections }: TemplateInFile): string =>
  `${JSON.stringify({ name, ageBand, sections }, null, 2)}\n`
