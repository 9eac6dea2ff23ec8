import { date, shortDate } from '../../law/index.ts'
import {
  AGENCIES,
  type AppendixContent,
  amountInWords,
  inSection,
  isFinal,
  MODES,
  NEED_TYPES,
  type OutcomeContent,
  PFA_STRANDS,
  type PlacementContent,
  type PlanPart,
  type PlanSection,
  type PlanSource,
  type ProvisionContent,
  VERSION_KINDS,
  type VersionKind,
} from '../../record/plan/index.ts'
import type { Block, Labelled, Print, PrintedDocument, TableCell } from '../blocks.ts'

/** A frozen version, as it is printed. */
export interface PlanToPrint {
  readonly number: number
  readonly kind: VersionKind
  readonly childName: string
  readonly childBornOn: string
  readonly reference: string
  readonly sha256: string
  readonly frozenOn: string
  readonly sentOn: string | null
  readonly authorityName: string
  readonly parts: readonly (PlanPart & { readonly number: number })[]
  readonly sections: readonly { readonly id: PlanSection; readonly heading: string; readonly intro: string }[]
  /** Only some of its parts: those one professional may read. */
  readonly isExtract: boolean
}

const HEADERS: Readonly<Record<VersionKind, string | null>> = {
  working: 'WORKING COPY: sent to nobody',
  draft: 'DRAFT: not a final plan',
  'amended-draft': 'AMENDED DRAFT: not a final plan',
  final: null,
  'amended-final': null,
}

/** A day in words, where it is a day. */
const when = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? shortDate(date(text)) : text)
const row = (label: string, text: string | null | undefined): readonly Labelled[] =>
  text?.trim() ? [{ label, text }] : []
const citesOf = (sources: readonly PlanSource[] | undefined): string =>
  (sources ?? [])
    .map((source) =>
      [
        source.cite,
        source.page && !source.cite.includes('page') && `page ${source.page}`,
        source.paragraph && !source.cite.includes('paragraph') && `paragraph ${source.paragraph}`,
      ]
        .filter(Boolean)
        .join(', '),
    )
    .join('; ')

type Numbered = PlanToPrint['parts'][number]
type NumberOf = (partIds: readonly string[]) => string

