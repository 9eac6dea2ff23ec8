/** For tests: a working document with a change of each side, a version that was sent, and a copy that came back. */
import type { Database } from '../../../db/connection.ts'
import { asOwner } from '../../../db/viewer.ts'
import { findPlan, loadVersion } from '../the-plan/index.ts'
import { beginWorking, makeVersion, wishParagraph } from './commands.ts'
import { loadWorking } from './load.ts'

export function makeWorkingDocument(
  owner: Database,
  about: { readonly planId: string; readonly versionId: string; readonly by: string; readonly on: string },
): Promise<{ readonly document: string; readonly number: string; readonly return: string }> {
  const by = { accountId: about.by, today: about.on }
  return asOwner(owner, async (trx) => {
    const plan = (await findPlan(trx, about.planId))!
    const version = (await loadVersion(trx, about.versionId))!
    const of = { id: plan.id, processId: plan.processId, childId: plan.child.id }
    const document = await beginWorking(trx, of, version, 'EH999/26/00001', by)
    const working = (await loadWorking(trx, document))!
    const line = working.paragraphs.find((one) => one.section === 'F' && one.words !== '')!
    for (const party of ['family', 'authority'] as const)
      await wishParagraph(
        trx,
        (await loadWorking(trx, document))!,
        line,
        { party, text: `${line.words} At school.`, evidence: 'p.12, para. 4', how: 'here' },
        by,
      )
    await makeVersion(trx, working, by)
    const found = {
      ok: true,
      version: 1,
      findings: [
        {
          kind: 'change',
          number: line.number,
          by: 'family',
          from: 0,
          to: 1,
          words: 'The',
          notes: ['tracked', 'no-type'],
          evidence: 'p.13',
        },
        { kind: 'agree', number: line.number, changes: [], words: 'At school.', evidence: '' },
      ],
      unread: [{ words: 'Words of theirs', why: 'It is a comment in the margin' }],
      remarks: ['It has tracked changes.'],
    }
    const returned = await trx
      .insertInto('working_return')
      .values({
        document_id: document,
        child_id: plan.child.id,
        of_version: 1,
        party: 'family',
        file_name: 'back.docx',
        sha256: 'x',
        found: JSON.stringify(found),
        received_by: about.by,
        received_on: about.on,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { document, number: String(line.number), return: returned.id }
  })
}
