/** Consult settings about being named in the plan, and record their answers. */
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { dayInWords, HOW_SENT } from '../../../documents/letters/index.ts'
import { choice, optionalText, plainDate } from '../../../platform/forms.ts'
import type { Context, Route } from '../../../platform/routes.ts'
import { standingOf } from '../../../record/placement/index.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { straightLineWords } from '../../../record/travel/index.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, recordOnCase, WhatFollows, withFacts } from '../the-case/index.ts'
import { consultOnCase } from './consult.ts'
import { findPapers } from './papers.ts'
import { type FoundSetting, searchSettings } from './search-settings.ts'

export { consultOnCase, type ToConsult } from './consult.ts'
export { findPapers, type Paper } from './papers.ts'
export { type FoundSetting, searchSettings } from './search-settings.ts'

const HOW = ['email', 'post', 'by-hand', 'portal'] as const
const STAGES: readonly AssessmentStage[] = [
  'drafting',
  'with-family',
  'finalising',
  'gathering-advice',
  'deciding-whether-to-issue',
]

const list = z
  .array(z.string())
  .optional()
  .transform((values) => values ?? [])
const form = z
  .object({
    search: optionalText({ max: 100 }),
    doing: z.string().optional(),
    settings: list,
    papers: list,
    consultedOn: z.unknown(),
    how: z.string().optional(),
  })
  .transform((raw, context) => {
    if (raw.doing === 'search') return { searching: true as const }
    if (raw.settings.length === 0)
      context.addIssue({
        code: 'custom',
        path: ['settings'],
        message: 'Search for a setting, then choose at least one',
      })
    const on = plainDate('the date they were consulted').safeParse(raw.consultedOn)
    if (!on.success)
      context.addIssue({ code: 'custom', path: ['consultedOn'], message: on.error.issues[0]!.message })
    const how = HOW.find((one) => one === raw.how)
    if (!how) context.addIssue({ code: 'custom', path: ['how'], message: 'Choose how it was sent' })
    return {
      searching: false as const,
      settings: raw.settings,
      papers: raw.papers,
      on: on.success ? on.data : '',
      how: how ?? 'email',
    }
  })
type Consultation = z.output<typeof form>

