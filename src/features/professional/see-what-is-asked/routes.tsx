import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { AdviceHead } from '../../../law/index.ts'
import {
  type Answer,
  type Context,
  professionalRoles,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { GovukButton, GovukInsetText, GovukWarningText } from '../../../ui/govuk/index.ts'
import {
  dayInWords,
  EmptyState,
  HiddenFields,
  Pager,
  SortableTable,
  SummaryCard,
  Tag,
} from '../../../ui/parts/index.ts'
import { HEADS } from '../../assessment/ask-for-advice/index.tsx'
import { OneView } from '../../family/give-views/index.ts'
import { ANSWERS, type AnswerKind, type AskedAdvice, findAsked, ShowAdvice } from '../write-advice/index.ts'
import { DueCell, DueWithReason } from './due.tsx'
import {
  findKnown,
  findOne,
  findQueue,
  findRelease,
  findReleased,
  findSharedCopy,
  type KnownAlready,
  type OwnRelease,
  PAGE,
  type QueueRow,
} from './queries.ts'

const access = { who: 'roles', roles: professionalRoles } as const
export const headTitle = (head: string): string =>
  Object.hasOwn(HEADS, head) ? HEADS[head as AdviceHead].title : head

const STATE_WORDS: Readonly<Record<string, string>> = {
  writing: 'Being written',
  'with-supervisor': 'With the supervisor',
  released: 'Released',
}

async function queue(context: Context): Promise<Answer> {
  const { today } = context
  const viewer = viewerOf(context)
  const rows = await context.read('advice asked of me', async (trx, saw) => {
    const found = await findQueue(trx)
    saw(found.map((row) => row.child_id))
    return found
  })
  const late = rows.filter((row) => row.due_on !== null && row.due_on < today).length
  const main = (
    <>
      <h1 class="govuk-heading-l">Advice asked of me</h1>
      {rows.length === 0 ? (
        <EmptyState title="Nobody is waiting for advice from you">
          When the council asks you for advice it appears here, with the date it is due and what is already
          known. You may have{' '}
          <a class="govuk-link" href="/professional/plans">
            a plan to write in
          </a>{' '}
          or{' '}
          <a class="govuk-link" href="/professional/provision">
            provision you give
          </a>
          .
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body">
            {rows.length} {rows.length === 1 ? 'request' : 'requests'}
            {late > 0 ? `, of which ${late} ${late === 1 ? 'is' : 'are'} late` : ', none of them late'}. The
            earliest date is first.
          </p>
          <SortableTable<QueueRow>
            id="asked"
            caption="Advice asked of me, by date"
            captionHidden
            onPhone="cards"
            rows={rows}
            columns={[
              {
                key: 'child',
                heading: 'Child or young person',
                namesRow: true,
                cell: (row) => (
                  <>
                    <a class="govuk-link" href={`/professional/advice/${row.id}`}>
                      {row.child_name}
                    </a>
                    <br />
                    <span class="govuk-!-font-weight-regular">
                      born {dayInWords(row.date_of_birth)}, {row.setting_name ?? 'no setting'}
                    </span>
                  </>
                ),
              },
              {
                key: 'what',
                heading: 'Asked for',
                cell: (row) => (
                  <>
                    {headTitle(row.head)}
                    {row.adviser_account !== viewer.accountId ? (
                      <>
                        <br />
                        with {row.adviser_name ?? row.adviser}
                      </>
                    ) : null}
                  </>
                ),
              },
              { key: 'asked', heading: 'Asked on', cell: (row) => dayInWords(row.asked_on) },
              { key: 'due', heading: 'Due', cell: (row) => <DueCell row={row} today={today} /> },
              {
                key: 'state',
                heading: 'Where it stands',
                cell: (row) => (row.state ? (STATE_WORDS[row.state] ?? row.state) : 'Not begun'),
              },
            ]}
          />
        </>
      )}
    </>
  )
  return { page: { title: 'Advice asked of me', main, wide: true } }
}

async function one(context: Context): Promise<Answer> {
  const { adviceId = '' } = context.params
  const found = await context.read('advice asked: what is known', async (trx, saw) => {
    const asked = await findAsked(trx, adviceId)
    const row = asked && (await findOne(trx, adviceId))
    if (!asked || !row) return undefined
    saw(asked.child.id)
    return { asked, row, known: await findKnown(trx, adviceId) }
  })
  if (!found) return { missing: true }
  const { asked } = found
  return {
    page: {
      title: `${asked.headTitle} advice: ${asked.child.name}`,
      main: <Asked {...found} context={context} />,
      backLink: { href: '/professional/advice', text: 'Advice asked of me' },
    },
  }
}

function Asked({
  asked,
  row,
  known,
  context,
}: {
  readonly asked: AskedAdvice
  readonly row: QueueRow
  readonly known: KnownAlready
  readonly context: Context
}): JSX.Element {
  const here = `/professional/advice/${asked.id}`
  const writers = asked.people.filter((person) => person.part === 'writer')
  const supervisor = asked.people.find((person) => person.part === 'supervisor')
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">
          {asked.headTitle} advice, regulation {asked.headRef} · {asked.reference}
        </span>
        <h1 class="govuk-heading-l">{asked.child.name}</h1>
        {asked.receivedOn ? (
          <GovukInsetText
            text={`Recorded as received on ${dayInWords(asked.receivedOn)}. You can still correct what was released while the case is open.`}
          />
        ) : (
          <DueWithReason row={row} today={context.today} />
        )}
        <div class="govuk-button-group">
          {asked.writing ? (
            <GovukButton
              href={`${here}/write`}
              text={asked.releases.length > 0 ? 'Correct the advice' : 'Go on writing'}
            />
          ) : (
            <form method="post" action={`${here}/begin`}>
              <HiddenFields csrfToken={viewerOf(context).csrfToken} idempotencyKey={randomUUID()} />
              <GovukButton text="Start writing" preventDoubleClick />
            </form>
          )}
          {asked.receivedOn ? null : (
            <a class="govuk-link" href={`${here}/pass`}>
              Pass to a colleague, or decline
            </a>
          )}
        </div>
        <SummaryCard
          title="What was asked"
          rows={[
            {
              key: 'Child or young person',
              value: `${asked.child.name}, born ${dayInWords(asked.child.bornOn)}`,
            },
            { key: 'School or college', value: asked.child.setting ?? 'None recorded' },
            { key: 'Asked of', value: asked.adviserName ?? asked.adviser },
            { key: 'Asked on', value: dayInWords(asked.askedOn) },
            { key: 'Coordinator', value: known.request.coordinator ?? 'Nobody yet' },
            ...(writers.length > 0
              ? [{ key: 'Written with', value: writers.map((person) => person.name).join(', ') }]
              : []),
            ...(supervisor ? [{ key: 'Supervised by', value: supervisor.name }] : []),
          ]}
        />
        {asked.releases.length > 0 ? (
          <>
            <h2 class="govuk-heading-m">Released</h2>
            <ul class="govuk-list govuk-list--bullet">
              {asked.releases.map((release) => (
                <li>
                  <a class="govuk-link" href={`/professional/released/${release.id}`}>
                    Version {release.number}, {dayInWords(release.releasedOn)}
                  </a>
                  {release.why ? `: ${release.why}` : ''}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <Known known={known} head={asked.head} childName={asked.child.name} />
      </div>
    </div>
  )
}

const SOURCE: Readonly<Record<string, string>> = {
  parent: 'the parent',
  'young-person': 'the young person',
  setting: 'the school or college',
  'brought-to-attention': 'somebody who told the council of the child',
}

function Known({
  known,
  head,
  childName,
}: {
  readonly known: KnownAlready
  readonly head: string
  readonly childName: string
}): JSX.Element {
  const { request } = known
  return (
    <>
      <h2 class="govuk-heading-m">What is already known</h2>
      {head === 'parent' ? null : (
        <p class="govuk-body">
          The council must give you the family’s representations and evidence with the request (SEND
          Regulations 2014, regulation 6(3)). If something they sent is not here, ask the coordinator.
        </p>
      )}
      <p class="govuk-body">
        The request for an assessment was received on {dayInWords(request.openedOn)}
        {request.source ? `, from ${SOURCE[request.source] ?? request.source}` : ''}.
      </p>
      <h3 class="govuk-heading-s">What the family says</h3>
      {known.views.length === 0 ? (
        <p class="govuk-body">No views have come through this site yet.</p>
      ) : (
        known.views.map((view) => <OneView key={view.id} view={view} childName={childName} />)
      )}
      <h3 class="govuk-heading-s">Papers</h3>
      {known.files.length === 0 ? (
        <p class="govuk-body">There are no papers that you may read.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {known.files.map((file) => (
            <li>
              <a class="govuk-link" href={`/files/${file.id}`}>
                {file.name}
              </a>
              , {dayInWords(file.uploaded_on)}
            </li>
          ))}
        </ul>
      )}
      <h3 class="govuk-heading-s">Other advice for this assessment</h3>
      {known.advice.length === 0 ? (
        <p class="govuk-body">None has been shared with you yet.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {known.advice.map((one) => (
            <li>
              <a class="govuk-link" href={`/professional/released/${one.id}`}>
                {headTitle(one.head)}: {one.author_name}, {dayInWords(one.released_on)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {known.others.length > 0 ? (
        <>
          <h3 class="govuk-heading-s">Who else is asked</h3>
          <ul class="govuk-list govuk-list--bullet">
            {known.others.map((other) => (
              <li>
                {headTitle(other.head)}: {other.adviser}.{' '}
                {other.received_on ? `Came on ${dayInWords(other.received_on)}.` : 'Not come yet.'}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}

async function released(context: Context): Promise<Answer> {
  const page = /^[1-9]\d{0,3}$/.test(context.query['page'] ?? '') ? Number(context.query['page']) : 1
  const found = await context.read('advice I released', async (trx, saw) => {
    const rows = await findReleased(trx, page)
    saw(rows.map((row) => row.child_id))
    return rows
  })
  const rows = found.slice(0, PAGE)
  const main = (
    <>
      <h1 class="govuk-heading-l">Advice released</h1>
      <p class="govuk-body">
        Yours, and that of people who answer to you, newest first. You keep it after the case has closed.
      </p>
      {rows.length === 0 ? (
        <EmptyState title="No advice has been released yet" />
      ) : (
        <>
          <SortableTable<OwnRelease>
            id="released"
            caption="Advice released, newest first"
            captionHidden
            onPhone="cards"
            rows={rows}
            columns={[
              {
                key: 'child',
                heading: 'Child or young person',
                namesRow: true,
                cell: (row) => (
                  <a class="govuk-link" href={`/professional/released/${row.id}`}>
                    {row.child_name}
                  </a>
                ),
              },
              { key: 'head', heading: 'Advice', cell: (row) => headTitle(row.head) },
              { key: 'author', heading: 'Author', cell: (row) => row.author_name },
              { key: 'on', heading: 'Released', cell: (row) => dayInWords(row.released_on) },
              {
                key: 'version',
                heading: 'Version',
                cell: (row) =>
                  `${row.number}${row.answer === 'advice' ? '' : `: ${ANSWERS[row.answer as AnswerKind]}`}`,
              },
            ]}
          />
          <Pager
            page={page}
            pageSize={PAGE}
            total={(page - 1) * PAGE + found.length}
            things="pieces of advice"
            href={(to) => `/professional/released?page=${to}`}
          />
        </>
      )}
    </>
  )
  return { page: { title: 'Advice released', main, wide: true } }
}

const OUTCOME: Readonly<Record<string, string>> = {
  'plan-issued': 'A plan was issued',
  'no-plan': 'The council decided not to make a plan',
  'not-assessed': 'The council decided not to assess',
  withdrawn: 'The request was withdrawn',
  closed: 'The assessment was closed',
}

async function oneReleased(context: Context): Promise<Answer> {
  const id = context.params['releaseId'] ?? ''
  const { found, copied } = await context.read('released advice', async (trx, saw) => {
    const own = await findRelease(trx, id)
    const shared = own ? undefined : await findSharedCopy(trx, id)
    if (own) saw(own.release.child_id)
    if (shared) saw(shared.copy.child_id)
    return { found: own, copied: shared }
  })
  if (copied) return sharedPage(copied)
  if (!found) return { missing: true }
  const { release, outcome, withheld } = found
  const back = new Map(withheld.map((one) => [one.number, one.reason]))
  return {
    page: {
      title: `${headTitle(release.head)} advice: ${release.child_name}`,
      backLink: { href: '/professional/released', text: 'Advice released' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{headTitle(release.head)} advice</span>
            <h1 class="govuk-heading-l">{release.child_name}</h1>
            <p class="govuk-body">
              Version {release.number}, released on {dayInWords(release.released_on)} in the name of{' '}
              {release.author_name}. Born {dayInWords(release.child_born_on)}.
            </p>
            {release.by_office ? <GovukInsetText text="Entered by the office from paper." /> : null}
            {release.why ? <GovukInsetText text={`Why there is this version: ${release.why}`} /> : null}
            {release.own && outcome ? (
              <SummaryCard
                title="What came of it"
                rows={[
                  {
                    key: 'The assessment',
                    value: OUTCOME[outcome.state] ?? 'Still open: nothing is decided yet',
                  },
                  ...(outcome.final_on
                    ? [{ key: 'Final plan sent', value: dayInWords(outcome.final_on) }]
                    : []),
                  ...(outcome.closed_on
                    ? [{ key: 'Assessment ended', value: dayInWords(outcome.closed_on) }]
                    : []),
                ]}
              />
            ) : null}
            {release.answer === 'advice' ? null : (
              <GovukInsetText text={`The answer was: ${ANSWERS[release.answer as AnswerKind]}.`} />
            )}
            {release.own ? null : (
              <GovukWarningText
                text="Shared with you for your own advice on this child, and for nothing else."
                iconFallbackText="Warning"
              />
            )}
            <ShowAdvice
              paragraphs={found.paragraphs}
              beside={(one) =>
                back.has(one.number) ? (
                  <p class="govuk-body">
                    <Tag colour="orange">Kept from the family</Tag>
                  </p>
                ) : null
              }
            />
          </div>
        </div>
      ),
    },
  }
}

function sharedPage({ copy, paragraphs }: NonNullable<Awaited<ReturnType<typeof findSharedCopy>>>): Answer {
  const name = `${copy.given_name} ${copy.family_name}`
  return {
    page: {
      title: `${headTitle(copy.head)} advice: ${name}`,
      backLink: { href: '/professional/advice', text: 'Advice asked of me' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{headTitle(copy.head)} advice</span>
            <h1 class="govuk-heading-l">{name}</h1>
            <p class="govuk-body">
              Version {copy.number}, by {copy.author_name}, released on {dayInWords(copy.released_on)}. The
              office has checked this copy: what is about other people is left out.
            </p>
            <GovukWarningText
              text="Shared with you for your own advice on this child, and for nothing else."
              iconFallbackText="Warning"
            />
            {copy.answer === 'advice' ? null : (
              <GovukInsetText text={`The answer was: ${ANSWERS[copy.answer as AnswerKind]}.`} />
            )}
            <ShowAdvice paragraphs={paragraphs} />
          </div>
        </div>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/professional/advice', access, touches: 'children', handle: queue },
  { method: 'GET', url: '/professional/advice/:adviceId', access, touches: 'children', handle: one },
  { method: 'GET', url: '/professional/released', access, touches: 'children', handle: released },
  {
    method: 'GET',
    url: '/professional/released/:releaseId',
    access,
    touches: 'children',
    handle: oneReleased,
  },
]
