import type { Database } from '../connection.ts'
import { SYSTEM_ACCOUNT } from '../viewer.ts'

/** The people of a test story, by the part they play. */
export const STORY_PEOPLE = {
  coordinator: {
    id: '00000000-0000-4000-8000-000000000101',
    name: 'Cora Coombes',
    door: 'staff',
    role: 'plan-coordinator',
    remit: 'authority',
    title: 'Plan coordinator',
    locality: 'north',
  },
  otherCoordinator: {
    id: '00000000-0000-4000-8000-000000000102',
    name: 'Colin Dhillon',
    door: 'staff',
    role: 'plan-coordinator',
    remit: 'authority',
    title: 'Plan coordinator',
    locality: 'south',
  },
  localityHead: {
    id: '00000000-0000-4000-8000-000000000103',
    name: 'Hana Lowe',
    door: 'staff',
    role: 'locality-head',
    remit: 'authority',
    title: 'Head of locality',
    locality: 'north',
  },
  manager: {
    id: '00000000-0000-4000-8000-000000000104',
    name: 'Maya Sterling',
    door: 'staff',
    role: 'send-manager',
    remit: 'authority',
    title: 'SEND manager',
    locality: null,
  },
  dataOfficer: {
    id: '00000000-0000-4000-8000-000000000105',
    name: 'Dev Anand-Price',
    door: 'staff',
    role: 'data-officer',
    remit: 'authority',
    title: 'Data officer',
    locality: null,
  },
  board: {
    id: '00000000-0000-4000-8000-000000000106',
    name: 'Beryl Nkemelu',
    door: 'board',
    role: 'board-member',
    remit: 'none',
    title: 'Board member',
    locality: null,
  },
  parent: {
    id: '00000000-0000-4000-8000-000000000107',
    name: 'Paula Marsh',
    door: 'family',
    role: 'parent',
    remit: 'relationships',
    title: 'Parent',
    locality: null,
  },
  psychologist: {
    id: '00000000-0000-4000-8000-000000000108',
    name: 'Priya Elwood',
    door: 'professional',
    role: 'educational-psychologist',
    remit: 'relationships',
    title: 'Educational psychologist',
    locality: null,
  },
  senco: {
    id: '00000000-0000-4000-8000-000000000109',
    name: 'Sami Okonjo',
    door: 'setting',
    role: 'senco',
    remit: 'relationships',
    title: 'SENCO',
    locality: null,
  },
  administrator: {
    id: '00000000-0000-4000-8000-00000000010a',
    name: 'Adaeze Quint',
    door: 'staff',
    role: 'administrator',
    remit: 'none',
    title: 'Systems administrator',
    locality: null,
  },
  youngPerson: {
    id: '00000000-0000-4000-8000-00000000010b',
    name: 'Yasmin Marsh',
    door: 'family',
    role: 'young-person',
    remit: 'relationships',
    title: 'Young person',
    locality: null,
  },
  advocate: {
    id: '00000000-0000-4000-8000-00000000010c',
    name: 'Avery Lindqvist',
    door: 'family',
    role: 'advocate',
    remit: 'relationships',
    title: 'Advocate',
    locality: null,
  },
  settingHead: {
    id: '00000000-0000-4000-8000-00000000010d',
    name: 'Harriet Vane',
    door: 'setting',
    role: 'setting-head',
    remit: 'relationships',
    title: 'Head teacher',
    locality: null,
  },
  settingStaff: {
    id: '00000000-0000-4000-8000-00000000010e',
    name: 'Tomasz Reed',
    door: 'setting',
    role: 'setting-staff',
    remit: 'relationships',
    title: 'Teaching assistant',
    locality: null,
  },
  headOfService: {
    id: '00000000-0000-4000-8000-00000000010f',
    name: 'Pandora Whitlock',
    door: 'professional',
    role: 'head-of-service',
    remit: 'relationships',
    title: 'Principal educational psychologist',
    locality: null,
  },
  healthLead: {
    id: '00000000-0000-4000-8000-000000000110',
    name: 'Dr Leonie Abara',
    door: 'professional',
    role: 'health-lead',
    remit: 'relationships',
    title: 'Designated clinical officer',
    locality: null,
  },
  healthProfessional: {
    id: '00000000-0000-4000-8000-000000000111',
    name: 'Owen Castellan',
    door: 'professional',
    role: 'health-professional',
    remit: 'relationships',
    title: 'Speech and language therapist',
    locality: null,
  },
  socialWorker: {
    id: '00000000-0000-4000-8000-000000000112',
    name: 'Wilma Drax',
    door: 'professional',
    role: 'social-worker',
    remit: 'relationships',
    title: 'Social worker',
    locality: null,
  },
  qaLead: {
    id: '00000000-0000-4000-8000-000000000113',
    name: 'Quentin Abiola',
    door: 'staff',
    role: 'qa-lead',
    remit: 'authority',
    title: 'Quality assurance lead',
    locality: null,
  },
  leaver: {
    id: '00000000-0000-4000-8000-000000000114',
    name: 'Lena Formerly',
    door: 'staff',
    role: 'plan-coordinator',
    remit: 'authority',
    title: 'Plan coordinator until last week',
    locality: null,
    activeTo: '2026-06-29',
  },
} as const satisfies Record<
  string,
  {
    id: string
    name: string
    door: string
    role: string
    remit: string
    title: string
    locality: string | null
    activeTo?: string
  }
