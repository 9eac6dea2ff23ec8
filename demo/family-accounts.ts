import type { PlainDate } from '../src/law/index.ts'
import { compulsorySchoolAgeEnds } from '../src/record/school-age.ts'
import type { Limits } from './journeys.ts'
import { childOf, type Family, familyOf, type Tie, youngPersonOf } from './people.ts'
import type { Places } from './places.ts'
import { idFor } from './random.ts'
import type { AccountRow } from './staff.ts'
import type { Subject } from './subjects.ts'

export interface FamilyAccounts {
  readonly accounts: readonly AccountRow[]
  readonly byContact: ReadonlyMap<string, string>
}

type Story = {
  readonly title: string
  readonly fits: (subject: Subject, family: Family, ties: readonly Tie[]) => Tie | undefined
}

/** A few parents who can sign in, one for each thing worth seeing from the family's door, and one young person. */
export function familyAccounts(
  seed: string,
  subjects: readonly Subject[],
  places: Places,
  asAt: PlainDate,
  limits: Limits,
): FamilyAccounts {
  const accounts: AccountRow[] = []
  const byContact = new Map<string, string>()
  const names = new Set<string>()
  const taken = new Set<number>()
  for (const story of stories(asAt, limits)) {
    for (const subject of subjects.toReversed()) {
      if (taken.has(subject.familyNumber)) continue
      const family = familyOf(seed, subject.familyNumber, places)
      const tie = story.fits(subject, family, family.ties)
      if (!tie || names.has(tie.adult.name)) continue
      taken.add(subject.familyNumber)
      names.add(tie.adult.name)
      const id = idFor(seed, 'family account', subject.familyNumber)
      byContact.set(tie.adult.id, id)
      accounts.push({
        id,
        name: tie.adult.name,
        email: tie.adult.email ?? `family.${subject.familyNumber}@example.org`,
        door: 'family',
        role: 'parent',
        job_title: story.title,
        remit: 'relationships',
        team_id: null,
        locality_id: null,
        setting_urn: null,
      })
      break
    }
  }
  const young = youngPersonAccount(seed, subjects, places, asAt, { families: taken, names })
  if (young) {
    accounts.push(young.account)
    byContact.set(young.contactId, young.account.id)
  }
  return { accounts, byContact }
}

/** Someone past compulsory school age whose advice is being gathered, best of all at their own request: the rights are theirs. */
function youngPersonAccount(
  seed: string,
  subjects: readonly Subject[],
  places: Places,
  asAt: PlainDate,
  taken: { readonly families: ReadonlySet<number>; readonly names: ReadonlySet<string> },
): { readonly account: AccountRow; readonly contactId: string } | null {
  const worth = (subject: Subject): number => {
    const { reason } = subject
    if (reason.type !== 'request' || taken.families.has(subject.familyNumber)) return 0
    const { journey } = reason
    const isOpen = journey.outcome === 'issued' && journey.decidedOn !== null && journey.finalOn === null
    if (!isOpen || compulsorySchoolAgeEnds(subject.bornOn) >= asAt) return 0
    const age = asAt - journey.receivedOn
    return 1 + (journey.by === 'young-person' ? 2 : 0) + (age >= 60 && age <= 132 ? 4 : 0)
  }
  for (const subject of subjects.toReversed().toSorted((a, b) => worth(b) - worth(a))) {
    if (worth(subject) === 0) return null
    const family = familyOf(seed, subject.familyNumber, places)
    const child = childOf(
      seed,
      subject.number,
      family,
      { on: subject.bornOn, placeInFamily: subject.placeInFamily },
      subject.ageAtStart,
    )
    const self = youngPersonOf(seed, child, asAt)
    if (!self || taken.names.has(self.contact.name)) continue
    return {
      contactId: self.contact.id,
      account: {
        id: idFor(seed, 'young person account', subject.number),
        name: self.contact.name,
        email: self.contact.email ?? `young.person.${subject.number}@example.org`,
        door: 'family',
        role: 'young-person',
        job_title: 'Young person, advice being gathered',
        remit: 'relationships',
        team_id: null,
        locality_id: null,
        setting_urn: null,
      },
    }
  }
  return null
}

function stories(asAt: PlainDate, limits: Limits): readonly Story[] {
  const open = (subject: Subject): PlainDate | null =>
    subject.reason.type === 'request' &&
    subject.reason.journey.outcome === 'issued' &&
    subject.reason.journey.finalOn === null
      ? subject.reason.journey.receivedOn
      : null
  const isDecided = (subject: Subject): boolean =>
    subject.reason.type === 'request' && subject.reason.journey.decidedOn !== null
  const first = (ties: readonly Tie[]): Tie | undefined =>
    ties.find((tie) => tie.parentalResponsibility && tie.livesWith && tie.restrictionNote === null)
  const aged = (subject: Subject, low: number, high: number): boolean => {
    const received = open(subject)
    return received !== null && received <= asAt - low && received >= asAt - high
  }
  return [
    {
      title: 'Parent, waiting for a decision',
      fits: (one, _family, ties) =>
        aged(one, 20, limits.decisionDays) && !isDecided(one) ? first(ties) : undefined,
    },
    {
      title: 'Parent, advice being gathered',
      fits: (one, _family, ties) => (aged(one, 60, 85) && isDecided(one) ? first(ties) : undefined),
    },
    {
      title: 'Parent, draft plan to answer',
      fits: (one, _family, ties) => (aged(one, 112, 132) && isDecided(one) ? first(ties) : undefined),
    },
    {
      title: 'Parent, plan is late',
      fits: (one, _family, ties) =>
        aged(one, limits.finalDays + 5, 400) && isDecided(one) ? first(ties) : undefined,
    },
    {
      title: 'Parent with an interpreter, plan in place',
      fits: (one, family, ties) =>
        one.reason.type === 'older-plan' && family.interpreter !== null ? first(ties) : undefined,
    },
    {
      title: 'Parent of two children',
      fits: (one, _family, ties) =>
        one.placeInFamily === 1 && one.reason.type === 'request' ? first(ties) : undefined,
    },
    {
      title: 'Parent barred by a court order',
      fits: (one, _family, ties) =>
        one.reason.type === 'request' ? ties.find((tie) => tie.restrictionNote !== null) : undefined,
    },
  ]
}
