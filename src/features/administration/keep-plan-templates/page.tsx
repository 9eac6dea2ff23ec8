import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { SECTION_RULES } from '../../../record/plan/index.ts'
import { ChoiceField, DateField, LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, SortableTable, SummaryRows, Timeline } from '../../../ui/parts/index.ts'
import { type KeptTemplate, standingOf, type TemplateChange } from './queries.ts'
import {
  AGE_BANDS,
  LIMITS,
  mayChangeWords,
  NEXT_STATES,
  TEMPLATE_STATES,
  type TemplateState,
} from './template.ts'

export const PATH = '/staff/plan-templates'
const at = (template: KeptTemplate, more = '') => `${PATH}/${template.id}${more}`

const useInWords = (use: KeptTemplate['use']): string =>
  use === undefined
    ? ''
    : `${use.plans.toLocaleString('en-GB')} ${use.plans === 1 ? 'plan' : 'plans'}, ${use.versions.toLocaleString('en-GB')} ${use.versions === 1 ? 'version' : 'versions'}`

/** Every template with its days and how much it is used. */
export function TemplatesPage(props: {
  readonly templates: readonly KeptTemplate[]
  readonly today: string
  readonly mayKeep: boolean
}): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">Plan templates</h1>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <p class="govuk-body">
            A template is the heading, the introduction and the questions of each of the twelve sections of a
            plan. You may word them as families asked. No section can be left out, put together with another
            or moved (Special Educational Needs and Disability Regulations 2014, regulation 12(1)).
          </p>
          <p class="govuk-body">
            A plan opens for ever on the template it was written on. It moves to a newer one only when it is
            amended.
          </p>
        </div>
      </div>
      {props.mayKeep ? (
        <GovukButton
          href={`${PATH}/import`}
          text="Bring in a template from a file"
          classes="govuk-button--secondary"
        />
      ) : null}
      <SortableTable
        id="templates"
        caption="Templates"
        captionHidden
        onPhone="cards"
        rows={props.templates}
        columns={[
          {
            key: 'name',
            heading: 'Template',
            namesRow: true,
            cell: (row) => (
              <a class="govuk-link" href={at(row)}>
                {row.name}, version {row.version}
              </a>
            ),
          },
          { key: 'for', heading: 'For', cell: (row) => AGE_BANDS[row.ageBand] },
          { key: 'state', heading: 'Where it stands', cell: (row) => standingOf(row, props.today) },
          { key: 'use', heading: 'Used by', cell: (row) => useInWords(row.use) },
        ]}
      />
    </>
  )
}

/** One template: where it stands, why it was made so, and what can be done with it. */
export function TemplatePage(props: {
  readonly template: KeptTemplate
  readonly changes: readonly TemplateChange[]
  readonly today: string
  readonly mayKeep: boolean
}): JSX.Element {
  const { template } = props
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">Plan template</span>
        <h1 class="govuk-heading-l">
          {template.name}, version {template.version}
        </h1>
        <SummaryRows
          rows={[
            { key: 'For', value: AGE_BANDS[template.ageBand] },
            { key: 'Where it stands', value: standingOf(template, props.today) },
            ...(template.use ? [{ key: 'Used by', value: useInWords(template.use) }] : []),
            {
              key: 'Made',
              value: `${dayInWords(template.madeOn)}${template.madeBy ? `, ${template.madeBy}` : ', with Clearway'}`,
            },
          ]}
        />
        {props.mayKeep ? (
          <div class="govuk-button-group">
            <GovukButton
              href={at(template, '/words')}
              text={mayChangeWords(template.state) ? 'Change its words' : 'Make a new version of it'}
            />
            {NEXT_STATES[template.state].length > 0 &&
            !(template.state === 'live' && template.ageBand === 'all') ? (
              <GovukButton
                href={at(template, '/state')}
                text="Move it on"
                classes="govuk-button--secondary"
              />
            ) : null}
          </div>
        ) : null}
        {template.state === 'live' && template.ageBand === 'all' ? (
          <p class="govuk-body">
            This is the template for every age. It ends on the day another goes live in its place.
          </p>
        ) : null}
        <ul class="govuk-list govuk-list--bullet">
          <li>
            <a class="govuk-link" href={at(template, '/preview')}>
              See an empty plan on it
            </a>
          </li>
          <li>
            <a class="govuk-link" href={at(template, '/file')}>
              Take it as a file
            </a>
            , to give to another authority
          </li>
        </ul>
        <h2 class="govuk-heading-m">Why it is as it is</h2>
        {props.changes.length === 0 ? (
          <p class="govuk-body">It came with Clearway: nobody here has changed it.</p>
        ) : (
          <Timeline
            entries={props.changes.map((change) => ({
              title: change.decision,
              on: change.on,
              body: (
                <>
                  <p class="govuk-body">
                    Asked for by {change.askedBy}
                    {change.event ? ` at ${change.event}` : ''}: {change.why}
                  </p>
                  {change.by ? <p class="govuk-body-s">Written down by {change.by}</p> : null}
                </>
              ),
            }))}
          />
        )}
      </div>
    </div>
  )
}

