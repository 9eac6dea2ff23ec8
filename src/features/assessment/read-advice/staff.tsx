import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { lockChildren } from '../../../db/case-history/index.ts'
import { optionalText, parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, LongTextField, SelectField, TickField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  ErrorSummary,
  HiddenFields,
  SummaryCard,
  Tag,
  Timeline,
} from '../../../ui/parts/index.ts'
import { findHandovers, type Handover } from '../../professional/pass-or-decline/index.ts'
import { ANSWERS, type AnswerKind, ShowAdvice } from '../../professional/write-advice/index.ts'
import { isReason, passForFamily, REASONS, type Reason, takeBack } from './check.ts'
import { type AdviceFile, findAdviceFile, headTitle, type Release } from './queries.ts'

const readers = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const

async function read(context: Context): Promise<Answer> {
  const found = await context.read('advice: read', async (trx, saw) => {
    const file = await findAdviceFile(trx, context.params['adviceId'] ?? '')
    if (!file) return undefined
    saw(file.childId)
    return { file, handovers: await findHandovers(trx, file.id) }
  })
  if (!found) return { missing: true }
  const { file } = found
  const viewer = viewerOf(context)
  const mayAct = caseworkers.includes(viewer.role)
  const [newest, ...older] = file.releases
  const chosen = file.releases.find((one) => String(one.number) === context.query['version']) ?? newest
  return {
    page: {
      title: `${headTitle(file.head)} advice: ${file.childName}`,
      backLink: { href: `/staff/cases/${file.processId}/advice`, text: 'Advice of the case' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">
              {file.childName} · {file.reference}
            </span>
            <h1 class="govuk-heading-l">{headTitle(file.head)} advice</h1>
            <SummaryCard
              title="Asked and answered"
              rows={[
                { key: 'Asked of', value: file.adviser },
                ...(file.adviserName && file.adviserName !== file.adviser
                  ? [{ key: 'Now with', value: file.adviserName }]
                  : []),
                { key: 'Asked on', value: dayInWords(file.askedOn) },
                {
                  key: 'Came',
                  value: file.receivedOn ? (
                    dayInWords(file.receivedOn)
                  ) : found.handovers[0]?.declined ? (
                    <>
                      <Tag colour="red">Declined</Tag> {found.handovers[0].reason}
                    </>
                  ) : (
                    'Not yet'
                  ),
                },
              ]}
            />
            {chosen ? (
              <Released file={file} release={chosen} mayAct={mayAct} />
            ) : (
              <GovukInsetText
                text={
                  file.receivedOn
                    ? `It is recorded that this came on ${dayInWords(file.receivedOn)}, and nothing of it has been entered here.`
                    : 'Nothing has been released yet. What an adviser is still writing is theirs, and is not shown here.'
                }
              />
            )}
            {older.length > 0 ? (
              <>
                <h2 class="govuk-heading-m">Every version</h2>
                <ul class="govuk-list govuk-list--bullet">
                  {file.releases.map((one) => (
                    <li>
                      <a class="govuk-link" href={`/staff/advice/${file.id}?version=${one.number}`}>
                        Version {one.number}, {dayInWords(one.releasedOn)}
                      </a>
                      {one.why ? `: ${one.why}` : ''}
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
            {mayAct && file.releases.every((one) => one.byOffice) ? (
              <>
                <h2 class="govuk-heading-m">Came on paper?</h2>
                <p class="govuk-body">
                  Enter what it says, in the adviser’s name. It is recorded that the office typed it.
                </p>
                {file.hasOfficeDraft ? (
                  <GovukButton
                    href={`/staff/advice/${file.id}/write`}
                    text="Go on entering it"
                    classes="govuk-button--secondary"
                  />
                ) : (
                  <form method="post" action={`/staff/advice/${file.id}/begin`}>
                    <HiddenFields csrfToken={viewer.csrfToken} idempotencyKey={randomUUID()} />
                    <GovukButton
                      text="Enter advice from paper"
                      classes="govuk-button--secondary"
                      preventDoubleClick
                    />
                  </form>
                )}
              </>
            ) : null}
            <Handovers rows={found.handovers} />
          </div>
        </div>
      ),
    },
  }
}

function Released({
  file,
  release,
  mayAct,
}: {
  readonly file: AdviceFile
  readonly release: Release
  readonly mayAct: boolean
}) {
  const checkHref = `/staff/advice/${file.id}/check/${release.id}`
  return (
    <>
      <p class="govuk-body">
        Version {release.number}, released on {dayInWords(release.releasedOn)} by{' '}
        {release.releasedBy ?? 'somebody who has left'}, in the name of {release.authorName}.{' '}
        {release.byOffice ? 'Entered by the office from paper.' : ''}
      </p>
      {release.why ? <GovukInsetText text={`Why there is this version: ${release.why}`} /> : null}
      {release.answer === 'advice' ? null : (
        <GovukInsetText text={`The answer is: ${ANSWERS[release.answer as AnswerKind]}.`} />
      )}
      {release.check ? (
        <p class="govuk-body">
          <Tag colour="green">The family can read it</Tag> Checked on {dayInWords(release.check.checkedOn)} by{' '}
          {release.check.checkedBy ?? 'somebody who has left'}.{' '}
          {release.check.withheld.size === 0
            ? 'Nothing is kept back.'
            : `${release.check.withheld.size} ${release.check.withheld.size === 1 ? 'paragraph is' : 'paragraphs are'} kept back.`}{' '}
          {release.check.shared ? 'Shared with the other advisers.' : ''}{' '}
          {mayAct ? (
            <a class="govuk-link" href={checkHref}>
              Take it back
            </a>
          ) : null}
        </p>
      ) : (
        <p class="govuk-body">
          <Tag colour="yellow">Not shown to the family yet</Tag>{' '}
          {mayAct ? (
            <a class="govuk-link" href={checkHref}>
              Check it for the family
            </a>
          ) : (
            'A coordinator checks it first.'
          )}
        </p>
      )}
      <ShowAdvice
        paragraphs={release.paragraphs}
        beside={(one) => {
          const id = release.paragraphs.find((told) => told.number === one.number)?.id ?? ''
          const reason = release.check?.withheld.get(id)
          return reason ? (
            <p class="govuk-body">
              <Tag colour="orange">Kept from the family</Tag> {REASONS[reason as Reason]}
            </p>
          ) : null
        }}
      />
    </>
  )
}

function Handovers({ rows }: { readonly rows: readonly Handover[] }) {
  if (rows.length === 0) return null
  return (
    <GovukDetails summaryText="Passed on and declined">
      <Timeline
        headingLevel={2}
        entries={rows.map((one) => ({
          id: one.id,
          title: one.declined ? 'Declined' : `Passed to ${one.to_name ?? 'somebody who has left'}`,
          on: one.made_on,
          by: one.from_name ?? 'the service',
          body: <p class="govuk-body-s">{one.reason}</p>,
        }))}
      />
    </GovukDetails>
  )
}

const checkForm = z.object({ note: optionalText({ max: 2000 }) })
const typed = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})

async function showCheck(context: Context, form: TypedForm): Promise<Answer> {
  const file = await context.read('advice: check for the family', async (trx, saw) => {
    const found = await findAdviceFile(trx, context.params['adviceId'] ?? '')
    if (found) saw(found.childId)
    return found
  })
  const release = file?.releases.find((one) => one.id === context.params['releaseId'])
  if (!file || !release) return { missing: true }
  const viewer = viewerOf(context)
  const superseded = file.releases[0]?.id !== release.id
  return {
    page: {
      title: `Check advice for the family: ${file.childName}`,
      backLink: { href: `/staff/advice/${file.id}`, text: 'The advice' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <ErrorSummary errors={form.errors} targets={{}} />
            <span class="govuk-caption-l">
              {file.childName} · {headTitle(file.head)}, version {release.number}
            </span>
            <h1 class="govuk-heading-l">
              {release.check ? 'Take the advice back from the family' : 'Check the advice for the family'}
            </h1>
            {superseded ? (
              <GovukInsetText text="There is a later version. The family is shown the newest one that was checked." />
            ) : null}
            <form method="post" novalidate>
              <HiddenFields
                csrfToken={viewer.csrfToken}
                idempotencyKey={randomUUID()}
                hidden={{ do: release.check ? 'take-back' : 'pass' }}
              />
              {release.check ? (
                <>
                  <p class="govuk-body">
                    The family can no longer open it from the moment you do this. What they have read, they
                    have read.
                  </p>
                  <LongTextField form={form} name="note" label="Why it is taken back" max={2000} rows={3} />
                  <GovukButton text="Take it back" preventDoubleClick />
                </>
              ) : (
                <>
                  <p class="govuk-body">
                    Read every paragraph. Is it right and clear? Does it tell of other people, or could
                    reading it harm somebody? A paragraph you keep back is left out of the family’s copy
                    altogether, with its number.
                  </p>
                  <ShowAdvice
                    paragraphs={release.paragraphs}
                    beside={(one) => {
                      const id = release.paragraphs.find((told) => told.number === one.number)?.id ?? ''
                      return (
                        <SelectField
                          form={form}
                          name={`keep-${id}`}
                          label={`Show ${one.number} to the family?`}
                          empty="Show it"
                          options={Object.entries(REASONS).map(([value, text]) => ({
                            value,
                            text: `Keep it back: ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
                          }))}
                        />
                      )
                    }}
                  />
                  <TickField
                    form={form}
                    name="shared"
                    label="Other advisers of this assessment"
                    options={[
                      {
                        value: 'yes',
                        text: 'Share the same copy with the others asked for advice',
                        hint: 'Only where they need it for their own advice.',
                      },
                    ]}
                  />
                  <LongTextField
                    form={form}
                    name="note"
                    label="Note for the record (optional)"
                    hint="Needed if you keep something back for another reason. The family does not see it."
                    max={2000}
                    rows={3}
                  />
                  <TickField
                    form={form}
                    name="read"
                    label="The check"
                    options={[{ value: 'yes', text: 'I have read every paragraph' }]}
                  />
                  <p class="govuk-body">
                    Those of the family who may be told then get an email or a text: advice has come, whose
                    work it is, and that they can read it. It names no child.
                  </p>
                  <GovukButton text="Show it to the family" preventDoubleClick />
                </>
              )}
            </form>
          </div>
        </div>
      ),
    },
  }
}

async function postCheck(context: Context): Promise<Answer> {
  const parsed = parseForm(checkForm, context.form)
  if (!parsed.ok) return showCheck(context, typed(context, parsed.errors))
  const { note } = parsed.value
  const by = { accountId: viewerOf(context).accountId, today: context.today }
  let missing = false
  const result = await context.command('check-advice', async (trx, changed) => {
    const before = await findAdviceFile(trx, context.params['adviceId'] ?? '')
    if (before) await lockChildren(trx, [before.childId])
    // Read again under the lock: another officer may have checked it meanwhile.
    const file = before && (await findAdviceFile(trx, before.id))
    const release = file?.releases.find((one) => one.id === context.params['releaseId'])
    if (!file || !release) {
      missing = true
      return { ok: false, errors: [] }
    }
    changed(file.childId)
    const done = (notice: string) => ({ ok: true, redirect: `/staff/advice/${file.id}`, notice }) as const
    const refuse = (field: string, text: string) => ({ ok: false, errors: [{ field, text }] }) as const
    if (context.form['do'] === 'take-back') {
      if (!note) return refuse('note', 'Enter why it is taken back')
      if (!release.check) return done('It was already taken back.')
      await takeBack(trx, file, release, note, by)
      return done('Taken back. The family can no longer open it.')
    }
    if (release.check)
      return refuse(
        '',
        `This was already checked on ${dayInWords(release.check.checkedOn)}. To change what is kept back, take it back first`,
      )
    if (context.form['read'] !== 'yes') return refuse('read', 'Confirm that you have read every paragraph')
    const withheld = new Map<string, Reason>()
    for (const one of release.paragraphs) {
      const reason = context.form[`keep-${one.id}`]
      if (isReason(reason)) withheld.set(one.id, reason)
      else if (reason) return refuse(`keep-${one.id}`, 'Choose a reason from the list')
    }
    if ([...withheld.values()].includes('other') && !note)
      return refuse('note', 'Explain the other reason for keeping a paragraph back')
    await passForFamily(trx, file, release, { withheld, shared: context.form['shared'] === 'yes', note }, by)
    return done('The family can read it now.')
  })
  if (missing) return { missing: true }
  if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
  return showCheck(context, typed(context, result.errors))
}

export const staffRoutes: readonly Route[] = [
  { method: 'GET', url: '/staff/advice/:adviceId', access: readers, touches: 'children', handle: read },
  {
    method: 'GET',
    url: '/staff/advice/:adviceId/check/:releaseId',
    access: writers,
    touches: 'children',
    handle: (context) => showCheck(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/advice/:adviceId/check/:releaseId',
    access: writers,
    touches: 'children',
    handle: postCheck,
  },
]
