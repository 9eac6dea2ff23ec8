import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { date, iso, type PlainDate } from '../../../law/index.ts'
import { readTypedDate } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  type FieldError,
  professionalRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { errorFor, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInput, GovukSelect } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, FormPage, SortableTable } from '../../../ui/parts/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { noteWhenAllInPlace } from './all-in-place.ts'
import {
  findLines,
  isUuid,
  type Line,
  loadReckoning,
  REASONS,
  type Reason,
  type Reckoning,
  type StandingRecord,
} from './lines.ts'
import { addRecord, newestVersion, processOf, signed, tooEarly } from './record.ts'
import { amountOf, HowItCounts, LedgerTable, ledgerRows, lineTitle, StateTag } from './show.tsx'
import { WindowForm, windowOf } from './window.tsx'

const access = { who: 'roles', roles: professionalRoles } as const
const BASE = '/professional/provision'
const MISSING: Answer = { missing: true }
const BLANK_ROWS = 6

async function list(context: Context): Promise<Answer> {
  const { today } = context
  const { lines, reckoning } = await context.read('lines of provision I give', async (trx, saw) => {
    const found = await findLines(trx, { ended: false })
    saw(found.map((line) => line.childId))
    return { lines: found, reckoning: await loadReckoning(trx, today) }
  })
  const window = windowOf(context.query, reckoning, today)
  return {
    page: {
      title: 'Provision I give',
      wide: true,
      main: (
        <>
          <h1 class="govuk-heading-l">Provision I give</h1>
          {lines.length === 0 ? (
            <EmptyState title="No line of a plan is yours">
              When the council gives you a line of a final plan, it appears here and you record its sessions.
            </EmptyState>
          ) : (
            <>
              <SortableTable<Line>
                id="lines"
                caption={`${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`}
                rows={lines}
                onPhone="cards"
                columns={[
                  {
                    key: 'child',
                    heading: 'Child or young person',
                    namesRow: true,
                    cell: (line) => (
                      <a class="govuk-link" href={`${BASE}/${line.id}`}>
                        {line.childName}
                        <span class="govuk-visually-hidden">: {lineTitle(line)}</span>
                      </a>
                    ),
                  },
                  { key: 'what', heading: 'What', cell: lineTitle },
                  { key: 'amount', heading: 'How much', cell: amountOf },
                  { key: 'stands', heading: 'Stands', cell: (line) => <StateTag state={line.state} /> },
                ]}
              />
              <WindowForm window={window} today={today} />
              <LedgerTable
                id="ledger"
                caption="Promised and what became of it"
                first="Line"
                rows={ledgerRows(lines, reckoning, window, today, (line) => ({
                  key: line.id,
                  name: `${line.childName}: ${lineTitle(line)}`,
                }))}
              />
              <HowItCounts window={window} />
            </>
          )}
        </>
      ),
    },
  }
}

interface Found {
  readonly line: Line
  readonly reckoning: Reckoning
  /** yyyy-mm */
  readonly month: string
  /** Sessions of the month, as they stand. */
  readonly sessions: readonly StandingRecord[]
}

async function load(trx: Trx, context: Context): Promise<Found | undefined> {
  const { line: id } = context.params
  if (!isUuid(id)) return undefined
  const [line] = await findLines(trx, { lineId: id })
  if (!line) return undefined
  const asked = context.query['month'] ?? context.form['month'] ?? ''
  const month =
    /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked <= context.today.slice(0, 7)
      ? asked
      : context.today.slice(0, 7)
  return {
    line,
    month,
    reckoning: await loadReckoning(trx, context.today),
    sessions: line.records
      .filter((one) => one.about === 'session' && one.onDay.startsWith(month))
      .toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : a.nth - b.nth)),
  }
}
const find = (context: Context): Promise<Found | undefined> =>
  context.read('sessions of a line of provision', async (trx, saw) => {
    const found = await load(trx, context)
    if (found) saw(found.line.childId)
    return found
  })

const KINDS = {
  given: 'Given',
  absent: 'Offered: the child was not there',
  missed: 'Not given',
  withdrawn: 'Recorded by mistake: take it out',
} as const
type Kind = keyof typeof KINDS

/** Rows of the form: the month's sessions, each with its version, and empty ones. */
const startOf = ({ sessions }: Found): TypedForm =>
  freshForm(
    Object.fromEntries(
      sessions.flatMap((one, row) => [
        [`day-${row}`, String(Number(one.onDay.slice(8)))],
        [`kind-${row}`, one.kind],
        [`minutes-${row}`, one.minutes === null ? '' : String(one.minutes)],
        [`group-${row}`, one.groupSize === null ? '' : String(one.groupSize)],
        [`reason-${row}`, one.reason ?? ''],
        [`words-${row}`, one.words],
      ]),
    ),
  )

