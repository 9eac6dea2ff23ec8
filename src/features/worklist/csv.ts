import { stringify } from 'csv-stringify/sync'
import { date } from '../../law/index.ts'
import { yearInWords, yearOf } from './filters.ts'
import type { Places, SpreadsheetRow } from './queries.ts'
import { shownRow } from './view.ts'

const HEADINGS = [
  'Case',
  'First name',
  'Last name',
  'Year group',
  'School or college',
  'URN',
  'Stage',
  'Next',
  'Due on',
  'Days left',
  'Who must act',
  'Coordinator',
  'Locality',
  'Exception',
  'Opened on',
  'Days of work left',
] as const

/** The list as a spreadsheet. Cells that a spreadsheet would take for a formula are made plain text; dates are yyyy-mm-dd. */
export function spreadsheet(
  rows: readonly SpreadsheetRow[],
  places: Places,
  settings: ReadonlyMap<string, string>,
  today: string,
): string {
  const localities = new Map(places.localities.map((one) => [one.id, one.name]))
  const now = date(today)
  const lines = rows.map((row) => {
    const shown = shownRow(row, today, { people: places.names, settings }, now)
    return [
      row.reference,
      row.given_name,
      row.family_name,
      yearInWords(yearOf(row.date_of_birth, today)),
      settings.get(row.setting_urn ?? '') ?? '',
      row.setting_urn ?? '',
      shown.stage,
      shown.next,
      row.next_due_on ?? '',
      row.next_due_on === null ? '' : date(row.next_due_on) - date(today),
      shown.who,
      shown.coordinator,
      row.locality_id === null ? '' : (localities.get(row.locality_id) ?? ''),
      row.has_exception ? 'Yes' : 'No',
      row.opened_on,
      row.work_left_days,
    ]
  })
  // The mark at the start tells spreadsheets that the letters are Unicode.
  return `\uFEFF${stringify([[...HEADINGS], ...lines], { escape_formulas: true, record_delimiter: 'windows' })}`
}
