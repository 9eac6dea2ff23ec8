import { stringify } from 'csv-stringify/sync'
import type { JSX } from 'preact'
import { date, longDate, parseDate, toCivil } from '../../../law/index.ts'
import { type Context, caseReaders, EXPORTS, type Route } from '../../../platform/routes.ts'
import { asWords, decimalPounds, pounds } from '../../../record/money/index.ts'
import {
  type ClimateLine,
  climateLine,
  emissionsOf,
  FACTOR_YEARS,
  factorYearFor,
  straightLineMiles,
  TRAVEL_GROUNDS,
  TRAVEL_MODES,
  type TravelFigures,
  travelFigures,
} from '../../../record/travel/index.ts'
import { EmptyState, SortableTable, SummaryCard } from '../../../ui/parts/index.ts'
import { findJourneysInForce, findPlace, type JourneyInForce } from './queries.ts'

const readers = { who: 'roles', roles: caseReaders } as const

interface Asked {
  readonly asAt: string
  readonly factorYear: number
  readonly place: string
}

function asked(context: Context): Asked {
  const day = context.query['asAt']
  const asAt = day && parseDate(day) !== null && day <= context.today ? day : context.today
  const year = Number(context.query['factors'])
  return {
    asAt,
    factorYear: FACTOR_YEARS.includes(year) ? year : factorYearFor(toCivil(date(asAt)).year),
    place: context.query['place']?.trim() ?? '',
  }
}

const kilos = (kg: number | null): string => (kg === null ? '' : Math.round(kg).toLocaleString('en-GB'))

interface LocalityRow {
  readonly name: string
  readonly figures: TravelFigures
}

const byLocality = (journeys: readonly JourneyInForce[], factorYear: number): readonly LocalityRow[] =>
  [...Map.groupBy(journeys, (one) => one.localityName ?? 'No locality')]
    .map(([name, theirs]) => ({ name, figures: travelFigures(theirs, factorYear) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))

/** Straight-line miles a year that children now going further would not travel, if they went to this place instead. */
interface Avoided {
  readonly name: string
  readonly children: number
  readonly miles: number
}

async function show(context: Context) {
  const options = asked(context)
  const found = await context.read('travel figures', async (trx) => {
    const journeys = await findJourneysInForce(trx, options.asAt)
    const place = options.place ? await findPlace(trx, options.place) : undefined
    return { journeys, place, avoided: place ? avoidedBy(journeys, place) : undefined }
  })
  const { journeys } = found
  const figures = travelFigures(journeys, options.factorYear)
  const inWords = longDate(date(options.asAt))
  const line = climateLine(figures, options.factorYear, options.asAt, inWords, false)
  const published = climateLine(figures, options.factorYear, options.asAt, inWords, true)
  return {
    page: {
      title: 'Travel',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Travel</h1>
          <Choose options={options} today={context.today} />
          {journeys.length === 0 ? (
            <EmptyState title={`No journey was recorded on ${inWords}`}>
              Journeys are worked out on a child’s case, under Journeys.
            </EmptyState>
          ) : (
            <>
              <Figures figures={figures} options={options} />
              <Climate line={line} published={published} />
              <SortableTable<LocalityRow>
                id="localities"
                caption={`By locality, ${options.factorYear} factors`}
                rows={byLocality(journeys, options.factorYear)}
                columns={[
                  { key: 'name', heading: 'Locality', namesRow: true, cell: (row) => row.name },
                  {
                    key: 'children',
                    heading: 'Children',
                    numeric: true,
                    cell: (row) => row.figures.children,
                  },
                  {
                    key: 'median',
                    heading: 'Middle journey, miles',
                    numeric: true,
                    cell: (row) => row.figures.medianMiles ?? 'Not known',
                  },
                  {
                    key: 'ninetieth',
                    heading: 'Nine in ten at most, miles',
                    numeric: true,
                    cell: (row) => row.figures.ninetiethMiles ?? 'Not known',
                  },
                  {
                    key: 'away',
                    heading: 'Out of county',
                    numeric: true,
                    cell: (row) => row.figures.outOfCounty,
                  },
                  {
                    key: 'kg',
                    heading: 'kg CO2e loaded',
                    numeric: true,
                    cell: (row) => kilos(row.figures.loadedKg),
                  },
                  {
                    key: 'empty',
                    heading: 'kg CO2e empty',
                    numeric: true,
                    cell: (row) => kilos(row.figures.emptyKg),
                  },
                  {
                    key: 'child',
                    heading: 'kg a child',
                    numeric: true,
                    cell: (row) => kilos(row.figures.kgPerChild),
                  },
                  {
                    key: 'cost',
                    heading: 'Cost a year',
                    numeric: true,
                    cell: (row) => pounds(row.figures.yearlyPence),
                  },
                ]}
              />
              <p class="govuk-body">
                <a
                  class="govuk-link"
                  href={`/staff/travel.csv?asAt=${options.asAt}&factors=${options.factorYear}`}
                  download
                >
                  Journeys as a table (CSV)
                </a>
                . It has no names and no addresses.
              </p>
              <Place options={options} found={found.avoided} missing={options.place !== '' && !found.place} />
            </>
          )}
        </>
      ),
    },
  }
}

