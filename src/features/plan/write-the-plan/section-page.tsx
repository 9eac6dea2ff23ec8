import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  inSection,
  KINDS_IN,
  type PlanPart,
  type PlanSection,
  SECTION_RULES,
} from '../../../record/plan/index.ts'
import { assetUrl } from '../../../ui/assets.ts'
import { GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import { HiddenFields } from '../../../ui/parts/index.ts'
import { momentInWords } from '../../professional/write-advice/index.ts'
import type { SavedPart } from '../the-plan/index.ts'
import { Marks } from './marks.tsx'
import { KIND_HEADINGS, labelsOf, titleOf } from './names.ts'
import { Heading, type PlanPlace, partHref, planHref, sectionHref } from './pages.tsx'
import type { PlanInHand } from './queries.ts'
import { SLOTS, slotTitle } from './schemas.ts'
import { ShowPart } from './show-part.tsx'

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
        {section === 'I' && told.length === 0 ? (
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
            {part.kind === 'placement' && place.isStaff ? (
              <p class="govuk-body">
                It is changed by a decision, on{' '}
                <a class="govuk-link" href={`/staff/cases/${plan.processId}/settings`}>
                  settings and places
                </a>
                .
              </p>
            ) : null}
            {mayWrite && part.kind !== 'placement' ? (
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
