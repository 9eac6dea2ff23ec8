import type { JSX } from 'preact'
import { freshForm, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import {
  Counts,
  dayInWords,
  EmptyState,
  FilterPanel,
  ListWithFilter,
  Pager,
  SortableTable,
  SummaryCard,
  Tag,
} from '../../../ui/parts/index.ts'
import type { Consultation } from '../answer-a-consultation/index.ts'
import type { AdviceAsked } from '../give-school-advice/index.ts'
import { dueOn, type OurSetting } from '../the-setting/index.ts'
import { type PupilRow, stateWords, WHERE_WORDS, type Where, whereIs } from './queries.ts'

export interface Chosen {
  readonly words: string
  readonly where: Where | ''
  readonly setting: string
  readonly page: number
}

const PAGE = 50
const AT = '/setting/pupils'

const hrefOf = (chosen: Partial<Chosen>): string => {
  const query = new URLSearchParams()
  if (chosen.words) query.set('words', chosen.words)
  if (chosen.where) query.set('where', chosen.where)
  if (chosen.setting) query.set('setting', chosen.setting)
  if (chosen.page && chosen.page > 1) query.set('page', String(chosen.page))
  return query.size > 0 ? `${AT}?${query}` : AT
}

/** The roll today, with where each pupil is; and apart, children the setting is only consulted about. */
export function PupilsPage(props: {
  readonly rows: readonly PupilRow[]
  readonly all: number
  readonly chosen: Chosen
  readonly settings: readonly OurSetting[]
  readonly consulted: readonly Consultation[]
  readonly maySpeak: boolean
  readonly today: string
}): JSX.Element {
  const { rows, chosen, settings } = props
  const page = Math.min(chosen.page, Math.max(1, Math.ceil(rows.length / PAGE)))
  const paging = { page, pageSize: PAGE, total: rows.length, things: rows.length === 1 ? 'pupil' : 'pupils' }
  const form = freshForm({ words: chosen.words, where: chosen.where, setting: chosen.setting })
  return (
    <>
      <h1 class="govuk-heading-l">Our pupils</h1>
      <p class="govuk-body">
        On roll today, and known to the council or on SEN support. Pupils who have left are not shown.
      </p>
      {props.maySpeak ? (
        <GovukButton
          text="Put a pupil on SEN support"
          href="/setting/support/new"
          classes="govuk-button--secondary"
        />
      ) : null}
      <ListWithFilter
        filter={
          <FilterPanel action={AT} selected={selected(chosen, settings)} clearHref={AT}>
            <TextField form={form} name="words" label="Name or UPN" />
            <SelectField
              form={form}
              name="where"
              label="Where they are"
              empty="Anywhere"
              options={Object.entries(WHERE_WORDS).map(([value, text]) => ({ value, text }))}
            />
            {settings.length > 1 ? (
              <SelectField
                form={form}
                name="setting"
                label="Setting"
                empty="All of ours"
                options={settings.map((one) => ({ value: one.urn, text: one.name }))}
              />
            ) : null}
          </FilterPanel>
        }
      >
        <Counts {...paging} />
        {rows.length === 0 ? (
          <EmptyState
            title={props.all === 0 ? 'No pupil of yours is here yet' : 'No pupil matches'}
            headingLevel={2}
            {...(props.all === 0 ? {} : { action: { text: 'Clear all filters', href: AT } })}
          >
            {props.all === 0
              ? 'A pupil appears here when the council opens a record for them, or when you put them on SEN support.'
              : 'Try part of the name, or fewer filters.'}
          </EmptyState>
        ) : (
          <SortableTable<PupilRow>
            id="pupils"
            caption="Our pupils, by family name"
            captionHidden
            rows={rows.slice((page - 1) * PAGE, page * PAGE)}
            onPhone="cards"
            columns={[
              {
                key: 'name',
                heading: 'Name',
                namesRow: true,
                cell: (row) => (
                  <a
                    class="govuk-link"
                    href={row.child_id ? `${AT}/${row.child_id}` : `/setting/support/${row.pupil_id}`}
                  >
                    {row.given_name} {row.family_name}
                  </a>
                ),
              },
              { key: 'born', heading: 'Born', cell: (row) => dayInWords(row.date_of_birth) },
              ...(settings.length > 1
                ? [{ key: 'setting', heading: 'Setting', cell: (row: PupilRow) => row.setting_name }]
                : []),
              {
                key: 'where',
                heading: 'Where they are',
                cell: (row) => (
                  <>
                    <Tag colour={TAGS[whereIs(row)]}>{WHERE_WORDS[whereIs(row)]}</Tag>
                    {whereIs(row) === 'assessment' ? (
                      <>
                        <br />
                        <span class="app-how-long">{stateWords(row)}</span>
                      </>
                    ) : null}
                  </>
                ),
              },
              { key: 'who', heading: 'Coordinator', cell: (row) => row.coordinator ?? '' },
            ]}
          />
        )}
        <Pager {...paging} href={(to) => hrefOf({ ...chosen, page: to })} />
        {props.consulted.length > 0 ? (
          <>
            <h2 class="govuk-heading-m">Not our pupils: consulted only</h2>
            <p class="govuk-body">
              The council asked whether you could meet these children’s needs. You see those papers only.
            </p>
            <ul class="govuk-list">
              {props.consulted.map((one) => (
                <li key={one.id}>
                  <a class="govuk-link" href={`/setting/consultations/${one.id}`}>
                    {one.given_name} {one.family_name}
                  </a>
                  {one.replied_on
                    ? `: answered ${dayInWords(one.replied_on)}`
                    : `: answer by ${dayInWords(one.due_on)}, ${dueOn(one.due_on, props.today).words.toLowerCase()}`}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </ListWithFilter>
    </>
  )
}

const TAGS = { assessment: 'blue', plan: 'green', support: 'turquoise', none: 'grey' } as const

const selected = (chosen: Chosen, settings: readonly OurSetting[]) => [
  ...(chosen.words
    ? [{ text: `Name: ${chosen.words}`, removeHref: hrefOf({ ...chosen, words: '', page: 1 }) }]
    : []),
  ...(chosen.where
    ? [{ text: WHERE_WORDS[chosen.where], removeHref: hrefOf({ ...chosen, where: '', page: 1 }) }]
    : []),
  ...(chosen.setting
    ? [
        {
          text: settings.find((one) => one.urn === chosen.setting)?.name ?? 'Setting',
          removeHref: hrefOf({ ...chosen, setting: '', page: 1 }),
        },
      ]
    : []),
]

/** One pupil on roll whom the council knows: where the assessment is, what is asked, and what the setting may do. */
export function OnePupil(props: {
  readonly row: PupilRow
  readonly next: { readonly title: string; readonly due_on: string } | undefined
  readonly advice: readonly AdviceAsked[]
  readonly consultations: readonly Consultation[]
  readonly maySpeak: boolean
  readonly today: string
}): JSX.Element {
  const { row, next, today } = props
  const name = `${row.given_name} ${row.family_name}`
  const supported = row.pupil_id !== null
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{row.setting_name}</span>
        <h1 class="govuk-heading-l">{name}</h1>
        <SummaryCard
          title="Where things are"
          rows={[
            { key: 'Born', value: dayInWords(row.date_of_birth) },
            ...(row.upn ? [{ key: 'UPN', value: row.upn }] : []),
            { key: 'On our roll since', value: dayInWords(row.on_roll_from) },
            { key: 'Assessment', value: row.state ? stateOnly(row) : 'None has been asked for' },
            ...(next
              ? [
                  {
                    key: 'Next',
                    value: `${next.title}: ${dayInWords(next.due_on)}, ${dueOn(next.due_on, today).words.toLowerCase()}`,
                  },
                ]
              : []),
            {
              key: 'Plan',
              value: row.plan_state ? (
                <a class="govuk-link" href="/setting/plans">
                  A plan is in force
                </a>
              ) : (
                'No plan is in force'
              ),
            },
            { key: 'Coordinator', value: row.coordinator ?? 'Nobody yet: ask the SEND team' },
          ]}
        />
        {props.advice.length + props.consultations.length > 0 ? (
          <>
            <h2 class="govuk-heading-m">Asked of you</h2>
            <ul class="govuk-list">
              {props.advice.map((one) => (
                <li key={one.id}>
                  <a class="govuk-link" href={`/setting/advice/${one.id}`}>
                    Advice, asked {dayInWords(one.asked_on)}
                  </a>
                  {one.received_on
                    ? `: given ${dayInWords(one.received_on)}`
                    : `: due ${dayInWords(one.due_on)}`}
                </li>
              ))}
              {props.consultations.map((one) => (
                <li key={one.id}>
                  <a class="govuk-link" href={`/setting/consultations/${one.id}`}>
                    Consultation, sent {dayInWords(one.consulted_on)}
                  </a>
                  {one.replied_on
                    ? `: answered ${dayInWords(one.replied_on)}`
                    : `: due ${dayInWords(one.due_on)}`}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <h2 class="govuk-heading-m">SEN support</h2>
        <p class="govuk-body">
          {supported ? (
            <a class="govuk-link" href={`/setting/support/${row.pupil_id}`}>
              SEN support: rounds, meetings and questions
            </a>
          ) : props.maySpeak ? (
            <a class="govuk-link" href={`/setting/support/new?child=${row.child_id}`}>
              Put {row.given_name} on SEN support
            </a>
          ) : (
            'Not on SEN support. Your SENCO can begin it.'
          )}
        </p>
      </div>
    </div>
  )
}

const stateOnly = (row: PupilRow): string =>
  `${row.assessment_open ? '' : 'Ended: '}${stateWords({ ...row, assessment_open: true })}${row.opened_on ? `, asked for on ${dayInWords(row.opened_on)}` : ''}`
