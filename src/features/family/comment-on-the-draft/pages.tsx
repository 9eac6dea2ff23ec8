import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { date, longDate, shortDate } from '../../../law/index.ts'
import type { Answer, Context, FieldError } from '../../../platform/routes.ts'
import {
  ChoiceField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText, html } from '../../../ui/govuk/index.ts'
import { CheckAnswers, FormPage } from '../../../ui/parts/index.ts'
import type { FoundSetting } from '../../children/the-child/index.ts'
import { AsTyped, TOLD_HOW } from '../give-views/index.ts'
import type { MyChild } from '../my-child/index.ts'
import type { Paragraph, Response, ServedDraft } from './draft.ts'
import { COMMENT_LIMIT, SECTION_IDS, SECTIONS, type Section, STANCES } from './form.ts'

export const draftAddress = (childId: string, more = ''): string => `/family/children/${childId}/draft${more}`

interface About {
  readonly context: Context
  readonly child: MyChild
  readonly draft: ServedDraft
  readonly response: Response | undefined
}

/** How long there is, as the law counts it: the day of service is day 1. */
export function TimeLeft({
  draft,
  today,
}: {
  readonly draft: ServedDraft
  readonly today: string
}): JSX.Element {
  const left = date(draft.lastDay) - date(today)
  const last = longDate(date(draft.lastDay))
  return (
    <GovukInsetText>
      {left >= 0 ? (
        <>
          You have until the end of <strong>{last}</strong> to say what you think.{' '}
          {left === 0
            ? 'That is today.'
            : left === 1
              ? 'That is 1 more day after today.'
              : `That is ${left} more days after today.`}{' '}
          You had the draft on {shortDate(date(draft.servedOn))}, and that day was day 1 of 15.
        </>
      ) : (
        <>
          The 15 days ended on <strong>{last}</strong>. You can still send your comments: we mark them as
          late, and we read them if the plan is not final yet.
        </>
      )}
    </GovukInsetText>
  )
}

const frame = (title: string, child: MyChild, main: JSX.Element, back = '/family'): Answer => ({
  page: { title: `${title}: ${child.name}`, backLink: { href: back, text: 'Back' }, main },
})

export const noDraftPage = (child: MyChild): Answer =>
  frame(
    'The draft plan',
    child,
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{child.name}</span>
        <h1 class="govuk-heading-l">The draft plan</h1>
        <p class="govuk-body">
          There is no draft plan yet. When we send one, you can say here what you think of each part of it.
        </p>
      </div>
    </div>,
  )

export function overviewPage(about: About, sent: readonly Response[]): Answer {
  const { context, child, draft, response } = about
  const counted = (section: Section): number =>
    response?.comments.filter((comment) => comment.section === section).length ?? 0
  return frame(
    'The draft plan',
    child,
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">{child.name}</span>
        <h1 class="govuk-heading-l">What do you think of the draft plan?</h1>
        {draft.isOpen ? (
          <>
            <TimeLeft draft={draft} today={context.today} />
            <p class="govuk-body">
              Say as much or as little as you like. Each page is saved. Nobody else sees it until you send it.
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href={`/family/children/${child.id}/plan`}>
                Read it first, and see what we left out and why
              </a>
            </p>
            <h2 class="govuk-heading-m">Part by part</h2>
            <ul class="govuk-list">
              {SECTION_IDS.map((section) => (
                <li key={section}>
                  <a class="govuk-link" href={draftAddress(child.id, `/section/${section}`)}>
                    {section}. {SECTIONS[section]}
                  </a>
                  {counted(section) > 0 && (
                    <strong>
                      {' '}
                      {counted(section)} {counted(section) === 1 ? 'comment' : 'comments'}
                    </strong>
                  )}
                </li>
              ))}
            </ul>
            <h2 class="govuk-heading-m">And</h2>
            <ul class="govuk-list">
              <li>
                <a class="govuk-link" href={draftAddress(child.id, '/more')}>
                  Anything else, and whether you want to meet us
                </a>
              </li>
              <li>
                <a class="govuk-link" href={draftAddress(child.id, '/school')}>
                  The school or college you want
                </a>
              </li>
            </ul>
            <GovukButton text="Check and send" href={draftAddress(child.id, '/check')} />
          </>
        ) : (
          <GovukInsetText>
            The plan is final, so the draft can no longer be changed. Your letter says what you can do if you
            disagree.
          </GovukInsetText>
        )}
        <SentAlready sent={sent} paragraphs={draft.paragraphs} />
      </div>
    </div>,
  )
}

