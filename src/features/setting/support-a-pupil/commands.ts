import { sql } from 'kysely'
import type { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import type { CommandResult, SignedIn } from '../../../platform/routes.ts'
import { ourSettings, refusedFor, STALE } from '../the-setting/index.ts'
import type { detailsForm, meetingForm, PlanGiven, ReviewGiven, startForm } from './form.ts'
import { findPupil, type PupilRecord } from './queries.ts'

export interface SupportRun {
  readonly trx: Trx
  readonly today: string
  readonly viewer: SignedIn
  readonly changed: (childId: string) => void
}

/** Two people about one pupil take turns. */
const takeTurns = (trx: Trx, about: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`support:${about}`}, 15))`.execute(trx)

const tellLog = (run: SupportRun, record: PupilRecord): void => {
  if (record.pupil.childId !== null) run.changed(record.pupil.childId)
}

/** Puts a pupil on SEN support: the setting's own record, tied to the council's child only when the child is on roll here. */
export async function startSupport(
  run: SupportRun,
  given: z.output<typeof startForm>,
  childId: string | null,
): Promise<CommandResult> {
  const { trx, today, viewer } = run
  if (!(await ourSettings(trx)).some((one) => one.urn === given.setting))
    return refusedFor('setting', 'Choose one of the settings you work at')
  if (given.bornOn > today) return refusedFor('bornOn', 'The date of birth must be in the past')
  if (given.supportFrom > today)
    return refusedFor('supportFrom', 'The day SEN support began must be today or earlier')
  if (given.supportFrom < given.bornOn)
    return refusedFor('supportFrom', 'SEN support cannot begin before the pupil was born: check both dates')
  await takeTurns(trx, `${given.setting}:${given.bornOn}`)
  const { rows } = await sql<{ id: string }>`
    select id from pupil where setting_urn = ${given.setting} and (child_id = ${childId}::uuid
      or (date_of_birth = ${given.bornOn}::date and lower(family_name) = lower(${given.familyName}) and lower(given_name) = lower(${given.givenName})))`.execute(
    trx,
  )
  if (rows[0])
    return {
      ok: true,
      redirect: `/setting/support/${rows[0].id}`,
      notice: 'This pupil is on your list already.',
    }
  const pupil = await trx
    .insertInto('pupil')
    .values({
      setting_urn: given.setting,
      child_id: childId,
      given_name: given.givenName,
      family_name: given.familyName,
      date_of_birth: given.bornOn,
      parent_name: given.parentName,
      parent_contact: given.parentContact,
      support_from: given.supportFrom,
      recorded_by: viewer.accountId,
      recorded_on: today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (childId !== null) run.changed(childId)
  return {
    ok: true,
    redirect: `/setting/support/${pupil.id}`,
    notice: 'SEN support is begun. Write the first round: assess and plan.',
  }
}

/** Keeps the open round as typed, or opens the next. Undefined when there is no such pupil. */
export async function keepRound(
  run: SupportRun,
  pupilId: string,
  given: PlanGiven,
  opened: { readonly number: number; readonly version: number },
): Promise<CommandResult | undefined> {
  const { trx, viewer } = run
  await takeTurns(trx, pupilId)
  const record = await findPupil(trx, run, { id: pupilId })
  if (!record) return undefined
  if (record.pupil.supportTo !== null)
    return refusedFor('', 'SEN support has ended for this pupil. Begin it again before you write a new round')
  const last = record.cycles[0]
  const open = last && last.reviewedOn === null ? last : undefined
  const number = open?.number ?? (last?.number ?? 0) + 1
  if (opened.number !== number || opened.version !== (open?.version ?? 0)) return refusedFor('', STALE)
  if (last && !open && given.startedOn < last.startedOn)
    return refusedFor('startedOn', 'This round cannot begin before the one before it')
  const values = {
    need_types: [...given.needTypes],
    needs: given.needs,
    child_views: given.childViews,
    parent_views: given.parentViews,
    outcomes: JSON.stringify(given.outcomes),
    provision: JSON.stringify(given.provision),
    review_on: given.reviewOn,
    updated_by: viewer.accountId,
    updated_at: sql<string>`now()`,
  }
  if (open)
    await trx
      .updateTable('support_cycle')
      .set({ ...values, version: open.version + 1 })
      .where('id', '=', open.id)
      .execute()
  else
    await trx
      .insertInto('support_cycle')
      .values({ ...values, pupil_id: pupilId, number, started_on: given.startedOn })
      .execute()
  tellLog(run, record)
  return { ok: true, redirect: `/setting/support/${pupilId}`, notice: `Round ${number} is saved.` }
}

/** Reviews the open round: what was reached, what it did, what next. It is not changed after that. */
export async function reviewRound(
  run: SupportRun,
  pupilId: string,
  given: ReviewGiven,
  version: number,
): Promise<CommandResult | undefined> {
  const { trx, viewer } = run
  await takeTurns(trx, pupilId)
  const record = await findPupil(trx, run, { id: pupilId })
  const open = record?.cycles[0]
  if (!record || !open) return undefined
  if (open.reviewedOn !== null)
    return refusedFor('', 'This round has been reviewed already. What you typed is kept below')
  if (open.version !== version) return refusedFor('', STALE)
  await trx
    .updateTable('support_cycle')
    .set({
      outcomes: JSON.stringify(open.outcomes.map((one, at) => ({ ...one, result: given.results[at] ?? '' }))),
      provision: JSON.stringify(
        open.provision.map((one, at) => ({ ...one, effect: given.effects[at] ?? '' })),
      ),
      reviewed_on: given.reviewedOn,
      effect: given.effect,
      views_after: given.viewsAfter,
      next_step: given.nextStep,
      version: open.version + 1,
      updated_by: viewer.accountId,
      updated_at: sql<string>`now()`,
    })
    .where('id', '=', open.id)
    .execute()
  if (given.nextStep === 'end-support')
    await trx
      .updateTable('pupil')
      .set({ support_to: given.reviewedOn, version: record.pupil.version + 1 })
      .where('id', '=', pupilId)
      .execute()
  tellLog(run, record)
  const next = {
    'another-cycle': {
      redirect: `/setting/support/${pupilId}/plan`,
      notice: 'The review is saved. Plan the next round.',
    },
    'ask-a-specialist': {
      redirect: `/setting/support/${pupilId}/ask`,
      notice: 'The review is saved. Ask the specialists of the locality team.',
    },
    'request-assessment': {
      redirect: `/setting/support/${pupilId}/request`,
      notice: 'The review is saved. Everything recorded here becomes the evidence of your request.',
    },
    'end-support': {
      redirect: `/setting/support/${pupilId}`,
      notice: 'The review is saved. SEN support has ended.',
    },
  }[given.nextStep]
  return { ok: true, ...next }
}

export async function recordMeeting(
  run: SupportRun,
  pupilId: string,
  given: z.output<typeof meetingForm>,
): Promise<CommandResult | undefined> {
  const record = await findPupil(run.trx, run, { id: pupilId })
  if (!record) return undefined
  if (given.metOn > run.today) return refusedFor('metOn', 'The day you met must be today or earlier')
  await run.trx
    .insertInto('support_meeting')
    .values({
      pupil_id: pupilId,
      met_on: given.metOn,
      who: given.who,
      said: given.said,
      recorded_by: run.viewer.accountId,
    })
    .execute()
  tellLog(run, record)
  return { ok: true, redirect: `/setting/support/${pupilId}`, notice: 'The meeting is recorded.' }
}

/** The parents' details, and the day a pupil left: from that day nobody at the setting sees the record. */
export async function changeDetails(
  run: SupportRun,
  pupilId: string,
  given: z.output<typeof detailsForm>,
  version: number,
): Promise<CommandResult | undefined> {
  const { trx, today } = run
  const record = await findPupil(trx, run, { id: pupilId })
  if (!record) return undefined
  if (record.pupil.version !== version) return refusedFor('', STALE)
  if (given.leftOn !== null && given.leftOn > today)
    return refusedFor('leftOn', 'The day the pupil left must be today or earlier')
  await trx
    .updateTable('pupil')
    .set({
      parent_name: given.parentName,
      parent_contact: given.parentContact,
      version: version + 1,
    })
    .where('id', '=', pupilId)
    .execute()
  if (given.leftOn !== null)
    await sql`select pupil_left(${pupilId}::uuid, ${given.leftOn}::date)`.execute(trx)
  tellLog(run, record)
  return given.leftOn === null
    ? { ok: true, redirect: `/setting/support/${pupilId}`, notice: 'Saved.' }
    : { ok: true, redirect: '/setting/pupils', notice: 'Saved. The pupil is no longer on your list.' }
}
