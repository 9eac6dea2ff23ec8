import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { loadContactPoints } from '../../../documents/letters/index.ts'

export interface Office {
  readonly name: string | undefined
  readonly phone: string | undefined
  readonly email: string | undefined
}

/** How to reach the SEND office on a day, as far as the authority has said. */
export async function findOffice(trx: Trx, today: string): Promise<Office> {
  const point = (await loadContactPoints(trx, today))['send-office-address']
  return { name: point.name, phone: point.phone ?? undefined, email: point.email ?? undefined }
}

export function HowToReachUs({ office }: { readonly office: Office }): JSX.Element {
  return (
    <>
      <h2 class="govuk-heading-m">Ask us</h2>
      <p class="govuk-body">
        {office.phone || office.email
          ? 'Ask about anything here, or ask for it in another form or language.'
          : 'The telephone number and address are on every letter from us.'}
      </p>
      {office.phone && <p class="govuk-body">Telephone: {office.phone}</p>}
      {office.email && (
        <p class="govuk-body">
          Email:{' '}
          <a class="govuk-link" href={`mailto:${office.email}`}>
            {office.email}
          </a>
        </p>
      )}
    </>
  )
}