function SentAlready({
  sent,
  paragraphs,
}: {
  readonly sent: readonly Response[]
  readonly paragraphs: readonly Paragraph[]
}): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">What you have sent</h2>
      {sent.length === 0 && (
        <p class="govuk-body">
          Nothing from this page yet. Anything you told us by post, by email or in person is kept too. It is
          not shown here.
        </p>
      )}
      {sent.map((response) => (
        <section key={response.id}>
          <h3 class="govuk-heading-s">
            Sent {shortDate(date(response.sentOn!))}
            {response.sentOn! > response.lastDay! && ', after the 15 days'}
          </h3>
          <ResponseWords response={response} paragraphs={paragraphs} />
        </section>
      ))}
    </>
  )
}

/** All one person said, each comment beside its paragraph, with the council's answer. */
export function ResponseWords(props: {
  readonly response: Response
  readonly paragraphs: readonly Paragraph[]
  /** Drawn under a comment that has no answer. */
  readonly unanswered?: (comment: Response['comments'][number]) => JSX.Element
  /** Where the part that was changed can be read, for those who may. */
  readonly changedHref?: (partId: string) => string | undefined
}): JSX.Element {
  const { response, paragraphs } = props
  return (
    <>
      {response.onBehalfOf && (
        <p class="govuk-hint">
          Told to the council {TOLD_HOW[response.toldHow!].toLowerCase()} by {response.onBehalfOf}, and
          written down for them.
        </p>
      )}
      {response.comments.map((comment) => {
        const paragraph = paragraphs.find((one) => one.id === comment.paragraphId)
        return (
          <div key={comment.id} class="govuk-!-margin-bottom-4">
            <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
              {comment.section}
              {paragraph ? `, paragraph ${paragraph.number}` : ''}: {STANCES[comment.stance]}
            </p>
            {paragraph && (
              <blockquote class="app-quoted govuk-body-s" dir="auto">
                {paragraph.words}
              </blockquote>
            )}
            {comment.words && <AsTyped words={comment.words} />}
            {comment.answer ? (
              <GovukInsetText>
                <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
                  The council’s answer, {shortDate(date(comment.answer.on))} ({comment.answer.by})
                </p>
                <AsTyped words={comment.answer.words} />
                <Changed part={comment.answer.changedPart} href={props.changedHref} />
              </GovukInsetText>
            ) : (
              (props.unanswered?.(comment) ?? <p class="govuk-hint">Not answered yet.</p>)
            )}
          </div>
        )
      })}
      {response.general && (
        <>
          <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">Anything else</p>
          <AsTyped words={response.general} />
        </>
      )}
      <p class="govuk-body">{besideInWords(response)}</p>
    </>
  )
}

/** That the plan was changed because of a comment, beside its answer. */
function Changed(props: {
  readonly part: string | null
  readonly href: ((partId: string) => string | undefined) | undefined
}): JSX.Element | null {
  if (props.part === null) return null
  const href = props.href?.(props.part)
  return (
    <p class="govuk-body govuk-!-margin-bottom-0">
      <strong>The plan was changed because of this.</strong>{' '}
      {href ? (
        <a class="govuk-link" href={href}>
          The part that changed
        </a>
      ) : (
        'You will see it in the next plan we send you.'
      )}
    </p>
  )
}

/** The meeting and the setting, in a sentence each. */
function besideInWords(response: Response): string {
  const meeting = response.wantsMeeting
    ? `Asked for a meeting${response.meetingNote ? `: ${response.meetingNote}` : ''}.`
    : ''
  const setting =
    response.settingAnswer === 'none'
      ? 'Asked for no school by name.'
      : response.settingAnswer
        ? `Asked for ${response.settingName}.`
        : ''
  return [meeting, setting].filter(Boolean).join(' ')
}

