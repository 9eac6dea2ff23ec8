import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import {
  inSection,
  KINDS_IN,
  type PlanPart,
  type PlanSection,
  SECTION_RULES,
} from '../../../record/plan/index.ts'
import { assetUrl } from '../../../ui/assets.ts'
import { GovukButton, GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import { HiddenFields, Tag } from '../../../ui/parts/index.ts'
import { momentInWords } from '../../professional/write-advice/index.ts'
import type { SavedPart } from '../the-plan/index.ts'
import { labelsOf, titleOf } from './fields.tsx'
import { Marks } from './marks.tsx'
import type { PlanInHand } from './queries.ts'
import { SLOTS, slotTitle } from './schemas.ts'
import { ShowPart } from './show-part.tsx'

/** Where the pages of a plan are: the office's door, or a professional's let in to their sections. */
export interface PlanPlace {
  readonly base: string
  readonly isStaff: boolean
  readonly csrfToken: string
  /** May the viewer change anything of it. */
  readonly mayAct: boolean
}

export const planHref = (place: PlanPlace, planId: string): string => `${place.base}/${planId}`
export const sectionHref = (place: PlanPlace, planId: string, section: PlanSection): string =>
  `${place.base}/${planId}/sections/${section}`
export const partHref = (place: PlanPlace, planId: string, section: PlanSection, part: string): string =>
  `${sectionHref(place, planId, section)}/parts/${part}`

export const captionOf = ({ plan }: Pick<PlanInHand, 'plan'>): string =>
  `${plan.child.name}, born ${shortDate(date(plan.child.bornOn))} · ${plan.reference}`

export const Heading = ({
  hand,
  children,
}: {
  hand: Pick<PlanInHand, 'plan'>
  children: ComponentChildren
}) => (
  <>
    <span class="govuk-caption-l">{captionOf(hand)}</span>
    <h1 class="govuk-heading-l">{children}</h1>
  </>
)

const openMarks = (hand: PlanInHand, section?: PlanSection): number =>
  hand.marks.filter(
    (mark) =>
      mark.overruled === null &&
      (section === undefined || hand.parts.find((part) => part.partId === mark.partId)?.section === section),
  ).length

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** What a section holds, counted. */
function holds(parts: readonly PlanPart[]): string {
  const of = (kind: PlanPart['kind']) => parts.filter((part) => part.kind === kind).length
  if (parts.some((part) => part.slot === 'none')) return 'None identified'
  return (
    [
      of('need') > 0 ? counted(of('need'), 'need', 'needs') : '',
      of('outcome') > 0 ? counted(of('outcome'), 'outcome', 'outcomes') : '',
      of('provision') > 0 ? counted(of('provision'), 'line', 'lines') : '',
      of('appendix') > 0 ? counted(of('appendix'), 'piece of advice', 'pieces of advice') : '',
      of('budget') > 0 ? 'answered' : '',
      of('text') > 0 ? counted(of('text'), 'text', 'texts') : '',
    ]
      .filter(Boolean)
      .join(', ') || 'Nothing yet'
  )
}

/** The twelve sections as they stand, and the ways on. */
export function planPage(
  hand: PlanInHand,
  place: PlanPlace,
  more: { readonly waiting: number; readonly must: number; readonly should: number } | null,
): JSX.Element {
  const { plan, template, parts } = hand
  const here = planHref(place, plan.id)
  const marks = openMarks(hand)
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Heading hand={hand}>The plan</Heading>
        {plan.endedOn === null ? null : (
          <GovukInsetText text="This plan has ended. It can be read and not changed." />
        )}
        {place.isStaff ? null : (
          <p class="govuk-body">
            You were let in to write in section {hand.mayWrite.join(', ')}. The council’s SEND office reads
            what you save at once.
          </p>
        )}
        <ul class="app-plan__sections govuk-list">
          {template.sections.map((section) => {
            const told = inSection(parts, section.id)
            const open = openMarks(hand, section.id)
            return (
              <li>
                <a class="govuk-link" href={sectionHref(place, plan.id, section.id)}>
                  {section.heading}
                </a>{' '}
                <span class="app-plan__state">
                  {section.id === 'I' && told.length === 0 ? (
                    <Tag colour="grey">Empty in a draft</Tag>
                  ) : told.length === 0 ? (
                    <Tag colour="yellow">Nothing yet</Tag>
                  ) : (
                    holds(told)
                  )}
                  {open > 0 ? (
                    <>
                      {' '}
                      <Tag colour="orange">{counted(open, 'mark', 'marks')}</Tag>
                    </>
                  ) : null}
                </span>
              </li>
            )
          })}
        </ul>
        {place.isStaff && more ? (
          <>
            <h2 class="govuk-heading-m">Before it is sent</h2>
            <ul class="govuk-list">
              <li>
                <a class="govuk-link" href={`${here}/check`}>
                  Check the plan
                </a>
                : {counted(more.must, 'thing', 'things')} to put right before a draft can go,{' '}
                {counted(more.should, 'other', 'others')} to look at
              </li>
              <li>
                <a class="govuk-link" href={`${here}/advice`}>
                  What the advice recommends
                </a>
                :{' '}
                {more.waiting === 0
                  ? 'all used, or left out with a reason'
                  : `${more.waiting} not dealt with yet`}
              </li>
              <li>
                <a class="govuk-link" href={`${here}/marks`}>
                  Marks on the words
                </a>
                : {counted(marks, 'mark', 'marks')},{' '}
                {hand.marks.length - marks === 0
                  ? 'none overruled'
                  : `${hand.marks.length - marks} overruled`}
              </li>
              <li>
                <a class="govuk-link" href={`${here}/people`}>
                  Who else writes in it
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/agree`}>
                  Who has agreed it
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/versions`}>
                  Versions, and what changed between them
                </a>
              </li>
            </ul>
          </>
        ) : null}
        {place.isStaff ? null : (
          <ul class="govuk-list">
            {hand.mayWrite.includes('G') ? (
              <li>
                <a class="govuk-link" href={`${here}/agree/health`}>
                  Agree sections C and G for health
                </a>
              </li>
            ) : null}
            {hand.mayWrite.includes('H2') ? (
              <li>
                <a class="govuk-link" href={`${here}/agree/social-care`}>
                  Agree sections D, H1 and H2 for social care
                </a>
              </li>
            ) : null}
          </ul>
        )}
        <p class="govuk-body-s">
          Laid out by the template “{template.name}”, version {template.version}.
        </p>
      </div>
    </div>
  )
}

