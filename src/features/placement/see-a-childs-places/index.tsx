/** The page of a case about settings and places: what was asked for, who was consulted, what was decided, where the child is. */
import type { ComponentChildren, JSX } from 'preact'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import {
  BOARDING,
  INTERIM_KINDS,
  type InterimKind,
  NAMING_GROUNDS,
  PLACE_ENDS,
  STANDING_WORDS,
} from '../../../record/placement/index.ts'
import { straightLineMiles, straightLineWords } from '../../../record/travel/index.ts'
import { GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, SortableTable, SummaryCard, Tag } from '../../../ui/parts/index.ts'
import { type CaseFile, loadCase } from '../../assessment/the-case/index.ts'
import { findInterim, type Interim } from '../arrange-in-the-meantime/index.tsx'
import { type Asked, AskedState, findAskedOfCase } from '../chase-a-consultation/index.tsx'
import {
  findNeededOf,
  findPlacements,
  Meantime,
  type Needed,
  type Placement,
  placeWords,
  waitWords,
} from '../keep-placements/index.tsx'
import { findNaming, type NamingDecision } from '../name-the-setting/index.tsx'
import { type FamilyWish, findShortlist, type Shortlisted, wishesOf } from '../shortlist-settings/index.ts'
import { homeOf, type SettingFacts } from '../the-settings/index.ts'

interface View {
  readonly file: CaseFile
  readonly today: string
  readonly mayAct: boolean
  readonly wishes: readonly FamilyWish[]
  readonly shortlist: readonly Shortlisted[]
  readonly asked: readonly Asked[]
  readonly naming: NamingDecision | undefined
  readonly placements: readonly Placement[]
  readonly needed: readonly Needed[]
  readonly interim: readonly Interim[]
}

async function show(context: Context): Promise<Answer> {
  const { today } = context
  const read = await context.read('case: settings and places', async (trx, saw) => {
    const file = await loadCase(trx, context.params['id'] ?? '')
    if (!file) return undefined
    saw(file.child.id)
    const { id } = file.process
    return {
      file,
      wishes: await wishesOf(trx, file, today),
      shortlist: await findShortlist(trx, id, today),
      asked: await findAskedOfCase(trx, id, today),
      naming: await findNaming(trx, id),
      placements: await findPlacements(trx, file.child.id),
      needed: await findNeededOf(trx, file.child.id, today),
      interim: await findInterim(trx, file.child.id),
    }
  })
  if (!read) return { missing: true }
  const view = { ...read, today, mayAct: caseworkers.includes(viewerOf(context).role) }
  return {
    page: {
      title: `Settings and places: ${read.file.child.name}`,
      wide: true,
      backLink: { href: `/staff/cases/${read.file.process.id}`, text: 'Back to the case' },
      main: <Page {...view} />,
    },
  }
}

const milesTo = (file: CaseFile, setting: SettingFacts): string =>
  straightLineWords(
    straightLineMiles(
      homeOf(file.child.postcode),
      setting.easting === null || setting.northing === null
        ? null
        : { easting: setting.easting, northing: setting.northing },
    ),
  )

function Page(view: View): JSX.Element {
  const { file, today, mayAct } = view
  const base = `/staff/cases/${file.process.id}`
  const waiting = view.needed.find((one) => one.secured_on === null || one.secured_on > today)
  const unmet = waiting?.out_of_school && waiting.hours === null && waiting.needed_on <= today
  const Do = ({ children }: { readonly children: ComponentChildren }) =>
    mayAct ? <p class="govuk-body">{children}</p> : null
  // Whether a setting is chosen, or chosen again, is a matter of a case that is open.
  const isOver = file.process.closedOn !== null
  const Choose = ({ children }: { readonly children: ComponentChildren }) =>
    isOver ? null : <Do>{children}</Do>
  const link = (slug: string, words: string) => (
    <a class="govuk-link" href={`${base}/${slug}`}>
      {words}
    </a>
  )
  return (
    <>
      <span class="govuk-caption-l">
        {file.child.name} · {file.process.reference}
      </span>
      <h1 class="govuk-heading-l">Settings and places</h1>
      {waiting ? (
        <section
          class={`app-move${waiting.needed_on < today ? ' app-move--late' : ''}`}
          aria-labelledby="waiting"
        >
          <h2 class="govuk-heading-m" id="waiting">
            A place is needed: {waitWords(waiting, today)}
          </h2>
          <p class="govuk-body">
            Since {dayInWords(waiting.needed_on)}: {waiting.why}.
            {waiting.secured_on ? ` Secured from ${dayInWords(waiting.secured_on)}.` : ''} In the meantime:{' '}
            <Meantime row={waiting} today={today} />
          </p>
        </section>
      ) : null}
      {unmet ? (
        <GovukWarningText
          text="The child is out of school and no education in the meantime is recorded (section 19, Education Act 1996). Arrange it, and record it here."
          iconFallbackText="Warning"
        />
      ) : null}
      <Asking {...view} base={base} />
      {isOver ? (
        <p class="govuk-body">
          This case is over. What is considered from now on is recorded on the plan’s own case.
        </p>
      ) : null}
      <Choose>
        {link('shortlist-a-setting', 'Put a setting on the shortlist')} ·{' '}
        <a class="govuk-link" href={`/staff/directory?case=${file.process.id}`}>
          Find one in the directory
        </a>{' '}
        · {link('consult-settings', 'Consult settings')}
        {view.asked.some((one) => one.replied_on === null) ? (
          <>
            {' '}
            · {link('record-setting-reply', 'Record an answer')} ·{' '}
            {link('take-a-silence-further', 'Take a silence further')}
          </>
        ) : null}
        {view.shortlist.length > 0 ? (
          <> · {link('take-off-the-shortlist', 'Take one off the shortlist')}</>
        ) : null}
      </Choose>
      <Naming naming={view.naming} inForce={file.process.kind === 'plan'} />
      <Choose>{link('name-the-setting', view.naming ? 'Decide section I again' : 'Decide section I')}</Choose>
      <Places {...view} />
      <Do>
        {link('record-a-placement', 'Record a placement')} ·{' '}
        {view.placements.some((one) => one.toOn === null) ? (
          <>{link('end-a-placement', 'End a placement')} · </>
        ) : null}
        {waiting
          ? link('no-place-needed', 'The place is no longer needed')
          : link('a-place-is-needed', 'A place is needed')}
      </Do>
      <InTheMeantime interim={view.interim} today={today} />
      <Do>
        {link('arrange-in-the-meantime', 'Record education in the meantime')}
        {view.interim.some((one) => one.to_on === null) ? (
          <> · {link('end-in-the-meantime', 'End it')}</>
        ) : null}
      </Do>
    </>
  )
}

