import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { z } from 'zod'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import { loadLawSettings } from '../../../db/law-settings/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { DEFAULT_SETTINGS, iso, LOCAL_TARGETS } from '../../../law/index.ts'
import {
  ACCEPTED_ENDINGS,
  filesOf,
  isUploadOnly,
  limitsInWords,
  receiveUploads,
  sizeInWords,
  uploadAnswer,
  uploadErrors,
} from '../../../platform/files/index.ts'
import { parseForm, plainDate, text } from '../../../platform/forms.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import type { Totals } from '../../../record/provision/index.ts'
import { DateField, freshForm, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import {
  dayInWords,
  EmptyState,
  FileList,
  FormPage,
  SummaryCard,
  Tag,
  UploadField,
} from '../../../ui/parts/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { family, loadMyChild, type MyChild } from '../../family/my-child/index.ts'
import { replyBy } from '../../family/promise-a-reply/index.ts'
import { findLines, isUuid, type Line, loadReckoning, type Report } from './lines.ts'
import { processOf } from './record.ts'
import { amountOf, lineTitle, PlainLedger, sumOf } from './show.tsx'
import { windowOf } from './window.tsx'

const MISSING: Answer = { missing: true }
const FILES = { maxFiles: 20, maxBytes: 500_000_000 } as const
const TARGET = 'local-provision-gap-answer'

const BASE = '/family/children/:child/provision'
const address = (child: { readonly id: string }): string => `/family/children/${child.id}/provision`

/** How a line stands, in words a child of 11 can read. */
const STANDS: Readonly<Record<Line['state'], string>> = {
  'to-arrange': 'Nobody has told us yet that this has started.',
  'in-place': 'We were told that this is happening.',
  paused: 'This is paused. You agreed to that, or you made your own plans.',
  'not-happening': 'This is not happening.',
  ended: 'This is not in the plan any more.',
}
const TAGS = {
  'to-arrange': ['yellow', 'Not started yet'],
  'in-place': ['green', 'Happening'],
  paused: ['purple', 'Paused'],
  'not-happening': ['red', 'Not happening'],
  ended: ['grey', 'Ended'],
} as const

const ANSWERS: Readonly<Record<NonNullable<Report['answer']>['kind'], string>> = {
  'put-right': 'We have put it right',
  'is-happening': 'We have checked, and it is happening',
  'made-up': 'We will make up what was missed',
  'lawfully-changed': 'It was changed in a way the law allows',
}

async function overview(context: Context): Promise<Answer> {
  const { today } = context
  const found = await context.read('help in the plan, and whether it happens', async (trx, saw) => {
    const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
    if (!child) return undefined
    saw(child.id)
    return {
      child,
      lines: await findLines(trx, { childId: child.id }),
      reckoning: await loadReckoning(trx, today),
      days: await answerDays(trx, today),
    }
  })
  if (!found) return MISSING
  const { child, lines, reckoning, days } = found
  const window = windowOf({}, reckoning, today)
  const live = lines.filter((line) => line.state !== 'ended')
  return {
    page: {
      title: 'Is the help happening?',
      backLink: { href: '/family', text: 'Where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Is the help happening?</h1>
            {live.length === 0 ? (
              <EmptyState title="There is no final plan here yet">
                When the plan is final, each kind of help in it is listed on this page.
              </EmptyState>
            ) : (
              <>
                <p class="govuk-body">
                  The council must make sure that the help in {child.isSelf ? 'your' : 'the'} plan happens.
                  That is the law, from the first day of the plan. If something is not happening, tell us
                  here.
                </p>
                <p class="govuk-body">
                  <a class="govuk-link" href={`/family/children/${child.id}/plan`}>
                    Read {child.isSelf ? 'your' : 'the'} plan
                  </a>
                </p>
                {live.map((line) => (
                  <FamilyLine
                    key={line.id}
                    line={line}
                    child={child}
                    since={sinceOf(line, window.from)}
                    days={days}
                    totals={sumOf([line], reckoning, window, today)}
                  />
                ))}
                <p class="govuk-body">
                  “Owed” is help that should have happened by now and did not, or that nobody has told us
                  about.
                </p>
              </>
            )}
          </div>
        </div>
      ),
    },
  }
}

function FamilyLine({
  line,
  child,
  since,
  days,
  totals,
}: {
  readonly line: Line
  readonly child: MyChild
  readonly since: string
  readonly days: number | null
  readonly totals: Totals
}): JSX.Element {
  const [colour, tag] = TAGS[line.state]
  const word = line.records.findLast((one) => one.about === 'confirmation')
  const own = ownReports(line)
  const waiting = own.findLast((report) => report.answer === null)
  const last = own.at(-1)
  return (
    <SummaryCard
      title={lineTitle(line)}
      rows={[
        { key: 'How much', value: amountOf(line) },
        { key: 'Who gives it', value: line.content.who || 'The plan does not say' },
        {
          key: 'Now',
          value: (
            <>
              <Tag colour={colour}>{tag}</Tag>
              <br />
              {STANDS[line.state]}
              {word && line.state === 'in-place'
                ? ` ${word.givenBy} told us on ${dayInWords(word.recordedOn)}.`
                : ''}
            </>
          ),
        },
        { key: `Since ${dayInWords(since)}`, value: <PlainLedger totals={totals} isSelf={child.isSelf} /> },
        ...line.reports.map((report) => ({
          key: `${report.isAnothers ? 'The council was told' : 'You told us'} on ${dayInWords(report.reportedOn)}`,
          value: (
            <>
              {report.isAnothers ? (
                'The council has been told that it is not happening.'
              ) : (
                <span dir="auto">{report.words}</span>
              )}
              <br />
              {report.answer ? (
                <>
                  <strong>Our answer on {dayInWords(report.answer.answeredOn)}:</strong>{' '}
                  {ANSWERS[report.answer.kind]}
                  {report.answer.rightFrom ? `, from ${dayInWords(report.answer.rightFrom)}` : ''}.{' '}
                  <span dir="auto">{report.answer.words}</span>
                </>
              ) : (
                <strong>{promise(report.reportedOn, days)}</strong>
              )}
            </>
          ),
        })),
        {
          key: 'Tell us',
          value: waiting ? (
            'You have told us. We are looking into it.'
          ) : (
            <a class="govuk-link" href={`${address(child)}/${line.id}/not-happening`}>
              {last?.answer ? 'It is still not happening' : 'This is not happening'}
              <span class="govuk-visually-hidden">: {lineTitle(line)}</span>
            </a>
          ),
        },
      ]}
    />
  )
}

/** What is counted begins with the term, and never before the plan promised it. */
function sinceOf(line: Line, from: string): string {
  const first = line.terms[0]
  return first && iso(first.from) > from ? iso(first.from) : from
}

/** What the viewer told us themself: what another of the family said is that person's to say again, and no reason to be silent. */
const ownReports = (line: Line): readonly Report[] => line.reports.filter((report) => !report.isAnothers)

/** Working days in which the authority aims to answer, by its own dated target; null when it has none. */
async function answerDays(trx: Trx, today: string): Promise<number | null> {
  const { localTargets = DEFAULT_SETTINGS.localTargets } = await loadLawSettings(trx, today)
  return localTargets.includes(TARGET) ? LOCAL_TARGETS[TARGET].days : null
}

/** A target may be switched off: the duty cannot. */
function promise(reportedOn: string, days: number | null): string {
  if (days === null)
    return 'We do not promise a day for our answer. The law still says that this help must happen.'
  const by = replyBy(reportedOn, days)
  return by === null ? 'We will answer you soon.' : `We aim to answer you by ${dayInWords(by)}.`
}

interface Found {
  readonly child: MyChild
  readonly line: Line
}
const find = (context: Context): Promise<Found | undefined> =>
  context.read('help that is not happening', async (trx, saw) => {
    const { child: childId, line: lineId } = context.params
    const child = await loadMyChild(trx, childId ?? '', viewerOf(context).accountId)
    if (!child || !isUuid(lineId)) return undefined
    const [line] = await findLines(trx, { lineId })
    if (!line || line.childId !== child.id || line.state === 'ended') return undefined
    saw(child.id)
    return { child, line }
  })

const form = z.object({
  since: plainDate('the day it stopped, or the day it should have started'),
  words: text('Tell us what is not happening', { max: 4000 }),
})

async function ask(
  context: Context,
  { child, line }: Found,
  typed: TypedForm,
  report: string,
): Promise<Answer> {
  const { files, days } = await context.read('files about help that is not happening', async (trx, saw) => {
    saw(child.id)
    return {
      files: await filesOf(trx, { childId: child.id, about: 'provision-gap', aboutId: report }),
      days: await answerDays(trx, context.today),
    }
  })
  const isAgain = ownReports(line).at(-1)?.answer != null
  return {
    page: {
      title: 'This is not happening',
      hasErrors: typed.errors.length > 0,
      status: typed.errors.length > 0 ? 422 : 200,
      backLink: { href: address(child), text: 'Is the help happening?' },
      main: (
        <FormPage
          title={isAgain ? 'It is still not happening' : 'This is not happening'}
          caption={lineTitle(line)}
          errors={typed.errors}
          errorTargets={{ since: 'since-day' }}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          hidden={{ report }}
          button="Send"
          hasFiles
          cancel={{ text: 'Cancel', href: address(child) }}
          before={
            <p class="govuk-body">
              The plan says: {amountOf(line)}. Tell us if it has stopped, has not started, or you get less
              than this. {promise(context.today, days)}
            </p>
          }
        >
          <LongTextField form={typed} name="words" label="What is not happening?" max={4000} />
          <DateField
            form={typed}
            name="since"
            label="Since when?"
            hint="If you do not know the day, give the nearest you can"
          />
          <UploadField
            label="Add a photo or a letter if you want to"
            accept={ACCEPTED_ENDINGS}
            limits={limitsInWords(context.files)}
            errors={typed.errors}
          >
            {files.length > 0 ? (
              <FileList label="Files you added" files={files} sizeInWords={sizeInWords} />
            ) : null}
          </UploadField>
        </FormPage>
      ),
    },
  }
}

async function tell(context: Context): Promise<Answer> {
  const found = await find(context)
  if (!found) return MISSING
  const { child, line } = found
  const report = isUuid(context.form['report']) ? context.form['report'] : randomUUID()
  const outcomes = await receiveUploads(context, {
    childId: child.id,
    about: 'provision-gap',
    aboutId: report,
  })
  if (isUploadOnly(context)) return uploadAnswer(outcomes)
  const parsed = parseForm(form, context.form)
  const first = line.terms[0]
  const again = (errors: TypedForm['errors'], at: Found = found) =>
    ask(context, at, typedForm(context, errors), report)
  const errors = [...(parsed.ok ? [] : parsed.errors), ...uploadErrors(outcomes, 'files')]
  if (!parsed.ok || errors.length > 0) return again(errors)
  const { since, words } = parsed.value
  if (since > context.today) return again([{ field: 'since', text: 'Give today or a day before today' }])
  const viewer = viewerOf(context)
  const { today } = context
  const result = await context.command('said that provision is not happening', async (trx, changed) => {
    await lockChildren(trx, [child.id])
    const [now] = await findLines(trx, { lineId: line.id })
    if (!now || now.state === 'ended')
      return { ok: false, errors: [{ field: '', text: 'The plan has changed. Go back to look at it' }] }
    if (ownReports(now).some((report) => report.answer === null))
      return {
        ok: false,
        errors: [{ field: '', text: 'You have told us already. We are looking into it' }],
      }
    const processId = await processOf(trx, now)
    // Sent once already from a page kept open: what is said now is another report.
    const id = now.reports.some((one) => one.id === report) ? randomUUID() : report
    const eventId = await recordEvent(trx, {
      childId: child.id,
      processId,
      kind: 'provision_gap_reported',
      on: today,
      today,
      by: viewer.accountId,
      payload: { report: id, line: line.id },
    })
    const promised = first?.from
    await trx
      .insertInto('provision_report')
      .values({
        id,
        line_id: line.id,
        child_id: child.id,
        process_id: processId,
        // Before the plan there was no promise: it counts from the plan's first day, and the words keep what was typed.
        since_on: promised !== undefined && since < iso(promised) ? iso(promised) : since,
        words,
        again_of: ownReports(now).at(-1)?.id ?? null,
        reported_by: viewer.accountId,
        reported_on: today,
        event_id: eventId,
      })
      .execute()
    await refreshChild(trx, child.id, today)
    changed(child.id)
    await tellTheCoordinator(trx, { childId: child.id, processId, report: id, eventId })
    return {
      ok: true,
      redirect: address(child),
      notice: `Thank you. We have it. ${promise(today, await answerDays(trx, today))}`,
    }
  })
  return result.ok ? result : again(result.errors, (await find(context)) ?? found)
}

/** Whoever holds the plan is told at once; the worklist has it too. */
async function tellTheCoordinator(
  trx: Trx,
  told: {
    readonly childId: string
    readonly processId: string
    readonly report: string
    readonly eventId: string
  },
): Promise<void> {
  const process = await trx
    .selectFrom('process')
    .select('assigned_to')
    .where('id', '=', told.processId)
    .executeTakeFirst()
  if (!process?.assigned_to) return
  await queueMessage(trx, {
    event: told.eventId,
    template: 'help-not-happening',
    childId: told.childId,
    processId: told.processId,
    to: { accountId: process.assigned_to },
    values: {},
    linkPath: `/staff/provision/reports/${told.report}`,
  })
}

export const familyRoutes: readonly Route[] = [
  { method: 'GET', url: BASE, access: family, touches: 'children', handle: overview },
  {
    method: 'GET',
    url: `${BASE}/:line/not-happening`,
    access: family,
    touches: 'children',
    handle: async (context) => {
      const found = await find(context)
      return found ? ask(context, found, freshForm(), randomUUID()) : MISSING
    },
  },
  {
    method: 'POST',
    url: `${BASE}/:line/not-happening`,
    access: family,
    touches: 'children',
    uploads: FILES,
    handle: tell,
  },
]
