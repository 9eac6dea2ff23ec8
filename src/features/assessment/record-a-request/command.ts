import { sql } from 'kysely'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { LetterRefused, sendLetters } from '../../../documents/letters/index.ts'
import type { CommandResult, FieldError } from '../../../platform/routes.ts'
import { tellTheFamily } from '../../family/tell-the-family/index.ts'
import { type Effect, effectName, effectOf, factKind, factPayload, noteWords } from './effect.ts'
import {
  findCandidates,
  type HeldChild,
  listCaseworkers,
  listLocalities,
  loadHeldChild,
  workOutLocality,
} from './queries.ts'
import { ASK_WHICH_CHILD, childProblem, isExisting } from './which-child.ts'
import { addPeople, barredAgain, fillGaps, nextNumber, type RecordRun, registerChild } from './write-child.ts'

/** The field of a refusal that sends the officer back to the check page. */
export const CHECK_AGAIN = 'effect'

const refuse = (field: string, text: string): CommandResult => ({ ok: false, errors: [{ field, text }] })

/** Nobody else registers a child while duplicates are looked for and the record is made. */
const REGISTER_A_CHILD = 7_305_202

/**
 * Records a request: the child when new, the people, the assessment when there is none open, the fact with its true date,
 * and the letters. Everything or nothing.
 */
export async function recordRequest(run: RecordRun): Promise<CommandResult> {
  const { trx, given, today, viewer } = run
  await sql`select pg_advisory_xact_lock(${REGISTER_A_CHILD})`.execute(trx)
  const refused = (await refuseUnanswered(run)) ?? (await refuseUnknownChoices(run))
  if (refused) return refused
  const isHeld = isExisting(run.choice)
  if (isHeld) await lockChildren(trx, [run.choice.sameAs])
  const held = isHeld ? await loadHeldChild(trx, run.choice.sameAs) : undefined
  if (isHeld && !held)
    return refuse(ASK_WHICH_CHILD, 'That child’s record can no longer be opened. Choose again')
  const effect = effectOf(held, given.askedBy)
  if (effectName(effect) !== run.effectShown)
    return refuse(
      CHECK_AGAIN,
      'Somebody else has recorded something about this child since you opened this page. What will happen has changed: check it again below',
    )
  const barred = await barredAgain(run, held)
  if (barred.length > 0) return { ok: false, errors: barred }
  const localityId =
    given.localityId ??
    held?.localityId ??
    (await workOutLocality(trx, given.postcode, given.settingUrn)) ??
    viewer.localityId
  const childId = held?.id ?? (await registerChild(run, localityId))
  if (held) await fillGaps(run, held)
  const added = await addPeople(run, childId, held)
  if (held && added.length > 0)
    await recordEvent(trx, {
      childId,
      processId: null,
      kind: 'child_details_changed',
      on: today,
      today,
      by: viewer.accountId,
      payload: { peopleAdded: added },
      why: 'Named in a request',
    })
  const { processId, reference } = await openProcess(run, effect, childId, localityId)
  const kind = factKind(effect, given.askedBy)
  const eventId = await recordEvent(trx, {
    childId,
    processId,
    on: given.receivedOn,
    today,
    by: viewer.accountId,
    onBehalfOf: given.askerName,
    ...(kind === undefined
      ? { kind: 'note_added' as const, payload: { note: noteWords(given) } }
      : {
          kind,
          payload: { ...factPayload(given, given.settingUrn), online: run.onlineReference ?? null },
        }),
  })
  const problem = await tellThem(run, effect, { childId, processId, reference, held })
  if (problem) return refuse('tellThem', problem)
  const refusedAlso = await run.alsoWrite?.({ childId, processId, eventId })
  if (refusedAlso) return refusedAlso
  await refreshChild(trx, childId, today)
  run.changed(childId)
  if (kind !== undefined) await tellTheFamily(trx, { childId, processId, eventId, kind, today })
  return {
    ok: true,
    redirect:
      effect.kind === 're-assessment' || effect.kind === 'note-on-plan'
        ? `/staff/children/${childId}`
        : `/staff/cases/${processId}`,
    notice: NOTICES[effect.kind](reference),
  }
}

const NOTICES: Readonly<Record<Effect['kind'], (reference: string) => string>> = {
  'new-child': (reference) => `Request recorded. The case is ${reference}.`,
  'new-assessment': (reference) => `Request recorded. The case is ${reference}.`,
  joins: (reference) => `Request recorded on the open assessment, ${reference}.`,
  're-assessment': (reference) => `Request to re-assess recorded on plan ${reference}.`,
  'note-on-plan': (reference) => `Recorded on plan ${reference}. No clock has started.`,
}

