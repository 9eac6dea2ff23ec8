import { stringify } from 'csv-stringify/sync'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { type Answer, type Context, caseReaders, EXPORTS, type Route } from '../../../platform/routes.ts'
import { changedOf, deliveredOf, type Sum, type Totals } from '../../../record/provision/index.ts'
import {
  dayInWords,
  EmptyState,
  FilterPanel,
  ListWithFilter,
  SortableTable,
} from '../../../ui/parts/index.ts'
import {
  confirmationDue,
  findLines,
  LINE_STATES,
  type Line,
  type LineState,
  loadReckoning,
  notCountable,
  openReport,
  type Reckoning,
} from './lines.ts'
import { toConfirm } from './setting.tsx'
import { HowItCounts, LedgerTable, ledgerRows, lineTitle, StateTag, sumOf, workOutAll } from './show.tsx'
import { type Window, WindowForm, windowOf } from './window.tsx'

const URL = '/staff/provision'
const readers = { who: 'roles', roles: caseReaders } as const

/** What the county's ledger can be gathered by. */
const BY = {
  setting: ['School or college', (line: Line) => line.settingName ?? 'No setting recorded'],
  provider: ['Who the plan says gives it', (line: Line) => line.content.who || 'The plan does not say'],
  section: ['Section of the plan', (line: Line) => `Section ${line.section}`],
  arranger: ['Arranged by', (line: Line) => line.content.arrangedBy ?? 'Not said'],
} as const
type By = keyof typeof BY

/** Lists that can be looked at by themselves. */
const SHOWS = {
  '': ['Every line', () => true],
  'not-happening': ['Not happening', (line: Line) => line.state === 'not-happening'],
  reported: ['Reported by the family and not answered', (line: Line) => openReport(line) !== undefined],
  'to-arrange': ['To arrange', (line: Line) => line.state === 'to-arrange'],
  'not-confirmed': ['Setting late to confirm', () => true],
  'not-countable': ['Not countable', (line: Line) => line.state !== 'ended' && notCountable(line) !== null],
  paused: ['Paused', (line: Line) => line.state === 'paused'],
} as const satisfies Record<string, readonly [string, (line: Line) => boolean]>
type Show = keyof typeof SHOWS

interface Asked {
  readonly by: By
  readonly show: Show
  readonly locality: string
}
const askedOf = ({ query }: Context): Asked => ({
  by: Object.hasOwn(BY, query['by'] ?? '') ? (query['by'] as By) : 'setting',
  show: Object.hasOwn(SHOWS, query['show'] ?? '') ? ((query['show'] ?? '') as Show) : '',
  locality: query['locality'] ?? '',
})

const isLate = (line: Line, reckoning: Reckoning, today: string): boolean => {
  const due = line.settingUrn === null ? null : confirmationDue(line, reckoning, today)
  return due !== null && due < today
}

interface Loaded {
  readonly lines: readonly Line[]
  readonly reckoning: Reckoning
  readonly localities: readonly { readonly id: string; readonly name: string }[]
}
async function load(trx: Trx, context: Context, asked: Asked): Promise<Loaded> {
  const reckoning = await loadReckoning(trx, context.today)
  const lines = await findLines(trx, asked.locality ? { localityId: asked.locality } : {})
  const [, isShown] = SHOWS[asked.show]
  return {
    reckoning,
    lines: lines.filter((line) =>
      asked.show === 'not-confirmed' ? isLate(line, reckoning, context.today) : isShown(line),
    ),
    localities: await trx.selectFrom('locality').select(['id', 'name']).orderBy('name').execute(),
  }
}

