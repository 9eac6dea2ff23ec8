import type { Database } from '../../../db/connection.ts'
import { makeStoryAuthority, STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import type { MessageToQueue } from '../queue-message.ts'

const id = (n: number): string => `00000000-0000-4000-8000-0000000007${String(n).padStart(2, '0')}`

/** Names no wording holds: wherever one appears, a child was named. */
export const CANARIES = [
  'Zebedee',
  'Quillfeather',
  'Zeb',
  'Octavia',
  'Peregrine',
  'Underbough',
  'Mary-Jane',
] as const

export const FAMILY = {
  child: id(1),
  sibling: id(2),
  strangersChild: id(3),
  process: id(4),
  strangersProcess: id(5),
  /** The mother, with an account: Paula Marsh of the story. */
  mother: id(11),
  /** Barred by a court order. */
  barred: id(12),
  /** Had responsibility until last year. */
  former: id(13),
  /** Named on the record, without responsibility. */
  grandmother: id(14),
  /** The father: a mobile number and no email. */
  father: id(15),
  /** A parent of the other family. */
  stranger: id(16),
  /** Only an address on paper. */
  byPost: id(17),
} as const

export const MOTHERS_EMAIL = 'paula@family.invalid'

/** The invented authority with one family whose people are every kind of recipient, and a family they do not know. */
export async function makeFamily(owner: Database, today: string): Promise<void> {
  await makeStoryAuthority(owner, today)
  const child = { date_of_birth: '2016-05-01', sex: 'F', registered_on: '2026-01-05', locality_id: 'north' }
  await owner
    .insertInto('child')
    .values([
      {
        ...child,
        id: FAMILY.child,
        reference: 'C-701',
        given_name: 'Zebedee',
        family_name: 'Quillfeather',
        known_as: 'Zeb',
        name_key: 'zebedee quillfeather',
      },
      {
        ...child,
        id: FAMILY.sibling,
        reference: 'C-702',
        given_name: 'Octavia',
        family_name: 'Quillfeather',
        known_as: null,
        name_key: 'octavia quillfeather',
      },
      {
        ...child,
        id: FAMILY.strangersChild,
        reference: 'C-703',
        given_name: 'Peregrine',
        family_name: 'Underbough',
        known_as: 'Mary-Jane',
        name_key: 'peregrine underbough',
      },
    ])
    .execute()
  const contact = {
    email: null,
    phone: null,
    address_line: null,
    town: null,
    postcode: null,
    account_id: null,
    prefers: 'email',
  }
  const address = { address_line: '1 Harbour Lane', town: 'Storyport', postcode: 'DT1 1AA' }
  await owner
    .insertInto('contact')
    .values([
      {
        ...contact,
        ...address,
        id: FAMILY.mother,
        name: 'Paula Marsh',
        email: MOTHERS_EMAIL,
        phone: '07700 900123',
        account_id: STORY_PEOPLE.parent.id,
      },
      { ...contact, ...address, id: FAMILY.barred, name: 'Barry Barred', email: 'barry@family.invalid' },
      { ...contact, ...address, id: FAMILY.former, name: 'Fergus Former', email: 'fergus@family.invalid' },
      { ...contact, ...address, id: FAMILY.grandmother, name: 'Greta Gran', email: 'greta@family.invalid' },
      { ...contact, id: FAMILY.father, name: 'Phil Phone', phone: '07700 900456', prefers: 'phone' },
      { ...contact, id: FAMILY.stranger, name: 'Una Underbough', email: 'una@family.invalid' },
      { ...contact, ...address, id: FAMILY.byPost, name: 'Petra Post', prefers: 'letter' },
    ])
    .execute()
  const tie = {
    child_id: FAMILY.child,
    relationship: 'parent',
    parental_responsibility: true,
    restricted: false,
    restriction_note: null,
    from_on: '2016-05-01',
    to_on: null,
  }
  await owner
    .insertInto('child_contact')
    .values([
      { ...tie, contact_id: FAMILY.mother },
      { ...tie, contact_id: FAMILY.mother, child_id: FAMILY.sibling },
      { ...tie, contact_id: FAMILY.barred, restricted: true, restriction_note: 'court order' },
      { ...tie, contact_id: FAMILY.former, to_on: '2026-01-01' },
      { ...tie, contact_id: FAMILY.grandmother, relationship: 'grandparent', parental_responsibility: false },
      { ...tie, contact_id: FAMILY.father },
      { ...tie, contact_id: FAMILY.byPost },
      { ...tie, contact_id: FAMILY.stranger, child_id: FAMILY.strangersChild },
    ])
    .execute()
  const process = { kind: 'assessment', state: 'gathering-advice', opened_on: '2026-09-01' }
  await owner
    .insertInto('process')
    .values([
      {
        ...process,
        id: FAMILY.process,
        reference: 'A-701',
        child_id: FAMILY.child,
        assigned_to: STORY_PEOPLE.coordinator.id,
      },
      {
        ...process,
        id: FAMILY.strangersProcess,
        reference: 'A-703',
        child_id: FAMILY.strangersChild,
        assigned_to: STORY_PEOPLE.coordinator.id,
      },
    ])
    .execute()
}

/** A message to the mother that may go; a test changes what it is about. */
export const aMessage = (changes: Partial<MessageToQueue<'date-set'>> = {}): MessageToQueue<'date-set'> => ({
  event: 'event-1',
  template: 'date-set',
  childId: FAMILY.child,
  to: { contactId: FAMILY.mother },
  values: { what: 'a meeting about the draft plan', on: '2027-02-10' },
  linkPath: '/family',
  ...changes,
})
