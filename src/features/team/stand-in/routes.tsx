import { sql } from 'kysely'
import { z } from 'zod'
import { addMonths, date, iso, shortDate } from '../../../law/index.ts'
import { plainDate, text } from '../../../platform/forms.ts'
import { type Context, caseReaders, type Role, type Route, viewerOf } from '../../../platform/routes.ts'
import { DateField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { askPage, isId, refused } from '../../access/the-form/index.ts'
import { type Colleague, findColleague, mayBeManaged } from '../colleagues/index.ts'
import { listAway, listStandIns } from './queries.ts'

const day = (on: string): string => shortDate(date(on))
const PEOPLE = '/staff/team/people'
const roles: readonly Role[] = [...caseReaders, 'administrator']
const setters: readonly Role[] = ['send-manager', 'data-officer', 'administrator']
const NOBODY = 'nobody'

/** Their own, or anybody's for those who answer for the service. */
const mayName = (context: Context): boolean =>
  context.params['account'] === viewerOf(context).accountId || setters.includes(viewerOf(context).role)

const home = (context: Context, who: Colleague): string =>
  who.id === viewerOf(context).accountId ? '/staff/your-work' : `${PEOPLE}/${who.id}`

const goAway = askPage({
  url: `${PEOPLE}/:account/away`,
  roles,
  touches: 'nothing',
  name: 'name who stands in',
  load: async (trx, context) => {
    const id = context.params['account']
    const who = isId(id) && mayName(context) ? await findColleague(trx, id, context.today) : undefined
    return (
      who && {
        who,
        others: (await mayBeManaged(trx, context.today)).filter(
          (one) => one.id !== who.id && one.door === who.door,
        ),
      }
    )
  },
  title: () => 'Away, and who stands in',
  caption: ({ who }) => who.name,
  back: ({ who }) => ({ href: `${PEOPLE}/${who.id}`, text: who.name }),
  schema: z.object({
    fromOn: plainDate('the first day away'),
    toOn: plainDate('the day back at work'),
    standIn: text('Choose who stands in, or that nobody does yet'),
    why: text('Enter why, in a word: “leave” is enough', { max: 100 }),
  }),
  dates: ['fromOn', 'toOn'],
  before: () => (
    <p class="govuk-body">
      Until the day back, whoever stands in sees the same cases and is named on them as deputy. Nobody’s own
      cases change hands.
    </p>
  ),
  questions: (form, { others }) => (
    <>
      <DateField form={form} name="fromOn" label="First day away" />
      <DateField form={form} name="toOn" label="First day back" />
      <SelectField
        form={form}
        name="standIn"
        label="Who stands in?"
        empty="Choose"
        options={[
          { value: NOBODY, text: 'Nobody yet' },
          ...others.map((one) => ({ value: one.id, text: `${one.name}, ${one.jobTitle}` })),
        ]}
      />
      <TextField
        form={form}
        name="why"
        label="Why?"
        hint="Leave, training or other work is enough. Nothing about health: others can read it"
      />
    </>
  ),
  button: 'Save',
  carryOut: async ({ trx, view: { who, others } }, given, context) => {
    const { today } = context
    const by = viewerOf(context).accountId
    // Two forms about the same person take turns, or each would miss the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${who.id}, 17))`.execute(trx)
    if (given.fromOn < today)
      return refused(
        'fromOn',
        `The first day away must be today (${day(today)}) or later: nobody stands in backwards`,
      )
    if (given.toOn <= given.fromOn)
      return refused('toOn', 'The first day back must be after the first day away')
    if (given.toOn > iso(addMonths(date(given.fromOn), 12)))
      return refused('toOn', 'Nobody stands in for more than a year: give the cases to somebody instead')
    if (given.standIn === who.id) return refused('standIn', 'Nobody stands in for themself')
    const deputy = others.find((one) => one.id === given.standIn)
    if (given.standIn !== NOBODY && !deputy)
      return refused('standIn', 'Choose somebody who works at the same door now')
    const clash = (await listStandIns(trx, who.id)).find(
      (one) => one.isAway && one.fromOn < given.toOn && one.toOn > given.fromOn,
    )
    if (clash && deputy)
      return refused(
        'standIn',
        `${clash.other} stands in for ${who.name} from ${day(clash.fromOn)} until ${day(clash.toOn)} already. End that first, or choose other days`,
      )
    if (deputy) {
      const deputyAway = (await listAway(trx, deputy.id)).find(
        (one) => one.fromOn < given.toOn && one.toOn > given.fromOn,
      )
      if (deputyAway)
        return refused(
          'standIn',
          `${deputy.name} is away from ${day(deputyAway.fromOn)} until ${day(deputyAway.toOn)}: choose somebody else`,
        )
    }
    const known = (await listAway(trx, who.id)).some(
      (one) => one.fromOn <= given.fromOn && one.toOn >= given.toOn,
    )
    if (!known)
      await trx
        .insertInto('absence')
        .values({ account_id: who.id, from_on: given.fromOn, to_on: given.toOn, recorded_by: by })
        .execute()
    if (!deputy)
      return {
        ok: true,
        redirect: home(context, who),
        notice: 'Recorded. Nobody stands in yet: the team page says so until somebody does.',
      }
    try {
      await trx
        .insertInto('delegation')
        .values({
          from_account: who.id,
          to_account: deputy.id,
          from_on: given.fromOn,
          to_on: given.toOn,
          why: given.why,
          made_by: by,
        })
        .execute()
    } catch (error) {
      // The second wall: the stand-in must be at work on the last day too.
      if ((error as { code?: string }).code !== '42501') throw error
      return refused(
        'standIn',
        `${deputy.name} does not work here for all of those days: choose somebody else`,
      )
    }
    return {
      ok: true,
      redirect: home(context, who),
      notice: `${deputy.name} stands in from ${day(given.fromOn)} until ${day(given.toOn)}.`,
    }
  },
})

const end = askPage({
  url: `${PEOPLE}/:account/stand-in/:standIn/end`,
  roles,
  touches: 'nothing',
  name: 'end a stand-in',
  load: async (trx, context) => {
    const id = context.params['account']
    const who = isId(id) && mayName(context) ? await findColleague(trx, id, context.today) : undefined
    const one =
      who &&
      (await listStandIns(trx, who.id)).find((each) => each.isAway && each.id === context.params['standIn'])
    return who && one && one.toOn > context.today ? { who, one, today: context.today } : undefined
  },
  title: ({ one }) => `${one.other} no longer stands in`,
  caption: ({ who }) => who.name,
  back: ({ who }) => ({ href: `${PEOPLE}/${who.id}`, text: who.name }),
  schema: z.object({}),
  questions: (_form, { one, today }) => (
    <p class="govuk-body">
      {one.fromOn > today
        ? 'It has not begun, so it is called off as if it had not been recorded.'
        : 'From now on they see only what is theirs. That they stood in until today stays in the history.'}
    </p>
  ),
  button: 'End it now',
  carryOut: async ({ trx, view: { who, one } }, _given, context) => {
    const { today } = context
    if (one.fromOn > today) await trx.deleteFrom('delegation').where('id', '=', one.id).execute()
    else if (one.fromOn === today)
      return refused('', 'It began today, so it holds today: end it tomorrow, or ask the data officer')
    else await trx.updateTable('delegation').set({ to_on: today }).where('id', '=', one.id).execute()
    return { ok: true, redirect: home(context, who), notice: `${one.other} no longer stands in.` }
  },
})

export const routes: readonly Route[] = [...goAway, ...end]
