import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { filesOf, sizeInWords } from '../../../platform/files/index.ts'
import { choice, optionalDate, parseForm, text } from '../../../platform/forms.ts'
import { queueMessage } from '../../../platform/messages/index.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { ChoiceField, DateField, freshForm, LongTextField, type TypedForm } from '../../../ui/fields/index.ts'
import { dayInWords, FileList, FormPage, SummaryCard } from '../../../ui/parts/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { noteWhenAllInPlace } from './all-in-place.ts'
import { ANSWER_KINDS, type AnswerKind, findLines, isUuid, type Line, type Report } from './lines.ts'
import { amountOf, lineTitle } from './show.tsx'
import { lineHref, writers } from './staff.tsx'

const URL = '/staff/provision/reports/:report'
const MISSING: Answer = { missing: true }

const form = z
  .object({
    answer: choice(Object.keys(ANSWER_KINDS) as [AnswerKind, ...AnswerKind[]], 'Choose what the answer is'),
    from: optionalDate('the day from which it happens'),
    words: text('Enter the answer, in words the family can read', { max: 4000 }),
  })
  .refine(({ answer, from }) => answer !== 'put-right' || from !== null, {
    path: ['from'],
    message: 'Enter the day from which it happens again',
  })

interface Found {
  readonly line: Line
  readonly report: Report
  readonly files: Awaited<ReturnType<typeof filesOf>>
}

const find = (context: Context): Promise<Found | undefined> =>
  context.read('a family’s report that provision is not happening', async (trx, saw) => {
    const id = context.params['report']
    if (!isUuid(id)) return undefined
    const row = await trx
      .selectFrom('provision_report')
      .select(['line_id', 'child_id'])
      .where('id', '=', id)
      .executeTakeFirst()
    const line = row && (await findLines(trx, { lineId: row.line_id }))[0]
    const report = line?.reports.find((one) => one.id === id)
    if (!line || !report) return undefined
    saw(line.childId)
    return {
      line,
      report,
      files: await filesOf(trx, { childId: line.childId, about: 'provision-gap', aboutId: id }),
    }
  })

const HINTS: Readonly<Record<AnswerKind, string>> = {
  'put-right': 'Say from which day. What was missed stays owed in the ledger until it is made up',
  'is-happening': 'Say how you know. The family can say that it still is not',
  'made-up': 'Say how and by when. It stays owed until the sessions are recorded',
  'lawfully-changed':
    'By a later version of the plan, or by the family’s own suitable arrangements (s.42(5)). This answer changes no promise: record the pause on the line, or send the amended plan',
}

function show(context: Context, { line, report, files }: Found, typed: TypedForm): Answer {
  return {
    page: {
      title: 'Answer: not happening',
      hasErrors: typed.errors.length > 0,
      status: typed.errors.length > 0 ? 422 : 200,
      backLink: { href: lineHref(line), text: 'Back to the line' },
      main: (
        <FormPage
          title="Answer the family: it is not happening"
          caption={line.childName}
          errors={typed.errors}
          errorTargets={{ from: 'from-day' }}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={randomUUID()}
          button="Send the answer"
          cancel={{ text: 'Cancel', href: lineHref(line) }}
          before={
            <>
              <SummaryCard
                title={lineTitle(line)}
                rows={[
                  { key: 'Promised', value: amountOf(line) },
                  { key: 'Not happening since', value: dayInWords(report.sinceOn) },
                  { key: 'Told us on', value: dayInWords(report.reportedOn) },
                  { key: 'In their words', value: <span dir="auto">{report.words}</span> },
                  ...(report.againOf
                    ? [{ key: 'Again', value: 'They were answered before, and it still is not happening' }]
                    : []),
                  ...(files.length > 0
                    ? [
                        {
                          key: 'Files',
                          value: (
                            <FileList
                              label="Files they sent"
                              files={files}
                              sizeInWords={sizeInWords}
                              inPage
                            />
                          ),
                        },
                      ]
                    : []),
                ]}
              />
              {report.answer ? (
                <p class="govuk-body">
                  Answered on {dayInWords(report.answer.answeredOn)}: {ANSWER_KINDS[report.answer.kind]}.{' '}
                  {report.answer.words}
                </p>
              ) : null}
            </>
          }
        >
          <ChoiceField
            form={typed}
            name="answer"
            label="What is the answer?"
            options={(Object.keys(ANSWER_KINDS) as AnswerKind[]).map((value) => ({
              value,
              text: ANSWER_KINDS[value],
              hint: HINTS[value],
            }))}
          />
          <DateField
            form={typed}
            name="from"
            label="From which day does it happen again?"
            hint="For “put right” and, when it is known, “made up”"
          />
          <LongTextField
            form={typed}
            name="words"
            label="Your answer"
            hint="The family reads this. Write plainly: what you found, what happens now and when"
            max={4000}
          />
        </FormPage>
      ),
    },
  }
}

