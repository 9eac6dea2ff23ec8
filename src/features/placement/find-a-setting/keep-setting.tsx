/** What the council writes down of a setting: needs, ages and places from a day; and that it closed or became another. */
import { z } from 'zod'
import { optionalText, plainDate, text } from '../../../platform/forms.ts'
import { caseworkers, type Role, type Route } from '../../../platform/routes.ts'
import { NEED_TYPES } from '../../../record/plan/index.ts'
import { DateField, dateParts, LongTextField, TextField, TickField } from '../../../ui/fields/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { askPage, refused } from '../../access/the-form/index.ts'
import { findSetting } from '../the-settings/index.ts'
import { findKept } from './queries.ts'

/** Who keeps the directory: those who place children, and those who keep the numbers. */
export const keepers: readonly Role[] = [...caseworkers, 'data-officer']

const whole = (what: string, most: number) =>
  z
    .string()
    .optional()
    .transform((typed, context): number | null => {
      const bare = (typed ?? '').trim()
      if (bare === '') return null
      if (/^\d{1,4}$/.test(bare) && Number(bare) <= most) return Number(bare)
      context.addIssue({
        code: 'custom',
        message: `${what} must be a whole number from 0 to ${most.toLocaleString('en-GB')}`,
      })
      return z.NEVER
    })

const codes = Object.keys(NEED_TYPES)
const detailForm = z
  .object({
    fromOn: plainDate('the day this is so from'),
    ageFrom: whole('The youngest age', 25),
    ageTo: whole('The oldest age', 25),
    places: whole('Places', 5000),
    unit: optionalText({ max: 300 }),
    notes: optionalText({ max: 4000 }),
    saidBy: text('Enter who says so: a name and a position'),
  })
  .refine((given) => given.ageFrom === null || given.ageTo === null || given.ageTo >= given.ageFrom, {
    path: ['ageTo'],
    message: 'The oldest age must not be below the youngest',
  })

const back = (urn: string) => `/staff/directory/${encodeURIComponent(urn)}`

const keep = askPage({
  url: '/staff/directory/:urn/keep',
  roles: keepers,
  touches: 'nothing',
  name: 'keep-a-setting',
  load: async (trx, context) => {
    const setting = await findSetting(trx, context.params['urn'] ?? '', context.today)
    return (
      setting && {
        setting,
        current: (await findKept(trx, setting.urn)).details.find((one) => one.to_on === null),
      }
    )
  },
  title: () => 'Write down what is so now',
  caption: ({ setting }) => setting.name,
  back: ({ setting }) => ({ href: back(setting.urn), text: setting.name }),
  start: ({ current }, context) => ({
    ...dateParts('fromOn', context.today),
    ageFrom: String(current?.age_from ?? ''),
    ageTo: String(current?.age_to ?? ''),
    places: String(current?.commissioned_places ?? ''),
    unit: current?.unit ?? '',
    notes: current?.notes ?? '',
    needs: (current?.needs ?? []).join(','),
  }),
  schema: detailForm,
  dates: ['fromOn'],
  questions: (form, { current }) => (
    <>
      <p class="govuk-body">
        What was so before stays on the page with its dates. Leave empty what nobody has said.
      </p>
      <DateField form={form} name="fromOn" label="So from" />
      <TickField
        form={
          form.errors.length === 0 && form.values('needs').length <= 1
            ? {
                ...form,
                values: (name) => (name === 'needs' ? [...(current?.needs ?? [])] : form.values(name)),
              }
            : form
        }
        name="needs"
        label="Needs it meets"
        options={Object.entries(NEED_TYPES).map(([value, words]) => ({ value, text: words }))}
      />
      <TextField form={form} name="ageFrom" label="Youngest age" width={2} />
      <TextField form={form} name="ageTo" label="Oldest age" width={2} />
      <TextField
        form={form}
        name="places"
        label="Places the council commissions"
        hint="A whole number; leave empty where none are commissioned"
        width={4}
      />
      <TextField
        form={form}
        name="unit"
        label="Unit or resourced provision"
        hint="For example: 12 places for hearing impairment"
      />
      <LongTextField
        form={form}
        name="notes"
        label="Notes"
        hint="About the setting, never about a child"
        max={4000}
      />
      <TextField
        form={form}
        name="saidBy"
        label="Who says so?"
        hint="A name and a position, or a document with its date"
      />
    </>
  ),
  button: 'Save',
  carryOut: async ({ trx, view }, given, context) => {
    const needs = context.formAll('needs').filter((code) => codes.includes(code))
    const { setting, current } = view
    if (current && given.fromOn < current.from_on)
      return refused(
        'fromOn',
        `What is kept now is from ${dayInWords(current.from_on)}: use that day or a later one`,
      )
    if (current)
      await trx
        .updateTable('setting_detail')
        .set({ to_on: given.fromOn })
        .where('id', '=', current.id)
        .execute()
    await trx
      .insertInto('setting_detail')
      .values({
        setting_urn: setting.urn,
        from_on: given.fromOn,
        needs,
        age_from: given.ageFrom,
        age_to: given.ageTo,
        commissioned_places: given.places,
        unit: given.unit,
        notes: given.notes,
        said_by: given.saidBy,
        recorded_by: context.viewer!.accountId,
        recorded_on: context.today,
      })
      .execute()
    return { ok: true, redirect: back(setting.urn), notice: 'Saved.' }
  },
})

const changedForm = z.object({
  changedOn: plainDate('the day it closed or changed'),
  newUrn: optionalText({ max: 40 }),
  why: text('Say what happened, for example: became an academy', { max: 400 }),
})

const changed = askPage({
  url: '/staff/directory/:urn/changed',
  roles: keepers,
  touches: 'nothing',
  name: 'setting-closed-or-changed',
  load: (trx, context) => findSetting(trx, context.params['urn'] ?? '', context.today),
  title: () => 'It has closed, or changed its number',
  caption: (setting) => setting.name,
  back: (setting) => ({ href: back(setting.urn), text: setting.name }),
  schema: changedForm,
  dates: ['changedOn'],
  questions: (form) => (
    <>
      <DateField
        form={form}
        name="changedOn"
        label="From which day?"
        hint="The first day it is not open under this number"
      />
      <TextField
        form={form}
        name="newUrn"
        label="Its new number (URN)"
        hint="Where it became another setting. Leave empty if it closed"
        width={10}
      />
      <TextField form={form} name="why" label="What happened?" />
    </>
  ),
  button: 'Save',
  carryOut: async ({ trx, view: setting }, given, context) => {
    if (setting.closedOn)
      return refused('changedOn', `It is down as closed on ${dayInWords(setting.closedOn)} already`)
    const next = given.newUrn === null ? null : await findSetting(trx, given.newUrn, context.today)
    if (next === undefined) return refused('newUrn', 'There is no setting with this number')
    if (next?.urn === setting.urn) return refused('newUrn', 'This is its own number: enter the new one')
    if (next?.successorUrn)
      return refused('newUrn', `That number has itself become ${next.successorUrn}: enter the newest number`)
    await trx
      .insertInto('setting_succession')
      .values({
        old_urn: setting.urn,
        new_urn: next?.urn ?? null,
        changed_on: given.changedOn,
        why: given.why,
        recorded_by: context.viewer!.accountId,
        recorded_on: context.today,
      })
      .execute()
    return {
      ok: true,
      redirect: back(setting.urn),
      notice: next ? `Saved. From that day the old number opens ${next.name}.` : 'Saved: it is closed.',
    }
  },
})

export const keepRoutes: readonly Route[] = [...keep, ...changed]
