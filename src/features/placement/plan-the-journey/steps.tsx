import { z } from 'zod'
import { placeOfPostcode } from '../../../db/authority/index.ts'
import { recordEvent } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { plainDate, text } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'
import {
  doubtsOfTravel,
  FUELS,
  straightLineMiles,
  TRAVEL_GROUNDS,
  TRAVEL_MODES,
  tidyPostcode,
  walkingTest,
} from '../../../record/travel/index.ts'
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
import { GovukDetails } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, type StepRun } from '../../assessment/the-case/index.ts'
import { type JourneyAnswer, journeyForm } from './form.ts'
import { type Destination, findDestinations, findJourneys, findPlace } from './queries.ts'

const STAGES = Object.keys(STAGE_LABELS) as AssessmentStage[]
const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ value, text: name }))

const YES_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]

function Questions({
  form,
  destinations,
}: {
  readonly form: TypedForm
  readonly destinations: readonly Destination[]
}) {
  return (
    <>
      <ChoiceField
        form={form}
        name="place"
        label="Where to?"
        options={[
          ...destinations.map((one) => ({ value: one.urn, text: one.name })),
          { value: 'other', text: 'Somewhere else' },
        ]}
      />
      <TextField
        form={form}
        name="placeName"
        label="Name of the other place"
        hint="Or its number (URN), for one in the directory"
        width={30}
      />
      <DateField form={form} name="from" label="From which day?" />
      <SelectField
        form={form}
        name="ground"
        label="On what ground?"
        empty="Choose"
        options={Object.entries(TRAVEL_GROUNDS).map(([value, one]) => ({ value, text: one.name }))}
      />
      <GovukDetails summaryText="What the law says">
        <p class="govuk-body">
          From 5 to 16, travel is free to the nearest suitable school if it is further than 2 miles to walk
          for a child under 8, or 3 miles from 8 (Education Act 1996, s.508B, s.444(5) and Schedule 35B).
          Walking distance is the shortest way the child can walk in reasonable safety, with an adult if need
          be.
        </p>
        <p class="govuk-body">
          Distance does not matter where the child cannot reasonably be expected to walk because of special
          educational needs, disability or mobility, judged child by child, or where no way is safe. On a low
          income: over 2 miles from 8 to 10; 2 to 6 miles to one of the three nearest from 11; 2 to 15 miles
          on the ground of religion or belief from 11. After 16 it is another duty.
        </p>
      </GovukDetails>
      <LongTextField
        form={form}
        name="groundWords"
        label="What was found for this child? (optional)"
        hint="For needs, disability, mobility or an unsafe route: what, from whom, and when"
        max={4000}
        rows={3}
      />
      <h2 class="govuk-heading-m">How far, one way</h2>
      <ChoiceField
        form={form}
        name="unit"
        label="Distances below are in"
        inline
        options={[
          { value: 'miles', text: 'Miles' },
          { value: 'km', text: 'Kilometres' },
        ]}
      />
      <TextField form={form} name="walkMiles" label="Walking distance (optional)" width={5} />
      <TextField form={form} name="walkSource" label="Measured with" hint="The map or tool" width={20} />
      <DateField form={form} name="walkOn" label="Measured on" />
      <TextField
        form={form}
        name="roadMiles"
        label="Distance by road (optional)"
        hint="Never the straight line. Leave it empty if it is not known"
        width={5}
      />
      <TextField form={form} name="roadSource" label="By road, measured with" width={20} />
      <DateField form={form} name="roadOn" label="By road, measured on" />
      <h2 class="govuk-heading-m">How</h2>
      <SelectField
        form={form}
        name="mode"
        label="Travels by"
        empty="Choose"
        options={options(TRAVEL_MODES)}
      />
      <SelectField form={form} name="fuel" label="Fuel" options={options(FUELS)} />
      <TextField form={form} name="children" label="Children in the vehicle, this one too" width={2} />
      <ChoiceField
        form={form}
        name="assistant"
        label="Does a passenger assistant go with them?"
        inline
        options={YES_NO}
      />
      <ChoiceField form={form} name="residential" label="Does the child board?" inline options={YES_NO} />
      <TextField
        form={form}
        name="legs"
        label="Journeys with the child on a day travelled"
        hint="2 there and back"
        width={2}
      />
      <TextField
        form={form}
        name="days"
        label="Days travelled in a year"
        hint="About 190. For a child who boards, the journeys home"
        width={3}
      />
      <TextField
        form={form}
        name="emptyPercent"
        label="Miles empty for every 100 with the child"
        hint="100 if a taxi goes back empty each time; 0 for a bus"
        width={3}
      />
      <TextField form={form} name="minutes" label="Minutes one way (optional)" width={3} />
      <TextField form={form} name="cost" label="Cost in a year, in pounds (optional)" width={10} />
      <DateField form={form} name="reviewOn" label="Review on (optional)" />
      <LongTextField
        form={form}
        name="trainingGoal"
        label="Goal for learning to travel alone (optional)"
        max={1000}
        rows={2}
      />
      <TickField
        form={form}
        name="confirmed"
        label="If something above was questioned"
        options={[{ value: 'yes', text: 'I have checked it and it is right' }]}
      />
    </>
  )
}

