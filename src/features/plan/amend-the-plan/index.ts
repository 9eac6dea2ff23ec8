/** Amending a plan in force: the notice and its 15 days, the final amended plan, or the decision not to amend. */
import type { Route } from '../../../platform/routes.ts'
import { sendTheAmendedPlan } from './amended-plan.tsx'
import { declineToAmend } from './decline.tsx'
import { sendANotice } from './notice.tsx'

export const routes: readonly Route[] = [...sendANotice, ...sendTheAmendedPlan, ...declineToAmend]
