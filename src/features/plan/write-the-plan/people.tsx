import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { addDays, date, iso } from '../../../law/index.ts'
import { optionalDate, parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  professionalRoles,
  type Route,
} from '../../../platform/routes.ts'
import { PLAN_SECTIONS, type PlanSection, SECTION_RULES } from '../../../record/plan/index.ts'
import { DateField, freshForm, SelectField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { findPlan } from '../the-plan/index.ts'
import { listOwn } from './own-plans.tsx'
import { captionOf, Heading, planHref, sectionsInWords } from './pages.tsx'
import { loadPlanInHand } from './queries.ts'
import { placeAt, saverOf, typedForm } from './typed-form.ts'

/** Sections somebody outside the office may be let in to: I, J and K are the council's. */
const OPEN_SECTIONS: readonly PlanSection[] = PLAN_SECTIONS.filter(
  (one) => one !== 'I' && one !== 'J' && one !== 'K',
)

const letInForm = z.object({
  account: z
    .string({ error: 'Choose who is let in' })
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'Choose who is let in'),
  sections: z
    .array(z.string())
    .optional()
    .transform((given) => OPEN_SECTIONS.filter((one) => given?.includes(one)))
    .refine((given) => given.length > 0, 'Choose at least one section'),
  lastDay: optionalDate('the last day they may write'),
})

/** Who was let in to a plan, newest first; `to_on` is the first day they no longer are. */
const loadWriters = (trx: Trx, planId: string) =>
  trx
    .selectFrom('plan_writer as w')
    .leftJoin('account as a', 'a.id', 'w.account_id')
    .leftJoin('account as g', 'g.id', 'w.given_by')
    .select([
      'w.id',
      'w.account_id',
      'a.name',
      'a.job_title',
      'w.sections',
      'w.from_on',
      'w.to_on',
      'g.name as given_by',
    ])
    .where('w.plan_id', '=', planId)
    .orderBy('w.from_on', 'desc')
    .orderBy('w.id')
    .execute()

/** Professionals with an account today. */
const loadProfessionals = (trx: Trx, today: string) =>
  trx
    .selectFrom('account')
    .select(['id', 'name', 'job_title'])
    .where('door', '=', 'professional')
    .where('active_from', '<=', today)
    .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', today)]))
    .orderBy('name')
    .execute()