/** One section: its questions, its parts with their marks, what can be added, and what was taken away. */
export function sectionPage(
  hand: PlanInHand,
  section: PlanSection,
  takenAway: readonly SavedPart[],
  place: PlanPlace,
  fromAdvice: JSX.Element | null,
): JSX.Element {
  const { plan, template, parts } = hand
  const style = template.sections.find((one) => one.id === section)!
  const told = inSection(parts, section) as readonly SavedPart[]
  const labels = labelsOf(parts)
  const mayWrite = place.mayAct && hand.mayWrite.includes(section)
  const at = template.sections.findIndex((one) => one.id === section)
  const [before, after] = [template.sections[at - 1], template.sections[at + 1]]
  const slots = SLOTS[section].filter((one) => !told.some((part) => part.slot === one.slot))
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Heading hand={hand}>{style.heading}</Heading>
        {style.intro ? <p class="govuk-body">{style.intro}</p> : null}
        <p class="govuk-body-s">
          It sets out {SECTION_RULES[section].mustSetOut} ({SECTION_RULES[section].law}).
        </p>
        {style.prompts.length > 0 ? (
          <GovukDetails summaryText="What to write about">
            <ul class="govuk-list govuk-list--bullet">
              {style.prompts.map((prompt) => (
                <li>{prompt}</li>
              ))}
            </ul>
          </GovukDetails>
        ) : null}
        {section === 'I' ? (
          <GovukInsetText text="Section I stays empty until the plan is final: a draft must not name a setting or a type of setting (Children and Families Act 2014, s.38(5)). It is written when the final plan is made." />
        ) : null}
        {told.length === 0 && section !== 'I' ? <p class="govuk-body">Nothing is written here yet.</p> : null}
        {told.map((part, index) => (
          <section class="app-advice__item app-plan__part" id={`part-${part.partId}`}>
            <h2 class="govuk-heading-s">
              {labels.get(part.partId) ?? ''}{' '}
              {part.kind === 'text' ? slotTitle(section, part.slot) : KIND_HEADINGS[part.kind]}
            </h2>
            <ShowPart part={part} labels={labels} />
            <Marks
              marks={hand.marks.filter((mark) => mark.partId === part.partId)}
              hrefOf={
                place.isStaff
                  ? (mark) => `${planHref(place, plan.id)}/marks/${part.partId}/${mark.key}`
                  : null
              }
              mayAct={place.mayAct}
            />
            <p class="govuk-body-s">
              Saved by {part.savedBy}, {momentInWords(part.savedAt)}.
            </p>
            {mayWrite ? (
              <div class="govuk-button-group app-plan__actions">
                <a class="govuk-link" href={partHref(place, plan.id, section, part.partId)}>
                  Change
                  <span class="govuk-visually-hidden"> {nameOf(part, labels)}</span>
                </a>
                <Mover part={part} told={told} index={index} planId={plan.id} place={place} labels={labels} />
              </div>
            ) : null}
          </section>
        ))}
        {mayWrite && section !== 'I' ? (
          <>
            <h2 class="govuk-heading-m">Add</h2>
            <ul class="govuk-list">
              {KINDS_IN[section]
                .filter((kind) => kind !== 'text' && kind !== 'placement')
                .filter((kind) => kind !== 'budget' || !told.some((part) => part.kind === 'budget'))
                .map((kind) => (
                  <li>
                    <a class="govuk-link" href={partHref(place, plan.id, section, `new-${kind}`)}>
                      {titleOf(kind, section, null, true)}
                    </a>
                  </li>
                ))}
              {slots.map(({ slot, title }) => (
                <li>
                  <a class="govuk-link" href={partHref(place, plan.id, section, `text-${slot}`)}>
                    Write: {title}
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {mayWrite ? fromAdvice : null}
        {takenAway.length > 0 ? (
          <GovukDetails summaryText={`Taken away (${takenAway.length})`}>
            {takenAway.map((part) => (
              <>
                <ShowPart part={part} labels={labels} />
                <p class="govuk-body-s">
                  Taken away by {part.savedBy}, {momentInWords(part.savedAt)}.
                </p>
                {mayWrite ? (
                  <ActionForm
                    action={partHref(place, plan.id, section, part.partId)}
                    place={place}
                    version={part.version}
                    act="bring-back"
                    text="Bring it back"
                    about={nameOf(part, labels)}
                  />
                ) : null}
              </>
            ))}
          </GovukDetails>
        ) : null}
        <nav class="govuk-body app-plan__next" aria-label="Sections">
          {before ? (
            <a class="govuk-link" href={sectionHref(place, plan.id, before.id)}>
              Before: {before.heading}
            </a>
          ) : null}
          {before && after ? <br /> : null}
          {after ? (
            <a class="govuk-link" href={sectionHref(place, plan.id, after.id)}>
              Next: {after.heading}
            </a>
          ) : null}
        </nav>
        <script type="module" src={assetUrl('plan-words.js')} />
      </div>
    </div>
  )
}

export const KIND_HEADINGS = {
  need: 'Need',
  outcome: 'Outcome',
  provision: 'Provision',
  placement: 'Placement',
  budget: 'Personal budget',
  appendix: 'Advice',
} as const

/** A part in a few words, for those who hear a link without seeing what it stands beside. */
const nameOf = (part: PlanPart, labels: ReadonlyMap<string, string>): string =>
  part.kind === 'text'
    ? slotTitle(part.section, part.slot)
    : `${KIND_HEADINGS[part.kind].toLowerCase()} ${labels.get(part.partId) ?? ''}`

function Mover(props: {
  readonly part: SavedPart
  readonly told: readonly SavedPart[]
  readonly index: number
  readonly planId: string
  readonly place: PlanPlace
  readonly labels: ReadonlyMap<string, string>
}): JSX.Element | null {
  const { part, told, index, place } = props
  if (part.kind === 'text' || part.kind === 'budget') return null
  const way = (other: SavedPart | undefined, act: 'up' | 'down', text: string): JSX.Element | null =>
    other?.kind === part.kind ? (
      <ActionForm
        action={partHref(place, props.planId, part.section, part.partId)}
        place={place}
        version={part.version}
        act={act}
        text={text}
        about={nameOf(part, props.labels)}
      />
    ) : null
  return (
    <>
      {way(told[index - 1], 'up', 'Move up')}
      {way(told[index + 1], 'down', 'Move down')}
    </>
  )
}

/** A form that is one button about one part. */
export function ActionForm(props: {
  readonly action: string
  readonly place: PlanPlace
  readonly version: number | null
  readonly act: string
  readonly text: string
  readonly about: string
  readonly hidden?: Readonly<Record<string, string>>
}): JSX.Element {
  return (
    <form method="post" action={props.action} class="app-plan__action">
      <HiddenFields
        csrfToken={props.place.csrfToken}
        idempotencyKey={randomUUID()}
        hidden={{
          do: props.act,
          ...(props.version === null ? {} : { fromVersion: String(props.version) }),
          ...props.hidden,
        }}
      />
      <button type="submit" class="app-link-button">
        {props.text}
        <span class="govuk-visually-hidden"> {props.about}</span>
      </button>
    </form>
  )
}

/** The page before a plan is begun. */
export function beginPage(view: {
  readonly caption: string
  readonly place: PlanPlace
  readonly template: string
}): JSX.Element {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{view.caption}</span>
        <h1 class="govuk-heading-l">Write the plan</h1>
        <p class="govuk-body">
          The plan is begun once, on the template “{view.template}”, with its twelve sections. Everybody in
          the office writes in the same one, and every save is kept.
        </p>
        <form method="post">
          <HiddenFields csrfToken={view.place.csrfToken} idempotencyKey={randomUUID()} />
          <GovukButton text="Begin the plan" preventDoubleClick />
        </form>
      </div>
    </div>
  )
}
