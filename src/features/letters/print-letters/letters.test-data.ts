/** For tests: letters recorded as sent by post. */
import { createHash } from 'node:crypto'
import type { Database } from '../../../db/connection.ts'
import { asOwner } from '../../../db/viewer.ts'
import { composeLetter, renderLetter } from '../../../documents/letters/index.ts'

/** @returns nothing; letter n has the reference R-0001 and so on, by which it is found in what was printed */
export async function makePostedLetters(
  owner: Database,
  about: {
    readonly childId: string
    readonly by: string
    readonly on: string
    readonly from?: number
    readonly count: number
  },
): Promise<void> {
  const first = about.from ?? 1
  const rows = Array.from({ length: about.count }, (_, index) => {
    const reference = `R-${String(first + index).padStart(4, '0')}`
    const letter = composeLetter('decided-to-assess', {
      receivedOn: about.on,
      frame: {
        addressee: {
          name: `Reader ${first + index}`,
          role: 'parent',
          addressLines: ['4 Quay Street', 'DT4 8AA'],
        },
        sentOn: about.on,
        reference,
        child: { name: 'Amara Okafor', givenName: 'Amara', bornOn: '2014-04-01', setting: null },
        authorityName: 'Story County',
        sendOffice: { name: 'SEND office' },
        mediationAdviser: { name: 'Even Keel Mediation' },
        informationService: { name: 'Story SENDIASS' },
      },
    })
    const body = String(renderLetter(letter))
    return {
      child_id: about.childId,
      kind: letter.kind,
      title: letter.title,
      recipient_name: `Reader ${first + index}`,
      recipient_address: '4 Quay Street, DT4 8AA',
      sent_on: about.on,
      sent_how: 'post',
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      made_by: about.by,
    }
  })
  await asOwner(owner, (trx) => trx.insertInto('document').values(rows).execute())
}
