import { sql } from 'kysely'
import type { Trx } from '../src/db/viewer.ts'
import { idFor } from './random.ts'
import type { AccountRow } from './staff.ts'

/**
 * Who answers to whom, who is away and who stands in, and families in which not everybody sees the record: an advocate with
 * consent, a parent beside one who is barred, a parent a young person lets in. No date, fact or figure turns on it.
 * @returns how many rows were written
 */
export async function writeWhoMaySee(
  trx: Trx,
  accounts: readonly AccountRow[],
  seed: string,
): Promise<number> {
  const manager = accounts.find((one) => one.role === 'send-manager')
  if (!manager) return 0
  return (
    (await writeLines(trx, accounts, manager, seed)) +
    (await writeAway(trx, accounts, seed)) +
    (await writeFamilies(trx, seed))
  )
}

async function writeLines(
  trx: Trx,
  accounts: readonly AccountRow[],
  manager: AccountRow,
  seed: string,
): Promise<number> {
  const line = (
    account: AccountRow,
    to: AccountRow | undefined,
    kind: 'operational' | 'professional',
    from: string,
  ) =>
    to && to.id !== account.id
      ? [
          {
            id: idFor(seed, 'line', account.name, kind),
            account_id: account.id,
            manager_id: to.id,
            kind,
            from_on: from,
          },
        ]
      : []
  const headOf = (account: AccountRow): AccountRow | undefined =>
    accounts.find((one) => one.role === 'locality-head' && one.locality_id === account.locality_id)
  const lines = accounts.flatMap((account) => {
    if (account.role === 'plan-coordinator')
      // Six localities from 1 September 2020; the profession still answers to the service.
      return [
        ...line(account, headOf(account), 'operational', '2020-09-01'),
        ...line(account, manager, 'professional', '2020-09-01'),
      ]
    if (['locality-head', 'qa-lead', 'data-officer'].includes(account.role))
      return line(account, manager, 'operational', '2020-09-01')
    return []
  })
  if (lines.length > 0) await trx.insertInto('reporting_line').values(lines).execute()
  return lines.length
}

/** A coordinator on leave with a colleague standing in, and a head about to go with nobody. */
async function writeAway(trx: Trx, accounts: readonly AccountRow[], seed: string): Promise<number> {
  const [away, standIn] = accounts.filter(
    (one) => one.role === 'plan-coordinator' && one.locality_id === 'chesil',
  )
  const head = accounts.find((one) => one.role === 'locality-head' && one.locality_id === 'east')
  if (!away || !standIn || !head) return 0
  const leave = { from_on: '2020-10-26', to_on: '2020-11-09' }
  await trx
    .insertInto('absence')
    .values([
      { id: idFor(seed, 'absence', away.name), account_id: away.id, ...leave, recorded_by: away.id },
      {
        id: idFor(seed, 'absence', head.name),
        account_id: head.id,
        from_on: '2020-11-05',
        to_on: '2020-11-16',
        recorded_by: head.id,
      },
    ])
    .execute()
  await trx
    .insertInto('delegation')
    .values({
      id: idFor(seed, 'delegation', away.name),
      from_account: away.id,
      to_account: standIn.id,
      ...leave,
      why: 'Leave',
      made_by: away.id,
    })
    .execute()
  // Somebody who works for one locality alone, and so must break the glass to see another's child.
  await trx
    .insertInto('account')
    .values({
      id: idFor(seed, 'account', 'Merryn Vosper'),
      name: 'Merryn Vosper',
      email: 'merryn.vosper@training.example',
      door: 'staff',
      role: 'plan-coordinator',
      job_title: 'Plan coordinator, Purbeck only',
      remit: 'locality',
      locality_id: 'purbeck',
    })
    .execute()
  return 4
}

interface Round {
  readonly child_id: string
  readonly contact_id: string
  readonly name: string
  readonly email: string | null
}

const account = async (
  trx: Trx,
  id: string,
  person: Pick<Round, 'name' | 'email' | 'contact_id'>,
  role: string,
  title: string,
): Promise<void> => {
  await trx
    .insertInto('account')
    .values({
      id,
      name: person.name,
      email: `${id.slice(0, 8)}@family.example`,
      door: 'family',
      role,
      job_title: title,
      remit: 'relationships',
    })
    .execute()
  await trx.updateTable('contact').set({ account_id: id }).where('id', '=', person.contact_id).execute()
}

async function writeFamilies(trx: Trx, seed: string): Promise<number> {
  let rows = 0
  /** Somebody with parental responsibility and no account, round the child of somebody who signs in. */
  const parentBeside = async (title: string): Promise<Round | undefined> => {
    const { rows: found } = await sql<Round>`
      select cc.child_id, k.id as contact_id, k.name, k.email
      from account a join contact mine on mine.account_id = a.id join child_contact own on own.contact_id = mine.id
        join child_contact cc on cc.child_id = own.child_id join contact k on k.id = cc.contact_id
      where a.job_title like ${title} and a.door = 'family' and cc.parental_responsibility and not cc.restricted and k.account_id is null
      order by cc.child_id, k.name, k.id limit 1`.execute(trx)
    return found[0]
  }
  const other = await parentBeside('Parent barred%')
  if (other) {
    await account(
      trx,
      idFor(seed, 'account', 'other parent'),
      other,
      'parent',
      'Parent, the other parent is barred',
    )
    rows++
  }
  const letIn = await parentBeside('Young person%')
  if (letIn) {
    const id = idFor(seed, 'account', 'parent let in')
    await account(trx, id, letIn, 'parent', 'Parent a young person lets see the record')
    await sql`insert into sharing_consent (id, child_id, contact_id, from_on, given_how, recorded_by)
      select ${idFor(seed, 'sharing', letIn.child_id)}, ${letIn.child_id}, ${letIn.contact_id}, '2020-10-05', 'by the young person, signed in', k.account_id
      from child_contact cc join contact k on k.id = cc.contact_id where cc.child_id = ${letIn.child_id} and cc.relationship = 'self' and k.account_id is not null limit 1`.execute(
      trx,
    )
    rows += 2
  }
  const { rows: spokenFor } = await sql<Round>`
    select own.child_id, mine.id as contact_id, mine.name, mine.email from account a join contact mine on mine.account_id = a.id join child_contact own on own.contact_id = mine.id
    where a.job_title = 'Parent, advice being gathered' order by own.child_id limit 1`.execute(trx)
  const parent = spokenFor[0]
  if (parent) {
    const contact = idFor(seed, 'contact', 'advocate')
    await trx
      .insertInto('contact')
      .values({
        id: contact,
        name: 'Josephine Lyle',
        email: 'josephine.lyle@advice.example',
        prefers: 'email',
      })
      .execute()
    await trx
      .insertInto('child_contact')
      .values({
        id: idFor(seed, 'child contact', 'advocate'),
        child_id: parent.child_id,
        contact_id: contact,
        relationship: 'advocate',
        parental_responsibility: false,
        from_on: '2020-09-14',
        to_on: '2021-03-14',
        consent_on: '2020-09-14',
        consent_by: parent.name,
      })
      .execute()
    await account(
      trx,
      idFor(seed, 'account', 'advocate'),
      { name: 'Josephine Lyle', email: null, contact_id: contact },
      'advocate',
      'Advocate, with a parent’s consent',
    )
    rows += 3
  }
  return rows
}