/** Does the ground fit the child's age on the day, and the walk as measured? */
function groundDoubts(answer: JourneyAnswer, bornOn: string): readonly FieldError[] {
  const { ground } = answer
  const found = walkingTest({
    bornOn: date(bornOn),
    on: date(answer.from),
    walkMiles: answer.walkMiles,
    lowIncome: ['low-income-8-to-10', 'low-income-11-to-16', 'religion-or-belief'].includes(ground),
    cannotWalk: ground === 'cannot-walk',
    unsafeRoute: ground === 'unsafe-route',
    nearestSuitable: ground !== 'low-income-11-to-16' && ground !== 'religion-or-belief',
    oneOfThreeNearest: ground === 'low-income-11-to-16',
    religionOrBelief: ground === 'religion-or-belief',
  })
  if (found.ground === ground) return []
  if (ground === 'discretion') return []
  if (ground === 'none') {
    if (found.entitled !== 'yes' || answer.confirmed) return []
    return [
      {
        field: 'ground',
        text: `By age and distance there is a right: ${found.words} Choose that ground, or tick below that this is not the nearest suitable place`,
      },
    ]
  }
  return [{ field: 'ground', text: `That ground does not fit: ${found.words}` }]
}

async function destinationOf(
  trx: Trx,
  answer: JourneyAnswer,
): Promise<
  { readonly urn: string | null; readonly name: string; readonly place: Destination | undefined } | undefined
> {
  const typed = answer.placeName ?? ''
  if (answer.place !== 'other') {
    const place = await findPlace(trx, answer.place)
    return place && { urn: place.urn, name: place.name, place }
  }
  const numbered = /^\d{5,6}$/.test(typed) ? await findPlace(trx, typed) : undefined
  if (/^\d+$/.test(typed) && !numbered) return undefined
  return numbered
    ? { urn: numbered.urn, name: numbered.name, place: numbered }
    : { urn: null, name: typed, place: undefined }
}

async function carryOut(run: StepRun, answer: JourneyAnswer) {
  const { trx, file } = run
  const to = await destinationOf(trx, answer)
  if (!to)
    return {
      ok: false,
      errors: [{ field: 'placeName', text: 'No setting in the directory has that number' }],
    } as const
  const straightMiles = straightLineMiles(placeOfPostcode(file.child.postcode), to.place?.at)
  const home = file.child.postcode ? tidyPostcode(file.child.postcode) : null
  const doubts = doubtsOfTravel({
    ...answer,
    straightMiles,
    residential: answer.residential,
    emptyShare: answer.emptyPercent / 100,
    sameHomeAndSetting:
      home !== null && to.place?.postcode !== null && home === tidyPostcode(to.place?.postcode ?? ''),
  })
  const errors = [
    ...groundDoubts(answer, file.child.dateOfBirth),
    ...doubts
      .filter((one) => !(one.mayStand && answer.confirmed))
      .map((one) => ({ field: one.field, text: one.words })),
  ]
  if (errors.length > 0) return { ok: false, errors } as const
  const standing = (await findJourneys(trx, file.child.id)).filter(
    (one) => one.place === to.name && (one.to === null || one.to > answer.from),
  )
  const later = standing.find((one) => one.from > answer.from)
  if (later)
    return {
      ok: false,
      errors: [
        {
          field: 'from',
          text: `A journey to ${to.name} from ${shortDate(date(later.from))} is recorded already: choose that day or a later one, or end it first`,
        },
      ],
    } as const
  for (const one of standing)
    await trx
      .updateTable('journey')
      .set({
        to_on: answer.from,
        ended_why: `Worked out again from ${shortDate(date(answer.from))}`,
        ended_recorded_on: run.today,
      })
      .where('id', '=', one.id)
      .execute()
  const eventId = await recordEvent(trx, {
    childId: file.child.id,
    processId: file.process.id,
    kind: 'journey_recorded',
    on: run.today,
    today: run.today,
    by: run.by,
    payload: { place: to.name, from: answer.from, mode: answer.mode, ground: answer.ground },
  })
  await trx
    .insertInto('journey')
    .values({
      child_id: file.child.id,
      process_id: file.process.id,
      setting_urn: to.urn,
      place_name: to.name,
      from_on: answer.from,
      ground: answer.ground,
      ground_words: answer.groundWords ?? '',
      straight_miles: straightMiles,
      walk_miles: answer.walkMiles,
      walk_source: answer.walkMiles === null ? null : answer.walkSource,
      walk_on: answer.walkMiles === null ? null : answer.walkOn,
      road_miles: answer.roadMiles,
      road_source: answer.roadMiles === null ? null : answer.roadSource,
      road_on: answer.roadMiles === null ? null : answer.roadOn,
      mode: answer.mode,
      fuel: answer.fuel,
      children: answer.children,
      assistant: answer.assistant,
      residential: answer.residential,
      legs: answer.legs,
      days: answer.days,
      empty_percent: answer.emptyPercent,
      minutes: answer.minutes,
      yearly_pence: answer.cost,
      review_on: answer.reviewOn,
      training_goal: answer.trainingGoal,
      recorded_by: run.by,
      recorded_on: run.today,
      event_id: eventId,
    })
    .execute()
  return {
    ok: true,
    notice: `The journey to ${to.name} is recorded.`,
    redirect: `/staff/cases/${file.process.id}/journeys`,
  } as const
}

