import { sql } from 'kysely'
import {
  type CaseEventRow,
  loadHistory,
  lockChildren,
  standingFacts,
} from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import type { Fact } from '../../../law/index.ts'
import type { ProcessKind } from '../../../record/process-summary.ts'
import type { AssessmentStage } from '../../../record/stage.ts'

/** A person to write to or speak with about a child. */
export interface CaseContact {
  readonly id: string
  readonly name: string
  readonly relationship: string
  readonly parentalResponsibility: boolean
  readonly restricted: boolean
  readonly restrictionNote: string | null
  readonly livesWith: boolean
  readonly email: string | null
  readonly phone: string | null
  readonly address: string
}

/** One assessment with the child it is about: everything a casework page needs, read once. */
export interface CaseFile {
  readonly process: {
    readonly id: string
    readonly reference: string
    readonly kind: ProcessKind
    /** The stage of an assessment; a plan has its own states, and no stage. */
    readonly state: AssessmentStage
    readonly openedOn: string
    readonly closedOn: string | null
    readonly version: number
    readonly assignedTo: { readonly id: string; readonly name: string } | null
    readonly source: string | null
    readonly localityName: string | null
    readonly nextRule: string | null
    readonly nextDueOn: string | null
    readonly nextActor: string | null
  }
  readonly child: {
    readonly id: string
    readonly reference: string
    readonly givenName: string
    readonly familyName: string
    readonly name: string
    readonly dateOfBirth: string
    readonly sex: string
    readonly upn: string | null
    readonly address: string
    readonly postcode: string | null
    readonly firstLanguage: string
    readonly interpreter: string | null
    readonly setting: { readonly urn: string; readonly name: string } | null
  }
  readonly contacts: readonly CaseContact[]
  readonly history: readonly CaseEventRow[]
  /** Every standing fact of the child, each with its process. */
  readonly facts: readonly Fact[]
  /** Those of this assessment. */
  readonly ownFacts: readonly Fact[]
}

const isProcessKind = (kind: string): kind is ProcessKind => kind === 'assessment' || kind === 'plan'

/** Reads an assessment, or a plan, by its id; undefined when there is none this viewer can see. */
export async function loadCase(
  trx: Trx,
  processId: string,
  options: { readonly forUpdate?: boolean } = {},
): Promise<CaseFile | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(processId)) return undefined
  if (options.forUpdate) {
    const about = await trx
      .selectFrom('process')
      .select('child_id')
      .where('id', '=', processId)
      .executeTakeFirst()
    if (!about) return undefined
    await lockChildren(trx, [about.child_id])
  }
  let query = trx.selectFrom('process').selectAll().where('id', '=', processId)
  if (options.forUpdate) query = query.forUpdate()
  const process = await query.executeTakeFirst()
  if (!process || !isProcessKind(process.kind)) return undefined
  const child = await trx
    .selectFrom('child')
    .leftJoin('setting', 'setting.urn', 'child.setting_urn')
    .selectAll('child')
    .select(['setting.name as setting_name'])
    .where('child.id', '=', process.child_id)
    .executeTakeFirstOrThrow()
  const coordinator =
    process.assigned_to === null
      ? undefined
      : await trx
          .selectFrom('account')
          .select(['id', 'name'])
          .where('id', '=', process.assigned_to)
          .executeTakeFirst()
  const locality =
    process.locality_id === null
      ? undefined
      : await trx
          .selectFrom('locality')
          .select('name')
          .where('id', '=', process.locality_id)
          .executeTakeFirst()
  const history = await loadHistory(trx, child.id)
  const facts = standingFacts(history)
  return {
    process: {
      id: process.id,
      reference: process.reference,
      kind: process.kind,
      state: process.state as AssessmentStage,
      openedOn: process.opened_on,
      closedOn: process.closed_on,
      version: process.version,
      assignedTo: coordinator ?? null,
      source: process.source,
      localityName: locality?.name ?? null,
      nextRule: process.next_rule,
      nextDueOn: process.next_due_on,
      nextActor: process.next_actor,
    },
    child: {
      id: child.id,
      reference: child.reference,
      givenName: child.given_name,
      familyName: child.family_name,
      name: `${child.given_name} ${child.family_name}`,
      dateOfBirth: child.date_of_birth,
      sex: child.sex,
      upn: child.upn,
      address: [child.address_line, child.town, child.postcode].filter(Boolean).join(', '),
      postcode: child.postcode,
      firstLanguage: child.first_language,
      interpreter: child.interpreter,
      setting:
        child.setting_urn === null
          ? null
          : { urn: child.setting_urn, name: child.setting_name ?? child.setting_urn },
    },
    contacts: await loadContacts(trx, child.id),
    history,
    facts,
    ownFacts: facts.filter((fact) => fact.process === process.id),
  }
}

/** People around a child today, those with parental responsibility first. */
export async function loadContacts(trx: Trx, childId: string): Promise<CaseContact[]> {
  const rows = await trx
    .selectFrom('child_contact')
    .innerJoin('contact', 'contact.id', 'child_contact.contact_id')
    .select([
      'contact.id',
      'contact.name',
      'relationship',
      'parental_responsibility',
      'restricted',
      'restriction_note',
      'lives_with',
      'email',
      'phone',
      'address_line',
      'town',
      'postcode',
    ])
    .where('child_id', '=', childId)
    // The authority's day, as row security and letters judge it: a relationship may have an end that is still to come.
    .where(sql<boolean>`from_on <= viewer_today() and (to_on is null or to_on > viewer_today())`)
    .orderBy('restricted')
    .orderBy('parental_responsibility', 'desc')
    .orderBy('lives_with', 'desc')
    .orderBy('contact.name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    relationship: row.relationship,
    parentalResponsibility: row.parental_responsibility,
    restricted: row.restricted,
    restrictionNote: row.restriction_note,
    livesWith: row.lives_with,
    email: row.email,
    phone: row.phone,
    address: [row.address_line, row.town, row.postcode].filter(Boolean).join(', '),
  }))
}
