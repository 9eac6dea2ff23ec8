import { sql } from 'kysely'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { Fact } from '../../../law/index.ts'
import { caseworkers } from '../../../platform/routes.ts'
import { type Candidate, findDuplicates, type Identity } from '../../children/the-child/index.ts'
import type { RequestGiven } from './form.ts'

/** Somewhere or somebody to choose from. */
export interface Option {
  readonly id: string
  readonly name: string
}

/** A child already on record, as a new request needs to know them. */
export interface HeldChild {
  readonly id: string
  readonly reference: string
  readonly name: string
  readonly givenName: string
  readonly bornOn: string
  readonly upn: string | null
  readonly nhsNumber: string | null
  readonly settingUrn: string | null
  readonly localityId: string | null
  readonly contacts: readonly { readonly name: string; readonly relationship: string }[]
  readonly openAssessment:
    | { readonly id: string; readonly reference: string; readonly openedOn: string }
    | undefined
  readonly openPlan: { readonly id: string; readonly reference: string } | undefined
  readonly facts: readonly Fact[]
}

export const identityOf = (given: RequestGiven): Identity => ({
  givenName: given.givenName,
  familyName: given.familyName,
  knownAs: given.knownAs,
  bornOn: given.bornOn,
  upn: given.upn,
  formerUpns: given.formerUpn === null ? [] : [given.formerUpn],
  nhsNumber: given.nhsNumber,
  addressLine: given.addressLine,
  postcode: given.postcode,
})

export const findCandidates = (trx: Trx, given: RequestGiven): Promise<Candidate[]> =>
  findDuplicates(trx, identityOf(given))

/** Reads a child with what is open about them; undefined when there is none this viewer can see. */
export async function loadHeldChild(
  trx: Trx,
  childId: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<HeldChild | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(childId)) return undefined
  let query = trx.selectFrom('child').selectAll().where('id', '=', childId)
  if (options.forUpdate) query = query.forUpdate()
  const child = await query.executeTakeFirst()
  if (!child) return undefined
  const open = await trx
    .selectFrom('process')
    .select(['id', 'reference', 'kind', 'opened_on'])
    .where('child_id', '=', childId)
    .where('closed_on', 'is', null)
    .where('kind', 'in', ['assessment', 'plan'])
    .orderBy('opened_on', 'desc')
    .execute()
  const contacts = await trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select(['contact.name', 'relationship'])
    .where('child_id', '=', childId)
    .where('to_on', 'is', null)
    .execute()
  const assessment = open.find((process) => process.kind === 'assessment')
  return {
    id: child.id,
    reference: child.reference,
    name: `${child.given_name} ${child.family_name}`,
    givenName: child.given_name,
    bornOn: child.date_of_birth,
    upn: child.upn,
    nhsNumber: child.nhs_number,
    settingUrn: child.setting_urn,
    localityId: child.locality_id,
    contacts,
    openAssessment: assessment && {
      id: assessment.id,
      reference: assessment.reference,
      openedOn: assessment.opened_on,
    },
    openPlan: open.find((process) => process.kind === 'plan'),
    facts: standingFacts(await loadHistory(trx, childId)),
  }
}

/** Locality teams, by name. */
export const listLocalities = (trx: Trx): Promise<Option[]> =>
  trx
    .selectFrom('locality')
    .select(['id', 'name'])
    .where(sql<boolean>`(ended_on is null or ended_on > viewer_today())`)
    .orderBy('name')
    .execute()

/** Staff who may be given a case on a day, by name. */
export function listCaseworkers(trx: Trx, today: string): Promise<Option[]> {
  return trx
    .selectFrom('account')
    .select(['id', 'name'])
    .where('door', '=', 'staff')
    .where('role', 'in', [...caseworkers])
    .where('active_from', '<=', today)
    .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', today)]))
    .orderBy('name')
    .execute()
}

/**
 * The locality that children of this address, or else of this setting, are mostly in; nothing when neither is known yet.
 * Worked out when the officer does not choose one.
 */
export async function workOutLocality(
  trx: Trx,
  postcode: string | null,
  settingUrn: string | null,
): Promise<string | undefined> {
  const most = async (column: 'postcode' | 'setting_urn', value: string): Promise<string | undefined> =>
    (
      await trx
        .selectFrom('child')
        .select('locality_id')
        .where(column, '=', value)
        .where('locality_id', 'is not', null)
        .groupBy('locality_id')
        .orderBy((order) => order.fn.countAll(), 'desc')
        .orderBy('locality_id')
        .executeTakeFirst()
    )?.locality_id ?? undefined
  return (
    (postcode === null ? undefined : await most('postcode', postcode)) ??
    (settingUrn === null ? undefined : await most('setting_urn', settingUrn))
  )
}
