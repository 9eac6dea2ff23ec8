import type { Trx } from '../../../db/viewer.ts'
import { findSentAnswers, type SentAnswer } from '../../setting/answer-a-consultation/index.ts'
import { findReleasedSchoolAdvice } from '../../setting/give-school-advice/index.ts'
import { type CaseFile, loadCase } from '../the-case/index.ts'

export interface AdviceRow {
  readonly id: string
  readonly head: string
  readonly adviser: string
  readonly asked_on: string
  readonly received_on: string | null
  readonly nothing_to_report: boolean
  readonly last_chased_on: string | null
  readonly chases: number
}
export interface ClaimRow {
  readonly id: string
  readonly ground: string
  readonly state: string
  readonly claimed_on: string
  readonly decided_on: string | null
}
export interface LetterRow {
  readonly id: string
  readonly title: string
  readonly recipient_name: string | null
  readonly sent_on: string | null
  readonly sent_how: string | null
}
export interface ProcessLink {
  readonly id: string
  readonly reference: string
  readonly kind: string
  readonly state: string
  readonly opened_on: string
  readonly closed_on: string | null
}

/** Everything the pages of a case show. */
export interface CaseRecord {
  readonly file: CaseFile
  readonly kind: 'assessment' | 'plan'
  readonly knownAs: string | null
  readonly advice: readonly AdviceRow[]
  /** What settings wrote through their own door: answers to consultations, and advice. */
  readonly settingAnswers: readonly SentAnswer[]
  readonly schoolAdvice: Awaited<ReturnType<typeof findReleasedSchoolAdvice>>
  readonly claims: readonly ClaimRow[]
  readonly letters: readonly LetterRow[]
  /** The child's other processes, newest first. */
  readonly others: readonly ProcessLink[]
  /** Names of the settings the facts speak of, by URN. */
  readonly settings: ReadonlyMap<string, string>
  /** Names of the people who recorded or decided something here. */
  readonly names: ReadonlyMap<string, string>
}

/** Reads a case by its id; undefined when there is none this viewer can see. */
export async function findCase(trx: Trx, processId: string): Promise<CaseRecord | undefined> {
  const file = await loadCase(trx, processId)
  if (!file) return undefined
  const childId = file.child.id
  const processes = await trx
    .selectFrom('process')
    .select(['id', 'reference', 'kind', 'state', 'opened_on', 'closed_on'])
    .where('child_id', '=', childId)
    .orderBy('opened_on', 'desc')
    .execute()
  const kind = processes.find((one) => one.id === processId)?.kind
  if (kind !== 'assessment' && kind !== 'plan') return undefined
  const child = await trx
    .selectFrom('child')
    .select('known_as')
    .where('id', '=', childId)
    .executeTakeFirstOrThrow()
  const advice = await trx
    .selectFrom('advice_request')
    .select([
      'id',
      'head',
      'adviser',
      'asked_on',
      'received_on',
      'nothing_to_report',
      'last_chased_on',
      'chases',
    ])
    .where('process_id', '=', processId)
    .where('withdrawn_on', 'is', null)
    .orderBy('asked_on')
    .orderBy('head')
    .execute()
  const claims = await trx
    .selectFrom('exception_claim')
    .select(['id', 'ground', 'state', 'claimed_on', 'decided_on'])
    .where('process_id', '=', processId)
    .orderBy('claimed_on')
    .execute()
  const letters = await trx
    .selectFrom('document')
    .select(['id', 'title', 'recipient_name', 'sent_on', 'sent_how'])
    .where('child_id', '=', childId)
    .where((where) => where.or([where('process_id', '=', processId), where('process_id', 'is', null)]))
    .orderBy('sent_on', 'desc')
    .orderBy('made_at', 'desc')
    .execute()
  const people = [...new Set(file.history.map((row) => row.recorded_by))]
  const accounts =
    people.length === 0
      ? []
      : await trx.selectFrom('account').select(['id', 'name']).where('id', 'in', people).execute()
  const urns = [...new Set(file.facts.flatMap((fact) => fact.setting ?? []))]
  const settings =
    urns.length === 0
      ? []
      : await trx.selectFrom('setting').select(['urn', 'name']).where('urn', 'in', urns).execute()
  return {
    file,
    kind,
    settings: new Map(settings.map((one) => [one.urn, one.name])),
    knownAs: child.known_as,
    advice,
    settingAnswers: await findSentAnswers(trx, processId),
    schoolAdvice: await findReleasedSchoolAdvice(trx, processId),
    claims,
    letters,
    others: processes.filter((one) => one.id !== processId),
    names: new Map(accounts.map((one) => [one.id, one.name])),
  }
}
