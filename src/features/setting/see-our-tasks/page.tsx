import type { JSX } from 'preact'
import { DueInRow, EmptyState, SortableTable, Tag } from '../../../ui/parts/index.ts'
import { type OurSetting, WhyThisDate } from '../the-setting/index.ts'
import { TASK_KINDS, type Task, type TaskKind } from './tasks.ts'

/** What to do, soonest first: each with its date, how long, who asked and why that date. */
export function TasksPage(props: {
  readonly name: string
  readonly settings: readonly OurSetting[]
  readonly tasks: readonly Task[]
  readonly only: TaskKind | null
}): JSX.Element {
  const { settings, tasks, only } = props
  const shown = only === null ? tasks : tasks.filter((task) => task.kind === only)
  const late = tasks.filter((task) => task.when.isLate && task.kind !== 'answer').length
  return (
    <>
      <span class="govuk-caption-xl">{settings.map((one) => one.name).join(', ')}</span>
      <h1 class="govuk-heading-xl">Our tasks</h1>
      {settings.length === 0 ? (
        <EmptyState title="You are not shown as working anywhere today">
          Ask the head or SENCO of your school, college or nursery to add you, or the council’s SEND team.
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body-l">
            {tasks.length === 0
              ? 'Nothing is asked of you today.'
              : `${tasks.length} ${tasks.length === 1 ? 'thing' : 'things'} to do${late > 0 ? `, ${late} late` : ''}.`}
          </p>
          <Kinds tasks={tasks} only={only} />
          {shown.length === 0 ? (
            <EmptyState
              title="Nothing to do here"
              action={{ text: 'See our pupils', href: '/setting/pupils' }}
            >
              When the council asks your advice, consults you or answers a question, it appears here with its
              date.
            </EmptyState>
          ) : (
            <SortableTable<Task>
              id="tasks"
              caption={only === null ? 'Soonest first' : TASK_KINDS[only]}
              rows={shown}
              onPhone="cards"
              columns={[
                {
                  key: 'what',
                  heading: 'What to do',
                  namesRow: true,
                  cell: (task) => (
                    <a class="govuk-link" href={task.href}>
                      {task.what}
                    </a>
                  ),
                },
                {
                  key: 'child',
                  heading: 'Child',
                  cell: (task) => (
                    <>
                      {task.childName}
                      {settings.length > 1 ? (
                        <>
                          <br />
                          <span class="app-how-long">{task.settingName}</span>
                        </>
                      ) : null}
                    </>
                  ),
                },
                {
                  key: 'due',
                  heading: 'By when',
                  cell: (task) =>
                    task.kind === 'answer' ? (
                      <Tag colour="green">Answered</Tag>
                    ) : (
                      <DueInRow deadline={task.when.deadline} />
                    ),
                },
                { key: 'who', heading: 'Who asked', cell: (task) => task.whoAsked },
                {
                  key: 'why',
                  heading: 'Why',
                  cell: (task) => (
                    <WhyThisDate about={`${task.what}, ${task.childName}`}>{task.why}</WhyThisDate>
                  ),
                },
              ]}
            />
          )}
        </>
      )}
    </>
  )
}

function Kinds({
  tasks,
  only,
}: {
  readonly tasks: readonly Task[]
  readonly only: TaskKind | null
}): JSX.Element {
  const count = (kind: TaskKind): number => tasks.filter((task) => task.kind === kind).length
  return (
    <nav aria-label="Kinds of task">
      <ul class="govuk-list app-case__actions">
        <li>
          <a
            class="govuk-link"
            href="/setting"
            {...(only === null ? { 'aria-current': 'page' as const } : {})}
          >
            All ({tasks.length})
          </a>
        </li>
        {(Object.keys(TASK_KINDS) as TaskKind[]).map((kind) => (
          <li key={kind}>
            <a
              class="govuk-link"
              href={`/setting?kind=${kind}`}
              {...(only === kind ? { 'aria-current': 'page' as const } : {})}
            >
              {TASK_KINDS[kind]} ({count(kind)})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