const OtherTab = ({ children }: { readonly children: JSX.Element | string }): JSX.Element => (
  <GovukInsetText>
    <p class="govuk-body">This was also saved in another tab. What was saved there:</p>
    {children}
    <p class="govuk-body">Your words from this tab are below. Save again to keep them in its place.</p>
  </GovukInsetText>
)

export function sectionPage(
  about: About & {
    readonly section: Section
    readonly form: TypedForm
    readonly was: string
    readonly isStale: boolean
  },
): Answer {
  const { context, child, draft, section, form, response } = about
  const own = draft.paragraphs.filter((paragraph) => paragraph.section === section)
  const title = `${section}. ${SECTIONS[section]}`
  return {
    page: {
      title,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: draftAddress(child.id), text: 'Back to the draft plan' },
      main: (
        <FormPage
          title={title}
          caption={child.name}
          errors={form.errors}
          action={draftAddress(child.id, `/section/${section}`)}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ was: about.was }}
          button="Save"
          before={
            about.isStale && response ? (
              <OtherTab>
                <ResponseWords
                  response={{
                    ...response,
                    general: '',
                    wantsMeeting: null,
                    settingAnswer: null,
                    comments: response.comments.filter((comment) => comment.section === section),
                  }}
                  paragraphs={own}
                />
              </OtherTab>
            ) : undefined
          }
        >
          {own.length === 0 ? (
            <>
              <p class="govuk-body">
                Look at this part in the draft we sent you, then say what you think of it here.
              </p>
              <OneComment form={form} place="whole" label={`part ${section}`} />
            </>
          ) : (
            own.map((paragraph) => (
              <div key={paragraph.id} class="govuk-!-margin-bottom-6">
                <h2 class="govuk-heading-s govuk-!-margin-bottom-1">Paragraph {paragraph.number}</h2>
                <blockquote class="app-quoted govuk-body" dir="auto">
                  {paragraph.words}
                </blockquote>
                <OneComment form={form} place={paragraph.id} label={`paragraph ${paragraph.number}`} />
              </div>
            ))
          )}
        </FormPage>
      ),
    },
  }
}

function OneComment({
  form,
  place,
  label,
}: {
  readonly form: TypedForm
  readonly place: string
  readonly label: string
}): JSX.Element {
  return (
    <>
      <SelectField
        form={form}
        name={`stance-${place}`}
        label={`What do you think of ${label}?`}
        empty="Nothing to say"
        options={Object.entries(STANCES).map(([value, text]) => ({ value, text }))}
      />
      <LongTextField
        form={form}
        name={`words-${place}`}
        label={`Your words about ${label}`}
        max={COMMENT_LIMIT}
        rows={3}
      />
    </>
  )
}

export function morePage(
  about: About & { readonly form: TypedForm; readonly was: string; readonly isStale: boolean },
): Answer {
  const { context, child, draft, form, response } = about
  return {
    page: {
      title: 'Anything else, and a meeting',
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: draftAddress(child.id), text: 'Back to the draft plan' },
      main: (
        <FormPage
          title="Anything else, and a meeting"
          caption={child.name}
          errors={form.errors}
          action={draftAddress(child.id, '/more')}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ was: about.was }}
          button="Save"
          before={
            about.isStale && response ? (
              <OtherTab>{response.general || 'Nothing written'}</OtherTab>
            ) : undefined
          }
        >
          <LongTextField
            form={form}
            name="general"
            label="Anything else about the draft (optional)"
            max={20_000}
            rows={6}
          />
          <ChoiceField
            form={form}
            name="wantsMeeting"
            label="Do you want to meet us to talk about it?"
            hint={
              date(draft.lastDay) >= date(context.today)
                ? 'Ask within the 15 days and somebody who can decide must meet you'
                : 'The 15 days are over, but you may still ask'
            }
            options={[
              {
                value: 'yes',
                text: 'Yes',
                more: html(
                  <TextField
                    form={form}
                    name="meetingNote"
                    label="When and how suits you? (optional)"
                    hint="For example mornings, by phone, at school, with an interpreter"
                  />,
                ),
              },
              { value: 'no', text: 'No' },
            ]}
          />
        </FormPage>
      ),
    },
  }
}