async function send(context: Context): Promise<Answer> {
  const found = await find(context)
  if (!found) return MISSING
  const parsed = parseForm(form, context.form)
  const again = (at: Found, errors: TypedForm['errors']) => show(context, at, typedForm(context, errors))
  if (!parsed.ok) return again(found, parsed.errors)
  const { answer, from, words } = parsed.value
  if (from !== null && from < found.report.sinceOn)
    return again(found, [
      { field: 'from', text: `The day must be after it stopped: ${dayInWords(found.report.sinceOn)}` },
    ])
  const viewer = viewerOf(context)
  const { today } = context
  const result = await context.command('answer a family’s report about provision', async (trx, changed) => {
    await lockChildren(trx, [found.line.childId])
    const done = await trx
      .selectFrom('provision_answer')
      .select('report_id')
      .where('report_id', '=', found.report.id)
      .executeTakeFirst()
    if (done)
      return {
        ok: false,
        errors: [{ field: '', text: 'Somebody has answered this already: their answer is above' }],
      }
    const eventId = await recordEvent(trx, {
      childId: found.line.childId,
      processId: found.report.processId,
      kind: 'provision_gap_answered',
      on: today,
      today,
      by: viewer.accountId,
      payload: { report: found.report.id },
    })
    await trx
      .insertInto('provision_answer')
      .values({
        report_id: found.report.id,
        child_id: found.line.childId,
        kind: answer,
        right_from: answer === 'put-right' || answer === 'made-up' ? from : null,
        words,
        answered_by: viewer.accountId,
        answered_on: today,
        event_id: eventId,
      })
      .execute()
    await tellTheReporter(trx, found.report)
    await noteWhenAllInPlace(trx, { childId: found.line.childId, processId: found.report.processId }, today)
    await refreshChild(trx, found.line.childId, today)
    changed(found.line.childId)
    return {
      ok: true,
      redirect: lineHref(found.line),
      notice: 'Answered. The family can read it now, and whoever told us is told so.',
    }
  })
  if (result.ok) return result
  return again((await find(context)) ?? found, result.errors)
}

/** Whoever said it is told that it is answered, in the way they chose, and nobody else: what they said is theirs. */
async function tellTheReporter(trx: Trx, report: Report): Promise<void> {
  const person = await trx
    .selectFrom('provision_report as r')
    .innerJoin('contact as k', 'k.account_id', 'r.reported_by')
    .innerJoin('child_contact as c', (join) =>
      join.onRef('c.contact_id', '=', 'k.id').onRef('c.child_id', '=', 'r.child_id'),
    )
    .select('k.id')
    .where('r.id', '=', report.id)
    .executeTakeFirst()
  if (!person) return
  // Who may not be written to any more (barred, rights passed on, no address) is not told: the answer stands on the page.
  await queueMessage(trx, {
    event: `provision-answer:${report.id}`,
    template: 'help-answered',
    childId: report.childId,
    processId: report.processId,
    to: { contactId: person.id },
    values: { toldOn: report.reportedOn },
    linkPath: `/family/children/${report.childId}/provision`,
  })
}

export const answerRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: URL,
    access: writers,
    touches: 'children',
    handle: async (context) => {
      const found = await find(context)
      return found ? show(context, found, freshForm()) : MISSING
    },
  },
  { method: 'POST', url: URL, access: writers, touches: 'children', handle: send },
]
