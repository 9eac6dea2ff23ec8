import type { SettingOfAuthorityRow } from './rows.ts'

// The range kept for drama, a domain kept for examples, and a postcode district that does not exist.
const point = (
  key: string,
  name: string,
  address: string,
  phone: string,
  mailbox: string,
): SettingOfAuthorityRow => ({
  key,
  value: {
    name,
    address,
    phone,
    email: `${mailbox}@example.org`,
    website: `https://example.org/${mailbox}`,
  },
  valid_from: '2014-09-01',
  why: 'Made with the training authority: invented',
})

export const SOCIAL_CARE_OFFICE = {
  line: 'Lantern House, 3 Invented Street',
  town: 'Dorchester',
  postcode: 'DT0 1AB',
} as const

/** The offices that letters name. All invented. */
export const CONTACT_POINTS: readonly SettingOfAuthorityRow[] = [
  point(
    'send-office-address',
    'SEND office',
    'Compass House, 1 Invented Street, Dorchester, DT0 1AA',
    '01632 960101',
    'send-office',
  ),
  point(
    'mediation-adviser',
    'Common Ground Mediation (training)',
    '2 Pretend Quay, Weymouth, DT0 4AA',
    '01632 960102',
    'mediation',
  ),
  point(
    'information-advice-service',
    'Signpost SEND advice (training)',
    '7 Make-Believe Lane, Bridport, DT0 6AA',
    '01632 960103',
    'send-advice',
  ),
  point(
    'health-commissioning-body',
    'Clinical commissioning group (training): designated clinical officer',
    'Harbour Buildings, 5 Pretend Quay, Weymouth, DT0 4AB',
    '01632 960104',
    'designated-clinical-officer',
  ),
  point(
    'social-care-notices',
    'Children’s social care (training): SEND notices',
    `${SOCIAL_CARE_OFFICE.line}, ${SOCIAL_CARE_OFFICE.town}, ${SOCIAL_CARE_OFFICE.postcode}`,
    '01632 960105',
    'social-care-notices',
  ),
]
