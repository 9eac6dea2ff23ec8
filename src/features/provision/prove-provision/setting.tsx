import { randomUUID } from 'node:crypto'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso } from '../../../law/index.ts'
import { readTypedDate } from '../../../platform/forms.ts'
import { type Answer, type Context, type FieldError, type Route, viewerOf } from '../../../platform/routes.ts'
import {
  ChoiceField,
  DateField,
  dateParts,
  freshForm,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { dayInWords, EmptyState, FormPage, SortableTable } from '../../../ui/parts/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import {
  isUuid,
  ourSettings,
  settingAccess,
  speakerAccess,
  speaksForSetting,
} from '../../setting/the-setting/index.ts'
import { noteWhenAllInPlace } from './all-in-place.ts'
import { confirmationDue, findLines, type Line, loadReckoning, type Reckoning } from './lines.ts'
import { addRecord, newestVersion, processOf, signed, tooEarly } from './record.ts'
import { amountOf, LedgerTable, lastWord, ledgerRows, lineTitle, StateTag } from './show.tsx'
import { WindowForm, windowOf } from './window.tsx'

const BASE = '/setting/provision'
const MISSING: Answer = { missing: true }

/** Something a setting is asked to confirm: the lines of one child. */
export interface ToConfirm {
  readonly childId: string
  readonly childName: string
  readonly settingName: string
  readonly due: string
  readonly lines: number
}

export const WHY_CONFIRM =
  'The council must secure what the plan sets out from the day it is final (Children and Families Act 2014, s.42(2)). Four weeks after that, and after each term begins, it asks you to say whether it is in place. That date is the council’s own practice and not law.'

async function ourLines(trx: Trx): Promise<readonly Line[]> {
  const settings = await ourSettings(trx)
  const urns = settings.map((one) => one.urn)
  return urns.length === 0 ? [] : findLines(trx, { settingUrns: urns, ended: false })
}

/** The children whose lines a setting has not confirmed, soonest first; for its list of tasks. */
export async function findConfirmationsDue(trx: Trx, today: string): Promise<readonly ToConfirm[]> {
  const lines = await ourLines(trx)
  if (lines.length === 0) return []
  return toConfirm(lines, await loadReckoning(trx, today), today)
}

/** Children with a line that waits to be confirmed, the earliest date of each. */
export function toConfirm(lines: readonly Line[], reckoning: Reckoning, today: string): readonly ToConfirm[] {
  const due = lines.flatMap((line) => {
    const by = line.settingUrn === null ? null : confirmationDue(line, reckoning, today)
    return by === null ? [] : [{ line, by }]
  })
  return [...Map.groupBy(due, ({ line }) => line.childId)]
    .map(([childId, own]) => ({
      childId,
      childName: own[0]!.line.childName,
      settingName: own[0]!.line.settingName ?? '',
      due: own.map(({ by }) => by).toSorted()[0]!,
      lines: own.length,
    }))
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.childName.localeCompare(b.childName)))
}

async function list(context: Context): Promise<Answer> {
  const { today } = context
  const { lines, reckoning } = await context.read('provision at a setting', async (trx, saw) => {
    const found = await ourLines(trx)
    saw(found.map((line) => line.childId))
    return { lines: found, reckoning: await loadReckoning(trx, today) }
  })
  const due = toConfirm(lines, reckoning, today)
  const window = windowOf(context.query, reckoning, today)
  return {
    page: {
      title: 'Provision of plans here',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Provision of plans here</h1>
          <p class="govuk-body">{WHY_CONFIRM}</p>
          {due.length === 0 ? (
            <EmptyState title="Nothing to confirm now">
              {lines.length === 0
                ? 'When a pupil placed with you has a final plan, its lines of provision appear here.'
                : 'You have said how every line stands.'}
            </EmptyState>
          ) : (
            <SortableTable<ToConfirm>
              id="confirm"
              caption={`${due.length} to confirm, soonest first`}
              rows={due}
              onPhone="cards"
              columns={[
                {
                  key: 'child',
                  heading: 'Pupil',
                  namesRow: true,
                  cell: (row) => (
                    <a class="govuk-link" href={`${BASE}/${row.childId}`}>
                      {row.childName}
                    </a>
                  ),
                },
                { key: 'lines', heading: 'Lines', numeric: true, cell: (row) => row.lines },
                {
                  key: 'due',
                  heading: 'By',
                  cell: (row) => `${dayInWords(row.due)}${row.due < today ? ': late' : ''}`,
                },
              ]}
            />
          )}
          {lines.length > 0 ? (
            <>
              <WindowForm window={window} today={today} />
              <LedgerTable
                id="ledger"
                caption="Promised to pupils here, and what became of it"
                first="Pupil"
                rows={ledgerRows(lines, reckoning, window, today, (line) => ({
                  key: line.childId,
                  name: (
                    <a href={`${BASE}/${line.childId}`} class="govuk-link">
                      {line.childName}
                    </a>
                  ),
                }))}
              />
            </>
          ) : null}
        </>
      ),
    },
  }
}

