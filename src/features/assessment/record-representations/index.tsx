/** Record what the family says about the draft: comments, a meeting, a setting asked for. Each can be recorded as it happens. */
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { commentPeriod } from '../../../documents/letters/index.ts'
import { date, type Fact, iso, longDate, type PlainDate, shortDate } from '../../../law/index.ts'
import { optionalDate, optionalText } from '../../../platform/forms.ts'
import { DateField, LongTextField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, recordOnCase, type StepFact, WhatFollows } from '../the-case/index.ts'

const form = z
  .object({
    saidBy: z.string().optional(),
    commentsOn: optionalDate('the date the comments came'),
    comments: optionalText({ max: 8000 }),
    meetingAskedOn: optionalDate('the date the meeting was asked for'),
    meetingHeldOn: optionalDate('the date of the meeting'),
    settingAskedOn: optionalDate('the date the setting was asked for'),
    setting: optionalText({ max: 200 }),
  })
  .superRefine((answer, context) => {
    if (
      !answer.commentsOn &&
      !answer.meetingAskedOn &&
      !answer.meetingHeldOn &&
      !answer.settingAskedOn &&
      !answer.comments &&
      !answer.setting
    )
      context.addIssue({
        code: 'custom',
        path: ['commentsOn'],
        message: 'Enter at least one thing: comments, a meeting, or a setting asked for',
      })
    if (answer.comments && !answer.commentsOn)
      context.addIssue({ code: 'custom', path: ['commentsOn'], message: 'Enter the date the comments came' })
    if (answer.setting && !answer.settingAskedOn)
      context.addIssue({
        code: 'custom',
        path: ['settingAskedOn'],
        message: 'Enter the date the setting was asked for',
      })
    if (answer.settingAskedOn && !answer.setting)
      context.addIssue({
        code: 'custom',
        path: ['setting'],
        message: 'Enter the setting the family asked for',
      })
  })
/** The number of the one open setting with exactly this name or number; what was typed is kept either way. */
async function settingNamed(trx: Trx, typed: string): Promise<string | null> {
  const found = await trx
    .selectFrom('setting')
    .select('urn')
    .where('closed_on', 'is', null)
    .where((where) =>
      where.or([
        where('urn', '=', typed),
        where(where.fn<string>('lower', ['name']), '=', typed.toLowerCase()),
      ]),
    )
    .limit(2)
    .execute()
  return found.length === 1 ? found[0]!.urn : null
}
type Said = z.output<typeof form>

const servedOn = (draft: Fact): PlainDate => draft.arrivedOn ?? draft.on
/** The family's time for the last draft served on them. */
function commentTime(file: CaseFile) {
  const draft = file.ownFacts
    .filter((fact) => fact.kind === 'draft_issued')
    .toSorted((a, b) => servedOn(b) - servedOn(a))[0]
  return draft && commentPeriod(iso(servedOn(draft)))
}
/** A contact by their id, or somebody who is not on the record. */
const SOMEBODY_ELSE = 'somebody-else'

