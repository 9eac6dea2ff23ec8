/** Writing down where a child is educated and until when, and that a place is needed from a day. */
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { choice, optionalDate, optionalText, plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import {
  BOARDING,
  type Boarding,
  isPlaceCode,
  OUT_BECAUSE,
  PLACE_ENDS,
  PLACES_WITHOUT_NUMBER,
} from '../../../record/placement/index.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  LongTextField,
  SelectField,
  TextField,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { searchSettings } from '../../assessment/consult-settings/index.tsx'
import { caseStep } from '../../assessment/the-case/index.ts'
import { findSetting, isClosedOn } from '../the-settings/index.ts'
import { endPlacement, findPlacements, inTheWay, keepPlacement, placeWords } from './placements.ts'

const STAGES: readonly AssessmentStage[] = [
  'deciding-whether-to-assess',
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
  'plan-issued',
]
const no = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })
const toSettings = (id: string) => `/staff/cases/${id}/settings`

const placeForm = z
  .object({
    search: optionalText({ max: 100 }),
    doing: z.string().optional(),
    where: z.string().optional(),
    setting: z.string().optional(),
    code: z.string().optional(),
    placeName: optionalText({ max: 200 }),
    rank: z.string().optional(),
    boarding: z.string().optional(),
    kind: z.string().optional(),
    fromOn: z.unknown().optional(),
    toOn: z.unknown().optional(),
    endedWhy: z.string().optional(),
  })
  .transform((raw, context) => {
    if (raw.doing === 'search') return { searching: true as const }
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    const isSetting = raw.where === 'setting'
    if (raw.where !== 'setting' && raw.where !== 'elsewhere')
      problem('where', 'Say where the child is educated')
    if (isSetting && !raw.setting) problem('setting', 'Search for the setting, then choose it')
    if (raw.where === 'elsewhere' && !isPlaceCode(raw.code))
      problem('code', 'Choose what kind of place it is')
    const boarding = choice(['day', 'A', 'B'], 'Choose day or residential').safeParse(raw.boarding)
    if (!boarding.success) problem('boarding', 'Choose day or residential')
    const from = plainDate('the first day').safeParse(raw.fromOn)
    if (!from.success) problem('fromOn', from.error.issues[0]!.message)
    const to = optionalDate('the day after the last').safeParse(raw.toOn)
    if (!to.success) problem('toOn', to.error.issues[0]!.message)
    const fromOn = from.success ? from.data : ''
    const toOn = to.success ? to.data : null
    if (from.success && toOn !== null && toOn < fromOn)
      problem('toOn', 'The end must not be before the first day')
    const why = raw.endedWhy && Object.hasOwn(PLACE_ENDS, raw.endedWhy) ? raw.endedWhy : null
    if (toOn !== null && why === null) problem('endedWhy', 'Say why it ended or will end')
    const kind = choice(['named', 'interim', 'other'], 'Say what kind of placement it is').safeParse(raw.kind)
    if (!kind.success) problem('kind', 'Say what kind of placement it is')
    return {
      searching: false as const,
      urn: isSetting ? (raw.setting ?? null) : null,
      code: isSetting ? null : (raw.code ?? null),
      placeName: raw.placeName,
      rank: raw.rank === '2' ? (2 as const) : (1 as const),
      boarding: (boarding.success ? boarding.data : 'day') as Boarding,
      kind: kind.success ? kind.data : ('other' as const),
      fromOn,
      toOn,
      endedWhy: toOn === null ? null : why,
    }
  })

