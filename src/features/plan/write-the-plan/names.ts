import {
  inSection,
  type PlanPart,
  type PlanPartKind,
  type PlanSection,
  sourcesOf,
} from '../../../record/plan/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { isDay, slotTitle } from './schemas.ts'

/** How people cite a part while it is being written: B2 is the second need, F3 the third line of provision. */
export function labelsOf(parts: readonly PlanPart[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const counted = new Map<PlanSection, number>()
  for (const section of new Set(parts.map((part) => part.section)))
    for (const part of inSection(parts, section)) {
      if (part.kind === 'text' || part.kind === 'placement' || part.kind === 'budget') continue
      const number = (counted.get(section) ?? 0) + 1
      counted.set(section, number)
      labels.set(
        part.partId,
        section === 'H1' || section === 'H2' ? `${section}.${number}` : `${section}${number}`,
      )
    }
  return labels
}

const KIND_NAMES: Readonly<Record<Exclude<PlanPartKind, 'text'>, string>> = {
  need: 'need',
  outcome: 'outcome',
  provision: 'line of provision',
  placement: 'placement',
  budget: 'personal budget',
  appendix: 'piece of advice',
}

/** What the page of a part is called. */
export function titleOf(
  kind: PlanPartKind,
  section: PlanSection,
  slot: string | null,
  isNew: boolean,
): string {
  if (kind === 'text') return slotTitle(section, slot)
  if (kind === 'budget') return 'Personal budget'
  const name = KIND_NAMES[kind]
  return isNew ? `Add ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}` : `Change this ${name}`
}

export const KIND_HEADINGS = {
  need: 'Need',
  outcome: 'Outcome',
  provision: 'Provision',
  placement: 'Placement',
  budget: 'Personal budget',
  appendix: 'Advice',
} as const

/** What a part holds, as the form's starting values: days as people read them, and typed sources as they are typed. */
export function startOf(part: PlanPart | undefined): Readonly<Record<string, string | readonly string[]>> {
  if (part === undefined) return {}
  const start: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(part.content as unknown as Record<string, unknown>)) {
    if (name === 'sources') continue
    if (name === 'yearlyPence') start[name] = value === null ? '' : (Number(value) / 100).toFixed(2)
    else if (typeof value === 'string') start[name] = isDay(value) ? dayInWords(value) : value
    else if (typeof value === 'number') start[name] = String(value)
    else if (typeof value === 'boolean') start[name] = value ? 'yes' : ''
    else if (Array.isArray(value)) start[name] = value as readonly string[]
  }
  start['typedSources'] = sourcesOf(part)
    .filter((one) => one.advicePartId === undefined)
    .map((one) =>
      [one.cite, one.page ? `page ${one.page}` : '', one.paragraph ? `paragraph ${one.paragraph}` : '']
        .filter(Boolean)
        .join('; '),
    )
    .join('\n')
  return start
}
