import type { ComponentChildren, JSX } from 'preact'
import {
  type About,
  ARRANGED_BY,
  MODES,
  NEED_TYPES,
  type Need,
  type Outcome,
  type Provision,
  quantityInWords,
  SECTIONS,
  type Section,
  type Text,
} from './contents.ts'

/** A numbered paragraph to read. */
export interface ShownParagraph {
  readonly partId: string
  readonly number: string
  readonly kind: string
  readonly section: string | null
  readonly content: unknown
}

interface ShowProps {
  readonly paragraphs: readonly ShownParagraph[]
  /** Said beside a paragraph: a link to change it, what is missing in it, that it is kept back. */
  readonly beside?: (paragraph: ShownParagraph) => ComponentChildren
  /** Headings for sections nobody has written in yet. */
  readonly emptySections?: (section: Section) => ComponentChildren
}

const lines = (words: string): JSX.Element => (
  // The direction of each paragraph is its own: advice may quote a language that is read from right to left.
  <p class="govuk-body app-advice__words" dir="auto">
    {words}
  </p>
)

/** Advice as it is read: who wrote it and from what, the text, then needs, outcomes and provision that name one another. */
export function ShowAdvice({ paragraphs, beside, emptySections }: ShowProps): JSX.Element {
  const of = (kind: string) => paragraphs.filter((one) => one.kind === kind)
  const numbers = new Map(paragraphs.map((one) => [one.partId, one.number]))
  const named = (ids: readonly string[]): string =>
    ids
      .flatMap((id) => numbers.get(id) ?? [])
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .join(', ')
  const sections = (Object.keys(SECTIONS) as Section[]).map((section) => ({
    section,
    told: of('text').filter((one) => one.section === section),
  }))
  return (
    <div class="app-advice">
      {of('about').map((one) => (
        <section aria-labelledby="advice-about">
          <h2 class="govuk-heading-m" id="advice-about">
            Whose advice, and from what
          </h2>
          <AboutRows about={one.content as About} />
          {beside?.(one)}
        </section>
      ))}
      {sections.map(({ section, told }) =>
        told.length === 0 && !emptySections ? null : (
          <section aria-labelledby={`advice-${section}`}>
            <h2 class="govuk-heading-m" id={`advice-${section}`}>
              {emptySections ? SECTIONS[section].title : SECTIONS[section].heading}
            </h2>
            {told.map((one) => (
              <div class="app-advice__paragraph" id={`paragraph-${one.number}`}>
                <span class="app-advice__number">{one.number}</span>
                <div>
                  {lines((one.content as Text).words)}
                  {emptySections ? null : beside?.(one)}
                </div>
              </div>
            ))}
            {emptySections?.(section)}
          </section>
        ),
      )}
      <Group title="Needs" id="needs" some={of('need').length > 0}>
        {of('need').map((one) => {
          const need = one.content as Need
          return (
            <Item number={one.number} title={NEED_TYPES[need.type]}>
              {lines(need.words)}
              <Rows rows={[['How it is known', need.source]]} />
              {beside?.(one)}
            </Item>
          )
        })}
      </Group>
      <Group title="Outcomes" id="outcomes" some={of('outcome').length > 0}>
        {of('outcome').map((one) => {
          const outcome = one.content as Outcome
          return (
            <Item
              number={one.number}
              title={named(outcome.needs) ? `Outcome for ${named(outcome.needs)}` : 'Outcome'}
            >
              {lines(outcome.words)}
              <Rows
                rows={[
                  ['By when', outcome.byWhen],
                  ['How it will be known', outcome.measure],
                ]}
              />
              {beside?.(one)}
            </Item>
          )
        })}
      </Group>
      <Group title="Provision" id="provision" some={of('provision').length > 0}>
        {of('provision').map((one) => {
          const line = one.content as Provision
          return (
            <Item
              number={one.number}
              title={named(line.outcomes) ? `Provision for ${named(line.outcomes)}` : 'Provision'}
            >
              {lines(line.words)}
              <Rows rows={provisionRows(line)} />
              {beside?.(one)}
            </Item>
          )
        })}
      </Group>
    </div>
  )
}

function AboutRows({ about }: { readonly about: About }): JSX.Element {
  return (
    <Rows
      rows={[
        ['Author', about.author],
        ['Role', about.role],
        ['Qualification', about.qualification],
        ['When the child was seen', about.seen],
        ['Sources', about.sources],
      ]}
    />
  )
}

/** A line of provision, question by question; what was not said is left out. */
export const provisionRows = (line: Provision): readonly (readonly [string, string])[] => [
  ['Delivered by', [line.who, line.qualification].filter(Boolean).join('; ')],
  [
    'How',
    [line.mode ? MODES[line.mode] : '', line.groupSize ? `group of ${line.groupSize}` : '']
      .filter(Boolean)
      .join(', '),
  ],
  ['How much and how often', quantityInWords(line)],
  ['Where', line.where],
  ['From, and until', [line.from, line.until].filter(Boolean).join(' to ')],
  ['Arranged by', line.arrangedBy ? ARRANGED_BY[line.arrangedBy] : ''],
]

function Rows({ rows }: { readonly rows: readonly (readonly [string, string])[] }): JSX.Element | null {
  const said = rows.filter(([, value]) => value !== '')
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

function Group(props: {
  readonly title: string
  readonly id: string
  readonly some: boolean
  readonly children: ComponentChildren
}): JSX.Element | null {
  if (!props.some) return null
  return (
    <section aria-labelledby={`advice-${props.id}`}>
      <h2 class="govuk-heading-m" id={`advice-${props.id}`}>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

function Item(props: {
  readonly number: string
  readonly title: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="app-advice__item" id={`paragraph-${props.number}`}>
      <h3 class="govuk-heading-s">
        <span class="app-advice__number">{props.number}</span> {props.title}
      </h3>
      {props.children}
    </div>
  )
}
