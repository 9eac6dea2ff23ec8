import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { Counts, Pager, SortableTable, SummaryRows } from '../../../ui/parts/index.ts'
import type { ChildView } from './child-page.tsx'
import { type DetailChange, LOOKS_PAGE } from './child-queries.ts'

const day = (iso: string): string => shortDate(date(iso))

/** Schools before this one, and every change of the record. */
export function History({
  changes,
  settingName,
}: {
  readonly changes: readonly DetailChange[]
  readonly settingName: string | null
}): JSX.Element {
  const settings = changes.flatMap((change) =>
    change.settings.map((setting) => ({ ...setting, on: change.on })),
  )
  return (
    <>
      <h2 class="govuk-heading-m">Schools, colleges and nurseries</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          Now: {settingName ?? 'none recorded'}
          {settings[0] ? `, since a change recorded on ${day(settings[0].on)}` : ''}
        </li>
        {settings.map((setting, index) => (
          <li key={`${setting.on}${index}`}>
            Before {day(setting.on)}: {setting.from ?? 'none recorded'}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">Changes to the record</h2>
      {changes.length === 0 && <p class="govuk-body">Nothing has been changed since the record was made.</p>}
      {changes.length > 0 && (
        <SummaryRows
          rows={changes.map((change) => ({
            key: `${day(change.on)}, ${change.by}`,
            value: (
              <>
                {change.words.map((words) => (
                  <p key={words} class="govuk-body govuk-!-margin-bottom-1">
                    {words}
                  </p>
                ))}
                {change.why && <p class="govuk-body govuk-!-margin-bottom-0">Why: {change.why}</p>}
              </>
            ),
          }))}
        />
      )}
    </>
  )
}

const OUTCOMES: Readonly<Record<string, string>> = { seen: 'Looked', changed: 'Changed', refused: 'Refused' }

/** Who has looked at the record, newest first. */
export function Looks({ view }: { readonly view: ChildView }): JSX.Element {
  const { looks, total, page } = view.looks
  const counts = { page, pageSize: LOOKS_PAGE, total, things: 'times' }
  return (
    <>
      <h2 class="govuk-heading-m" id="looked">
        Who has looked
      </h2>
      <p class="govuk-body">Every time this record is opened or changed. The family may ask to see this.</p>
      {looks.length > 0 && <Counts {...counts} />}
      {looks.length === 0 ? (
        <p class="govuk-body">Nobody before you.</p>
      ) : (
        <SortableTable
          id="looks"
          caption="Who has looked at this record"
          captionHidden
          onPhone="cards"
          rows={looks}
          columns={[
            {
              key: 'at',
              heading: 'When',
              namesRow: true,
              cell: (look) => `${day(look.at.slice(0, 10))}, ${look.at.slice(11)}`,
            },
            { key: 'by', heading: 'Who', cell: (look) => look.by },
            { key: 'role', heading: 'As', cell: (look) => look.role },
            { key: 'outcome', heading: 'Did', cell: (look) => OUTCOMES[look.outcome] ?? look.outcome },
            { key: 'what', heading: 'What', cell: (look) => look.what },
          ]}
        />
      )}
      <Pager {...counts} href={(other) => `/staff/children/${view.child.id}?looked=${other}#looked`} />
    </>
  )
}