const nextMonth = (month: string, by: 1 | -1): string => {
  const [year, number] = month.split('-').map(Number)
  const at = year! * 12 + number! - 1 + by
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
const inWordsOf = (month: string): string => dayInWords(`${month}-01`).replace(/^1 /, '')

function show(context: Context, found: Found, form: TypedForm): Answer {
  const { line, month, sessions, reckoning } = found
  const { today } = context
  const last = nextMonth(month, 1)
  const end = iso((date(`${last}-01`) - 1) as PlainDate)
  const window = {
    ...windowOf({ from: `${month}-01`, to: end < today ? end : today }, reckoning, today),
    term: '',
  }
  const here = `${BASE}/${line.id}`
  // A form sent back goes on from what its writer saw: their rows are never laid over somebody else's.
  const isBack = form.errors.length > 0
  const kept = isBack ? Math.min(Number(form.value('rows')) || 0, 100) : sessions.length
  const seen = Array.from({ length: kept }, (_, row) =>
    isBack
      ? form.value(`was-${row}`)
      : `${sessions[row]!.onDay}_${sessions[row]!.nth}_${sessions[row]!.version}`,
  )
  return {
    page: {
      title: `Sessions: ${inWordsOf(month)}`,
      wide: true,
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      backLink: { href: BASE, text: 'Provision I give' },
      main: (
        <>
          <FormPage
            title={`Sessions in ${inWordsOf(month)}`}
            caption={`${line.childName}: ${lineTitle(line)}`}
            errors={form.errors}
            action={here}
            csrfToken={viewerOf(context).csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{
              month,
              rows: String(kept),
              ...Object.fromEntries(seen.map((was, row) => [`was-${row}`, was])),
            }}
            button="Save the month"
            cancel={{ text: 'Cancel', href: BASE }}
            before={
              <>
                <LedgerTable
                  id="ledger"
                  caption={`Promised in ${inWordsOf(month)}${end > today ? ', so far' : ''}`}
                  first="Line"
                  rows={ledgerRows([line], reckoning, window, today, () => ({
                    key: line.id,
                    name: amountOf(line),
                  }))}
                />
                <nav aria-label="Months">
                  <ul class="govuk-list app-case__actions">
                    <li>
                      <a class="govuk-link" href={`${here}?month=${nextMonth(month, -1)}`}>
                        Go back to {inWordsOf(nextMonth(month, -1))}
                      </a>
                    </li>
                    {last <= today.slice(0, 7) ? (
                      <li>
                        <a class="govuk-link" href={`${here}?month=${last}`}>
                          Go on to {inWordsOf(last)}
                        </a>
                      </li>
                    ) : null}
                  </ul>
                </nav>
                <p class="govuk-body">
                  A row for each session that was due or given. In a group, give the number and nobody’s name.
                  What you change is kept beside what it was.
                </p>
                {isBack && sessions.length > 0 ? (
                  <p class="govuk-body">
                    On the record now:{' '}
                    {sessions
                      .map(
                        (one) =>
                          `${dayInWords(one.onDay)}: ${KINDS[one.kind as Kind].toLowerCase()}, ${one.givenBy}`,
                      )
                      .join('; ')}
                    .
                  </p>
                ) : null}
              </>
            }
          >
            {Array.from({ length: kept + BLANK_ROWS }, (_, row) => (
              <Row key={row} row={row} form={form} isKept={row < kept} />
            ))}
          </FormPage>
        </>
      ),
    },
  }
}

function Row({
  row,
  form,
  isKept,
}: {
  readonly row: number
  readonly form: TypedForm
  readonly isKept: boolean
}): JSX.Element {
  const error = (name: string) => {
    const found = errorFor(form, `${name}-${row}`)
    return found ? { errorMessage: found } : {}
  }
  const box = (name: string, label: string, width: number) => (
    <GovukInput
      id={`${name}-${row}`}
      name={`${name}-${row}`}
      label={{ text: label }}
      value={form.value(`${name}-${row}`)}
      classes={`govuk-input--width-${width}`}
      {...(name === 'words' ? {} : { inputmode: 'numeric' as const })}
      {...error(name)}
    />
  )
  return (
    <fieldset class="govuk-fieldset app-session">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
        {isKept ? `Session ${row + 1}` : `Session ${row + 1}, new`}
      </legend>
      <div class="app-session__row">
        {box('day', 'Day of the month', 2)}
        <GovukSelect
          id={`kind-${row}`}
          name={`kind-${row}`}
          label={{ text: 'What happened' }}
          value={form.value(`kind-${row}`)}
          items={[
            ...(isKept ? [] : [{ value: '', text: 'Leave empty' }]),
            ...(Object.keys(KINDS) as Kind[])
              .filter((kind) => isKept || kind !== 'withdrawn')
              .map((value) => ({ value, text: KINDS[value] })),
          ]}
          {...error('kind')}
        />
        {box('minutes', 'Minutes', 4)}
        {box('group', 'How many in the group', 2)}
        <GovukSelect
          id={`reason-${row}`}
          name={`reason-${row}`}
          label={{ text: 'If not given: why' }}
          value={form.value(`reason-${row}`)}
          items={[
            { value: '', text: 'Choose' },
            ...(Object.keys(REASONS) as Reason[]).map((value) => ({ value, text: REASONS[value] })),
          ]}
          {...error('reason')}
        />
        {box('words', 'Note', 20)}
      </div>
    </fieldset>
  )
}

interface Row {
  readonly was: { readonly onDay: string; readonly nth: number; readonly version: number } | null
  readonly onDay: string
  readonly kind: Kind
  readonly minutes: number | null
  readonly groupSize: number | null
  readonly reason: Reason | null
  readonly words: string
}

const CHILDS: readonly Reason[] = ['child-ill', 'child-away', 'child-refused']

const dayOf = (month: string, day: string) => ({ day, month: month.slice(5), year: month.slice(0, 4) })

function readRows(context: Context, { line, month }: Found): { rows: Row[]; errors: FieldError[] } {
  const rows: Row[] = []
  const errors: FieldError[] = []
  const typed = (name: string, row: number): string => (context.form[`${name}-${row}`] ?? '').trim()
  const most = Math.min(Number(context.form['rows']) || 0, 100) + BLANK_ROWS
  for (let row = 0; row < most; row++) {
    // A form's own word for what it changes: made up, it names no day of this month, and changes nothing.
    const named = /^(\d{4}-\d{2})-(\d{2})_(\d{1,2})_(\d{1,4})$/.exec(context.form[`was-${row}`] ?? '')
    const was =
      named && named[1] === month && 'iso' in readTypedDate(dayOf(month, named[2]!), 'the day') ? named : null
    const kind = typed('kind', row)
    const day = typed('day', row)
    const wrong = (name: string, text: string) => errors.push({ field: `${name}-${row}`, text })
    if (kind === '' && day === '' && !was) continue
    if (!Object.hasOwn(KINDS, kind)) {
      wrong('kind', 'Choose what happened')
      continue
    }
    const read = readTypedDate(dayOf(month, day), 'the day')
    if ('problem' in read) {
      wrong('day', 'Enter a day of this month')
      continue
    }
    if (read.iso > context.today) wrong('day', 'A session is recorded on its day or later')
    const whole = (name: string, least: number, greatest: number): number | null => {
      const text = typed(name, row)
      if (text === '') return null
      const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
      if (value >= least && value <= greatest) return value
      wrong(name, `Enter a whole number from ${least} to ${greatest}`)
      return null
    }
    const minutes = whole('minutes', 1, 1440)
    const groupSize = whole('group', 2, 60)
    const reason = typed('reason', row)
    const isReason = Object.hasOwn(REASONS, reason)
    if (kind !== 'missed' && kind !== 'withdrawn' && minutes === null && line.content.minutes !== null)
      wrong('minutes', kind === 'absent' ? 'Enter how long was offered' : 'Enter how long it was')
    if (kind === 'missed' && !isReason) wrong('reason', 'Choose why it was not given')
    if (kind === 'absent' && !CHILDS.includes(reason as Reason))
      wrong('reason', 'Choose why the child was not there, or record it as not given')
    if (typed('words', row).length > 2000) wrong('words', 'Use 2,000 characters or fewer')
    rows.push({
      was: was ? { onDay: `${was[1]}-${was[2]}`, nth: Number(was[3]), version: Number(was[4]) } : null,
      onDay: read.iso,
      kind: kind as Kind,
      minutes: kind === 'missed' ? null : minutes,
      groupSize,
      reason: (kind === 'missed' || kind === 'absent') && isReason ? (reason as Reason) : null,
      words: typed('words', row),
    })
  }
  return { rows, errors }
}

const STALE =
  'Somebody has recorded or changed one of these sessions since you opened the page. Nothing was saved: look at both, then save again'

async function save(context: Context): Promise<Answer> {
  const found = await find(context)
  // A month that is none, or is to come, is not taken for another: nobody gave these sessions in it.
  if (!found || found.month !== context.form['month']) return MISSING
  const again = (errors: readonly FieldError[], at: Found = found) =>
    show(context, at, typedForm(context, errors))
  const { rows, errors } = readRows(context, found)
  if (errors.length > 0) return again(errors)
  const viewer = viewerOf(context)
  const { today } = context
  const { line } = found
  const result = await context
    .command('record sessions', async (trx, changed) => {
      await lockChildren(trx, [line.childId])
      const now = await load(trx, context)
      if (!now || now.line.state === 'ended')
        return { ok: false, errors: [{ field: '', text: 'This line has ended since you opened the page' }] }
      const isAsBefore = (row: Row): boolean => {
        const one =
          row.was && now.sessions.find((each) => each.onDay === row.was!.onDay && each.nth === row.was!.nth)
        return (
          one != null &&
          one.version === row.was?.version &&
          one.onDay === row.onDay &&
          one.kind === row.kind &&
          one.minutes === row.minutes &&
          one.groupSize === row.groupSize &&
          one.reason === row.reason &&
          one.words === row.words
        )
      }
      const toSave = rows.filter((row) => !isAsBefore(row))
      if (toSave.length === 0) return { ok: true, redirect: `${BASE}/${line.id}?month=${found.month}` }
      const processId = await processOf(trx, line)
      const eventId = await recordEvent(trx, {
        childId: line.childId,
        processId,
        kind: 'sessions_recorded',
        on: today,
        today,
        by: viewer.accountId,
        payload: { line: line.id, month: found.month, sessions: toSave.length },
      })
      const by = { accountId: viewer.accountId, today, eventId }
      // A new session takes the next place of its day as this person saw it: two people who record the same one meet there.
      const taken = new Map<string, number>()
      for (const { was } of rows) if (was) taken.set(was.onDay, Math.max(taken.get(was.onDay) ?? 0, was.nth))
      for (const row of toSave) {
        const { was, ...session } = row
        const moved = was !== null && was.onDay !== row.onDay
        const givenBy = signed(viewer)
        // A session of another day is another session: the first is taken out and the new one added.
        if (
          moved &&
          !(await addRecord(
            trx,
            line,
            {
              about: 'session',
              kind: 'withdrawn',
              onDay: was.onDay,
              nth: was.nth,
              corrects: was.version,
              words: `Moved to ${row.onDay}`,
              givenBy,
            },
            by,
          ))
        )
          return { ok: false, errors: [{ field: '', text: STALE }] }
        let key: { nth: number; corrects: number | undefined }
        if (was !== null && !moved) key = { nth: was.nth, corrects: was.version }
        else {
          const nth = (taken.get(row.onDay) ?? 0) + 1
          taken.set(row.onDay, nth)
          const before = await newestVersion(trx, line.id, { about: 'session', onDay: row.onDay, nth })
          if (before && before.kind !== 'withdrawn')
            return { ok: false, errors: [{ field: '', text: STALE }] }
          key = { nth, corrects: before?.version }
        }
        if (!(await addRecord(trx, line, { about: 'session', ...session, ...key, givenBy }, by)))
          return { ok: false, errors: [{ field: '', text: STALE }] }
      }
      await noteWhenAllInPlace(trx, { childId: line.childId, processId }, today)
      await refreshChild(trx, line.childId, today)
      changed(line.childId)
      return {
        ok: true,
        redirect: `${BASE}/${line.id}?month=${found.month}`,
        notice: `Saved: ${toSave.length} ${toSave.length === 1 ? 'session' : 'sessions'}.`,
      }
    })
    .catch(
      tooEarly(
        line.terms[0]
          ? `The plan promised this from ${dayInWords(line.terms[0].from)}: no session is earlier`
          : '',
        '',
      ),
    )
  return result.ok ? result : again(result.errors, (await find(context)) ?? found)
}

export const professionalProvisionRoutes: readonly Route[] = [
  { method: 'GET', url: BASE, access, touches: 'children', handle: list },
  {
    method: 'GET',
    url: `${BASE}/:line`,
    access,
    touches: 'children',
    handle: async (context) => {
      const found = await find(context)
      return found ? show(context, found, startOf(found)) : MISSING
    },
  },
  { method: 'POST', url: `${BASE}/:line`, access, touches: 'children', handle: save },
]
