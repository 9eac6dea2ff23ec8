import type { JSX } from 'preact'
import { DEADLINE_STATUS_LABELS, type DeadlineStatus } from '../../law/index.ts'

const colours = {
  not_started: 'grey',
  running: 'blue',
  due_soon: 'yellow',
  overdue: 'red',
  met: 'green',
  missed: 'orange',
  met_late_limit_lifted: 'purple',
  lapsed: 'grey',
} as const satisfies Record<DeadlineStatus, TagColour>

export type TagColour =
  | 'grey'
  | 'green'
  | 'turquoise'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'red'
  | 'orange'
  | 'yellow'

/** A tag drawn plainly, for rows of long lists. The words carry the meaning; the colour only helps. */
export function Tag({
  colour,
  children,
}: {
  readonly colour: TagColour
  readonly children: string
}): JSX.Element {
  return <strong class={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
}

/** Where a deadline stands. `label` replaces the usual words. */
export function StatusTag(props: {
  readonly status: DeadlineStatus
  readonly label?: string | undefined
}): JSX.Element {
  return <Tag colour={colours[props.status]}>{props.label ?? DEADLINE_STATUS_LABELS[props.status]}</Tag>
}
