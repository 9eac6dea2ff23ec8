import type { JSX } from 'preact'
import { BOARDING, type Boarding, STANDING_WORDS } from '../../../record/placement/index.ts'
import { NEED_TYPES, type NeedType } from '../../../record/plan/index.ts'
import { straightLineWords } from '../../../record/travel/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, SortableTable, SummaryCard } from '../../../ui/parts/index.ts'
import { isClosedOn, type SettingFacts } from '../the-settings/index.ts'
import type { findKept, PlacedChild, SettingDetail } from './queries.ts'

export interface SettingView {
  readonly setting: SettingFacts
  readonly kept: Awaited<ReturnType<typeof findKept>>
  readonly placed: readonly PlacedChild[]
  readonly today: string
  readonly mayKeep: boolean
  readonly forCase: { readonly id: string; readonly name: string; readonly miles: number | null } | null
  /** The old number by which it was asked for. */
  readonly cameFrom: string | null
}

const needWords = (codes: readonly string[]): string =>
  codes.length === 0
    ? 'Not said'
    : codes.map((code) => `${NEED_TYPES[code as NeedType]} (${code})`).join(', ')

function detailRows(detail: SettingDetail, placedNow: number) {
  const ages =
    detail.age_from === null && detail.age_to === null
      ? 'Not said'
      : `${detail.age_from ?? '?'} to ${detail.age_to ?? '?'}`
  return [
    { key: 'From', value: dayInWords(detail.from_on) },
    ...(detail.to_on ? [{ key: 'Until the day before', value: dayInWords(detail.to_on) }] : []),
    { key: 'Needs met', value: needWords(detail.needs) },
    { key: 'Ages', value: ages },
    {
      key: 'Places commissioned',
      value:
        detail.commissioned_places === null
          ? 'Not said'
          : `${detail.commissioned_places}${detail.to_on === null ? `, of which ${placedNow} are used today by children placed by us` : ''}`,
    },
    ...(detail.unit ? [{ key: 'Unit or resourced provision', value: detail.unit }] : []),
    ...(detail.notes ? [{ key: 'Notes', value: detail.notes }] : []),
    {
      key: 'Said by',
      value: `${detail.said_by}; written down by ${detail.recorder ?? 'a colleague'}, ${dayInWords(detail.recorded_on)}`,
    },
  ]
}

