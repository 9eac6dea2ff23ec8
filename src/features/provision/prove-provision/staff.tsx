import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso, type PlainDate } from '../../../law/index.ts'
import { choice, optionalDate, parseForm, plainDate, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { ChoiceField, DateField, freshForm, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, FormPage, SummaryCard, Timeline } from '../../../ui/parts/index.ts'
import { loadCase, typedForm } from '../../assessment/the-case/index.ts'
import { noteWhenAllInPlace } from './all-in-place.ts'
import {
  ANSWER_KINDS,
  confirmationDue,
  findLines,
  isUuid,
  type Line,
  loadReckoning,
  notCountable,
  openReport,
  REASONS,
  type Reckoning,
  type Report,
} from './lines.ts'
import { addRecord, newestVersion, processOf, signed, tooEarly } from './record.ts'
import { amountOf, HowItCounts, LedgerTable, lastWord, ledgerRows, lineTitle, StateTag } from './show.tsx'
import { WindowForm, windowOf } from './window.tsx'

export const readers = { who: 'roles', roles: caseReaders } as const
export const writers = { who: 'roles', roles: caseworkers } as const
const MISSING: Answer = { missing: true }

export const lineHref = (line: Pick<Line, 'id'>): string => `/staff/provision/lines/${line.id}`

/** Every line of the plan of one case, how it stands, and the ledger of the child. */
async function ofTheCase(context: Context): Promise<Answer> {
  const { today } = context
  const found = await context.read('provision of the plan', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    saw(file.child.id)
    return {
      file,
      lines: await findLines(trx, { childId: file.child.id }),
      reckoning: await loadReckoning(trx, today),
    }
  })
  if (!found) return MISSING
  const { file, lines, reckoning } = found
  const window = windowOf(context.query, reckoning, today)
  const live = lines.filter((line) => line.state !== 'ended')
  const gone = lines.filter((line) => line.state === 'ended')
  return {
    page: {
      title: `Provision: ${file.child.name}, ${file.process.reference}`,
      wide: true,
      backLink: { href: `/staff/cases/${file.process.id}`, text: 'Back to the case' },
      main: (
        <>
          <span class="govuk-caption-l">
            {file.child.name}, {file.process.reference}
          </span>
          <h1 class="govuk-heading-l">Does the provision happen?</h1>
          {lines.length === 0 ? (
            <EmptyState title="No final plan of this child is held as data">
              Each line of sections F, G and H appears here on the day a final plan is sent.
              {file.process.kind === 'plan' && caseworkers.includes(viewerOf(context).role) ? (
                <>
                  {' '}
                  Of a plan on paper,{' '}
                  <a class="govuk-link" href={`/staff/cases/${file.process.id}/record-provision-in-place`}>
                    record when its provision is in place
                  </a>
                  .
                </>
              ) : null}
            </EmptyState>
          ) : (
            <>
              <WindowForm window={window} today={today} />
              <LedgerTable
                id="ledger"
                caption="Promised and what became of it"
                first="Line"
                rows={ledgerRows(lines, reckoning, window, today, (line) => ({
                  key: line.id,
                  name: `${line.section}: ${lineTitle(line)}`,
                }))}
              />
              <HowItCounts window={window} />
              <h2 class="govuk-heading-m">The lines of the plan</h2>
              {live.map((line) => (
                <LineCard key={line.id} line={line} reckoning={reckoning} today={today} />
              ))}
              {gone.length > 0 ? (
                <>
                  <h2 class="govuk-heading-m">Lines that have ended</h2>
                  {gone.map((line) => (
                    <LineCard key={line.id} line={line} reckoning={reckoning} today={today} />
                  ))}
                </>
              ) : null}
            </>
          )}
        </>
      ),
    },
  }
}

