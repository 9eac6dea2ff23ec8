import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
} from '../../../platform/routes.ts'
import { inSection } from '../../../record/plan/index.ts'
import { freshForm, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { Marks, MarkWords, shorten } from './marks.tsx'
import { KIND_HEADINGS, labelsOf } from './names.ts'
import { captionOf, Heading, planHref, sectionHref } from './pages.tsx'
import { loadPlanInHand, type PlanInHand, type StandingMark } from './queries.ts'
import { slotTitle } from './schemas.ts'
import { placeAt, saverOf, typedForm } from './typed-form.ts'

const reasonForm = z.object({
  reason: text('Say why these words can stay', { max: 2000 }).refine(
    (words) => words.length >= 3,
    'Say why these words can stay',
  ),
})

async function findMark(
  trx: Trx,
  context: Context,
  options: { readonly forUpdate?: boolean } = {},
): Promise<{ readonly hand: PlanInHand; readonly mark: StandingMark } | undefined> {
  const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today, options)
  const mark = hand?.marks.find(
    (one) => one.partId === context.params['partId'] && one.key === context.params['mark'],
  )
  return hand && mark && { hand, mark }
}

async function showMark(context: Context, form: TypedForm): Promise<Answer> {
  const found = await context.read('plan: a mark on its words', async (trx, saw) => {
    const one = await findMark(trx, context)
    if (one) saw(one.hand.plan.child.id)
    return one
  })
  if (!found) return { missing: true }
  const { hand, mark } = found
  const place = placeAt(context, true)
  const errors = form.errors.length > 0
  const section = hand.parts.find((part) => part.partId === mark.partId)!.section
  return {
    page: {
      title: `A mark on the words: ${captionOf(hand)}`,
      backLink: { href: sectionHref(place, hand.plan.id, section), text: `Section ${section}` },
      hasErrors: errors,
      status: errors ? 422 : 200,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={form.errors} targets={{}} />
            <Heading hand={hand}>
              {mark.overruled ? 'Words left as they are' : 'Leave these words as they are'}
            </Heading>
            <p class="govuk-body">
              <MarkWords mark={mark} />
            </p>
            <form method="post" novalidate>
              <HiddenFields
                csrfToken={place.csrfToken}
                idempotencyKey={randomUUID()}
                hidden={{ do: mark.overruled ? 'take-back' : 'overrule' }}
              />
              {mark.overruled ? (
                <>
                  <GovukInsetText
                    text={`${mark.overruled.reason} (${mark.overruled.by}, ${dayInWords(mark.overruled.on)})`}
                  />
                  <GovukButton text="Take that back" preventDoubleClick />
                </>
              ) : (
                <>
                  <LongTextField
                    form={form}
                    name="reason"
                    label="Why can they stay?"
                    hint="An audit reads this. It holds for these words in this part only: when they change, it no longer speaks for them."
                    max={2000}
                    rows={4}
                  />
                  <GovukButton text="Leave them, with this reason" preventDoubleClick />
                </>
              )}
            </form>
          </div>
        </div>
      ),
    },
  }
}