function Asking({ file, wishes, shortlist, asked, today }: View & { readonly base: string }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">Asked for, and considered</h2>
      {wishes.length === 0 ? (
        <p class="govuk-body">The family has asked for no setting that is written down.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {wishes.map((wish) => (
            <li>
              The family asked for{' '}
              {wish.urn ? (
                <a
                  class="govuk-link"
                  href={`/staff/directory/${encodeURIComponent(wish.urn)}?case=${file.process.id}`}
                >
                  {wish.name}
                </a>
              ) : (
                <>{wish.name} (no single setting of the directory has this name)</>
              )}{' '}
              on {dayInWords(wish.on)}.{' '}
              <Tag
                colour={
                  wish.standing === 'request' ? 'blue' : wish.standing === 'unsure' ? 'yellow' : 'orange'
                }
              >
                {wish.standing === 'request'
                  ? 'Request'
                  : wish.standing === 'unsure'
                    ? 'Look which'
                    : 'Preference'}
              </Tag>{' '}
              <span class="govuk-!-font-size-16">{STANDING_WORDS[wish.standing]}</span>
            </li>
          ))}
        </ul>
      )}
      {shortlist.length > 0 ? (
        <SortableTable<Shortlisted>
          id="shortlist"
          caption="Shortlist"
          onPhone="cards"
          rows={shortlist}
          columns={[
            {
              key: 'name',
              heading: 'Setting',
              namesRow: true,
              cell: (one) => (
                <a
                  class="govuk-link"
                  href={`/staff/directory/${encodeURIComponent(one.urn)}?case=${file.process.id}`}
                >
                  {one.setting.name}
                </a>
              ),
            },
            {
              key: 'by',
              heading: 'Thought of by',
              cell: (one) => (one.askedBy === 'family' ? 'The family' : 'The council'),
            },
            { key: 'why', heading: 'Why', cell: (one) => one.reason },
            { key: 'miles', heading: 'Distance from home', cell: (one) => milesTo(file, one.setting) },
            {
              key: 'law',
              heading: 'In law',
              cell: (one) =>
                one.setting.standing === 'request'
                  ? 'Can be requested'
                  : one.setting.standing === 'unsure'
                    ? 'Look which kind'
                    : 'Preference only',
            },
          ]}
        />
      ) : null}
      {asked.length > 0 ? (
        <SortableTable<Asked>
          id="asked"
          caption="Consulted"
          onPhone="cards"
          rows={asked}
          columns={[
            { key: 'name', heading: 'Setting', namesRow: true, cell: (row) => row.setting_name },
            { key: 'on', heading: 'Asked', cell: (row) => dayInWords(row.consulted_on) },
            { key: 'due', heading: 'Answer due', cell: (row) => dayInWords(row.due_on) },
            { key: 'state', heading: 'How it stands', cell: (row) => <AskedState row={row} today={today} /> },
            {
              key: 'papers',
              heading: 'Papers here',
              cell: (row) =>
                row.papers === 0
                  ? 'By letter only'
                  : `${row.papers} ${row.papers === 1 ? 'paper' : 'papers'}`,
            },
          ]}
        />
      ) : null}
    </>
  )
}