function LineCard({
  line,
  reckoning,
  today,
}: {
  readonly line: Line
  readonly reckoning: Reckoning
  readonly today: string
}): JSX.Element {
  const due = confirmationDue(line, reckoning, today)
  const report = openReport(line)
  const why = notCountable(line)
  return (
    <SummaryCard
      title={`Section ${line.section}: ${lineTitle(line)}`}
      rows={[
        {
          key: 'Stands',
          value: (
            <>
              <StateTag state={line.state} /> since {dayInWords(line.stateSince)}
            </>
          ),
        },
        { key: 'How much', value: why ? `${amountOf(line)}. Not countable: ${why}` : amountOf(line) },
        { key: 'Given by', value: line.content.who || 'The plan does not say' },
        { key: 'Where', value: line.settingName ?? (line.content.where || 'Not said') },
        { key: 'Confirmed', value: lastWord(line) ?? 'By nobody yet' },
        ...(due
          ? [
              {
                key: 'Setting asked to confirm',
                value: due < today ? `By ${dayInWords(due)}: late` : `By ${dayInWords(due)}`,
              },
            ]
          : []),
        ...(report
          ? [
              {
                key: 'The family says',
                value: (
                  <a class="govuk-link" href={`/staff/provision/reports/${report.id}`}>
                    Not happening since {dayInWords(report.sinceOn)}: answer
                  </a>
                ),
              },
            ]
          : []),
        {
          key: 'More',
          value: (
            <a class="govuk-link" href={lineHref(line)}>
              Open this line<span class="govuk-visually-hidden">: {lineTitle(line)}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

export interface FoundLine {
  readonly line: Line
  readonly reckoning: Reckoning
  readonly processId: string
  readonly deliverers: readonly {
    readonly id: string
    readonly name: string
    readonly from_on: string
    readonly to_on: string | null
  }[]
}

export async function findOne(
  trx: Trx,
  id: string | undefined,
  today: string,
): Promise<FoundLine | undefined> {
  if (!isUuid(id)) return undefined
  const [line] = await findLines(trx, { lineId: id })
  if (!line) return undefined
  const deliverers = await trx
    .selectFrom('provision_deliverer as d')
    .leftJoin('account as a', 'a.id', 'd.account_id')
    .select(['d.id', 'a.name', 'd.from_on', 'd.to_on'])
    .where('d.line_id', '=', id)
    .orderBy('d.from_on')
    .execute()
  return {
    line,
    reckoning: await loadReckoning(trx, today),
    processId: await processOf(trx, line),
    deliverers: deliverers.map((row) => ({ ...row, name: row.name ?? 'Somebody who has left' })),
  }
}

const readLine = (context: Context): Promise<FoundLine | undefined> =>
  context.read('a line of provision', async (trx, saw) => {
    const found = await findOne(trx, context.params['line'], context.today)
    if (found) saw(found.line.childId)
    return found
  })

/** One line: what is promised, everything recorded, and what can be done about it. */
async function oneLine(context: Context): Promise<Answer> {
  const found = await readLine(context)
  if (!found) return MISSING
  const { line, reckoning, deliverers } = found
  const window = windowOf(context.query, reckoning, context.today)
  const mayAct = caseworkers.includes(viewerOf(context).role) && line.state !== 'ended'
  return {
    page: {
      title: `Line of provision: ${line.childName}`,
      wide: true,
      backLink: { href: `/staff/cases/${found.processId}/provision`, text: 'Provision of the plan' },
      main: (
        <>
          <span class="govuk-caption-l">
            {line.childName}, section {line.section}
          </span>
          <h1 class="govuk-heading-l">{lineTitle(line)}</h1>
          <p class="govuk-body">
            <StateTag state={line.state} /> since {dayInWords(line.stateSince)}
          </p>
          {mayAct ? (
            <div class="govuk-button-group">
              <GovukButton href={`${lineHref(line)}/change`} text="Change how it stands" />
              <a class="govuk-link" href={`${lineHref(line)}/who`}>
                Say who gives it and where
              </a>
            </div>
          ) : null}
          <WindowForm window={window} today={context.today} />
          <LedgerTable
            id="ledger"
            caption="Promised and what became of it"
            first="Line"
            rows={ledgerRows([line], reckoning, window, context.today, () => ({
              key: line.id,
              name: amountOf(line),
            }))}
          />
          <HowItCounts window={window} />
          <SummaryCard
            title="Who and where"
            rows={[
              { key: 'Given by, in the plan', value: line.content.who || 'The plan does not say' },
              { key: 'Where', value: line.settingName ?? 'No setting is asked to confirm it' },
              {
                key: 'Professionals who record sessions',
                value:
                  deliverers.length === 0
                    ? 'Nobody yet'
                    : deliverers
                        .map(
                          (one) =>
                            `${one.name}, from ${dayInWords(one.from_on)}${one.to_on ? ` to ${dayInWords(one.to_on)}` : ''}`,
                        )
                        .join('; '),
              },
            ]}
          />
          <h2 class="govuk-heading-m">What was promised</h2>
          <ul class="govuk-list govuk-list--bullet">
            {line.terms.map((term) => (
              <li key={`${term.from}`}>
                From {dayInWords(term.from)}
                {term.to === null ? '' : ` until ${dayInWords(term.to)}`}:{' '}
                {amountOf({ ...line, content: term.whole })}. {term.whole.words}
              </li>
            ))}
          </ul>
          {line.reports.length > 0 ? (
            <>
              <h2 class="govuk-heading-m">What the family has said</h2>
              {line.reports.map((report) => (
                <ReportCard key={report.id} report={report} mayAct={mayAct} />
              ))}
            </>
          ) : null}
          <h2 class="govuk-heading-m">Everything recorded</h2>
          {line.records.length === 0 ? (
            <p class="govuk-body">Nothing yet.</p>
          ) : (
            <Timeline
              entries={line.records
                .toSorted((a, b) => (a.onDay < b.onDay ? 1 : -1))
                .map((one) => ({
                  id: one.id,
                  title: recordTitle(one),
                  on: one.onDay,
                  by: one.givenBy,
                  body: [one.reason ? REASONS[one.reason] : '', one.words].filter(Boolean).join('. '),
                }))}
            />
          )}
        </>
      ),
    },
  }
}

const RECORD_WORDS: Readonly<Record<string, string>> = {
  given: 'Given',
  absent: 'Offered; the child was absent',
  missed: 'Not given',
  'in-place': 'Said to be in place',
  'not-in-place': 'Said not to be in place',
  agreement: 'Paused: the family agreed in writing',
  alternative: 'Paused: the family has made suitable arrangements of their own (s.42(5))',
}
const recordTitle = (one: Line['records'][number]): string =>
  [
    RECORD_WORDS[one.kind] ?? one.kind,
    one.minutes ? `${one.minutes} minutes` : '',
    one.toDay && one.about === 'pause' ? `until ${dayInWords(one.toDay)}` : '',
  ]
    .filter(Boolean)
    .join(', ')

function ReportCard({ report, mayAct }: { readonly report: Report; readonly mayAct: boolean }): JSX.Element {
  return (
    <SummaryCard
      title={`Not happening since ${dayInWords(report.sinceOn)}`}
      headingLevel={3}
      rows={[
        { key: 'Told us on', value: dayInWords(report.reportedOn) },
        { key: 'In their words', value: <span dir="auto">{report.words}</span> },
        {
          key: 'Our answer',
          value: report.answer ? (
            `${ANSWER_KINDS[report.answer.kind]}${report.answer.rightFrom ? ` from ${dayInWords(report.answer.rightFrom)}` : ''}, ${dayInWords(report.answer.answeredOn)}. ${report.answer.words}`
          ) : mayAct ? (
            <a class="govuk-link" href={`/staff/provision/reports/${report.id}`}>
              Answer it
            </a>
          ) : (
            'Not yet'
          ),
        },
      ]}
    />
  )
}

// Changing how a line stands.

const CHANGES = {
  'in-place': 'It is in place',
  'not-in-place': 'It is not in place',
  agreement: 'Pause it: the family agreed in writing',
  alternative: 'Pause it: the family has made suitable arrangements of their own (s.42(5))',
  resume: 'End the pause',
} as const
type Change = keyof typeof CHANGES
const changeForm = z.object({
  change: choice(Object.keys(CHANGES) as [Change, ...Change[]], 'Choose how it stands'),
  from: plainDate('the day it holds from'),
  to: optionalDate('the last day of the pause'),
  words: text('Enter how you know: who said so and where the evidence is', { max: 2000 }),
})

function changePage(context: Context, { line }: FoundLine, form: TypedForm): Answer {
  const isPaused = line.state === 'paused'
  return {
    page: {
      title: 'Change how a line stands',
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: lineHref(line), text: 'Back to the line' },
      main: (
        <FormPage
          title="Change how this line stands"
          caption={`${line.childName}: ${lineTitle(line)}`}
          errors={form.errors}
          errorTargets={{ from: 'from-day', to: 'to-day' }}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          button="Record it"
          cancel={{ text: 'Cancel', href: lineHref(line) }}
          before={
            <GovukInsetText text="The authority must secure what the plan sets out from the day it is final (Children and Families Act 2014, s.42(2)). Only a later plan, or suitable arrangements the family makes itself (s.42(5)), ends that. A pause they agree to in writing is shown in a column of its own: the Act does not name it, and they may end it on any day." />
          }
        >
          <ChoiceField
            form={form}
            name="change"
            label="How does it stand?"
            options={(Object.keys(CHANGES) as Change[])
              .filter((key) => (key === 'resume') === isPaused || (isPaused ? false : key !== 'resume'))
              .map((value) => ({ value, text: CHANGES[value] }))}
          />
          <DateField
            form={form}
            name="from"
            label={isPaused ? 'First day it happens again' : 'From which day?'}
          />
          {isPaused ? null : (
            <DateField
              form={form}
              name="to"
              label="For a pause: the last day, if it is known"
              hint="Leave empty if it is not known"
            />
          )}
          <LongTextField
            form={form}
            name="words"
            label="How do you know?"
            hint="For a pause: who agreed to it, on what day, and where the paper is"
            max={2000}
          />
        </FormPage>
      ),
    },
  }
}

export const live =
  (handle: (context: Context, found: FoundLine) => Promise<Answer> | Answer) => async (context: Context) => {
    const found = await readLine(context)
    return found && found.line.state !== 'ended' ? handle(context, found) : MISSING
  }

const sayChange = live(async (context, found) => {
  const parsed = parseForm(changeForm, context.form)
  const again = (errors: TypedForm['errors']) => changePage(context, found, typedForm(context, errors))
  if (!parsed.ok) return again(parsed.errors)
  const { change, from, to, words } = parsed.value
  const viewer = viewerOf(context)
  const { today } = context
  const first = found.line.terms[0]
  const isWord = change === 'in-place' || change === 'not-in-place'
  if (isWord && from > today)
    return again([{ field: 'from', text: 'The day it holds from must be today or earlier' }])
  if (to !== null && to < from)
    return again([{ field: 'to', text: 'The last day must be the first or later' }])
  const result = await context
    .command('change how a line of provision stands', async (trx, changed) => {
      await lockChildren(trx, [found.line.childId])
      const now = await findOne(trx, found.line.id, today)
      if (!now || now.line.state === 'ended')
        return { ok: false, errors: [{ field: '', text: 'This line has ended since you opened the page' }] }
      const { line } = now
      const by = { accountId: viewer.accountId, today }
      const event = async (
        kind: 'provision_confirmed' | 'provision_not_in_place' | 'provision_paused' | 'provision_resumed',
      ) =>
        recordEvent(trx, {
          childId: line.childId,
          processId: now.processId,
          kind,
          on: from,
          today,
          by: viewer.accountId,
          payload: { line: line.id, basis: isWord ? null : change },
        })
      let added: boolean
      if (change === 'resume') {
        const pause = line.records.findLast((one) => one.about === 'pause')
        if (!pause || line.state !== 'paused')
          return { ok: false, errors: [{ field: 'change', text: 'It is not paused any more' }] }
        if (from <= pause.onDay) {
          const eventId = await event('provision_resumed')
          added = await addRecord(
            trx,
            line,
            {
              ...pause,
              kind: 'withdrawn',
              toDay: null,
              corrects: pause.version,
              words,
              givenBy: signed(viewer),
            },
            { ...by, eventId },
          )
        } else {
          const eventId = await event('provision_resumed')
          added = await addRecord(
            trx,
            line,
            {
              ...pause,
              toDay: iso((date(from) - 1) as PlainDate),
              corrects: pause.version,
              words: `${pause.words}\nEnded: ${words}`.slice(0, 2000),
              givenBy: signed(viewer),
            },
            { ...by, eventId },
          )
        }
      } else {
        if (line.state === 'paused')
          return { ok: false, errors: [{ field: 'change', text: 'It is paused: end the pause first' }] }
        const about = isWord ? 'confirmation' : 'pause'
        const eventId = await event(
          change === 'in-place'
            ? 'provision_confirmed'
            : change === 'not-in-place'
              ? 'provision_not_in_place'
              : 'provision_paused',
        )
        const before = await newestVersion(trx, line.id, { about, onDay: from, nth: 1 })
        added = await addRecord(
          trx,
          line,
          {
            about,
            kind: change,
            onDay: from,
            toDay: isWord ? today : to,
            corrects: before?.version,
            words,
            givenBy: signed(viewer),
          },
          { ...by, eventId },
        )
      }
      if (!added)
        return {
          ok: false,
          errors: [{ field: '', text: 'Somebody recorded the same just now. Open the line to see it' }],
        }
      await noteWhenAllInPlace(trx, { childId: line.childId, processId: now.processId }, today)
      await refreshChild(trx, line.childId, today)
      changed(line.childId)
      return { ok: true, redirect: lineHref(line), notice: 'Recorded.' }
    })
    .catch(
      tooEarly(
        first
          ? `The line was first promised on ${dayInWords(first.from)}: choose that day or a later one`
          : '',
      ),
    )
  return result.ok ? result : again(result.errors)
})

const page = (
  method: Route['method'],
  url: string,
  access: Route['access'],
  handle: Route['handle'],
): Route => ({
  method,
  url,
  access,
  touches: 'children',
  handle,
})
export const staffRoutes: readonly Route[] = [
  page('GET', '/staff/cases/:id/provision', readers, ofTheCase),
  page('GET', '/staff/provision/lines/:line', readers, oneLine),
  page(
    'GET',
    '/staff/provision/lines/:line/change',
    writers,
    live((context, found) => changePage(context, found, freshForm())),
  ),
  page('POST', '/staff/provision/lines/:line/change', writers, sayChange),
]
