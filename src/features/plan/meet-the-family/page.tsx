import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { ChoiceField, DateField, LongTextField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, SummaryCard } from '../../../ui/parts/index.ts'
import { quoteOf } from '../comment-as-a-professional/index.ts'
import type { Plan, SavedPart } from '../the-plan/index.ts'

export const HELD = { 'in-person': 'In person', video: 'By video', phone: 'By phone' } as const
export type How = keyof typeof HELD

export interface KeptMeeting {
  readonly id: string
  readonly heldOn: string
  readonly how: How
  readonly present: string
  readonly notes: string
  readonly agreed: string
  readonly notAgreed: string
  readonly partIds: readonly string[]
  readonly by: string | null
  readonly recordedOn: string
}

export const meetingsAddress = (planId: string, more = ''): string => `/staff/plans/${planId}/meetings${more}`

const shortly = (text: string): string => (text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text)
/** A part as a choice: its section and the start of its words. */
export const nameOf = (part: SavedPart): string =>
  `Section ${part.section}: ${shortly(quoteOf(part).split('\n')[0] ?? '') || 'nothing written yet'}`

const Words = ({ words }: { readonly words: string }): JSX.Element => (
  <span class="app-advice__words" dir="auto">
    {words}
  </span>
)

/** Every meeting about the plan, the newest first, and the parts each one changes. */
export function MeetingsPage(props: {
  readonly plan: Plan
  readonly meetings: readonly KeptMeeting[]
  readonly parts: readonly SavedPart[]
  readonly mayAct: boolean
}): JSX.Element {
  const { plan, meetings, parts } = props
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l app-break">
          {plan.child.name}, {plan.reference}
        </span>
        <h1 class="govuk-heading-l">Meetings about the plan</h1>
        <p class="govuk-body">
          The family reads these notes beside the plan. When they ask to meet within the time for comments, an
          officer must be available (SEND Regulations 2014, regulation 13(1)).
        </p>
        {props.mayAct ? (
          <GovukButton href={meetingsAddress(plan.id, '/new')} text="Write notes of a meeting" />
        ) : null}
        {meetings.length === 0 ? <p class="govuk-body">No notes yet.</p> : null}
        {meetings.map((meeting) => {
          const changed = parts.filter((part) => meeting.partIds.includes(part.partId))
          return (
            <SummaryCard
              title={`${HELD[meeting.how]}, ${dayInWords(meeting.heldOn)}`}
              rows={[
                { key: 'Who was there', value: <Words words={meeting.present} /> },
                ...(meeting.notes ? [{ key: 'What was said', value: <Words words={meeting.notes} /> }] : []),
                ...(meeting.agreed ? [{ key: 'Agreed', value: <Words words={meeting.agreed} /> }] : []),
                ...(meeting.notAgreed
                  ? [{ key: 'Not agreed', value: <Words words={meeting.notAgreed} /> }]
                  : []),
                ...(changed.length > 0
                  ? [
                      {
                        key: 'Changes',
                        value: (
                          <ul class="govuk-list">
                            {changed.map((part) => (
                              <li>
                                <a
                                  class="govuk-link"
                                  href={`/staff/plans/${plan.id}/sections/${part.section}`}
                                >
                                  {nameOf(part)}
                                </a>
                              </li>
                            ))}
                          </ul>
                        ),
                      },
                    ]
                  : []),
                {
                  key: 'Written down',
                  value: `${meeting.by ?? 'By somebody'}, ${dayInWords(meeting.recordedOn)}`,
                },
              ]}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The notes of one meeting. */
export function NotesPage(props: {
  readonly plan: Plan
  readonly parts: readonly SavedPart[]
  readonly asksWhenAsked: boolean
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { plan, form, parts } = props
  return (
    <FormPage
      caption={plan.child.name}
      title="Notes of a meeting about the plan"
      errors={form.errors}
      errorTargets={{ heldOn: 'heldOn-day', askedOn: 'askedOn-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      button="Keep the notes"
      cancel={{ text: 'Cancel', href: meetingsAddress(plan.id) }}
      before={
        <GovukInsetText text="The family reads these notes as you write them. Use plain words. They are kept as they are: to put something right, write further notes." />
      }
    >
      <DateField form={form} name="heldOn" label="When was it?" hint="Today or in the past" />
      {props.asksWhenAsked ? (
        <DateField
          form={form}
          name="askedOn"
          label="When did the family ask for it? (optional)"
          hint="No asking is recorded yet. Leave this empty if the council asked for the meeting."
        />
      ) : null}
      <ChoiceField
        form={form}
        name="how"
        label="How did you meet?"
        options={Object.entries(HELD).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField form={form} name="present" label="Who was there?" max={1000} rows={2} />
      <LongTextField form={form} name="notes" label="What was said" max={40_000} rows={6} />
      <LongTextField form={form} name="agreed" label="What was agreed" max={40_000} rows={4} />
      <LongTextField form={form} name="notAgreed" label="What was not agreed" max={40_000} rows={4} />
      {parts.length > 0 ? (
        <TickField
          form={form}
          name="partIds"
          label="Which parts of the plan does it change? (optional)"
          options={parts.map((part) => ({ value: part.partId, text: nameOf(part) }))}
        />
      ) : null}
    </FormPage>
  )
}