async function county(context: Context): Promise<Answer> {
  const { today } = context
  const asked = askedOf(context)
  const { lines, reckoning, localities } = await context.read('the ledger of provision', async (trx, saw) => {
    const found = await load(trx, context, asked)
    saw([...new Set(found.lines.map((line) => line.childId))])
    return found
  })
  const window = windowOf(context.query, reckoning, today)
  await workOutAll(lines, reckoning, window, today)
  const [heading, of] = BY[asked.by]
  const keep = { by: asked.by, show: asked.show, locality: asked.locality }
  const late = toConfirm(
    lines.filter((line) => isLate(line, reckoning, today)),
    reckoning,
    today,
  )
  return {
    page: {
      title: 'Does provision happen?',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-xl">Does provision happen?</h1>
          <p class="govuk-body-l">
            What final plans promised from {dayInWords(window.from)} to {dayInWords(window.to)}, and what
            became of it.
          </p>
          <Tiles lines={lines} reckoning={reckoning} today={today} />
          <ListWithFilter
            filter={
              <FilterPanel
                action={URL}
                selected={[]}
                clearHref={URL}
                keep={window.term ? { term: window.term } : { from: window.from, to: window.to }}
              >
                <Choose
                  name="show"
                  label="Lines"
                  chosen={asked.show}
                  options={Object.entries(SHOWS).map(([value, [text]]) => ({ value, text }))}
                />
                <Choose
                  name="by"
                  label="Gathered by"
                  chosen={asked.by}
                  options={Object.entries(BY).map(([value, [text]]) => ({ value, text }))}
                />
                <Choose
                  name="locality"
                  label="Locality"
                  chosen={asked.locality}
                  options={[
                    { value: '', text: 'All' },
                    ...localities.map((one) => ({ value: one.id, text: one.name })),
                  ]}
                />
              </FilterPanel>
            }
          >
            <WindowForm window={window} today={today} keep={keep} />
            {lines.length === 0 ? (
              <EmptyState title="No line of provision here">
                Each line of a final plan appears here on the day the plan is sent.
              </EmptyState>
            ) : (
              <>
                <LedgerTable
                  id="ledger"
                  caption={`${lines.length} ${lines.length === 1 ? 'line' : 'lines'}, by ${heading.toLowerCase()}`}
                  first={heading}
                  rows={ledgerRows(lines, reckoning, window, today, (line) => ({
                    key: of(line),
                    name: of(line),
                  }))}
                />
                <HowItCounts window={window} />
                <p class="govuk-body">
                  <a
                    class="govuk-link"
                    href={`${URL}.csv?${new URLSearchParams({ ...keep, from: window.from, to: window.to })}`}
                    download
                  >
                    Download the lines (CSV)
                  </a>
                </p>
                {late.length > 0 ? (
                  <>
                    <h2 class="govuk-heading-m">Settings late to confirm</h2>
                    <ul class="govuk-list govuk-list--bullet">
                      {late.slice(0, 50).map((one) => (
                        <li key={one.childId}>
                          {one.settingName}: {one.childName}, asked by {dayInWords(one.due)}
                        </li>
                      ))}
                    </ul>
                  </>
                ) : null}
                {asked.show ? <Lines lines={lines.slice(0, 200)} /> : null}
              </>
            )}
          </ListWithFilter>
        </>
      ),
    },
  }
}

function Choose({
  name,
  label,
  chosen,
  options,
}: {
  readonly name: string
  readonly label: string
  readonly chosen: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
}): JSX.Element {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={name}>
        {label}
      </label>
      <select class="govuk-select" id={name} name={name}>
        {options.map((one) => (
          <option key={one.value} value={one.value} selected={one.value === chosen}>
            {one.text}
          </option>
        ))}
      </select>
    </div>
  )
}

