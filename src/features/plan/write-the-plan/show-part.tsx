import type { JSX } from 'preact'
import {
  AGENCIES,
  amountInWords,
  MODES,
  minutesInWords,
  NEED_TYPES,
  PFA_STRANDS,
  type PlanPart,
  type ProvisionContent,
  sourcesOf,
} from '../../../record/plan/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { isDay } from './schemas.ts'

const OFFERED = {
  asked: 'Asked for, and set out here',
  'not-asked': 'Nobody asked for one',
  refused: 'Asked for, and refused',
} as const

const day = (text: string): string => (isDay(text) ? dayInWords(text) : text)
const agency = (one: keyof typeof AGENCIES | null): string => (one ? AGENCIES[one] : '')

/** The amount as typed and, where it was read as another number of minutes than it looks, as it was read. */
function amount(line: ProvisionContent): string {
  const typed = amountInWords(line)
  if (line.length === '') return typed
  if (line.minutes === null) return `${typed} (no length of time was read in “${line.length}”)`
  const read = minutesInWords(line.minutes)
  return read === line.length ? typed : `${typed} (each time ${read})`
}

/** The days a line runs: from the final plan and until it is changed when nothing is said. */
const runs = (line: ProvisionContent): string =>
  line.from === '' && line.until === ''
    ? ''
    : `${line.from ? day(line.from) : 'the final plan'} to ${line.until ? day(line.until) : 'when the plan is changed'}`

type Row = readonly [string, string]

/** A part's questions and answers besides its words; what was not said is left out. */
export function partRows(part: PlanPart, labels: ReadonlyMap<string, string>): readonly Row[] {
  const named = (ids: readonly string[]): string =>
    ids
      .flatMap((id) => labels.get(id) ?? [])
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .join(', ')
  switch (part.kind) {
    case 'text':
      return [['How these views were gathered', part.content.gathered ?? '']]
    case 'need':
      return [
        ['Can do now', part.content.strengths],
        ['Type', part.content.type ? NEED_TYPES[part.content.type] : ''],
        [
          'For the yearly return',
          part.content.rank === 1 ? 'Primary need' : part.content.rank === 2 ? 'Secondary need' : '',
        ],
      ]
    case 'outcome':
      return [
        ['By when', day(part.content.byWhen)],
        ['How it will be known', part.content.measure],
        ['Steps', part.content.steps],
        ['For the need', named(part.content.needs)],
        ['Preparing for adulthood', part.content.pfa ? PFA_STRANDS[part.content.pfa] : ''],
      ]
    case 'provision': {
      const line = part.content
      return [
        ['Delivered by', [line.who, line.qualification].filter(Boolean).join('; ')],
        [
          'How',
          [line.mode ? MODES[line.mode] : '', line.groupSize ? `group of ${line.groupSize}` : '']
            .filter(Boolean)
            .join(', '),
        ],
        ['How much and how often', amount(line)],
        ['Where', line.where],
        ['Dates', runs(line)],
        ['Reviewed', line.review],
        ['Arranged by', agency(line.arrangedBy)],
        ['Paid for by', agency(line.fundedBy)],
        ['For the outcome', named(line.outcomes)],
        ['For the need', named(line.needs)],
        ['Preparing for adulthood', line.pfa ? PFA_STRANDS[line.pfa] : ''],
        ['Educates or trains', line.educatesOrTrains ? 'Yes' : ''],
      ]
    }
    case 'placement':
      return [
        ['Type', part.content.type],
        ['Conditions', part.content.conditions],
      ]
    case 'budget':
      return [
        ['Personal budget', OFFERED[part.content.offered]],
        ['A year', part.content.yearlyPence === null ? '' : poundsInWords(part.content.yearlyPence)],
        ['For the lines', named(part.content.lines)],
        ['For the outcomes', named(part.content.outcomes)],
      ]
    case 'appendix':
      return [
        ['Whose', part.content.author],
        ['Dated', day(part.content.dated)],
      ]
  }
}

export const poundsInWords = (pence: number): string =>
  `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: pence % 100 === 0 ? 0 : 2 })}`

/** What a part says first. */
export const partWords = (part: PlanPart): string =>
  part.kind === 'appendix'
    ? part.content.title
    : part.kind === 'placement'
      ? part.content.name
      : part.content.words

/** A part as it is read: its words, its questions and answers, and where it came from. */
export function ShowPart({
  part,
  labels,
}: {
  readonly part: PlanPart
  readonly labels: ReadonlyMap<string, string>
}): JSX.Element {
  const sources = sourcesOf(part)
  const rows = [
    ...partRows(part, labels),
    [
      sources.length === 1 ? 'Source' : 'Sources',
      sources
        .map((one) =>
          [one.cite, one.page ? `page ${one.page}` : '', one.paragraph ? `paragraph ${one.paragraph}` : '']
            .filter(Boolean)
            .join(', '),
        )
        .join('\n'),
    ] as const,
  ].filter(([, value]) => value !== '')
  return (
    <>
      {partWords(part) === '' ? null : (
        // The direction of each paragraph is its own: a child may be quoted in a language read from right to left.
        <p class="govuk-body app-advice__words" dir="auto">
          {partWords(part)}
        </p>
      )}
      {rows.length === 0 ? null : (
        <dl class="govuk-summary-list govuk-summary-list--no-border app-advice__rows">
          {rows.map(([key, value]) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{key}</dt>
              <dd class="govuk-summary-list__value app-advice__words" dir="auto">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
