import type { JSX } from 'preact'
import { SubNavigation } from '../../../ui/parts/index.ts'

const LISTS = {
  directory: { text: 'Directory', href: '/staff/directory' },
  consultations: { text: 'Consultations', href: '/staff/consultations' },
  needed: { text: 'Places needed', href: '/staff/places-needed' },
  cohorts: { text: 'Consult for many', href: '/staff/cohorts' },
} as const

/** The lists about settings and places, beside one another. */
export const PlacementLists = ({ current }: { readonly current: keyof typeof LISTS }): JSX.Element => (
  <SubNavigation
    label="Lists about settings and places"
    items={Object.entries(LISTS).map(([key, one]) => ({ ...one, current: key === current }))}
  />
)