function Naming({
  naming,
  inForce,
}: {
  readonly naming: NamingDecision | undefined
  readonly inForce: boolean
}): JSX.Element {
  if (!naming)
    return (
      <>
        <h2 class="govuk-heading-m">Section I</h2>
        <p class="govuk-body">
          {inForce
            ? 'It stands as in the plan that was sent. No change to it is decided.'
            : 'Nothing is decided yet. A draft names no setting.'}
        </p>
      </>
    )
  return (
    <SummaryCard
      title="Section I: the decision"
      rows={[
        {
          key: 'It will say',
          value:
            naming.form === 'named'
              ? `${naming.name} (${naming.placeType})`
              : naming.form === 'type-only'
                ? `Type only: ${naming.placeType}`
                : `Otherwise than in a school or college: ${naming.placeType}`,
        },
        ...(naming.conditions ? [{ key: 'And', value: naming.conditions }] : []),
        {
          key: 'The family asked for',
          value: naming.askedName ? `${naming.askedName} (${naming.askedAs})` : 'No setting',
        },
        ...(naming.grounds.length > 0
          ? [
              {
                key: 'Grounds',
                value: (
                  <ul class="govuk-list govuk-list--bullet">
                    {naming.grounds.map((ground) => (
                      <li>
                        {NAMING_GROUNDS[ground].words} ({NAMING_GROUNDS[ground].law})
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
        ...(naming.evidence ? [{ key: 'Evidence', value: naming.evidence }] : []),
        { key: 'Reasons', value: naming.reasons },
        ...(naming.startOn ? [{ key: 'Begins', value: dayInWords(naming.startOn) }] : []),
        ...(naming.boarding === 'day' ? [] : [{ key: 'Residential', value: BOARDING[naming.boarding] }]),
        { key: 'Decided', value: `${dayInWords(naming.decidedOn)}, ${naming.decidedBy}` },
      ]}
    />
  )
}

function Places({ placements, needed, today }: View): JSX.Element {
  const past = needed.filter(
    (one) => one.secured_on !== null && one.secured_on <= today && one.ended_why === 'secured',
  )
  return (
    <>
      <h2 class="govuk-heading-m">Placements</h2>
      {placements.length === 0 ? (
        <p class="govuk-body">None is recorded.</p>
      ) : (
        <SortableTable<Placement>
          id="placements"
          caption="Placements, the newest first"
          captionHidden
          onPhone="cards"
          rows={placements}
          columns={[
            {
              key: 'where',
              heading: 'Where',
              namesRow: true,
              cell: (one) => (
                <>
                  {one.urn ? (
                    <a class="govuk-link" href={`/staff/directory/${encodeURIComponent(one.urn)}`}>
                      {placeWords(one)}
                    </a>
                  ) : (
                    placeWords(one)
                  )}
                  {one.isOutside ? ' · out of county' : ''}
                  {one.toOn === null && one.closedOn !== null ? (
                    <>
                      <br />
                      <Tag colour="orange">
                        {one.becameName ? `Became ${one.becameName}` : `Closed ${dayInWords(one.closedOn)}`}
                      </Tag>
                    </>
                  ) : null}
                </>
              ),
            },
            { key: 'from', heading: 'From', cell: (one) => dayInWords(one.fromOn) },
            {
              key: 'to',
              heading: 'Until',
              cell: (one) =>
                one.toOn
                  ? `${dayInWords(one.toOn)}: ${(PLACE_ENDS[one.endedWhy as keyof typeof PLACE_ENDS] ?? one.endedWhy ?? '').toLowerCase()}`
                  : 'No end',
            },
            {
              key: 'how',
              heading: 'How',
              cell: (one) =>
                [
                  one.kind === 'named'
                    ? 'Named in the plan'
                    : one.kind === 'interim'
                      ? 'In the meantime'
                      : 'Where they are',
                  one.rank === 2 ? 'second beside the main one' : '',
                  BOARDING[one.boarding].toLowerCase(),
                ]
                  .filter(Boolean)
                  .join(', '),
            },
          ]}
        />
      )}
      {past.map((one) => (
        <p class="govuk-body">
          A place needed from {dayInWords(one.needed_on)} was secured after {waitWords(one, today)}, on{' '}
          {dayInWords(one.secured_on!)}.
        </p>
      ))}
    </>
  )
}

function InTheMeantime({
  interim,
  today,
}: {
  readonly interim: readonly Interim[]
  readonly today: string
}): JSX.Element | null {
  if (interim.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Education in the meantime</h2>
      <ul class="govuk-list govuk-list--bullet">
        {interim.map((one) => (
          <li>
            {INTERIM_KINDS[one.kind as InterimKind]}, {one.hours_a_week} hours a week, by {one.provider}, from{' '}
            {dayInWords(one.from_on)}
            {one.to_on ? ` until ${dayInWords(one.to_on)}: ${one.ended_why}` : ''}. Needed because:{' '}
            {one.why_needed}. {one.full_time ? 'Full-time.' : `Less than full-time because: ${one.why_less}.`}{' '}
            {one.to_on === null ? (
              one.review_on < today ? (
                <Tag colour="orange">{`Review was due ${dayInWords(one.review_on)}`}</Tag>
              ) : (
                `Looked at again by ${dayInWords(one.review_on)}.`
              )
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/cases/:id/settings',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: show,
  },
]