const record = caseStep<z.output<typeof placeForm>>({
  slug: 'record-a-placement',
  title: () => 'Record a placement',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: placeForm,
  dates: ['fromOn', 'toOn'],
  start: (file) => ({
    where: 'setting',
    rank: '1',
    boarding: 'day',
    kind: file.process.kind === 'plan' ? 'named' : 'other',
  }),
  button: 'Record the placement',
  questions: async (form, file, context) => {
    const chosen = form.value('setting')
    const found = await context.read('settings for a placement', (trx) =>
      searchSettings(trx, form.value('search'), chosen === '' ? [] : [chosen], file.child.postcode),
    )
    return (
      <>
        <ChoiceField
          form={form}
          name="where"
          label="Where is the child educated?"
          options={[
            {
              value: 'setting',
              text: 'At a setting that has a number',
              more: html(
                <>
                  <TextField
                    form={form}
                    name="search"
                    label="Find the setting"
                    hint="Part of the name, town or postcode, or its number"
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
                      text: [one.name, one.town].filter(Boolean).join(', '),
                    }))}
                  />
                </>,
              ),
            },
            {
              value: 'elsewhere',
              text: 'Somewhere with no number, or nowhere',
              more: html(
                <>
                  <SelectField
                    form={form}
                    name="code"
                    label="What kind of place? (SEN2 code)"
                    empty="Choose"
                    options={Object.entries(PLACES_WITHOUT_NUMBER).map(([value, words]) => ({
                      value,
                      text: `${value}: ${words}`,
                    }))}
                  />
                  <TextField form={form} name="placeName" label="Its name, if it has one" />
                </>,
              ),
            },
          ]}
        />
        <ChoiceField
          form={form}
          name="kind"
          label="What kind of placement?"
          options={[
            { value: 'named', text: 'The place the final plan names' },
            { value: 'interim', text: 'In the meantime, until a place is secured' },
            { value: 'other', text: 'Another: where the child is now' },
          ]}
        />
        <ChoiceField
          form={form}
          name="rank"
          label="Main or second?"
          hint="A child has one main placement on a day, and may have a second beside it (dual)"
          inline
          options={[
            { value: '1', text: 'Main' },
            { value: '2', text: 'Second' },
          ]}
        />
        <ChoiceField
          form={form}
          name="boarding"
          label="Day or residential?"
          options={Object.entries(BOARDING).map(([value, words]) => ({ value, text: words }))}
        />
        <DateField form={form} name="fromOn" label="First day" hint="It may be in the future" />
        <DateField
          form={form}
          name="toOn"
          label="Day it ends (optional)"
          hint="The first day the child is not there. Another place may begin that day"
        />
        <SelectField
          form={form}
          name="endedWhy"
          label="Why it ends, if it does"
          empty="It does not"
          options={Object.entries(PLACE_ENDS).map(([value, words]) => ({ value, text: words }))}
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    if (answer.searching) return { ok: false, errors: [] }
    const { trx, file, today } = run
    const setting = answer.urn === null ? null : await findSetting(trx, answer.urn, today)
    if (setting === undefined) return no('setting', 'This setting could not be found. Search again')
    if (setting && isClosedOn(setting, answer.fromOn))
      return no(
        'setting',
        `${setting.name} closed on ${dayInWords(setting.closedOn!)}, before this would begin${setting.successorName ? `: it is now ${setting.successorName} (${setting.successorUrn})` : ''}`,
      )
    if (answer.kind === 'named' && !file.facts.some((fact) => fact.kind === 'final_issued'))
      return no(
        'kind',
        'No final plan has been sent, so none names a place. Choose “Another”, or record the final plan first',
      )
    const place = {
      childId: file.child.id,
      processId: file.process.id,
      ...answer,
      placeName:
        setting?.name ??
        answer.placeName ??
        PLACES_WITHOUT_NUMBER[answer.code as keyof typeof PLACES_WITHOUT_NUMBER],
      today,
      by: run.by,
    }
    const other = inTheWay(await findPlacements(trx, file.child.id), place)
    if (other)
      return no(
        'fromOn',
        `The child’s main placement is ${other.placeName} from ${dayInWords(other.fromOn)}${other.toOn ? ` until ${dayInWords(other.toOn)}` : ' with no end'}. End it on or before the first day of this one, or record this as the second`,
      )
    await keepPlacement(trx, place)
    return {
      ok: true,
      redirect: toSettings(file.process.id),
      notice: `Placement recorded: ${place.placeName}, from ${dayInWords(answer.fromOn)}.`,
    }
  },
})

