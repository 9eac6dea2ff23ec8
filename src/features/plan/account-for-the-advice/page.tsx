import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { PlanPart } from '../../../record/plan/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, HiddenFields, Tag } from '../../../ui/parts/index.ts'
import {
  Heading,
  labelsOf,
  type PlanInHand,
  type PlanPlace,
  partHref,
  planHref,
} from '../write-the-plan/index.ts'
import { KINDS, Recommended, RecommendedWords, UseForm } from './offer.tsx'
import {
  type ChangedAdvice,
  type LeftOut,
  type NewestRelease,
  REASONS,
  type Recommendation,
  usedParts,
} from './queries.ts'

export interface AccountView {
  readonly hand: PlanInHand
  readonly releases: readonly NewestRelease[]
  readonly recommended: readonly Recommendation[]
  readonly leftOut: readonly LeftOut[]
  readonly changed: readonly ChangedAdvice[]
  readonly place: PlanPlace
}

/** Every recommendation of the advice, used, left out with a reason, or waiting for somebody to say. */
export function accountPage(view: AccountView): JSX.Element {
  const { hand, releases, recommended, leftOut, place } = view
  const { plan, parts } = hand
  const used = usedParts(parts)
  const labels = labelsOf(parts)
  const left = new Map(leftOut.map((one) => [one.advicePartId, one]))
  const waiting = recommended.filter((one) => !used.has(one.advicePartId) && !left.has(one.advicePartId))
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Heading hand={hand}>What the advice recommends</Heading>
        <p class="govuk-body">
          {recommended.length === 0
            ? 'No released advice holds needs, outcomes or lines of provision yet. Advice written here by the professionals themselves shows when they release it. What came as a letter or a file is written into the sections by hand, with its page and paragraph as the source.'
            : waiting.length === 0
              ? `All ${recommended.length} are in the plan, or left out with a reason.`
              : `${waiting.length} of ${recommended.length} ${waiting.length === 1 ? 'is' : 'are'} not dealt with yet.`}{' '}
          The family can read what was left out, and why, beside the draft they are sent.
        </p>
        <Changed view={view} labels={labels} />
        {releases.map((release) => {
          const own = recommended.filter((one) => one.releaseId === release.releaseId)
          const open = own.filter((one) => waiting.includes(one))
          return own.length === 0 ? null : (
            <section aria-labelledby={`advice-${release.releaseId}`}>
              <h2 class="govuk-heading-m" id={`advice-${release.releaseId}`}>
                {release.title}
              </h2>
              {release.number > 1 ? <p class="govuk-body-s">Version {release.number}.</p> : null}
              {open.length > 1 && place.mayAct ? (
                <form method="post" action={`${planHref(place, plan.id)}/advice`}>
                  <HiddenFields
                    csrfToken={place.csrfToken}
                    idempotencyKey={randomUUID()}
                    hidden={{ do: 'use-all', release: release.releaseId }}
                  />
                  <GovukButton
                    text={`Use all ${open.length} in the plan`}
                    classes="govuk-button--secondary"
                    preventDoubleClick
                  />
                </form>
              ) : null}
              {own.map((one) => {
                const gone = left.get(one.advicePartId)
                const at = used.get(one.advicePartId)
                return (
                  <div class="app-advice__item" id={`advice-part-${one.advicePartId}`}>
                    <h3 class="govuk-heading-s">
                      {KINDS[one.kind]} {one.number}{' '}
                      {at ? (
                        <Tag colour="green">In the plan</Tag>
                      ) : gone ? (
                        <Tag colour="grey">Left out</Tag>
                      ) : (
                        <Tag colour="yellow">Not dealt with</Tag>
                      )}
                    </h3>
                    <Recommended one={one} />
                    {at ? (
                      <p class="govuk-body">
                        In{' '}
                        {at.map((part, index) => (
                          <>
                            {index > 0 ? ', ' : ''}
                            <a class="govuk-link" href={partHref(place, plan.id, part.section, part.partId)}>
                              {labels.get(part.partId) ?? `section ${part.section}`}
                            </a>
                          </>
                        ))}
                      </p>
                    ) : gone ? (
                      <>
                        <p class="govuk-body">
                          {REASONS[gone.reason]}: {gone.words}
                        </p>
                        <p class="govuk-body-s">
                          Left out by {gone.by} on {dayInWords(gone.on)}.
                        </p>
                      </>
                    ) : null}
                    {place.mayAct && !at ? (
                      <div class="govuk-button-group">
                        {gone ? null : <UseForm one={one} place={place} planId={plan.id} />}
                        <a class="govuk-link" href={`${planHref(place, plan.id)}/advice/${one.advicePartId}`}>
                          {gone ? 'Take that back' : 'Leave it out'}
                          <span class="govuk-visually-hidden"> {one.number}</span>
                        </a>
                      </div>
                    ) : null}
                  </div>
                )
              })}
            </section>
          )
        })}
      </div>
    </div>
  )
}

/** Parts whose advice was put right after they were made. */
function Changed({
  view,
  labels,
}: {
  readonly view: AccountView
  readonly labels: ReadonlyMap<string, string>
}): JSX.Element | null {
  const { changed, hand, place } = view
  if (changed.length === 0) return null
  const act = (one: ChangedAdvice, what: string, text: string): JSX.Element => (
    <form method="post" action={`${planHref(place, hand.plan.id)}/advice`} class="app-plan__action">
      <HiddenFields
        csrfToken={place.csrfToken}
        idempotencyKey={randomUUID()}
        hidden={{
          do: what,
          advicePart: one.advicePartId,
          part: one.part.partId,
          fromVersion: String((one.part as PlanPart & { version?: number }).version ?? ''),
        }}
      />
      <button type="submit" class="govuk-button govuk-button--secondary">
        {text}
        <span class="govuk-visually-hidden"> for {labels.get(one.part.partId)}</span>
      </button>
    </form>
  )
  return (
    <section aria-labelledby="changed">
      <h2 class="govuk-heading-m" id="changed">
        Changed since it was used
      </h2>
      {changed.map((one) => (
        <div class="app-advice__item">
          <h3 class="govuk-heading-s">
            {labels.get(one.part.partId) ?? one.part.section}: {one.newest.title}, version {one.newest.number}
          </h3>
          <p class="govuk-body-s">It said:</p>
          {one.before ? <RecommendedWords kind={one.part.kind as 'need'} content={one.before} /> : null}
          {one.now ? (
            <>
              <p class="govuk-body-s">It now says:</p>
              <Recommended one={one.now} />
            </>
          ) : (
            <p class="govuk-body">The newer version no longer says this.</p>
          )}
          {place.mayAct ? (
            <div class="govuk-button-group">
              {one.now ? act(one, 'renew', 'Put the new words in the plan') : null}
              {one.now ? act(one, 'keep', 'Keep the plan’s words') : null}
              <a class="govuk-link" href={partHref(place, hand.plan.id, one.part.section, one.part.partId)}>
                Change it yourself<span class="govuk-visually-hidden"> {labels.get(one.part.partId)}</span>
              </a>
            </div>
          ) : null}
        </div>
      ))}
    </section>
  )
}
