import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { type PlanPart, type ProvisionContent, readMinutes, sourcesOf } from '../../../record/plan/index.ts'
import { HiddenFields } from '../../../ui/parts/index.ts'
import {
  type AdviceLine,
  findReleasedSchoolAdvice,
  readLines,
} from '../../setting/give-school-advice/index.ts'
import type { Plan } from '../the-plan/index.ts'
import { type PlanPlace, planHref } from '../write-the-plan/index.ts'

/** Support a school gives now, as its advice says: the start of a line, for somebody to make specific. */
export interface SchoolLine {
  readonly key: string
  readonly cite: string
  readonly paragraph: string
  readonly line: AdviceLine
}

/** What schools said they give, of the plan's case, but for what the plan names as a source already. */
export async function loadSchoolLines(
  trx: Trx,
  plan: Plan,
  parts: readonly PlanPart[],
): Promise<readonly SchoolLine[]> {
  const advice = (await findReleasedSchoolAdvice(trx, plan.processId)).filter((one) => !one.taken_back)
  const used = new Set(parts.flatMap((part) => sourcesOf(part).map((one) => `${one.cite}|${one.paragraph}`)))
  return advice
    .flatMap((one) => {
      const cite = `Advice of ${one.setting_name}${one.released_on ? `, ${shortDate(date(one.released_on))}` : ''}`
      return readLines(one.provision).map((line, index) => ({
        key: `${one.id}.${index + 1}`,
        cite,
        paragraph: `support now, ${index + 1}`,
        line,
      }))
    })
    .filter((one) => !used.has(`${one.cite}|${one.paragraph}`))
}

/** The line as a part of the plan: the hours a week as a school counts them, and where they came from. */
export function contentOfSchoolLine({ line, cite, paragraph }: SchoolLine): ProvisionContent {
  const length =
    line.hoursAWeek === null ? '' : `${line.hoursAWeek} ${line.hoursAWeek === 1 ? 'hour' : 'hours'}`
  return {
    words: line.what,
    who: line.who,
    qualification: '',
    mode: null,
    groupSize: '',
    length,
    minutes: readMinutes(length),
    times: length === '' ? '' : '1',
    count: length === '' ? null : 1,
    every: length === '' ? null : 'week',
    forHowLong: '',
    where: '',
    from: '',
    until: '',
    review: '',
    arrangedBy: 'education',
    fundedBy: null,
    outcomes: [],
    needs: [],
    pfa: null,
    educatesOrTrains: false,
    sources: [{ cite, paragraph }],
  }
}

/** What the school gives now, each with a button that makes a line of it. */
export function offerSchoolLines(
  lines: readonly SchoolLine[],
  planId: string,
): ((place: PlanPlace) => JSX.Element) | null {
  if (lines.length === 0) return null
  return (place) => (
    <section aria-labelledby="from-the-school">
      <h2 class="govuk-heading-m" id="from-the-school">
        What the school gives now
      </h2>
      <p class="govuk-body">
        The school does not say what the plan must have. Used here, it is the start of a line.
      </p>
      {lines.map(({ key, cite, line }) => (
        <div class="app-advice__item">
          <p class="govuk-body-s">{cite}</p>
          <p class="govuk-body app-advice__words" dir="auto">
            {[line.what, line.who, line.hoursAWeek === null ? '' : `${line.hoursAWeek} hours a week`]
              .filter(Boolean)
              .join('; ')}
          </p>
          <form method="post" action={`${planHref(place, planId)}/advice`} class="app-plan__action">
            <HiddenFields
              csrfToken={place.csrfToken}
              idempotencyKey={randomUUID()}
              hidden={{ do: 'use-school', line: key }}
            />
            <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-2">
              Use in the plan<span class="govuk-visually-hidden"> {line.what}</span>
            </button>
          </form>
        </div>
      ))}
    </section>
  )
}
