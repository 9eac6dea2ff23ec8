import { composePdf, composeWord, NotComposed } from '../../../documents/compose/index.ts'
import type { Print, PrintedDocument } from '../../../documents/index.ts'
import {
  evidenceList,
  type PlanToPrint,
  planDocument,
  translationSheet,
} from '../../../documents/plans/index.ts'
import {
  type Access,
  type Answer,
  type Context,
  caseReaders,
  familyRoles,
  professionalRoles,
  type Route,
  settingRoles,
} from '../../../platform/routes.ts'
import { NotAsSent, NotMade } from '../../../ui/documents/index.ts'
import { findToPrint } from './load.ts'
import { myPlanRoutes } from './my-plan.tsx'

/** Papers are made one after another for everybody: one person's many wait for none but themselves. */
const PRINTS = { times: 40, perMinutes: 10 } as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where each door reads a version, and so where its paper is. */
export const PLAN_VERSION_BASES = {
  staff: '/staff/plan-versions',
  family: '/family/plan-versions',
  setting: '/setting/plans',
  professional: '/professional/plans',
} as const
type Door = keyof typeof PLAN_VERSION_BASES

const ACCESS: Readonly<Record<Door, Access>> = {
  staff: { who: 'roles', roles: caseReaders },
  family: { who: 'roles', roles: familyRoles },
  setting: { who: 'roles', roles: settingRoles },
  professional: { who: 'roles', roles: professionalRoles },
}

/** Papers for everybody who reads the version; the translator's sheet is the office's alone. */
const PAPERS: Readonly<Record<string, (plan: PlanToPrint, print: Print) => PrintedDocument>> = {
  plan: planDocument,
  'evidence-list': evidenceList,
  'for-translation': translationSheet,
}
const FOR_ALL = ['plan', 'evidence-list'] as const

const FORMATS = {
  pdf: { type: 'application/pdf', compose: composePdf },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    compose: composeWord,
  },
} as const

const paper =
  (door: Door, name: string, format: keyof typeof FORMATS) =>
  async (context: Context): Promise<Answer> => {
    const id = context.params['version'] ?? ''
    if (!UUID.test(id)) return { missing: true }
    const print: Print = context.query['print'] === 'large' ? 'large' : 'standard'
    const found = await context.read(`${door}: ${name} as ${format}`, async (trx, saw) => {
      const one = await findToPrint(trx, id)
      if (one) saw(one.childId)
      return one
    })
    if (!found) return { missing: true }
    // Only a professional is given single lines. Anybody else is given the whole plan, word for word as frozen, or nothing.
    if (!found.isWhole && door !== 'professional') return NotAsSent()
    const { type, compose } = FORMATS[format]
    try {
      const body = await compose(PAPERS[name]!(found.plan, print))
      return {
        file: {
          name: `${name}-${found.plan.sha256.slice(0, 8)}${print === 'large' ? '-large' : ''}.${format}`,
          type,
          body,
        },
      }
    } catch (error) {
      if (error instanceof NotComposed) return NotMade()
      throw error
    }
  }

const planRoutes: readonly Route[] = (Object.keys(PLAN_VERSION_BASES) as Door[]).flatMap((door) =>
  FOR_ALL.flatMap((name) =>
    (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map(
      (format): Route => ({
        method: 'GET',
        url: `${PLAN_VERSION_BASES[door]}/:version/${name}.${format}`,
        access: ACCESS[door],
        touches: 'children',
        limit: PRINTS,
        handle: paper(door, name, format),
      }),
    ),
  ),
)

export const routes: readonly Route[] = [
  ...planRoutes,
  {
    method: 'GET',
    url: `${PLAN_VERSION_BASES.staff}/:version/for-translation.docx`,
    access: ACCESS.staff,
    touches: 'children',
    limit: PRINTS,
    handle: paper('staff', 'for-translation', 'docx'),
  },
  ...myPlanRoutes,
]
