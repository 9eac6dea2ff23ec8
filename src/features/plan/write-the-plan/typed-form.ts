import { type Context, caseworkers, type FieldError, viewerOf } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import type { PlanSaver } from '../the-plan/index.ts'
import type { PlanPlace } from './pages.tsx'

/** Who saves, on which day. */
export const saverOf = (context: Context): PlanSaver => ({
  accountId: viewerOf(context).accountId,
  today: context.today,
})

/** The form as it was typed, to be shown again whole. */
export const typedForm = (context: Context, errors: readonly FieldError[]): TypedForm => ({
  value: (name) => context.form[name] ?? '',
  values: (name) => context.formAll(name),
  errors,
})

/** The pages of the plan at the viewer's door. */
export const placeAt = (context: Context, isStaff: boolean): PlanPlace => ({
  base: isStaff ? '/staff/plans' : '/professional/plans',
  isStaff,
  csrfToken: viewerOf(context).csrfToken,
  mayAct: !isStaff || caseworkers.includes(viewerOf(context).role),
})
