import { type CaseEventRow, recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { computeDeadlines, date, type Fact, type FactKind, parseFact, shortDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { findImpossible } from '../../../record/order-of-facts.ts'
import { tellTheFamily } from '../../family/tell-the-family/index.ts'
import type { StepRun } from './case-step.tsx'
import type { CaseFile } from './load-case.ts'

/** A fact a step wants to record, and the field its date was typed in. */
export interface StepFact {
  readonly kind: FactKind
  readonly on: string
  readonly field: string
  readonly payload?: Readonly<Record<string, unknown>>
  readonly why?: string | null
  readonly onBehalfOf?: string | null
  readonly supersedes?: string
}

export type Recorded =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

const asFact = (file: CaseFile, fact: StepFact): Fact => {
  const payload = Object.fromEntries(
    Object.entries(fact.payload ?? {}).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    ),
  )
  const parsed = parseFact({ ...payload, kind: fact.kind, on: fact.on, process: file.process.id })
  if (!parsed.ok) throw new Error(`${fact.kind}: ${parsed.field}: ${parsed.reason}`)
  return parsed.fact
}

/** The facts of the case as they would be with these added. */
export const withFacts = (file: CaseFile, added: readonly StepFact[]): readonly Fact[] => {
  const replaced = new Set(added.flatMap((fact) => fact.supersedes ?? []))
  return [
    ...file.ownFacts.filter((fact) => !fact.id || !replaced.has(fact.id)),
    ...added.map((fact) => asFact(file, fact)),
  ]
}

/**
 * What would be impossible with these facts added, as messages beside the fields; none when nothing is. Late is never
 * impossible, and what was already wrong before is for its own correction.
 * @param gone events taken away as mistakes
 */
export function impossibleOf(
  file: CaseFile,
  added: readonly StepFact[],
  today: string,
  gone: readonly string[] = [],
): readonly FieldError[] {
  const wrongBefore = new Set(
    findImpossible(file.ownFacts, date(today), file.process.kind).map((one) => one.fact.id),
  )
  const found = findImpossible(
    withFacts(file, added).filter((fact) => !fact.id || !gone.includes(fact.id)),
    date(today),
    file.process.kind,
  ).find((one) => one.fact.id === undefined || !wrongBefore.has(one.fact.id))
  if (!found) return []
  const which =
    added.find((one) => one.kind === found.fact.kind && date(one.on) === found.fact.on) ?? added[0]
  return [{ field: which?.field ?? '', text: found.words }]
}

/** Records facts on the case, in order, unless one of them could not have happened then. */
export async function recordOnCase(
  run: Pick<StepRun, 'trx' | 'file' | 'today' | 'by'>,
  facts: readonly StepFact[],
): Promise<Recorded> {
  const errors = impossibleOf(run.file, facts, run.today)
  if (errors.length > 0) return { ok: false, errors }
  const ids: string[] = []
  for (const fact of facts) {
    const id = await recordEvent(run.trx, {
      childId: run.file.child.id,
      processId: run.file.process.id,
      kind: fact.kind,
      on: fact.on,
      today: run.today,
      by: run.by,
      payload: fact.payload ?? {},
      why: fact.why ?? null,
      onBehalfOf: fact.onBehalfOf ?? null,
      ...(fact.supersedes ? { supersedes: fact.supersedes } : {}),
    })
    ids.push(id)
    // A correction is told by the person who makes it, in their own words: the first message cannot be taken back.
    if (!fact.supersedes)
      await tellTheFamily(run.trx, {
        childId: run.file.child.id,
        processId: run.file.process.id,
        eventId: id,
        kind: fact.kind,
        today: run.today,
      })
  }
  return { ok: true, ids }
}

/** A line with those it corrected, newest first; none when there is no such line. */
export function linesOf(history: readonly CaseEventRow[], eventId: string): readonly CaseEventRow[] {
  const lines: CaseEventRow[] = []
  for (let id: string | null = eventId; id !== null; ) {
    const line = history.find((one) => one.id === id)
    if (!line) break
    lines.push(line)
    id = line.supersedes
  }
  return lines
}

/** The day the clock of this assessment started: its earliest request. */
export const requestOf = (file: CaseFile): Fact | undefined =>
  file.ownFacts
    .filter((fact) => fact.kind === 'request_received' || fact.kind === 'needs_brought_to_attention')
    .toSorted((a, b) => a.on - b.on)[0]

/** How a date stands against its limit, for the notice after recording: nothing when it is in time. */
export function lateWords(file: CaseFile, added: readonly StepFact[], rule: string, today: string): string {
  const deadline = computeDeadlines(withFacts(file, added), {
    asAt: date(today),
    rules: new Set([rule]),
  }).find((one) => one.rule === rule && one.doneOn !== null)
  if (!deadline || deadline.dueOn === null || !deadline.daysLate) return ''
  const lifted = deadline.status === 'met_late_limit_lifted' ? ' The limit was lifted by an exception.' : ''
  return ` It was due by ${shortDate(deadline.dueOn)}, so it is recorded as ${deadline.daysLate} ${deadline.daysLate === 1 ? 'day' : 'days'} late.${lifted}`
}

/** Is there another open assessment of the child? Two cannot be open at once (U-21). */
export async function otherOpenAssessment(trx: Trx, file: CaseFile): Promise<string | null> {
  const row = await trx
    .selectFrom('process')
    .select('reference')
    .where('child_id', '=', file.child.id)
    .where('kind', '=', 'assessment')
    .where('closed_on', 'is', null)
    .where('id', '!=', file.process.id)
    .executeTakeFirst()
  return row?.reference ?? null
}