/** An empty plan on the template: its headings, introductions and questions as those who write will meet them. */
export function PreviewPage({ template }: { readonly template: KeptTemplate }): JSX.Element {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">
          {template.name}, version {template.version}: an empty plan
        </span>
        <h1 class="govuk-heading-l">Education, health and care plan</h1>
        <p class="govuk-body">For: a name. Date of birth: a day.</p>
        {template.sections.map((section) => (
          <section key={section.id}>
            <h2 class="govuk-heading-m">{section.heading}</h2>
            {section.intro ? <p class="govuk-body">{section.intro}</p> : null}
            {section.prompts.length === 0 ? (
              <p class="govuk-hint">Sets out {SECTION_RULES[section.id].mustSetOut}.</p>
            ) : (
              <ul class="govuk-list govuk-list--spaced">
                {section.prompts.map((prompt) => (
                  <li key={prompt}>
                    <strong>{prompt}</strong>
                    <br />…
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </div>
  )
}

const WhyFields = ({ form }: { readonly form: TypedForm }): JSX.Element => (
  <>
    <h2 class="govuk-heading-m">Why</h2>
    <TextField
      form={form}
      name="askedBy"
      label="Who asked for it?"
      hint="A group or a role, such as the parent carer forum. No child’s or parent’s name."
    />
    <LongTextField form={form} name="why" label="Why?" max={2000} rows={3} />
    <TextField form={form} name="event" label="At which co-production event? (optional)" />
    <LongTextField form={form} name="decision" label="What was decided, and by whom?" max={2000} rows={3} />
  </>
)

/** The words of a template: changed where it is a draft, else as its next version. */
export function WordsPage(props: {
  readonly template: KeptTemplate
  readonly form: TypedForm
  readonly was: string
  readonly csrfToken: string
}): JSX.Element {
  const { template, form } = props
  const inPlace = mayChangeWords(template.state)
  const title = inPlace ? 'Change its words' : 'Make a new version of it'
  return (
    <FormPage
      caption={`${template.name}, version ${template.version}`}
      title={title}
      errors={form.errors}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      hidden={{ was: props.was, ...(inPlace ? { name: template.name } : {}) }}
      button={inPlace ? 'Save the words' : 'Save as a draft'}
      cancel={{ text: 'Cancel', href: at(template) }}
      before={
        inPlace ? undefined : (
          <GovukInsetText text="What was tried or used is not written over. Your words become a draft that nobody uses until you make it live." />
        )
      }
    >
      {inPlace ? null : (
        <TextField
          form={form}
          name="name"
          label="What is it called?"
          hint="Under the same name it is the next version; under another it is the first of its own."
        />
      )}
      <ChoiceField
        form={form}
        name="ageBand"
        label="Whose plans is it for?"
        options={Object.entries(AGE_BANDS).map(([value, text]) => ({ value, text }))}
      />
      {template.sections.map((section) => (
        <section key={section.id}>
          <h2 class="govuk-heading-m">Section {section.id}</h2>
          <p class="govuk-hint">
            Must set out {SECTION_RULES[section.id].mustSetOut} ({SECTION_RULES[section.id].law}).
          </p>
          <TextField form={form} name={`heading-${section.id}`} label={`Heading of section ${section.id}`} />
          <LongTextField
            form={form}
            name={`intro-${section.id}`}
            label={`Introduction of section ${section.id} (optional)`}
            max={LIMITS.intro}
            rows={2}
          />
          <LongTextField
            form={form}
            name={`prompts-${section.id}`}
            label={`Questions of section ${section.id} (optional)`}
            hint="One on each line"
            max={LIMITS.prompts * LIMITS.prompt}
            rows={4}
          />
        </section>
      ))}
      <WhyFields form={form} />
    </FormPage>
  )
}

const MOVES: Readonly<Record<TemplateState, string>> = {
  draft: '',
  consult: 'Send it out to consultation',
  pilot: 'Try it: its words stay as they are from now on',
  live: 'Make it live',
  retired: 'Retire it',
}

/** What happens to a template next. */
export function MovePage(props: {
  readonly template: KeptTemplate
  readonly form: TypedForm
  readonly csrfToken: string
}): JSX.Element {
  const { template, form } = props
  const isLive = template.state === 'live'
  return (
    <FormPage
      caption={`${template.name}, version ${template.version}: ${TEMPLATE_STATES[template.state].toLowerCase()}`}
      title="Move it on"
      errors={form.errors}
      errorTargets={{ on: 'on-day' }}
      csrfToken={props.csrfToken}
      idempotencyKey={randomUUID()}
      button="Move it on"
      cancel={{ text: 'Cancel', href: at(template) }}
    >
      <ChoiceField
        form={form}
        name="state"
        label="What happens to it?"
        options={NEXT_STATES[template.state].map((state) => ({
          value: state,
          text: state === 'retired' && !isLive ? 'Drop it: it is never used' : MOVES[state],
          ...(state === 'live'
            ? {
                hint: 'Plans begun from its day on are written on it. The one that held for the same ages ends that day; plans on it stay on it.',
              }
            : {}),
        }))}
      />
      <DateField
        form={form}
        name="on"
        label={isLive ? 'From which day is it no longer used?' : 'If you make it live: from which day?'}
        hint="Today or later"
      />
      <WhyFields form={form} />
    </FormPage>
  )
}
