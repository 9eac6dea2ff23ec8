import type { Trx } from '../../../db/viewer.ts'
import type { PlanToPrint } from '../../../documents/plans/index.ts'
import { PLAN_SECTIONS } from '../../../record/plan/index.ts'
import { loadTemplate, loadVersion, planHash } from '../the-plan/index.ts'

/** A version to print, whose child it is of, and whether it is word for word what was frozen. */
export interface FoundToPrint {
  readonly childId: string
  readonly plan: PlanToPrint
  /** All its parts are here, and none has changed since it was frozen. */
  readonly isWhole: boolean
}

/** A frozen version as the viewer may read it, ready to be printed; undefined where there is none for them. */
export async function findToPrint(trx: Trx, versionId: string): Promise<FoundToPrint | undefined> {
  const version = await loadVersion(trx, versionId)
  if (!version) return undefined
  const template = await loadTemplate(trx, version.templateId)
  const authority = await trx.selectFrom('authority').select('name').executeTakeFirst()
  // Not every reader of a plan may read the case it was written in: they know the paper by its number.
  const process = await trx
    .selectFrom('process')
    .select('reference')
    .where('id', '=', version.processId)
    .executeTakeFirst()
  const isWhole = planHash(version.parts) === version.sha256
  return {
    childId: version.childId,
    isWhole,
    plan: {
      number: version.number,
      kind: version.kind,
      childName: version.childName,
      childBornOn: version.childBornOn,
      reference: process?.reference ?? `plan ${versionId.slice(0, 8)}`,
      sha256: version.sha256,
      frozenOn: version.frozenOn,
      sentOn: version.sentOn,
      authorityName: authority?.name ?? 'The council',
      parts: version.parts,
      sections: PLAN_SECTIONS.map(
        (id) =>
          template.sections.find((section) => section.id === id) ?? {
            id,
            heading: `Section ${id}`,
            intro: '',
          },
      ),
      isExtract: !isWhole,
    },
  }
}