const paragraphsNamed =
  (parts: readonly Numbered[]): NumberOf =>
  (partIds) => {
    const numbers = partIds
      .map((id) => parts.find((part) => part.partId === id)?.number)
      .filter((one) => one !== undefined)
      .toSorted((a, b) => a - b)
    return numbers.length === 0
      ? ''
      : numbers.length === 1
        ? `paragraph ${numbers[0]}`
        : `paragraphs ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
  }

const VOICES = { child: 'In their own words', parents: 'What the family says', council: undefined } as const

function outcomeRows(content: OutcomeContent, named: NumberOf): readonly Labelled[] {
  return [
    ...row('By when', when(content.byWhen)),
    ...row('How we will know', content.measure),
    ...row('Steps on the way', content.steps),
    ...row('Needs it answers', named(content.needs ?? [])),
    ...row('Preparing for adulthood', content.pfa ? PFA_STRANDS[content.pfa] : ''),
    ...row('Source', citesOf(content.sources)),
  ]
}

const who = (content: ProvisionContent): string =>
  [content.who, content.qualification].filter((one) => one?.trim()).join(', ')
const how = (content: ProvisionContent): string =>
  [content.mode ? MODES[content.mode] : '', content.groupSize ? `group of ${content.groupSize}` : '']
    .filter(Boolean)
    .join(', ')

function provisionDetail(content: ProvisionContent, named: NumberOf): readonly Labelled[] {
  return [
    ...row('How', how(content)),
    ...row('Where', content.where),
    ...row('From', when(content.from)),
    ...row('Until', when(content.until)),
    ...row('Reviewed', when(content.review)),
    ...row('Arranged by', content.arrangedBy ? AGENCIES[content.arrangedBy] : ''),
    ...row('Paid for by', content.fundedBy ? AGENCIES[content.fundedBy] : ''),
    ...row('Works towards', named(content.outcomes ?? [])),
    ...row('Meets needs in', named(content.needs ?? [])),
    ...row('Preparing for adulthood', content.pfa ? PFA_STRANDS[content.pfa] : ''),
    ...row('Source', citesOf(content.sources)),
  ]
}

/** Provision: a table, or line by line in large print, where columns would leave two words to a line. */
function provisionBlocks(
  parts: readonly (Numbered & { readonly kind: 'provision' })[],
  print: Print,
  named: NumberOf,
): readonly Block[] {
  if (parts.length === 0) return []
  if (print === 'large')
    return parts.map(({ number, content }) => ({
      kind: 'labelled',
      number: String(number),
      text: content.words,
      rows: [
        ...row('By whom', who(content)),
        ...row('How much and how often', amountInWords(content)),
        ...provisionDetail(content, named),
      ],
    }))
  return [
    {
      kind: 'table',
      head: ['No.', 'What will be provided', 'By whom', 'How much and how often'],
      widths: [0.75, 5.6, 2.3, 2.3],
      rows: parts.map(({ number, content }): readonly TableCell[] => [
        { text: String(number) },
        { text: content.words, rows: provisionDetail(content, named) },
        { text: who(content) || 'Not said' },
        { text: amountInWords(content) || 'Not said' },
      ]),
    },
  ]
}

function appendixBlocks(
  parts: readonly { readonly number: number; readonly content: AppendixContent }[],
  print: Print,
): readonly Block[] {
  if (parts.length === 0) return []
  if (print === 'large')
    return parts.map(({ number, content }) => ({
      kind: 'labelled',
      number: String(number),
      text: content.title,
      rows: [...row('By', content.author), ...row('Date', when(content.dated))],
    }))
  return [
    {
      kind: 'table',
      head: ['No.', 'Advice or information', 'By', 'Date'],
      // Room for the longest date on one line.
      widths: [0.75, 4.6, 2.7, 2.9],
      rows: parts.map(({ number, content }) => [
        { text: String(number) },
        { text: content.title },
        { text: content.author || 'Not said' },
        { text: when(content.dated) || 'Not dated' },
      ]),
    },
  ]
}

const placementRows = (content: PlacementContent): readonly Labelled[] => [
  ...row('Type', content.type),
  ...row('Conditions', content.conditions),
]

const BUDGET = {
  asked: 'A personal budget was asked for.',
  'not-asked': 'No personal budget was asked for.',
  refused: 'A personal budget was asked for and refused.',
} as const

/** Every other part, one after another. */
function partBlock(part: Numbered, named: NumberOf): readonly Block[] {
  const number = String(part.number)
  switch (part.kind) {
    case 'text':
      return [
        {
          kind: 'words',
          number,
          text:
            part.slot === 'none' && !part.content.words.trim()
              ? 'Nothing was identified for this section.'
              : part.content.words,
          ...(part.content.voice && VOICES[part.content.voice] ? { label: VOICES[part.content.voice]! } : {}),
        },
        ...(part.content.gathered?.trim()
          ? ([
              { kind: 'words', tone: 'small', under: true, text: `How we know: ${part.content.gathered}` },
            ] as const)
          : []),
        ...(citesOf(part.content.sources)
          ? ([
              { kind: 'words', tone: 'small', under: true, text: `Source: ${citesOf(part.content.sources)}` },
            ] as const)
          : []),
      ]
    case 'need':
      return [
        {
          kind: 'labelled',
          number,
          text: part.content.words,
          rows: [
            ...row('Strengths', part.content.strengths),
            ...row(
              'Type of need',
              part.content.type
                ? `${NEED_TYPES[part.content.type]}${part.content.rank === 1 ? ' (primary need)' : part.content.rank === 2 ? ' (secondary need)' : ''}`
                : '',
            ),
            ...row('Source', citesOf(part.content.sources)),
          ],
        },
      ]
    case 'outcome':
      return [{ kind: 'labelled', number, text: part.content.words, rows: outcomeRows(part.content, named) }]
    case 'placement':
      return [
        {
          kind: 'labelled',
          number,
          text:
            part.content.form === 'otherwise'
              ? 'Special educational provision is made otherwise than in a school or post-16 institution (Children and Families Act 2014, section 61).'
              : part.content.form === 'named'
                ? `The school, college or other setting to be attended: ${part.content.name}`
                : 'The type of school, college or other setting to be attended',
          rows: placementRows(part.content),
        },
      ]
    case 'budget':
      return [
        {
          kind: 'labelled',
          number,
          text: part.content.words || BUDGET[part.content.offered],
          rows: [
            ...row(
              'A year',
              part.content.yearlyPence === null
                ? ''
                : `£${(part.content.yearlyPence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`,
            ),
            ...row('Direct payments secure the provision in', named(part.content.lines ?? [])),
            ...row('Works towards', named(part.content.outcomes ?? [])),
          ],
        },
      ]
    case 'provision':
    case 'appendix':
      return [] // drawn together, as tables
  }
}

/** Said where a section has nothing in it, so that nobody wonders whether a page is missing. */
function emptyWords(section: PlanSection, plan: PlanToPrint): string {
  if (plan.isExtract) return 'There is nothing in this section that you may read.'
  if (section === 'I' && !isFinal(plan.kind))
    return 'This section is empty in a draft, as the law requires (Children and Families Act 2014, section 38(5)). The family can ask for a particular school, college or other setting to be named. The final plan will name one, or say the type.'
  return 'Nothing is recorded in this section.'
}

/** What the document is called to people and in its window: no child's name. */
export const planTitle = (plan: Pick<PlanToPrint, 'kind' | 'reference'>): string =>
  `Education, health and care plan, ${VERSION_KINDS[plan.kind].toLowerCase()}, ${plan.reference}`

/** A plan as paper: a front page, the twelve sections each under its own heading, and every part by its number. */
export function planDocument(plan: PlanToPrint, print: Print = 'standard'): PrintedDocument {
  const named = paragraphsNamed(plan.parts)
  const sections = plan.sections.flatMap((section): readonly Block[] => {
    const parts = inSection(plan.parts, section.id) as readonly Numbered[]
    const of = <K extends Numbered['kind']>(kind: K) =>
      parts.filter((part): part is Numbered & { readonly kind: K } => part.kind === kind)
    return [
      { kind: 'heading', level: 1, text: section.heading },
      ...(section.intro.trim() ? ([{ kind: 'words', tone: 'small', text: section.intro }] as const) : []),
      ...(parts.length === 0
        ? ([{ kind: 'words', tone: 'note', text: emptyWords(section.id, plan) }] as const)
        : []),
      ...parts.flatMap((part) => partBlock(part, named)),
      ...provisionBlocks(of('provision'), print, named),
      ...appendixBlocks(of('appendix'), print),
    ]
  })
  const on = plan.sentOn ?? plan.frozenOn
  const header = plan.isExtract ? 'EXTRACT: only the parts you may read' : HEADERS[plan.kind]
  return {
    title: planTitle(plan),
    author: plan.authorityName,
    language: 'en-GB',
    print,
    header,
    footer: `${VERSION_KINDS[plan.kind]}, version ${plan.number}, ${shortDate(date(on))}. ${plan.reference}, ${plan.sha256.slice(0, 8)}`,
    front: {
      above: plan.authorityName,
      title: 'Education, health and care plan',
      lead: plan.childName,
      rows: [
        { label: 'Date of birth', text: shortDate(date(plan.childBornOn)) },
        {
          label: 'Kind of document',
          text: `${VERSION_KINDS[plan.kind]}${isFinal(plan.kind) ? '' : plan.kind === 'working' ? ', sent to nobody' : ', not a final plan'}`,
        },
        { label: 'Version', text: String(plan.number) },
        { label: plan.sentOn ? 'Date' : 'Date kept', text: shortDate(date(on)) },
        { label: 'Reference', text: plan.reference },
        { label: 'Document number', text: plan.sha256.slice(0, 8) },
      ],
      note: frontNote(plan),
      contents: true,
    },
    blocks: sections,
  }
}

function frontNote(plan: PlanToPrint): string {
  if (plan.isExtract)
    return 'These are the parts of the plan that you may read. The plan has others. Paragraph numbers are those of the whole plan.'
  if (plan.kind === 'working') return 'A working copy, kept for comparison. It has no effect in law.'
  if (!isFinal(plan.kind))
    return 'This is a draft, for the family to read and comment on. It has no effect in law. Paragraphs are numbered, so that you can say which one you mean.'
  return `${plan.authorityName} must secure the special educational provision in section F (Children and Families Act 2014, section 42). Paragraphs are numbered, so that you can say which one you mean.`
}

/** The advice and information of section K by itself, to go with a bundle of papers. */
export function evidenceList(plan: PlanToPrint, print: Print = 'standard'): PrintedDocument {
  const whole = planDocument(plan, print)
  const appendices = plan.parts.filter(
    (part): part is Numbered & { readonly kind: 'appendix' } => part.kind === 'appendix',
  )
  return {
    ...whole,
    title: `Advice and information, ${plan.reference}`,
    front: null,
    blocks: [
      { kind: 'heading', level: 1, text: 'Advice and information' },
      {
        kind: 'words',
        text: `The advice and information gathered for the plan of ${plan.childName}, born ${shortDate(date(plan.childBornOn))}: ${VERSION_KINDS[plan.kind].toLowerCase()}, version ${plan.number}.`,
      },
      ...(appendices.length === 0
        ? ([{ kind: 'words', tone: 'note', text: 'No advice or information is listed.' }] as const)
        : appendixBlocks(appendices, print)),
    ],
  }
}