async function refuseUnanswered({ trx, given, choice }: RecordRun): Promise<CommandResult | undefined> {
  const problem = childProblem(await findCandidates(trx, given), choice)
  return problem && { ok: false, errors: [problem] }
}

async function refuseUnknownChoices({ trx, given, today }: RecordRun): Promise<CommandResult | undefined> {
  if (
    given.assignedTo !== null &&
    !(await listCaseworkers(trx, today)).some((person) => person.id === given.assignedTo)
  )
    return refuse('assignedTo', 'Choose a coordinator from the list')
  if (
    given.localityId !== null &&
    !(await listLocalities(trx)).some((locality) => locality.id === given.localityId)
  )
    return refuse('localityId', 'Choose a locality from the list')
  return undefined
}

async function openProcess(
  run: RecordRun,
  effect: Effect,
  childId: string,
  localityId: string | null,
): Promise<{ processId: string; reference: string }> {
  const { trx, given, today, viewer } = run
  if ('processId' in effect) {
    if (
      effect.kind === 'joins' &&
      effect.held.openAssessment &&
      given.receivedOn < effect.held.openAssessment.openedOn
    )
      await trx
        .updateTable('process')
        .set({ opened_on: given.receivedOn })
        .where('id', '=', effect.processId)
        .execute()
    return effect
  }
  const reference = `A-${given.receivedOn.slice(0, 4)}-${await nextNumber(trx)}`
  const process = await trx
    .insertInto('process')
    .values({
      reference,
      child_id: childId,
      kind: 'assessment',
      state: 'deciding-whether-to-assess',
      opened_on: given.receivedOn,
      source: given.askedBy,
      assigned_to: given.assignedTo,
      locality_id: localityId,
      setting_urn: given.settingUrn ?? ('held' in effect ? effect.held.settingUrn : null),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (given.assignedTo !== null) {
    const name = (await listCaseworkers(trx, today)).find((person) => person.id === given.assignedTo)?.name
    await recordEvent(trx, {
      childId,
      processId: process.id,
      kind: 'case_assigned',
      on: today,
      today,
      by: viewer.accountId,
      payload: { to: given.assignedTo, name },
    })
  }
  return { processId: process.id, reference }
}

interface Recorded {
  readonly childId: string
  readonly processId: string
  readonly reference: string
  readonly held: HeldChild | undefined
}

/** Tells the family and those the law names that an assessment is being considered (CFA 2014 s.36(7), reg 4(2)). */
async function tellThem(
  { trx, given, today, viewer }: RecordRun,
  effect: Effect,
  recorded: Recorded,
): Promise<string | undefined> {
  if (given.tellThem !== 'now' || (effect.kind !== 'new-child' && effect.kind !== 'new-assessment'))
    return undefined
  const { childId, processId, reference, held } = recorded
  const eventId = await recordEvent(trx, {
    childId,
    processId,
    kind: 'considering_assessment_notified',
    on: today,
    today,
    by: viewer.accountId,
  })
  try {
    await sendLetters(trx, {
      childId,
      processId,
      eventId,
      kind: 'considering-assessment',
      on: today,
      how: 'post',
      by: viewer.accountId,
      today,
      details: { receivedOn: given.receivedOn },
      file: {
        process: { reference },
        child: {
          name: held?.name ?? `${given.givenName} ${given.familyName}`,
          givenName: held?.givenName ?? given.givenName,
        },
      },
    })
    return undefined
  } catch (error) {
    if (error instanceof LetterRefused) return `${error.message} Or choose to write to them later.`
    throw error
  }
}

/** What the database refused, in words, when two officers met or a number is on a record this officer cannot see. */
export function databaseRefusal(error: unknown): readonly FieldError[] | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code === '42501')
    return [
      {
        field: '',
        text: 'Your role reaches only some of the authority’s children, and a new child is not yet among them. Ask your manager to record this request. Nothing was recorded',
      },
    ]
  if (code !== '23505') return undefined
  switch (constraint) {
    case 'child_upn_key':
      return [
        {
          field: 'upn',
          text: 'This UPN is on another child’s record, which you may not be able to see. Check it with the school, or leave it empty and ask your manager',
        },
      ]
    case 'child_nhs_number_key':
      return [
        {
          field: 'nhsNumber',
          text: 'This NHS number is on another child’s record, which you may not be able to see. Check it, or leave it empty and ask your manager',
        },
      ]
    case 'one_open_assessment':
      return [
        {
          field: CHECK_AGAIN,
          text: 'Somebody else has just opened an assessment for this child. Check again below what recording this request will do',
        },
      ]
    default:
      return undefined
  }
}