>

export const STORY_SETTINGS = [
  { urn: '900001', name: 'Larkfield Primary School', type: 'State-funded primary', postcode: 'DT1 1AA' },
  { urn: '900002', name: 'Quarry Bank Academy', type: 'State-funded secondary', postcode: 'DT4 9ZZ' },
  {
    urn: '900003',
    name: 'Tidewater Special School',
    type: 'State-funded special school',
    postcode: 'BH20 4AA',
  },
] as const

/** A small invented authority for tests: people for each door, two localities, three settings, and a day. */
export async function makeStoryAuthority(owner: Database, today = '2026-07-06'): Promise<void> {
  await owner
    .insertInto('authority')
    .values({
      code: '999',
      name: 'Story County',
      ons_code: 'E06999999',
      region: 'South West',
      mode: 'training',
      training_today: today,
    })
    .execute()
  await owner
    .insertInto('locality')
    .values([
      { id: 'north', name: 'North locality' },
      { id: 'south', name: 'South locality' },
    ])
    .execute()
  await owner
    .insertInto('team')
    .values([{ id: 'send-north', name: 'SEND North', kind: 'send', locality_id: 'north' }])
    .execute()
  await owner
    .insertInto('setting')
    .values(STORY_SETTINGS.map((setting) => ({ ...setting, la_code: '999', source: 'invented for tests' })))
    .execute()
  await owner
    .insertInto('account')
    .values([
      {
        id: SYSTEM_ACCOUNT,
        name: 'Clearway',
        email: 'system@clearway.invalid',
        door: 'system',
        role: 'system',
        remit: 'authority',
      },
      ...Object.entries(STORY_PEOPLE).map(([part, person]) => ({
        id: person.id,
        name: person.name,
        email: `${part}@story.invalid`,
        door: person.door,
        role: person.role,
        remit: person.remit,
        job_title: person.title,
        locality_id: person.locality,
        active_to: 'activeTo' in person ? person.activeTo : null,
      })),
    ])
    .execute()
  await owner
    .insertInto('account_setting')
    .values(
      ([STORY_PEOPLE.senco, STORY_PEOPLE.settingHead, STORY_PEOPLE.settingStaff] as const).map((person) => ({
        account_id: person.id,
        setting_urn: '900001',
        manages_people: person.role !== 'setting-staff',
        from_on: '2020-01-01',
      })),
    )
    .execute()
}