async function show(context: Context, form: TypedForm): Promise<Answer> {
  const found = await context.read('plan: who writes in it', async (trx, saw) => {
    const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
    if (!hand) return undefined
    saw(hand.plan.child.id)
    return {
      hand,
      writers: await loadWriters(trx, hand.plan.id),
      professionals: await loadProfessionals(trx, context.today),
    }
  })
  if (!found) return { missing: true }
  const { hand, writers, professionals } = found
  const place = placeAt(context, true)
  const isIn = (one: (typeof writers)[number]) => one.to_on === null || one.to_on > context.today
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: `Who writes in the plan: ${captionOf(hand)}`,
      backLink: { href: planHref(place, hand.plan.id), text: 'The plan' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={form.errors} targets={{ lastDay: 'lastDay-day' }} />
            <Heading hand={hand}>Who else writes in the plan</Heading>
            <p class="govuk-body">
              Everybody in the office who keeps this child’s record writes in the plan. A health or social
              care lead, or another professional, can be let in to sections of it. They read the whole plan as
              it stands, and change only their sections.
            </p>
            {writers.length === 0 ? (
              <EmptyState title="Nobody else was let in">Let somebody in below.</EmptyState>
            ) : (
              <ul class="govuk-list app-story">
                {writers.map((one) => (
                  <li>
                    <strong>{one.name ?? 'Somebody who has left'}</strong>, {one.job_title}:{' '}
                    {sectionsInWords(one.sections)}, from {dayInWords(one.from_on)}
                    {one.to_on
                      ? isIn(one)
                        ? `, until ${dayInWords(one.to_on)}`
                        : `. Ended ${dayInWords(one.to_on)}`
                      : ''}
                    . Let in by {one.given_by ?? 'the office'}.
                    {place.mayAct && isIn(one) ? (
                      <form method="post" class="app-plan__action">
                        <HiddenFields
                          csrfToken={place.csrfToken}
                          idempotencyKey={randomUUID()}
                          hidden={{ do: 'end', writer: one.id }}
                        />
                        <button class="app-link-button" type="submit">
                          End this<span class="govuk-visually-hidden"> for {one.name}</span>
                        </button>
                      </form>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
            {place.mayAct ? (
              <form method="post" novalidate>
                <HiddenFields
                  csrfToken={place.csrfToken}
                  idempotencyKey={randomUUID()}
                  hidden={{ do: 'let-in' }}
                />
                <h2 class="govuk-heading-m">Let somebody in</h2>
                <SelectField
                  form={form}
                  name="account"
                  label="Who"
                  empty="Choose"
                  options={professionals.map((one) => ({
                    value: one.id,
                    text: `${one.name}, ${one.job_title}`,
                  }))}
                />
                <TickField
                  form={form}
                  name="sections"
                  label="Which sections may they write in?"
                  options={OPEN_SECTIONS.map((one) => ({
                    value: one,
                    text: `Section ${one}: ${SECTION_RULES[one].title}`,
                  }))}
                />
                <DateField
                  form={form}
                  name="lastDay"
                  label="Their last day (optional)"
                  hint="Left empty, until you end it or the plan ends."
                />
                <GovukButton text="Let them in" preventDoubleClick />
              </form>
            ) : null}
          </div>
        </div>
      ),
    },
  }
}

async function post(context: Context): Promise<Answer> {
  const ending = context.form['do'] === 'end'
  const parsed = ending ? null : parseForm(letInForm, context.form, { sections: context.formAll('sections') })
  if (parsed && !parsed.ok) return show(context, typedForm(context, parsed.errors))
  let missing = false
  const result = await context.command('let-in-to-plan', async (trx, changed): Promise<CommandResult> => {
    const plan = await findPlan(trx, context.params['planId'] ?? '', { forUpdate: true })
    if (!plan || plan.endedOn !== null) {
      missing = true
      return { ok: false, errors: [] }
    }
    changed(plan.child.id)
    const by = saverOf(context)
    const { today } = context
    const writers = await loadWriters(trx, plan.id)
    const event = (
      kind: 'plan_writer_let_in' | 'plan_writer_ended',
      payload: Readonly<Record<string, unknown>>,
    ) =>
      recordEvent(trx, {
        childId: plan.child.id,
        processId: plan.processId,
        kind,
        on: today,
        today,
        by: by.accountId,
        payload,
      })
    const done = (notice: string): CommandResult => ({
      ok: true,
      redirect: `${planHref(placeAt(context, true), plan.id)}/people`,
      notice,
    })
    if (ending) {
      const one = writers.find((each) => each.id === context.form['writer'])
      if (!one) return done('That was not found.')
      if (one.to_on !== null && one.to_on <= today) return done('It had ended already.')
      await trx.updateTable('plan_writer').set({ to_on: today }).where('id', '=', one.id).execute()
      await event('plan_writer_ended', { toName: one.name, sections: one.sections })
      return done('Ended. They can no longer open the plan.')
    }
    if (!parsed?.ok) return { ok: false, errors: [] }
    const { account, sections, lastDay } = parsed.value
    const refuse = (field: string, words: string): CommandResult => ({
      ok: false,
      errors: [{ field, text: words }],
    })
    // Being let in opens the child's plan to them: only somebody who is a professional here, today.
    const who = (await loadProfessionals(trx, today)).find((one) => one.id === account)
    if (!who) return refuse('account', 'Choose who is let in')
    if (lastDay !== null && lastDay < today) return refuse('lastDay', 'Their last day must be today or later')
    const twice = writers.find(
      (one) =>
        one.account_id === account &&
        (one.to_on === null || one.to_on > today) &&
        one.sections.some((each) => sections.includes(each as PlanSection)),
    )
    if (twice)
      return refuse(
        'account',
        `${who.name} is let in to ${sectionsInWords(twice.sections)} already: end that first`,
      )
    await trx
      .insertInto('plan_writer')
      .values({
        plan_id: plan.id,
        child_id: plan.child.id,
        account_id: account,
        sections: [...sections],
        from_on: today,
        // The last day they may write is the day before the first they may not.
        to_on: lastDay && iso(addDays(date(lastDay), 1)),
        given_by: by.accountId,
      })
      .execute()
    await event('plan_writer_let_in', { toName: who.name, sections, ...(lastDay ? { lastDay } : {}) })
    return done(
      `${who.name} can write in ${sectionsInWords(sections)} now. They find the plan at their own door.`,
    )
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return show(context, typedForm(context, result.errors))
}

export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/people',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: (context) => show(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/people',
    access: { who: 'roles', roles: caseworkers },
    touches: 'children',
    handle: post,
  },
  {
    method: 'GET',
    url: '/professional/plans',
    access: { who: 'roles', roles: professionalRoles },
    touches: 'children',
    handle: listOwn,
  },
]
