/** For tests and the bench: an invented plan of any length. */
import { createHash } from 'node:crypto'
import {
  PLAN_SECTIONS,
  type PlanPart,
  type PlanSection,
  SECTION_RULES,
  type VersionKind,
} from '../../record/plan/index.ts'
import type { PlanToPrint } from './plan-document.ts'

/** A part's id, the same each time. */
export const partId = (n: number): string => {
  const hex = createHash('sha256').update(`part ${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const NEED =
  'Zosia understands spoken instructions of up to two parts. When an instruction has three or more parts she waits and watches others, and in a noisy room she often misses the beginning of what is said to her.'
const SOURCE = [{ cite: 'Educational psychologist, 3 March 2026, paragraph 4.2' }]

/** @param lines how many lines of provision: 90 make about 40 pages */
export function aPlan(
  change: Partial<PlanToPrint> = {},
  lines = 6,
): PlanToPrint & { readonly kind: VersionKind } {
  const parts: PlanPart[] = []
  const add = (
    section: PlanSection,
    kind: PlanPart['kind'],
    slot: string | null,
    content: unknown,
  ): string => {
    const id = partId(parts.length)
    parts.push({ partId: id, section, kind, slot, position: parts.length, content } as PlanPart)
    return id
  }
  add('A', 'text', 'child-views', {
    words:
      'I like trains, drawing and my dog Kropka.\n\nI do not like it when everybody talks at once. I want to have a friend to sit with at lunch.',
    voice: 'child',
    gathered: 'Drawn and talked about with her teaching assistant, 12 January 2026.',
  })
  add('A', 'text', 'family-views', {
    words:
      'Zosia tries very hard all day and comes home tired. We hope that she will:\n- read for pleasure\n- travel by bus on her own one day\n- have friends',
    voice: 'parents',
  })
  const needs = Array.from({ length: Math.ceil(lines / 2) }, (_, n) =>
    add('B', 'need', null, {
      words: NEED,
      type: n === 0 ? 'SLCN' : 'ASD',
      rank: n === 0 ? 1 : n === 1 ? 2 : null,
      strengths:
        'She learns quickly from pictures and remembers routes, dates and timetables (January 2026).',
      sources: SOURCE,
    }),
  )
  add('C', 'text', 'none', {
    words: 'No health needs that relate to her special educational needs were identified.',
  })
  add('D', 'need', null, {
    words: 'Zosia needs help to cross roads safely.',
    type: null,
    rank: null,
    strengths: '',
    sources: [],
  })
  const outcomes = Array.from({ length: Math.ceil(lines / 3) }, (_, n) =>
    add('E', 'outcome', null, {
      words: 'Zosia will follow an instruction of three parts, given once, in 8 of 10 lessons.',
      byWhen: '2028-07-21',
      measure: 'Her teacher keeps a count in one week of each half term.',
      steps: 'Two parts in 8 of 10 lessons by July 2027',
      needs: [needs[n % needs.length]!],
      pfa: null,
      sources: [],
    }),
  )
  for (let n = 0; n < lines; n++)
    add('F', 'provision', null, {
      words:
        'Direct teaching of listening and understanding, with objects and pictures, following a programme written by the speech and language therapist and shown by her to the person who gives it.',
      who: 'Teaching assistant',
      qualification: 'trained by the therapist, level 3',
      mode: 'small-group',
      groupSize: '2 to 4',
      length: '30 minutes',
      minutes: 30,
      times: '3',
      count: 3,
      every: 'week',
      forHowLong: 'the school year',
      where: 'A quiet room at school',
      from: '2026-09-01',
      until: '',
      review: 'Each term, with the therapist',
      arrangedBy: 'education',
      fundedBy: 'education',
      outcomes: [outcomes[n % outcomes.length]!],
      needs: [needs[n % needs.length]!],
      pfa: null,
      educatesOrTrains: true,
      sources: SOURCE,
    })
  add('G', 'text', 'none', { words: 'No health provision is reasonably required.' })
  add('J', 'budget', null, {
    offered: 'not-asked',
    words: 'No personal budget was asked for.',
    lines: [],
    yearlyPence: null,
    outcomes: [],
  })
  for (const [title, author] of [
    ['Advice of the educational psychologist', 'Priya Elwood, Story County'],
    ['Advice of the speech and language therapist', 'Hetty Health, NHS Story'],
    ['Report of the school', 'Larkfield Primary School'],
  ])
    add('K', 'appendix', null, { title, author, dated: '2026-03-03', releaseId: null, fileId: null })
  return {
    number: 2,
    kind: 'draft',
    childName: 'Zosia Łącka-Ŵyn',
    childBornOn: '2017-04-01',
    reference: 'A-2026-00012',
    sha256: createHash('sha256').update('a plan').digest('hex'),
    frozenOn: '2026-05-04',
    sentOn: '2026-05-05',
    authorityName: 'Story County Council',
    isExtract: false,
    sections: PLAN_SECTIONS.map((id) => ({
      id,
      heading: `Section ${id}: ${SECTION_RULES[id].title}`,
      intro: '',
    })),
    parts: parts.map((part, index) => ({ ...part, number: index + 1 })) as PlanToPrint['parts'],
    ...change,
  }
}
