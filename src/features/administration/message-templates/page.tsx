import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import {
  CHANNEL_WORDS,
  CHANNELS,
  type Channel,
  compose,
  findTemplate,
  MessageWords,
  TEMPLATE_KEYS,
  type Template,
  type Wording,
} from '../../../platform/messages/index.ts'
import { DateField, LongTextField, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, SummaryCard } from '../../../ui/parts/index.ts'
import { inForceOn, type SetWording } from './queries.ts'

export const PATH = '/staff/settings/messages'
const hrefOf = (template: string, channel: Channel): string =>
  `${PATH}?${new URLSearchParams({ template, channel })}`

/** Every message the product sends, when, and whose wording holds. */
export function TemplatesPage({
  wordings,
  today,
}: {
  readonly wordings: readonly SetWording[]
  readonly today: string
}): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">Wording of messages</h1>
      <p class="govuk-body">
        Change how a message is worded, from a day you choose. The parts the law asks for, the link to sign in
        and who it is from are added to every message and cannot be changed here. No message has a place for a
        child’s name.
      </p>
      <GovukInsetText text="The message with a sign-in link or code is the same for every council and cannot be changed, so that people learn to know it." />
      {TEMPLATE_KEYS.map((key) => {
        const template = findTemplate(key)!
        return (
          <SummaryCard
            key={key}
            title={template.title}
            rows={[
              { key: 'When', value: template.when },
              ...CHANNELS.map((channel) => {
                const held = inForceOn(
                  wordings.filter((one) => one.template === key && one.channel === channel),
                  today,
                )
                return {
                  key: CHANNEL_WORDS[channel],
                  value: held ? `Your wording, since ${dayInWords(held.valid_from)}` : 'Clearway’s wording',
                  action: {
                    text: 'Change',
                    href: hrefOf(key, channel),
                    about: `${template.title} by ${CHANNEL_WORDS[channel].toLowerCase()}`,
                  },
                }
              }),
              ...(template.legal.length > 0
                ? [{ key: 'Locked', value: 'It carries parts the law asks for' }]
                : []),
            ]}
          />
        )
      })}
    </>
  )
}

export interface ChangeView {
  readonly template: Template
  readonly channel: Channel
  readonly form: TypedForm
  /** The wording to show as it would be read, when it can be. */
  readonly preview: Wording | undefined
  readonly history: readonly SetWording[]
  readonly authorityName: string
  readonly csrfToken: string
}

/** One message by one way: its wording to change, how it would read, its locked parts, and what was set before. */
export function ChangePage({
  template,
  channel,
  form,
  preview,
  history,
  authorityName,
  csrfToken,
}: ChangeView): JSX.Element {
  const examples = Object.fromEntries(
    Object.entries(template.gaps).map(([gap, { example }]) => [gap, example]),
  )
  const read =
    preview && compose({ template: template.key, channel, wording: preview, values: examples, authorityName })
  return (
    <>
      <FormPage
        caption={`${CHANNEL_WORDS[channel]}: wording of messages`}
        title={template.title}
        errors={form.errors}
        errorTargets={{ from: 'from-day' }}
        action={PATH}
        csrfToken={csrfToken}
        idempotencyKey={randomUUID()}
        hidden={{ template: template.key, channel }}
        button="Set this wording"
        secondButton={{ text: 'Show how it reads', name: 'only', value: 'preview' }}
        cancel={{ text: 'Cancel', href: PATH }}
        before={
          <>
            <p class="govuk-body">{template.when}</p>
            <h2 class="govuk-heading-s">Gaps that are filled in</h2>
            <ul class="govuk-list govuk-list--bullet">
              {Object.entries(template.gaps).map(([gap, { means }]) => (
                <li key={gap}>
                  <code>{`((${gap}))`}</code>: {means}
                </li>
              ))}
            </ul>
          </>
        }
      >
        {channel === 'text' ? null : <TextField form={form} name="subject" label="Subject" />}
        <LongTextField
          form={form}
          name="body"
          label="Words"
          hint="Leave an empty line between paragraphs"
          max={channel === 'text' ? 400 : 3000}
          rows={channel === 'text' ? 4 : 10}
        />
        <DateField form={form} name="from" label="From which day?" hint="Today or later" />
        <LongTextField
          form={form}
          name="why"
          label="Why?"
          hint="Who agreed it. It is kept with the wording."
          max={500}
          rows={2}
        />
      </FormPage>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {template.legal.length > 0 ? (
            <>
              <h2 class="govuk-heading-m" id="locked">
                Locked: added whatever the wording
              </h2>
              {channel === 'text' ? (
                <p class="govuk-body">
                  A text is too short for these. It says that the reader’s rights are behind its link.
                </p>
              ) : null}
              {template.legal.map((part) => (
                <p key={part} class="govuk-inset-text">
                  {part}
                </p>
              ))}
            </>
          ) : null}
          {read ? (
            <>
              <h2 class="govuk-heading-m">How it reads, with example dates</h2>
              <div class="govuk-inset-text" id="preview">
                {read.subject ? (
                  <p class="govuk-body">
                    <strong>{read.subject}</strong>
                  </p>
                ) : null}
                <MessageWords body={read.body} />
              </div>
            </>
          ) : null}
          <h2 class="govuk-heading-m">What was set before</h2>
          {history.length === 0 ? (
            <p class="govuk-body">Nothing: Clearway’s wording has always held.</p>
          ) : null}
          {history.map((one) => (
            <SummaryCard
              key={one.id}
              title={`From ${dayInWords(one.valid_from)}`}
              headingLevel={3}
              rows={[
                ...(one.subject ? [{ key: 'Subject', value: one.subject }] : []),
                { key: 'Words', value: <MessageWords body={one.body} /> },
                { key: 'Set by', value: `${one.by ?? 'Somebody whose account you may not see'}: ${one.why}` },
              ]}
            />
          ))}
        </div>
      </div>
    </>
  )
}
