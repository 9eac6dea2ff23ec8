import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { loadContactPoints } from '../../../documents/letters/index.ts'

interface Reach {
  readonly name: string
  readonly phone: string | undefined
  readonly email: string | undefined
}

/** How to reach the council's SEND office, and those who help families and are not the council. */
export interface Office extends Reach {
  readonly freeHelp: Reach | undefined
}

/** As far as the authority has said, on a day. */
export async function findOffice(trx: Trx, today: string): Promise<Office> {
  const points = await loadContactPoints(trx, today)
  const office = points['send-office-address']
  const help = points['information-advice-service']
  return {
    name: office.name,
    phone: office.phone ?? undefined,
    email: office.email ?? undefined,
    freeHelp:
      help.phone || help.email
        ? { name: help.name, phone: help.phone ?? undefined, email: help.email ?? undefined }
        : undefined,
  }
}

export function PhoneAndEmail({ reach }: { readonly reach: Reach }): JSX.Element {
  return (
    <>
      {reach.phone && (
        <p class="govuk-body">
          Phone:{' '}
          <a class="govuk-link" href={`tel:${reach.phone.replaceAll(/[^\d+]/g, '')}`}>
            {reach.phone}
          </a>
        </p>
      )}
      {reach.email && (
        <p class="govuk-body app-break">
          Email:{' '}
          <a class="govuk-link" href={`mailto:${reach.email}`}>
            {reach.email}
          </a>
        </p>
      )}
    </>
  )
}
