import { date, shortDate } from '../../../law/index.ts'
import type { CanSee } from './queries.ts'

export interface Group {
  readonly heading: string
  readonly why: string
  readonly people: readonly string[]
}

const GROUPS: readonly {
  readonly parts: readonly string[]
  readonly heading: string
  readonly why: string
}[] = [
  {
    parts: ['family-parent', 'family-self', 'family-advocate'],
    heading: 'Family, and who speaks for you',
    why: 'We do not name other people in your family here.',
  },
  {
    parts: ['coordinator', 'stand-in'],
    heading: 'Who works on it',
    why: 'They do the work and answer you.',
  },
  {
    parts: ['on-roll', 'asked-setting', 'consulted'],
    heading: 'Schools and colleges',
    why: 'They see what they need for their part.',
  },
  {
    parts: ['adviser', 'writer'],
    heading: 'People who give advice',
    why: 'They see it until the assessment is done.',
  },
  {
    parts: ['locality', 'authority'],
    heading: 'Others at the council',
    why: 'Anyone with one of these jobs can open it. Each time is written down.',
  },
  {
    parts: ['emergency', 'audit'],
    heading: 'For a short time',
    why: 'They had to give a reason.',
  },
]

const day = (iso: string): string => shortDate(date(iso))

function personInWords({ part, name, since, until_on }: CanSee): string {
  switch (part) {
    case 'family-parent':
      return name ?? 'Another parent or carer'
    case 'family-self':
      return name ?? 'The child or young person'
    case 'family-advocate':
      return `${name ?? 'An advocate'}${until_on ? `, until ${day(until_on)}` : ''}`
    case 'on-roll':
      return `${name}, where your child is a pupil`
    case 'asked-setting':
      return `${name}, asked for advice on ${day(since!)}`
    case 'consulted':
      return `${name}, asked on ${day(since!)} if they can help`
    case 'adviser':
      return `${name}, asked on ${day(since!)}`
    case 'stand-in':
      return `${name}, until ${day(until_on!)}, while the coordinator is away`
    case 'locality':
      return `The SEND team of ${name}`
    case 'authority':
      return name ?? 'Someone at the council'
    case 'emergency':
      return `${name}, in an emergency, from ${day(since!)}`
    case 'audit':
      return `${name}, to check that the work is good, from ${day(since!)}`
    default:
      return name ?? 'Someone else'
  }
}

/** Everybody who can see the record today, by what they are to the child. Nobody is left out: a part not known is shown last. */
export function groupsOf(people: readonly CanSee[]): readonly Group[] {
  const known = new Set(GROUPS.flatMap(({ parts }) => parts))
  const groups = GROUPS.map(({ parts, heading, why }) => ({
    heading,
    why,
    // The reader first.
    people: [...new Set(people.filter(({ part }) => parts.includes(part)).map(personInWords))].toSorted(
      (a, b) => Number(b === 'You') - Number(a === 'You'),
    ),
  }))
  const rest = people.filter(({ part }) => !known.has(part)).map(personInWords)
  return [...groups, { heading: 'Others', why: '', people: rest }].filter((group) => group.people.length > 0)
}
