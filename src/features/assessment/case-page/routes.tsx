import type { JSX } from 'preact'
import { loadLawSettings } from '../../../db/law-settings/index.ts'
import { date, parseDate, shortDate } from '../../../law/index.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { SettingAnswers } from '../../setting/answer-a-consultation/index.ts'
import { SchoolAdvicePanel } from '../../setting/give-school-advice/index.ts'
import { findDeputy } from '../../team/stand-in/index.ts'
import { CaseFrame } from './frame.tsx'
import { twentyWeekLine } from './line.ts'
import { ActionBar, Overview } from './overview.tsx'
import { PlanOverview } from './plan.tsx'
import { findCase } from './queries.ts'
import { Advice, Dates, History, Letters, People } from './tabs.tsx'
import { headView, overviewView, type Prepared, prepare, TABS, type Tab } from './view.ts'

const access = { who: 'roles', roles: caseReaders } as const
const ASSESSMENT_TABS: readonly Tab[] = ['overview', 'dates', 'advice', 'timeline', 'letters', 'people']
const PLAN_TABS: readonly Tab[] = ['overview', 'dates', 'timeline', 'letters', 'people']

/** A past day to see the case as at; today, the future and what is no date are today. */
export const asAtOf = (context: Context): string | null => {
  const given = context.query['asAt']
  return given && parseDate(given) !== null && given < context.today ? given : null
}

const BODIES: Readonly<
  Record<Exclude<Tab, 'overview'>, (props: { readonly prepared: Prepared }) => JSX.Element>
> = { dates: Dates, advice: Advice, timeline: History, letters: Letters, people: People }

async function show(context: Context, tab: Tab): Promise<Answer> {
  const asAt = asAtOf(context)
  const read = await context.read(`case: ${tab}${asAt ? `, as at ${asAt}` : ''}`, async (trx, saw) => {
    const found = await findCase(trx, context.params['id'] ?? '')
    if (!found) return undefined
    saw(found.file.child.id)
    return {
      record: found,
      settings: await loadLawSettings(trx, asAt ?? context.today),
      deputy: await findDeputy(trx, found.file.process.assignedTo?.id ?? null, asAt ?? context.today),
    }
  })
  if (!read) return { missing: true }
  const { record, settings } = read
  if (record.kind === 'plan' && tab === 'advice') return { missing: true }
  const prepared = prepare(
    record,
    settings,
    context.today,
    asAt,
    caseworkers.includes(viewerOf(context).role),
  )
  const head = {
    ...headView(prepared),
    deputy: read.deputy && `${read.deputy.name}, until ${shortDate(date(read.deputy.until))}`,
  }
  const Body = tab === 'overview' ? null : BODIES[tab]
  const overview = tab === 'overview' && record.kind === 'assessment' ? overviewView(prepared) : null
  const main = (
    <CaseFrame
      head={head}
      current={tab}
      tabs={record.kind === 'plan' ? PLAN_TABS : ASSESSMENT_TABS}
      actions={overview ? <ActionBar actions={overview.actions} /> : undefined}
    >
      {Body ? (
        <>
          <Body prepared={prepared} />
          {tab === 'advice' ? (
            <>
              <SchoolAdvicePanel advice={record.schoolAdvice} />
              <SettingAnswers answers={record.settingAnswers} />
            </>
          ) : null}
        </>
      ) : !overview ? (
        <PlanOverview head={head} prepared={prepared} />
      ) : (
        <Overview
          head={head}
          view={overview}
          line={twentyWeekLine(prepared.judged)}
          others={record.others}
          today={context.today}
        />
      )}
    </CaseFrame>
  )
  return {
    page: {
      title:
        tab === 'overview'
          ? `${head.name}, ${head.reference}`
          : `${TABS[tab]}: ${head.name}, ${head.reference}`,
      main,
      wide: true,
    },
  }
}

const page = (tab: Tab): Route => ({
  method: 'GET',
  url: `/staff/cases/:id${tab === 'overview' ? '' : `/${tab}`}`,
  access,
  touches: 'children',
  handle: (context) => show(context, tab),
})

export const routes: readonly Route[] = ASSESSMENT_TABS.map(page)
