import { loadLawSettings } from '../../../db/law-settings/index.ts'
import { date } from '../../../law/index.ts'
import { type Answer, type Context, caseReaders, type Route } from '../../../platform/routes.ts'
import { dayInWords, howLong, longDayInWords, StatusTag } from '../../../ui/parts/index.ts'
import { asAtOf, findCase, judge } from '../case-page/index.ts'
import { pick, type WhyView, whyView } from './view.ts'

const access = { who: 'roles', roles: caseReaders } as const

async function show(context: Context): Promise<Answer> {
  const { id = '', rule = '', occurrence } = context.params
  if (occurrence !== undefined && !/^[1-9]\d{0,3}$/.test(occurrence)) return { missing: true }
  const asAt = asAtOf(context)
  const read = await context.read(
    `why this date: ${/^[a-z0-9-]{1,80}$/.test(rule) ? rule : 'unknown rule'}`,
    async (trx, saw) => {
      const found = await findCase(trx, id)
      if (!found) return undefined
      saw(found.file.child.id)
      return { record: found, settings: await loadLawSettings(trx, asAt ?? context.today) }
    },
  )
  if (!read) return { missing: true }
  const { record, settings } = read
  const judged = judge(record, asAt ?? context.today, settings)
  const one = pick(judged.deadlines, rule, occurrence === undefined ? null : Number(occurrence))
  if (!one) return { missing: true }
  const view = whyView({ judged, one, kind: record.kind, processId: id, today: date(asAt ?? context.today) })
  const query = asAt ? `?asAt=${asAt}` : ''
  const { file } = record
  return {
    page: {
      title: `Why this date? ${view.title}`,
      wide: true,
      backLink: { href: `/staff/cases/${id}/dates${query}`, text: 'All dates of the case' },
      main: <Why view={view} caption={`${file.child.name} · ${file.process.reference}`} asAt={asAt} />,
    },
  }
}

function Why({
  view,
  caption,
  asAt,
}: {
  readonly view: WhyView
  readonly caption: string
  readonly asAt: string | null
}) {
  return (
    <>
      {asAt ? <div class="govuk-inset-text">As it was known on {dayInWords(asAt)}.</div> : null}
      <span class="govuk-caption-l">{caption}</span>
      <h1 class="govuk-heading-l">
        Why this date? <span class="govuk-!-font-weight-regular">{view.title}</span>
      </h1>
      <div class="app-columns">
        <div>
          <p class="govuk-body">
            <StatusTag status={view.deadline.status} /> {view.kind}
          </p>
          <div class={`app-due app-due--${view.deadline.status.replaceAll('_', '-')}`}>
            <p class="app-due__date">
              {view.deadline.dueOn === null ? 'No fixed date' : longDayInWords(view.deadline.dueOn)}
            </p>
            <p class="app-due__line">
              <strong>{howLong(view.deadline)}</strong>
            </p>
            {view.deadline.doneOn === null ? <p class="app-due__line">Who must act: {view.who}</p> : null}
          </div>
          <h2 class="govuk-heading-m" id="because">
            How it is worked out
          </h2>
          <dl class="govuk-summary-list">
            {view.steps.map((step) => (
              <div key={step.heading} class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{step.heading}</dt>
                <dd class="govuk-summary-list__value">
                  {step.lines.map((line) => (
                    <p key={line} class="govuk-body">
                      {line}
                    </p>
                  ))}
                  {step.link ? (
                    <p class="govuk-body">
                      <a class="govuk-link" href={step.link.href}>
                        {step.link.text}
                      </a>
                    </p>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
          {view.readings.length > 0 ? <h2 class="govuk-heading-m">Where the law is unclear</h2> : null}
          {view.readings.map((reading) => (
            <section key={reading.ref} class="govuk-inset-text">
              <h3 class="govuk-heading-s">
                {reading.title} ({reading.ref})
              </h3>
              <p class="govuk-body">
                {reading.used === 'A' ? <strong>Reading A (used here): </strong> : 'Reading A: '}
                {reading.a}.
              </p>
              <p class="govuk-body">
                {reading.used === 'B' ? <strong>Reading B (used here): </strong> : 'Reading B: '}
                {reading.b}.
              </p>
              <p class="govuk-body">{reading.effect}</p>
            </section>
          ))}
          {view.whatIf.length > 0 ? (
            <>
              <h2 class="govuk-heading-m">What would happen if…</h2>
              <ul class="govuk-list govuk-list--bullet">
                {view.whatIf.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
        <aside aria-labelledby="family-words">
          <h2 class="govuk-heading-m" id="family-words">
            What the family is told
          </h2>
          <div class="govuk-inset-text govuk-!-margin-top-0">
            {view.family.map((line) => (
              <p key={line} class="govuk-body">
                {line}
              </p>
            ))}
          </div>
          <details class="govuk-details">
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">The same for staff, to copy</span>
            </summary>
            <div class="govuk-details__text">
              {view.staff.map((line) => (
                <p key={line} class="govuk-body">
                  {line}
                </p>
              ))}
            </div>
          </details>
        </aside>
      </div>
    </>
  )
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/cases/:id/why/:rule/:occurrence', access, touches: 'children', handle: show },
  // Lists name the rule alone: the page is about its first open limit.
  { method: 'GET', url: '/staff/cases/:id/why/:rule', access, touches: 'children', handle: show },
]
