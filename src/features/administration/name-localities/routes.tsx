import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, plainDate, text } from '../../../platform/forms.ts'
import type { Answer, Context, Route } from '../../../platform/routes.ts'
import { DateField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { askPage, refused } from '../../access/the-form/index.ts'
import { PlacesPage, WORK } from './page.tsx'
import { idFor, isOpen, listPlaces, PLACES_PATH, type Place, type PlaceKind } from './queries.ts'

const roles = ['administrator'] as const
const back = () => ({ href: PLACES_PATH, text: 'Localities and teams' })
const KINDS = { localities: 'locality', teams: 'team' } as const satisfies Record<string, PlaceKind>
const NONE = 'none'

const name = text('Enter the name', { max: 80 })
const taken = (given: string) => refused('name', `There is one called ${given} already: choose another name`)

/** One place by the address, and its kind. */
async function findPlace(trx: Trx, context: Context) {
  const { kind, place: id } = context.params
  if (kind !== 'localities' && kind !== 'teams') return undefined
  const place: Place | undefined = (await listPlaces(trx))[kind].find((one) => one.id === id)
  return place && { place, kind: KINDS[kind] }
}

async function list(context: Context): Promise<Answer> {
  const places = await context.read('localities and teams', listPlaces)
  return {
    page: {
      title: 'Localities and teams',
      wide: true,
      main: <PlacesPage {...places} today={context.today} />,
    },
  }
}

const addLocality = askPage({
  url: `${PLACES_PATH}/localities/new`,
  roles,
  touches: 'nothing',
  name: 'add a locality',
  load: (trx) => listPlaces(trx),
  title: () => 'Add a locality',
  back,
  schema: z.object({ name }),
  questions: (form) => (
    <TextField
      form={form}
      name="name"
      label="Name of the locality"
      hint="As staff and families know the area"
    />
  ),
  button: 'Add it',
  carryOut: async ({ trx, view }, given) => {
    if (view.localities.some((one) => one.name.toLowerCase() === given.name.toLowerCase()))
      return taken(given.name)
    await trx
      .insertInto('locality')
      .values({
        id: idFor(
          given.name,
          view.localities.map((one) => one.id),
        ),
        name: given.name,
      })
      .execute()
    return { ok: true, redirect: PLACES_PATH, notice: `${given.name} is added.` }
  },
})

const addTeam = askPage({
  url: `${PLACES_PATH}/teams/new`,
  roles,
  touches: 'nothing',
  name: 'add a team',
  load: async (trx, context) => {
    const places = await listPlaces(trx)
    return { ...places, open: places.localities.filter((one) => isOpen(one, context.today)) }
  },
  title: () => 'Add a team',
  back,
  schema: z.object({
    name,
    work: choice(Object.keys(WORK) as [string, ...string[]], 'Choose what the team does'),
    locality: z
      .string()
      .optional()
      .transform((value) => value || NONE),
  }),
  questions: (form, { open }) => (
    <>
      <TextField form={form} name="name" label="Name of the team" />
      <SelectField
        form={form}
        name="work"
        label="What does it do?"
        empty="Choose"
        options={Object.entries(WORK).map(([value, words]) => ({ value, text: words }))}
      />
      <SelectField
        form={form}
        name="locality"
        label="Which locality does it work in?"
        options={[
          { value: NONE, text: 'The whole authority' },
          ...open.map((one) => ({ value: one.id, text: one.name })),
        ]}
      />
    </>
  ),
  button: 'Add it',
  carryOut: async ({ trx, view }, given) => {
    if (view.teams.some((one) => one.name.toLowerCase() === given.name.toLowerCase()))
      return taken(given.name)
    if (given.locality !== NONE && !view.open.some((one) => one.id === given.locality))
      return refused('locality', 'Choose the locality from the list')
    await trx
      .insertInto('team')
      .values({
        id: idFor(
          given.name,
          view.teams.map((one) => one.id),
        ),
        name: given.name,
        kind: given.work,
        locality_id: given.locality === NONE ? null : given.locality,
      })
      .execute()
    return { ok: true, redirect: PLACES_PATH, notice: `${given.name} is added.` }
  },
})

const rename = askPage({
  url: `${PLACES_PATH}/:kind/:place/name`,
  roles,
  touches: 'nothing',
  name: 'rename a locality or team',
  load: findPlace,
  title: ({ kind }) => `Rename the ${kind}`,
  caption: ({ place }) => place.name,
  back,
  start: ({ place }) => ({ name: place.name }),
  schema: z.object({ name }),
  before: () => (
    <p class="govuk-body">
      The new name shows everywhere at once, on closed cases too. Letters already sent keep the old one.
    </p>
  ),
  questions: (form) => <TextField form={form} name="name" label="New name" />,
  button: 'Rename it',
  carryOut: async ({ trx, view: { place, kind } }, given) => {
    const others = await listPlaces(trx)
    const same = (kind === 'locality' ? others.localities : others.teams).find(
      (one) => one.id !== place.id && one.name.toLowerCase() === given.name.toLowerCase(),
    )
    if (same) return taken(given.name)
    await trx.updateTable(kind).set({ name: given.name }).where('id', '=', place.id).execute()
    return { ok: true, redirect: PLACES_PATH, notice: `${place.name} is now called ${given.name}.` }
  },
})

const end = askPage({
  url: `${PLACES_PATH}/:kind/:place/end`,
  roles,
  touches: 'nothing',
  name: 'end a locality or team',
  load: async (trx, context) => {
    const found = await findPlace(trx, context)
    return found && isOpen(found.place, context.today) ? found : undefined
  },
  title: ({ kind }) => `End the ${kind}`,
  caption: ({ place }) => place.name,
  back,
  schema: z.object({ from: plainDate('the day it ends') }),
  dates: ['from'],
  before: ({ kind }) => (
    <p class="govuk-body">
      From that day {kind === 'locality' ? 'no new request is given to it' : 'nobody new is put in it'}.
      Children, cases and people it has stay with it until somebody moves them.
    </p>
  ),
  questions: (form) => <DateField form={form} name="from" label="From which day?" hint="Today or later" />,
  button: 'End it',
  carryOut: async ({ trx, view: { place, kind } }, given, context) => {
    if (given.from < context.today)
      return refused('from', `The day it ends must be ${shortDate(date(context.today))} or later`)
    await trx.updateTable(kind).set({ ended_on: given.from }).where('id', '=', place.id).execute()
    return {
      ok: true,
      redirect: PLACES_PATH,
      notice: `${place.name} ends on ${shortDate(date(given.from))}.`,
    }
  },
})

export const routes: readonly Route[] = [
  { method: 'GET', url: PLACES_PATH, access: { who: 'roles', roles }, touches: 'nothing', handle: list },
  ...addLocality,
  ...addTeam,
  ...rename,
  ...end,
]