/** Read what the form offers: where the child may travel to. */
const destinationsFor = (
  file: CaseFile,
  context: Parameters<Parameters<typeof caseStep>[0]['questions']>[2],
) =>
  context.read('journey: where to', async (trx, saw) => {
    saw(file.child.id)
    return findDestinations(trx, file.child.id, context.today)
  })

export const planSteps = caseStep<JourneyAnswer>({
  slug: 'plan-the-journey',
  title: () => 'Work out a journey',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: journeyForm,
  dates: ['from', 'walkOn', 'roadOn', 'reviewOn'],
  start: (file, today) => ({
    ...(file.child.setting ? { place: file.child.setting.urn } : {}),
    ...dateParts('from', today),
    unit: 'miles',
    fuel: 'unknown',
    children: '1',
    assistant: 'no',
    residential: 'no',
    legs: '2',
    days: '190',
    emptyPercent: '100',
  }),
  questions: async (form, file, context) => (
    <Questions form={form} destinations={await destinationsFor(file, context)} />
  ),
  button: 'Record the journey',
  carryOut,
})

const endForm = z.object({
  journey: z.string({ error: 'Choose which journey ended' }).min(1, 'Choose which journey ended'),
  on: plainDate('the first day the child did not travel so'),
  why: text('Enter why it ended', { max: 300 }),
})

export const endSteps = caseStep<z.output<typeof endForm>>({
  slug: 'end-a-journey',
  title: () => 'End a journey',
  kinds: ['assessment', 'plan'],
  stages: STAGES,
  schema: endForm,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  questions: async (form, file, context) => {
    const journeys = await context.read('journeys that may end', async (trx, saw) => {
      saw(file.child.id)
      return (await findJourneys(trx, file.child.id)).filter((one) => one.to === null)
    })
    return (
      <>
        <ChoiceField
          form={form}
          name="journey"
          label="Which journey?"
          options={journeys.map((one) => ({
            value: one.id,
            text: `To ${one.place}, from ${shortDate(date(one.from))}`,
          }))}
        />
        <DateField form={form} name="on" label="First day the child did not travel so" />
        <TextField form={form} name="why" label="Why it ended" width={30} />
      </>
    )
  },
  button: 'End the journey',
  carryOut: async (run, answer) => {
    const standing = (await findJourneys(run.trx, run.file.child.id)).find(
      (one) => one.id === answer.journey && one.to === null,
    )
    if (!standing)
      return { ok: false, errors: [{ field: 'journey', text: 'Choose a journey that has not ended' }] }
    if (answer.on < standing.from)
      return {
        ok: false,
        errors: [
          { field: 'on', text: `It began on ${shortDate(date(standing.from))}: the end cannot be before` },
        ],
      }
    await run.trx
      .updateTable('journey')
      .set({ to_on: answer.on, ended_why: answer.why, ended_recorded_on: run.today })
      .where('id', '=', standing.id)
      .execute()
    await recordEvent(run.trx, {
      childId: run.file.child.id,
      processId: run.file.process.id,
      kind: 'journey_recorded',
      on: run.today,
      today: run.today,
      by: run.by,
      payload: { place: standing.place, until: answer.on, why: answer.why },
    })
    return {
      ok: true,
      notice: `The journey to ${standing.place} is ended.`,
      redirect: `/staff/cases/${run.file.process.id}/journeys`,
    }
  },
})
