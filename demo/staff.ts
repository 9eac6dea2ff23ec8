import { SYSTEM_ACCOUNT } from '../src/db/viewer.ts'
import { LOCALITIES, type LocalityId, type Places, type Setting } from './places.ts'
import { idFor } from './random.ts'

export interface AccountRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly door: string
  readonly role: string
  readonly job_title: string
  readonly remit: 'authority' | 'locality' | 'relationships' | 'none'
  readonly team_id: string | null
  readonly locality_id: string | null
  readonly setting_urn: string | null
}

export interface TeamRow {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly locality_id: string | null
}

/** The invented staff of the training authority: who does what, where. */
export interface Staff {
  readonly accounts: readonly AccountRow[]
  readonly teams: readonly TeamRow[]
  readonly coordinators: Readonly<Record<LocalityId, readonly AccountRow[]>>
  readonly psychologists: readonly AccountRow[]
  readonly manager: AccountRow
  readonly dataOfficer: AccountRow
  readonly paediatrician: AccountRow
  readonly socialWorker: AccountRow
  readonly heads: Readonly<Record<LocalityId, AccountRow>>
}

const HEADS: Readonly<Record<LocalityId, string>> = {
  bridport: 'Rosalind Thackeray',
  dorchester: 'Gwilym Pritchett',
  chesil: 'Adaora Nwosu',
  purbeck: 'Fergus Ballantyne',
  north: 'Sunniva Haldane',
  east: 'Marcus Oyelaran',
}

const COORDINATORS: Readonly<Record<LocalityId, readonly string[]>> = {
  bridport: ['Isobel Wakefield', 'Tobias Renshaw'],
  dorchester: ['Nadia Brightwell', 'Callum Featherstone', 'Jemima Okoro'],
  chesil: ['Bronwen Castellan', 'Luca Marchetti', 'Harpreet Sandhu'],
  purbeck: ['Cordelia Finch', 'Ruben Ashdown'],
  north: ['Agnes Whitlock', 'Yusuf Demir', 'Philippa Stainer'],
  east: ['Saskia Holloway', 'Owen Merriweather', 'Tamsin Akhtar'],
}

const PSYCHOLOGISTS = [
  'Dr Miriam Sacheverell',
  'Dr Kenji Halloran',
  'Dr Odette Lindqvist',
  'Dr Jonah Ferreday',
  'Dr Parveen Choudhry',
  'Dr Elspeth Morrow',
]

/** SENCOs at real schools: the person is invented, the school is where it is. */
const SENCOS: readonly (readonly [urn: string, name: string])[] = [
  ['147443', 'Lorna Tidmarsh'],
  ['138471', 'Edmund Carrow'],
  ['137163', 'Beatrix Yolland'],
  ['113863', 'Dilwyn Fairweather'],
  ['141526', 'Cressida Blount'],
]

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^dr /, '')
    .replace(/[^a-z]+/g, '.')

export function makeStaff(seed: string, places: Places): Staff {
  const teams: TeamRow[] = [
    ...LOCALITIES.map(({ id, name }) => ({
      id: `send-${id}`,
      name: `SEND team, ${name}`,
      kind: 'send',
      locality_id: id,
    })),
    {
      id: 'psychology',
      name: 'Educational Psychology Service',
      kind: 'educational-psychology',
      locality_id: null,
    },
    { id: 'quality', name: 'Quality and assurance', kind: 'quality', locality_id: null },
    { id: 'data', name: 'Data and systems', kind: 'data', locality_id: null },
    { id: 'board', name: 'SEND Improvement Board', kind: 'board', locality_id: null },
    { id: 'health', name: 'Community paediatrics and therapies', kind: 'health', locality_id: null },
    { id: 'social-care', name: 'Children who are disabled team', kind: 'social-care', locality_id: null },
  ]
  const account = (
    name: string,
    door: string,
    role: string,
    jobTitle: string,
    remit: AccountRow['remit'],
    where: { team?: string; locality?: LocalityId; setting?: string } = {},
  ): AccountRow => ({
    id: idFor(seed, 'account', name),
    name,
    email: `${slug(name)}@training.example`,
    door,
    role,
    job_title: jobTitle,
    remit,
    team_id: where.team ?? null,
    locality_id: where.locality ?? null,
    setting_urn: where.setting ?? null,
  })
  const coordinators = Object.fromEntries(
    LOCALITIES.map(({ id }) => [
      id,
      COORDINATORS[id].map((name) =>
        account(name, 'staff', 'plan-coordinator', 'Plan coordinator', 'authority', {
          team: `send-${id}`,
          locality: id,
        }),
      ),
    ]),
  ) as unknown as Staff['coordinators']
  const heads = Object.fromEntries(
    LOCALITIES.map(({ id }) => [
      id,
      account(HEADS[id], 'staff', 'locality-head', 'Head of Locality and Strategy', 'authority', {
        team: `send-${id}`,
        locality: id,
      }),
    ]),
  ) as unknown as Staff['heads']
  const psychologists = PSYCHOLOGISTS.map((name) =>
    account(name, 'professional', 'educational-psychologist', 'Educational psychologist', 'relationships', {
      team: 'psychology',
    }),
  )
  const manager = account('Helena Marchbanks', 'staff', 'send-manager', 'SEND Service Manager', 'authority')
  const dataOfficer = account('Ivo Pendlebury', 'staff', 'data-officer', 'SEND Data Officer', 'authority', {
    team: 'data',
  })
  const paediatrician = account(
    'Dr Ingrid Solberg-Hayes',
    'professional',
    'health-professional',
    'Community paediatrician',
    'relationships',
    { team: 'health' },
  )
  const socialWorker = account(
    'Desmond Achterberg',
    'professional',
    'social-worker',
    'Social worker',
    'relationships',
    { team: 'social-care' },
  )
  const principal = account(
    'Dr Rowena Castlemaine',
    'professional',
    'head-of-service',
    'Principal educational psychologist',
    'relationships',
    { team: 'psychology' },
  )
  const clinicalOfficer = account(
    'Bernadette Ashgrove',
    'professional',
    'health-lead',
    'Designated clinical officer',
    'relationships',
    { team: 'health' },
  )
  const sencos = SENCOS.flatMap(([urn, name]) => {
    const school: Setting | undefined = places.byUrn(urn)
    return school ? [account(name, 'setting', 'senco', 'SENCO', 'relationships', { setting: urn })] : []
  })
  return {
    teams,
    coordinators,
    psychologists,
    manager,
    dataOfficer,
    paediatrician,
    socialWorker,
    heads,
    accounts: [
      {
        ...account('Clearway', 'system', 'system', 'The system itself', 'none'),
        id: SYSTEM_ACCOUNT,
        email: 'system@training.example',
      },
      manager,
      ...LOCALITIES.map(({ id }) => heads[id]),
      ...LOCALITIES.flatMap(({ id }) => coordinators[id]),
      principal,
      ...psychologists,
      clinicalOfficer,
      paediatrician,
      socialWorker,
      account('Winifred Garroway', 'staff', 'qa-lead', 'Quality Assurance Lead', 'authority', {
        team: 'quality',
      }),
      dataOfficer,
      account('Rafferty Quill', 'staff', 'administrator', 'Systems Administrator', 'none'),
      account('Constance Everdene-Shaw', 'board', 'board-member', 'Board member', 'none', { team: 'board' }),
      ...sencos,
    ],
  }
}
