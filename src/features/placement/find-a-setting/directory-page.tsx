import type { JSX } from 'preact'
import { SETTING_KINDS } from '../../../record/placement/index.ts'
import { NEED_TYPES } from '../../../record/plan/index.ts'
import { GovukCheckboxes, GovukInput, GovukSelect } from '../../../ui/govuk/index.ts'
import {
  Counts,
  dayInWords,
  EmptyState,
  FilterPanel,
  ListWithFilter,
  Pager,
  SortableTable,
  Tag,
} from '../../../ui/parts/index.ts'
import { PlacementLists } from '../the-settings/index.ts'
import { chosenFilters, PAGE_SIZE, type SettingFilters, settingQuery } from './filters.ts'
import type { FoundSetting } from './queries.ts'

const URL = '/staff/directory'

export interface DirectoryView {
  readonly filters: SettingFilters
  readonly rows: readonly FoundSetting[]
  readonly total: number
  readonly today: string
  /** The case it was opened from, and whether the place of the child's home is known. */
  readonly forCase: { readonly id: string; readonly name: string; readonly homeIsKnown: boolean } | null
}

/** Places as a fraction people can read; nothing when the council keeps no number. */
const places = (row: FoundSetting): string =>
  row.commissioned === null
    ? row.placed === 0
      ? 'Not held'
      : `${row.placed} placed by us`
    : `${row.placed} of ${row.commissioned} used`

export function Standing({
  row,
  today,
}: {
  readonly row: FoundSetting
  readonly today: string
}): JSX.Element {
  const { section41From: from, section41To: to } = row
  const approved =
    from === null
      ? null
      : from > today
        ? `Section 41 from ${dayInWords(from)}`
        : to === null
          ? `Section 41 since ${dayInWords(from)}`
          : to > today
            ? `Section 41 until ${dayInWords(to)}`
            : `Section 41 ended ${dayInWords(to)}`
  return (
    <>
      {row.standing === 'request' ? (
        'Can be requested'
      ) : (
        <Tag colour={row.standing === 'unsure' ? 'yellow' : 'orange'}>
          {row.standing === 'unsure' ? 'Look which kind' : 'Preference only'}
        </Tag>
      )}
      {approved ? (
        <>
          <br />
          <span class="app-how-long">{approved}</span>
        </>
      ) : null}
    </>
  )
}

