import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm, text } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { dayOf, readTermLines, termLine, termsGiven } from './terms.ts'

const PATH = '/staff/settings/terms'
const KEY = 'term-dates'
const access = { who: 'roles', roles: ['administrator'] } as const

/** @param onSet called after terms are given, to compute the caches by them */
export const giveTermDatesRoutes = (onSet: () => void): readonly Route[] => [
  { method: 'GET', url: PATH, access, touches: 'nothing', handle: (context) => show(context, null) },
  { method: 'POST', url: PATH, access, touches: 'nothing', handle: (context) => give(context, onSet) },
]

interface Standing {
  readonly value: unknown
  readonly valid_from: string
  readonly why: string
  readonly by: string | null
}
const findStanding = async (trx: Trx, today: string): Promise<Standing | undefined> => {
  const { rows } = await sql<Standing>`
    select s.value, s.valid_from, s.why, a.name as by from authority_setting s left join account a on a.id = s.set_by
    where s.key = ${KEY} and s.valid_from <= ${today}::date and (s.valid_to is null or s.valid_to > ${today}::date)
    order by s.valid_from desc, s.id desc limit 1`.execute(trx)
  return rows[0]
}

async function show(context: Context, typed: TypedForm | null): Promise<Answer> {
  const standing = await context.read('term dates', (trx) => findStanding(trx, context.today))
  const given = termsGiven(standing?.value)
  const form = typed ?? freshForm({ terms: given.map(termLine).join('\n') })
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: 'Term dates',
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <FormPage
          title="Term dates"
          errors={form.errors}
          action={PATH}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          button="Keep these terms"
          cancel={{ text: 'Cancel', href: '/staff/settings' }}
          before={
            <>
              <p class="govuk-body">
                Provision that a plan promises by the week, the half term or the term is counted over the days
                settings are open, and school days are counted from these dates.
              </p>
              <GovukInsetText
                text={
                  standing
                    ? `Given by ${standing.by ?? 'somebody whose account you may not see'}, holding from ${dayOf(standing.valid_from)}: ${standing.why}`
                    : 'Nobody has given any yet. Until then the usual pattern of a school year in England is used for provision, and said so; days that only terms can tell are not counted.'
                }
              />
            </>
          }
        >
          <LongTextField
            form={form}
            name="terms"
            label="Terms, one to a line"
            hint="For example: Autumn 2025, 1 September 2025 to 19 December 2025, break 27 October 2025 to 31 October 2025"
            max={20_000}
          />
          <LongTextField
            form={form}
            name="why"
            label="Where are they from?"
            hint="For example, the council’s school calendar and the day it was agreed"
            max={1000}
          />
        </FormPage>
      ),
      backLink: { href: '/staff/settings', text: 'Set up' },
    },
  }
}

const schema = z.object({
  terms: text('Enter the terms, one to a line', { max: 20_000 }).transform((typed, context) => {
    const { terms, problems } = readTermLines(typed)
    for (const { line, why } of problems)
      context.addIssue({ code: 'custom', message: `Line ${line} was not read: ${why}` })
    return problems.length > 0 ? z.NEVER : terms
  }),
  why: text('Enter where the dates are from', { max: 1000 }),
})

async function give(context: Context, onSet: () => void): Promise<Answer> {
  const again = (errors: TypedForm['errors']): Promise<Answer> =>
    show(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const parsed = parseForm(schema, context.form)
  if (!parsed.ok) return again(parsed.errors)
  const { terms, why } = parsed.value
  const result = await context
    .command('give-term-dates', async (trx) => {
      await trx
        .insertInto('authority_setting')
        .values({
          key: KEY,
          value: JSON.stringify(terms),
          valid_from: context.today,
          set_by: viewerOf(context).accountId,
          why,
        })
        .execute()
      return {
        ok: true,
        redirect: PATH,
        notice: `${terms.length} ${terms.length === 1 ? 'term' : 'terms'} kept. Dates and the ledger follow in a moment.`,
      }
    })
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== '42501') throw error
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: 'Your account is not one that may change settings: its remit must be the whole authority. Nothing was kept',
          },
        ],
      } as const
    })
  if (!result.ok) return again(result.errors)
  onSet()
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}