const find = (context: Context): Promise<readonly Line[]> =>
  context.read('provision of a pupil', async (trx, saw) => {
    const { child } = context.params
    if (!isUuid(child)) return []
    const lines = (await ourLines(trx)).filter((line) => line.childId === child && line.state !== 'paused')
    if (lines.length > 0) saw(child)
    return lines
  })

/** What the form starts from: the last word on each line, so that "no change" is one press. */
const startOf = (lines: readonly Line[]): TypedForm =>
  freshForm(
    Object.fromEntries(
      lines.flatMap((line) => {
        const word = line.records.findLast((one) => one.about === 'confirmation')
        return word ? Object.entries(dateParts(`since-${line.id}`, word.onDay)) : []
      }),
    ),
  )

function show(context: Context, lines: readonly Line[], form: TypedForm): Answer {
  const viewer = viewerOf(context)
  const [first] = lines
  if (!first) return MISSING
  const back = { href: BASE, text: 'Provision of plans here' }
  const title = 'Is the provision in place?'
  if (!speaksForSetting(viewer))
    return {
      page: {
        title,
        backLink: back,
        main: (
          <>
            <span class="govuk-caption-l">{first.childName}</span>
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">Your head or SENCO says how each line stands.</p>
            <ul class="govuk-list govuk-list--bullet">
              {lines.map((line) => (
                <li key={line.id}>
                  {lineTitle(line)}: {amountOf(line)} <StateTag state={line.state} />
                </li>
              ))}
            </ul>
          </>
        ),
      },
    }
  return {
    page: {
      title,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: back,
      main: (
        <FormPage
          title={title}
          caption={first.childName}
          errors={form.errors}
          errorTargets={Object.fromEntries(lines.map((line) => [`since-${line.id}`, `since-${line.id}-day`]))}
          csrfToken={viewer.csrfToken}
          idempotencyKey={randomUUID()}
          button="Send"
          cancel={{ text: 'Cancel', href: BASE }}
          before={
            <p class="govuk-body">
              {WHY_CONFIRM} Leave a line out and it stays unanswered. Your name is kept with your answer.
            </p>
          }
        >
          {lines.map((line) => (
            <fieldset class="govuk-fieldset govuk-!-margin-bottom-7" key={line.id}>
              <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                Section {line.section}: {lineTitle(line)}
              </legend>
              <p class="govuk-body">
                {amountOf(line)}. {line.content.who ? `By ${line.content.who}. ` : ''}
                {lastWord(line) ?? 'Not confirmed yet.'}
              </p>
              <ChoiceField
                form={form}
                name={`stands-${line.id}`}
                label="Is it in place, as the plan says it?"
                options={[
                  { value: 'in-place', text: 'Yes' },
                  { value: 'not-in-place', text: 'No, or not all of it' },
                ]}
              />
              <DateField form={form} name={`since-${line.id}`} label="Since when?" />
              <TextField
                form={form}
                name={`because-${line.id}`}
                label="If not: why not yet, and by when it will be"
              />
            </fieldset>
          ))}
        </FormPage>
      ),
    },
  }
}

interface Said {
  readonly line: Line
  readonly kind: 'in-place' | 'not-in-place'
  readonly since: string
  readonly because: string
}

