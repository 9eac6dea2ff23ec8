import type { JSX } from 'preact'
import { date, shortDate } from '../../../law/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { childPages } from './page.tsx'
import type { TrackerView } from './view.ts'

/** A heading and its lines: one idea a line. */
export interface EasyPart {
  readonly heading: string
  readonly lines: readonly string[]
}

/** What the page says in easy words, for the young person, or to read together. */
export function easyParts(view: TrackerView): readonly EasyPart[] {
  const process = view.processes[0]
  const me = view.isOwn
  if (!process)
    return [
      {
        heading: 'What is happening?',
        lines: ['Nothing is happening now.', 'If you need more help, tell someone you trust.'],
      },
    ]
  const council = process.coordinator?.name
  return [
    { heading: 'What is happening?', lines: easyStage(process.where) },
    ...(process.late.length > 0
      ? [
          {
            heading: 'Is it late?',
            lines: ['Yes. It is late.', 'We are sorry.', 'You can ask us why.', 'You can complain.'],
          },
        ]
      : []),
    {
      heading: 'Who is doing something?',
      lines:
        process.moves.length === 0
          ? ['Nobody needs to do anything now.']
          : process.moves.map((move) =>
              move.byYou
                ? move.what.startsWith('if ')
                  ? `You can act, ${move.what}.`
                  : `${me ? 'You' : 'You and your family'}. The job is ${move.what}.`
                : `${move.who.replace(/, for the council$/, '')}. Their job is ${move.what}.`,
            ),
    },
    ...(process.line && !process.isOver
      ? [
          {
            heading: 'When will it be done?',
            lines: [
              process.week ? `It is now ${process.week.replace(/^Week/, 'week')}.` : '',
              lastDayOf(view),
            ].filter(Boolean),
          },
        ]
      : []),
    {
      heading: 'What can I do?',
      lines: [
        ...(process.isInForce ? ['You can tell us if the help is not happening.'] : []),
        'You can tell us what you like.',
        'You can tell us what is hard.',
        'You can tell us what you want to do later.',
        'You can ask someone to help you say it.',
      ],
    },
    {
      heading: 'Who can I ask?',
      lines: [
        council ? `You can ask ${council}.` : 'You can ask the SEND team.',
        ...(process.deputy ? [`You can ask ${process.deputy.name} too.`] : []),
        `They must answer in ${view.promiseDays} working ${view.promiseDays === 1 ? 'day' : 'days'}.`,
        ...(view.office.phone ? [`The phone number is ${view.office.phone}.`] : []),
      ],
    },
  ]
}

const easyStage = (where: string): readonly string[] =>
  where.split(/(?<=[.?!])\s+/).flatMap((sentence) => sentence.split(/(?<=,) and (?=how)/))

function lastDayOf(view: TrackerView): string {
  // Week 20, or the later day of a plan that an appeal led to.
  const mark = view.processes[0]?.line?.marks.find(({ week }) => week >= 20)
  if (!mark) return ''
  const due = typeof mark.dueOn === 'string' ? date(mark.dueOn) : mark.dueOn
  return due < date(view.today)
    ? `It had to be done by ${shortDate(due)}.`
    : `It must be done by ${shortDate(due)}.`
}

/** Short sentences, one idea a line. The button that reads aloud is shown by the script, where the browser can. */
export function EasyPage({ view }: { readonly view: TrackerView }): JSX.Element {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds app-easy">
        <h1 class="govuk-heading-xl">{view.isOwn ? 'My page' : `${view.child.name}: in easy words`}</h1>
        <p class="govuk-body-l">Today is {dayInWords(view.today)}.</p>
        <p>
          <button type="button" class="govuk-button govuk-button--secondary" data-read-aloud="easy" hidden>
            Read it to me
          </button>
        </p>
        <div id="easy">
          {easyParts(view).map((part) => (
            <section key={part.heading}>
              <h2 class="govuk-heading-l">{part.heading}</h2>
              {part.lines.map((line) => (
                <p key={line} class="govuk-body-l">
                  {line}
                </p>
              ))}
            </section>
          ))}
        </div>
        {view.processes.some((process) => process.isInForce) && (
          <>
            <p class="govuk-body-l">
              <a class="govuk-link" href={childPages(view.child.id).myPlan}>
                {view.isOwn ? 'My plan' : 'The plan'}, on one easy page
              </a>
            </p>
            <p class="govuk-body-l">
              <a class="govuk-link" href={childPages(view.child.id).provision}>
                Is the help happening?
              </a>
            </p>
          </>
        )}
        <p class="govuk-body-l">
          <a class="govuk-link" href="/family/tell-us">
            Tell us now
          </a>
        </p>
        <p class="govuk-body-l">
          <a class="govuk-link" href={childPages(view.child.id).whole}>
            See more, with every date
          </a>
        </p>
        <p class="govuk-body-l">
          <a class="govuk-link" href={childPages(view.child.id).whoCanSee}>
            Who can see {view.isOwn ? 'my' : 'this'} record
          </a>
        </p>
      </div>
    </div>
  )
}
