/** Send the final plan: the assessment ends, the plan's life begins, and the family is told of its right of appeal. */
import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import {
  commentPeriod,
  HOW_SENT,
  previewRecipients,
  sendLetters,
  WhoWillBeTold,
} from '../../../documents/letters/index.ts'
import { date, type Fact, iso, longDate, type PlainDate } from '../../../law/index.ts'
import { type FieldError, viewerOf } from '../../../platform/routes.ts'
import type { PlacementContent } from '../../../record/plan/index.ts'
import {
  ChoiceField,
  DateField,
  LongTextField,
  SelectField,
  TextField,
  TickField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, GovukWarningText, html } from '../../../ui/govuk/index.ts'
import { placementFromFinal } from '../../placement/keep-placements/index.tsx'
import { sectionIFor } from '../../placement/name-the-setting/index.tsx'
import {
  freezeFinal,
  type Held,
  ProblemsBeforeSending,
  planHeld,
  problemsOf,
  problemWithTheWords,
  refusal,
  secondFinal,
  sectionI,
  writeSectionI,
} from '../../plan/send-the-plan/index.ts'
import { planHash } from '../../plan/the-plan/index.ts'
import { promiseLines } from '../../provision/prove-provision/index.ts'
import { searchSettings } from '../consult-settings/index.tsx'
import {
  type CaseFile,
  caseStep,
  datesThatFollow,
  lateWords,
  recordOnCase,
  type StepFact,
  type StepRun,
  WhatFollows,
  withFacts,
} from '../the-case/index.ts'
import { type Final, finalForm, HOW } from './form.ts'

const servedOn = (draft: Fact): PlainDate => draft.arrivedOn ?? draft.on

/** The last draft's 15 days, and whether the family has answered it. */
function commentTime(file: CaseFile) {
  const draft = file.ownFacts
    .filter((fact) => fact.kind === 'draft_issued')
    .toSorted((a, b) => servedOn(b) - servedOn(a))[0]
  if (!draft) return undefined
  const answered = file.ownFacts.some(
    (fact) => fact.kind === 'representations_received' && fact.on >= draft.on,
  )
  return { draft, period: commentPeriod(iso(servedOn(draft))), answered }
}