function Choose({ options, today }: { readonly options: Asked; readonly today: string }): JSX.Element {
  return (
    <form method="get" action="/staff/travel">
      <div class="govuk-form-group">
        <label class="govuk-label" for="asAt">
          As it was known on
        </label>
        <input
          class="govuk-input govuk-input--width-10"
          id="asAt"
          name="asAt"
          type="date"
          max={today}
          value={options.asAt}
        />
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label" for="factors">
          Government factors of the year
        </label>
        <select class="govuk-select" id="factors" name="factors">
          {FACTOR_YEARS.map((year) => (
            <option value={year} selected={year === options.factorYear}>
              {year}
            </option>
          ))}
        </select>
      </div>
      <button class="govuk-button govuk-button--secondary" type="submit">
        Show
      </button>
    </form>
  )
}

function Figures({
  figures,
  options,
}: {
  readonly figures: TravelFigures
  readonly options: Asked
}): JSX.Element {
  return (
    <SummaryCard
      title="All journeys but walks"
      rows={[
        {
          key: 'Children',
          value: `${figures.children}, with ${figures.journeys} ${figures.journeys === 1 ? 'journey' : 'journeys'}`,
        },
        {
          key: 'Miles by road, one way',
          value:
            figures.medianMiles === null
              ? 'Not recorded for any'
              : `Middle ${figures.medianMiles}; nine in ten are ${figures.ninetiethMiles} or fewer (${figures.milesKnown} of ${figures.journeys} journeys)`,
        },
        {
          key: 'Out of county',
          value: `${figures.outOfCounty} of ${figures.children}${figures.placeNotKnown > 0 ? `; for ${figures.placeNotKnown} journeys it is not known` : ''}`,
        },
        {
          key: 'Longer than the guide time',
          value: `${figures.overGuide} of ${figures.minutesKnown} journeys with a time (45 minutes primary, 75 secondary)`,
        },
        {
          key: 'Cost a year',
          value: `${pounds(figures.yearlyPence)} (${figures.costKnown} of ${figures.journeys} journeys)`,
        },
        {
          key: 'Emissions a year',
          value: (
            <>
              {kilos(figures.loadedKg)} kg CO2e with a child aboard; {kilos(figures.emptyKg)} kg running empty
              <br />
              {figures.wellToTankKnown > 0
                ? `Well to tank, a line of its own: ${kilos(figures.wellToTankKg)} kg (${figures.wellToTankKnown} journeys)`
                : `Well to tank: no ${options.factorYear} factor is held`}
            </>
          ),
        },
        ...(figures.notKnown.size > 0
          ? [
              {
                key: 'Emissions not known',
                value: (
                  <ul class="govuk-list">
                    {[...figures.notKnown].map(([why, count]) => (
                      <li>
                        {count}: {why}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function Climate({
  line,
  published,
}: {
  readonly line: ClimateLine
  readonly published: ClimateLine
}): JSX.Element {
  return (
    <SummaryCard
      title="The climate line of the committee report"
      rows={[
        { key: 'For staff', value: line.sentence },
        { key: 'To publish', value: published.sentence },
        {
          key: 'Rests on',
          value: `${line.numerator ?? 'held back'} of ${line.denominator ?? 'held back'} children; ${line.factorYear} factors; as known on ${longDate(date(line.asAt))}`,
        },
      ]}
    />
  )
}

function Place(props: {
  readonly options: Asked
  readonly found: Avoided | undefined
  readonly missing: boolean
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">If there were a place nearer</h2>
      <form method="get" action="/staff/travel">
        <input type="hidden" name="asAt" value={props.options.asAt} />
        <input type="hidden" name="factors" value={props.options.factorYear} />
        <div class="govuk-form-group">
          <label class="govuk-label" for="place">
            Number (URN) of the setting with new places
          </label>
          <input
            class="govuk-input govuk-input--width-10"
            id="place"
            name="place"
            value={props.options.place}
            inputMode="numeric"
          />
        </div>
        <button class="govuk-button govuk-button--secondary" type="submit">
          Work it out
        </button>
      </form>
      {props.missing ? <p class="govuk-body">No setting in the directory has that number.</p> : null}
      {props.found ? (
        <p class="govuk-body">
          {props.found.name} is nearer in a straight line for {props.found.children} children who travel now:
          up to {props.found.miles.toLocaleString('en-GB')} straight-line miles a year fewer with them aboard,
          if all of them went there. It says nothing about whether it could meet their needs.
        </p>
      ) : null}
    </>
  )
}

/** Measured between postcodes on both sides, so that like is set beside like. */
function avoidedBy(
  journeys: readonly JourneyInForce[],
  place: { readonly name: string; readonly at: { easting: number; northing: number } | null },
): Avoided {
  const saved = journeys.flatMap((one) => {
    const there = straightLineMiles(one.home, place.at)
    return one.mode !== 'walk' && one.straightMiles !== null && there !== null && there < one.straightMiles
      ? [{ childId: one.childId, miles: (one.straightMiles - there) * one.legs * one.days }]
      : []
  })
  return {
    name: place.name,
    children: new Set(saved.map((one) => one.childId)).size,
    miles: Math.round(saved.reduce((sum, one) => sum + one.miles, 0)),
  }
}

async function csv(context: Context) {
  const options = asked(context)
  const journeys = await context.read('journeys as a table', async (trx, saw) => {
    const found = await findJourneysInForce(trx, options.asAt)
    saw(found.map((one) => one.childId))
    return found
  })
  const rows = journeys.map((one) => {
    const emissions = emissionsOf(one, options.factorYear)
    return [
      one.reference,
      asWords(one.localityName ?? ''),
      asWords(one.place),
      one.settingUrn ?? '',
      one.outOfCounty === null ? 'not known' : one.outOfCounty ? 'yes' : 'no',
      one.from,
      TRAVEL_GROUNDS[one.ground].name,
      one.straightMiles ?? '',
      one.walkMiles ?? '',
      one.roadMiles ?? '',
      asWords(one.roadSource ?? ''),
      TRAVEL_MODES[one.mode],
      one.children,
      one.assistant ? 'yes' : 'no',
      one.residential ? 'yes' : 'no',
      one.legs,
      one.days,
      one.emptyShare,
      one.minutes ?? '',
      one.yearlyPence === null ? '' : decimalPounds(one.yearlyPence),
      emissions.known ? Math.round(emissions.loadedKg) : '',
      emissions.known ? Math.round(emissions.emptyKg) : '',
      emissions.known && emissions.wellToTankKg !== null ? Math.round(emissions.wellToTankKg) : '',
      emissions.known ? '' : emissions.why,
      options.factorYear,
      one.reviewOn ?? '',
      options.asAt,
    ]
  })
  return {
    file: {
      name: `journeys-${options.asAt}.csv`,
      type: 'text/csv; charset=utf-8',
      body: stringify([CSV_HEAD, ...rows]),
    },
  }
}
const CSV_HEAD = [
  'child',
  'locality',
  'place',
  'urn',
  'out_of_county',
  'from',
  'ground',
  'straight_line_miles',
  'walk_miles',
  'road_miles',
  'road_source',
  'mode',
  'children_aboard',
  'assistant',
  'boards',
  'legs_a_day',
  'days_or_journeys_home',
  'empty_for_each_loaded_mile',
  'minutes',
  'cost_a_year',
  'kg_loaded',
  'kg_empty',
  'kg_well_to_tank',
  'emissions_not_known_because',
  'factors_of',
  'review_on',
  'as_at',
]

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/travel', access: readers, touches: 'numbers', handle: show },
  {
    method: 'GET',
    url: '/staff/travel.csv',
    access: readers,
    touches: 'children',
    limit: EXPORTS,
    handle: csv,
  },
]