export function DirectoryPage(view: DirectoryView): JSX.Element {
  const { filters, forCase, today } = view
  const paging = { page: filters.page, pageSize: PAGE_SIZE, total: view.total, things: 'settings' }
  const back = forCase ? `?case=${forCase.id}` : ''
  return (
    <>
      <PlacementLists current="directory" />
      <h1 class="govuk-heading-l">Settings{forCase ? ` for ${forCase.name}` : ''}</h1>
      {forCase ? (
        <p class="govuk-body">
          {forCase.homeIsKnown
            ? 'Miles are in a straight line from the child’s home: nobody travels it, and no right to transport turns on it.'
            : 'The place of the home postcode is not held here, so no distance is shown. It may be across the border.'}{' '}
          <a class="govuk-link" href={`/staff/cases/${forCase.id}/settings`}>
            Back to the shortlist
          </a>
        </p>
      ) : null}
      <ListWithFilter filter={<Filters {...view} />}>
        <Counts {...paging} />
        {view.rows.length === 0 ? (
          <EmptyState title="No setting matches">
            Part of a name, a town or the start of a postcode is enough. Needs and places are found only where
            the council keeps them.
          </EmptyState>
        ) : (
          <>
            <p class="govuk-body">
              <a class="govuk-link" href={`${URL}.csv?${settingQuery(filters)}`}>
                This list as a spreadsheet
              </a>
            </p>
            <SortableTable<FoundSetting>
              id="settings"
              caption="Schools, colleges and other settings"
              captionHidden
              onPhone="cards"
              rows={view.rows}
              sort={{ key: filters.sort, direction: 'ascending' }}
              sortHref={(key) =>
                `${URL}?${settingQuery(filters, { sort: key as SettingFilters['sort'], page: 1 })}`
              }
              columns={[
                {
                  key: 'name',
                  heading: 'Setting',
                  namesRow: true,
                  sortable: true,
                  cell: (row) => (
                    <>
                      <a class="govuk-link" href={`${URL}/${encodeURIComponent(row.urn)}${back}`}>
                        {row.name}
                      </a>
                      <br />
                      <span class="govuk-!-font-weight-regular app-how-long">
                        {[row.town, row.postcode].filter(Boolean).join(', ')}
                        {row.is_outside ? ' · out of county' : ''}
                      </span>
                      {row.closed_on !== null && row.closed_on <= today ? (
                        <>
                          <br />
                          <Tag colour="red">{row.successor ? 'Became another' : 'Closed'}</Tag>
                        </>
                      ) : null}
                    </>
                  ),
                },
                { key: 'type', heading: 'Type', cell: (row) => row.type },
                {
                  key: 'standing',
                  heading: 'In law, today',
                  cell: (row) => <Standing row={row} today={today} />,
                },
                {
                  key: 'needs',
                  heading: 'Needs met',
                  cell: (row) =>
                    row.needs && row.needs.length > 0 ? row.needs.join(', ') : <span>Not held</span>,
                },
                { key: 'places', heading: 'Places', sortable: true, cell: places },
                ...(forCase?.homeIsKnown
                  ? [
                      {
                        key: 'distance',
                        heading: 'Straight line',
                        sortable: true,
                        numeric: true,
                        cell: (row: FoundSetting) =>
                          row.miles === null
                            ? 'Not known'
                            : `${row.miles} ${row.miles === 1 ? 'mile' : 'miles'}`,
                      },
                    ]
                  : []),
              ]}
            />
          </>
        )}
        <Pager {...paging} href={(page) => `${URL}?${settingQuery(filters, { page })}`} />
      </ListWithFilter>
    </>
  )
}

function Filters({ filters }: DirectoryView): JSX.Element {
  return (
    <FilterPanel
      action={URL}
      selected={chosenFilters(filters)}
      clearHref={`${URL}${filters.forCase ? `?case=${filters.forCase}` : ''}`}
      keep={{ case: filters.forCase ?? undefined }}
    >
      <GovukInput
        id="q"
        name="q"
        label={{ text: 'Name, town, postcode or number' }}
        value={filters.words}
        spellcheck={false}
      />
      <GovukSelect
        id="kind"
        name="kind"
        label={{ text: 'Type and phase' }}
        value={filters.kind ?? ''}
        items={[
          { value: '', text: 'Any' },
          ...Object.entries(SETTING_KINDS).map(([value, { words }]) => ({ value, text: words })),
        ]}
      />
      <GovukSelect
        id="need"
        name="need"
        label={{ text: 'Needs met' }}
        hint={{ text: 'Where the council keeps them' }}
        value={filters.need ?? ''}
        items={[
          { value: '', text: 'Any' },
          ...Object.entries(NEED_TYPES).map(([value, words]) => ({ value, text: words })),
        ]}
      />
      <GovukSelect
        id="where"
        name="where"
        label={{ text: 'Where' }}
        value={filters.where ?? ''}
        items={[
          { value: '', text: 'Anywhere' },
          { value: 'here', text: 'In the county' },
          { value: 'outside', text: 'Out of county' },
        ]}
      />
      {(
        [
          ['approved', 'Approved under section 41 today', filters.approved41],
          ['places', 'Has a place, by our numbers', filters.hasPlaces],
          ['closed', 'Show closed settings too', filters.closed],
        ] as const
      ).map(([name, text, checked]) => (
        <GovukCheckboxes
          key={name}
          name={name}
          idPrefix={name}
          classes="govuk-checkboxes--small"
          items={[{ value: 'yes', text, checked }]}
        />
      ))}
    </FilterPanel>
  )
}