function Tiles({
  lines,
  reckoning,
  today,
}: {
  readonly lines: readonly Line[]
  readonly reckoning: Reckoning
  readonly today: string
}): JSX.Element {
  const live = lines.filter((line) => line.state !== 'ended')
  const counts: readonly (readonly [string, Show, number])[] = [
    ['Not happening', 'not-happening', live.filter((line) => line.state === 'not-happening').length],
    ['Waiting for our answer', 'reported', live.filter((line) => openReport(line)).length],
    ['To arrange', 'to-arrange', live.filter((line) => line.state === 'to-arrange').length],
    [
      'Setting late to confirm',
      'not-confirmed',
      live.filter((line) => isLate(line, reckoning, today)).length,
    ],
    ['Not countable', 'not-countable', live.filter((line) => notCountable(line) !== null).length],
    ['Paused', 'paused', live.filter((line) => line.state === 'paused').length],
  ]
  return (
    <ul class="govuk-list app-case__actions">
      <li>
        <strong>{live.length}</strong> {live.length === 1 ? 'line' : 'lines'} in force
      </li>
      {counts.map(([words, show, count]) => (
        <li key={show}>
          <strong>{count}</strong>{' '}
          <a class="govuk-link" href={`${URL}?show=${show}`}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Lines({ lines }: { readonly lines: readonly Line[] }): JSX.Element {
  return (
    <SortableTable<Line>
      id="lines"
      caption="The lines"
      rows={lines}
      onPhone="cards"
      columns={[
        {
          key: 'child',
          heading: 'Child or young person',
          namesRow: true,
          cell: (line) => (
            <a class="govuk-link" href={`${URL}/lines/${line.id}`}>
              {line.childName}
              <span class="govuk-visually-hidden">: {lineTitle(line)}</span>
            </a>
          ),
        },
        { key: 'what', heading: 'What', cell: lineTitle },
        {
          key: 'stands',
          heading: 'Stands',
          cell: (line) => (
            <>
              <StateTag state={line.state as LineState} /> since {dayInWords(line.stateSince)}
            </>
          ),
        },
        { key: 'why', heading: 'Not countable', cell: (line) => notCountable(line) ?? '' },
      ]}
    />
  )
}

const COLUMNS: readonly (readonly [string, (sum: Sum) => number])[] = [
  ['promised', (sum) => sum.promised],
  ['delivered', deliveredOf],
  ['given session by session', (sum) => sum.given],
  ['on the setting’s word', (sum) => sum.confirmed],
  ['offered child absent', (sum) => sum.offered],
  ['made up', (sum) => sum.madeUp],
  ['owed', (sum) => sum.owed],
  ['of which nobody has said', (sum) => sum.unsaid],
  ['lawfully changed', changedOf],
  ['amended', (sum) => sum.amended],
  ['own arrangements s.42(5)', (sum) => sum.alternative],
  ['agreed in writing', (sum) => sum.agreed],
  ['given beyond', (sum) => sum.over],
]
const plainCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Every line with its amounts in each unit, so that any share can be worked out again. */
export function ledgerCsv(
  lines: readonly Line[],
  reckoning: Reckoning,
  window: Window,
  today: string,
): string {
  const cells = (totals: Totals) =>
    (['minutes', 'sessions'] as const).flatMap((unit) => COLUMNS.map(([, of]) => of(totals[unit]) / 1000))
  return stringify([
    [
      'Line',
      'Child',
      'Section',
      'State',
      'Setting',
      'URN',
      'Given by',
      'Not countable',
      'From',
      'To',
      ...(['minutes', 'sessions'] as const).flatMap((unit) => COLUMNS.map(([name]) => `${name} (${unit})`)),
    ],
    ...lines.map((line) => [
      line.id,
      line.childId,
      line.section,
      LINE_STATES[line.state],
      plainCell(line.settingName ?? ''),
      line.settingUrn ?? '',
      plainCell(line.content.who),
      plainCell(notCountable(line) ?? ''),
      window.from,
      window.to,
      ...cells(sumOf([line], reckoning, window, today)),
    ]),
  ])
}

async function csv(context: Context): Promise<Answer> {
  const { today } = context
  const { lines, reckoning } = await context.read(
    'the ledger of provision, as a spreadsheet',
    async (trx, saw) => {
      const found = await load(trx, context, askedOf(context))
      saw([...new Set(found.lines.map((line) => line.childId))])
      return found
    },
  )
  const window = windowOf(context.query, reckoning, today)
  await workOutAll(lines, reckoning, window, today)
  return {
    file: {
      name: `provision-${window.from}-${window.to}.csv`,
      type: 'text/csv; charset=utf-8',
      body: ledgerCsv(lines, reckoning, window, today),
    },
  }
}

export const countyRoutes: readonly Route[] = [
  { method: 'GET', url: URL, access: readers, touches: 'children', handle: county },
  { method: 'GET', url: `${URL}.csv`, access: readers, touches: 'children', limit: EXPORTS, handle: csv },
]
