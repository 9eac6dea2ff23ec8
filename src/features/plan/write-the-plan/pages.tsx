import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { inSection, type PlanPart, type PlanSection } from '../../../record/plan/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { HiddenFields, Tag } from '../../../ui/parts/index.ts'
import type { PlanInHand } from './queries.ts'
import type { WhatWaits } from './routes.tsx'

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

/** Sections by their letters, as a sentence names them. */
export const sectionsInWords = (ids: readonly string[]): string =>
  ids.length === 1 ? `section ${ids[0]}` : `sections ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`

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
      of('placement') > 0 ? 'written' : '',
      of('text') > 0 ? counted(of('text'), 'text', 'texts') : '',
    ]
      .filter(Boolean)
      .join(', ') || 'Nothing yet'
  )
}

/** The twelve sections as they stand, and the ways on. */
export function planPage(hand: PlanInHand, place: PlanPlace, more: WhatWaits | null): JSX.Element {
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
            You were let in to write in {sectionsInWords(hand.mayWrite)}. The council’s SEND office reads what
            you save at once.
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
            <ol class="govuk-list govuk-list--number">
              <li>
                <a class="govuk-link" href={`${here}/advice`}>
                  What the advice recommends
                </a>
                :{' '}
                {more.recommended === 0
                  ? 'nothing yet'
                  : more.waiting === 0
                    ? 'all used, or left out with a reason'
                    : `${more.waiting} of ${more.recommended} not dealt with yet`}
              </li>
              <li>
                <a class="govuk-link" href={`${here}/people`}>
                  Who else writes in it
                </a>
                : health and social care for their sections
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
                <a class="govuk-link" href={`${here}/check`}>
                  Check the plan
                </a>
                : {counted(more.must, 'thing', 'things')} to put right before it can go,{' '}
                {counted(more.should, 'other', 'others')} to look at
              </li>
              <li>
                <a class="govuk-link" href={`${here}/agree`}>
                  Who has agreed it
                </a>
                : a manager, and health for section G
              </li>
              <li>
                <a class="govuk-link" href={`/staff/cases/${plan.processId}`}>
                  Send it from the case
                </a>
              </li>
            </ol>
            <h2 class="govuk-heading-m">Once it has gone</h2>
            <ul class="govuk-list">
              <li>
                <a class="govuk-link" href={`/staff/cases/${plan.processId}/family`}>
                  What the family says
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`/staff/cases/${plan.processId}/adviser-comments`}>
                  What professionals and settings say of a draft
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/meetings`}>
                  Meetings with the family
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`/staff/cases/${plan.processId}/settings`}>
                  Settings and places, and what section I will say
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/versions`}>
                  Versions to read and print, and what changed between them
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/my-plan`}>
                  My plan: the child’s own page
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`/staff/cases/${plan.processId}/provision`}>
                  Does the provision happen?
                </a>
              </li>
              <li>
                <a class="govuk-link" href={`${here}/working-document`}>
                  Working document of an appeal
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
