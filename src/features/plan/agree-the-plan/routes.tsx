import { sql } from 'kysely'
import { z } from 'zod'
import { lockChildren, recordEvent, refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { optionalDate, optionalText, parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  professionalRoles,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { findPlan, loadParts, loadTemplate, type Plan } from '../the-plan/index.ts'
import { AgreeForm, AgreementsPage, agreeAddress } from './pages.tsx'
import {
  AGREEMENTS,
  type Agreement,
  agreedHash,
  isAgreement,
  loadSignOffs,
  standing,
  wroteItAll,
} from './queries.ts'

const MISSING: Answer = { missing: true }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const managing: readonly Role[] = ['locality-head', 'send-manager']

async function load(trx: Trx, id: string) {
  const plan = UUID.test(id) ? await findPlan(trx, id) : undefined
  if (!plan || plan.endedOn !== null) return undefined
  const parts = await loadParts(trx, plan.id)
  return {
    plan,
    parts,
    template: await loadTemplate(trx, plan.templateId),
    signOffs: await loadSignOffs(trx, plan, parts),
  }
}
type Loaded = NonNullable<Awaited<ReturnType<typeof load>>>

const read = (context: Context): Promise<Loaded | undefined> =>
  context.read('who has agreed a plan', async (trx, saw) => {
    const found = await load(trx, context.params['planId'] ?? '')
    if (found) saw(found.plan.child.id)
    return found
  })

const agreements = async (context: Context): Promise<Answer> => {
  const found = await read(context)
  if (!found) return MISSING
  const { role } = viewerOf(context)
  return {
    page: {
      title: `Who has agreed the plan: ${found.plan.child.name}`,
      backLink: { href: `/staff/plans/${found.plan.id}`, text: 'The plan' },
      main: (
        <AgreementsPage
          {...found}
          mayAgree={managing.includes(role)}
          mayRecord={caseworkers.includes(role)}
        />
      ),
    },
  }
}

const form = z.object({
  givenName: optionalText({ max: 200 }),
  givenBody: optionalText({ max: 200 }),
  givenOn: optionalDate('the day they agreed'),
  words: optionalText({ max: 2000 }),
  read: z.string().optional(),
  of: z.string().optional(),
})

const refuse = (field: string, text: string): CommandResult => ({ ok: false, errors: [{ field, text }] })
const typed = (context: Context, errors: TypedForm['errors']): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})

function formAnswer(
  context: Context,
  found: Loaded,
  kind: Agreement,
  filled: TypedForm,
  back: string,
): Answer {
  const { door } = viewerOf(context)
  return {
    page: {
      title: `${AGREEMENTS[kind].title}: ${found.plan.child.name}`,
      backLink: { href: back, text: 'Back' },
      hasErrors: filled.errors.length > 0,
      status: filled.errors.length > 0 ? 422 : 200,
      main: (
        <AgreeForm
          {...found}
          kind={kind}
          form={filled}
          csrfToken={context.csrfToken}
          onPaper={door === 'staff' && kind !== 'manager'}
        />
      ),
    },
  }
}

/** Records an agreement to the words the person had before them; not to others that were saved since. */
async function agree(
  context: Context,
  kind: Agreement,
  done: (plan: Plan) => string,
): Promise<CommandResult | 'missing'> {
  const parsed = parseForm(form, context.form)
  if (!parsed.ok) return parsed
  const given = parsed.value
  const viewer = viewerOf(context)
  const onPaper = viewer.door === 'staff' && kind !== 'manager'
  let missing = false
  const result = await context.command(`plan agreed: ${kind}`, async (trx, changed) => {
    const first = await load(trx, context.params['planId'] ?? '')
    if (!first || (viewer.door === 'professional' && !(await mayAgreeAs(trx, first.plan)).includes(kind))) {
      missing = true
      return { ok: false, errors: [] }
    }
    await lockChildren(trx, [first.plan.child.id])
    const { plan, parts, signOffs } = (await load(trx, first.plan.id))!
    const sha256 = agreedHash(parts, kind)
    if (given.of !== sha256)
      return refuse('', 'The plan was changed since you opened this page. Read it again below, then agree it')
    if (standing(signOffs, kind)) return refuse('', 'This is agreed already, and the agreement stands')
    if (onPaper && !given.givenName) return refuse('givenName', 'Enter who agreed')
    if (onPaper && !given.givenBody) return refuse('givenBody', 'Enter the body they agreed for')
    if (onPaper && !given.givenOn) return refuse('givenOn', 'Enter the day they agreed')
    if (given.givenOn && given.givenOn > context.today)
      return refuse('givenOn', 'The day they agreed must be today or in the past')
    if (given.read !== 'yes')
      return refuse(
        'read',
        onPaper ? 'Confirm that these are the words they agreed' : 'Confirm that you have read the words',
      )
    if (kind === 'manager' && (await wroteItAll(trx, plan, viewer.accountId)))
      return refuse('', 'You wrote every word of this plan yourself. Somebody else must agree it')
    await trx
      .insertInto('plan_sign_off')
      .values({
        plan_id: plan.id,
        child_id: plan.child.id,
        kind,
        sha256,
        signed_by: viewer.accountId,
        signed_on: context.today,
        words: given.words ?? '',
        given_by: onPaper ? `${given.givenName}, ${given.givenBody}` : null,
        given_on: onPaper ? given.givenOn : null,
      })
      .execute()
    await recordEvent(trx, {
      childId: plan.child.id,
      processId: plan.processId,
      kind: 'plan_signed_off',
      on: context.today,
      today: context.today,
      by: viewer.accountId,
      payload: { agreement: kind, plan: plan.id },
      ...(onPaper ? { onBehalfOf: `${given.givenName}, ${given.givenBody}` } : {}),
    })
    await refreshChild(trx, plan.child.id, context.today)
    changed(plan.child.id)
    return {
      ok: true,
      redirect: done(plan),
      notice: 'The agreement is recorded. It stands while these words stand.',
    }
  })
  return missing ? 'missing' : result
}

