import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inspectFile } from '../../../platform/files/inspect.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import type { FindingNote } from '../../../record/plan/working-document.ts'
import type { Party } from '../../../record/plan/working-key.ts'
import { ChoiceField, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage } from '../../../ui/parts/index.ts'
import { answerChange, holdWorking, proposeChanges, tellChanged } from './commands.ts'
import { fromWord, type PlacedFinding, type ReadReturn, whichVersion } from './from-word.ts'
import { findSentVersions, loadWorking, type WorkingDocument } from './load.ts'
import { workingAddress } from './staff.tsx'

const MISSING: Answer = { missing: true }
const writers = { who: 'roles', roles: caseworkers } as const
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
const isParty = (text: string | undefined): text is Party => text === 'family' || text === 'authority'
const MOST_BYTES = 10_000_000

/** What somebody must look at before a change is taken, in words. */
const NOTES: Readonly<Record<FindingNote, string>> = {
  tracked: 'It was left as a tracked change',
  'two-types': 'It is in two types of the key at once',
  'struck-only': 'It is struck through, in no type of the key',
  'no-type': 'It is in no type of the key: typed over the plan, or taken out, with no mark',
  'other-side': 'It is in the type of the other side',
  'agreed-at-once': 'It is typed as agreed, and nobody had proposed it',
}

const read = (context: Context) =>
  context.read('a working document', async (trx, saw) => {
    const id = context.params['document'] ?? ''
    const working = isId(id) ? await loadWorking(trx, id) : undefined
    if (!working || working.endedOn) return undefined
    saw(working.childId)
    return { working, versions: await findSentVersions(trx, working.id) }
  })

async function askForFile(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context)
  if (!found || found.versions.length === 0) return MISSING
  const { working } = found
  const error = form.errors.find((one) => one.field === 'file')?.text
  return {
    page: {
      title: `A copy that came back: ${working.childName}`,
      backLink: { href: workingAddress(working.id), text: 'Working document' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <FormPage
          title="A copy that came back in Word"
          caption={working.childName}
          errors={form.errors}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button="Read it"
          hasFiles
          cancel={{ text: 'Back to the working document', href: workingAddress(working.id) }}
          before={
            <p class="govuk-body">
              The copy is read against the version that was sent. You see each change, and choose which are
              theirs, before anything is written.
            </p>
          }
        >
          <ChoiceField
            form={form}
            name="party"
            label="Who sent it?"
            options={[
              { value: 'family', text: 'The parents or the young person, or somebody for them' },
              { value: 'authority', text: 'A colleague: these are the council’s own changes' },
            ]}
          />
          <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
            <label class="govuk-label govuk-label--m" for="file">
              The Word file
            </label>
            <div id="file-hint" class="govuk-hint">
              A .docx of at most 10 MB
            </div>
            {error ? (
              <p id="file-error" class="govuk-error-message">
                <span class="govuk-visually-hidden">Error:</span> {error}
              </p>
            ) : null}
            <input
              class={`govuk-file-upload${error ? ' govuk-file-upload--error' : ''}`}
              id="file"
              name="file"
              type="file"
              accept=".docx"
              aria-describedby={`file-hint${error ? ' file-error' : ''}`}
            />
          </div>
        </FormPage>
      ),
    },
  }
}

