import type { ComponentChildren } from 'preact'
import { loadHistory, standingFacts } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { type Deadline, date, explain, type PlainDate, shortDate } from '../../../law/index.ts'
import type { Answer, Route } from '../../../platform/routes.ts'
import { deadlinesOfProcess, type ProcessKind } from '../../../record/process-summary.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import { findOffice, HowToReachUs } from './office.tsx'
import { whatIsOpen, whoseMove } from './view.ts'

/** The stage in a family's words, and whose move it is. */
const STAGE_WORDS: Readonly<Record<AssessmentStage, { readonly words: string; readonly move: string }>> = {
  'deciding-whether-to-assess': { words: 'The council is deciding whether to assess.', move: 'The council' },
  'gathering-advice': {
    words: 'The council said yes. It has asked people who know about your child for advice.',
    move: 'The people asked for advice, and the council',
  },
  'deciding-whether-to-issue': {
    words: 'All the advice is in. The council is deciding whether to make a plan.',
    move: 'The council',
  },
  drafting: { words: 'The council is writing a draft plan.', move: 'The council' },
  'with-family': {
    words: 'You have the draft plan. You have at least 15 days to say what you think.',
    move: 'You',
  },
  finalising: { words: 'The council is finishing the plan.', move: 'The council' },
  'plan-issued': { words: 'The final plan has been sent.', move: 'Nobody: this part is done' },
  'not-assessed': {
    words: 'The council decided not to assess. Your letter says how you can challenge this.',
    move: 'You, if you want to challenge it',
  },
  'no-plan': {
    words: 'The council decided not to make a plan. Your letter says how you can challenge this.',
    move: 'You, if you want to challenge it',
  },
  withdrawn: { words: 'The request was withdrawn.', move: 'Nobody' },
  closed: { words: 'The assessment was closed.', move: 'Nobody' },
}

interface Shown {
  readonly reference: string
  readonly kind: ProcessKind
  readonly state: string
  readonly coordinator: string | null
  readonly deadlines: readonly Deadline[]
}
interface ShownChild {
  readonly name: string
  readonly processes: readonly Shown[]
}

async function findMyChildren(trx: Trx, today: PlainDate, saw: (id: string) => void): Promise<ShownChild[]> {
  const children = await trx
    .selectFrom('child')
    .select(['id', 'given_name', 'family_name', 'known_as'])
    .orderBy('date_of_birth')
    .execute()
  const shown: ShownChild[] = []
  for (const child of children) {
    saw(child.id)
    const facts = standingFacts(await loadHistory(trx, child.id))
    const processes = await trx
      .selectFrom('process')
      .leftJoin('account', 'account.id', 'process.assigned_to')
      .select(['process.id', 'reference', 'kind', 'state', 'closed_on', 'account.name as coordinator'])
      .where('child_id', '=', child.id)
      .where('kind', 'in', ['assessment', 'plan'])
      .orderBy('opened_on', 'desc')
      .execute()
    shown.push({
      name: `${child.known_as ?? child.given_name} ${child.family_name}`,
      processes: processes.map((process) => ({
        reference: process.reference,
        kind: process.kind as ProcessKind,
        state: process.state,
        coordinator: process.coordinator,
        deadlines: deadlinesOfProcess(process.kind as ProcessKind, process.id, facts, today),
      })),
    })
  }
  return shown
}

/** The family's door: for each of their children, where things are, whose move it is, and each date with its reason. */
const whereThingsAre: Route = {
  method: 'GET',
  url: '/family',
  access: { who: 'roles', roles: ['parent', 'young-person'] },
  touches: 'children',
  handle: async (context): Promise<Answer> => {
    const today = date(context.today)
    const { children, office } = await context.read('family: where things are', async (trx, saw) => ({
      children: await findMyChildren(trx, today, saw),
      office: await findOffice(trx, context.today),
    }))
    return {
      page: {
        title: 'Where things are',
        main: (
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              <h1 class="govuk-heading-xl">Where things are</h1>
              {children.length === 0 && (
                <p class="govuk-body">
                  We are not showing any child on your account. If you think that is wrong, ask the council to
                  check who has parental responsibility.
                </p>
              )}
              {children.map((child) => (
                <>
                  <h2 class="govuk-heading-l">{child.name}</h2>
                  {child.processes.length === 0 && <p class="govuk-body">Nothing is under way.</p>}
                  {child.processes.map((process) => (
                    <OneProcess process={process} today={today} />
                  ))}
                </>
              ))}
              <HowToReachUs office={office} />
            </div>
          </div>
        ),
      },
    }
  },
}

function OneProcess({ process, today }: { readonly process: Shown; readonly today: PlainDate }) {
  const words = process.kind === 'assessment' ? STAGE_WORDS[process.state as AssessmentStage] : undefined
  const { dates, next, yours, isLate } = whatIsOpen(process.deadlines, today)
  return (
    <section class="govuk-!-margin-bottom-8">
      <h3 class="govuk-heading-m">
        {process.kind === 'assessment' ? 'Assessment' : 'Plan'}{' '}
        <span class="govuk-caption-m">{process.reference}</span>
      </h3>
      <p class="govuk-body-l">
        {words?.words ?? (process.state === 'ceased' ? 'This plan has ended.' : 'A plan is in place.')}
      </p>
      <dl class="govuk-summary-list">
        {words && <Row name="Whose move is it?" value={whoseMove(words.move, yours)} />}
        {yours.length > 0 && (
          <Row
            name="What you can do"
            value={yours.map((sentence) => <p class="govuk-body govuk-!-margin-bottom-2">{sentence}</p>)}
          />
        )}
        {next && (
          <Row
            name="What happens next"
            value={`${explain(next, 'family')[0] ?? next.title}${next.dueOn! < today ? ' We are sorry.' : ''}`}
          />
        )}
        <Row name="Your coordinator" value={process.coordinator ?? 'Nobody yet. Ask the SEND team.'} />
      </dl>
      {dates.length > 0 && (
        <GovukDetails summaryText={`Every date, and why (${process.reference})`}>
          {dates.map((deadline) => (
            <div class="govuk-!-margin-bottom-4">
              <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
                {shortDate(deadline.dueOn!)}
                {deadline.about === null ? '' : `: ${deadline.about}`}
              </p>
              {explain(deadline, 'family').map((sentence) => (
                <p class="govuk-body govuk-!-margin-bottom-1">{sentence}</p>
              ))}
              <p class="govuk-body-s">{deadline.citation}</p>
            </div>
          ))}
        </GovukDetails>
      )}
      {isLate && (
        <GovukInsetText>
          When the council is late you can complain to it. If you are not happy with the answer, you can go to
          the{' '}
          <a class="govuk-link" href="https://www.lgo.org.uk/make-a-complaint">
            Local Government and Social Care Ombudsman
          </a>
          .
        </GovukInsetText>
      )}
    </section>
  )
}

const Row = ({ name, value }: { readonly name: string; readonly value: ComponentChildren }) => (
  <div class="govuk-summary-list__row">
    <dt class="govuk-summary-list__key">{name}</dt>
    <dd class="govuk-summary-list__value">{value}</dd>
  </div>
)

export const routes: readonly Route[] = [whereThingsAre]
