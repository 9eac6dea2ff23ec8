import type { Trx } from '../../../db/viewer.ts'
import type { AdviceHead } from '../../../law/index.ts'
import type { Context } from '../../../platform/routes.ts'
import { HEADS } from '../ask-for-advice/index.tsx'
import type { CaseFile } from '../the-case/index.ts'

/** One advice request of this case; undefined for any other case's. */
export async function findAdvice(trx: Trx, file: CaseFile, id: string | undefined) {
  if (!id || !/^[0-9a-f-]{36}$/.test(id)) return undefined
  const row = await trx
    .selectFrom('advice_request')
    .selectAll()
    .where('id', '=', id)
    .where('process_id', '=', file.process.id)
    .where('withdrawn_on', 'is', null)
    .executeTakeFirst()
  return row && { ...row, title: HEADS[row.head as AdviceHead].title }
}

export const readAdvice = (context: Context, file: CaseFile) =>
  context.read('advice request', (trx) => findAdvice(trx, file, context.params['adviceId']))
