import type { ComponentChildren, JSX } from 'preact'
import { type Day, dayInWords, machineDay } from './day.ts'

export interface CaseHeaderProps {
  readonly name: string
  readonly reference?: string | undefined
  readonly dateOfBirth: Day
  readonly age: number
  /** "Year 5", "Reception", "Year 12". */
  readonly year?: string | undefined
  readonly setting?: string | undefined
  readonly coordinator?: string | undefined
  /** Who stands in for the coordinator today, and until when. */
  readonly deputy?: string | undefined
  /** Tags: stage, looked after, tribunal… */
  readonly tags?: ComponentChildren
  /** Things to do, as buttons or links. */
  readonly actions?: ComponentChildren
  readonly navigation?: readonly SubNavigationItem[] | undefined
}

export interface SubNavigationItem {
  readonly text: string
  readonly href: string
  readonly current?: boolean | undefined
}

/** Who this is, at the top of every page of a case. The name is the page's h1. */
export function CaseHeader(props: CaseHeaderProps): JSX.Element {
  return (
    <header class="app-case">
      <div class="app-case__top">
        <div>
          {props.reference ? <span class="govuk-caption-m">{props.reference}</span> : null}
          <h1 class="govuk-heading-l app-case__name">{props.name}</h1>
        </div>
        {props.actions ? <div class="app-case__actions">{props.actions}</div> : null}
      </div>
      {props.tags ? <p class="app-case__tags">{props.tags}</p> : null}
      <dl class="app-case__facts">
        <Fact name="Born">
          <time dateTime={machineDay(props.dateOfBirth)}>{dayInWords(props.dateOfBirth)}</time>
        </Fact>
        <Fact name="Age">{`${props.age}${props.year ? `, ${props.year}` : ''}`}</Fact>
        <Fact name="School or college">{props.setting ?? 'None recorded'}</Fact>
        <Fact name="Plan coordinator">{props.coordinator ?? 'Nobody yet'}</Fact>
        {props.deputy ? <Fact name="Deputy">{props.deputy}</Fact> : null}
      </dl>
      {props.navigation ? (
        <SubNavigation label={`Pages about ${props.name}`} items={props.navigation} />
      ) : null}
    </header>
  )
}

function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="app-case__fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The MoJ sub-navigation. */
export function SubNavigation(props: {
  readonly label: string
  readonly items: readonly SubNavigationItem[]
}): JSX.Element {
  return (
    <nav class="moj-sub-navigation app-sub-navigation" aria-label={props.label}>
      <ul class="moj-sub-navigation__list">
        {props.items.map((item) => (
          <li key={item.href} class="moj-sub-navigation__item">
            <a
              class="moj-sub-navigation__link"
              href={item.href}
              {...(item.current ? { 'aria-current': 'page' as const } : {})}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export interface WhoseMoveProps {
  /** "The council is deciding whether to assess". */
  readonly stage: string
  readonly whoseMove: string
  readonly since?: Day | undefined
  readonly late?: boolean | undefined
  /** Usually a DueDate. */
  readonly children?: ComponentChildren
}

/** Where it is, whose move it is, since when and by when. */
export function WhoseMove(props: WhoseMoveProps): JSX.Element {
  return (
    <section class={`app-move${props.late ? ' app-move--late' : ''}`} aria-labelledby="whose-move">
      <h2 class="govuk-heading-m" id="whose-move">
        {props.stage}
      </h2>
      <p class="govuk-body">
        <strong>{props.whoseMove}</strong>
        {props.since ? <>, since {dayInWords(props.since)}</> : null}
      </p>
      {props.children}
    </section>
  )
}
