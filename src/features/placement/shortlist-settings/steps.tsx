/** Putting a setting on the shortlist of a case, with the reason, and taking one off. */
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { choice, optionalText, text } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import { STANDING_WORDS, standingOf } from '../../../record/placement/index.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { ChoiceField, LongTextField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { milesOf, searchSettings } from '../../assessment/consult-settings/index.tsx'
import { caseStep, recordOnCase } from '../../assessment/the-case/index.ts'
import { findSetting, isClosedOn } from '../the-settings/index.ts'
import { findShortlist, wishesOf } from './queries.ts'

const STAGES: readonly AssessmentStage[] = [
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
]

const addForm = z
  .object({
    search: optionalText({ max: 100 }),
    doing: z.string().optional(),
    setting: z.string().optional(),
    askedBy: z.string().optional(),
    reason: z.string().optional(),
  })
  .transform((raw, context) => {
    if (raw.doing === 'search') return { searching: true as const }
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (!raw.setting) problem('setting', 'Search for a setting, then choose it')
    const askedBy = choice(['family', 'council'], 'Say who thought of it').safeParse(raw.askedBy)
    if (!askedBy.success) problem('askedBy', 'Say who thought of it')
    const reason = text('Say why, for this child', { max: 4000 }).safeParse(raw.reason ?? '')
    if (!reason.success) problem('reason', reason.error.issues[0]!.message)
    else if (reason.data.length < 3) problem('reason', 'Say why, for this child')
    return {
      searching: false as const,
      urn: raw.setting ?? '',
      askedBy: askedBy.success ? askedBy.data : ('council' as const),
      reason: reason.success ? reason.data : '',
    }
  })

const add = caseStep<z.output<typeof addForm>>({
  slug: 'shortlist-a-setting',
  title: () => 'Put a setting on the shortlist',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: addForm,
  start: (_file, _today, context) => ({ setting: context.query['setting'] ?? '' }),
  button: 'Put it on the shortlist',
  questions: async (form, file, context) => {
    const chosen = form.value('setting')
    const found = await context.read('settings for the shortlist', (trx) =>
      searchSettings(trx, form.value('search'), chosen === '' ? [] : [chosen], file.child.postcode),
    )
    const standing = (one: (typeof found)[number]) =>
      standingOf(
        { type: one.type, section41From: one.section_41_from, section41To: one.section_41_to },
        context.today,
      )
    return (
      <>
        <p class="govuk-body">
          To look through every setting near home, by distance and the needs it meets, use the{' '}
          <a class="govuk-link" href={`/staff/directory?case=${file.process.id}`}>
            directory
          </a>
          .
        </p>
        <TextField
          form={form}
          name="search"
          label="Find a setting"
          hint="Part of the name, town or postcode, or its number"
          width={30}
        />
        <GovukButton text="Search" name="doing" value="search" classes="govuk-button--secondary" />
        {form.value('search') !== '' && found.length === 0 ? (
          <GovukInsetText text="No open setting matches. Try fewer words, or the town." />
        ) : null}
        <ChoiceField
          form={form}
          name="setting"
          label="Setting"
          hint={
            found.length === 0
              ? 'Search first, above'
              : 'At most 30 are listed, the nearest to home first. For fewer, type more of the name.'
          }
          options={found.map((one) => ({
            value: one.urn,
            text: one.name,
            hint: `${[one.type, one.town, one.postcode, milesOf(one)].filter(Boolean).join(', ')}${standing(one) === 'preference' ? '. Not in section 38(3): a preference, not a request' : ''}`,
          }))}
        />
        <ChoiceField
          form={form}
          name="askedBy"
          label="Who thought of it?"
          options={[
            {
              value: 'family',
              text: 'The family asked for it',
              hint: 'This is kept as what they asked for, on today’s date',
            },
            { value: 'council', text: 'The council is considering it' },
          ]}
        />
        <LongTextField
          form={form}
          name="reason"
          label="Why, for this child?"
          hint="How it could make the provision in section F, and what speaks against it"
          max={4000}
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    if (answer.searching) return { ok: false, errors: [] }
    const { trx, file, today } = run
    const no = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })
    const setting = await findSetting(trx, answer.urn, today)
    if (!setting) return no('setting', 'This setting could not be found. Search again')
    if (isClosedOn(setting, today))
      return no(
        'setting',
        setting.successorName
          ? `${setting.name} has become ${setting.successorName} (${setting.successorUrn}): choose that`
          : `${setting.name} has closed: choose another`,
      )
    const list = await findShortlist(trx, file.process.id, today)
    if (list.some((one) => one.urn === setting.urn))
      return no('setting', `${setting.name} is on the shortlist already`)
    if (
      answer.askedBy === 'family' &&
      !(await wishesOf(trx, file, today)).some((one) => one.urn === setting.urn)
    ) {
      const recorded = await recordOnCase(run, [
        {
          kind: 'setting_preference_stated',
          on: today,
          field: '',
          payload: { setting: setting.urn, settingName: setting.name },
        },
      ])
      if (!recorded.ok) return recorded
    }
    const event = await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'setting_shortlisted',
      on: today,
      today,
      by: run.by,
      payload: { setting: setting.urn, settingName: setting.name, askedBy: answer.askedBy },
    })
    await trx
      .insertInto('shortlisted')
      .values({
        child_id: file.child.id,
        process_id: file.process.id,
        setting_urn: setting.urn,
        asked_by: answer.askedBy,
        reason: answer.reason,
        added_by: run.by,
        added_on: today,
        event_id: event,
      })
      .execute()
    return {
      ok: true,
      redirect: `/staff/cases/${file.process.id}/settings`,
      notice: `${setting.name} is on the shortlist.${setting.standing === 'request' ? '' : ` ${STANDING_WORDS[setting.standing]}`}`,
    }
  },
})

const offForm = z.object({
  setting: z.string({ error: 'Choose the setting' }).min(1, 'Choose the setting'),
  why: text('Say why', { max: 1000 }),
})

const takeOff = caseStep<z.output<typeof offForm>>({
  slug: 'take-off-the-shortlist',
  title: () => 'Take a setting off the shortlist',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: offForm,
  start: (_file, _today, context) => ({ setting: context.query['setting'] ?? '' }),
  button: 'Take it off',
  questions: async (form, file, context) => {
    const list = await context.read('the shortlist', (trx) =>
      findShortlist(trx, file.process.id, context.today),
    )
    return (
      <>
        <SelectField
          form={form}
          name="setting"
          label="Setting"
          empty="Choose"
          options={list.map((one) => ({ value: one.urn, text: one.setting.name }))}
        />
        <LongTextField form={form} name="why" label="Why?" max={1000} rows={3} />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const one = (await findShortlist(trx, file.process.id, today)).find((each) => each.urn === answer.setting)
    if (!one)
      return { ok: false, errors: [{ field: 'setting', text: 'Choose a setting that is on the shortlist' }] }
    await trx
      .updateTable('shortlisted')
      .set({ ended_on: today, ended_why: answer.why })
      .where('id', '=', one.id)
      .execute()
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'setting_shortlist_ended',
      on: today,
      today,
      by: run.by,
      payload: { setting: one.urn, settingName: one.setting.name },
      why: answer.why,
    })
    return {
      ok: true,
      redirect: `/staff/cases/${file.process.id}/settings`,
      notice: `${one.setting.name} is off the shortlist. What the family asked for stays as they said it.`,
    }
  },
})

export const stepRoutes: readonly Route[] = [...add, ...takeOff]
