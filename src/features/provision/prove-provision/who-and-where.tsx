import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lockChildren, recordEvent } from '../../../db/case-history/index.ts'
import { optionalText, parseForm } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, SelectField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { FormPage } from '../../../ui/parts/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findSetting } from '../../children/the-child/index.ts'
import { lineTitle } from './show.tsx'
import { type FoundLine, findOne, lineHref, live, writers } from './staff.tsx'

const form = z.object({ account: optionalText(), ends: optionalText(), urn: optionalText({ max: 20 }) })

const professionals = (context: Context) =>
  context.read('professionals', (trx) =>
    trx
      .selectFrom('account')
      .select(['id', 'name', 'job_title'])
      .where('door', '=', 'professional')
      .where('active_from', '<=', context.today)
      .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', context.today)]))
      .orderBy('name')
      .execute(),
  )

async function show(context: Context, { line, deliverers }: FoundLine, typed: TypedForm): Promise<Answer> {
  const people = await professionals(context)
  const current = deliverers.filter((one) => one.to_on === null || one.to_on > context.today)
  return {
    page: {
      title: 'Who gives a line of provision, and where',
      hasErrors: typed.errors.length > 0,
      status: typed.errors.length > 0 ? 422 : 200,
      backLink: { href: lineHref(line), text: 'Back to the line' },
      main: (
        <FormPage
          title="Who gives this line, and where"
          caption={`${line.childName}: ${lineTitle(line)}`}
          errors={typed.errors}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          button="Save"
          cancel={{ text: 'Cancel', href: lineHref(line) }}
        >
          <SelectField
            form={typed}
            name="account"
            label="Give it to a professional"
            hint="They record its sessions from today, and see this line of the plan and no other"
            empty="Nobody more"
            options={people.map((one) => ({
              value: one.id,
              text: [one.name, one.job_title].filter(Boolean).join(', '),
            }))}
          />
          {current.length > 0 ? (
            <SelectField
              form={typed}
              name="ends"
              label="Take it from a professional"
              empty="Nobody"
              options={current.map((one) => ({ value: one.id, text: one.name }))}
            />
          ) : null}
          <TextField
            form={typed}
            name="urn"
            label="Number (URN) of the school or college where it happens"
            hint={`It is asked to confirm the line. ${line.settingName ? `Now: ${line.settingName}` : 'None now'}. Leave empty for none`}
            width={10}
          />
        </FormPage>
      ),
    },
  }
}

const save = live(async (context, found) => {
  const parsed = parseForm(form, context.form)
  const again = (errors: TypedForm['errors']) => show(context, found, typedForm(context, errors))
  if (!parsed.ok) return again(parsed.errors)
  const { account, ends, urn } = parsed.value
  const people = await professionals(context)
  if (account !== null && !people.some((one) => one.id === account))
    return again([{ field: 'account', text: 'Choose somebody from the list' }])
  const viewer = viewerOf(context)
  const { today } = context
  const result = await context.command('say who gives a line of provision', async (trx, changed) => {
    await lockChildren(trx, [found.line.childId])
    const now = await findOne(trx, found.line.id, today)
    if (!now || now.line.state === 'ended')
      return { ok: false, errors: [{ field: '', text: 'This line has ended since you opened the page' }] }
    const { line } = now
    const setting = urn === null ? undefined : await findSetting(trx, urn)
    if (urn !== null && !setting)
      return { ok: false, errors: [{ field: 'urn', text: 'No school or college has this number: check it' }] }
    if (setting && setting.closedOn !== null && urn !== line.settingUrn)
      return { ok: false, errors: [{ field: 'urn', text: `${setting.name} has closed: choose another` }] }
    if (ends !== null)
      await trx
        .updateTable('provision_deliverer')
        .set({ to_on: today })
        .where('id', '=', ends)
        .where('line_id', '=', line.id)
        .where('to_on', 'is', null)
        .execute()
    const has = await trx
      .selectFrom('provision_deliverer')
      .select('id')
      .where('line_id', '=', line.id)
      .where('account_id', '=', account ?? viewer.accountId)
      .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>', today)]))
      .executeTakeFirst()
    if (account !== null && !has) {
      await trx
        .insertInto('provision_deliverer')
        .values({
          line_id: line.id,
          child_id: line.childId,
          account_id: account,
          from_on: today,
          given_by: viewer.accountId,
        })
        .execute()
      await recordEvent(trx, {
        childId: line.childId,
        processId: now.processId,
        kind: 'provision_deliverer_given',
        on: today,
        today,
        by: viewer.accountId,
        payload: { line: line.id, account },
      })
    }
    if (urn !== line.settingUrn)
      await trx
        .updateTable('provision_line')
        .set({ setting_urn: urn })
        .where('line_id', '=', line.id)
        .execute()
    changed(line.childId)
    return { ok: true, redirect: lineHref(line), notice: 'Saved.' }
  })
  return result.ok ? result : again(result.errors)
})

const URL = '/staff/provision/lines/:line/who'
export const whoRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: URL,
    access: writers,
    touches: 'children',
    handle: live((context, found) => show(context, found, freshForm({ urn: found.line.settingUrn ?? '' }))),
  },
  { method: 'POST', url: URL, access: writers, touches: 'children', handle: save },
]
