import type { Trx } from '../../../db/viewer.ts'
import type { Channel, TemplateKey } from '../../../platform/messages/index.ts'

/** A wording as somebody set it. */
export interface SetWording {
  readonly id: number
  readonly template: string
  readonly channel: string
  readonly subject: string
  readonly body: string
  readonly valid_from: string
  readonly why: string
  readonly by: string | null
  readonly set_at: string
}

/** Every wording ever set, the last first; for one message and way, or all. */
export function findWordings(
  trx: Trx,
  of?: { readonly template: TemplateKey; readonly channel: Channel },
): Promise<SetWording[]> {
  return trx
    .selectFrom('message_wording as w')
    .leftJoin('account as a', 'a.id', 'w.set_by')
    .select([
      'w.id',
      'w.template',
      'w.channel',
      'w.subject',
      'w.body',
      'w.valid_from',
      'w.why',
      'a.name as by',
      'w.set_at',
    ])
    .$if(of !== undefined, (query) =>
      query.where('w.template', '=', of!.template).where('w.channel', '=', of!.channel),
    )
    .orderBy('w.id', 'desc')
    .execute()
}

/** The one that holds on a day: the last set of those that have begun. The list comes last first. */
export const inForceOn = (wordings: readonly SetWording[], day: string): SetWording | undefined =>
  wordings.find((wording) => wording.valid_from <= day)