/** A setting: what open data says, what the council keeps, who is placed there now, and what it was or became. */
export function SettingPage(view: SettingView): JSX.Element {
  const { setting, kept, today } = view
  const here = `/staff/directory/${encodeURIComponent(setting.urn)}`
  const closed = isClosedOn(setting, today)
  const current = kept.details.find(
    (one) => one.from_on <= today && (one.to_on === null || one.to_on > today),
  )
  const past = kept.details.filter((one) => one !== current)
  const placedNow = new Set(view.placed.filter((one) => one.from_on <= today).map((one) => one.child_id)).size
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{setting.type}</span>
        <h1 class="govuk-heading-l">{setting.name}</h1>
        {view.cameFrom ? (
          <GovukInsetText
            text={`You asked for number ${view.cameFrom}, which has become ${setting.name} (${setting.urn}).`}
          />
        ) : null}
        {closed ? (
          <GovukWarningText
            text={`Closed on ${dayInWords(setting.closedOn!)}. It cannot be consulted or named.`}
            iconFallbackText="Warning"
          />
        ) : null}
        {setting.standing === 'request' ? null : (
          <GovukWarningText text={STANDING_WORDS[setting.standing]} iconFallbackText="Warning" />
        )}
        {view.forCase ? (
          <p class="govuk-body">
            From {view.forCase.name}’s home: {straightLineWords(view.forCase.miles)}.{' '}
            {closed ? null : (
              <a
                class="govuk-link"
                href={`/staff/cases/${view.forCase.id}/shortlist-a-setting?setting=${encodeURIComponent(setting.urn)}`}
              >
                Put it on the shortlist
              </a>
            )}
          </p>
        ) : null}
        <SummaryCard
          title="What open data says"
          rows={[
            { key: 'Number (URN)', value: setting.urn },
            ...(setting.laestab ? [{ key: 'LAESTAB', value: setting.laestab }] : []),
            {
              key: 'Address',
              value: [setting.town, setting.postcode].filter(Boolean).join(', ') || 'Not held',
            },
            {
              key: 'Authority',
              value: setting.isOutside
                ? `Out of county (authority ${setting.laCode}): if that authority maintains it, consult it too (sections 39(2) and 40(3))`
                : 'Ours',
            },
            ...(setting.openedOn ? [{ key: 'Opened', value: dayInWords(setting.openedOn) }] : []),
            {
              key: 'Section 41',
              value:
                setting.section41From === null
                  ? 'Not on the list of approved institutions'
                  : `Approved from ${dayInWords(setting.section41From)}${setting.section41To ? ` until ${dayInWords(setting.section41To)}` : ''}`,
            },
            ...(setting.pupilsOnRoll === null
              ? []
              : [
                  {
                    key: 'Pupils',
                    value: `${setting.pupilsOnRoll} on roll${setting.pupilsWithPlan === null ? '' : `, ${setting.pupilsWithPlan} of them with a plan`}`,
                  },
                ]),
            ...(setting.standing === 'request'
              ? [{ key: 'In law, today', value: STANDING_WORDS.request }]
              : []),
            { key: 'Source', value: setting.source },
          ]}
        />
        <SummaryCard
          title="What the council keeps"
          actions={view.mayKeep ? [{ text: 'Write down what is so now', href: `${here}/keep` }] : []}
          rows={
            current
              ? detailRows(current, placedNow)
              : [{ key: 'Needs, ages, places', value: 'Nothing is kept yet' }]
          }
        />
        {past.map((one) => (
          <SummaryCard
            key={one.id}
            title={`Kept from ${dayInWords(one.from_on)}`}
            headingLevel={3}
            rows={detailRows(one, 0)}
          />
        ))}
        {kept.before.length > 0 || setting.successorUrn ? (
          <>
            <h2 class="govuk-heading-m">Before and after</h2>
            <ul class="govuk-list govuk-list--bullet">
              {kept.before.map((one) => (
                <li key={one.old_urn}>
                  Until {dayInWords(one.changed_on)} it was {one.name} ({one.old_urn}): {one.why}
                </li>
              ))}
              {setting.successorUrn ? (
                <li>
                  From {dayInWords(setting.closedOn!)} it is{' '}
                  <a class="govuk-link" href={`/staff/directory/${encodeURIComponent(setting.successorUrn)}`}>
                    {setting.successorName}
                  </a>
                </li>
              ) : null}
            </ul>
          </>
        ) : null}
        {view.mayKeep && !setting.closedOn ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`${here}/changed`}>
              It has closed, or changed its number
            </a>
          </p>
        ) : null}
        {view.placed.length === 0 ? (
          <p class="govuk-body">Nobody is placed here by us, of the children you may see.</p>
        ) : (
          <SortableTable<PlacedChild>
            id="placed"
            caption={`Placed here by us: ${view.placed.length}`}
            onPhone="cards"
            rows={view.placed}
            columns={[
              {
                key: 'name',
                heading: 'Child',
                namesRow: true,
                cell: (row) =>
                  row.process_id ? (
                    <a class="govuk-link" href={`/staff/cases/${row.process_id}/settings`}>
                      {row.name}
                    </a>
                  ) : (
                    row.name
                  ),
              },
              { key: 'from', heading: 'From', cell: (row) => dayInWords(row.from_on) },
              { key: 'to', heading: 'Until', cell: (row) => (row.to_on ? dayInWords(row.to_on) : 'No end') },
              {
                key: 'how',
                heading: 'How',
                cell: (row) =>
                  `${BOARDING[row.boarding as Boarding]}${row.rank === 2 ? ', second placement' : ''}`,
              },
            ]}
          />
        )}
      </div>
    </div>
  )
}
