import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import { choice, optionalDate, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  managers,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { ChoiceField, DateField, LongTextField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { EmptyState, SortableTable, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { askPage, isId, refused } from '../../access/the-form/index.ts'
import { type Colleague, findColleague, mayBeManaged } from '../colleagues/index.ts'
import { listAway, listStandIns } from '../stand-in/index.ts'
import { PersonPage } from './person-page.tsx'
import {
  type Conflict,
  findDecider,
  type Line,
  listConflicts,
  listLines,
  listPeople,
  type PersonLine,
} from './queries.ts'

const day = (on: string): string => shortDate(date(on))
const PEOPLE = '/staff/team/people'
const CONFLICTS = '/staff/team/conflicts'
const readers: readonly Role[] = [...caseReaders, 'administrator']
/** Those the second wall lets set lines. */
const setters: readonly Role[] = ['send-manager', 'data-officer', 'administrator']

async function people(context: Context): Promise<Answer> {
  const rows = await context.read('people and their lines', (trx) => listPeople(trx, context.today))
  return {
    page: {
      title: 'People and their lines of work',
      wide: true,
      backLink: { href: '/staff/team', text: 'Team' },
      main: (
        <>
          <h1 class="govuk-heading-l">People and their lines of work</h1>
          <p class="govuk-body">
            Everybody has one operational manager and any number of professional ones. Approvals follow the
            operational line, clinical sign-off the professional one. Where the two differ, the head of
            locality decides:{' '}
            <a class="govuk-link" href={CONFLICTS}>
              where managers differ
            </a>
            .
          </p>
          <SortableTable<PersonLine>
            id="people"
            caption="People and their lines of work"
            captionHidden
            onPhone="cards"
            rows={rows}
            columns={[
              {
                key: 'name',
                heading: 'Who',
                namesRow: true,
                cell: (row) => (
                  <>
                    <a class="govuk-link" href={`${PEOPLE}/${row.id}`}>
                      {row.name}
                    </a>
                    <br />
                    <span class="govuk-!-font-weight-regular app-how-long">
                      {[row.jobTitle, row.locality].filter(Boolean).join(', ')}
                    </span>
                  </>
                ),
              },
              {
                key: 'operational',
                heading: 'Operational manager',
                cell: (row) => row.operational ?? <Tag colour="yellow">None recorded</Tag>,
              },
              {
                key: 'professional',
                heading: 'Professional managers',
                cell: (row) => row.professional ?? 'None',
              },
              {
                key: 'answers',
                heading: 'Answer to them',
                numeric: true,
                cell: (row) => String(row.answers),
              },
              {
                key: 'away',
                heading: 'Away',
                cell: (row) => (row.awayUntil === null ? 'No' : `Until ${day(row.awayUntil)}`),
              },
            ]}
          />
        </>
      ),
    },
  }
}

/** A person's page: their own, or a colleague's. */
async function person(context: Context, id: string | undefined): Promise<Answer> {
  const viewer = viewerOf(context)
  if (!isId(id)) return { missing: true }
  const found = await context.read('a person’s lines of work', async (trx) => {
    const colleague = await findColleague(trx, id, context.today)
    if (!colleague) return undefined
    return {
      colleague,
      lines: await listLines(trx, id, context.today),
      standIns: await listStandIns(trx, id),
      away: await listAway(trx, id),
    }
  })
  if (!found) return { missing: true }
  const isMe = id === viewer.accountId
  return {
    page: {
      title: isMe ? 'Your lines of work' : found.colleague.name,
      ...(isMe ? {} : { backLink: { href: PEOPLE, text: 'People and their lines of work' } }),
      main: (
        <PersonPage
          {...found}
          today={context.today}
          isMe={isMe}
          maySet={setters.includes(viewer.role)}
          mayName={isMe || setters.includes(viewer.role)}
        />
      ),
    },
  }
}

const KINDS = {
  operational: 'Operational: approves their work, leave and priorities',
  professional: 'Professional: signs off what their profession answers for',
  project: 'Project: a piece of work for a share of their time',
} as const

interface AboutPerson {
  readonly who: Colleague
  readonly lines: readonly Line[]
  readonly others: readonly Colleague[]
}

const loadPerson = async (trx: Trx, context: Context): Promise<AboutPerson | undefined> => {
  const id = context.params['account']
  const who = isId(id) ? await findColleague(trx, id, context.today) : undefined
  return (
    who && {
      who,
      lines: await listLines(trx, who.id, context.today),
      others: (await mayBeManaged(trx, context.today)).filter((one) => one.id !== who.id),
    }
  )
}

const overlaps = (line: Line, from: string, to: string | null): boolean =>
  (to === null || line.fromOn < to) && (line.toOn === null || line.toOn > from)

const addLine = askPage({
  url: `${PEOPLE}/:account/line`,
  roles: setters,
  touches: 'nothing',
  name: 'add a line of work',
  load: loadPerson,
  title: ({ who }) => `Add a manager for ${who.name}`,
  back: ({ who }) => ({ href: `${PEOPLE}/${who.id}`, text: who.name }),
  schema: z.object({
    kind: choice(['operational', 'professional', 'project'], 'Choose which line it is'),
    manager: text('Choose the manager'),
    fromOn: plainDate('the first day'),
    toOn: optionalDate('the last day'),
    share: z
      .string()
      .optional()
      .transform((typed, context) => {
        const given = (typed ?? '').trim().replace(/%$/, '')
        if (given === '') return null
        if (/^\d{1,3}$/.test(given) && Number(given) >= 1 && Number(given) <= 100) return Number(given)
        context.addIssue({
          code: 'custom',
          message: 'The share of time must be a whole number from 1 to 100',
        })
        return z.NEVER
      }),
  }),
  dates: ['fromOn', 'toOn'],
  questions: (form, { others }) => (
    <>
      <ChoiceField
        form={form}
        name="kind"
        label="Which line is it?"
        options={Object.entries(KINDS).map(([value, words]) => ({ value, text: words }))}
      />
      <SelectField
        form={form}
        name="manager"
        label="Who is the manager?"
        empty="Choose"
        options={others.map((one) => ({ value: one.id, text: `${one.name}, ${one.jobTitle}` }))}
      />
      <DateField form={form} name="fromOn" label="From when?" />
      <DateField
        form={form}
        name="toOn"
        label="Until when? (optional)"
        hint="It no longer holds on this day"
      />
      <TextField form={form} name="share" label="Share of their time, in per cent (optional)" width={3} />
    </>
  ),
  button: 'Add the manager',
  carryOut: async ({ trx, view: { who, lines, others } }, given) => {
    if (given.manager === who.id) return refused('manager', 'Nobody is their own manager')
    const manager = others.find((one) => one.id === given.manager)
    if (!manager) return refused('manager', 'Choose somebody who works here now')
    if (given.toOn !== null && given.toOn <= given.fromOn)
      return refused('toOn', 'The last day must be after the first')
    if (given.kind === 'operational') {
      const held = lines.find(
        (line) => line.kind === 'operational' && overlaps(line, given.fromOn, given.toOn),
      )
      if (held)
        return refused(
          'kind',
          `${who.name} has an operational manager in that time: ${held.manager}, from ${day(held.fromOn)}. Nobody has two. End that line first, or begin this one after it`,
        )
    }
    const same = lines.find(
      (line) =>
        line.kind === given.kind && line.managerId === manager.id && overlaps(line, given.fromOn, given.toOn),
    )
    if (same)
      return refused('manager', `${manager.name} is recorded on this line already, from ${day(same.fromOn)}`)
    const shares = lines
      .filter((line) => overlaps(line, given.fromOn, given.toOn))
      .reduce((sum, line) => sum + (line.share ?? 0), given.share ?? 0)
    if (shares > 100)
      return refused(
        'share',
        `With their other lines that would be ${shares}% of their time: 100% is all there is`,
      )
    try {
      await trx
        .insertInto('reporting_line')
        .values({
          account_id: who.id,
          manager_id: manager.id,
          kind: given.kind,
          share_of_time: given.share,
          from_on: given.fromOn,
          to_on: given.toOn,
        })
        .execute()
    } catch (error) {
      // The database's own guard: two operational managers at once, or a ring of managers.
      if ((error as { code?: string }).code !== '23P01') throw error
      return refused(
        'manager',
        `${manager.name} answers to ${who.name} in that time, however long the way round: neither can be the other’s manager`,
      )
    }
    return {
      ok: true,
      redirect: `${PEOPLE}/${who.id}`,
      notice: `${manager.name} is recorded as a manager of ${who.name}.`,
    }
  },
})

const endLine = askPage({
  url: `${PEOPLE}/:account/line/:line/end`,
  roles: setters,
  touches: 'nothing',
  name: 'end a line of work',
  load: async (trx, context) => {
    const about = await loadPerson(trx, context)
    const line = about?.lines.find((one) => one.id === context.params['line'])
    return about && line && (line.toOn === null || line.toOn > context.today) ? { ...about, line } : undefined
  },
  title: ({ line }) => `End ${line.manager} as ${line.kind} manager`,
  caption: ({ who }) => who.name,
  back: ({ who }) => ({ href: `${PEOPLE}/${who.id}`, text: who.name }),
  schema: z.object({ endsOn: plainDate('the day it ends') }),
  dates: ['endsOn'],
  questions: (form) => (
    <DateField
      form={form}
      name="endsOn"
      label="When does it end?"
      hint="It no longer holds on this day. What was before stays in the history"
    />
  ),
  button: 'End the line',
  carryOut: async ({ trx, view: { who, line } }, given) => {
    if (given.endsOn <= line.fromOn)
      return refused('endsOn', `The day it ends must be after ${day(line.fromOn)}, when it began`)
    await trx.updateTable('reporting_line').set({ to_on: given.endsOn }).where('id', '=', line.id).execute()
    return {
      ok: true,
      redirect: `${PEOPLE}/${who.id}`,
      notice: `${line.manager} is no longer ${who.name}’s ${line.kind} manager from ${day(given.endsOn)}.`,
    }
  },
})

const inForce = (line: Line, today: string): boolean =>
  line.fromOn <= today && (line.toOn === null || line.toOn > today)

const raise = askPage({
  url: `${PEOPLE}/:account/conflict`,
  roles: caseReaders,
  touches: 'nothing',
  name: 'say that two managers differ',
  load: async (trx, context) => {
    const about = await loadPerson(trx, context)
    if (!about) return undefined
    const operational = about.lines.find(
      (line) => line.kind === 'operational' && inForce(line, context.today),
    )
    const professional = about.lines.filter(
      (line) => line.kind === 'professional' && inForce(line, context.today),
    )
    const me = viewerOf(context).accountId
    const isParty =
      me === about.who.id || [operational, ...professional].some((line) => line?.managerId === me)
    const decider = await findDecider(trx, about.who, context.today)
    return operational && professional.length > 0 && isParty && decider
      ? { who: about.who, operational, professional, decider }
      : undefined
  },
  title: () => 'Two managers say different things',
  caption: ({ who }) => who.name,
  back: ({ who }) => ({ href: `${PEOPLE}/${who.id}`, text: who.name }),
  schema: z.object({
    about: text('Enter what it is about', { max: 300 }),
    operationalSays: text('Enter what the operational manager says', { max: 1000 }),
    professional: text('Choose the professional manager'),
    professionalSays: text('Enter what the professional manager says', { max: 1000 }),
  }),
  before: ({ decider }) => (
    <p class="govuk-body">
      {decider.name} decides. Both managers see this and the decision. It is about work: do not name a child.
    </p>
  ),
  questions: (form, { operational, professional }) => (
    <>
      <TextField form={form} name="about" label="What is it about?" />
      <LongTextField
        form={form}
        name="operationalSays"
        label={`What does ${operational.manager}, the operational manager, say?`}
        max={1000}
        rows={3}
      />
      <SelectField
        form={form}
        name="professional"
        label="Which professional manager says otherwise?"
        empty="Choose"
        options={professional.map((line) => ({ value: line.managerId, text: line.manager }))}
      />
      <LongTextField form={form} name="professionalSays" label="What do they say?" max={1000} rows={3} />
    </>
  ),
  button: 'Send it for a decision',
  carryOut: async ({ trx, view }, given, context) => {
    const other = view.professional.find((line) => line.managerId === given.professional)
    if (!other) return refused('professional', 'Choose the professional manager')
    if (other.managerId === view.operational.managerId)
      return refused(
        'professional',
        `${other.manager} is the manager on both lines: there is nobody to differ with`,
      )
    await trx
      .insertInto('line_conflict')
      .values({
        account_id: view.who.id,
        about: given.about,
        operational_manager: view.operational.managerId,
        operational_says: given.operationalSays,
        professional_manager: other.managerId,
        professional_says: given.professionalSays,
        raised_by: viewerOf(context).accountId,
        raised_on: context.today,
        for_whom: view.decider.id,
      })
      .execute()
    return { ok: true, redirect: CONFLICTS, notice: `Sent to ${view.decider.name} to decide.` }
  },
})

const DECIDED = {
  operational: 'What the operational manager says stands',
  professional: 'What the professional manager says stands',
  neither: 'Neither: something else is to be done',
} as const

const decide = askPage({
  url: `${CONFLICTS}/:conflict`,
  roles: caseReaders,
  touches: 'nothing',
  name: 'decide between two managers',
  load: async (trx, context): Promise<Conflict | undefined> => {
    const id = context.params['conflict']
    const found = isId(id) ? (await listConflicts(trx, id))[0] : undefined
    return found?.isMine && found.decided === null ? found : undefined
  },
  title: () => 'Decide between two managers',
  caption: (view) => view.who,
  back: () => ({ href: CONFLICTS, text: 'Where managers differ' }),
  schema: z.object({
    decided: choice(['operational', 'professional', 'neither'], 'Choose what stands'),
    decision: text('Enter the decision and why', { max: 1000 }),
  }),
  before: (view) => <ConflictCard conflict={view} />,
  questions: (form) => (
    <>
      <ChoiceField
        form={form}
        name="decided"
        label="What stands?"
        options={Object.entries(DECIDED).map(([value, words]) => ({ value, text: words }))}
      />
      <LongTextField form={form} name="decision" label="What is to be done, and why?" max={1000} rows={4} />
    </>
  ),
  button: 'Record the decision',
  carryOut: async ({ trx, view }, given, context) => {
    const { numUpdatedRows } = await trx
      .updateTable('line_conflict')
      .set({
        decided: given.decided,
        decision: given.decision,
        decided_by: viewerOf(context).accountId,
        decided_on: context.today,
      })
      .where('id', '=', view.id)
      .where('decided', 'is', null)
      .executeTakeFirst()
    if (Number(numUpdatedRows) !== 1) return refused('', 'Somebody else has decided this already')
    return { ok: true, redirect: CONFLICTS, notice: 'The decision is recorded. Both managers see it.' }
  },
})

function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  return (
    <SummaryCard
      title={`${conflict.who}: ${conflict.about}`}
      actions={
        conflict.isMine && conflict.decided === null
          ? [{ text: 'Decide', href: `${CONFLICTS}/${conflict.id}` }]
          : []
      }
      rows={[
        { key: 'Raised', value: `${day(conflict.raisedOn)}, by ${conflict.raisedBy}` },
        { key: `${conflict.operationalManager}, operational`, value: conflict.operationalSays },
        { key: `${conflict.professionalManager}, professional`, value: conflict.professionalSays },
        {
          key: 'Decision',
          value:
            conflict.decided === null ? (
              <Tag colour="yellow">{`${conflict.forWhom} is to decide`}</Tag>
            ) : (
              `${DECIDED[conflict.decided]}. ${conflict.decision} (${conflict.decidedBy}, ${day(conflict.decidedOn!)})`
            ),
        },
      ]}
    />
  )
}

async function conflicts(context: Context): Promise<Answer> {
  const found = await context.read('where managers differ', (trx) => listConflicts(trx))
  return {
    page: {
      title: 'Where managers differ',
      backLink: managers.includes(viewerOf(context).role)
        ? { href: '/staff/team', text: 'Team' }
        : { href: '/staff/your-work', text: 'Your lines of work' },
      main: (
        <>
          <h1 class="govuk-heading-l">Where managers differ</h1>
          <p class="govuk-body">
            Approvals follow the operational line and clinical sign-off the professional one. Where a person
            is told different things by the two, both are named here and the head of locality decides.
          </p>
          {found.length === 0 ? (
            <EmptyState title="Nothing has been raised that you are part of" />
          ) : (
            found.map((one) => <ConflictCard key={one.id} conflict={one} />)
          )}
        </>
      ),
    },
  }
}

const access = { who: 'roles', roles: readers } as const
const page = (url: string, handle: Route['handle']): Route => ({
  method: 'GET',
  url,
  access,
  touches: 'nothing',
  handle,
})

export const routes: readonly Route[] = [
  page(PEOPLE, people),
  page('/staff/your-work', (context) => person(context, viewerOf(context).accountId)),
  page(`${PEOPLE}/:account`, (context) => person(context, context.params['account'])),
  ...addLine,
  ...endLine,
  ...raise,
  page(CONFLICTS, conflicts),
  ...decide,
]
