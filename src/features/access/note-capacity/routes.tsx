import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { ChoiceField, DateField, LongTextField, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { EmptyState, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { changePage, refuse } from '../../children/change-details/index.ts'
import {
  type ChildRecord,
  isYoungPerson,
  loadChild,
  youngPersonFrom,
} from '../../children/the-child/index.ts'
import {
  AHEAD_DAYS,
  listCapacityNotes,
  listRightsPassing,
  listSharing,
  type RightsPassing,
} from './queries.ts'
import { RightsPage } from './rights-page.tsx'

const day = (on: string): string => shortDate(date(on))

async function show(context: Context): Promise<Answer> {
  const found = await context.read('looked at whose the rights are', async (trx, saw) => {
    const child = await loadChild(trx, context.params['id'] ?? '')
    if (!child) return undefined
    saw(child.id)
    return {
      child,
      notes: await listCapacityNotes(trx, child.id),
      sharing: await listSharing(trx, child.id),
    }
  })
  if (!found) return { missing: true }
  return {
    page: {
      title: `Whose the rights are: ${found.child.name}`,
      backLink: { href: `/staff/children/${found.child.id}`, text: found.child.name },
      main: (
        <RightsPage
          {...found}
          today={context.today}
          mayChange={caseworkers.includes(viewerOf(context).role)}
        />
      ),
    },
  }
}

const noteCapacity = changePage({
  url: '/staff/children/:id/rights/capacity',
  name: 'note capacity',
  title: () => 'Record a note on capacity',
  schema: z.object({
    hasCapacity: yesOrNo('Say whether they have the capacity to decide'),
    assessedOn: plainDate('the day it was assessed'),
    assessedBy: text('Enter who assessed it'),
    note: text('Enter what was found', { max: 2000 }),
    why: text('Enter how you know', { max: 500 }),
  }),
  dates: ['assessedOn'],
  button: 'Record the note',
  start: () => ({}),
  questions: async (form, child, context) => (
    <>
      <GovukInsetText>
        <p class="govuk-body">
          Everybody of 16 and over is taken to have capacity unless it is shown that they have not, for this
          decision and at this time, after all that could help them decide was tried (Mental Capacity Act
          2005, sections 1 to 3).
        </p>
        <p class="govuk-body">
          {isYoungPerson(child.date_of_birth, context.today)
            ? 'If they lack it, a representative, or else a parent, acts for them about the plan, and sees the record from today.'
            : `It counts from ${day(youngPersonFrom(child.date_of_birth))}, when the rights would pass.`}
        </p>
      </GovukInsetText>
      <ChoiceField
        form={form}
        name="hasCapacity"
        label={`Does ${child.given_name} have the capacity to decide about the plan?`}
        options={[
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No, it was assessed and found lacking' },
        ]}
      />
      <DateField form={form} name="assessedOn" label="When was it assessed?" />
      <TextField form={form} name="assessedBy" label="Who assessed it?" hint="Name and what they are" />
      <LongTextField
        form={form}
        name="note"
        label="What was found?"
        hint="Which decision it was about, what was done to help, and what they could not understand, keep in mind, weigh or say. The young person and the family can read this"
        max={2000}
      />
      <TextField
        form={form}
        name="why"
        label="How do you know?"
        hint="For example, the assessment form of 3 May seen"
      />
    </>
  ),
  carryOut: async ({ trx, child, today, by }, given) => {
    if (given.assessedOn > today)
      return refuse('assessedOn', `The day it was assessed must be today (${day(today)}) or in the past`)
    if (given.assessedOn < child.date_of_birth)
      return refuse('assessedOn', 'The day it was assessed is before they were born')
    // A later note takes the place of the one before: two that differ must never hold on one day.
    for (const one of await listCapacityNotes(trx, child.id)) {
      if (one.toOn !== null && one.toOn <= today) continue
      if (one.fromOn >= today)
        return refuse(
          '',
          'A note was recorded today already. Correct it tomorrow, or write to the data officer',
        )
      await trx.updateTable('capacity_note').set({ to_on: today }).where('id', '=', one.id).execute()
    }
    await trx
      .insertInto('capacity_note')
      .values({
        child_id: child.id,
        has_capacity: given.hasCapacity,
        assessed_on: given.assessedOn,
        assessed_by: given.assessedBy,
        note: given.note,
        from_on: today,
        recorded_by: by,
      })
      .execute()
    return {
      ok: true,
      changes: [],
      also: { said: 'A note on capacity to decide about the plan was recorded' },
      why: given.why,
      notice: given.hasCapacity
        ? 'Recorded: they have the capacity to decide.'
        : 'Recorded: they lack the capacity to decide about the plan.',
    }
  },
})

const endCapacity = changePage({
  url: '/staff/children/:id/rights/capacity/:note/end',
  name: 'end a note on capacity',
  title: () => 'End a note on capacity',
  schema: z.object({ why: text('Enter why', { max: 500 }) }),
  button: 'End the note now',
  start: () => ({}),
  questions: async (form) => (
    <>
      <p class="govuk-body">
        From now on the rights are the young person’s own. A parent sees the record only if the young person
        lets them.
      </p>
      <TextField
        form={form}
        name="why"
        label="Why?"
        hint="For example, assessed again on 3 May and has capacity"
      />
    </>
  ),
  carryOut: async ({ trx, child, today }, given, context) => {
    const note = (await listCapacityNotes(trx, child.id)).find((one) => one.id === context.params['note'])
    if (!note || (note.toOn !== null && note.toOn <= today)) return refuse('', 'This note has ended already')
    if (note.fromOn >= today) return refuse('', 'It was recorded today: end it tomorrow')
    await trx.updateTable('capacity_note').set({ to_on: today }).where('id', '=', note.id).execute()
    return {
      ok: true,
      changes: [],
      also: { said: 'A note on capacity was ended' },
      why: given.why,
      notice: 'The note has ended.',
    }
  },
})

/** Those a young person may let in: parents whom nothing bars. */
const parentsOf = (child: ChildRecord, today: string) =>
  child.people.filter(
    (one) =>
      one.parentalResponsibility &&
      !one.restricted &&
      one.fromOn <= today &&
      (one.toOn === null || one.toOn > today),
  )

const recordConsent = changePage({
  url: '/staff/children/:id/rights/consent',
  name: 'record that a young person lets a parent in',
  title: (child) => `${child.given_name} lets a parent see the record`,
  schema: z.object({
    contact: text('Choose who may see it'),
    givenOn: plainDate('the day they said so'),
    how: text('Enter how they said so'),
    why: text('Enter how you know', { max: 500 }),
  }),
  dates: ['givenOn'],
  button: 'Record it',
  start: () => ({}),
  questions: async (form, child, context) => (
    <>
      <p class="govuk-body">
        Only {child.given_name} can say this, once over compulsory school age (from{' '}
        {day(youngPersonFrom(child.date_of_birth))}), and can end it on any day. It holds from today.
      </p>
      <SelectField
        form={form}
        name="contact"
        label="Who may see the record?"
        empty="Choose"
        options={parentsOf(child, context.today).map((one) => ({ value: one.contactId, text: one.name }))}
      />
      <DateField form={form} name="givenOn" label="When did they say so?" />
      <TextField
        form={form}
        name="how"
        label="How did they say so?"
        hint="For example, on paper, signed; in person"
      />
      <TextField form={form} name="why" label="How do you know?" />
    </>
  ),
  carryOut: async ({ trx, child, today, by }, given) => {
    const parent = parentsOf(child, today).find((one) => one.contactId === given.contact)
    if (!isYoungPerson(child.date_of_birth, today))
      return refuse(
        '',
        `The rights are not ${child.given_name}’s own yet: parents see the record without this`,
      )
    if (!parent) return refuse('contact', 'Choose who may see it')
    if (given.givenOn > today)
      return refuse('givenOn', `The day they said so must be today (${day(today)}) or in the past`)
    if (given.givenOn < youngPersonFrom(child.date_of_birth))
      return refuse(
        'givenOn',
        `The day they said so must be ${day(youngPersonFrom(child.date_of_birth))} or later, when the rights became theirs`,
      )
    const holds = (await listSharing(trx, child.id)).some(
      (one) => one.contactId === parent.contactId && (one.toOn === null || one.toOn > today),
    )
    if (holds) return refuse('contact', `${parent.name} may see the record already`)
    await trx
      .insertInto('sharing_consent')
      .values({
        child_id: child.id,
        contact_id: parent.contactId,
        from_on: today,
        given_how: given.how,
        recorded_by: by,
      })
      .execute()
    await recordEvent(trx, {
      childId: child.id,
      processId: null,
      kind: 'sharing_consent_given',
      on: today,
      today,
      by,
      payload: { to: parent.contactId },
    })
    return {
      ok: true,
      changes: [],
      also: { said: `${child.given_name} lets ${parent.name} see the record, said on ${day(given.givenOn)}` },
      why: given.why,
      notice: `${parent.name} may see the record.`,
    }
  },
})

const endSharing = changePage({
  url: '/staff/children/:id/rights/consent/:consent/end',
  name: 'record that a young person ends it',
  title: () => 'End letting a parent see the record',
  schema: z.object({ why: text('Enter how they said so', { max: 500 }) }),
  button: 'End it now',
  start: () => ({}),
  questions: async (form, child) => (
    <>
      <p class="govuk-body">
        Record this when {child.given_name} has said so. The parent stops seeing the record at once.
      </p>
      <TextField form={form} name="why" label="How did they say so?" />
    </>
  ),
  carryOut: async ({ trx, child, today, by }, given, context) => {
    const one = (await listSharing(trx, child.id)).find((each) => each.id === context.params['consent'])
    if (!one || (one.toOn !== null && one.toOn <= today)) return refuse('', 'This has ended already')
    await trx.updateTable('sharing_consent').set({ to_on: today }).where('id', '=', one.id).execute()
    await recordEvent(trx, {
      childId: child.id,
      processId: null,
      kind: 'sharing_consent_ended',
      on: today,
      today,
      by,
      payload: { to: one.contactId },
    })
    return {
      ok: true,
      changes: [],
      also: { said: `${child.given_name} no longer lets ${one.name} see the record` },
      why: given.why,
      notice: `${one.name} no longer sees the record.`,
    }
  },
})

async function passing(context: Context): Promise<Answer> {
  const rows = await context.read('rights that pass to young people', async (trx, saw) => {
    const found = await listRightsPassing(trx, context.today)
    saw(found.map((row) => row.childId))
    return found
  })
  return {
    page: {
      title: 'Rights passing to young people',
      wide: true,
      backLink: { href: '/staff/worklist', text: 'Worklist' },
      main: (
        <>
          <h1 class="govuk-heading-l">Rights passing to young people</h1>
          <p class="govuk-body">
            Young people with an open case whose rights become their own in the next {AHEAD_DAYS} days, and
            those past the day who are not recorded as somebody to write to. Talk with them before the day:
            who may see the record after it, how they want to be told, and whether they need help to decide.
          </p>
          {rows.length === 0 ? (
            <EmptyState title={`Nobody’s rights pass in the next ${AHEAD_DAYS} days`} />
          ) : (
            <SortableTable<RightsPassing>
              id="passing"
              caption="Rights passing to young people"
              captionHidden
              onPhone="cards"
              rows={rows}
              columns={[
                {
                  key: 'name',
                  heading: 'Young person',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`/staff/children/${row.childId}/rights`}>
                      {row.name}
                    </a>
                  ),
                },
                { key: 'from', heading: 'Rights are theirs from', cell: (row) => day(row.from) },
                {
                  key: 'contact',
                  heading: 'Somebody to write to',
                  cell: (row) => (row.isContact ? 'Yes' : <Tag colour="yellow">Not yet</Tag>),
                },
                { key: 'account', heading: 'Can sign in', cell: (row) => (row.hasAccount ? 'Yes' : 'No') },
                { key: 'who', heading: 'Coordinator', cell: (row) => row.coordinator ?? 'Nobody yet' },
              ]}
            />
          )}
        </>
      ),
    },
  }
}

const readers = { who: 'roles', roles: caseReaders } as const

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/rights-passing', access: readers, touches: 'children', handle: passing },
  { method: 'GET', url: '/staff/children/:id/rights', access: readers, touches: 'children', handle: show },
  ...noteCapacity,
  ...endCapacity,
  ...recordConsent,
  ...endSharing,
]
