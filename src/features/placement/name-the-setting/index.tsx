/** The decision about section I: what the family asked for, what will be named, and on which ground, evidence and reasons. */
import { z } from 'zod'
import { choice, optionalDate, optionalText, text } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import {
  BOARDING,
  isNamingGround,
  lawOfNaming,
  NAMING_GROUNDS,
  problemsOfNaming,
  STANDING_WORDS,
  typeForSectionI,
} from '../../../record/placement/index.ts'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  TickField,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, GovukWarningText, html } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { searchSettings } from '../../assessment/consult-settings/index.tsx'
import { caseStep } from '../../assessment/the-case/index.ts'
import { findAskedOfCase } from '../chase-a-consultation/index.tsx'
import { findShortlist, wishesOf } from '../shortlist-settings/index.ts'
import { findSetting, isClosedOn } from '../the-settings/index.ts'

export { findNaming, type NamingDecision, sectionIFor } from './decision.ts'

const FORMS = ['named', 'type-only', 'otherwise'] as const
const form = z
  .object({
    search: optionalText({ max: 100 }),
    doing: z.string().optional(),
    form: z.string().optional(),
    setting: z.string().optional(),
    placeType: optionalText({ max: 200 }),
    conditions: optionalText({ max: 2000 }),
    grounds: z
      .array(z.string())
      .optional()
      .transform((values) => (values ?? []).filter(isNamingGround)),
    evidence: optionalText({ max: 8000 }),
    reasons: z.string().optional(),
    startOn: z.unknown().optional(),
    boarding: z.string().optional(),
  })
  .transform((raw, context) => {
    if (raw.doing === 'search') return { searching: true as const }
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    const chosen = choice(FORMS, 'Choose what section I will say').safeParse(raw.form)
    if (!chosen.success) problem('form', 'Choose what section I will say')
    if (chosen.data === 'named' && !raw.setting) problem('setting', 'Search for the setting, then choose it')
    if (chosen.data && chosen.data !== 'named' && raw.placeType === null)
      problem(
        'placeType',
        chosen.data === 'type-only' ? 'Enter the type of setting' : 'Say what the arrangement is',
      )
    const reasons = text('Give the reasons for the decision', { max: 8000 }).safeParse(raw.reasons ?? '')
    if (!reasons.success) problem('reasons', reasons.error.issues[0]!.message)
    const start = optionalDate('the day the place begins').safeParse(raw.startOn)
    if (!start.success) problem('startOn', start.error.issues[0]!.message)
    const boarding = choice(['day', 'A', 'B'], 'Choose day or residential').safeParse(raw.boarding ?? 'day')
    if (!boarding.success) problem('boarding', 'Choose day or residential')
    return {
      searching: false as const,
      form: chosen.success ? chosen.data : ('named' as const),
      urn: chosen.data === 'named' ? (raw.setting ?? '') : null,
      placeType: raw.placeType,
      conditions: raw.conditions ?? '',
      grounds: raw.grounds,
      evidence: raw.evidence ?? '',
      reasons: reasons.success ? reasons.data : '',
      startOn: start.success ? start.data : null,
      boarding: boarding.success ? boarding.data : ('day' as const),
    }
  })