const endForm = z.object({
  placement: z.string({ error: 'Choose the placement' }).min(1, 'Choose the placement'),
  on: plainDate('the day it ends'),
  why: choice(
    Object.keys(PLACE_ENDS) as [keyof typeof PLACE_ENDS, ...(keyof typeof PLACE_ENDS)[]],
    'Say why it ends',
  ),
})

const end = caseStep<z.output<typeof endForm>>({
  slug: 'end-a-placement',
  title: () => 'End a placement',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: endForm,
  dates: ['on'],
  start: (_file, today, context) => ({
    placement: context.query['placement'] ?? '',
    ...dateParts('on', today),
  }),
  button: 'Record the end',
  questions: async (form, file, context) => {
    const open = (
      await context.read('placements of a child', (trx) => findPlacements(trx, file.child.id))
    ).filter((one) => one.toOn === null)
    return (
      <>
        {open.length === 0 ? <GovukInsetText text="No placement is open." /> : null}
        <SelectField
          form={form}
          name="placement"
          label="Which placement?"
          empty="Choose"
          options={open.map((one) => ({
            value: one.id,
            text: `${placeWords(one)}, from ${dayInWords(one.fromOn)}`,
          }))}
        />
        <DateField form={form} name="on" label="Day it ends" hint="The first day the child is not there" />
        <SelectField
          form={form}
          name="why"
          label="Why?"
          empty="Choose"
          options={Object.entries(PLACE_ENDS).map(([value, words]) => ({ value, text: words }))}
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const place = (await findPlacements(trx, file.child.id)).find(
      (one) => one.id === answer.placement && one.toOn === null,
    )
    if (!place) return no('placement', 'Choose a placement that is open')
    if (answer.on < place.fromOn)
      return no('on', `It began on ${dayInWords(place.fromOn)}: it cannot end before`)
    await endPlacement(trx, place, {
      childId: file.child.id,
      processId: file.process.id,
      on: answer.on,
      why: answer.why,
      today,
      by: run.by,
    })
    return {
      ok: true,
      redirect: toSettings(file.process.id),
      notice: `${place.placeName} ends on ${dayInWords(answer.on)}. If the child needs a place from then, record that too: the delay is counted from that day.`,
    }
  },
})

const neededForm = z
  .object({
    neededOn: plainDate('the day the place was needed'),
    why: text('Say why a place is needed from that day', { max: 4000 }),
    outOfSchool: yesOrNo('Say whether the child is out of school'),
    outBecause: z.string().optional(),
  })
  .transform((given, context) => {
    const because = given.outBecause && Object.hasOwn(OUT_BECAUSE, given.outBecause) ? given.outBecause : null
    if (given.outOfSchool && because === null)
      context.addIssue({
        code: 'custom',
        path: ['outBecause'],
        message: 'Say why the child is out of school',
      })
    return { ...given, outBecause: given.outOfSchool ? because : null }
  })

/** The fact of law that being out of school is, where it is one: its own day-six or 15-day clock starts with it. */
const FACT_OF = { excluded: 'permanently_excluded', health: 'health_absence' } as const

const need = caseStep<z.output<typeof neededForm>>({
  slug: 'a-place-is-needed',
  title: () => 'A place is needed',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: neededForm,
  dates: ['neededOn'],
  button: 'Record',
  questions: (form) => (
    <>
      <p class="govuk-body">
        The delay in securing a place is counted from this day, whatever day it is written down: the day a
        plan named a place, a place ended, or the family moved here.
      </p>
      <DateField
        form={form}
        name="neededOn"
        label="From which day is a place needed?"
        hint="It may be in the future, such as 1 September"
      />
      <LongTextField form={form} name="why" label="Why from that day?" max={4000} rows={3} />
      <ChoiceField
        form={form}
        name="outOfSchool"
        label="Is the child out of school?"
        options={[
          {
            value: 'yes',
            text: 'Yes',
            hint: 'Suitable education must be arranged in the meantime (section 19, Education Act 1996), and section F secured (section 42)',
            more: html(
              <SelectField
                form={form}
                name="outBecause"
                label="Why?"
                empty="Choose"
                options={Object.entries(OUT_BECAUSE).map(([value, words]) => ({ value, text: words }))}
              />,
            ),
          },
          { value: 'no', text: 'No: they attend where they are' },
        ]}
      />
    </>
  ),
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const open = await trx
      .selectFrom('place_needed')
      .select('needed_on')
      .where('child_id', '=', file.child.id)
      .where('secured_on', 'is', null)
      .executeTakeFirst()
    if (open)
      return no(
        'neededOn',
        `A place is down as needed since ${dayInWords(open.needed_on)} already. Record the placement, or end that first`,
      )
    const fact =
      answer.outBecause === 'excluded' || answer.outBecause === 'health' ? FACT_OF[answer.outBecause] : null
    // On this case, whose page and list then carry its clock; the order of an assessment says nothing about it.
    if (fact && answer.neededOn <= today)
      await recordEvent(trx, {
        childId: file.child.id,
        processId: file.process.id,
        kind: fact,
        on: answer.neededOn,
        today,
        by: run.by,
      })
    const event = await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'placement_needed',
      on: answer.neededOn,
      today,
      by: run.by,
      payload: { outOfSchool: answer.outOfSchool ? 'yes' : 'no', outBecause: answer.outBecause },
      why: answer.why,
    })
    await trx
      .insertInto('place_needed')
      .values({
        child_id: file.child.id,
        process_id: file.process.id,
        needed_on: answer.neededOn,
        why: answer.why,
        out_of_school: answer.outOfSchool,
        out_because: answer.outBecause,
        recorded_by: run.by,
        recorded_on: today,
        event_id: event,
      })
      .execute()
    return {
      ok: true,
      redirect: toSettings(file.process.id),
      notice: `A place is needed from ${dayInWords(answer.neededOn)}.${answer.outOfSchool ? ' Now record what education is arranged in the meantime.' : ''}`,
    }
  },
})