function readAnswers(context: Context, lines: readonly Line[]): { said: Said[]; errors: FieldError[] } {
  const said: Said[] = []
  const errors: FieldError[] = []
  for (const line of lines) {
    const kind = context.form[`stands-${line.id}`]
    const because = (context.form[`because-${line.id}`] ?? '').trim()
    if (kind !== 'in-place' && kind !== 'not-in-place') {
      if (because !== '') errors.push({ field: `stands-${line.id}`, text: 'Say whether it is in place' })
      continue
    }
    const field = `since-${line.id}`
    const [day, month, year] = ['day', 'month', 'year'].map((part) => context.form[`${field}-${part}`] ?? '')
    const read = readTypedDate({ day: day!, month: month!, year: year! }, 'the day since when')
    if ('problem' in read) errors.push({ field, text: read.problem })
    else if (read.iso > context.today) errors.push({ field, text: 'The day must be today or earlier' })
    else if (line.terms[0] && date(read.iso) < line.terms[0].from && kind === 'not-in-place')
      errors.push({
        field,
        text: `The plan promised it from ${dayInWords(line.terms[0].from)}: give that day or later`,
      })
    else {
      if (kind === 'not-in-place' && because === '')
        errors.push({ field: `because-${line.id}`, text: 'Enter why it is not in place' })
      if (because.length > 2000)
        errors.push({ field: `because-${line.id}`, text: 'Use 2,000 characters or fewer' })
      said.push({ line, kind, since: read.iso, because })
    }
  }
  if (errors.length === 0 && said.length === 0)
    errors.push({ field: `stands-${lines[0]!.id}`, text: 'Say how at least one line stands' })
  return { said, errors }
}

async function send(context: Context): Promise<Answer> {
  const lines = await find(context)
  const [first] = lines
  if (!first) return MISSING
  const again = (errors: readonly FieldError[]) => show(context, lines, typedForm(context, errors))
  const { said, errors } = readAnswers(context, lines)
  if (errors.length > 0) return again(errors)
  const viewer = viewerOf(context)
  const { today } = context
  const result = await context
    .command('confirm provision at a setting', async (trx, changed) => {
      await lockChildren(trx, [first.childId])
      const processId = await processOf(trx, first)
      for (const { line, kind, since, because } of said) {
        // In place before the plan was: it counts from the plan's first day.
        const begun = line.terms[0] ? line.terms[0].from : date(since)
        const onDay = date(since) < begun ? iso(begun) : since
        const eventId = await recordEvent(trx, {
          childId: line.childId,
          processId,
          kind: kind === 'in-place' ? 'provision_confirmed' : 'provision_not_in_place',
          on: today,
          today,
          by: viewer.accountId,
          payload: { line: line.id, since, setting: line.settingUrn },
        })
        const before = await newestVersion(trx, line.id, { about: 'confirmation', onDay, nth: 1 })
        const added = await addRecord(
          trx,
          line,
          {
            about: 'confirmation',
            kind,
            onDay,
            toDay: today,
            corrects: before?.version,
            words: because,
            givenBy: [signed(viewer), line.settingName].filter(Boolean).join(', '),
          },
          { accountId: viewer.accountId, today, eventId },
        )
        if (!added)
          return {
            ok: false,
            errors: [
              {
                field: `stands-${line.id}`,
                text: 'A colleague has just answered this: open the page again to see it',
              },
            ],
          }
      }
      await noteWhenAllInPlace(trx, { childId: first.childId, processId }, today)
      await refreshChild(trx, first.childId, today)
      changed(first.childId)
      return {
        ok: true,
        redirect: BASE,
        notice: 'Thank you. The council and the family can see what you said.',
      }
    })
    .catch(tooEarly('One of the days is before the plan promised it', ''))
  return result.ok ? result : again(result.errors)
}

export const settingRoutes: readonly Route[] = [
  { method: 'GET', url: BASE, access: settingAccess, touches: 'children', handle: list },
  {
    method: 'GET',
    url: `${BASE}/:child`,
    access: settingAccess,
    touches: 'children',
    handle: async (context) => {
      const lines = await find(context)
      return show(context, lines, startOf(lines))
    },
  },
  { method: 'POST', url: `${BASE}/:child`, access: speakerAccess, touches: 'children', handle: send },
]
