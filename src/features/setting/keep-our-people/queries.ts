import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { OurSetting } from '../the-setting/index.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly job_title: string
  readonly role: string
  readonly email: string
  readonly shared_mailbox: boolean
  readonly manages_people: boolean
  readonly from_on: string
  readonly confirmed_on: string | null
  readonly confirmed_by: string | null
}

/** The settings whose people the viewer keeps. */
export async function managedSettings(trx: Trx): Promise<readonly OurSetting[]> {
  const { rows } = await sql<OurSetting>`
    select urn, name from setting where urn = any ((select viewer_manages_settings())::text[]) order by name, urn`.execute(
    trx,
  )
  return rows
}

/** Who works at a setting the viewer manages; nobody for any other. */
export async function findPeople(trx: Trx, urn: string): Promise<readonly Person[]> {
  const { rows } = await sql<Person>`select * from people_of_setting(${urn})`.execute(trx)
  return rows
}

export interface Unconfirmed {
  readonly account_id: string
  readonly name: string
  readonly job_title: string
  readonly setting_urn: string
  readonly setting_name: string
  readonly last_on: string
}

/** People at settings whose place nobody has confirmed since a day, the longest first: for the council. */
export async function findUnconfirmed(trx: Trx, since: string): Promise<readonly Unconfirmed[]> {
  const { rows } = await sql<Unconfirmed>`
    select a.id as account_id, a.name, a.job_title, s.urn as setting_urn, s.name as setting_name, greatest(w.confirmed_on, w.from_on) as last_on
    from account_setting w join account a on a.id = w.account_id join setting s on s.urn = w.setting_urn
    where a.door = 'setting' and (w.to_on is null or w.to_on > viewer_today()) and (a.active_to is null or a.active_to > viewer_today())
      and greatest(w.confirmed_on, w.from_on) < ${since}::date
    order by last_on, s.name, a.name limit 500`.execute(trx)
  return rows
}
