import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { addDays, date, iso, longDate } from '../../../law/index.ts'
import type { Clock } from '../../../platform/clock.ts'
import { parseForm, plainDate } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { DateField, dateParts, FormErrors, freshForm } from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { HiddenFields } from '../../../ui/parts/index.ts'

const schema = z.object({ day: plainDate('the day to move to') })
/** Bank holidays are held to the end of 2028: past that the training site could not count working days. */
const LAST = '2028-12-31'

/** Training only: the authority's day stands still until somebody moves it forward. It never goes back, because facts are in it. */
export const moveTrainingTimeRoutes = (clock: Clock, onDayMoved: () => void): readonly Route[] => [
  {
    method: 'GET',
    url: '/training/move-time',
    access: { who: 'roles', roles: [...caseReaders, 'administrator'] },
    touches: 'nothing',
    handle: async (context) => page(context, [], dateParts('day', iso(addDays(date(context.today), 7)))),
  },
  {
    method: 'POST',
    url: '/training/move-time',
    access: { who: 'roles', roles: [...caseReaders, 'administrator'] },
    touches: 'nothing',
    handle: async (context) => {
      const parsed = parseForm(schema, context.form)
      if (!parsed.ok) return page(context, parsed.errors, context.form)
      const { day } = parsed.value
      if (day <= context.today)
        return page(
          context,
          [
            {
              field: 'day',
              text: `The day to move to must be after ${longDate(date(context.today))}: what is recorded cannot be unlived`,
            },
          ],
          context.form,
        )
      if (day > LAST)
        return page(
          context,
          [
            {
              field: 'day',
              text: 'The day to move to must be before 2029: bank holidays are not known after that',
            },
          ],
          context.form,
        )
      const result = await context.command('move-training-time', async (trx) => {
        await trx.updateTable('authority').set({ training_today: day }).execute()
        return { ok: true, redirect: '/', notice: `It is now ${longDate(date(day))}.` }
      })
      if (!result.ok) return page(context, result.errors, context.form)
      if ('forget' in clock && typeof clock.forget === 'function') clock.forget()
      onDayMoved()
      return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    },
  },
]

function page(
  context: Context,
  errors: readonly FieldError[],
  start: Readonly<Record<string, string>>,
): Answer {
  const form = { ...freshForm(start), errors }
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} dates={['day']} />
        <h1 class="govuk-heading-l">Move time forward</h1>
        <p class="govuk-body">
          It is {longDate(date(context.today))} in the training authority. Moving time forward shows what
          becomes due and what becomes late. Everybody using this site moves with you.
        </p>
        <form method="post" novalidate>
          <HiddenFields csrfToken={viewerOf(context).csrfToken} idempotencyKey={randomUUID()} />
          <DateField form={form} name="day" label="Day to move to" hint="For example, 9 11 2020" />
          <GovukButton text="Move time" preventDoubleClick />
        </form>
      </div>
    </div>
  )
  return {
    page: {
      title: 'Move time forward',
      main,
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
    },
  }
}