async function postMark(context: Context): Promise<Answer> {
  const takingBack = context.form['do'] === 'take-back'
  const parsed = takingBack ? null : parseForm(reasonForm, context.form)
  if (parsed && !parsed.ok) return showMark(context, typedForm(context, parsed.errors))
  let missing = false
  const result = await context.command('overrule-a-mark', async (trx, changed): Promise<CommandResult> => {
    const found = await findMark(trx, context, { forUpdate: true })
    if (!found || found.hand.plan.endedOn !== null) {
      missing = true
      return { ok: false, errors: [] }
    }
    const { hand, mark } = found
    const { plan } = hand
    const by = saverOf(context)
    changed(plan.child.id)
    const section = hand.parts.find((part) => part.partId === mark.partId)!.section
    const done = (notice: string): CommandResult => ({
      ok: true,
      redirect: `${sectionHref(placeAt(context, true), plan.id, section)}#part-${mark.partId}`,
      notice,
    })
    const event = (payload: Readonly<Record<string, unknown>>) =>
      recordEvent(trx, {
        childId: plan.child.id,
        processId: plan.processId,
        kind: 'plan_mark_overruled',
        on: context.today,
        today: context.today,
        by: by.accountId,
        payload: { section: `Section ${section}`, mark: mark.rule, ...payload },
      })
    if (takingBack) {
      if (!mark.overruled) return done('It was taken back already.')
      await trx
        .updateTable('plan_overruled')
        .set({ taken_back_on: context.today })
        .where('id', '=', mark.overruled.id)
        .execute()
      await event({ takenBack: true })
      return done('Taken back: the words are marked again.')
    }
    if (!parsed?.ok) return { ok: false, errors: [] }
    if (mark.overruled) return done('Somebody left these words already, with a reason.')
    await trx
      .insertInto('plan_overruled')
      .values({
        plan_id: plan.id,
        child_id: plan.child.id,
        part_id: mark.partId,
        rule: mark.rule,
        span: mark.words,
        reason: parsed.value.reason,
        overruled_by: by.accountId,
        overruled_on: context.today,
      })
      .execute()
    await event({ reason: parsed.value.reason })
    return done('Left as they are, with your reason.')
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return showMark(context, typedForm(context, result.errors))
}

/** Every mark on the words of the plan, open and overruled, and what was overruled of words since changed: the audit reads it. */
async function showMarks(context: Context): Promise<Answer> {
  const found = await context.read('plan: marks on its words', async (trx, saw) => {
    const hand = await loadPlanInHand(trx, context.params['planId'] ?? '', context.today)
    if (hand) saw(hand.plan.child.id)
    return hand
  })
  if (!found) return { missing: true }
  const hand = found
  const place = placeAt(context, true)
  const labels = labelsOf(hand.parts)
  const open = hand.marks.filter((mark) => mark.overruled === null).length
  const standing = new Set(hand.marks.flatMap((mark) => mark.overruled?.id ?? []))
  const past = hand.overruled.filter((one) => !standing.has(one.id))
  return {
    page: {
      title: `Marks on the words: ${captionOf(hand)}`,
      backLink: { href: planHref(place, hand.plan.id), text: 'The plan' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <Heading hand={hand}>Marks on the words</Heading>
            <p class="govuk-body">
              {open} {open === 1 ? 'mark stands' : 'marks stand'}; {hand.marks.length - open} left as{' '}
              {hand.marks.length - open === 1 ? 'it is' : 'they are'} with a reason. A mark is a prompt for a
              person: it never says that a plan is lawful or unlawful.
            </p>
            {hand.template.sections.map(({ id, heading }) => {
              const marked = inSection(hand.parts, id).filter((part) =>
                hand.marks.some((mark) => mark.partId === part.partId),
              )
              return marked.length === 0 ? null : (
                <section>
                  <h2 class="govuk-heading-m">{heading}</h2>
                  {marked.map((part) => (
                    <>
                      <h3 class="govuk-heading-s">
                        <a
                          class="govuk-link"
                          href={`${sectionHref(place, hand.plan.id, id)}#part-${part.partId}`}
                        >
                          {labels.get(part.partId) ?? ''}{' '}
                          {part.kind === 'text' ? slotTitle(id, part.slot) : KIND_HEADINGS[part.kind]}
                        </a>
                      </h3>
                      <Marks
                        marks={hand.marks.filter((mark) => mark.partId === part.partId)}
                        hrefOf={(mark) => `${planHref(place, hand.plan.id)}/marks/${mark.partId}/${mark.key}`}
                        mayAct={place.mayAct}
                      />
                    </>
                  ))}
                </section>
              )
            })}
            {past.length > 0 ? (
              <section>
                <h2 class="govuk-heading-m">Overruled before, of words since changed or taken back</h2>
                <ul class="govuk-list app-story">
                  {past.map((one) => (
                    <li>
                      “{shorten(one.words)}”: {one.reason} ({one.by}, {dayInWords(one.on)}
                      {one.takenBackOn ? `; taken back ${dayInWords(one.takenBackOn)}` : ''})
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
          </div>
        </div>
      ),
    },
  }
}

const writers = { who: 'roles', roles: caseworkers } as const
export const markRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/marks',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: showMarks,
  },
  {
    method: 'GET',
    url: '/staff/plans/:planId/marks/:partId/:mark',
    access: writers,
    touches: 'children',
    handle: (context) => showMark(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/marks/:partId/:mark',
    access: writers,
    touches: 'children',
    handle: postMark,
  },
]
