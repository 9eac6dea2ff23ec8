import { z } from 'zod'
import { lockChildren } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { choice, optionalDate, optionalText, parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { loadCase } from '../../assessment/the-case/index.ts'
import { findPlan, loadParts } from '../the-plan/index.ts'
import { keepNotes, wasAskedFor } from './command.ts'
import { HELD, type How, type KeptMeeting, MeetingsPage, meetingsAddress, NotesPage } from './page.tsx'

const MISSING: Answer = { missing: true }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function load(trx: Trx, id: string) {
  const plan = UUID.test(id) ? await findPlan(trx, id) : undefined
  const file = plan && (await loadCase(trx, plan.processId))
  if (!plan || !file) return undefined
  return { plan, file, parts: await loadParts(trx, plan.id) }
}

const read = <T,>(context: Context, more: (trx: Trx, planId: string) => Promise<T>) =>
  context.read('meetings about a plan', async (trx, saw) => {
    const found = await load(trx, context.params['planId'] ?? '')
    if (!found) return undefined
    saw(found.plan.child.id)
    return { ...found, more: await more(trx, found.plan.id) }
  })

async function findKept(trx: Trx, planId: string): Promise<readonly KeptMeeting[]> {
  const rows = await trx
    .selectFrom('plan_meeting as m')
    .leftJoin('account as a', 'a.id', 'm.recorded_by')
    .selectAll('m')
    .select('a.name')
    .where('m.plan_id', '=', planId)
    .orderBy('m.held_on', 'desc')
    .orderBy('m.recorded_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    heldOn: row.held_on,
    how: row.how as How,
    present: row.present,
    notes: row.notes,
    agreed: row.agreed,
    notAgreed: row.not_agreed,
    partIds: row.part_ids,
    by: row.name,
    recordedOn: row.recorded_on,
  }))
}

async function list(context: Context): Promise<Answer> {
  const found = await read(context, findKept)
  if (!found) return MISSING
  const { plan, parts } = found
  return {
    page: {
      title: `Meetings about the plan: ${plan.child.name}`,
      backLink: { href: `/staff/plans/${plan.id}`, text: 'The plan' },
      main: (
        <MeetingsPage
          plan={plan}
          parts={parts}
          meetings={found.more}
          mayAct={plan.endedOn === null && caseworkers.includes(viewerOf(context).role)}
        />
      ),
    },
  }
}

async function ask(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context, async () => undefined)
  if (found?.plan.endedOn !== null) return MISSING
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: `Notes of a meeting: ${found.plan.child.name}`,
      backLink: { href: meetingsAddress(found.plan.id), text: 'Meetings about the plan' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <NotesPage
          plan={found.plan}
          parts={found.parts}
          asksWhenAsked={!wasAskedFor(found.file)}
          form={form}
          csrfToken={viewerOf(context).csrfToken}
        />
      ),
    },
  }
}

const formOn = (today: string) =>
  z
    .object({
      heldOn: plainDate('the day of the meeting').refine(
        (day) => day <= today,
        'The day of the meeting must be today or in the past: notes are of what was said',
      ),
      askedOn: optionalDate('the day the family asked for it'),
      how: choice(Object.keys(HELD) as [How, ...How[]], 'Choose how you met'),
      present: text('Enter who was there', { max: 1000 }),
      notes: optionalText({ max: 40_000 }),
      agreed: optionalText({ max: 40_000 }),
      notAgreed: optionalText({ max: 40_000 }),
    })
    .superRefine((typed, context) => {
      if (typed.askedOn !== null && typed.askedOn > typed.heldOn)
        context.addIssue({
          code: 'custom',
          path: ['askedOn'],
          message: 'The day they asked must be on or before the day of the meeting',
        })
      if (!typed.notes && !typed.agreed && !typed.notAgreed)
        context.addIssue({
          code: 'custom',
          path: ['notes'],
          message: 'Write what was said, what was agreed, or what was not',
        })
    })

async function keep(context: Context): Promise<Answer> {
  const again = (errors: readonly FieldError[]) =>
    ask(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(formOn(context.today), context.form)
  if (!parsed.ok) return again(parsed.errors)
  const typed = parsed.value
  let isMissing = false
  const result = await context.command('kept notes of a meeting about a plan', async (trx, changed) => {
    const seen = await load(trx, context.params['planId'] ?? '')
    if (seen) await lockChildren(trx, [seen.plan.child.id])
    const found = seen && (await load(trx, seen.plan.id))
    if (found?.plan.endedOn !== null) {
      isMissing = true
      return { ok: false, errors: [{ field: '', text: 'The plan has ended' }] }
    }
    const chosen = new Set(context.formAll('partIds'))
    const errors = await keepNotes(
      trx,
      found.plan,
      found.file,
      {
        ...typed,
        notes: typed.notes ?? '',
        agreed: typed.agreed ?? '',
        notAgreed: typed.notAgreed ?? '',
        // Of this plan, and of nothing else.
        partIds: found.parts.map((part) => part.partId).filter((id) => chosen.has(id)),
      },
      { accountId: viewerOf(context).accountId, today: context.today },
    )
    if (errors.length > 0) return { ok: false, errors }
    changed(found.plan.child.id)
    return {
      ok: true,
      redirect: meetingsAddress(found.plan.id),
      notice: 'The notes are kept, and the family reads them beside the plan.',
    }
  })
  if (result.ok) return result
  return isMissing ? MISSING : again(result.errors)
}

const readers = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const
export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/plans/:planId/meetings', access: readers, touches: 'children', handle: list },
  {
    method: 'GET',
    url: '/staff/plans/:planId/meetings/new',
    access: writers,
    touches: 'children',
    handle: (context) => ask(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/meetings/new',
    access: writers,
    touches: 'children',
    handle: keep,
  },
]
