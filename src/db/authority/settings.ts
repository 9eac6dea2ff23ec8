import { readTable } from './open-data.ts'

/** A row of `setting`, as the open data has it: what it does not say is null, never made up. */
export interface SettingRow {
  readonly urn: string
  readonly la_code: string
  readonly laestab: string | null
  readonly name: string
  readonly type: string
  readonly town: string | null
  readonly postcode: string | null
  readonly easting: number | null
  readonly northing: number | null
  readonly opened_on: string | null
  readonly section_41_from: string | null
  readonly section_41_to: string | null
  readonly pupils_on_roll: number | null
  readonly pupils_with_plan: number | null
  readonly source: string
}

const CENSUS = 'DfE school census 2022/23 with GIAS (OGL v3.0)'
const LIST = 'DfE section 41 list (OGL v3.0)'

const textOf = (value: string | undefined): string | null => value || null
const numberOf = (value: string | undefined): number | null => (value ? Number(value) : null)

/** Every school and approved institution of England that the open data names: a child may be at any of them. */
export function readSettings(): readonly SettingRow[] {
  const approved = new Map(
    readTable('settings/section-41-institutions.csv')
      .filter((row) => row['urn'])
      .map((row) => [row['urn']!, row]),
  )
  const schools = readTable('settings/establishments-england-2022-23.csv').map((row): SettingRow => {
    const section41 = approved.get(row['urn']!)
    approved.delete(row['urn']!)
    return {
      urn: row['urn']!,
      la_code: row['la_code']!,
      laestab: textOf(row['laestab']),
      name: row['name']!,
      type: row['type']!,
      town: textOf(row['town']),
      postcode: textOf(row['postcode']),
      easting: numberOf(row['easting']),
      northing: numberOf(row['northing']),
      opened_on: textOf(row['opened_on']),
      section_41_from: textOf(section41?.['approved_from']),
      section_41_to: textOf(section41?.['approval_ended']),
      pupils_on_roll: numberOf(row['pupils_on_roll']),
      pupils_with_plan: numberOf(row['pupils_with_plan']),
      source: section41 ? `${CENSUS}; ${LIST}` : CENSUS,
    }
  })
  const others = [...approved].map(
    ([urn, row]): SettingRow => ({
      urn,
      la_code: row['dfe_la_code']!,
      laestab: null,
      name: row['name']!,
      type: row['institution_type']!,
      town: null,
      postcode: null,
      easting: null,
      northing: null,
      opened_on: null,
      section_41_from: textOf(row['approved_from']),
      section_41_to: textOf(row['approval_ended']),
      pupils_on_roll: null,
      pupils_with_plan: null,
      source: LIST,
    }),
  )
  return [...schools, ...others]
}