export const routes = caseStep<Said>({
  slug: 'record-representations',
  title: () => 'Record what the family says about the draft',
  stages: ['with-family', 'finalising'],
  schema: form,
  start: (file) => ({ saidBy: file.contacts.length === 1 ? file.contacts[0]!.id : '' }),
  dates: ['commentsOn', 'meetingAskedOn', 'meetingHeldOn', 'settingAskedOn'],
  button: 'Record',
  questions: (typed, file, context) => {
    const period = commentTime(file)
    const isRunning = period !== undefined && period.last >= date(context.today)
    const preferred = file.ownFacts.some((fact) => fact.kind === 'setting_preference_stated')
    return (
      <>
        {period ? (
          <GovukInsetText>
            {period.first > date(context.today)
              ? 'The draft was posted and is taken to be served'
              : 'The draft was served'}{' '}
            on {longDate(period.first)}.{' '}
            {isRunning ? (
              <>
                Their time runs until <strong>{longDate(period.last)}</strong>: they may say more, even if
                they have commented already. The plan may not be made final before{' '}
                {longDate(period.earliestFinal)}.
              </>
            ) : (
              <>
                The family’s 15 days ended on <strong>{longDate(period.last)}</strong>. Comments that come
                later are recorded too.
              </>
            )}
          </GovukInsetText>
        ) : null}
        <SelectField
          form={typed}
          name="saidBy"
          label="Who told us?"
          empty="Choose"
          options={[
            ...file.contacts.map((contact) => ({
              value: contact.id,
              text: `${contact.name} (${contact.relationship})${contact.restricted ? ', restricted' : ''}`,
            })),
            { value: SOMEBODY_ELSE, text: 'Somebody else' },
          ]}
        />
        <h2 class="govuk-heading-m">Comments</h2>
        <p class="govuk-body">
          For an answer beside each paragraph, write their words{' '}
          <a class="govuk-link" href={`/staff/cases/${file.process.id}/take-down-comments`}>
            down by paragraph
          </a>{' '}
          instead: they are recorded here too.
        </p>
        <DateField
          form={typed}
          name="commentsOn"
          label="Date the comments came"
          hint="Once comments are recorded the case is shown as finalising. That does not end the family’s 15 days."
        />
        <LongTextField
          form={typed}
          name="comments"
          label="What they said (optional)"
          max={8000}
          rows={6}
          hint="The authority must consider them before the plan is final."
        />
        <h2 class="govuk-heading-m">A meeting</h2>
        <DateField
          form={typed}
          name="meetingAskedOn"
          label="Date a meeting was asked for"
          hint="Asked for within the 15 days, an officer must be available to meet them (regulation 13(1))."
        />
        <DateField
          form={typed}
          name="meetingHeldOn"
          label="Date of the meeting"
          hint="May be in the future, if it has been arranged."
        />
        <h2 class="govuk-heading-m">A setting asked for</h2>
        <TextField form={typed} name="setting" label="School, college or other setting" width={30} />
        <DateField
          form={typed}
          name="settingAskedOn"
          label="Date it was asked for"
          hint="A setting of a kind listed in section 38(3) must be consulted (section 39(2)), and named unless section 39(4) applies."
        />
        <p class="govuk-body">
          {preferred ? 'The family has asked for a setting: it' : 'Once recorded, a setting asked for'} must
          be consulted before the plan is final (section 39).{' '}
          <a class="govuk-link" href={`/staff/cases/${file.process.id}/consult-settings`}>
            Consult settings
          </a>
        </p>
        <WhatFollows facts={file.ownFacts} today={context.today} title="Dates running now" />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const contact = run.file.contacts.find((one) => one.id === answer.saidBy)
    if (!contact && answer.saidBy !== SOMEBODY_ELSE)
      return { ok: false, errors: [{ field: 'saidBy', text: 'Choose who told us' }] }
    const said = { saidBy: contact?.id ?? null }
    const onBehalfOf = contact?.name ?? null
    if (answer.settingAskedOn && answer.settingAskedOn > run.today)
      return {
        ok: false,
        errors: [{ field: 'settingAskedOn', text: 'The date it was asked for must be today or in the past' }],
      }
    if (answer.meetingHeldOn && answer.meetingAskedOn && answer.meetingHeldOn < answer.meetingAskedOn)
      return {
        ok: false,
        errors: [
          {
            field: 'meetingHeldOn',
            text: `The meeting must be on or after ${shortDate(date(answer.meetingAskedOn))}, the day it was asked for`,
          },
        ],
      }
    const setting = answer.setting === null ? null : await settingNamed(run.trx, answer.setting)
    const facts: StepFact[] = [
      ...(answer.commentsOn
        ? [
            {
              kind: 'representations_received',
              on: answer.commentsOn,
              field: 'commentsOn',
              onBehalfOf,
              payload: { ...said, comments: answer.comments },
            } as const,
          ]
        : []),
      ...(answer.meetingAskedOn
        ? [
            {
              kind: 'draft_meeting_requested',
              on: answer.meetingAskedOn,
              field: 'meetingAskedOn',
              onBehalfOf,
              payload: said,
            } as const,
          ]
        : []),
      ...(answer.meetingHeldOn
        ? [{ kind: 'draft_meeting_held', on: answer.meetingHeldOn, field: 'meetingHeldOn' } as const]
        : []),
      ...(answer.settingAskedOn
        ? [
            {
              kind: 'setting_preference_stated',
              on: answer.settingAskedOn,
              field: 'settingAskedOn',
              onBehalfOf,
              payload: { ...said, setting: setting ?? answer.setting, settingName: answer.setting },
            } as const,
          ]
        : []),
    ]
    const recorded = await recordOnCase(run, facts)
    if (!recorded.ok) return recorded
    const period = commentTime(run.file)
    const more =
      period && period.last >= date(run.today)
        ? ` Their time runs until ${longDate(period.last)}; they may say more.`
        : ''
    const consult = answer.settingAskedOn
      ? ` ${answer.setting} must be consulted before the plan is final (section 39): open “Consult settings”.`
      : ''
    return { ok: true, notice: `What the family said is recorded.${more}${consult}` }
  },
})
