import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { foldName, nameKey } from '../../../record/names.ts'
import { datesASlipAway, type Identity, type Judgement, judgeDuplicate } from './duplicates.ts'
import { formsOfFirstName } from './short-names.ts'

/** A child already on record who may be the one about to be recorded. */
export interface Candidate extends Judgement {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly bornOn: string
  readonly address: string
  readonly settingName: string | null
  readonly upn: string | null
  readonly nhsNumber: string | null
}

const STRENGTH = { strong: 0, possible: 1, sibling: 2, none: 3 } as const

/**
 * Children this viewer may see who are, or may be, the one described, and the other children of the household:
 * most alike first. A child the viewer may not see is never named.
 */
export async function findDuplicates(trx: Trx, typed: Identity): Promise<Candidate[]> {
  const upns = [typed.upn, ...typed.formerUpns].filter((upn) => upn !== null)
  const births = [typed.bornOn, ...datesASlipAway(typed.bornOn).keys()]
  const keys = [
    ...formsOfFirstName(typed.givenName).map((given) => nameKey(given, typed.familyName)),
    nameKey(typed.familyName, typed.givenName),
  ]
  const formerHolders =
    upns.length === 0
      ? []
      : (
          await sql<{ child_id: string; former: string }>`
            select child_id, payload ->> 'formerUpn' as former from case_event
            where kind in ('child_registered', 'child_details_changed') and payload ->> 'formerUpn' = any(${upns})`.execute(
            trx,
          )
        ).rows
  const rows = await trx
    .selectFrom('child')
    .leftJoin('setting', 'setting.urn', 'child.setting_urn')
    .select([
      'child.id',
      'child.reference',
      'given_name',
      'family_name',
      'known_as',
      'date_of_birth',
      'upn',
      'nhs_number',
      'address_line',
      'child.town',
      'child.postcode',
      'setting.name as setting_name',
    ])
    .where((where) =>
      where.or([
        ...(upns.length > 0 ? [where('upn', 'in', upns)] : []),
        ...(formerHolders.length > 0
          ? [
              where(
                'child.id',
                'in',
                formerHolders.map((row) => row.child_id),
              ),
            ]
          : []),
        ...(typed.nhsNumber === null ? [] : [where('nhs_number', '=', typed.nhsNumber)]),
        ...(typed.postcode === null ? [] : [where('child.postcode', '=', typed.postcode)]),
        where('date_of_birth', 'in', births),
        where('name_key', 'in', keys),
      ]),
    )
    .execute()
  return rows
    .map((row): Candidate => {
      const formerUpns = formerHolders
        .filter((holder) => holder.child_id === row.id)
        .map((holder) => holder.former)
      const held: Identity = {
        givenName: row.given_name,
        familyName: row.family_name,
        knownAs: row.known_as,
        bornOn: row.date_of_birth,
        upn: row.upn,
        formerUpns,
        nhsNumber: row.nhs_number,
        addressLine: row.address_line,
        postcode: row.postcode,
      }
      return {
        ...judgeDuplicate(typed, held),
        id: row.id,
        reference: row.reference,
        name: `${row.given_name} ${row.family_name}`,
        bornOn: row.date_of_birth,
        address: [row.address_line, row.town, row.postcode].filter(Boolean).join(', '),
        settingName: row.setting_name,
        upn: row.upn,
        nhsNumber: row.nhs_number,
      }
    })
    .filter((candidate) => candidate.likeness !== 'none')
    .toSorted(
      (a, b) =>
        STRENGTH[a.likeness] - STRENGTH[b.likeness] ||
        Number(b.sameNumber) - Number(a.sameNumber) ||
        foldName(a.name).localeCompare(foldName(b.name)),
    )
    .slice(0, 40)
}