export const routes = caseStep<Final>({
  slug: 'send-the-final-plan',
  title: () => 'Send the final plan',
  stages: ['drafting', 'with-family', 'finalising'],
  schema: finalForm,
  lists: ['sentEarly'],
  dates: ['sentOn', 'planDate'],
  start: () => ({ how: 'post' }),
  button: 'Record the final plan and keep the letters',
  questions: async (typed, file, context) => {
    const time = commentTime(file)
    const due = datesThatFollow(file.ownFacts, context.today).find((one) => one.rule === 'final-plan')
    const urn = typed.value('setting')
    const consulted = consultedUrns(file)
    const { found, recipients, held, section, problems } = await context.read(
      'settings, who will have the final plan, and what stands in its way',
      async (trx) => {
        const plan = await planHeld(trx, file.child.id, file.process.id)
        const decided = await sectionIFor(trx, file.process.id)
        // What the plan says already, or else what was decided, is chosen for the officer until they choose otherwise.
        const section = (plan && sectionI(plan)) ?? decided?.content
        const named = section?.settingUrn
        return {
          held: plan,
          section,
          found: await searchSettings(
            trx,
            typed.value('settingSearch'),
            [...consulted, ...(urn === '' ? [] : [urn]), ...(named ? [named] : [])],
            file.child.postcode,
          ),
          recipients: await previewRecipients(trx, {
            childId: file.child.id,
            kind: 'final-plan',
            on: context.today,
            today: context.today,
            how: 'post',
            settingUrn: urn || named || null,
          }),
          problems: plan
            ? await problemsOf(trx, plan.plan, {
                sending: 'final',
                by: viewerOf(context).accountId,
                today: context.today,
              })
            : undefined,
        }
      },
    )
    const form = section ? withSectionI(typed, section) : typed
    return (
      <>
        {due?.dueOn ? (
          <GovukInsetText>
            The final plan is due as soon as practicable and at the latest by{' '}
            <strong>{longDate(due.dueOn)}</strong> (20 weeks, regulation 13(2)).
            {due.status === 'overdue'
              ? ' That day has passed: it will be recorded as late, with its true date.'
              : ''}
          </GovukInsetText>
        ) : null}
        {!time ? (
          <GovukWarningText
            text="No draft has been recorded as sent. The family must have a draft, and at least 15 days, before a plan is final (regulation 13(1)(a))."
            iconFallbackText="Warning"
          />
        ) : null}
        {time && time.period.last >= date(context.today) ? (
          <GovukWarningText
            text={`The family’s 15 days run until ${longDate(time.period.last)}${time.answered ? '. They have commented, and may say more until then' : ' and no comments are recorded'}. They must not be cut short (regulation 13(1)(a)).`}
            iconFallbackText="Warning"
          />
        ) : null}
        <DateField
          form={typed}
          name="sentOn"
          label="Date the final plan was sent"
          hint="It may be late: use the true date."
        />
        <DateField form={typed} name="planDate" label="Date on the plan" />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        {held && problems ? (
          <>
            <ProblemsBeforeSending planId={held.plan.id} problems={problems} />
            <input type="hidden" name="of" value={planHash(held.parts)} />
          </>
        ) : null}
        <ChoiceField
          form={form}
          name="placement"
          label="What does section I say?"
          options={[
            {
              value: 'named',
              text: 'It names a setting',
              more: html(
                <>
                  <TextField
                    form={form}
                    name="settingSearch"
                    label="Find the setting"
                    hint="Part of the name, town or postcode. Those consulted are already listed."
                    width={30}
                  />
                  <GovukButton text="Search" name="doing" value="search" classes="govuk-button--secondary" />
                  <SelectField
                    form={form}
                    name="setting"
                    label="Setting"
                    empty={found.length === 0 ? 'Search first' : 'Choose'}
                    options={found.map((one) => ({
                      value: one.urn,
                      text: `${one.name}${one.town ? `, ${one.town}` : ''}`,
                    }))}
                  />
                </>,
              ),
            },
            {
              value: 'type',
              text: 'It gives a type of setting only',
              more: html(<TextField form={form} name="settingType" label="Type of setting" width={30} />),
            },
            {
              value: 'otherwise',
              text: 'Education otherwise than at a school or college (section 61)',
              more: html(<TextField form={form} name="otherwise" label="How it is given" width={30} />),
            },
          ]}
        />
        <TickField
          form={typed}
          name="sentEarly"
          label="Only if it has already gone out too soon"
          options={[
            {
              value: 'yes',
              text: 'It was sent before the 15 days had run',
              hint: 'The law forbids it. Tick this only to record what has happened: it will show as a breach.',
              more: html(
                <LongTextField
                  form={typed}
                  name="earlyBecause"
                  label="Why, and what will be done to put it right?"
                  max={2000}
                />,
              ),
            },
          ]}
        />
        <WhoWillBeTold recipients={recipients} childName={file.child.name} />
        <WhatFollows
          facts={withFacts(file, [{ kind: 'final_issued', on: context.today, field: '' }])}
          today={context.today}
          title="If it is sent today, what happens next"
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    if (answer.searching) return { ok: false, errors: [] }
    const { file, trx, today } = run
    const errors = problemsWith(run.file, answer, today)
    if (errors.length > 0) return { ok: false, errors }
    const setting =
      'named' in answer.placement ? (await searchSettings(trx, '', [answer.placement.named]))[0] : undefined
    if ('named' in answer.placement && !setting)
      return {
        ok: false,
        errors: [{ field: 'setting', text: 'This setting could not be found, or has closed. Search again' }],
      }
    const placement = setting ? `names ${setting.name}` : placementInWords(answer)
    const held = await planHeld(trx, file.child.id, file.process.id, { forUpdate: true })
    const stopped = await whatStops(run, held, answer, setting)
    if (stopped.length > 0) return { ok: false, errors: stopped }
    const fact: StepFact = {
      kind: 'final_issued',
      on: answer.sentOn,
      field: 'sentOn',
      why: answer.early === null ? null : `Sent before the 15 days had run: ${answer.early}`,
      payload: {
        setting: setting?.urn ?? null,
        settingName: setting?.name ?? null,
        settingType: 'type' in answer.placement ? answer.placement.type : null,
        otherwise: 'otherwise' in answer.placement ? answer.placement.otherwise : null,
        planDated: answer.planDate,
        sentEarlyBecause: answer.early,
      },
    }
    const recorded = await recordOnCase(run, [fact])
    if (!recorded.ok) return recorded
    const opened = await openPlan(trx, file, answer.sentOn, setting?.urn ?? null)
    const version = held
      ? await freezeFinal(
          trx,
          held.plan,
          'final',
          { on: answer.sentOn, eventId: recorded.ids[0]! },
          opened.id,
          { accountId: run.by, today },
        )
      : undefined
    if (setting)
      await placementFromFinal(trx, {
        childId: file.child.id,
        processId: file.process.id,
        planProcessId: opened.id,
        settingUrn: setting.urn,
        versionId: version?.id ?? null,
        sentOn: answer.sentOn,
        today,
        by: run.by,
      })
    // From this day the authority must secure what the plan sets out (s.42): its lines begin, at the place it names.
    if (version) await promiseLines(trx, version, { accountId: run.by, today })
    const letters = await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'final-plan',
      on: answer.sentOn,
      how: answer.how,
      by: run.by,
      today,
      file,
      details: { placement, planDate: answer.planDate, settingUrn: setting?.urn ?? null },
    })
    return {
      ok: true,
      notice: `Final plan recorded; plan ${opened.reference} begins. ${letters} letters kept as sent.${lateWords(file, [fact], 'final-plan', today)}`,
    }
  },
})

type Sent = Extract<Final, { searching: false }>
type Setting = Awaited<ReturnType<typeof searchSettings>>[number]

const placementInWords = ({ placement }: Sent): string =>
  'type' in placement
    ? `does not name a particular setting: it gives the type, ${placement.type}`
    : `says that education is given otherwise than at a school or college (Children and Families Act 2014, section 61): ${'otherwise' in placement ? placement.otherwise : ''}`