async function receive(context: Context): Promise<Answer> {
  const again = (field: string, text: string) =>
    askForFile(context, { ...freshForm(context.form), errors: [{ field, text }] })
  const party = context.form['party']
  if (!isParty(party)) return again('party', 'Choose who sent it')
  const sent = context.sent.find((one) => one.field === 'file' && (one.size > 0 || one.tooMuch !== undefined))
  if (!sent) return again('file', 'Choose the Word file')
  if (sent.tooMuch !== undefined || sent.path === undefined || sent.size > MOST_BYTES)
    return again('file', sent.tooMuch ?? 'It is too big. The most is 10 MB')
  const inspected = await inspectFile({ ...sent, path: sent.path, limits: context.files.limits })
  if (!inspected.ok) return again('file', inspected.why)
  if (!inspected.kind.endings.includes('docx')) return again('file', 'It is not a Word file (.docx)')
  const found = await read(context)
  if (!found) return MISSING
  const { working, versions } = found
  const which = await whichVersion(sent.path, working.id)
  if (!which.ok) return again('file', which.why)
  const version =
    versions.find((one) => one.number === which.version) ?? (which.version === null ? versions[0] : undefined)
  if (!version) return again('file', 'It says it is a version that was never made here')
  const asSent = await context.read('a working document as it was sent', (trx, saw) => {
    saw(working.childId)
    return loadWorking(trx, working.id, version)
  })
  const returned = await fromWord(sent.path, asSent!, party)
  if (!returned.ok) return again('file', returned.why)
  const sha256 = createHash('sha256')
    .update(await readFile(sent.path))
    .digest('hex')
  const result = await context.command(
    'read a working document that came back',
    async (trx, changed): Promise<CommandResult> => {
      const row = await trx
        .insertInto('working_return')
        .values({
          document_id: working.id,
          child_id: working.childId,
          of_version: version.number,
          party,
          file_name: sent.name.slice(0, 255),
          sha256,
          found: JSON.stringify(returned),
          received_by: viewerOf(context).accountId,
          received_on: context.today,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      changed(working.childId)
      return { ok: true, redirect: workingAddress(working.id, `/returns/${row.id}`) }
    },
  )
  return result.ok ? result : again('', result.errors[0]?.text ?? 'It could not be kept')
}

interface Returned {
  readonly id: string
  readonly party: Party
  readonly ofVersion: number
  readonly receivedOn: string
  readonly doneOn: string | null
  readonly found: Extract<ReadReturn, { ok: true }>
}

const findReturn = (context: Context) =>
  context.read('a working document that came back', async (trx, saw) => {
    const { document = '', return: id = '' } = context.params
    if (!isId(document) || !isId(id)) return undefined
    const row = await trx
      .selectFrom('working_return')
      .select(['id', 'party', 'of_version', 'received_on', 'done_on', 'found'])
      .where('id', '=', id)
      .where('document_id', '=', document)
      .executeTakeFirst()
    const working = row && (await loadWorking(trx, document))
    if (!row || !working) return undefined
    saw(working.childId)
    return {
      working,
      returned: {
        id: row.id,
        party: row.party as Party,
        ofVersion: row.of_version,
        receivedOn: row.received_on,
        doneOn: row.done_on,
        found: row.found as unknown as Returned['found'],
      } satisfies Returned,
    }
  })

const WHAT: Readonly<Record<PlacedFinding['kind'], string>> = {
  change: 'A change',
  agree: 'Agrees to a change',
  gone: 'A change is no longer in the file',
  unreadable: 'Could not be read',
}
const OPTIONS: Readonly<
  Record<Exclude<PlacedFinding['kind'], 'unreadable'>, readonly [take: string, leave: string]>
> = {
  change: ['It is theirs: add it as proposed', 'Leave it out'],
  agree: ['Record that they agree', 'Leave it as it was'],
  gone: ['They no longer ask for it: take it back', 'Leave it as it was'],
}

async function askToCheck(context: Context, form: TypedForm): Promise<Answer> {
  const found = await findReturn(context)
  if (!found) return MISSING
  const { working, returned } = found
  const { findings, unread, remarks } = returned.found
  const isDone = returned.doneOn !== null
  return {
    page: {
      title: `Check what came back: ${working.childName}`,
      backLink: { href: workingAddress(working.id), text: 'Working document' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <FormPage
          title="Check what came back"
          caption={working.childName}
          errors={form.errors}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button={isDone ? 'Back to the working document' : 'Write what I chose'}
          cancel={{ text: 'Back to the working document', href: workingAddress(working.id) }}
          before={
            <>
              <p class="govuk-body">
                A copy of version {returned.ofVersion}, read on {dayInWords(returned.receivedOn)}.{' '}
                {findings.length === 0
                  ? 'Nothing in it differs from what was sent.'
                  : 'Nothing is written yet.'}
              </p>
              {isDone ? (
                <GovukInsetText text={`This was checked on ${dayInWords(returned.doneOn ?? '')}.`} />
              ) : null}
              {remarks.map((remark) => (
                <GovukInsetText text={remark} />
              ))}
              {unread.length > 0 ? (
                <>
                  <h2 class="govuk-heading-m">Could not be read</h2>
                  <ul class="govuk-list govuk-list--bullet">
                    {unread.map((one) => (
                      <li class="app-break">
                        {one.why}
                        {one.words ? (
                          <blockquote class="app-quoted" dir="auto">
                            {one.words}
                          </blockquote>
                        ) : null}
                      </li>
                    ))}
                  </ul>
                </>
              ) : null}
            </>
          }
        >
          {findings.map((finding, index) => (
            <OneFinding finding={finding} index={index} working={working} form={form} isDone={isDone} />
          ))}
        </FormPage>
      ),
    },
  }
}

function OneFinding({
  finding,
  index,
  working,
  form,
  isDone,
}: {
  readonly finding: PlacedFinding
  readonly index: number
  readonly working: WorkingDocument
  readonly form: TypedForm
  readonly isDone: boolean
}) {
  const paragraph = working.paragraphs.find((one) => one.number === finding.number)
  const rows: readonly (readonly [string, string])[] =
    finding.kind === 'change'
      ? [
          ['Take out', paragraph?.words.slice(finding.from, finding.to).trim() ?? ''],
          ['Put in', finding.words.trim()],
          ['Evidence', finding.evidence],
          ['Look at it', finding.notes.map((note) => NOTES[note]).join('. ')],
        ]
      : [
          ['Words', finding.words.trim()],
          ['Why', finding.kind === 'unreadable' ? finding.why : ''],
        ]
  return (
    <div class="app-advice__item">
      <h2 class="govuk-heading-s">
        {WHAT[finding.kind]}, paragraph {finding.number}
      </h2>
      <dl class="govuk-summary-list govuk-summary-list--no-border app-advice__rows">
        {rows
          .filter(([, words]) => words !== '')
          .map(([key, words]) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{key}</dt>
              <dd class="govuk-summary-list__value app-advice__words" dir="auto">
                {words}
              </dd>
            </div>
          ))}
      </dl>
      {isDone || finding.kind === 'unreadable' ? null : (
        <ChoiceField
          form={form}
          name={`finding-${index}`}
          label={`What to do with it (${index + 1})`}
          options={[
            { value: 'take', text: OPTIONS[finding.kind][0] },
            { value: 'leave', text: OPTIONS[finding.kind][1] },
          ]}
        />
      )}
    </div>
  )
}

async function write(context: Context): Promise<Answer> {
  const found = await findReturn(context)
  if (!found) return MISSING
  const { findings } = found.returned.found
  const choices = findings.map((_, index) => context.form[`finding-${index}`] ?? '')
  const errors = findings.flatMap((finding, index) =>
    finding.kind !== 'unreadable' && !['take', 'leave'].includes(choices[index]!)
      ? [{ field: `finding-${index}`, text: `Choose what to do with number ${index + 1}` }]
      : [],
  )
  const home = workingAddress(found.working.id)
  if (found.returned.doneOn) return { redirect: home }
  if (errors.length > 0) return askToCheck(context, { ...freshForm(context.form), errors })
  const by = { accountId: viewerOf(context).accountId, today: context.today }
  const { party } = found.returned
  const result = await context.command(
    'wrote what came back in a working document',
    async (trx, changed): Promise<CommandResult> => {
      const working = await holdWorking(trx, found.working.id)
      if (!working || working.endedOn) return { ok: false, errors: [{ field: '', text: 'It is closed' }] }
      const held = await trx
        .updateTable('working_return')
        .set({ done_by: by.accountId, done_on: by.today })
        .where('id', '=', found.returned.id)
        .where('done_on', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (!held) return { ok: false, errors: [{ field: '', text: 'Somebody else has checked this copy' }] }
      let taken = 0
      const answered = new Set<string>()
      for (const [index, finding] of findings.entries()) {
        if (choices[index] !== 'take' || finding.kind === 'unreadable') continue
        const paragraph = working.paragraphs.find((one) => one.number === finding.number)
        if (!paragraph) continue
        taken++
        if (finding.kind === 'change') {
          const words = finding.words.replaceAll(/[^\P{Cc}\t\n]/gu, '').slice(0, 20_000)
          await proposeChanges(
            trx,
            working,
            paragraph,
            party,
            [{ from: finding.from, to: finding.to, words, evidence: finding.evidence.slice(0, 1000) }],
            'word',
            by,
          )
          continue
        }
        for (const change of paragraph.changes) {
          if (!finding.changes.includes(change.id) || answered.has(change.id)) continue
          // One side agrees to the other's, and takes back its own; an agreement with oneself is none.
          const isOwn = change.by === party
          if (change.state === 'withdrawn' || isOwn === (finding.kind === 'agree')) continue
          answered.add(change.id)
          await answerChange(
            trx,
            working,
            change.id,
            party,
            finding.kind === 'agree' ? 'agreed' : 'withdrawn',
            '',
            by,
          )
        }
      }
      await tellChanged(trx, working, { party, fromWord: taken }, by)
      changed(working.childId)
      return { ok: true, redirect: home, notice: `Written: ${taken} of ${findings.length}.` }
    },
  )
  return result.ok ? result : askToCheck(context, { ...freshForm(context.form), errors: result.errors })
}

const ONE = '/staff/working-documents/:document/returns'
const route = (method: Route['method'], more: string, handle: Route['handle']): Route => ({
  method,
  url: `${ONE}${more}`,
  access: writers,
  touches: 'children',
  handle,
})
export const returnRoutes: readonly Route[] = [
  route('GET', '', (context) => askForFile(context, freshForm())),
  { ...route('POST', '', receive), uploads: { maxFiles: 1, maxBytes: MOST_BYTES } },
  route('GET', '/:return', (context) => askToCheck(context, freshForm())),
  route('POST', '/:return', write),
]
