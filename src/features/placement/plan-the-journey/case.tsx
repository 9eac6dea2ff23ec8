import type { JSX } from 'preact'
import { placeOfPostcode } from '../../../db/authority/index.ts'
import { date, toCivil } from '../../../law/index.ts'
import { type Context, caseReaders, caseworkers, type Route, viewerOf } from '../../../platform/routes.ts'
import { pounds } from '../../../record/money/index.ts'
import {
  emissionsOf,
  FUELS,
  factorYearFor,
  straightLineMiles,
  straightLineWords,
  TRAVEL_GROUNDS,
  TRAVEL_MODES,
} from '../../../record/travel/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  EmptyState,
  SortableTable,
  SummaryCard,
  type SummaryRow,
  Tag,
} from '../../../ui/parts/index.ts'
import { loadCase } from '../../assessment/the-case/index.ts'
import { type Destination, findDestinations, findJourneys, type Journey } from './queries.ts'

const kilos = (kg: number): string => `${Math.round(kg).toLocaleString('en-GB')} kg`

/** The first half of a postcode: enough to tell which home is meant, and no address. */
export const postcodeDistrict = (postcode: string | null): string =>
  postcode?.trim().split(/\s+/)[0] || 'not recorded'

const measured = (miles: number | null, source: string | null, on: string | null): string =>
  miles === null ? 'Not measured' : `${miles} miles, by ${source}, ${on ? dayInWords(on) : ''}`

function rowsOf(journey: Journey, factorYear: number): SummaryRow[] {
  const emissions = emissionsOf({ ...journey, emptyShare: journey.emptyPercent / 100 }, factorYear)
  return [
    { key: 'From', value: dayInWords(journey.from) },
    {
      key: 'Ground',
      value: (
        <>
          {TRAVEL_GROUNDS[journey.ground].name}
          <br />
          <span class="govuk-hint govuk-!-margin-bottom-0">{TRAVEL_GROUNDS[journey.ground].law}</span>
          {journey.groundWords ? <p class="govuk-body">{journey.groundWords}</p> : null}
        </>
      ),
    },
    { key: 'Straight line', value: straightLineWords(journey.straightMiles) },
    { key: 'Walk', value: measured(journey.walkMiles, journey.walkSource, journey.walkOn) },
    { key: 'By road', value: measured(journey.roadMiles, journey.roadSource, journey.roadOn) },
    {
      key: 'Travels by',
      value: [
        TRAVEL_MODES[journey.mode],
        journey.fuel === 'unknown' ? '' : FUELS[journey.fuel].toLowerCase(),
        journey.children > 1 ? `${journey.children} children aboard` : '',
        journey.assistant ? 'with a passenger assistant' : '',
      ]
        .filter(Boolean)
        .join(', '),
    },
    {
      key: 'How often',
      value: `${journey.legs} ${journey.legs === 1 ? 'journey' : 'journeys'} a day, ${
        journey.residential
          ? `${journey.days} journeys home in a year: the child boards`
          : `${journey.days} days a year`
      }; ${journey.emptyPercent} miles empty for every 100 with the child`,
    },
    {
      key: 'Time one way',
      value: journey.minutes === null ? 'Not recorded' : `${journey.minutes} minutes`,
    },
    {
      key: 'Emissions a year',
      value: emissions.known ? (
        <>
          {kilos(emissions.loadedKg)} of CO2e with the child aboard, and {kilos(emissions.emptyKg)} running
          empty
          <br />
          {emissions.wellToTankKg === null
            ? `Well to tank: no ${factorYear} factor is held`
            : `Well to tank, a line of its own: ${kilos(emissions.wellToTankKg)}`}
          <br />
          <span class="govuk-hint govuk-!-margin-bottom-0">{emissions.words}</span>
        </>
      ) : (
        `Not known: ${emissions.why}`
      ),
    },
    {
      key: 'Cost a year',
      value: journey.yearlyPence === null ? 'Not recorded' : pounds(journey.yearlyPence),
    },
    { key: 'Review', value: journey.reviewOn ? dayInWords(journey.reviewOn) : 'No day set' },
    { key: 'Learning to travel alone', value: journey.trainingGoal ?? 'No goal set' },
    {
      key: 'Recorded',
      value: `${dayInWords(journey.recordedOn)}, by ${journey.recordedBy ?? 'somebody who has left'}`,
    },
  ]
}

