import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { amountInWords, MODES, NEED_TYPES } from '../../../record/plan/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, HiddenFields } from '../../../ui/parts/index.ts'
import { type PlanInHand, type PlanPlace, planHref } from '../write-the-plan/index.ts'
import { loadAdviceThatCame, notAppended } from './appendices.ts'
import { loadNewestReleases, type Recommendation } from './queries.ts'
import { sectionsFor } from './use-advice.ts'

export const KINDS = { need: 'Need', outcome: 'Outcome', provision: 'Provision' } as const

/** What is recommended, in words: with the amount and the person where it is a line. */
export function Recommended({ one }: { readonly one: Recommendation }): JSX.Element {
  return <RecommendedWords kind={one.kind} content={one.content} />
}

export function RecommendedWords(props: Pick<Recommendation, 'kind' | 'content'>): JSX.Element {
  const rest =
    props.kind === 'need' && 'type' in props.content
      ? NEED_TYPES[props.content.type]
      : 'who' in props.content
        ? [
            props.content.who,
            props.content.qualification,
            props.content.mode ? MODES[props.content.mode] : '',
            amountInWords(props.content),
          ]
            .filter(Boolean)
            .join('; ')
        : 'byWhen' in props.content
          ? [props.content.byWhen, props.content.measure].filter(Boolean).join('; ')
          : ''
  return (
    <>
      <p class="govuk-body govuk-!-margin-bottom-1 app-advice__words" dir="auto">
        {props.content.words}
      </p>
      {rest ? <p class="govuk-body-s">{rest}</p> : null}
    </>
  )
}

/** The button that makes a part of it, and where more than one section may hold it the choice. */
export function UseForm({
  one,
  place,
  planId,
  section,
}: {
  readonly one: Recommendation
  readonly place: PlanPlace
  readonly planId: string
  readonly section?: string
}): JSX.Element {
  const sections = sectionsFor(one)
  return (
    <form method="post" action={`${planHref(place, planId)}/advice`} class="app-plan__action">
      <HiddenFields
        csrfToken={place.csrfToken}
        idempotencyKey={randomUUID()}
        hidden={{
          do: 'use',
          advicePart: one.advicePartId,
          release: one.releaseId,
          ...(section ? { section, back: 'section' } : sections.length === 1 ? { section: sections[0] } : {}),
        }}
      />
      {section || sections.length === 1 ? null : (
        <>
          <label class="govuk-visually-hidden" for={`section-${one.advicePartId}`}>
            Section for {one.number}
          </label>
          <select class="govuk-select" id={`section-${one.advicePartId}`} name="section">
            {sections.map((each) => (
              <option value={each}>Section {each}</option>
            ))}
          </select>{' '}
        </>
      )}
      <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-2">
        Use in the plan<span class="govuk-visually-hidden"> {one.cite}</span>
      </button>
    </form>
  )
}

/** What the advice recommends for one section and no part of the plan names yet. */
export function forSection(
  waiting: readonly Recommendation[],
  section: string,
  planId: string,
): ((place: PlanPlace) => JSX.Element) | null {
  if (waiting.length === 0) return null
  return (place) => (
    <section aria-labelledby="from-the-advice">
      <h2 class="govuk-heading-m" id="from-the-advice">
        From the advice
      </h2>
      <p class="govuk-body">
        {waiting.length} {waiting.length === 1 ? 'recommendation is' : 'recommendations are'} not in the plan
        yet. Used here, a part is made with these words and remembers where they came from; change it as you
        need.
      </p>
      {waiting.map((one) => (
        <div class="app-advice__item">
          <h3 class="govuk-heading-s">
            {KINDS[one.kind]} {one.number}
          </h3>
          <p class="govuk-body-s">{one.adviceCite}</p>
          <Recommended one={one} />
          <UseForm one={one} place={place} planId={planId} section={section} />
        </div>
      ))}
    </section>
  )
}

/** The one press that puts everything that came in section K. */
export async function offerAppendices(
  trx: Trx,
  hand: PlanInHand,
): Promise<((place: PlanPlace) => JSX.Element) | null> {
  const came = await loadAdviceThatCame(trx, hand.plan, await loadNewestReleases(trx, hand.plan.child.id))
  const missing = notAppended(hand.parts, came)
  if (missing.length === 0) return null
  return (place) => (
    <section aria-labelledby="from-the-advice">
      <h2 class="govuk-heading-m" id="from-the-advice">
        Advice that came
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {missing.map((one) => (
          <li>
            {one.title}, {one.author}, {dayInWords(one.dated)}
          </li>
        ))}
      </ul>
      <form method="post" action={`${planHref(place, hand.plan.id)}/advice`}>
        <HiddenFields
          csrfToken={place.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ do: 'append-all' }}
        />
        <GovukButton text="Put all of it in section K" classes="govuk-button--secondary" preventDoubleClick />
      </form>
    </section>
  )
}