const consult = caseStep<Consultation>({
  slug: 'consult-settings',
  title: () => 'Consult settings',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: form,
  lists: ['settings', 'papers'],
  dates: ['consultedOn'],
  start: (_file, today) => ({ ...dateParts('consultedOn', today), how: 'email' }),
  button: 'Record the consultation and keep the letters',
  questions: async (typed, file, context: Context) => {
    const isFirst = context.request.method === 'GET'
    const { found, chosen, papers } = await context.read(
      'settings to consult, and the papers',
      async (trx) => {
        const listed = await findShortlisted(trx, file.process.id)
        const done = new Set(
          file.ownFacts.filter((fact) => fact.kind === 'setting_consulted').map((fact) => fact.setting),
        )
        // The shortlist is where it starts; what was typed since is kept.
        const ticked = isFirst ? listed.filter((urn) => !done.has(urn)) : typed.values('settings')
        return {
          chosen: ticked,
          found: await searchSettings(
            trx,
            typed.value('search'),
            [...new Set([...ticked, ...listed])],
            file.child.postcode,
          ),
          papers: await findPapers(trx, file.child.id, file.process.id),
        }
      },
    )
    const shown: TypedForm = {
      ...typed,
      values: (name) =>
        name === 'settings'
          ? chosen
          : name === 'papers' && isFirst
            ? papers.map((one) => one.key)
            : typed.values(name),
    }
    const names = namesOf(file)
    const consulted = file.ownFacts.filter((fact) => fact.kind === 'setting_consulted')
    return (
      <>
        <p class="govuk-body">
          A setting must be consulted before it is named: one the family asked for (section 39(2)), or one the
          authority is thinking of (section 40(3)). So must the other authority, if it maintains it.
        </p>
        {consulted.length > 0 ? (
          <ul class="govuk-list govuk-list--bullet">
            {consulted.map((fact) => (
              <li>
                Consulted: {names(fact.setting)}.{' '}
                {file.ownFacts.some(
                  (one) => one.kind === 'setting_replied' && one.setting === fact.setting,
                ) ? (
                  'Has answered.'
                ) : (
                  <a class="govuk-link" href={`/staff/cases/${file.process.id}/record-setting-reply`}>
                    Record its answer
                  </a>
                )}
              </li>
            ))}
          </ul>
        ) : null}
        <TextField
          form={typed}
          name="search"
          label="Find a setting"
          hint="Part of the name, town or postcode, or its number (URN)"
          width={30}
        />
        <GovukButton text="Search" name="doing" value="search" classes="govuk-button--secondary" />
        {typed.value('search') !== '' && found.length === 0 ? (
          <GovukInsetText text="No setting matches. Try fewer words: part of the name is enough." />
        ) : null}
        {found.length > 0 ? (
          <TickField
            form={shown}
            name="settings"
            label="Settings found: choose those to consult"
            hint="At most 30 are listed, the nearest to home first. For fewer, type more of the name."
            options={found.map((one) => ({
              value: one.urn,
              text: one.name,
              hint: [one.type, one.town, one.postcode, milesOf(one), warningOf(one, context.today)]
                .filter(Boolean)
                .join(', '),
            }))}
          />
        ) : null}
        {papers.length > 0 ? (
          <TickField
            form={shown}
            name="papers"
            label="Papers that go with it"
            hint="Each as the family has it. What was kept back from them goes to no setting."
            options={papers.map((one) => ({ value: one.key, text: one.text }))}
          />
        ) : (
          <GovukInsetText text="No draft plan or checked advice is held here as data yet. Send the papers with the letter, without anything that was kept back from the family." />
        )}
        <DateField
          form={typed}
          name="consultedOn"
          label="Date they were consulted"
          hint="The Code of Practice (guidance) gives them 15 days. Silence, or a holiday, does not lengthen the 20 weeks."
        />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        <WhatFollows
          facts={withFacts(file, [
            { kind: 'setting_consulted', on: context.today, field: '', payload: { setting: 'each setting' } },
          ])}
          today={context.today}
          title="If you consult today, what happens next"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    if (answer.searching) return { ok: false, errors: [] }
    const { file, trx } = run
    const held = await findPapers(trx, file.child.id, file.process.id)
    const done = await consultOnCase(run, {
      ...answer,
      papers: held.filter((one) => answer.papers.includes(one.key)),
    })
    if (!done.ok) return done
    const count = done.ids.length
    return {
      ok: true,
      notice: `${count} ${count === 1 ? 'setting' : 'settings'} consulted, and the letters kept as sent.`,
      redirect: `/staff/cases/${file.process.id}/settings`,
    }
  },
})

/** Settings on the shortlist of a case that are still on it. */
const findShortlisted = async (trx: Trx, processId: string): Promise<string[]> =>
  (
    await trx
      .selectFrom('shortlisted')
      .select('setting_urn')
      .where('process_id', '=', processId)
      .where('ended_on', 'is', null)
      .execute()
  ).map((row) => row.setting_urn)

/** How far it is, as a list to choose from says it. */
export const milesOf = (one: FoundSetting): string => (one.miles === null ? '' : straightLineWords(one.miles))

/** What somebody must know before they consult it. */
const warningOf = (one: FoundSetting, today: string): string =>
  standingOf(
    { type: one.type, section41From: one.section_41_from, section41To: one.section_41_to },
    today,
  ) === 'preference'
    ? 'not approved under section 41: if named, it need not admit'
    : ''

const waiting = (file: CaseFile) =>
  file.ownFacts.filter(
    (fact) =>
      fact.kind === 'setting_consulted' &&
      !file.ownFacts.some((one) => one.kind === 'setting_replied' && one.setting === fact.setting),
  )

/** The names of settings consulted, by their numbers, as they were recorded. */
const namesOf = (file: CaseFile) => {
  const held = new Map(
    file.history
      .filter((row) => row.kind === 'setting_consulted')
      .map((row) => row.payload as { setting?: string; settingName?: string })
      .map((payload) => [payload.setting, payload.settingName]),
  )
  return (urn: string | undefined): string =>
    held.get(urn) ?? (urn === undefined ? 'setting not recorded' : `setting ${urn}`)
}

const replyForm = z.object({
  setting: z.string({ error: 'Choose the setting' }).min(1, 'Choose the setting'),
  repliedOn: plainDate('the date it answered'),
  answer: choice(['yes', 'no', 'conditions'], 'Choose what it answered'),
  words: optionalText({ max: 4000 }),
})

const reply = caseStep<z.output<typeof replyForm>>({
  slug: 'record-setting-reply',
  title: () => 'Record a setting’s answer',
  kinds: ['assessment', 'plan'],
  stages: [...STAGES, 'plan-issued'],
  schema: replyForm,
  dates: ['repliedOn'],
  start: (file) => (waiting(file).length === 1 ? { setting: waiting(file)[0]?.setting ?? '' } : {}),
  button: 'Record the answer',
  questions: (typed, file) => (
    <>
      {waiting(file).length === 0 ? (
        <GovukInsetText text="Every setting consulted has answered, or none has been consulted." />
      ) : null}
      <SelectField
        form={typed}
        name="setting"
        label="Setting"
        empty="Choose"
        options={waiting(file).map((fact) => ({
          value: fact.setting ?? '',
          text: namesOf(file)(fact.setting),
        }))}
      />
      <DateField form={typed} name="repliedOn" label="Date it answered" />
      <ChoiceField
        form={typed}
        name="answer"
        label="What did it answer?"
        options={[
          { value: 'yes', text: 'It can meet the needs' },
          { value: 'conditions', text: 'It can, on conditions' },
          {
            value: 'no',
            text: 'It says it cannot',
            hint: 'That does not decide it: section 39(4) sets the only grounds on which a setting asked for may be left out.',
          },
        ]}
      />
      <LongTextField form={typed} name="words" label="Its reasons (optional)" max={4000} />
    </>
  ),
  carryOut: async (run, answer) => {
    const consulted = waiting(run.file).find((fact) => fact.setting === answer.setting)
    if (!consulted)
      return {
        ok: false,
        errors: [{ field: 'setting', text: 'Choose a setting that was consulted and has not answered' }],
      }
    const recorded = await recordOnCase(run, [
      {
        kind: 'setting_replied',
        on: answer.repliedOn,
        field: 'repliedOn',
        payload: { setting: answer.setting, answer: answer.answer, words: answer.words },
      },
    ])
    if (!recorded.ok) return recorded
    return {
      ok: true,
      notice: `The answer of ${namesOf(run.file)(answer.setting)}, on ${dayInWords(answer.repliedOn)}, is recorded.`,
      redirect: `/staff/cases/${run.file.process.id}/settings`,
    }
  },
})

export const routes: readonly Route[] = [...consult, ...reply]