export const routes: readonly Route[] = caseStep<z.output<typeof form>>({
  slug: 'name-the-setting',
  title: () => 'Decide section I',
  kinds: ['assessment', 'plan'],
  stages: ['drafting', 'with-family', 'finalising'],
  schema: form,
  lists: ['grounds'],
  dates: ['startOn'],
  start: () => ({ boarding: 'day' }),
  button: 'Record the decision',
  questions: async (typed, file, context) => {
    const { today } = context
    const chosen = typed.value('setting')
    const { wishes, found, asked } = await context.read(
      'what was asked for, and who was consulted',
      async (trx) => {
        const wished = await wishesOf(trx, file, today)
        const consulted = await findAskedOfCase(trx, file.process.id, today)
        const listed = await findShortlist(trx, file.process.id, today)
        const urns = [
          ...wished.flatMap((one) => one.urn ?? []),
          ...consulted.map((one) => one.setting_urn),
          ...listed.map((one) => one.urn),
          ...(chosen === '' ? [] : [chosen]),
        ]
        return {
          wishes: wished,
          asked: consulted,
          found: await searchSettings(trx, typed.value('search'), [...new Set(urns)], file.child.postcode),
        }
      },
    )
    const wish = wishes[0]
    const said = (urn: string): string => {
      const one = asked.find((row) => row.setting_urn === urn)
      return one ? (one.replied_on ? ', has answered' : ', consulted, no answer') : ', not consulted'
    }
    return (
      <>
        {wish ? (
          <GovukInsetText>
            The family asked for <strong>{wish.name}</strong> on {dayInWords(wish.on)}.{' '}
            {STANDING_WORDS[wish.standing]}
          </GovukInsetText>
        ) : (
          <GovukInsetText text="The family has asked for no setting that is written down. The council names one that it thinks appropriate, or gives a type (section 40(2))." />
        )}
        <p class="govuk-body">
          A draft names no setting (section 38(5)). This decision is kept for the final plan and goes into
          section I of it.
        </p>
        <ChoiceField
          form={typed}
          name="form"
          label="What will section I say?"
          options={[
            {
              value: 'named',
              text: 'It names a setting, with its type',
              more: html(
                <>
                  <TextField
                    form={typed}
                    name="search"
                    label="Find another setting"
                    hint="Those asked for, shortlisted or consulted are listed already"
                    width={30}
                  />
                  <GovukButton text="Search" name="doing" value="search" classes="govuk-button--secondary" />
                  <SelectField
                    form={typed}
                    name="setting"
                    label="Setting"
                    empty={found.length === 0 ? 'Search first' : 'Choose'}
                    options={found.map((one) => ({ value: one.urn, text: `${one.name}${said(one.urn)}` }))}
                  />
                </>,
              ),
            },
            { value: 'type-only', text: 'It gives a type of setting only' },
            { value: 'otherwise', text: 'Education otherwise than in a school or college (section 61)' },
          ]}
        />
        <TextField
          form={typed}
          name="placeType"
          label="Type, as section I will have it"
          hint="For example: Mainstream secondary school. Leave empty to take it from the setting named"
          width={30}
        />
        <TickField
          form={typed}
          name="grounds"
          label="If this is not what the family asked for: on which ground?"
          options={Object.entries(NAMING_GROUNDS).map(([value, { words, law }]) => ({
            value,
            text: words,
            hint: law,
          }))}
        />
        <LongTextField
          form={typed}
          name="evidence"
          label="The evidence for the ground"
          hint="Whose efficient education, which resources, what it costs beside what. A setting being full, or saying no, is not enough by itself"
          max={8000}
        />
        <LongTextField
          form={typed}
          name="reasons"
          label="The reasons for the decision"
          hint="The family is told them"
          max={8000}
        />
        <LongTextField
          form={typed}
          name="conditions"
          label="Anything section I says about it (optional)"
          hint="Such as a parent’s preference accepted on terms about transport"
          max={2000}
          rows={2}
        />
        <DateField
          form={typed}
          name="startOn"
          label="Day the place begins (optional)"
          hint="Where it is not the day of the final plan, such as 1 September"
        />
        <ChoiceField
          form={typed}
          name="boarding"
          label="Day or residential?"
          options={Object.entries(BOARDING).map(([value, words]) => ({ value, text: words }))}
        />
        {asked.some((one) => one.replied_on === null && one.due_on >= today) ? (
          <GovukWarningText
            text="A setting that was consulted still has days left to answer."
            iconFallbackText="Warning"
          />
        ) : null}
      </>
    )
  },
  carryOut: async (run, answer) => {
    if (answer.searching) return { ok: false, errors: [] }
    const { trx, file, today } = run
    const no = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })
    const setting = answer.urn === null ? null : await findSetting(trx, answer.urn, today)
    if (setting === undefined) return no('setting', 'This setting could not be found. Search again')
    if (setting && isClosedOn(setting, answer.startOn ?? today))
      return no(
        'setting',
        `${setting.name} closes on ${dayInWords(setting.closedOn!)}${setting.successorName ? ` and becomes ${setting.successorName}` : ''}: it cannot be named`,
      )
    if (setting) {
      const asked = await findAskedOfCase(trx, file.process.id, today)
      if (!asked.some((one) => one.setting_urn === setting.urn))
        return no(
          'setting',
          `${setting.name} has not been consulted. It must be before it is named (sections 39(2) and 40(3))`,
        )
    }
    const wish = (await wishesOf(trx, file, today))[0] ?? null
    const choiceMade = {
      form: answer.form,
      urn: answer.urn,
      grounds: answer.grounds,
      evidence: answer.evidence,
    }
    const problems = problemsOfNaming(choiceMade, wish)
    if (problems.length > 0) return { ok: false, errors: problems }
    const law = lawOfNaming(choiceMade, wish)
    await trx
      .insertInto('naming_decision')
      .values({
        child_id: file.child.id,
        process_id: file.process.id,
        form: answer.form,
        setting_urn: setting?.urn ?? null,
        place_type: answer.placeType ?? typeForSectionI(setting?.type ?? ''),
        conditions: answer.conditions,
        asked_urn: wish?.urn ?? null,
        asked_name: wish?.name ?? null,
        asked_as: wish === null ? 'none' : wish.standing === 'preference' ? 'preference' : 'request',
        grounds: [...answer.grounds],
        evidence: answer.evidence,
        reasons: answer.reasons,
        start_on: answer.startOn,
        boarding: answer.boarding,
        decided_by: run.by,
        decided_on: today,
      })
      .execute()
    return {
      ok: true,
      redirect: `/staff/cases/${file.process.id}/settings`,
      notice: `The decision is kept for the final plan. It rests on: ${law}.`,
    }
  },
})
