import { createHash } from 'node:crypto'
import type { CaseEventRow } from '../../../db/case-history/index.ts'
import { date, type Fact, type FactKind, isFactKind, parseFact } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { assessmentStage, isOver } from '../../../record/stage.ts'
import { type CaseFile, impossibleOf, linesOf, type StepFact, withFacts } from '../the-case/index.ts'
import type { Correction } from './form.ts'

export const GONE =
  'This line is not on this case, or has already been corrected. Go back to the case and choose it again.'

export interface Standing {
  readonly row: CaseEventRow
  readonly fact: Fact
  readonly kind: FactKind
}

/** A note or another line no clock turns on: it can only be struck out. */
export const findOther = (file: CaseFile, eventId: string | undefined): CaseEventRow | undefined => {
  const row = file.history.find((one) => one.id === eventId && one.process_id === file.process.id)
  return row &&
    (row.kind === 'note_added' || row.kind === 'panel_date_set') &&
    !file.history.some((one) => one.supersedes === row.id)
    ? row
    : undefined
}

/** The line to be corrected, if it still stands and belongs to this case. */
export function findStanding(file: CaseFile, eventId: string | undefined): Standing | undefined {
  const row = file.history.find((one) => one.id === eventId && one.process_id === file.process.id)
  const fact = file.ownFacts.find((one) => one.id === eventId)
  return row && fact && isFactKind(row.kind) ? { row, fact, kind: row.kind } : undefined
}

/** The fact as it would be after a correction of its date or details. */
export function correctedFact(
  file: CaseFile,
  { row, kind }: Standing,
  answer: Extract<Correction, { what: 'change' }>,
): StepFact {
  const payload: Record<string, unknown> = { ...(row.payload as Record<string, unknown>) }
  for (const [name, value] of Object.entries(answer.details)) payload[name] = value
  // A claim that has changed has not been approved as it now is.
  if (kind === 'exception_claimed') {
    payload['approvedBy'] = null
    payload['claim'] = linesOf(file.history, row.id).at(-1)?.id ?? row.id
  }
  return { kind, on: answer.on ?? row.happened_on, field: 'on', payload, supersedes: row.id, why: answer.why }
}

export const sealOf = (answer: Correction): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...answer, confirmed: '' }))
    .digest('hex')
    .slice(0, 32)

/** Facts after the correction. */
export function factsAfter(file: CaseFile, standing: Standing, answer: Correction): readonly Fact[] {
  return answer.what === 'mistake'
    ? file.ownFacts.filter((fact) => fact.id !== standing.row.id)
    : withFacts(file, [correctedFact(file, standing, answer)])
}

/** Is the assessment over, and would it be open with these facts in place of its own? */
export const opensAgain = (file: CaseFile, facts: readonly Fact[], today: string): boolean =>
  file.process.kind === 'assessment' &&
  file.process.closedOn !== null &&
  !isOver(assessmentStage(facts, date(today)))

/** What was told, without the marks a correction itself leaves on a claim. */
const toldBy = (payload: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.entries(payload)
      .filter(([name]) => name !== 'claim' && name !== 'approvedBy')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

export function problemsOf(
  file: CaseFile,
  standing: Standing,
  answer: Correction,
  today: string,
): readonly FieldError[] {
  if (answer.what === 'mistake') {
    if (standing.kind === 'final_issued')
      return [
        {
          field: 'what',
          text: 'The final plan began the life of a plan, so it cannot be taken back here. Correct its date, or ask your data officer',
        },
      ]
    return impossibleOf(file, [], today, [standing.row.id]).map((error) => ({
      field: 'what',
      text: `It cannot be taken back while later facts rest on it: ${error.text}. Correct those first`,
    }))
  }
  const fact = correctedFact(file, standing, answer)
  const cleaned = Object.fromEntries(
    Object.entries(fact.payload ?? {}).filter(([, value]) => value !== null && value !== ''),
  )
  const parsed = parseFact({ ...cleaned, kind: fact.kind, on: fact.on })
  if (!parsed.ok)
    return [{ field: parsed.field === 'on' ? 'on' : `detail-${parsed.field}`, text: parsed.reason }]
  if (
    fact.on === standing.row.happened_on &&
    toldBy(cleaned) === toldBy(standing.row.payload as Record<string, unknown>)
  )
    return [{ field: 'on', text: 'Nothing would change: enter the right date or details' }]
  return impossibleOf(file, [fact], today).map((error) => ({ field: 'on', text: error.text }))
}
