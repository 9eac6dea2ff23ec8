import type { ComponentChildren, JSX } from 'preact'
import {
  AGENCIES,
  amountInWords,
  MODES,
  NEED_TYPES,
  PFA_STRANDS,
  PLAN_SECTIONS,
  type PlanPart,
  type PlanSection,
  type PlanSource,
  type ProvisionContent,
} from '../../../record/plan/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import type { PlanTemplate, PlanVersion } from '../the-plan/index.ts'

type Numbered = PlanVersion['parts'][number]

interface ShowPlanProps {
  readonly version: PlanVersion
  readonly template: PlanTemplate
  /** Says something under a section's heading: what it is in plain words, a link to comment on it. */
  readonly under?: (section: PlanSection) => ComponentChildren
  /** The address of advice the reader may open; undefined for advice they may not. */
  readonly adviceHref?: (releaseId: string) => string | undefined
  /** Sections with nothing in them are left out: for readers who are given some lines only. */
  readonly onlyFilled?: boolean
  readonly contents?: boolean
}

/** A frozen plan as its readers have it: a contents list, the sections by their letters, each paragraph by its number. */
export function ShowPlan(props: ShowPlanProps): JSX.Element {
  const { version, template } = props
  const bySection = Map.groupBy(version.parts, (part) => part.section)
  const shown = PLAN_SECTIONS.filter((section) => !props.onlyFilled || bySection.has(section))
  const heading = (section: PlanSection) =>
    template.sections.find((one) => one.id === section)?.heading ?? `Section ${section}`
  const numbers = new Map(version.parts.map((part) => [part.partId, part.number]))
  return (
    <>
      {props.contents === false ? null : (
        <nav aria-labelledby="contents">
          <h2 class="govuk-heading-m" id="contents">
            Contents
          </h2>
          <ol class="govuk-list">
            {shown.map((section) => (
              <li>
                <a class="govuk-link" href={`#section-${section}`}>
                  {heading(section)}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      {shown.map((section) => (
        <section aria-labelledby={`section-${section}`}>
          <h2 class="govuk-heading-l govuk-!-margin-top-8" id={`section-${section}`} tabIndex={-1}>
            {heading(section)}
          </h2>
          {props.under?.(section)}
          {(bySection.get(section) ?? []).map((part) => (
            <div class="app-advice__paragraph" id={`paragraph-${part.number}`}>
              <span class="app-advice__number">
                <span class="govuk-visually-hidden">Paragraph </span>
                {part.number}
              </span>
              <div data-others-words="">
                <Part part={part} numbers={numbers} />
                <Sources sources={sourcesOf(part)} adviceHref={props.adviceHref} />
              </div>
            </div>
          ))}
          {bySection.has(section) ? null : (
            <p class="govuk-body">
              {section === 'I' && (version.kind === 'draft' || version.kind === 'amended-draft')
                ? 'A draft names no school or college.'
                : 'Nothing is written here.'}
            </p>
          )}
        </section>
      ))}
    </>
  )
}

const sourcesOf = ({ content }: PlanPart): readonly PlanSource[] =>
  'sources' in content ? (content.sources ?? []) : []

type Row = readonly [key: string, value: ComponentChildren]

function Part({
  part,
  numbers,
}: {
  readonly part: Numbered
  readonly numbers: ReadonlyMap<string, number>
}): JSX.Element {
  switch (part.kind) {
    case 'text': {
      const { words, voice, gathered } = part.content
      return (
        <>
          {voice ? <p class="govuk-body-s app-quiet">{VOICES[voice]}</p> : null}
          <Words
            words={part.slot === 'none' && !words.trim() ? 'Nothing is needed in this section.' : words}
          />
          {gathered ? <p class="govuk-body-s app-quiet">{gathered}</p> : null}
        </>
      )
    }
    case 'need': {
      const { words, type, strengths } = part.content
      return (
        <>
          <Words words={words} />
          <Rows
            rows={[
              ['What goes well', strengths],
              ['Kind of need', type ? NEED_TYPES[type] : ''],
            ]}
          />
        </>
      )
    }
    case 'outcome': {
      const { words, byWhen, measure, steps, needs, pfa } = part.content
      return (
        <>
          <Words words={words} />
          <Rows
            rows={[
              ['By when', dayOrWords(byWhen)],
              ['How we will know', measure],
              ['Steps on the way', steps],
              ['For need', <Others ids={needs} numbers={numbers} />],
              ['Getting ready to be an adult', pfa ? PFA_STRANDS[pfa] : ''],
            ]}
          />
        </>
      )
    }
    case 'provision':
      return (
        <>
          <Words words={part.content.words} />
          <Rows rows={lineRows(part.content, numbers)} />
        </>
      )
    case 'placement': {
      const { form, name, type, conditions } = part.content
      return (
        <>
          {form === 'otherwise' ? (
            <Words words="Education is given somewhere other than a school or college." />
          ) : null}
          <Rows
            rows={[
              ['Name', name],
              ['Type', type],
              ['Conditions', conditions],
            ]}
          />
        </>
      )
    }
    case 'budget': {
      const { offered, words, yearlyPence, lines, outcomes } = part.content
      return (
        <>
          <Words words={words || BUDGET[offered]} />
          <Rows
            rows={[
              ['Each year', yearlyPence === null ? '' : pounds(yearlyPence)],
              ['It pays for', <Others ids={lines} numbers={numbers} />],
              ['For outcome', <Others ids={outcomes} numbers={numbers} />],
            ]}
          />
        </>
      )
    }
    case 'appendix':
      return (
        <>
          <Words words={part.content.title} />
          <Rows
            rows={[
              ['By', part.content.author],
              ['Dated', dayOrWords(part.content.dated)],
            ]}
          />
        </>
      )
  }
}

const VOICES = {
  child: 'In the child’s own words',
  parents: 'What the parents say',
  council: 'Written by the council',
}
const BUDGET = {
  asked: 'A personal budget was asked for.',
  'not-asked': 'No personal budget was asked for.',
  refused: 'A personal budget was asked for and refused.',
}

const pounds = (pence: number): string =>
  (pence / 100).toLocaleString('en-GB', { style: 'currency', currency: 'GBP' })

/** A day as people say it; words that are not a day stay as typed. */
const dayOrWords = (typed: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(typed) ? dayInWords(typed) : typed)

const lineRows = (line: ProvisionContent, numbers: ReadonlyMap<string, number>): readonly Row[] => [
  ['Who gives it', [line.who, line.qualification].filter(Boolean).join('; ')],
  ['How much', amountInWords(line)],
  [
    'How',
    [line.mode ? MODES[line.mode] : '', line.groupSize ? `group of ${line.groupSize}` : '']
      .filter(Boolean)
      .join(', '),
  ],
  ['Where', line.where],
  ['From', dayOrWords(line.from)],
  ['Until', dayOrWords(line.until)],
  ['Looked at again', dayOrWords(line.review)],
  ['Who arranges it', line.arrangedBy ? AGENCIES[line.arrangedBy] : ''],
  ['Who pays', line.fundedBy ? AGENCIES[line.fundedBy] : ''],
  ['For outcome', <Others ids={line.outcomes} numbers={numbers} />],
  ['Getting ready to be an adult', line.pfa ? PFA_STRANDS[line.pfa] : ''],
]

/** Paragraphs of the same plan, by their numbers. */
function Others({
  ids,
  numbers,
}: {
  readonly ids: readonly string[] | undefined
  readonly numbers: ReadonlyMap<string, number>
}): JSX.Element | null {
  const found = (ids ?? []).flatMap((id) => numbers.get(id) ?? []).toSorted((a, b) => a - b)
  if (found.length === 0) return null
  return (
    <>
      {found.map((number, at) => (
        <>
          {at > 0 ? ', ' : ''}
          <a class="govuk-link" href={`#paragraph-${number}`}>
            <span class="govuk-visually-hidden">paragraph </span>
            {number}
          </a>
        </>
      ))}
    </>
  )
}

function Words({ words }: { readonly words: string }): JSX.Element {
  // The direction of each paragraph is its own: a plan may quote a language that is read from right to left.
  return (
    <p class="govuk-body app-advice__words" dir="auto">
      {words}
    </p>
  )
}

function Rows({ rows }: { readonly rows: readonly Row[] }): JSX.Element | null {
  const said = rows.filter(([, value]) => (typeof value === 'string' ? value !== '' : hasOthers(value)))
  if (said.length === 0) return null
  return (
    <dl class="govuk-summary-list govuk-summary-list--no-border app-advice__rows">
      {said.map(([key, value]) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{key}</dt>
          <dd class="govuk-summary-list__value app-advice__words" dir="auto">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
/** What it names may be on another page: of one section alone there is nothing to point to. */
const isNumbered = ({ ids, numbers }: Partial<Parameters<typeof Others>[0]>): boolean =>
  (ids ?? []).some((id) => numbers?.has(id))
const hasOthers = (value: ComponentChildren): boolean =>
  typeof value === 'object' && value !== null && 'props' in value
    ? isNumbered(value.props as Partial<Parameters<typeof Others>[0]>)
    : false

function Sources({
  sources,
  adviceHref,
}: {
  readonly sources: readonly PlanSource[]
  readonly adviceHref: ShowPlanProps['adviceHref']
}): JSX.Element | null {
  const cited = sources.filter((source) => source.cite.trim() !== '')
  if (cited.length === 0) return null
  return (
    <p class="govuk-body-s app-quiet app-break">
      From:{' '}
      {cited.map((source, at) => {
        const href = source.releaseId ? adviceHref?.(source.releaseId) : undefined
        return (
          <>
            {at > 0 ? '; ' : ''}
            {href ? (
              <a class="govuk-link" href={href}>
                {source.cite}
              </a>
            ) : (
              source.cite
            )}
          </>
        )
      })}
    </p>
  )
}