export function schoolPage(
  about: About & {
    readonly form: TypedForm
    readonly was: string
    readonly isStale: boolean
    readonly found: readonly FoundSetting[]
  },
): Answer {
  const { context, child, form, response, found } = about
  const placed = (setting: FoundSetting): string => [setting.name, setting.place].filter(Boolean).join(', ')
  return {
    page: {
      title: 'The school or college you want',
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: draftAddress(child.id), text: 'Back to the draft plan' },
      main: (
        <FormPage
          title="Which school or college do you want?"
          caption={child.name}
          errors={form.errors}
          action={draftAddress(child.id, '/school')}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ was: about.was }}
          button="Save"
          secondButton={{ text: 'Look for it', name: 'go', value: 'find' }}
          before={
            about.isStale && response ? (
              <OtherTab>{response.settingName ?? 'No school by name'}</OtherTab>
            ) : (
              <p class="govuk-body">
                The draft leaves this empty on purpose. You can ask for a school or college, here or in
                another area. We must ask it, and name it in most cases.
              </p>
            )
          }
        >
          <TextField form={form} name="settingSearch" label="Look for it by name, town or postcode" />
          {found.length > 0 && (
            <SelectField
              form={form}
              name="settingUrn"
              label="Which of these?"
              empty="Choose"
              options={found.map((setting) => ({ value: setting.urn, text: placed(setting) }))}
            />
          )}
          <ChoiceField
            form={form}
            name="settingAnswer"
            label="What do you want to say?"
            options={[
              { value: 'listed', text: 'I want the one I found above' },
              {
                value: 'not-listed',
                text: 'I want one that I cannot find here',
                more: html(<TextField form={form} name="settingName" label="Its name and town" />),
              },
              { value: 'none', text: 'I do not want to name one' },
              { value: 'later', text: 'I will say later' },
            ]}
          />
        </FormPage>
      ),
    },
  }
}

export function checkPage(about: About, errors: readonly FieldError[]): Answer {
  const { context, child, draft, response } = about
  const isLate = date(context.today) > date(draft.lastDay)
  return {
    page: {
      title: 'Check and send',
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      backLink: { href: draftAddress(child.id), text: 'Back to the draft plan' },
      main: (
        <CheckAnswers
          title="Check and send"
          caption={child.name}
          errors={errors}
          action={draftAddress(child.id, '/check')}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ was: response ? stateOfAll(response) : '' }}
          button="Send"
          before={<TimeLeft draft={draft} today={context.today} />}
          sections={[
            {
              rows: [
                {
                  key: 'What you say',
                  value: response ? (
                    <ResponseWords
                      response={response}
                      paragraphs={draft.paragraphs}
                      unanswered={() => <></>}
                    />
                  ) : (
                    'Nothing yet'
                  ),
                },
              ],
            },
          ]}
          whatHappensNext={
            <>
              <p class="govuk-body">
                We read every comment and answer each one here.
                {response?.wantsMeeting ? ' We will be in touch to arrange the meeting.' : ''}
                {response?.settingAnswer === 'listed' || response?.settingAnswer === 'not-listed'
                  ? ' We ask the school whether it can meet the needs in the plan.'
                  : ''}
              </p>
              <p class="govuk-body">
                {isLate
                  ? 'It is after the 15 days, so we mark it as late and read it all the same.'
                  : `You can say more until ${longDate(date(draft.lastDay))}, even after you send this. The plan cannot be made final before then.`}
              </p>
            </>
          }
        />
      ),
    },
  }
}

/** The words of a whole response, to know whether another tab has changed them since they were checked. */
export const stateOfAll = (response: Response): string =>
  JSON.stringify([
    response.comments.map((comment) => [
      comment.section,
      comment.paragraphId,
      comment.stance,
      comment.words.length,
    ]),
    response.general.length,
    response.wantsMeeting,
    response.settingUrn,
    response.settingName,
  ])
