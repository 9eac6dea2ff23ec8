import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { ChoiceField, DateField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, SummaryCard, type SummaryRow } from '../../../ui/parts/index.ts'
import type { Made, Standing } from './queries.ts'
import type { Settable } from './settable.ts'

export const PATH = '/staff/settings/readings'

/** Each reading and target: the question, what may be chosen, what holds, since when, by whom and why. */
export function ReadingsPage({ standings }: { readonly standings: readonly Standing[] }): JSX.Element {
  const cards = (group: Settable['group']) =>
    standings
      .filter((one) => one.settable.group === group)
      .map((one) => <Card key={one.settable.key} {...one} />)
  return (
    <>
      <h1 class="govuk-heading-l">Readings of the law</h1>
      <p class="govuk-body">
        Where the law can be read two ways, both readings are set out here with the one this authority
        follows. Your legal adviser should agree a change. Every date shows the reading it rests on under{' '}
        <em>Why this date?</em>
      </p>
      <GovukWarningText text={WARNING} iconFallbackText="Warning" />
      <h2 class="govuk-heading-m">Where the law is unclear</h2>
      {cards('readings')}
      <h2 class="govuk-heading-m">Local targets and warnings</h2>
      <GovukInsetText text="Local targets are neither law nor guidance, and are always shown apart from both." />
      {cards('targets')}
      <h2 class="govuk-heading-m">What you promise</h2>
      <GovukInsetText text="A promise is the council’s own. It is told to whoever writes or asks, and holds for what is sent from its day on." />
      {cards('promises')}
      <h2 class="govuk-heading-m">Before a plan is sent</h2>
      <GovukInsetText text="It holds for plans that are written here. One written elsewhere is sent on the word of whoever sends it." />
      {cards('plans')}
    </>
  )
}

const WARNING =
  'Changing one changes dates from the day you choose, in open and closed cases: on lists, case pages, letters to come and what families see.'

function Card({ settable, inForce, coming }: Standing): JSX.Element {
  const mayChange = settable.options.length > 1
  const rows: SummaryRow[] = [
    ...settable.said.map(({ name, text }) => ({ key: name, value: text })),
    { key: 'In force', value: inForce ? words(settable, inForce) : settable.byDefault.short },
    {
      key: 'Since',
      value: inForce
        ? `${dayInWords(inForce.valid_from)}, ${setBy(inForce)}`
        : 'Always: it is Clearway’s default, which nobody has changed',
    },
    ...coming.map((made) => ({
      key: `From ${dayInWords(made.valid_from)}`,
      value: (
        <>
          <p class="govuk-body">{words(settable, made)}</p>
          <p class="govuk-body">{capital(setBy(made))}</p>
        </>
      ),
    })),
    ...(mayChange ? [] : [{ key: 'Change', value: 'It cannot be changed: the other reading moves no date' }]),
  ]
  return (
    <SummaryCard
      title={settable.title}
      headingLevel={3}
      rows={rows}
      actions={
        mayChange ? [{ text: 'Change', href: `${PATH}?change=${encodeURIComponent(settable.key)}` }] : []
      }
    />
  )
}

const words = (settable: Settable, made: Made): string =>
  settable.options.find((option) => option.value === made.value)?.short ?? String(made.value)

const setBy = (made: Made): string =>
  `set by ${made.by ?? 'somebody whose account you may not see'}: ${made.why}`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** One choice, to be changed from a day, with the reason kept. */
export function ChangePage(props: {
  readonly standing: Standing
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { settable, inForce, coming } = props.standing
  return (
    <FormPage
      caption="Readings of the law"
      title={settable.title}
      errors={props.form.errors}
      errorTargets={{ from: 'from-day' }}
      action={PATH}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ key: settable.key }}
      button="Set it"
      cancel={{ text: 'Cancel', href: PATH }}
      before={
        <>
          <p class="govuk-body">
            In force now: {inForce ? words(settable, inForce) : `${settable.byDefault.short}, the default`}.
            {coming.map((made) => ` From ${dayInWords(made.valid_from)}: ${words(settable, made)}.`)}
          </p>
          {settable.group === 'promises' ? (
            <GovukInsetText text="It holds for what is sent to you from the day you choose. What was promised before stays promised." />
          ) : settable.group === 'plans' ? (
            <GovukInsetText text="It holds for plans sent from the day you choose." />
          ) : (
            <GovukWarningText text={WARNING} iconFallbackText="Warning" />
          )}
          {coming.length > 0 ? (
            <GovukInsetText text="What you set holds from its day on, and takes the place of anything set before for that day or later." />
          ) : null}
        </>
      }
    >
      <ChoiceField
        form={props.form}
        name="choice"
        label="What should be in force?"
        options={settable.options.map((option) => ({ value: option.name, text: option.text }))}
      />
      <DateField
        form={props.form}
        name="from"
        label="From which day?"
        hint="Today or later: dates already shown to people are not changed behind them"
      />
      <LongTextField
        form={props.form}
        name="why"
        label="Why?"
        hint="Who agreed it, and on what advice. It is kept, and shown to staff beside the reading."
        max={1000}
      />
    </FormPage>
  )
}
