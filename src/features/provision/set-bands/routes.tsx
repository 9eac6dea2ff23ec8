import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { pounds } from '../../../record/money/index.ts'
import { DateField, dateParts, freshForm, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { dayInWords, EmptyState, FormPage, SortableTable } from '../../../ui/parts/index.ts'
import { moneyField } from '../the-money/index.ts'

const PATH = '/staff/bands'
const SETTERS: readonly Role[] = ['send-manager']

interface Rate {
  readonly name: string
  readonly pence: number
  readonly from: string
  readonly why: string
  readonly by: string | null
}

async function show(context: Context, form: TypedForm): Promise<Answer> {
  const rates = await context.read('bands', async (trx): Promise<readonly Rate[]> => {
    const rows = await trx
      .selectFrom('funding_band as f')
      .leftJoin('account as a', 'a.id', 'f.set_by')
      .select(['f.name', 'f.yearly_pence', 'f.from_on', 'f.why', 'a.name as by_name'])
      .orderBy('f.name')
      .orderBy('f.from_on', 'desc')
      .execute()
    return rows.map((row) => ({
      name: row.name,
      pence: row.yearly_pence,
      from: row.from_on,
      why: row.why,
      by: row.by_name,
    }))
  })
  const viewer = viewerOf(context)
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: 'Bands and top-ups',
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <>
          {SETTERS.includes(viewer.role) ? (
            <FormPage
              title="Bands and top-ups"
              errors={form.errors}
              errorTargets={{ from: 'from-day' }}
              action={PATH}
              csrfToken={viewer.csrfToken}
              idempotencyKey={randomUUID()}
              button="Set the rate"
              before={
                <p class="govuk-body">
                  A rate holds from its day until the next rate of the same name. What was paid before is put
                  right in the next month of the payments.
                </p>
              }
            >
              <TextField form={form} name="name" label="Name of the band or top-up" width={20} />
              <TextField form={form} name="pence" label="Pounds a year" width={10} />
              <DateField form={form} name="from" label="From" />
              <TextField form={form} name="why" label="Why" hint="Who agreed it" width={30} />
            </FormPage>
          ) : (
            <h1 class="govuk-heading-l">Bands and top-ups</h1>
          )}
          {rates.length === 0 ? (
            <EmptyState title="No band has a rate">A SEND manager sets them here.</EmptyState>
          ) : (
            <SortableTable<Rate>
              id="rates"
              caption="Rates, newest first for each band"
              rows={rates}
              columns={[
                { key: 'name', heading: 'Band', namesRow: true, cell: (row) => row.name },
                { key: 'rate', heading: 'A year', numeric: true, cell: (row) => pounds(row.pence) },
                { key: 'from', heading: 'From', cell: (row) => dayInWords(row.from) },
                { key: 'why', heading: 'Why', cell: (row) => row.why },
                { key: 'by', heading: 'Set by', cell: (row) => row.by ?? 'Somebody who has left' },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

const bandForm = z.object({
  name: text('Enter the name of the band', { max: 60 }),
  pence: moneyField('the rate', 0),
  from: plainDate('the day it holds from'),
  why: text('Enter why, and who agreed it', { max: 500 }).refine(
    (why) => why.length >= 3,
    'Enter why, and who agreed it',
  ),
})

async function set(context: Context): Promise<Answer> {
  const typed = (errors: TypedForm['errors']): Promise<Answer> =>
    show(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(bandForm, context.form)
  if (!parsed.ok) return typed(parsed.errors)
  const { name, pence, from, why } = parsed.value
  if (name === 'none') return typed([{ field: 'name', text: 'Choose another name: “none” means no band' }])
  const result = await context.command('set-a-band', async (trx) => {
    const held = await trx
      .selectFrom('funding_band')
      .select('id')
      .where('name', '=', name)
      .where('from_on', '=', from)
      .executeTakeFirst()
    if (held)
      return {
        ok: false,
        errors: [{ field: 'from', text: `${name} has a rate from that day already: choose another day` }],
      }
    await trx
      .insertInto('funding_band')
      .values({
        name,
        yearly_pence: pence,
        from_on: from,
        why,
        set_by: viewerOf(context).accountId,
        set_on: context.today,
      })
      .execute()
    return {
      ok: true,
      redirect: PATH,
      notice: `${name} is ${pounds(pence)} a year from ${dayInWords(from)}.`,
    }
  })
  if (!result.ok) return typed(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: PATH,
    access: { who: 'roles', roles: caseReaders },
    touches: 'nothing',
    handle: (context) => show(context, freshForm(dateParts('from', context.today))),
  },
  { method: 'POST', url: PATH, access: { who: 'roles', roles: SETTERS }, touches: 'nothing', handle: set },
]