async function show(context: Context) {
  const found = await context.read('journeys of the child', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    saw(file.child.id)
    return {
      file,
      journeys: await findJourneys(trx, file.child.id),
      destinations: await findDestinations(trx, file.child.id, context.today),
    }
  })
  if (!found) return { missing: true } as const
  const { file, journeys, destinations } = found
  const mayAct = caseworkers.includes(viewerOf(context).role)
  const base = `/staff/cases/${file.process.id}`
  const standing = journeys.filter((one) => one.to === null || one.to > context.today)
  const gone = journeys.filter((one) => !standing.includes(one))
  const factorYear = factorYearFor(toCivil(date(context.today)).year)
  return {
    page: {
      title: `Journeys: ${file.child.name}`,
      backLink: { href: base, text: 'Back to the case' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">
              {file.child.name} · {file.process.reference}
            </span>
            <h1 class="govuk-heading-l">Journeys</h1>
            <p class="govuk-body">
              From home in {postcodeDistrict(file.child.postcode)}. The whole address is on the child’s own
              page.
            </p>
            {standing.length === 0 ? (
              <EmptyState title="No journey is worked out">
                Record how the child travels, on what ground and how far, so that it can be reviewed, paid for
                and counted.
              </EmptyState>
            ) : (
              standing.map((one) => (
                <SummaryCard
                  key={one.id}
                  title={one.from > context.today ? `To ${one.place}, to come` : `To ${one.place}`}
                  rows={rowsOf(one, factorYear)}
                />
              ))
            )}
            {mayAct ? (
              <div class="govuk-button-group">
                <GovukButton
                  href={`${base}/plan-the-journey`}
                  text={standing.length === 0 ? 'Work out the journey' : 'Work out a journey'}
                />
                {standing.length > 0 ? (
                  <a class="govuk-link" href={`${base}/end-a-journey`}>
                    End a journey
                  </a>
                ) : null}
              </div>
            ) : null}
            <StraightLines destinations={destinations} postcode={file.child.postcode} />
            {gone.length > 0 ? (
              <SortableTable<Journey>
                id="past-journeys"
                caption="Journeys that have ended"
                rows={gone}
                columns={[
                  { key: 'to', heading: 'To', namesRow: true, cell: (row) => row.place },
                  { key: 'from', heading: 'From', cell: (row) => dayInWords(row.from) },
                  { key: 'until', heading: 'Until', cell: (row) => (row.to ? dayInWords(row.to) : '') },
                  { key: 'mode', heading: 'By', cell: (row) => TRAVEL_MODES[row.mode] },
                  { key: 'why', heading: 'Why it ended', cell: (row) => row.endedWhy ?? '' },
                ]}
              />
            ) : null}
          </div>
        </div>
      ),
    },
  }
}

/** How far each setting is as the crow flies, called that. */
function StraightLines({
  destinations,
  postcode,
}: {
  readonly destinations: readonly Destination[]
  readonly postcode: string | null
}): JSX.Element | null {
  if (destinations.length === 0) return null
  const home = placeOfPostcode(postcode)
  return (
    <>
      <h2 class="govuk-heading-m">As the crow flies</h2>
      <p class="govuk-body">
        <Tag colour="grey">Straight line</Tag> Between postcodes, to help check what is typed. No right turns
        on it: walking and road distances are measured with a map.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {destinations.map((one) => (
          <li key={one.urn}>
            {one.name}: {straightLineWords(straightLineMiles(home, one.at))}
          </li>
        ))}
      </ul>
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/cases/:id/journeys',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: show,
  },
]