/** What stops a plan that is held here going out, section I written on the way; nothing for one on paper. */
async function whatStops(
  { trx, today, by }: StepRun,
  held: Held | undefined,
  answer: Sent,
  setting: Setting | undefined,
): Promise<readonly FieldError[]> {
  if (!held) return []
  const before = [
    ...(await secondFinal(trx, held.plan, answer.sentOn)),
    ...(await problemWithTheWords(trx, held, answer.of ?? '', answer.sentOn, today)),
  ]
  if (before.length > 0) return before
  const problems = await problemsOf(trx, held.plan, { sending: 'final', by, today })
  if (problems.must.length > 0) return [{ field: '', text: refusal(problems) }]
  const chosen = placementOf(answer, setting)
  const decided = (await sectionIFor(trx, held.plan.processId))?.content
  // The decision says more than the form does: its conditions go into the plan with it.
  return writeSectionI(trx, held, decided && isSame(decided, chosen) ? decided : chosen, {
    accountId: by,
    today,
  })
}

const isSame = (a: PlacementContent, b: PlacementContent): boolean =>
  a.form === b.form && (a.form === 'named' ? a.settingUrn === b.settingUrn : a.type.trim() === b.type.trim())

/** Section I as the form says it. */
const placementOf = ({ placement }: Sent, setting: Setting | undefined): PlacementContent => ({
  form: setting ? 'named' : 'type' in placement ? 'type-only' : 'otherwise',
  settingUrn: setting?.urn ?? null,
  name: setting?.name ?? '',
  type:
    'type' in placement
      ? placement.type
      : 'otherwise' in placement
        ? placement.otherwise
        : (setting?.type ?? ''),
  conditions: '',
})

function withSectionI(typed: TypedForm, written: PlacementContent): TypedForm {
  if (typed.value('placement') !== '') return typed
  const said: Readonly<Record<string, string>> = {
    placement: written.form === 'type-only' ? 'type' : written.form,
    setting: written.settingUrn ?? '',
    settingType: written.form === 'type-only' ? written.type : '',
    otherwise: written.form === 'otherwise' ? written.type || written.conditions : '',
  }
  return { ...typed, value: (name) => said[name] ?? typed.value(name) }
}

const consultedUrns = (file: CaseFile): readonly string[] =>
  file.history
    .filter((row) => row.kind === 'setting_consulted' && row.process_id === file.process.id)
    .flatMap((row) => (row.payload as { setting?: string }).setting ?? [])

function problemsWith(
  file: CaseFile,
  answer: Extract<Final, { searching: false }>,
  today: string,
): readonly FieldError[] {
  const time = commentTime(file)
  if (answer.planDate > today)
    return [{ field: 'planDate', text: 'The date on the plan must be today or in the past' }]
  if (!time) {
    return answer.early === null
      ? [
          {
            field: 'sentEarly',
            text: 'No draft has been recorded, so the family has not had its 15 days (regulation 13(1)(a)). Record the draft first, or tick that the plan was sent too soon and say why',
          },
        ]
      : []
  }
  if (answer.sentOn < iso(time.draft.on))
    return [
      {
        field: 'sentOn',
        text: `The final plan cannot have been sent before its draft, which was sent on ${longDate(time.draft.on)}`,
      },
    ]
  const isEarly = date(answer.sentOn) <= time.period.last
  if (isEarly && answer.early === null)
    return [
      {
        field: 'sentOn',
        text: `The family’s 15 days run until ${longDate(time.period.last)} and must not be cut short, even if they have answered (regulation 13(1)(a)). Wait until ${longDate(time.period.earliestFinal)}. If it has already gone out, tick the box below that says so`,
      },
    ]
  return []
}

/** The plan's own process begins the day the final plan is sent. */
async function openPlan(
  trx: Trx,
  file: CaseFile,
  openedOn: string,
  settingUrn: string | null,
): Promise<{ readonly id: string; readonly reference: string }> {
  const before = await trx
    .selectFrom('process')
    .select(['id', 'reference'])
    .where('child_id', '=', file.child.id)
    .where('kind', '=', 'plan')
    .where('closed_on', 'is', null)
    .executeTakeFirst()
  if (before) return before
  const { rows } = await sql<{ next: number }>`select nextval('case_number') as next`.execute(trx)
  const reference = `P-${openedOn.slice(0, 4)}-${String(rows[0]!.next).padStart(5, '0')}`
  const from = await trx
    .selectFrom('process')
    .select(['locality_id', 'assigned_to'])
    .where('id', '=', file.process.id)
    .executeTakeFirstOrThrow()
  return trx
    .insertInto('process')
    .values({
      reference,
      child_id: file.child.id,
      kind: 'plan',
      state: 'in-force',
      opened_on: openedOn,
      source: `Assessment ${file.process.reference}`,
      assigned_to: from.assigned_to,
      locality_id: from.locality_id,
      setting_urn: settingUrn,
    })
    .returning(['id', 'reference'])
    .executeTakeFirstOrThrow()
}
