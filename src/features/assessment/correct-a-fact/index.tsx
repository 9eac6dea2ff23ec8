import { recordEvent } from '../../../db/case-history/index.ts'
import { ATTRIBUTES, FACT_SPECIFICATIONS } from '../../../law/index.ts'
import type { Context } from '../../../platform/routes.ts'
import { eventLabel } from '../../../record/casework-events.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'
import { dateParts } from '../../../ui/fields/index.ts'
import {
  type CaseFile,
  caseStep,
  otherOpenAssessment,
  recordOnCase,
  type StepResult,
  type StepRun,
} from '../the-case/index.ts'
import {
  correctedFact,
  factsAfter,
  findOther,
  findStanding,
  GONE,
  opensAgain,
  problemsOf,
  sealOf,
} from './correction.ts'
import { type Correction, correctable, correctionForm, fieldOf } from './form.ts'
import { questions } from './questions.tsx'
import { keepTablesTrue } from './tables.ts'

async function carryOut(run: StepRun, answer: Correction): Promise<StepResult> {
  const { file, trx, today } = run
  const note = findOther(file, run.context.params['eventId'])
  if (note) {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'fact_withdrawn',
      on: note.happened_on,
      today,
      by: run.by,
      supersedes: note.id,
      why: answer.why,
      payload: { kind: note.kind },
    })
    return { ok: true, notice: `“${eventLabel(note.kind)}” is struck out.` }
  }
  const standing = findStanding(file, run.context.params['eventId'])
  if (!standing) return { ok: false, errors: [{ field: '', text: GONE }] }
  const errors = problemsOf(file, standing, answer, today)
  if (errors.length > 0) return { ok: false, errors }
  const other = opensAgain(file, factsAfter(file, standing, answer), today)
    ? await otherOpenAssessment(trx, file)
    : null
  if (other !== null)
    return {
      ok: false,
      errors: [
        {
          field: answer.what === 'mistake' ? 'what' : 'on',
          text: `This would open the assessment again, and ${other} is open: a child has one open assessment at a time. Close ${other} first, or correct it there`,
        },
      ],
    }
  // First the dates before and after are shown; what is confirmed must be what was shown.
  if (answer.confirmed !== sealOf(answer)) return { ok: false, errors: [] }
  if (answer.what === 'mistake') {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'fact_withdrawn',
      on: standing.row.happened_on,
      today,
      by: run.by,
      supersedes: standing.row.id,
      why: answer.why,
      payload: { kind: standing.kind },
    })
    await keepTablesTrue(trx, file, standing.fact, null, { id: null, today })
    return {
      ok: true,
      notice: `“${FACT_SPECIFICATIONS[standing.kind].label}” is struck out as recorded by mistake.`,
    }
  }
  const fact = correctedFact(file, standing, answer)
  const recorded = await recordOnCase(run, [fact])
  if (!recorded.ok) return recorded
  await keepTablesTrue(trx, file, standing.fact, fact, { id: recorded.ids[0]!, today })
  const wasApproved = standing.kind === 'exception_claimed' && standing.fact.approvedBy !== undefined
  return {
    ok: true,
    notice: `“${FACT_SPECIFICATIONS[standing.kind].label}” is corrected.${wasApproved ? ' The exception must be approved again.' : ''}`,
  }
}

function start(file: CaseFile, _today: string, context: Context): Readonly<Record<string, string>> {
  const standing = findStanding(file, context.params['eventId'])
  if (!standing) return {}
  const payload = standing.row.payload as Record<string, unknown>
  return {
    ...dateParts('on', standing.row.happened_on),
    ...(Object.assign(
      {},
      ...correctable(standing.kind).map((name): Record<string, string> => {
        const value = payload[name]
        const attribute = ATTRIBUTES[name]
        if (attribute.type === 'date')
          return dateParts(fieldOf(name), typeof value === 'string' ? value : null)
        if (typeof value === 'boolean') return { [fieldOf(name)]: value ? 'yes' : 'no' }
        return typeof value === 'string' ? { [fieldOf(name)]: value } : {}
      }),
    ) as Record<string, string>),
  }
}

export const routes = caseStep<Correction>({
  slug: 'correct-a-fact/:eventId',
  title: () => 'Correct what was recorded',
  kinds: ['assessment', 'plan'],
  stages: Object.keys(STAGE_LABELS) as AssessmentStage[],
  schema: correctionForm,
  dates: [
    'on',
    ...Object.entries(ATTRIBUTES)
      .filter(([, attribute]) => attribute.type === 'date')
      .map(([name]) => `detail-${name}`),
  ],
  start,
  questions,
  button: 'Correct it',
  carryOut,
})
