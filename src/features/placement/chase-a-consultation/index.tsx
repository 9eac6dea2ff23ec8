/** Who was asked and has not answered: the list, and taking a silence further. */
import { stringify } from 'csv-stringify/sync'
import type { JSX } from 'preact'
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date } from '../../../law/index.ts'
import { choice, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  EXPORTS,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { ChoiceField, DateField, dateParts, LongTextField, SelectField } from '../../../ui/fields/index.ts'
import { GovukCheckboxes, GovukInput, GovukInsetText, GovukSelect } from '../../../ui/govuk/index.ts'
import {
  Counts,
  dayInWords,
  EmptyState,
  FilterPanel,
  ListWithFilter,
  Pager,
  SortableTable,
  Tag,
} from '../../../ui/parts/index.ts'
import { tellSetting } from '../../assessment/tell-those-asked/index.ts'
import { caseStep } from '../../assessment/the-case/index.ts'
import { PlacementLists } from '../the-settings/index.ts'
import {
  type Asked,
  type AskedFilters,
  askedQuery,
  findAsked,
  findAskedOfCase,
  PAGE_SIZE,
  readAskedFilters,
  STATES,
} from './queries.ts'

export { type Asked, findAskedOfCase } from './queries.ts'

const URL = '/staff/consultations'
const access = { who: 'roles', roles: caseReaders } as const

/** Who a silence is taken to. Another authority is asked where it maintains the setting. */
const TO = {
  head: 'The head or principal of the setting',
  authority: 'The other authority, which maintains the setting (sections 39(2) and 40(3))',
  manager: 'A manager here, to speak with the setting',
} as const

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`

/** How a consultation stands, in words and a colour. */
export function AskedState({ row, today }: { readonly row: Asked; readonly today: string }): JSX.Element {
  const late = date(row.replied_on ?? today) - date(row.due_on)
  const answers: Readonly<Record<string, string>> = {
    yes: 'can meet the needs',
    conditions: 'can, on conditions',
    no: 'says it cannot',
  }
  return (
    <>
      {row.replied_on ? (
        <>
          <Tag colour="green">Answered</Tag> {dayInWords(row.replied_on)}
          {row.answer && answers[row.answer] ? `: ${answers[row.answer]}` : ''}
          {late > 0 ? `, ${days(late)} late` : ''}
        </>
      ) : late > 0 ? (
        <>
          <Tag colour="red">Late</Tag> {days(late)}
        </>
      ) : late === 0 ? (
        'Due today'
      ) : (
        `${days(-late)} left`
      )}
      {row.escalated_on ? (
        <>
          <br />
          <span class="app-how-long">
            Taken further {dayInWords(row.escalated_on)} by {row.escalated_by ?? 'a colleague'}:{' '}
            {TO[(row.escalated_to ?? 'head') as keyof typeof TO] ?? row.escalated_to}
          </span>
        </>
      ) : null}
    </>
  )
}

async function list(context: Context): Promise<Answer> {
  const filters = readAskedFilters(context.query)
  const { today } = context
  const found = await context.read('consultations of settings', async (trx, saw) => {
    const read = await findAsked(trx, filters, { today, viewerId: viewerOf(context).accountId })
    saw(read.rows.map((row) => row.child_id))
    return read
  })
  const paging = { page: filters.page, pageSize: PAGE_SIZE, total: found.total, things: 'consultations' }
  return {
    page: {
      title: 'Consultations of settings',
      wide: true,
      main: (
        <>
          <PlacementLists current="consultations" />
          <h1 class="govuk-heading-l">Consultations of settings</h1>
          <p class="govuk-body">
            The Code of Practice (guidance, paragraph 9.83) gives a setting 15 days. Silence does not stop the
            20 weeks, and a holiday does not lengthen them.
          </p>
          <ListWithFilter filter={<Filters filters={filters} />}>
            <Counts {...paging} />
            {found.rows.length === 0 ? (
              <EmptyState title="No consultation matches">
                A setting is listed here from the day it is consulted until its case is closed.
              </EmptyState>
            ) : (
              <>
                <p class="govuk-body">
                  <a class="govuk-link" href={`${URL}.csv?${askedQuery(filters)}`}>
                    This list as a spreadsheet
                  </a>
                </p>
                <SortableTable<Asked>
                  id="consultations"
                  caption="Consultations, the first due first"
                  captionHidden
                  onPhone="cards"
                  rows={found.rows}
                  columns={[
                    {
                      key: 'setting',
                      heading: 'Setting',
                      namesRow: true,
                      cell: (row) => (
                        <>
                          {row.setting_name}
                          {row.is_outside ? (
                            <>
                              <br />
                              <span class="govuk-!-font-weight-regular app-how-long">Out of county</span>
                            </>
                          ) : null}
                        </>
                      ),
                    },
                    {
                      key: 'child',
                      heading: 'Child',
                      cell: (row) => (
                        <a class="govuk-link" href={`/staff/cases/${row.process_id}/settings`}>
                          {row.child_name}
                        </a>
                      ),
                    },
                    { key: 'asked', heading: 'Asked', cell: (row) => dayInWords(row.consulted_on) },
                    { key: 'due', heading: 'Answer due', cell: (row) => dayInWords(row.due_on) },
                    {
                      key: 'state',
                      heading: 'How it stands',
                      cell: (row) => <AskedState row={row} today={today} />,
                    },
                    { key: 'who', heading: 'Coordinator', cell: (row) => row.coordinator ?? 'Nobody yet' },
                  ]}
                />
              </>
            )}
            <Pager {...paging} href={(page) => `${URL}?${askedQuery(filters, { page })}`} />
          </ListWithFilter>
        </>
      ),
    },
  }
}

function Filters({ filters }: { readonly filters: AskedFilters }): JSX.Element {
  const without = (change: Partial<AskedFilters>) => `${URL}?${askedQuery(filters, change)}`
  return (
    <FilterPanel
      action={URL}
      clearHref={URL}
      selected={[
        ...(filters.state === 'waiting'
          ? []
          : [{ text: STATES[filters.state], removeHref: without({ state: 'waiting' }) }]),
        ...(filters.mine ? [{ text: 'My cases', removeHref: without({ mine: false }) }] : []),
        ...(filters.escalated
          ? [
              {
                text: filters.escalated === 'yes' ? 'Taken further' : 'Not taken further',
                removeHref: without({ escalated: null }),
              },
            ]
          : []),
        ...(filters.words ? [{ text: `“${filters.words}”`, removeHref: without({ words: '' }) }] : []),
      ]}
    >
      <GovukInput id="q" name="q" label={{ text: 'Setting' }} value={filters.words} spellcheck={false} />
      <GovukSelect
        id="state"
        name="state"
        label={{ text: 'How it stands' }}
        value={filters.state}
        items={Object.entries(STATES).map(([value, words]) => ({ value, text: words }))}
      />
      <GovukSelect
        id="escalated"
        name="escalated"
        label={{ text: 'Taken further' }}
        value={filters.escalated ?? ''}
        items={[
          { value: '', text: 'Either' },
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ]}
      />
      <GovukCheckboxes
        name="mine"
        idPrefix="mine"
        classes="govuk-checkboxes--small"
        items={[{ value: 'yes', text: 'My cases only', checked: filters.mine }]}
      />
    </FilterPanel>
  )
}

async function csv(context: Context): Promise<Answer> {
  const filters = readAskedFilters(context.query)
  const { today } = context
  const { rows } = await context.read('consultations of settings: spreadsheet', async (trx, saw) => {
    const found = await findAsked(trx, filters, { today, viewerId: viewerOf(context).accountId, all: true })
    saw(found.rows.map((row) => row.child_id))
    return found
  })
  const late = (row: Asked) => Math.max(0, date(row.replied_on ?? today) - date(row.due_on))
  return {
    file: {
      name: `consultations-${today}.csv`,
      type: 'text/csv; charset=utf-8',
      body: `\uFEFF${stringify(
        [
          [
            'Case',
            'Child',
            'URN',
            'Setting',
            'Where',
            'Asked on',
            'Due on',
            'Answered on',
            'Answer',
            'Days late',
            'Taken further on',
            'To',
            'By',
            'Coordinator',
          ],
          ...rows.map((row) => [
            row.reference,
            row.child_name,
            row.setting_urn,
            row.setting_name,
            row.is_outside ? 'Out of county' : 'In the county',
            row.consulted_on,
            row.due_on,
            row.replied_on,
            row.answer,
            late(row),
            row.escalated_on,
            row.escalated_to,
            row.escalated_by,
            row.coordinator,
          ]),
        ],
        { escape_formulas: true, record_delimiter: 'windows' },
      )}`,
    },
  }
}

const escalation = z.object({
  consulted: z.string({ error: 'Choose the setting' }).min(1, 'Choose the setting'),
  on: plainDate('the day it was taken further'),
  to: choice(['head', 'authority', 'manager'], 'Choose who it was taken to'),
  words: text('Say how it was done and what was said', { max: 2000 }),
})

const escalate = caseStep<z.output<typeof escalation>>({
  slug: 'take-a-silence-further',
  title: () => 'Take a setting’s silence further',
  kinds: ['assessment', 'plan'],
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'drafting', 'with-family', 'finalising'],
  schema: escalation,
  dates: ['on'],
  start: (_file, today, context) => ({
    ...dateParts('on', today),
    consulted: context.query['consulted'] ?? '',
    to: 'head',
  }),
  button: 'Record, and tell the setting',
  questions: async (form, file, context) => {
    const asked = await context.read('settings that have not answered', (trx) =>
      findAskedOfCase(trx, file.process.id, context.today),
    )
    const silent = asked.filter((row) => row.replied_on === null)
    return (
      <>
        {silent.length === 0 ? <GovukInsetText text="Every setting consulted has answered." /> : null}
        <SelectField
          form={form}
          name="consulted"
          label="Which setting?"
          empty="Choose"
          options={silent.map((row) => ({
            value: row.event_id,
            text: `${row.setting_name}, due ${dayInWords(row.due_on)}`,
          }))}
        />
        <DateField form={form} name="on" label="When?" />
        <ChoiceField
          form={form}
          name="to"
          label="To whom?"
          options={Object.entries(TO).map(([value, words]) => ({ value, text: words }))}
        />
        <LongTextField
          form={form}
          name="words"
          label="How, and what was said?"
          hint="For example: rang the head, who will answer by Friday"
          max={2000}
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { trx, file, today } = run
    const row = (await findAskedOfCase(trx, file.process.id, today)).find(
      (one) => one.event_id === answer.consulted && one.replied_on === null,
    )
    const no = (field: string, words: string) => ({ ok: false as const, errors: [{ field, text: words }] })
    if (!row) return no('consulted', 'Choose a setting that was consulted and has not answered')
    if (answer.on > today) return no('on', 'The day must be today or in the past')
    if (answer.on < row.consulted_on)
      return no('on', `It was consulted on ${dayInWords(row.consulted_on)}: use that day or a later one`)
    if (answer.to === 'authority' && !row.is_outside)
      return no(
        'to',
        'This setting is in our own area: no other authority maintains it. Choose another answer',
      )
    const event = await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'consultation_escalated',
      on: answer.on,
      today,
      by: run.by,
      payload: {
        setting: row.setting_urn,
        settingName: row.setting_name,
        consulted: row.event_id,
        to: answer.to,
        words: answer.words,
      },
    })
    const told = await tellSetting(
      trx,
      row.setting_urn,
      {
        event,
        childId: file.child.id,
        processId: file.process.id,
        template: 'task-for-a-setting',
        values: { what: 'an answer to a consultation about a place', dueOn: row.due_on },
        linkPath: '/setting',
      },
      today,
    )
    return {
      ok: true,
      redirect: `/staff/cases/${file.process.id}/settings`,
      notice: `Recorded.${told > 0 ? ` ${told} ${told === 1 ? 'person' : 'people'} at the setting will be reminded.` : ' Nobody at the setting has an account to be reminded.'}`,
    }
  },
})

export const routes: readonly Route[] = [
  { method: 'GET', url: URL, access, touches: 'children', handle: list },
  { method: 'GET', url: `${URL}.csv`, access, touches: 'children', limit: EXPORTS, handle: csv },
  ...escalate,
]
