/** For a family: which schools or colleges were asked, by when each should answer, and what is arranged in the meantime. */
import { sql } from 'kysely'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { date } from '../../../law/index.ts'
import { type Answer, type Context, familyRoles, type Route } from '../../../platform/routes.ts'
import { dayInWords, Tag } from '../../../ui/parts/index.ts'
import { findMyChildren } from '../../family/see-where-things-are/index.ts'
import { findInterim, type Interim } from '../arrange-in-the-meantime/index.tsx'

interface AskedForFamily {
  readonly id: string
  readonly name: string
  readonly asked_on: string
  readonly due_on: string
  readonly replied_on: string | null
  readonly is_over: boolean
}

/** What a family reads of the asking: who, when, by when, and whether it answered. What it answered comes with the decision. */
async function findAskedForFamily(trx: Trx, childId: string): Promise<readonly AskedForFamily[]> {
  const { rows } = await sql<AskedForFamily>`
    select e.id, coalesce(s.name, e.payload->>'settingName', 'A school or college') as name, e.happened_on as asked_on,
      coalesce(d.due_on, coalesce((e.payload->>'receivedOn')::date, e.happened_on) + 15) as due_on,
      (select max(r.happened_on) from case_event r where r.kind = 'setting_replied' and r.process_id = e.process_id
        and r.payload->>'setting' = e.payload->>'setting' and r.happened_on >= e.happened_on
        and not exists (select from case_event t where t.supersedes = r.id)) as replied_on,
      p.closed_on is not null as is_over
    from case_event e join process p on p.id = e.process_id
      left join setting s on s.urn = e.payload->>'setting'
      left join deadline d on d.start_event = e.id and d.rule = 'setting-consultation-response'
    where e.child_id = ${childId} and e.kind = 'setting_consulted' and not exists (select from case_event t where t.supersedes = e.id)
    order by e.happened_on desc, name`.execute(trx)
  return rows
}

const KINDS: Readonly<Record<string, string>> = {
  'home-tuition': 'Teaching at home',
  online: 'Teaching online',
  hospital: 'Teaching in hospital',
  'alternative-provision': 'Teaching at another place',
  'part-time-school': 'Part of the week at school',
  package: 'A mix of teaching',
  other: 'Other teaching',
}

async function show(context: Context): Promise<Answer> {
  const { today } = context
  const read = await context.read('family: schools asked', async (trx, saw) => {
    const child = (await findMyChildren(trx)).find(({ id }) => id === context.params['child'])
    if (!child) return undefined
    saw(child.id)
    return {
      child,
      asked: await findAskedForFamily(trx, child.id),
      interim: (await findInterim(trx, child.id)).filter((one) => one.to_on === null || one.to_on > today),
    }
  })
  if (!read) return { missing: true }
  const { child, asked, interim } = read
  return {
    page: {
      title: 'Schools and colleges we asked',
      backLink: { href: `/family/children/${child.id}`, text: 'Where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">{child.name}</span>
            <h1 class="govuk-heading-l">Schools and colleges we asked</h1>
            {asked.length === 0 ? (
              <p class="govuk-body">
                We have not asked any yet. You will see each one here as soon as we do.
              </p>
            ) : (
              <>
                <p class="govuk-body">
                  We must ask a school or college before we name it in a plan. We ask each to answer in 15
                  days. We make the choice. A school cannot make it for us.
                </p>
                {asked.map((one) => (
                  <One key={one.id} one={one} today={today} />
                ))}
                <p class="govuk-body">
                  If we do not name the one you asked for, we must tell you why. You can appeal against it.
                </p>
              </>
            )}
            {interim.length > 0 ? <Meanwhile interim={interim} /> : null}
            <p class="govuk-body">
              <a class="govuk-link" href="/family/tell-us">
                Tell us something
              </a>
            </p>
          </div>
        </div>
      ),
    },
  }
}

function One({ one, today }: { readonly one: AskedForFamily; readonly today: string }): JSX.Element {
  const isLate = one.replied_on === null && !one.is_over && one.due_on < today
  const late = date(today) - date(one.due_on)
  return (
    <div class={`app-move${isLate ? ' app-move--late' : ''}`}>
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1">{one.name}</h2>
      <p class="govuk-body">
        We asked on {dayInWords(one.asked_on)}.{' '}
        {one.replied_on ? (
          `It answered on ${dayInWords(one.replied_on)}.`
        ) : one.is_over ? (
          'We no longer wait for an answer.'
        ) : isLate ? (
          <>
            <Tag colour="red">Late</Tag> Its answer was due on {dayInWords(one.due_on)}, {late}{' '}
            {late === 1 ? 'day' : 'days'} ago. We are asking again.
          </>
        ) : (
          `Its answer is due by ${dayInWords(one.due_on)}.`
        )}
      </p>
    </div>
  )
}

function Meanwhile({ interim }: { readonly interim: readonly Interim[] }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">Until there is a place</h2>
      {interim.map((one) => (
        <p key={one.id} class="govuk-body">
          {KINDS[one.kind] ?? 'Teaching'}, {one.hours_a_week} {one.hours_a_week === 1 ? 'hour' : 'hours'} a
          week, from {dayInWords(one.from_on)}. {one.provider} gives it. We will look at it again by{' '}
          {dayInWords(one.review_on)}.
        </p>
      ))}
      <p class="govuk-body">If this is not happening, tell us. We must put it right.</p>
    </>
  )
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/family/children/:child/schools-asked',
    access: { who: 'roles', roles: familyRoles },
    touches: 'children',
    handle: show,
  },
]
