import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import { PLAN_SECTIONS, type PlanPart, type PlanSection } from '../../../record/plan/index.ts'
import { type Plan, sectionsHash } from '../the-plan/index.ts'

/** Who agrees to what, and the law that asks for it. */
export const AGREEMENTS = {
  manager: {
    title: 'A manager agrees the whole plan',
    who: 'A locality head or the SEND manager, who is not the one that sends it',
    sections: PLAN_SECTIONS,
    law: 'The council’s own rule: nobody sends a plan that only they have read',
  },
  health: {
    title: 'Health agrees sections C and G',
    who: 'The body that commissions health services',
    sections: ['C', 'G'],
    law: 'SEND Regulations 2014, reg 12(2): health provision in section G must be agreed by the commissioning body',
  },
  'social-care': {
    title: 'Social care agrees sections D, H1 and H2',
    who: 'The council’s social care service',
    sections: ['D', 'H1', 'H2'],
    law: 'Good practice: the service that must give the provision has agreed to it',
  },
} as const satisfies Record<
  string,
  { title: string; who: string; sections: readonly PlanSection[]; law: string }
>
export type Agreement = keyof typeof AGREEMENTS
export const AGREEMENT_KINDS = Object.keys(AGREEMENTS) as readonly Agreement[]
export const isAgreement = (kind: string | undefined): kind is Agreement =>
  kind !== undefined && Object.hasOwn(AGREEMENTS, kind)

/** What one who agrees puts their name to: it stands for these words and no others. */
export const agreedHash = (parts: readonly PlanPart[], kind: Agreement): string =>
  sectionsHash(parts, AGREEMENTS[kind].sections)

/** One agreement that was given, whether or not it stands. */
export interface SignOff {
  readonly id: string
  readonly kind: Agreement
  readonly signedBy: string
  readonly signedById: string
  readonly signedOn: string
  /** Who agreed on paper, where the office recorded it. */
  readonly givenBy: string | null
  readonly givenOn: string | null
  readonly words: string
  /** It stands while the words it was given to stand. */
  readonly stands: boolean
  /** What was saved since in those sections; empty while it stands. */
  readonly lapsedBy: readonly Change[]
}
export interface Change {
  readonly section: PlanSection
  readonly by: string
  /** How the part that was saved begins. */
  readonly words: string
  readonly removed: boolean
}

/** Every agreement to a plan, newest first, and of those that lapsed the changes that did it. */
export async function loadSignOffs(
  trx: Trx,
  plan: Plan,
  parts: readonly PlanPart[],
): Promise<readonly SignOff[]> {
  const rows = await trx
    .selectFrom('plan_sign_off as s')
    .leftJoin('account as a', 'a.id', 's.signed_by')
    .select([
      's.id',
      's.kind',
      's.sha256',
      's.signed_by',
      's.signed_on',
      's.given_by',
      's.given_on',
      's.words',
      'a.name',
    ])
    .where('plan_id', '=', plan.id)
    .orderBy('signed_at', 'desc')
    .execute()
  const found: SignOff[] = []
  for (const row of rows) {
    const kind = row.kind as Agreement
    const stands = row.sha256 === agreedHash(parts, kind)
    found.push({
      id: row.id,
      kind,
      signedBy: row.name ?? 'somebody who has left',
      signedById: row.signed_by,
      signedOn: row.signed_on,
      givenBy: row.given_by,
      givenOn: row.given_on,
      words: row.words,
      stands,
      lapsedBy: stands ? [] : await changesSince(trx, plan, row.id, AGREEMENTS[kind].sections),
    })
  }
  return found
}

async function changesSince(
  trx: Trx,
  plan: Plan,
  signOffId: string,
  sections: readonly PlanSection[],
): Promise<readonly Change[]> {
  const { rows } = await sql<{
    section: string
    name: string | null
    words: string | null
    removed: boolean
  }>`
    select newest.section, a.name, left(newest.content->>'words', 60) as words, newest.removed from (
      select distinct on (p.part_id) p.* from plan_part p join plan_sign_off s on s.id = ${signOffId}
      where p.plan_id = ${plan.id} and p.section = any (${sql.val(sections)}::text[]) and p.saved_at > s.signed_at
      order by p.part_id, p.version desc
    ) newest left join account a on a.id = newest.saved_by order by newest.saved_at limit 10`.execute(trx)
  return rows.map((row) => ({
    section: row.section as PlanSection,
    by: row.name ?? 'somebody',
    words: row.words ?? '',
    removed: row.removed,
  }))
}

/** The agreement of a kind that stands; undefined when none does. */
export const standing = (signOffs: readonly SignOff[], kind: Agreement): SignOff | undefined =>
  signOffs.find((one) => one.kind === kind && one.stands)

/** Every account of the person who is asking: a second account is not a second person. */
export async function ownAccounts(trx: Trx, accountId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ others: string[] }>`select viewer_other_capacities() as others`.execute(trx)
  return [accountId, ...(rows[0]?.others ?? [])]
}

/** Did one person save every word of the plan? */
export async function wroteItAll(trx: Trx, plan: Plan, accountId: string): Promise<boolean> {
  const others = await trx
    .selectFrom('plan_part')
    .select('part_id')
    .where('plan_id', '=', plan.id)
    .where('saved_by', 'not in', await ownAccounts(trx, accountId))
    .limit(1)
    .execute()
  return others.length === 0
}

/** The dated setting of the council: which plans a manager agrees before they are sent. */
export const MANAGER_AGREES = 'plan.manager-agrees'
export const MANAGER_AGREES_CHOICES = ['final', 'draft-and-final'] as const
export type ManagerAgrees = (typeof MANAGER_AGREES_CHOICES)[number]

/** Which plans a manager agrees, on a day; final plans only, unless the council set otherwise. */
export async function loadManagerAgrees(trx: Trx, today: string): Promise<ManagerAgrees> {
  const { rows } = await sql<{ value: unknown }>`
    select value from authority_setting where key = ${MANAGER_AGREES}
      and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    order by id desc limit 1`.execute(trx)
  const value = rows[0]?.value ?? 'final'
  const known = MANAGER_AGREES_CHOICES.find((one) => one === value)
  if (!known) throw new Error(`The setting ${MANAGER_AGREES} is ${JSON.stringify(value)}`)
  return known
}
