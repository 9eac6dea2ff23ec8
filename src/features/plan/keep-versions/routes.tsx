import { z } from 'zod'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { parseForm, text } from '../../../platform/forms.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import {
  findPlan,
  freezeVersion,
  loadParts,
  loadTemplate,
  loadVersion,
  loadVersions,
  planHash,
} from '../the-plan/index.ts'
import {
  ComparePage,
  NOW,
  type Side,
  VersionPage,
  VersionsPage,
  versionInWords,
  versionsAddress,
} from './pages.tsx'

const MISSING: Answer = { missing: true }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const readers = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const

async function listPage(context: Context, form: TypedForm): Promise<Answer> {
  const id = context.params['planId'] ?? ''
  if (!UUID.test(id)) return MISSING
  const found = await context.read('versions of a plan', async (trx, saw) => {
    const plan = await findPlan(trx, id)
    if (!plan) return undefined
    saw(plan.child.id)
    const versions = await loadVersions(trx, plan.child.id)
    return { plan, versions: versions.filter((one) => one.planId === plan.id) }
  })
  if (!found) return MISSING
  const viewer = viewerOf(context)
  return {
    page: {
      title: `Versions of the plan: ${found.plan.child.name}`,
      wide: true,
      backLink: { href: `/staff/plans/${id}`, text: 'The plan' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <VersionsPage
          {...found}
          form={form}
          mayKeep={caseworkers.includes(viewer.role)}
          csrfToken={context.csrfToken}
        />
      ),
    },
  }
}

const noteForm = z.object({ note: text('Say what this copy is for', { max: 500 }) })

async function keep(context: Context): Promise<Answer> {
  const parsed = parseForm(noteForm, context.form)
  const again = (errors: TypedForm['errors']) =>
    listPage(context, {
      value: (name) => context.form[name] ?? '',
      values: (name) => context.formAll(name),
      errors,
    })
  const id = context.params['planId'] ?? ''
  if (!UUID.test(id)) return MISSING
  if (!parsed.ok) return again(parsed.errors)
  const by = { accountId: viewerOf(context).accountId, today: context.today }
  let missing = false
  const result = await context.command('plan: a working copy kept', async (trx, changed) => {
    const seen = await findPlan(trx, id)
    if (!seen) {
      missing = true
      return { ok: false, errors: [] }
    }
    await lockChildren(trx, [seen.child.id])
    const plan = (await findPlan(trx, id, { forUpdate: true }))!
    const [newest] = (await loadVersions(trx, plan.child.id)).filter((one) => one.planId === plan.id)
    if (newest?.kind === 'working' && newest.sha256 === planHash(await loadParts(trx, plan.id)))
      return {
        ok: false,
        errors: [{ field: '', text: `Nothing has changed since version ${newest.number} was kept` }],
      }
    const version = await freezeVersion(trx, plan, 'working', null, by, parsed.value.note)
    await recordEvent(trx, {
      childId: plan.child.id,
      processId: plan.processId,
      kind: 'plan_copy_kept',
      on: by.today,
      today: by.today,
      by: by.accountId,
      payload: { version: version.id, number: version.number },
    })
    await refreshChild(trx, plan.child.id, by.today)
    changed(plan.child.id)
    return { ok: true, redirect: versionsAddress(id), notice: `Kept as version ${version.number}.` }
  })
  if (missing) return MISSING
  return result.ok ? result : again(result.errors)
}

async function readOne(context: Context): Promise<Answer> {
  const id = context.params['versionId'] ?? ''
  if (!UUID.test(id)) return MISSING
  const found = await context.read('a version of a plan', async (trx, saw) => {
    const version = await loadVersion(trx, id)
    if (!version) return undefined
    saw(version.childId)
    return {
      version,
      template: await loadTemplate(trx, version.templateId),
      versions: await loadVersions(trx, version.childId),
    }
  })
  if (!found) return MISSING
  return {
    page: {
      title: `${versionInWords(found.version)}: ${found.version.childName}`,
      backLink: { href: versionsAddress(found.version.planId), text: 'Versions of the plan' },
      main: <VersionPage {...found} />,
    },
  }
}

/** One side of a comparison: a version of this plan, or its words as they stand. */
async function sideOf(
  trx: Trx,
  planId: string,
  value: string,
): Promise<(Side & { value: string }) | undefined> {
  if (value === NOW)
    return { value, title: 'The words as they stand now', parts: await loadParts(trx, planId) }
  if (!UUID.test(value)) return undefined
  const version = await loadVersion(trx, value)
  return version?.planId === planId
    ? { value, title: versionInWords(version), parts: version.parts }
    : undefined
}

async function compare(context: Context): Promise<Answer> {
  const id = context.params['planId'] ?? ''
  if (!UUID.test(id)) return MISSING
  const found = await context.read('two versions of a plan compared', async (trx, saw) => {
    const plan = await findPlan(trx, id)
    if (!plan) return undefined
    const versions = (await loadVersions(trx, plan.child.id)).filter((one) => one.planId === plan.id)
    const from = await sideOf(trx, id, context.query['from'] ?? versions[0]?.id ?? NOW)
    const to = await sideOf(trx, id, context.query['to'] ?? NOW)
    if (!from || !to) return undefined
    saw(plan.child.id)
    return { plan, versions, from, to, template: await loadTemplate(trx, plan.templateId) }
  })
  if (!found) return MISSING
  return {
    page: {
      title: `What changed in the plan: ${found.plan.child.name}`,
      backLink: { href: versionsAddress(id), text: 'Versions of the plan' },
      main: <ComparePage {...found} />,
    },
  }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/versions',
    access: readers,
    touches: 'children',
    handle: (context) => listPage(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/versions',
    access: writers,
    touches: 'children',
    handle: keep,
  },
  {
    method: 'GET',
    url: '/staff/plan-versions/:versionId',
    access: readers,
    touches: 'children',
    handle: readOne,
  },
  {
    method: 'GET',
    url: '/staff/plans/:planId/compare',
    access: readers,
    touches: 'children',
    handle: compare,
  },
]
