import { randomUUID } from 'node:crypto'
import type { ComponentChildren, JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { ChoiceField, DateField, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukDetails, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, ErrorSummary, HiddenFields, Tag } from '../../../ui/parts/index.ts'
import { ANSWERS, type Part, SECTIONS, type Section } from './contents.ts'
import { hintsFor } from './hints.ts'
import { PartFields, titleOf } from './part-fields.tsx'
import type { AskedAdvice, SavedVersion } from './queries.ts'
import { paragraphsOf } from './release.ts'
import { ShowAdvice } from './show.tsx'

/** Where the pages of one piece of advice are: at the professional's door, or the office's for advice on paper. */
export interface Place {
  readonly base: string
  readonly isStaff: boolean
  readonly csrfToken: string
}

export const captionOf = (asked: AskedAdvice): string =>
  `${asked.child.name}, born ${shortDate(date(asked.child.bornOn))} · ${asked.headTitle}`

const Heading = ({ asked, children }: { asked: AskedAdvice; children: ComponentChildren }) => (
  <>
    <span class="govuk-caption-l">{captionOf(asked)}</span>
    <h1 class="govuk-heading-l">{children}</h1>
  </>
)

const STATE = {
  writing: ['blue', 'Being written'],
  'with-supervisor': ['yellow', 'With the supervisor'],
  released: ['green', 'Released'],
} as const

/** The whole of the advice as it stands: what is written, what is left, and where to go on. */
export function writePage(asked: AskedAdvice, parts: readonly Part[], place: Place): JSX.Element {
  const here = `${place.base}/${asked.id}`
  const hints = hintsFor(parts)
  const partOfSection = new Map(
    parts.flatMap((part) => (part.kind === 'text' && part.section ? [[part.section, part] as const] : [])),
  )
  const state = asked.writing?.state ?? 'writing'
  const change = (partId: string, what: string): JSX.Element => (
    <a class="govuk-link" href={`${here}/part/${partId}`}>
      Change<span class="govuk-visually-hidden"> {what}</span>
    </a>
  )
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Heading asked={asked}>Write the advice</Heading>
        <p class="govuk-body">
          <Tag colour={STATE[state][0]}>{STATE[state][1]}</Tag>{' '}
          {place.isStaff
            ? `Typed by the office from paper, in the name of ${asked.adviser}.`
            : 'Each page is saved when you press Save. Nobody outside your service sees it until it is released.'}
        </p>
        {asked.writing?.note ? (
          <GovukInsetText>
            <p class="govuk-body">
              <strong>Sent back by the supervisor:</strong>
            </p>
            <p class="govuk-body app-advice__words">{asked.writing.note}</p>
          </GovukInsetText>
        ) : null}
        <ShowAdvice
          paragraphs={paragraphsOf(parts)}
          beside={(one) => (
            <>
              <Hints of={hints.filter((hint) => hint.partId === one.partId).map((hint) => hint.text)} />
              <p class="govuk-body">
                {change(one.partId, one.kind === 'about' ? 'whose advice, and from what' : one.number)}
              </p>
            </>
          )}
          emptySections={(section: Section) => {
            const part = partOfSection.get(section)
            return part ? (
              <p class="govuk-body">
                {part.kind === 'text' && part.content.words === '' ? (
                  <a class="govuk-link" href={`${here}/part/${part.partId}`}>
                    Write this<span class="govuk-visually-hidden">: {SECTIONS[section].title}</span>
                  </a>
                ) : (
                  change(part.partId, SECTIONS[section].title)
                )}
              </p>
            ) : null
          }}
        />
        <h2 class="govuk-heading-m">Add</h2>
        <ul class="govuk-list">
          {(['need', 'outcome', 'provision'] as const).map((kind) => (
            <li>
              <a class="govuk-link" href={`${here}/part/new-${kind}`}>
                {titleOf(kind, null, true)}
              </a>
            </li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">When it is ready</h2>
        <div class="govuk-button-group">
          <GovukButton href={`${here}/release`} text="Read it through and release" />
          {place.isStaff ? null : (
            <a class="govuk-link" href={`${here}/people`}>
              Write with a colleague, or choose a supervisor
            </a>
          )}
        </div>
        <p class="govuk-body">
          Nothing to say? “Not known to us” and “nothing to report” are answers: choose one on the release
          page.
        </p>
      </div>
    </div>
  )
}

/** What is missing, said lightly. */
function Hints({ of }: { readonly of: readonly string[] }): JSX.Element | null {
  if (of.length === 0) return null
  return (
    <ul class="govuk-list app-advice__hints">
      {of.map((hint) => (
        <li>{hint}</li>
      ))}
    </ul>
  )
}

export interface PartPageProps {
  readonly asked: AskedAdvice
  readonly parts: readonly Part[]
  readonly kind: Part['kind']
  readonly section: Section | null
  readonly partId: string | null
  readonly form: TypedForm
  /** The version the person had before them. */
  readonly from: number | null
  readonly versions: readonly SavedVersion[]
  /** Saved by somebody else meanwhile: shown whole, beside what was typed. */
  readonly theirs: SavedVersion | null
  readonly idempotencyKey: string
  readonly place: Place
}

/** One page of the advice: its questions, what was saved before, and both texts where two people met. */
export function partPage(props: PartPageProps): JSX.Element {
  const { asked, form, theirs, versions, place } = props
  const told = versions.filter((one) => one.part.version > 0)
  const canRemove =
    props.partId !== null &&
    ['need', 'outcome', 'provision'].includes(props.kind) &&
    versions[0]?.removed !== true
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <Heading asked={asked}>{titleOf(props.kind, props.section, props.partId === null)}</Heading>
        {theirs ? (
          <section aria-labelledby="theirs" class="govuk-inset-text">
            <h2 class="govuk-heading-m" id="theirs">
              {theirs.removed ? 'Taken away by' : 'Saved by'} {theirs.savedBy},{' '}
              {momentInWords(theirs.savedAt)}
            </h2>
            <ShowAdvice paragraphs={[{ ...theirs.part, number: ' ' }]} />
            <p class="govuk-body">
              What you typed is below, unchanged. Put the two together there, then save. Theirs stays among
              the earlier versions.
            </p>
          </section>
        ) : null}
        <form method="post" novalidate>
          <HiddenFields
            csrfToken={place.csrfToken}
            idempotencyKey={props.idempotencyKey}
            hidden={{ fromVersion: props.from === null ? '' : String(props.from) }}
          />
          <PartFields form={form} kind={props.kind} section={props.section} parts={props.parts} />
          <div class="govuk-button-group">
            <GovukButton text="Save" preventDoubleClick />
            {canRemove ? (
              <button
                type="submit"
                class="govuk-button govuk-button--secondary"
                name="do"
                value="remove"
                formnovalidate
              >
                Take it away
              </button>
            ) : null}
            <a class="govuk-link" href={`${place.base}/${asked.id}/write`}>
              Back without saving
            </a>
          </div>
        </form>
        {told.length > 0 ? (
          <GovukDetails summaryText={`Earlier versions (${told.length})`}>
            {told.map((one) => (
              <>
                <p class="govuk-body govuk-!-font-weight-bold">
                  Version {one.part.version}, {one.savedBy}, {momentInWords(one.savedAt)}
                  {one.removed ? ': taken away' : ''}
                </p>
                <ShowAdvice paragraphs={[{ ...one.part, number: ' ' }]} />
              </>
            ))}
          </GovukDetails>
        ) : null}
      </div>
    </div>
  )
}

/** A moment of today's clock, as people say it: the day and the time in England. */
export const momentInWords = (at: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'Europe/London',
  }).format(Temporal.Instant.from(at.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).epochMilliseconds)

export interface ReleasePageProps {
  readonly asked: AskedAdvice
  readonly parts: readonly Part[]
  readonly form: TypedForm
  readonly place: Place
  readonly idempotencyKey: string
  readonly errors: readonly FieldError[]
}

/** The last page: the whole as it will be frozen, what is missing, who will see it, and the answer. */
export function releasePage({
  asked,
  parts,
  form,
  place,
  idempotencyKey,
  errors,
}: ReleasePageProps): JSX.Element {
  const hints = hintsFor(parts)
  const numbers = new Map(paragraphsOf(parts).map((one) => [one.partId, one.number]))
  const supervisor = asked.people.find((one) => one.part === 'supervisor')
  const again = asked.releases.length > 0
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} targets={{ on: 'on-day' }} />
        <Heading asked={asked}>
          {asked.mayRelease ? 'Read it through and release' : 'Read it through and send it for sign-off'}
        </Heading>
        {hints.length > 0 ? (
          <GovukDetails
            summaryText={`${hints.length} ${hints.length === 1 ? 'thing is' : 'things are'} not said yet`}
          >
            <p class="govuk-body">
              A plan needs these. You can release the advice without them, and the office may come back to
              you.
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {hints.map((hint) => (
                <li>
                  <a class="govuk-link" href={`${place.base}/${asked.id}/part/${hint.partId}`}>
                    {numbers.get(hint.partId) ?? ''}
                  </a>
                  : {hint.text}
                </li>
              ))}
            </ul>
          </GovukDetails>
        ) : null}
        <ShowAdvice paragraphs={paragraphsOf(parts)} />
        {asked.receivedOn && !again ? (
          <GovukInsetText
            text={`The office has already recorded this advice as received on ${dayInWords(asked.receivedOn)}. That date stands; what you release is added to it.`}
          />
        ) : null}
        {!asked.mayRelease && !supervisor ? (
          <GovukInsetText
            text={`Only ${asked.adviserName ?? asked.adviser}, or who they answer to by professional line, can release this. Tell them it is ready.`}
          />
        ) : (
          <form method="post" novalidate>
            <HiddenFields
              csrfToken={place.csrfToken}
              idempotencyKey={idempotencyKey}
              hidden={{ stands: standsOf(parts) }}
            />
            <ChoiceField
              form={form}
              name="answer"
              label="What is the answer?"
              options={[
                { value: 'advice', text: ANSWERS.advice },
                {
                  value: 'not-known',
                  text: 'The child is not known to us',
                  hint: 'This is an answer: the request is complete. What is written above is not sent.',
                },
                {
                  value: 'nothing-to-report',
                  text: 'We have nothing to report',
                  hint: 'This is an answer too. What is written above is not sent.',
                },
              ]}
            />
            {place.isStaff && !asked.receivedOn ? (
              <DateField form={form} name="on" label="Date the advice was received" />
            ) : null}
            {again ? (
              <LongTextField
                form={form}
                name="why"
                label="Why is there a new version?"
                hint="The earlier version stays, with this reason beside the new one."
                max={2000}
                rows={3}
              />
            ) : null}
            <h2 class="govuk-heading-m">Who will see it</h2>
            <p class="govuk-body">
              The council’s SEND office, at once. The family, and anybody else asked for advice, only after
              the office has checked it for what is about other people.
            </p>
            {asked.mayRelease ? (
              <div class="govuk-button-group">
                <GovukButton
                  text={again ? 'Release the new version' : 'Release the advice'}
                  preventDoubleClick
                />
                {supervisor ? (
                  <button
                    type="submit"
                    class="govuk-button govuk-button--secondary"
                    name="do"
                    value="send-back"
                  >
                    Send it back to be changed
                  </button>
                ) : null}
              </div>
            ) : (
              <GovukButton text={`Send to ${supervisor?.name} to sign off`} preventDoubleClick />
            )}
            {asked.mayRelease && supervisor ? (
              <LongTextField
                form={form}
                name="note"
                label="If you send it back: what to change"
                max={5000}
                rows={3}
              />
            ) : null}
          </form>
        )}
        {asked.mayRelease ? (
          <GovukWarningText
            text="A released version cannot be changed. You can correct it with a new version while the case is open."
            iconFallbackText="Warning"
          />
        ) : null}
      </div>
    </div>
  )
}

/** What stood when the page was opened, so that nobody releases words they have not read. */
export const standsOf = (parts: readonly Part[]): string =>
  parts.map((part) => `${part.partId.slice(0, 8)}.${part.version}`).join(' ')

export const newKey = (): string => randomUUID()