/** What a professional let in to write in a plan may agree today: health by whoever writes G, social care by whoever writes H2. */
async function mayAgreeAs(trx: Trx, plan: Plan): Promise<readonly Agreement[]> {
  const { rows } = await sql<{ health: boolean; social: boolean }>`select
    viewer_writes_section(${plan.id}, 'G') as health, viewer_writes_section(${plan.id}, 'H2') as social`.execute(
    trx,
  )
  return [
    ...(rows[0]?.health ? (['health'] as const) : []),
    ...(rows[0]?.social ? (['social-care'] as const) : []),
  ]
}

async function staffForm(context: Context, filled: TypedForm): Promise<Answer> {
  const kind = context.params['kind']
  const found = isAgreement(kind) ? await read(context) : undefined
  if (!found || !isAgreement(kind)) return MISSING
  if (kind === 'manager' && !managing.includes(viewerOf(context).role)) return MISSING
  return formAnswer(context, found, kind, filled, agreeAddress(found.plan.id))
}

const staffPost = async (context: Context): Promise<Answer> => {
  const kind = context.params['kind']
  if (!isAgreement(kind) || (kind === 'manager' && !managing.includes(viewerOf(context).role))) return MISSING
  const result = await agree(context, kind, (plan) => agreeAddress(plan.id))
  if (result === 'missing') return MISSING
  return result.ok ? result : staffForm(context, typed(context, result.errors))
}

const ownAddress = (planId: string, kind: Agreement): string => `/professional/plans/${planId}/agree/${kind}`

async function professionalForm(context: Context, filled: TypedForm): Promise<Answer> {
  const kind = context.params['kind']
  if (!isAgreement(kind)) return MISSING
  const found = await context.read('a plan to agree', async (trx, saw) => {
    const loaded = await load(trx, context.params['planId'] ?? '')
    if (!loaded || !(await mayAgreeAs(trx, loaded.plan)).includes(kind)) return undefined
    saw(loaded.plan.child.id)
    return loaded
  })
  return found ? formAnswer(context, found, kind, filled, `/professional/plans/${found.plan.id}`) : MISSING
}

const professionalPost = async (context: Context): Promise<Answer> => {
  const kind = context.params['kind']
  if (!isAgreement(kind)) return MISSING
  const result = await agree(context, kind, (plan) => ownAddress(plan.id, kind))
  if (result === 'missing') return MISSING
  return result.ok ? result : professionalForm(context, typed(context, result.errors))
}

const staff = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const
const professionals = { who: 'roles', roles: professionalRoles } as const

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/plans/:planId/agree',
    access: staff,
    touches: 'children',
    handle: agreements,
  },
  {
    method: 'GET',
    url: '/staff/plans/:planId/agree/:kind',
    access: writers,
    touches: 'children',
    handle: (context) => staffForm(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/staff/plans/:planId/agree/:kind',
    access: writers,
    touches: 'children',
    handle: staffPost,
  },
  {
    method: 'GET',
    url: '/professional/plans/:planId/agree/:kind',
    access: professionals,
    touches: 'children',
    handle: (context) => professionalForm(context, freshForm()),
  },
  {
    method: 'POST',
    url: '/professional/plans/:planId/agree/:kind',
    access: professionals,
    touches: 'children',
    handle: professionalPost,
  },
]
