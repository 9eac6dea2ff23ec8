import { z } from 'zod'
import { date, shortDate } from '../../../law/index.ts'
import { optionalText, plainDate, text, yesOrNo } from '../../../platform/forms.ts'
import { ChoiceField, DateField, TextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { findElsewhere, relationshipWords, type SamePersonElsewhere } from '../the-child/index.ts'
import { changePage } from './change-page.tsx'
import { type ChangeRun, refuse, tellChange } from './command.ts'
import { personOf } from './person-of.ts'

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const mark = (elsewhere: readonly SamePersonElsewhere[]): string =>
  elsewhere
    .map((one) => one.linkId)
    .toSorted()
    .join(',')

const sendWords = (restricted: boolean, note: string | null): string =>
  restricted ? `nothing may be sent (${note ?? ''})` : 'may be written to'

/** Bars the same person from the other children, each told in its own history; or says whose record is busy. */
async function restrictElsewhere(
  run: ChangeRun,
  elsewhere: readonly SamePersonElsewhere[],
  note: string,
  why: string,
): Promise<string | undefined> {
  const { trx } = run
  const childIds = [...new Set(elsewhere.map((one) => one.childId))]
  // This child is locked already: waiting for another here could be waiting for each other.
  const free = await trx
    .selectFrom('child')
    .select('id')
    .where('id', 'in', childIds)
    .orderBy('id')
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  const busy = elsewhere.find((one) => !free.some((child) => child.id === one.childId))
  if (busy)
    return `Somebody else is changing the record of ${busy.childName} just now. Nothing was saved: send this again`
  for (const childId of childIds) {
    const links = elsewhere.filter((one) => one.childId === childId)
    await trx
      .updateTable('child_contact')
      .set({ restricted: true, restriction_note: note })
      .where(
        'id',
        'in',
        links.map((one) => one.linkId),
      )
      .execute()
    await tellChange(run, childId, {
      changes: links.map((one) => ({
        field: one.personName,
        from: sendWords(false, null),
        to: sendWords(true, note),
      })),
      also: { said: 'Barred on the record of another child too, in the same step' },
      why,
    })
  }
  return undefined
}

/** May anything be sent to a person? */
export const restrictRoutes = changePage({
  url: '/staff/children/:id/people/:person/restrict',
  name: 'restrict a person',
  title: (child, context) => {
    const person = personOf(child, context)
    return person && `May anything be sent to ${person.name}?`
  },
  schema: z.object({
    restricted: yesOrNo('Choose whether anything may be sent to them').transform((maySend) => !maySend),
    note: optionalText({ max: 1000 }),
    coversOthers: optionalText({ max: 3 }),
    othersShown: optionalText({ max: 4000 }),
    why: text('Enter how you know', { max: 500 }),
  }),
  button: 'Save',
  start: (child, context) => {
    const person = personOf(child, context)
    return person ? { restricted: yesNo(!person.restricted), note: person.restrictionNote ?? '' } : {}
  },
  questions: async (form, child, context) => {
    const person = personOf(child, context)
    const elsewhere =
      person && !person.restricted
        ? await context.read('restrict a person: looked for them round other children', async (trx, saw) => {
            const found = await findElsewhere(trx, child, person)
            saw(found.map((one) => one.childId))
            return found
          })
        : []
    return (
      <>
        <GovukInsetText>
          From the moment this is saved no letter, email or message is sent to a person who is restricted, and
          they can no longer open the child’s record.
        </GovukInsetText>
        <ChoiceField
          form={form}
          name="restricted"
          label="May letters and messages be sent to them?"
          options={[
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No, a court order or a risk bars it' },
          ]}
        />
        <TextField
          form={form}
          name="note"
          label="The order or the risk"
          hint="For example, prohibited steps order, Bournemouth Family Court, 2 June 2024. Needed when nothing may be sent"
        />
        {person && elsewhere.length > 0 && (
          <>
            <p class="govuk-body">
              The same person is recorded round other children whose records you may open, and is not barred
              there:
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {elsewhere.map((one) => (
                <li key={one.linkId}>
                  {one.childName}, {one.reference}: {one.personName}
                </li>
              ))}
            </ul>
            <input type="hidden" name="othersShown" value={mark(elsewhere)} />
            <ChoiceField
              form={form}
              name="coversOthers"
              label="If nothing may be sent: does the order or the risk cover these children too?"
              options={[
                { value: 'yes', text: 'Yes, nothing may be sent about them either' },
                { value: 'no', text: `No, only ${child.given_name}` },
              ]}
            />
          </>
        )}
        <TextField
          form={form}
          name="why"
          label="How do you know?"
          hint="For example, the order seen; the order has ended"
        />
      </>
    )
  },
  carryOut: async (run, given, context) => {
    const { trx, child } = run
    const person = personOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    if (given.restricted && given.note === null)
      return refuse('note', 'Enter the order or the risk: staff must know why nothing may be sent')
    if (given.restricted === person.restricted && given.note === person.restrictionNote)
      return refuse('', 'Nothing on this page is different from the record, so nothing was saved')
    const elsewhere = given.restricted && !person.restricted ? await findElsewhere(trx, child, person) : []
    if (elsewhere.length > 0) {
      if (given.coversOthers !== 'yes' && given.coversOthers !== 'no')
        return refuse('coversOthers', 'Choose whether it covers the other children too')
      if (mark(elsewhere) !== given.othersShown)
        return refuse(
          'coversOthers',
          'The other children have changed since you opened this page: check them again',
        )
      const busy =
        given.coversOthers === 'yes'
          ? await restrictElsewhere(run, elsewhere, given.note ?? '', given.why)
          : undefined
      if (busy !== undefined) return refuse('coversOthers', busy)
    }
    const howMany = elsewhere.length === 1 ? '1 other child' : `${elsewhere.length} other children`
    await trx
      .updateTable('child_contact')
      .set({ restricted: given.restricted, restriction_note: given.restricted ? given.note : null })
      .where('id', '=', person.linkId)
      .execute()
    return {
      ok: true,
      changes: [
        {
          field: person.name,
          from: sendWords(person.restricted, person.restrictionNote),
          to: sendWords(given.restricted, given.note),
        },
      ],
      also:
        elsewhere.length === 0
          ? {}
          : {
              said:
                given.coversOthers === 'yes'
                  ? `The bar covers ${howMany} too, and is on their records`
                  : `Asked whether the bar covers ${howMany} too: no`,
            },
      why: given.why,
      notice: given.restricted
        ? `Nothing will be sent to ${person.name}.`
        : `${person.name} may be written to again.`,
    }
  },
})

/** A relationship that has ended. */
export const endRoutes = changePage({
  url: '/staff/children/:id/people/:person/end',
  name: 'end a relationship',
  title: (child, context) => {
    const person = personOf(child, context)
    return person && `End ${person.name} as ${relationshipWords(person.relationship).toLowerCase()}`
  },
  schema: z.object({
    endedOn: plainDate('the day it ended'),
    why: text('Enter why', { max: 500 }),
  }),
  dates: ['endedOn'],
  button: 'End it',
  start: () => ({}),
  questions: async (form, child, context) => (
    <>
      <p class="govuk-body">
        Use this when somebody has died, or is no longer a carer.{' '}
        {personOf(child, context)?.parentalResponsibility &&
          'Parental responsibility does not end when parents part: it ends by adoption, by a court order, or at 18.'}{' '}
        The record of it stays.
      </p>
      {personOf(child, context)?.restricted && (
        <GovukInsetText>
          {personOf(child, context)?.name} is barred. Ending this does not lift the bar: if they are added
          again, or somebody like them, the bar is asked about.
        </GovukInsetText>
      )}
      <DateField
        form={form}
        name="endedOn"
        label="When did it end?"
        hint="The last day it held is the day before"
      />
      <TextField form={form} name="why" label="Why?" />
    </>
  ),
  carryOut: async ({ trx, child, today }, given, context) => {
    const person = personOf(child, context)
    if (!person) return refuse('', 'This person is no longer recorded round this child')
    if (given.endedOn > today)
      return refuse('endedOn', `The day it ended must be today (${shortDate(date(today))}) or in the past`)
    if (given.endedOn <= person.fromOn)
      return refuse(
        'endedOn',
        `The day it ended must be after ${shortDate(date(person.fromOn))}, when it was recorded as beginning. To stop letters at once, restrict ${person.name} instead`,
      )
    await trx
      .updateTable('child_contact')
      .set({ to_on: given.endedOn })
      .where('id', '=', person.linkId)
      .execute()
    return {
      ok: true,
      changes: [
        {
          field: person.name,
          from: relationshipWords(person.relationship),
          to: `ended on ${shortDate(date(given.endedOn))}${person.restricted ? '; still barred' : ''}`,
        },
      ],
      why: given.why,
      notice: `Ended: ${person.name}.`,
    }
  },
})