const noLongerForm = z.object({
  on: plainDate('the day it was no longer needed'),
  why: choice(['not-needed', 'mistake'], 'Say why'),
})
const noLonger = caseStep<z.output<typeof noLongerForm>>({
  slug: 'no-place-needed',
  title: () => 'A place is no longer needed',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: noLongerForm,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  button: 'Record',
  questions: (form) => (
    <>
      <p class="govuk-body">
        If a place has been secured, record the placement instead: the wait ends on its first day.
      </p>
      <DateField form={form} name="on" label="From which day?" />
      <ChoiceField
        form={form}
        name="why"
        label="Why?"
        options={[
          { value: 'not-needed', text: 'It is no longer needed' },
          { value: 'mistake', text: 'It was written down by mistake', hint: 'It is then counted nowhere' },
        ]}
      />
    </>
  ),
  carryOut: async (run, answer) => {
    const { trx, file } = run
    const open = await trx
      .selectFrom('place_needed')
      .select(['id', 'needed_on'])
      .where('child_id', '=', file.child.id)
      .where('secured_on', 'is', null)
      .executeTakeFirst()
    if (!open) return no('on', 'No place is down as needed')
    if (answer.on < open.needed_on && answer.why !== 'mistake')
      return no('on', `It was needed from ${dayInWords(open.needed_on)}: use that day or a later one`)
    await trx
      .updateTable('place_needed')
      .set({ secured_on: answer.on, ended_why: answer.why })
      .where('id', '=', open.id)
      .execute()
    return { ok: true, redirect: toSettings(file.process.id), notice: 'Recorded.' }
  },
})

export const stepRoutes: readonly Route[] = [...record, ...end, ...need, ...noLonger]
