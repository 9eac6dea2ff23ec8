import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { amountInWords, MODES, NEED_TYPES, type PlanPart } from '../../../record/plan/index.ts'
import { ChoiceField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields, Tag } from '../../../ui/parts/index.ts'
import {
  Heading,
  labelsOf,
  type PlanInHand,
  type PlanPlace,
  partHref,
  planHref,
} from '../write-the-plan/index.ts'
import { loadAdviceThatCame, notAppended } from './appendices.ts'
import {
  type ChangedAdvice,
  type LeftOut,
  loadNewestReleases,
  type NewestRelease,
  REASONS,
  type Recommendation,
  usedParts,
} from './queries.ts'
import { sectionsFor } from './use-advice.ts'

const KINDS = { need: 'Need', outcome: 'Outcome', provision: 'Provision' } as const

/** What is recommended, in words: with the amount and the person where it is a line. */
export function Recommended({ one }: { readonly one: Recommendation }): JSX.Element {
  return <RecommendedWords kind={one.kind} content={one.content} />
}

function RecommendedWords(props: Pick<Recommendation, 'kind' | 'content'>): JSX.Element {
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
function UseForm({
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
            ? 'No released advice holds needs, outcomes or lines of provision yet.'
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

/** Why one recommendation is not in the plan. */
export function leaveOutPage(view: {
  readonly hand: PlanInHand
  readonly one: Recommendation
  readonly leftOut: LeftOut | null
  readonly form: TypedForm
  readonly place: PlanPlace
}): JSX.Element {
  const { hand, one, leftOut, form, place } = view
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <Heading hand={hand}>{leftOut ? 'Left out of the plan' : 'Leave it out of the plan'}</Heading>
        <h2 class="govuk-heading-s">
          {KINDS[one.kind]} {one.number}, {one.adviceCite}
        </h2>
        <Recommended one={one} />
        <form method="post" novalidate>
          <HiddenFields
            csrfToken={place.csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{ do: leftOut ? 'take-back' : 'leave-out' }}
          />
          {leftOut ? (
            <>
              <GovukInsetText
                text={`${REASONS[leftOut.reason]}: ${leftOut.words} (${leftOut.by}, ${dayInWords(leftOut.on)})`}
              />
              <GovukButton text="Take that back" preventDoubleClick />
            </>
          ) : (
            <>
              <p class="govuk-body">
                The family can read this beside the draft they are sent. Write it for them.
              </p>
              <ChoiceField
                form={form}
                name="reason"
                label="Why is it left out?"
                options={Object.entries(REASONS).map(([value, text]) => ({ value, text }))}
              />
              <LongTextField
                form={form}
                name="words"
                label="In your own words"
                hint="What the need is met by instead, or why it is not for the plan."
                max={4000}
                rows={4}
              />
              <GovukButton text="Leave it out" preventDoubleClick />
            </>
          )}
        </form>
      </div>
    </div>
  )
}
